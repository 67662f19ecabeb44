//! Interfaces that were made for an earlier pod of the same name.

use ovn_schemas::{nb, vswitch};
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table, ovs_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::interface::IFACE_ID;
use crate::check::problem::binding;
use crate::check::scene::{Host, Scene, Zone};

/// The key that names which incarnation of a pod an interface or a port is for.
const IFACE_ID_VER: &str = "iface-id-ver";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "interface-version",
    title: "an interface belongs to an earlier pod of the same name",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "Interface external_ids:iface-id-ver unlike options:iface-id-ver of its port",
    known_from: &[
        "base_network_controller_pods.go",
        "the CNI's \"pod OVN annotations changed\"",
    ],
    explains: &[
        "port-unbound",
        "port-down",
        "interface-not-installed",
        "ct-zone-missing",
    ],
    needs: &[
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        ovs_table(vswitch::Interface::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let ids = vswitch::interface::EXTERNAL_IDS;
    let options = nb::logical_switch_port::OPTIONS;
    let interfaces: Vec<vswitch::Interface> = host.read.rows.rows().collect();
    let mut findings = Vec::new();
    for interface in &interfaces {
        let (Some(name), Some(version)) = (
            interface.external_ids().get(IFACE_ID),
            interface.external_ids().get(IFACE_ID_VER),
        ) else {
            continue;
        };
        let Some(one) = zone.switch_port(name) else {
            continue;
        };
        let Some(wanted) = one.port.options().get(IFACE_ID_VER) else {
            continue;
        };
        // Where another interface is the right one, this one is merely left over.
        let is_right = |other: &vswitch::Interface| {
            let ids = other.external_ids();
            ids.get(IFACE_ID) == Some(name) && ids.get(IFACE_ID_VER) == Some(wanted)
        };
        if version == wanted || interfaces.iter().any(is_right) {
            continue;
        }
        let finding = Finding::new(
            one.object(),
            "the interface on the node still carries the UID of an earlier pod of this name, so \
             ovn-controller does not claim the new pod's port",
        )
        .rows(zone.nb_row(&one.port, |row| {
            row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                .key(&one.port, options, IFACE_ID_VER)
        }))
        .row(
            Evidence::of(host.read, interface)
                .with(vswitch::interface::NAME.name(), interface.name())
                .key(interface, ids, IFACE_ID)
                .key(interface, ids, IFACE_ID_VER),
        )
        .rows(zone.binding(name).and_then(|row| binding(zone, row)))
        .next(
            "object_locate",
            [("object", json!(name))],
            "the rows of the pod in every layer, with the break between them",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn same() -> Fixture {
        let ids = json!({"namespace": "shop", "pod": "true"});
        Fixture::on("a")
            .nb("Logical_Switch", "sw", json!({"name": "a", "ports": ["web"]}))
            .nb("Logical_Switch_Port", "web", json!({"name": "shop_web", "external_ids": ids, "options": {"iface-id-ver": "new"}}))
            .ovs("Interface", "if", json!({"name": "veth1", "external_ids": {"iface-id": "shop_web", "iface-id-ver": "new"}}))
    }

    #[test]
    fn an_interface_of_an_earlier_pod_is_found() {
        let old = json!({"external_ids": {"iface-id": "shop_web", "iface-id-ver": "old"}});
        let fault = same().ovs("Interface", "if", old.clone());
        fault.check(&CHECK, &["a: pod shop/web"]);
        // The new pod's interface is there too: the old one does no harm.
        same().ovs("Interface", "old", old).check(&CHECK, &[]);
    }

    #[test]
    fn the_interface_of_the_pod_is_fine() {
        same().check(&CHECK, &[]);
    }
}
