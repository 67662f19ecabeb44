//! Interfaces that Open vSwitch cannot use.

use ovn_schemas::{nb, vswitch};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table, ovs_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};

/// The number of an interface that could not be added.
const NO_PORT: i64 = -1;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "interface-failed",
    title: "Open vSwitch cannot use an interface",
    layer: Layer::Ovs,
    severity: Severity::Error,
    looks_for: "an Interface with an error, or with ofport -1",
    known_from: &[
        "#98",
        "#3784",
        "#6393",
        "interfaces of deleted pods: \"No such device\"",
    ],
    explains: &[
        "port-unbound",
        "port-down",
        "interface-not-installed",
        "ct-zone-missing",
    ],
    needs: &[
        ovs_table(vswitch::Interface::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in host.read.rows.rows::<vswitch::Interface>() {
        let error = row.error().filter(|error| !error.is_empty());
        if error.is_none() && row.ofport() != Some(NO_PORT) {
            continue;
        }
        let ids = row.external_ids();
        let name = ids.get(interface::IFACE_ID);
        let object = match (name.and_then(|name| zone.switch_port(name)), name) {
            (Some(one), _) => one.object(),
            (None, Some(name)) => format!("interface {} of {name}", row.name()),
            (None, None) => format!("interface {}", row.name()),
        };
        let cause = if error.is_some_and(|error| error.contains("No such device")) {
            "its device is gone from the host: the pod was deleted or its network set up only half"
        } else {
            "Open vSwitch could not add it to the datapath"
        };
        let finding = Finding::new(object, cause).row(
            interface::row(host, &row)
                .with(vswitch::interface::OFPORT.name(), row.ofport())
                .with(vswitch::interface::ERROR.name(), error),
        );
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
    fn an_interface_with_an_error_is_found() {
        let error =
            json!({"error": "could not open network device v1 (No such device)", "ofport": -1});
        bound_interface()
            .ovs("Interface", "if", error)
            .check(&CHECK, &["a: port web"]);
        bound_interface()
            .ovs("Interface", "if", json!({"ofport": -1, "external_ids": {}}))
            .check(&CHECK, &["a: interface v1"]);
    }

    #[test]
    fn an_interface_with_a_number_is_fine() {
        bound_interface().check(&CHECK, &[]);
    }
}
