//! Chassis that cannot tell how far they have come.

use std::collections::HashSet;

use ovn_schemas::sb;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "chassis-private-missing",
    title: "a chassis has no private row",
    layer: Layer::Node,
    severity: Severity::Warning,
    looks_for: "an own Chassis that no Chassis_Private refers to",
    known_from: &[
        "#2099",
        "#3098",
        "chassis that were deleted by hand while ovn-controller ran",
    ],
    explains: &[],
    needs: &[
        sb_table(sb::Chassis::DEFINITION),
        sb_table(sb::ChassisPrivate::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let told: HashSet<_> = zone
        .sb_rows::<sb::ChassisPrivate>()
        .filter_map(|row| row.chassis())
        .map(|row| row.uuid())
        .collect();
    let rows = zone.own_chassis().filter(|row| !told.contains(&row.uuid()));
    rows.map(|row| {
        Finding::new(
            format!("chassis {}", row.hostname()),
            "no Chassis_Private row is its own, so whether it has taken in changes is not known: it \
             is left over, or ovn-controller is too old",
        )
        .rows(zone.sb_row(&row, |evidence| {
            evidence
                .with(sb::chassis::NAME.name(), row.name())
                .with(sb::chassis::HOSTNAME.name(), row.hostname())
        }))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;
    use crate::database::Database;

    fn two() -> Fixture {
        Fixture::on("a")
            .sb("Chassis", "a", json!({"name": "id-a", "hostname": "a", "encaps": ["ea"]}))
            .sb("Chassis", "b", json!({"name": "id-b", "hostname": "b", "encaps": ["eb"]}))
            .sb("Encap", "ea", json!({"chassis_name": "id-a", "type": "geneve", "ip": "172.18.0.2"}))
            .sb("Encap", "eb", json!({"chassis_name": "id-b", "type": "geneve", "ip": "172.18.0.3"}))
            .sb("Chassis_Private", "pa", json!({"name": "id-a", "chassis": "a"}))
            .sb("Chassis_Private", "pb", json!({"name": "id-b", "chassis": "b"}))
            .ovs("Open_vSwitch", "o", json!({"bridges": ["br"], "external_ids": {
                "system-id": "id-a", "hostname": "a", "ovn-remote": "unix:x",
                "ovn-encap-ip": "172.18.0.2", "ovn-encap-type": "geneve"}}))
            .ovs("Bridge", "br", json!({"name": "br-int", "fail_mode": "secure"}))
            .ovs("Interface", "t", json!({"name": "ovn-b", "type": "geneve", "ofport": 1, "options": {"remote_ip": "172.18.0.3"}}))
    }

    #[test]
    fn a_chassis_without_a_private_row_is_found() {
        two()
            .without(Database::Sb, "Chassis_Private", "pb")
            .check(&CHECK, &["a: chassis b"]);
    }

    #[test]
    fn a_chassis_with_a_private_row_is_fine() {
        two().check(&CHECK, &[]);
    }
}
