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
    use super::*;
    use crate::check::healthy::two_chassis;
    use crate::database::Database;

    #[test]
    fn a_chassis_without_a_private_row_is_found() {
        two_chassis()
            .without(Database::Sb, "Chassis_Private", "pb")
            .check(&CHECK, &["a: chassis b"]);
    }

    #[test]
    fn a_chassis_with_a_private_row_is_fine() {
        two_chassis().check(&CHECK, &[]);
    }
}
