//! The `ct_zone_list` tool: whose conntrack zones are which.

use std::collections::BTreeMap;

use ovn_schemas::vswitch;
use serde_json::json;

use crate::command::Command;
use crate::database::Database;
use crate::dump::zone::Zone;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{beside, node_of};

/// Lists the conntrack zones that ovn-controller has given to ports and routers.
#[derive(Clone, Copy, Debug)]
pub struct CtZoneList;

/// Which zones to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only those whose user's name holds this text.
    pub user: Option<String>,
    /// Only those of this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// What stands before the user in the keys by which ovn-controller remembers zones in the
/// integration bridge's `external_ids`.
const KEY: &str = "ct-zone-";

impl Tool for CtZoneList {
    const NAME: &'static str = "ct_zone_list";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(Needs::default()
            .column(Database::Ovs, vswitch::bridge::NAME)
            .column(Database::Ovs, vswitch::bridge::EXTERNAL_IDS))
    }

    fn plan(params: &Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let node = params.node.as_deref();
        let mut requests = beside(Database::Ovs, node, &Command::ConntrackZones, snapshot)?;
        // A recording has no daemon to ask, but its bridge remembers.
        requests.retain(|request| !snapshot.databases[request.database].recorded);
        Ok(requests)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        // By node, zone and user; and who told: the daemon, the bridge, or both.
        let mut zones: BTreeMap<(String, u16, String), [bool; 2]> = BTreeMap::new();
        for (read, output) in snapshot.answers(|asked| *asked == Command::ConntrackZones) {
            for zone in Zone::list(&output.text).items {
                let key = (node_of(read), zone.number, zone.user);
                zones.entry(key).or_default()[0] = true;
            }
        }
        for read in snapshot.of(Database::Ovs, node) {
            for bridge in read.rows.rows::<vswitch::Bridge>() {
                for (key, value) in bridge.external_ids().iter() {
                    if let (Some(user), Ok(number)) = (key.strip_prefix(KEY), value.parse()) {
                        let key = (node_of(read), number, user.to_owned());
                        zones.entry(key).or_default()[1] = true;
                    }
                }
            }
        }
        let part = params.user.as_deref();
        zones.retain(|(_, _, user), _| part.is_none_or(|part| user.contains(part)));
        let rows: Vec<_> = zones
            .iter()
            .map(|((node, number, user), told)| {
                let told = match told {
                    [true, true] => "ovn-controller, bridge",
                    [true, false] => "ovn-controller",
                    _ => "bridge",
                };
                vec![json!(node), json!(number), json!(user), json!(told)]
            })
            .collect();
        let found = format!("{} conntrack zones", rows.len());
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = ["node", "zone", "user", "told_by"];
        Listing::page(found, &columns, rows, &params.page, question, snapshot)
    }
}
