//! Ports that are bound elsewhere than they ask for.

use ovn_schemas::sb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::problem::binding;
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "port-chassis",
    title: "a port is bound to another chassis than it requests",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "a Port_Binding whose chassis is not its requested_chassis",
    known_from: &["#2163", "#635", "openshift/ovn-kubernetes#500"],
    explains: &["port-down"],
    needs: &[
        sb_table(sb::PortBinding::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in zone
        .sb_rows::<sb::PortBinding>()
        .filter(|row| row.type_().is_empty())
    {
        let (Some(own), Some(requested)) = (row.chassis(), row.requested_chassis()) else {
            continue;
        };
        // While a workload moves, it may be on the other one as well.
        let others = row.requested_additional_chassis();
        if own == requested || others.iter().any(|other| other == own) {
            continue;
        }
        let object = match zone.switch_port(row.logical_port()) {
            Some(one) => one.object(),
            None => format!("port {}", row.logical_port()),
        };
        let name = zone
            .chassis(requested.uuid())
            .map(|chassis| chassis.hostname().to_owned());
        let finding = Finding::new(
            object,
            "a chassis other than the requested one has claimed it: an interface for it is left over \
             there",
        )
        .rows(binding(zone, &row).map(|evidence| {
            evidence.with(sb::port_binding::REQUESTED_CHASSIS.name(), name)
        }))
        .next("object_locate", [("object", json!(row.logical_port()))], "every interface for the port");
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn asked() -> Fixture {
        Fixture::on("a")
            .sb("Chassis", "a", json!({"name": "id-a", "hostname": "a"}))
            .sb("Chassis", "b", json!({"name": "id-b", "hostname": "b"}))
            .sb(
                "Port_Binding",
                "web",
                json!({"logical_port": "web", "chassis": "a", "requested_chassis": "a"}),
            )
    }

    #[test]
    fn a_port_on_another_chassis_is_found() {
        let elsewhere = json!({"chassis": "b"});
        asked()
            .sb("Port_Binding", "web", elsewhere)
            .check(&CHECK, &["a: port web"]);
        let moving = json!({"chassis": "b", "requested_additional_chassis": ["b"]});
        asked().sb("Port_Binding", "web", moving).check(&CHECK, &[]);
    }

    #[test]
    fn a_port_where_it_asks_to_be_is_fine() {
        asked().check(&CHECK, &[]);
    }
}
