//! Bindings that no logical port stands behind.

use crate::check::definition::{Check, Layer, Need, Run};
use crate::check::finding::{Finding, Severity};
use crate::check::problem::problems;
use crate::check::scene::{Scene, Zone};
use crate::topology::ProblemKind;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "binding-stray",
    title: "a binding is left over in OVN_Southbound",
    layer: Layer::Network,
    severity: Severity::Warning,
    looks_for: "a Port_Binding whose logical port is not in OVN_Northbound",
    known_from: &["#4384", "northd is paused, stuck or cannot write"],
    explains: &[],
    needs: &[Need::Graph],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let found = problems(zone, ProblemKind::Stray).into_iter();
    found
        .map(|(problem, mut finding)| {
            finding.cause = problem.reason;
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::bound_port;

    #[test]
    fn a_binding_without_a_port_is_found() {
        bound_port()
            .sb("Port_Binding", "old", json!({"logical_port": "old"}))
            .check(&CHECK, &["a: binding old"]);
    }

    #[test]
    fn what_is_as_it_should_be_is_fine() {
        bound_port().check(&CHECK, &[]);
    }
}
