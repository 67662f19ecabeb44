//! Nodes that the zones of others do not know.

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::{all, is_standing, serves, texts};
use crate::check::definition::{Check, Layer, Run, nb_table, objects, sb_table};
use crate::check::finding::{Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::deployment::is_remote;
use crate::objects::{Node, ObjectKind};
use crate::owner::{InterconnectNode, network_of};

/// The mark of a transit switch, in its `other_config`.
const TRANSIT: &str = "interconn-ts";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "node-unknown",
    title: "the zone of a node does not know another node",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "a node with a chassis and a transit address that another zone has no remote Chassis or no port on the transit switch for",
    known_from: &["#3761", "#4757", "OCPBUGS-42616"],
    explains: &[],
    needs: &[
        objects(ObjectKind::Node),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let transit = zone.nb_rows::<nb::LogicalSwitch>().find(|row| {
        row.other_config().get(TRANSIT).is_some() && network_of(row.external_ids()).is_none()
    });
    let Some(switch) = transit else {
        return findings;
    };
    for node in all::<Node>(zone) {
        let name = &*node.metadata.name;
        // One that is not through with its own set-up is told as such.
        let (Some(chassis), false) = (&node.chassis, node.transit.is_empty()) else {
            continue;
        };
        if serves(zone, scene, name) || !is_standing(&node.metadata, scene) {
            continue;
        }
        let knows_chassis = zone
            .sb_rows::<sb::Chassis>()
            .any(|row| is_remote(&row) && (row.hostname() == name || *row.name() == **chassis));
        let knows_port = zone.switch_ports().iter().any(|one| {
            let of = InterconnectNode::of_port(one.port.external_ids());
            of.is_some_and(|of| *of.0 == *name)
        });
        let cause = match (knows_chassis, knows_port) {
            (true, true) => continue,
            (false, true) => {
                "this zone has no remote chassis for it, so there is no tunnel to its pods"
            }
            (true, false) => {
                "this zone's transit switch has no port for it, so nothing is routed to its pods"
            }
            (false, false) => {
                "this zone has neither a remote chassis nor a port on the transit switch for it: its \
                 ovnkube-controller has not handled the node"
            }
        };
        let finding = Finding::new(format!("node {name}"), cause)
            .object(
                ObjectEvidence::of(ObjectKind::Node, node)
                    .with("node-chassis-id", &**chassis)
                    .with("node-transit-switch-port-ifaddr", texts(&node.transit)),
            )
            .rows(zone.nb_row(&switch, |row| {
                row.with(nb::logical_switch::NAME.name(), switch.name())
                    .with(nb::logical_switch::PORTS.name(), switch.ports().len())
            }))
            .next(
                "rows_find",
                [
                    ("db", json!("sb")),
                    ("table", json!(sb::Chassis::DEFINITION.name)),
                    ("node", json!(zone.node)),
                ],
                "the chassis that the zone knows",
            );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;
    use crate::database::Database;

    #[test]
    fn a_node_without_a_chassis_or_a_port_is_found() {
        let no_port = || {
            cluster()
                .node("a")
                .without(Database::Nb, "Logical_Switch_Port", "far")
                .nb("Logical_Switch", "ts", json!({"ports": []}))
        };
        no_port().check(&CHECK, &["a: node b"]);
        let found = no_port()
            .without(Database::Sb, "Chassis", "far")
            .found(&CHECK);
        assert!(found[0].cause.contains("neither"), "{found:#?}");
        cluster()
            .node("a")
            .without(Database::Sb, "Chassis", "far")
            .check(&CHECK, &["a: node b"]);
    }

    #[test]
    fn nodes_that_know_each_other_are_fine() {
        cluster().check(&CHECK, &[]);
        // A node that is not set up yet.
        cluster()
            .object(ObjectKind::Node, "new", json!({}))
            .check(&CHECK, &[]);
    }
}
