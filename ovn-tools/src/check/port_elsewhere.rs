//! Ports that ask for another chassis than the one their interface is on.

use ovn_schemas::{sb, vswitch};
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, ovs_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface::{interfaces, row};
use crate::check::problem::binding;
use crate::check::scene::{Host, Scene, Zone};
use crate::deployment::system_id;

/// The option by which a port asks for chassis: names or hosts, with commas between.
const REQUESTED_CHASSIS: &str = "requested-chassis";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "port-requested-elsewhere",
    title: "a port asks for another chassis than its interface is on",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "a Port_Binding without chassis whose requested-chassis is not the host that has an Interface for it",
    known_from: &[
        "#2163",
        "openshift/ovn-kubernetes#500",
        "nodes that were installed anew",
    ],
    explains: &[
        "port-unbound",
        "port-down",
        "interface-not-installed",
        "ct-zone-missing",
    ],
    needs: &[
        sb_table(sb::PortBinding::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
        ovs_table(vswitch::Interface::DEFINITION),
        ovs_table(vswitch::OpenVswitch::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let Some(own) = system_id(host.read) else {
        return Vec::new();
    };
    let chassis = zone.sb_rows::<sb::Chassis>().find(|row| row.name() == own);
    let names = [Some(own), chassis.map(|row| row.hostname().to_owned())];
    let mut findings = Vec::new();
    for (port, interface) in interfaces(host) {
        let Some(bound) = zone.binding(&port).filter(|row| row.chassis().is_none()) else {
            continue;
        };
        let options = bound.options();
        let Some(requested) = options
            .get(REQUESTED_CHASSIS)
            .filter(|text| !text.is_empty())
        else {
            continue;
        };
        let is_own = |wanted: &str| names.iter().flatten().any(|name| name == wanted);
        if requested.split(',').any(is_own) {
            continue;
        }
        let object = match zone.switch_port(&port) {
            Some(one) => one.object(),
            None => format!("port {port}"),
        };
        let finding = Finding::new(
            object,
            "its interface is on this host, but the port asks for another chassis, so \
             ovn-controller does not claim it",
        )
        .rows(binding(zone, bound).map(|evidence| {
            let column = sb::port_binding::OPTIONS.name();
            evidence.with(format!("{column}:{REQUESTED_CHASSIS}"), requested)
        }))
        .row(row(host, &interface))
        .next(
            "object_locate",
            [("object", json!(port))],
            "every row of the port, on all nodes",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn asking(requested: &str) -> Fixture {
        let ids = json!({"system-id": "id-a", "hostname": "a"});
        Fixture::on("a")
            .sb("Chassis", "ch", json!({"name": "id-a", "hostname": "a"}))
            .sb("Datapath_Binding", "dp", json!({"tunnel_key": 1}))
            .sb(
                "Port_Binding",
                "web",
                json!({"logical_port": "shop_web", "datapath": "dp",
                "options": {"requested-chassis": requested}}),
            )
            .ovs("Open_vSwitch", "o", json!({"external_ids": ids}))
            .ovs(
                "Interface",
                "i",
                json!({"name": "veth0", "external_ids": {"iface-id": "shop_web"}}),
            )
    }

    #[test]
    fn a_port_that_asks_for_another_chassis_is_found() {
        asking("id-b").check(&CHECK, &["a: port shop_web"]);
    }

    #[test]
    fn one_that_asks_for_this_host_or_is_bound_is_fine() {
        for requested in ["id-a", "a", "id-b,id-a", ""] {
            asking(requested).check(&CHECK, &[]);
        }
        let bound = json!({"chassis": "ch"});
        asking("id-b")
            .sb("Port_Binding", "web", bound)
            .check(&CHECK, &[]);
    }
}
