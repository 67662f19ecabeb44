//! Gateways without the patch port to their physical network.

use ovn_schemas::{nb, vswitch};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table, ovs_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};
use crate::deployment::system_id;

/// The key of a patch port that names its localnet port.
const LOCALNET_PORT: &str = "ovn-localnet-port";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "localnet-patch-missing",
    title: "the patch port of a localnet port is missing",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "no Port with external_ids:ovn-localnet-port of a localnet port whose switch has a gateway router of the host",
    known_from: &["#4786", "#678", "#5139"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        ovs_table(vswitch::Port::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mappings = interface::setting(host, "ovn-bridge-mappings").unwrap_or_default();
    let Some(id) = system_id(host.read) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for router in zone.nb_rows::<nb::LogicalRouter>() {
        if router.options().get("chassis") != Some(id.as_str()) {
            continue;
        }
        for own in zone.attached_to(&router) {
            let on_switch = zone
                .switch_ports()
                .iter()
                .filter(|one| one.switch.uuid() == own.switch.uuid());
            for one in on_switch.filter(|one| one.port.type_() == "localnet") {
                let options = one.port.options();
                let network = options.get("network_name").unwrap_or_default();
                let is_mapped = interface::mappings(&mappings).any(|(name, _)| name == network);
                let mut ports = host.read.rows.rows::<vswitch::Port>();
                let is_there = ports
                    .any(|port| port.external_ids().get(LOCALNET_PORT) == Some(one.port.name()));
                if !is_mapped || is_there {
                    continue;
                }
                let finding = Finding::new(
                    format!("port {}", one.port.name()),
                    "ovn-controller has not made its patch port, so the gateway router has no way out",
                )
                .rows(zone.nb_row(&one.port, |row| {
                    row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                        .key(&one.port, nb::logical_switch_port::OPTIONS, "network_name")
                }))
                .rows(interface::host_row(host, |_, evidence| {
                    evidence.with("external_ids:ovn-bridge-mappings", mappings.as_str())
                }));
                findings.push(finding);
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn patched() -> Fixture {
        let ids =
            json!({"system-id": "id-a", "hostname": "a", "ovn-bridge-mappings": "physnet:br-ex"});
        Fixture::on("a")
            .nb("Logical_Router", "gr", json!({"name": "GR_a", "ports": ["rtoe"], "options": {"chassis": "id-a"}}))
            .nb("Logical_Router_Port", "rtoe", json!({"name": "rtoe"}))
            .nb("Logical_Switch", "ext", json!({"name": "ext_a", "ports": ["ln", "etor"]}))
            .nb("Logical_Switch_Port", "etor", json!({"name": "etor", "type": "router", "options": {"router-port": "rtoe"}}))
            .nb("Logical_Switch_Port", "ln", json!({"name": "br-ex_a", "type": "localnet", "options": {"network_name": "physnet"}}))
            .ovs("Open_vSwitch", "o", json!({"external_ids": ids}))
            .ovs("Port", "p", json!({"name": "patch-br-int-to-br-ex_a", "interfaces": ["i"], "external_ids": {"ovn-localnet-port": "br-ex_a"}}))
            .ovs("Interface", "i", json!({"name": "patch-br-int-to-br-ex_a"}))
    }

    #[test]
    fn a_patch_port_that_is_missing_is_found() {
        let other = json!({"external_ids": {}});
        patched()
            .ovs("Port", "p", other)
            .check(&CHECK, &["a: port br-ex_a"]);
    }

    #[test]
    fn a_patch_port_that_is_there_is_fine() {
        patched().check(&CHECK, &[]);
    }
}
