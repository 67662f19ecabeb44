//! The `ovs_show` tool: the bridges of each host with their ports and interfaces.

use ovn_schemas::vswitch;
use ovsdb_client::table::Enumeration;
use serde_json::{Value as Json, json};

use crate::database::Database;
use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::beside::{node_of, none};

/// Shows the bridges of each host.
#[derive(Clone, Copy, Debug)]
pub struct OvsShow;

/// What to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only this bridge.
    pub bridge: Option<String>,
    /// Only interfaces that this text names: their own name, port, logical port, MAC address or
    /// peer.
    pub of: Option<String>,
    /// Only interfaces that could not be made or whose link is down.
    pub failed: bool,
    /// Only this node.
    pub node: Option<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// The key by which an interface names its logical port.
const LOGICAL_PORT: &str = "iface-id";
/// The option by which a tunnel names its far end.
const FAR_END: &str = "remote_ip";
/// The option by which a patch port names the other one.
const PEER: &str = "peer";
/// The number of an interface that could not be made.
const NO_NUMBER: i64 = -1;
/// A link that carries nothing.
const DOWN: &str = "down";

impl Tool for OvsShow {
    const NAME: &'static str = "ovs_show";
    type Params = Params;
    type Report = Listing;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        const OVS: Database = Database::Ovs;
        Ok(Needs::default()
            .column(OVS, vswitch::bridge::NAME)
            .column(OVS, vswitch::bridge::PORTS)
            .column(OVS, vswitch::bridge::DATAPATH_TYPE)
            .column(OVS, vswitch::bridge::FAIL_MODE)
            .column(OVS, vswitch::port::NAME)
            .column(OVS, vswitch::port::INTERFACES)
            .column(OVS, vswitch::port::TAG)
            .column(OVS, vswitch::interface::NAME)
            .column(OVS, vswitch::interface::TYPE)
            .column(OVS, vswitch::interface::OFPORT)
            .column(OVS, vswitch::interface::ERROR)
            .column(OVS, vswitch::interface::LINK_STATE)
            .column(OVS, vswitch::interface::MAC_IN_USE)
            .column(OVS, vswitch::interface::MTU)
            .column(OVS, vswitch::interface::OPTIONS)
            .column(OVS, vswitch::interface::EXTERNAL_IDS))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        let mut rows: Vec<(bool, Vec<Json>)> = Vec::new();
        let (mut hosts, mut bridges) = (0, 0);
        for read in snapshot.of(Database::Ovs, node) {
            hosts += 1;
            for bridge in read.rows.rows::<vswitch::Bridge>() {
                if params
                    .bridge
                    .as_deref()
                    .is_some_and(|name| name != bridge.name())
                {
                    continue;
                }
                bridges += 1;
                for port in bridge.ports().iter().filter_map(|port| read.rows.get(port)) {
                    let interfaces = port.interfaces();
                    for interface in interfaces.iter().filter_map(|one| read.rows.get(one)) {
                        let place = (node_of(read), bridge.name(), &port);
                        let row = row(&place, &interface);
                        let is_wanted = params.of.as_deref().is_none_or(|of| names(&row, of));
                        let failed = has_failed(&interface);
                        if is_wanted && (failed || !params.failed) {
                            rows.push((!failed, row));
                        }
                    }
                }
            }
        }
        if hosts == 0 {
            return Err(none(Database::Ovs, node, snapshot));
        }
        rows.sort_by_key(|(fine, row)| {
            (
                *fine,
                row.iter().take(4).map(Json::to_string).collect::<Vec<_>>(),
            )
        });
        let failed = rows.iter().filter(|(fine, _)| !fine).count();
        let found = format!(
            "{} interfaces on {bridges} bridges of {hosts} hosts, {failed} of them failed or down",
            rows.len()
        );
        let rows = rows.into_iter().map(|(_, row)| row).collect();
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let columns = [
            "node",
            "bridge",
            "port",
            "interface",
            "type",
            "ofport",
            "iface_id",
            "to",
            "tag",
            "link",
            "mac",
            "error",
        ];
        Listing::page(found, &columns, rows, &params.page, question, snapshot)
    }
}

fn has_failed(interface: &vswitch::Interface) -> bool {
    let is_down = interface
        .link_state()
        .is_some_and(|state| Enumeration::name(&state) == DOWN);
    interface.error().is_some() || interface.ofport() == Some(NO_NUMBER) || is_down
}

fn names(row: &[Json], of: &str) -> bool {
    row.iter().any(|value| value.as_str() == Some(of))
}

fn row(
    (node, bridge, port): &(String, &str, &vswitch::Port),
    interface: &vswitch::Interface,
) -> Vec<Json> {
    let options = interface.options();
    let link = interface.link_state();
    vec![
        json!(node),
        json!(bridge),
        json!(port.name()),
        json!(interface.name()),
        json!(interface.type_()),
        json!(interface.ofport()),
        json!(interface.external_ids().get(LOGICAL_PORT)),
        json!(options.get(FAR_END).or(options.get(PEER))),
        json!(port.tag()),
        json!(link.as_ref().map(Enumeration::name)),
        json!(interface.mac_in_use()),
        json!(interface.error()),
    ]
}
