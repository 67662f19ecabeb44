//! Interfaces whose flows are not installed.

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table, ovs_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface;
use crate::check::problem::binding;
use crate::check::scene::{Host, Scene, Zone};

/// The mark that ovn-controller leaves when the flows of a port are in place.
const INSTALLED: &str = "ovn-installed";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "interface-not-installed",
    title: "the flows of a bound port are not installed",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "an Interface without external_ids:ovn-installed whose Port_Binding is bound to the host",
    known_from: &["#3115", "cni: timed out waiting for ovn-installed"],
    explains: &[],
    needs: &[
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        ovs_table(vswitch::Interface::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
        sb_table(sb::PortBinding::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let Some(chassis) = interface::chassis(host, zone) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (name, row) in interface::interfaces(host) {
        let Some(bound) = zone
            .binding(&name)
            .filter(|row| interface::is_bound_to(row, &chassis))
        else {
            continue;
        };
        let ids = row.external_ids();
        if !bound.type_().is_empty() || ids.get(INSTALLED) == Some("true") {
            continue;
        }
        let object = zone
            .switch_port(&name)
            .map_or_else(|| format!("port {name}"), |one| one.object());
        let finding = Finding::new(
            object,
            "ovn-controller has claimed the port but not marked its flows as installed, so the pod \
             waits or has no network",
        )
        .row(interface::row(host, &row).key(&row, vswitch::interface::EXTERNAL_IDS, INSTALLED))
        .rows(binding(zone, bound))
        .next(
            "object_locate",
            [("object", json!(name))],
            "the port in every layer",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::bound_interface;

    #[test]
    fn an_interface_without_the_mark_is_found() {
        let row = json!({"external_ids": {"iface-id": "web"}});
        bound_interface()
            .ovs("Interface", "if", row)
            .check(&CHECK, &["a: port web"]);
    }

    #[test]
    fn an_interface_with_the_mark_is_fine() {
        bound_interface().check(&CHECK, &[]);
    }
}
