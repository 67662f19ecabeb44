//! Ports of other zones that no chassis stands behind.

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::problem::binding;
use crate::check::scene::{Scene, Zone};
use crate::owner::InterconnectNode;

/// The type of a port that another zone holds.
const REMOTE: &str = "remote";

/// The option that names the chassis of a port.
const REQUESTED_CHASSIS: &str = "requested-chassis";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "remote-port-unbound",
    title: "the port of another node has no chassis",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "a remote port of a transit switch without requested-chassis, or whose Port_Binding has no chassis",
    known_from: &["#3761", "#4757", "OCPBUGS-42616"],
    explains: &["port-unbound"],
    needs: &[
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        sb_table(sb::PortBinding::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in zone
        .switch_ports()
        .iter()
        .filter(|one| one.port.type_() == REMOTE)
    {
        let row = zone.binding(one.port.name());
        let requested = one
            .port
            .options()
            .get(REQUESTED_CHASSIS)
            .filter(|name| !name.is_empty());
        let chassis = row.and_then(|row| row.chassis());
        let cause = match (requested, chassis) {
            (None, None) => "it names no requested-chassis, so traffic to that node has no tunnel",
            (Some(name), None) if !has_chassis(zone, name) => {
                "the chassis it requests is not in OVN_Southbound, so traffic to that node has no tunnel"
            }
            (Some(_), None) => "no chassis is set for it, so traffic to that node has no tunnel",
            (_, Some(_)) => continue,
        };
        let object = match InterconnectNode::of_port(one.port.external_ids()) {
            Some(node) => format!("port {} of node {node}", one.port.name()),
            None => one.object(),
        };
        let finding = Finding::new(object, cause)
            .rows(zone.nb_row(&one.port, |evidence| {
                evidence
                    .with(nb::logical_switch_port::NAME.name(), one.port.name())
                    .key(
                        &one.port,
                        nb::logical_switch_port::OPTIONS,
                        REQUESTED_CHASSIS,
                    )
            }))
            .rows(row.and_then(|row| binding(zone, row)))
            .next(
                "topology_show",
                [("of", json!(one.port.name()))],
                "where the port is, and its chassis",
            );
        findings.push(finding);
    }
    findings
}

fn has_chassis(zone: &Zone<'_>, name: &str) -> bool {
    let mut chassis = zone.sb_rows::<sb::Chassis>();
    chassis.any(|row| row.name() == name || row.hostname() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::database::Database;

    fn bound() -> Fixture {
        let port = json!({"name": "tstor-b", "type": "remote", "options": {"requested-chassis": "id-b"}, "external_ids": {"node": "b"}});
        Fixture::on("a")
            .nb(
                "Logical_Switch",
                "ts",
                json!({"name": "transit_switch", "ports": ["p"]}),
            )
            .nb("Logical_Switch_Port", "p", port)
            .sb("Chassis", "b", json!({"name": "id-b", "hostname": "b"}))
            .sb(
                "Port_Binding",
                "p",
                json!({"logical_port": "tstor-b", "type": "remote", "chassis": "b"}),
            )
    }

    #[test]
    fn a_remote_port_without_chassis_is_found() {
        let nowhere = json!({"chassis": []});
        let fault = bound().sb("Port_Binding", "p", nowhere.clone());
        fault.check(&CHECK, &["a: port tstor-b of node b"]);
        let cause = |fixture: &Fixture| fixture.found(&CHECK)[0].cause.clone();
        let unasked = fault
            .clone()
            .nb("Logical_Switch_Port", "p", json!({"options": {}}));
        assert!(cause(&unasked).contains("names no requested-chassis"));
        let gone = fault.without(Database::Sb, "Chassis", "b");
        assert!(cause(&gone).contains("not in OVN_Southbound"));
    }

    #[test]
    fn a_remote_port_with_a_chassis_is_fine() {
        bound().check(&CHECK, &[]);
    }
}
