//! Ports that no chassis has claimed.

use crate::check::definition::{Check, Layer, Need, Run};
use crate::check::finding::{Finding, Severity};
use crate::check::problem::problems;
use crate::check::scene::{Scene, Zone};
use crate::topology::{PortKind, ProblemKind};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "port-unbound",
    title: "a port is bound to no chassis",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "a workload's port whose Port_Binding has no chassis",
    known_from: &[
        "#3115",
        "openshift/ovn-kubernetes#686",
        "okd#1172",
        "pods stuck in ContainerCreating: timed out waiting for OVS port binding",
    ],
    explains: &["port-down"],
    needs: &[Need::Graph],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let unbound = problems(zone, ProblemKind::Unbound).into_iter();
    let is_remote = |port| {
        zone.graph
            .is_some_and(|graph| graph.port(port).kind == PortKind::Remote)
    };
    unbound
        .filter(|(problem, _)| !problem.port.is_some_and(is_remote))
        .map(|(problem, mut finding)| {
            finding.cause = format!("{}, so it carries no traffic", problem.reason);
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn bound() -> Fixture {
        let ids = json!({"namespace": "shop", "pod": "true"});
        Fixture::on("a")
            .nb(
                "Logical_Switch",
                "sw",
                json!({"name": "a", "ports": ["web"]}),
            )
            .nb(
                "Logical_Switch_Port",
                "web",
                json!({"name": "shop_web", "external_ids": ids, "up": true}),
            )
            .sb("Chassis", "ch", json!({"name": "id-a", "hostname": "a"}))
            .sb(
                "Port_Binding",
                "web",
                json!({"logical_port": "shop_web", "chassis": "ch", "up": true}),
            )
    }

    #[test]
    fn a_port_without_chassis_is_found() {
        let fault = bound()
            .nb("Logical_Switch_Port", "web", json!({"up": false}))
            .sb("Port_Binding", "web", json!({"chassis": []}));
        fault.check(&CHECK, &["a: pod shop/web"]);
    }

    #[test]
    fn a_bound_port_is_fine() {
        bound().check(&CHECK, &[]);
    }
}
