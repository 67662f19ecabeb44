//! Bridge mappings that lead nowhere.

use ovn_schemas::vswitch;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, ovs_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "bridge-mapping-dangling",
    title: "a bridge mapping names a bridge that is not there",
    layer: Layer::Ovs,
    severity: Severity::Error,
    looks_for: "ovn-bridge-mappings with a bridge that no Bridge row is",
    known_from: &["#678", "#1446", "#5139"],
    explains: &["localnet-patch-missing"],
    needs: &[
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        ovs_table(vswitch::Bridge::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, _zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let Some(mappings) = interface::setting(host, "ovn-bridge-mappings") else {
        return Vec::new();
    };
    let bridges: Vec<String> = host
        .read
        .rows
        .rows::<vswitch::Bridge>()
        .map(|row| row.name().to_owned())
        .collect();
    let mut findings = Vec::new();
    for (network, bridge) in interface::mappings(&mappings) {
        if bridges.iter().any(|name| name == bridge) {
            continue;
        }
        let finding = Finding::new(
            format!("physical network {network}"),
            format!("it is mapped to the bridge {bridge}, which does not exist, so no traffic leaves to it"),
        )
        .rows(interface::host_row(host, |_, evidence| evidence.with("external_ids:ovn-bridge-mappings", mappings.as_str())));
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn mapped() -> Fixture {
        let ids = json!({"hostname": "a", "ovn-bridge-mappings": "physnet:br-ex"});
        Fixture::on("a")
            .ovs(
                "Open_vSwitch",
                "o",
                json!({"bridges": ["br"], "external_ids": ids}),
            )
            .ovs("Bridge", "br", json!({"name": "br-ex"}))
    }

    #[test]
    fn a_bridge_that_is_not_there_is_found() {
        mapped()
            .ovs("Bridge", "br", json!({"name": "br-old"}))
            .check(&CHECK, &["a: physical network physnet"]);
    }

    #[test]
    fn a_bridge_that_is_there_is_fine() {
        mapped().check(&CHECK, &[]);
    }
}
