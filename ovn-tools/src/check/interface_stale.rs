//! Interfaces of ports that are gone.

use ovn_schemas::{nb, sb, vswitch};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table, ovs_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "interface-stale",
    title: "an interface stands for no logical port",
    layer: Layer::Pod,
    severity: Severity::Warning,
    looks_for: "an Interface whose iface-id is neither a port nor a binding of its zone",
    known_from: &["#98", "#3784", "#6393"],
    explains: &[],
    needs: &[
        ovs_table(vswitch::Interface::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        sb_table(sb::PortBinding::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, row) in interface::interfaces(host) {
        if zone.switch_port(&name).is_some() || zone.binding(&name).is_some() {
            continue;
        }
        let finding = Finding::new(
            format!("interface {} of {name}", row.name()),
            "the logical port that it stands for does not exist: it is left over from a deleted pod, \
             or the port was never made",
        )
        .row(interface::row(host, &row));
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::bound_interface;

    #[test]
    fn an_interface_of_no_port_is_found() {
        let row = json!({"external_ids": {"iface-id": "gone"}});
        bound_interface()
            .ovs("Interface", "if", row)
            .check(&CHECK, &["a: interface v1 of gone"]);
    }

    #[test]
    fn an_interface_of_a_port_is_fine() {
        bound_interface().check(&CHECK, &[]);
    }
}
