//! Changes that ovn-controller has not taken in.

use ovn_schemas::sb;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::deployment::is_remote;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "controller-behind",
    title: "ovn-controller has not taken in the last changes",
    layer: Layer::Sync,
    severity: Severity::Error,
    looks_for: "Chassis_Private.nb_cfg of an own chassis below SB_Global.nb_cfg",
    known_from: &[
        "#5632",
        "openshift/runbooks#68",
        "alert OVNKubernetesControllerDisconnectedSouthboundDatabase",
    ],
    explains: &["port-unbound", "port-down", "interface-not-installed"],
    needs: &[
        sb_table(sb::SbGlobal::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
        sb_table(sb::ChassisPrivate::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let Some(global) = zone.sb_rows::<sb::SbGlobal>().next() else {
        return Vec::new();
    };
    let behind = zone.sb_rows::<sb::ChassisPrivate>().filter_map(|row| {
        let chassis = row
            .chassis()
            .and_then(|chassis| zone.chassis(chassis.uuid()))?;
        (!is_remote(&chassis) && row.nb_cfg() < global.nb_cfg()).then_some((row, chassis))
    });
    // Of several chassis of a zone, one that is behind explains nothing about the others' ports.
    let is_alone = zone.own_chassis().nth(1).is_none();
    behind
        .map(|(row, chassis)| {
            let finding = Finding::new(
                format!("chassis {}", chassis.hostname()),
                "ovn-controller has not taken in the last changes: it is stopped, overloaded, or cut \
                 off from OVN_Southbound",
            )
            .rows(zone.sb_row(&row, |evidence| {
                evidence
                    .with(sb::chassis_private::NAME.name(), row.name())
                    .with(sb::chassis_private::NB_CFG.name(), row.nb_cfg())
            }))
            .rows(zone.sb_row(&global, |evidence| {
                evidence.with(sb::sb_global::NB_CFG.name(), global.nb_cfg())
            }))
            .next("sources_list", [], "how far each node has come");
            if is_alone { finding.of_node() } else { finding }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn at(reached: i64) -> Fixture {
        Fixture::on("a")
            .sb("SB_Global", "g", json!({"nb_cfg": 5}))
            .sb("Chassis", "ch", json!({"name": "id-a", "hostname": "a"}))
            .sb(
                "Chassis_Private",
                "p",
                json!({"name": "id-a", "chassis": "ch", "nb_cfg": reached}),
            )
    }

    #[test]
    fn a_chassis_below_the_number_is_found() {
        at(4).check(&CHECK, &["a: chassis a"]);
        let remote = json!({"other_config": {"is-remote": "true"}});
        at(4).sb("Chassis", "ch", remote).check(&CHECK, &[]);
    }

    #[test]
    fn a_chassis_that_has_caught_up_is_fine() {
        at(5).check(&CHECK, &[]);
    }
}
