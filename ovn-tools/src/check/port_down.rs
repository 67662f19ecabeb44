//! Ports that are bound and yet not up.

use crate::check::definition::{Check, Layer, Need, Run};
use crate::check::finding::{Finding, Severity};
use crate::check::problem::problems;
use crate::check::scene::{Scene, Zone};
use crate::topology::ProblemKind;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "port-down",
    title: "a port is bound but not up",
    layer: Layer::Pod,
    severity: Severity::Warning,
    looks_for: "a workload's port with a chassis whose up is false in OVN_Northbound",
    known_from: &["#3115", "#5632", "OCPBUGS-42303"],
    explains: &[],
    needs: &[Need::Graph],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let down = problems(zone, ProblemKind::Down).into_iter();
    down.map(|(problem, mut finding)| {
        let reason = problem.reason;
        finding.cause =
            format!("a chassis has claimed it, but {reason}: its flows may not be installed yet");
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
    fn a_port_that_is_down_is_found() {
        let fault = bound_port()
            .nb("Logical_Switch_Port", "web", json!({"up": false}))
            .sb("Port_Binding", "web", json!({"up": false}));
        fault.check(&CHECK, &["a: port web"]);
    }

    #[test]
    fn a_port_that_is_up_is_fine() {
        bound_port().check(&CHECK, &[]);
    }
}
