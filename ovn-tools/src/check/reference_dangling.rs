//! Names that lead nowhere: peers, chassis, parents.

use crate::check::definition::{Check, Layer, Need, Run};
use crate::check::finding::{Finding, Severity};
use crate::check::problem::problems;
use crate::check::scene::{Scene, Zone};
use crate::topology::{Attachment, PortKind, ProblemKind};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "reference-dangling",
    title: "a switch, router or port names what does not exist",
    layer: Layer::Network,
    severity: Severity::Error,
    looks_for: "a peer, router-port, parent or gateway chassis that no row stands for",
    known_from: &[
        "ovn-org/ovn#238",
        "#3678",
        "nodes deleted or renamed while others name them",
    ],
    explains: &["port-unbound"],
    needs: &[Need::Graph],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let dangling = problems(zone, ProblemKind::Dangling).into_iter();
    dangling
        .map(|(problem, mut finding)| {
            // A router's port that nothing is attached to is a loose end, which often shows that
            // the other end names something else.
            let is_loose = |id| {
                zone.graph.is_some_and(|graph| {
                    let port = graph.port(id);
                    let is_unset = matches!(port.attachment, Attachment::Unset);
                    is_unset && port.kind == PortKind::RouterPort
                })
            };
            if problem.port.is_some_and(is_loose) {
                finding.severity = Severity::Warning;
            }
            finding.cause = problem.reason;
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn linked() -> Fixture {
        Fixture::on("a")
            .nb(
                "Logical_Switch",
                "sw",
                json!({"name": "a", "ports": ["stor"]}),
            )
            .nb(
                "Logical_Switch_Port",
                "stor",
                json!({"name": "stor", "type": "router", "options": {"router-port": "rtos"}}),
            )
            .nb(
                "Logical_Router",
                "r",
                json!({"name": "r", "ports": ["rtos"]}),
            )
            .nb(
                "Logical_Router_Port",
                "rtos",
                json!({"name": "rtos", "networks": ["10.0.0.1/24"]}),
            )
            .sb(
                "Port_Binding",
                "stor",
                json!({"logical_port": "stor", "type": "patch"}),
            )
            .sb(
                "Port_Binding",
                "rtos",
                json!({"logical_port": "rtos", "type": "patch"}),
            )
    }

    #[test]
    fn a_port_that_names_no_other_is_found() {
        let other = json!({"options": {"router-port": "rtos-old"}});
        let fault = linked().nb("Logical_Switch_Port", "stor", other);
        fault.check(&CHECK, &["a: port stor", "a: port rtos"]);
    }

    #[test]
    fn ports_that_name_each_other_are_fine() {
        linked().check(&CHECK, &[]);
    }
}
