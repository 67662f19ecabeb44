//! The `kernel_conntrack_list` tool: the connections that the kernels of nodes track.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::command::{Command, Family, KernelListing};
use crate::database::Database;
use crate::dump::kernel::connection::KernelConnection;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::beside;
use crate::tool::conntrack_list::{has_address, has_port, words, zone_users};
use crate::tool::kernel::{held, needs, requests, unread_words};

/// Lists the connections that kernels track.
#[derive(Clone, Copy, Debug)]
pub struct KernelConntrackList;

/// Which connections to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only those of this address, in either direction.
    pub address: Option<String>,
    /// Only those of this port, in either direction.
    pub port: Option<u16>,
    /// Only those of this protocol.
    pub protocol: Option<String>,
    /// Only those of this zone: its number, or the logical port or router that has it.
    pub zone: Option<String>,
    /// Only those whose addresses are translated.
    pub translated: bool,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

const LISTINGS: [KernelListing; 2] = [
    KernelListing::Connections(Family::Ipv4),
    KernelListing::Connections(Family::Ipv6),
];

impl Tool for KernelConntrackList {
    const NAME: &'static str = "kernel_conntrack_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(needs())
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let node = params.node.as_deref();
        let mut requests = requests(&LISTINGS, node, snapshot)?;
        let zones = Command::ConntrackZones;
        requests.extend(beside(Database::Ovs, node, &zones, snapshot)?);
        Ok(requests)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let users = zone_users(snapshot);
        let (mut all, mut unread) = (Vec::new(), Vec::new());
        for listing in LISTINGS {
            let held = held(listing, snapshot, KernelConnection::list);
            all.extend(held.items);
            unread.extend(held.unread);
        }
        let total = all.len();
        let (mut rows, mut counts): (Vec<Vec<Json>>, BTreeMap<String, usize>) =
            (Vec::new(), BTreeMap::new());
        for (node, item) in &all {
            let connection = &item.connection;
            let user = users.get(&(node.clone(), connection.zone));
            let in_zone = |zone: &String| {
                *zone == connection.zone.to_string() || user.is_some_and(|user| user == zone)
            };
            let keeps = params
                .address
                .as_ref()
                .is_none_or(|address| has_address(connection, address))
                && params.port.is_none_or(|port| has_port(connection, port))
                && params
                    .protocol
                    .as_ref()
                    .is_none_or(|protocol| *protocol == connection.protocol)
                && params.zone.as_ref().is_none_or(in_zone)
                && (!params.translated || !connection.is_plain());
            if !keeps {
                continue;
            }
            let state = connection.state.as_deref().unwrap_or("-");
            *counts
                .entry(format!("{} {state}", connection.protocol))
                .or_default() += 1;
            rows.push(vec![
                json!(node),
                json!(connection.zone),
                json!(user),
                json!(connection.protocol),
                json!(words(&connection.original)),
                json!(words(&connection.reply)),
                json!(connection.state),
                json!(item.flags),
                json!(connection.mark),
                json!(connection.timeout),
            ]);
        }
        let found = format!(
            "{} of {total} connections{}",
            rows.len(),
            unread_words(&unread)
        );
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "node", "zone", "zone_of", "protocol", "original", "reply", "state", "flags", "mark",
            "timeout",
        ];
        let listed = Listing::page(found, &columns, rows, &params.page, question, snapshot)?;
        Ok(listed.counted(counts))
    }
}
