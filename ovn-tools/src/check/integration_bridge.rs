//! Hosts without a proper integration bridge.

use ovn_schemas::vswitch;
use ovsdb_client::table::Enumeration;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, ovs_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "integration-bridge",
    title: "the integration bridge is missing or forwards on its own",
    layer: Layer::Ovs,
    severity: Severity::Error,
    looks_for: "no Bridge of the name that ovn-controller uses, or one whose fail_mode is not secure",
    known_from: &["#4786", "bridges that were deleted or made by hand"],
    explains: &[],
    needs: &[
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        ovs_table(vswitch::Bridge::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, _zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    if interface::setting(host, "ovn-remote").is_none() {
        return Vec::new();
    }
    let name = interface::integration_bridge(host);
    let mut bridges = host.read.rows.rows::<vswitch::Bridge>();
    let object = format!("bridge {name}");
    let Some(bridge) = bridges.find(|row| row.name() == name) else {
        let finding = Finding::new(
            object,
            "it does not exist, so ovn-controller has nowhere to put its flows",
        )
        .rows(interface::host_row(host, |_, evidence| {
            evidence.with("bridge", name)
        }));
        return vec![finding];
    };
    let mode = bridge.fail_mode();
    if mode.as_ref().is_some_and(|mode| mode.name() == "secure") {
        return Vec::new();
    }
    let mode = mode.map(|mode| mode.name().to_owned());
    let mut finding = Finding::new(
        object,
        "its fail_mode is not secure, so it forwards like a plain switch whenever it has no flows",
    )
    .row(Evidence::of(host.read, &bridge).with(vswitch::bridge::FAIL_MODE.name(), mode));
    finding.severity = Severity::Warning;
    vec![finding]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::two_chassis;

    #[test]
    fn a_bridge_that_is_missing_or_standalone_is_found() {
        let other = two_chassis().ovs("Bridge", "br", json!({"name": "br-ex"}));
        other.check(&CHECK, &["a: bridge br-int"]);
        let standalone = two_chassis().ovs("Bridge", "br", json!({"fail_mode": "standalone"}));
        standalone.check(&CHECK, &["a: bridge br-int"]);
        assert_eq!(standalone.found(&CHECK)[0].severity, Severity::Warning);
    }

    #[test]
    fn a_secure_bridge_is_fine() {
        two_chassis().check(&CHECK, &[]);
    }
}
