//! Hosts whose chassis is not in the Southbound database.

use ovn_schemas::{sb, vswitch};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, ovs_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::interface;
use crate::check::scene::{Host, Scene, Zone};
use crate::deployment::system_id;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "chassis-unregistered",
    title: "a host has no chassis in OVN_Southbound",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "an Open_vSwitch that is set up for OVN and whose system-id no Chassis has",
    known_from: &[
        "#4739",
        "ovn-controller is stopped or cannot reach OVN_Southbound",
        "openshift/runbooks#68",
    ],
    explains: &["tunnel-missing", "encap-mismatch"],
    needs: &[
        ovs_table(vswitch::OpenVswitch::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
    ],
    run: Run::Host(find),
};

fn find(host: &Host<'_>, zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    if interface::setting(host, "ovn-remote").is_none() || interface::chassis(host, zone).is_some()
    {
        return Vec::new();
    }
    let id = system_id(host.read);
    let cause = match id {
        None => "it has no system-id, so ovn-controller does not start",
        Some(_) => {
            "no chassis has its system-id: ovn-controller is stopped, cannot reach OVN_Southbound, or \
             the system-id was changed"
        }
    };
    let finding = Finding::new(format!("host {}", host.name()), cause)
        .rows(interface::host_row(host, |row, evidence| {
            evidence
                .key(row, vswitch::open_vswitch::EXTERNAL_IDS, "system-id")
                .key(row, vswitch::open_vswitch::EXTERNAL_IDS, "ovn-remote")
        }))
        .rows(zone.sb_rows::<sb::Chassis>().filter_map(|row| {
            zone.sb_row(&row, |evidence| {
                evidence
                    .with(sb::chassis::NAME.name(), row.name())
                    .with(sb::chassis::HOSTNAME.name(), row.hostname())
            })
        }));
    vec![finding]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::two_chassis;

    #[test]
    fn a_host_without_a_chassis_is_found() {
        let other = json!({"name": "id-old"});
        two_chassis()
            .sb("Chassis", "a", other)
            .check(&CHECK, &["a: host a"]);
        let unset = json!({"external_ids": {"hostname": "a", "ovn-remote": "unix:x"}});
        let found = two_chassis().ovs("Open_vSwitch", "o", unset).found(&CHECK);
        assert!(found[0].cause.contains("no system-id"));
    }

    #[test]
    fn a_host_with_a_chassis_is_fine() {
        two_chassis().check(&CHECK, &[]);
        // Not every Open vSwitch is one of OVN.
        two_chassis()
            .ovs("Open_vSwitch", "o", json!({"external_ids": {}}))
            .check(&CHECK, &[]);
    }
}
