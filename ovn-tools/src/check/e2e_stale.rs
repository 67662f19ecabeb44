//! Time stamps that stopped.

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The option that holds the time, in seconds since 1970.
const E2E: &str = "e2e_timestamp";

/// How old a time stamp may be, in seconds.
/// **Default and why**: 90, three times the interval in which it is written.
const STALE: i64 = 90;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "e2e-timestamp-stale",
    title: "the time stamp that ovnkube-controller writes does not move",
    layer: Layer::Sync,
    severity: Severity::Warning,
    looks_for: "options:e2e_timestamp of NB_Global, written every 30 s, that is old, or newer than its copy in SB_Global",
    known_from: &[
        "openshift/runbooks#43",
        "openshift/runbooks#187",
        "alerts NorthboundStale and SouthboundStale",
    ],
    explains: &["port-unprocessed"],
    needs: &[
        nb_table(nb::NbGlobal::DEFINITION),
        sb_table(sb::SbGlobal::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let (Some(north), Some(south)) = (
        zone.nb_rows::<nb::NbGlobal>().next(),
        zone.sb_rows::<sb::SbGlobal>().next(),
    ) else {
        return Vec::new();
    };
    let seconds = |text: Option<&str>| text.and_then(|text| text.parse::<i64>().ok());
    let Some(written) = seconds(north.options().get(E2E)) else {
        return Vec::new();
    };
    // A recording tells nothing of the time after its last record.
    let now = match zone.nb {
        Some(read) if read.recorded => read.moment.map(|moment| moment.as_second()),
        _ => scene.read_at,
    };
    let copied = seconds(south.options().get(E2E)).unwrap_or(i64::MIN);
    let (object, cause) = if written.saturating_sub(copied) > STALE {
        (
            "northd",
            "northd does not copy the time stamp to OVN_Southbound any more: it is stuck or paused",
        )
    } else if now.is_some_and(|now| now.saturating_sub(written) > STALE) {
        (
            "ovnkube-controller",
            "ovnkube-controller has not written for a while: it is stuck or stopped",
        )
    } else {
        return Vec::new();
    };
    let finding = Finding::new(object, cause)
        .rows(zone.nb_row(&north, |row| row.key(&north, nb::nb_global::OPTIONS, E2E)))
        .rows(zone.sb_row(&south, |row| row.key(&south, sb::sb_global::OPTIONS, E2E)))
        .next("sources_list", [], "how far each node has come");
    vec![finding]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn at(north: &str, south: &str) -> Fixture {
        Fixture::on("a")
            .nb(
                "NB_Global",
                "g",
                json!({"options": {"e2e_timestamp": north}}),
            )
            .sb(
                "SB_Global",
                "g",
                json!({"options": {"e2e_timestamp": south}}),
            )
    }

    #[test]
    fn a_copy_that_is_old_is_found() {
        at("1000", "900").check(&CHECK, &["a: northd"]);
    }

    #[test]
    fn a_time_that_stopped_is_found_on_a_live_server_only() {
        let mut live = at("1000", "1000").snapshot();
        for read in &mut live.databases {
            read.recorded = false;
            read.moment = jiff::Timestamp::from_second(1200).ok();
        }
        let found =
            |snapshot| crate::check::run(&[&CHECK], snapshot, &crate::check::Asked::default());
        assert_eq!(found(&live).findings[0].object, "ovnkube-controller");
        at("1000", "1000").check(&CHECK, &[]);
    }

    #[test]
    fn a_fresh_copy_is_fine() {
        at("1000", "970").check(&CHECK, &[]);
        at("x", "").check(&CHECK, &[]);
    }
}
