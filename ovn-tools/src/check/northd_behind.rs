//! Changes that northd has not carried over.

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "northd-behind",
    title: "northd has not carried over the last changes",
    layer: Layer::Sync,
    severity: Severity::Error,
    looks_for: "NB_Global.nb_cfg above SB_Global.nb_cfg or above sb_cfg",
    known_from: &[
        "OCPBUGS-42303",
        "openshift/runbooks#43",
        "openshift/runbooks#187",
        "alert NorthboundStale",
    ],
    explains: &["port-unprocessed", "e2e-timestamp-stale"],
    needs: &[
        nb_table(nb::NbGlobal::DEFINITION),
        sb_table(sb::SbGlobal::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (Some(north), Some(south)) = (
        zone.nb_rows::<nb::NbGlobal>().next(),
        zone.sb_rows::<sb::SbGlobal>().next(),
    ) else {
        return findings;
    };
    let cause = if south.nb_cfg() < north.nb_cfg() {
        "northd has not carried the last changes to OVN_Southbound: it is paused, stuck, or has lost \
         a database"
    } else if north.sb_cfg() < north.nb_cfg() {
        "OVN_Southbound has the last changes, but northd has not noted so: it stopped right after"
    } else {
        return findings;
    };
    let finding = Finding::new("northd", cause)
        .rows(zone.nb_row(&north, |row| {
            row.with(nb::nb_global::NB_CFG.name(), north.nb_cfg())
                .with(nb::nb_global::SB_CFG.name(), north.sb_cfg())
        }))
        .rows(zone.sb_row(&south, |row| {
            row.with(sb::sb_global::NB_CFG.name(), south.nb_cfg())
        }))
        .next("sources_list", [], "how far each node has come")
        .of_node();
    findings.push(finding);
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn at(north: i64, noted: i64, south: i64) -> Fixture {
        Fixture::on("a")
            .nb("NB_Global", "g", json!({"nb_cfg": north, "sb_cfg": noted}))
            .sb("SB_Global", "g", json!({"nb_cfg": south}))
    }

    #[test]
    fn a_change_that_northd_has_not_carried_over_is_found() {
        at(5, 4, 4).check(&CHECK, &["a: northd"]);
        at(5, 4, 5).check(&CHECK, &["a: northd"]);
    }

    #[test]
    fn equal_numbers_are_fine() {
        at(5, 5, 5).check(&CHECK, &[]);
    }
}
