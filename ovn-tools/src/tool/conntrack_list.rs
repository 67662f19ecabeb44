//! The `conntrack_list` tool: the connections known to the datapath, with whose zones they are in.

use std::collections::BTreeMap;

use ovn_schemas::vswitch;
use serde_json::{Value as Json, json};

use crate::command::Command;
use crate::database::Database;
use crate::dump::conntrack::{Connection, Tuple};
use crate::dump::zone::Zone;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{beside, node_of};

/// Lists the connections known to the datapath.
#[derive(Clone, Copy, Debug)]
pub struct ConntrackList;

/// Which connections to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only those of this address, in either direction.
    pub address: Option<String>,
    /// Only those of this port, in either direction.
    pub port: Option<u16>,
    /// Only those of this zone: its number, or the logical port or router that has it.
    pub zone: Option<String>,
    /// Only those whose addresses are translated.
    pub translated: bool,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

const ALL: Command = Command::Conntrack { zone: None };

impl Tool for ConntrackList {
    const NAME: &'static str = "conntrack_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default().column(Database::Ovs, vswitch::bridge::NAME))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let node = params.node.as_deref();
        let mut requests = beside(Database::Ovs, node, &ALL, snapshot)?;
        requests.extend(beside(
            Database::Ovs,
            node,
            &Command::ConntrackZones,
            snapshot,
        )?);
        Ok(requests)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let users = zone_users(snapshot);
        let mut connections: Vec<(String, Connection)> = Vec::new();
        let mut unread = 0;
        for (read, output) in snapshot.answers(|asked| *asked == ALL) {
            let listing = Connection::list(&output.text);
            unread += listing.other.len();
            let node = node_of(read);
            connections.extend(listing.items.into_iter().map(|item| (node.clone(), item)));
        }
        let all = connections.len();
        let user = |node: &str, zone: u16| {
            let user = users.get(&(node.to_owned(), zone));
            user.map(String::as_str)
        };
        connections
            .retain(|(node, connection)| keeps(params, connection, user(node, connection.zone)));
        connections.sort_by(|(a_node, a), (b_node, b)| {
            let key = |c: &Connection| {
                (
                    c.zone,
                    c.protocol.clone(),
                    c.original.source.clone(),
                    c.original.source_port,
                )
            };
            (a_node, key(a)).cmp(&(b_node, key(b)))
        });
        let mut zones: BTreeMap<String, usize> = BTreeMap::new();
        for (node, connection) in &connections {
            let user = user(node, connection.zone).unwrap_or("nobody known");
            let zone = format!("zone {} of {node} ({user})", connection.zone);
            *zones.entry(zone).or_default() += 1;
        }
        let mut found = format!(
            "{} of {all} connections, in {} zones",
            connections.len(),
            zones.len()
        );
        if unread > 0 {
            found.push_str(&format!(
                "; {unread} lines could not be read as connections"
            ));
        }
        let rows = connections
            .iter()
            .map(|(node, item)| row(node, item, user(node, item.zone)))
            .collect();
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "node", "zone", "zone_of", "protocol", "original", "reply", "state", "mark", "labels",
        ];
        let listed = Listing::page(found, &columns, rows, &params.page, question, snapshot)?;
        Ok(listed.counted(zones))
    }
}

/// The logical port or router that has each zone, by node and number, as ovn-controller tells it.
pub(crate) fn zone_users(snapshot: &Snapshot) -> BTreeMap<(String, u16), String> {
    let mut users = BTreeMap::new();
    for (read, output) in snapshot.answers(|asked| *asked == Command::ConntrackZones) {
        for zone in Zone::list(&output.text).items {
            users.insert((node_of(read), zone.number), zone.user);
        }
    }
    users
}

fn keeps(params: &Params, connection: &Connection, user: Option<&str>) -> bool {
    let in_zone = |zone: &String| *zone == connection.zone.to_string() || user == Some(zone);
    let is_of = |address: &String| has_address(connection, address);
    params.address.as_ref().is_none_or(is_of)
        && params.port.is_none_or(|port| has_port(connection, port))
        && params.zone.as_ref().is_none_or(in_zone)
        && (!params.translated || !connection.is_plain())
}

/// Whether an address is one of the connection's, in either direction.
pub(crate) fn has_address(connection: &Connection, address: &str) -> bool {
    let tuples = [&connection.original, &connection.reply];
    let mut tuples = tuples.iter();
    tuples.any(|tuple| tuple.source == address || tuple.destination == address)
}

/// Whether a port is one of the connection's, in either direction.
pub(crate) fn has_port(connection: &Connection, port: u16) -> bool {
    let tuples = [&connection.original, &connection.reply];
    let mut tuples = tuples.iter();
    tuples.any(|tuple| [tuple.source_port, tuple.destination_port].contains(&Some(port)))
}

fn row(node: &str, connection: &Connection, user: Option<&str>) -> Vec<Json> {
    vec![
        json!(node),
        json!(connection.zone),
        json!(user),
        json!(connection.protocol),
        json!(words(&connection.original)),
        json!(words(&connection.reply)),
        json!(connection.state),
        json!(connection.mark),
        json!(connection.labels),
    ]
}

/// `10.0.0.1:40000 > 10.0.0.2:80`
pub(crate) fn words(tuple: &Tuple) -> String {
    let end = |address: &str, port: Option<u16>| match port {
        Some(port) if address.contains(':') => format!("[{address}]:{port}"),
        Some(port) => format!("{address}:{port}"),
        None => address.to_owned(),
    };
    format!(
        "{} > {}",
        end(&tuple.source, tuple.source_port),
        end(&tuple.destination, tuple.destination_port)
    )
}
