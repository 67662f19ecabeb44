//! Ports and routers that are switched off.

use crate::check::definition::{Check, Layer, Need, Run};
use crate::check::finding::{Finding, Severity};
use crate::check::problem::problems;
use crate::check::scene::{Scene, Zone};
use crate::topology::ProblemKind;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "administratively-disabled",
    title: "a port or router is switched off",
    layer: Layer::Network,
    severity: Severity::Notice,
    looks_for: "enabled is false on a switch port, router port or router",
    known_from: &["ports that were switched off for a test and forgotten"],
    explains: &[],
    needs: &[Need::Graph],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let found = problems(zone, ProblemKind::Disabled).into_iter();
    found
        .map(|(problem, mut finding)| {
            finding.cause = format!("it is switched off: {}", problem.reason);
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
    fn a_port_that_is_switched_off_is_found() {
        bound_port()
            .nb("Logical_Switch_Port", "web", json!({"enabled": false}))
            .check(&CHECK, &["a: port web"]);
    }

    #[test]
    fn what_is_as_it_should_be_is_fine() {
        bound_port().check(&CHECK, &[]);
    }
}
