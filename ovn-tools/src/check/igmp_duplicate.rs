//! Multicast groups that are listed twice.

use std::collections::BTreeMap;

use ovn_schemas::sb;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "igmp-group-duplicate",
    title: "a multicast group is listed twice for a chassis",
    layer: Layer::Network,
    severity: Severity::Warning,
    looks_for: "two IGMP_Groups with one address, datapath and chassis",
    known_from: &["#3399", "ovn-kubernetes 14ab317bf"],
    explains: &[],
    needs: &[sb_table(sb::IgmpGroup::DEFINITION)],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut groups: BTreeMap<(String, String, String), Vec<sb::IgmpGroup>> = BTreeMap::new();
    for row in zone.sb_rows::<sb::IgmpGroup>() {
        let datapath = row
            .datapath()
            .map(|datapath| datapath.uuid().to_string())
            .unwrap_or_default();
        let chassis = match row.chassis() {
            Some(chassis) => chassis.uuid().to_string(),
            None => row.chassis_name().to_owned(),
        };
        let key = (row.address().to_owned(), datapath, chassis);
        groups.entry(key).or_default().push(row);
    }
    let twice = groups.into_iter().filter(|(_, rows)| rows.len() > 1);
    twice
        .map(|((address, ..), rows)| {
            Finding::new(
                format!("multicast group {address}"),
                "it is listed twice, which stops its chassis from being removed and updated",
            )
            .rows(rows.iter().filter_map(|row| {
                zone.sb_row(row, |evidence| {
                    evidence.with(sb::igmp_group::ADDRESS.name(), row.address())
                })
            }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn once() -> Fixture {
        Fixture::on("a")
            .sb("Chassis", "a", json!({"name": "id-a"}))
            .sb("Datapath_Binding", "dp", json!({"tunnel_key": 1}))
            .sb(
                "IGMP_Group",
                "x",
                json!({"address": "239.0.0.1", "datapath": "dp", "chassis": "a"}),
            )
            .sb(
                "IGMP_Group",
                "y",
                json!({"address": "239.0.0.2", "datapath": "dp", "chassis": "a"}),
            )
    }

    #[test]
    fn a_group_that_is_listed_twice_is_found() {
        let same = json!({"address": "239.0.0.1"});
        once()
            .sb("IGMP_Group", "y", same)
            .check(&CHECK, &["a: multicast group 239.0.0.1"]);
    }

    #[test]
    fn a_group_that_is_listed_once_is_fine() {
        once().check(&CHECK, &[]);
    }
}
