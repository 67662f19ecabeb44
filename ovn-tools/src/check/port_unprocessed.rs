//! Ports that northd has not carried to the Southbound database.

use crate::check::definition::{Check, Layer, Need, Run};
use crate::check::finding::{Finding, Severity};
use crate::check::problem::problems;
use crate::check::scene::{Scene, Zone};
use crate::topology::ProblemKind;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "port-unprocessed",
    title: "a port has no binding in OVN_Southbound",
    layer: Layer::Network,
    severity: Severity::Error,
    looks_for: "a logical port that no Port_Binding stands for",
    known_from: &[
        "openshift/runbooks#70",
        "northd is paused, stuck or cannot write",
    ],
    explains: &["port-unbound", "port-down"],
    needs: &[Need::Graph],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let unprocessed = problems(zone, ProblemKind::Unprocessed).into_iter();
    unprocessed
        .map(|(problem, mut finding)| {
            let reason = problem.reason;
            finding.cause = format!("{reason}; it is paused, behind, or cannot write");
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::bound_port;
    use crate::database::Database;

    #[test]
    fn a_port_without_binding_is_found() {
        let fault = bound_port().without(Database::Sb, "Port_Binding", "web");
        fault.check(&CHECK, &["a: port web"]);
    }

    #[test]
    fn a_port_with_a_binding_is_fine() {
        bound_port().check(&CHECK, &[]);
    }
}
