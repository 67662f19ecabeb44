//! Matches that are not in the language of OVN.

use ovn_schemas::nb;
use ovsdb_client::table::Column;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::flow::Match;
use crate::owner::{Ids, describe};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "match-invalid",
    title: "a match cannot be read",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a match of an ACL, policy or QoS rule that is no expression",
    known_from: &["ovn-controller logs \"error parsing match\" and leaves the flow out"],
    explains: &["match-reference-missing"],
    needs: &[
        nb_table(nb::Acl::DEFINITION),
        nb_table(nb::LogicalRouterPolicy::DEFINITION),
        nb_table(nb::Qos::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for row in zone.nb_rows::<nb::Acl>() {
        findings.extend(invalid(zone, &row, nb::acl::MATCH, row.external_ids()));
    }
    for row in zone.nb_rows::<nb::LogicalRouterPolicy>() {
        findings.extend(invalid(
            zone,
            &row,
            nb::logical_router_policy::MATCH,
            row.external_ids(),
        ));
    }
    for row in zone.nb_rows::<nb::Qos>() {
        findings.extend(invalid(zone, &row, nb::qos::MATCH, row.external_ids()));
    }
    findings
}

fn invalid<T: Table>(
    zone: &Zone<'_>,
    row: &T,
    column: Column<T, String>,
    ids: Ids<'_>,
) -> Option<Finding> {
    let text = row.get(column);
    let error = Match::parse(text).err()?;
    let table = T::DEFINITION.name;
    let object = describe(ids).unwrap_or_else(|| format!("{table} {}", row.uuid()));
    Some(
        Finding::new(
            object,
            "its match cannot be read, so ovn-controller leaves the rule out",
        )
        .rows(zone.nb_row(row, |evidence| {
            evidence
                .with(column.name(), text)
                .with("problem", error.to_string())
        })),
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn read() -> Fixture {
        Fixture::on("a")
            .nb("Port_Group", "pg", json!({"name": "pg", "acls": ["acl"]}))
            .nb("ACL", "acl", json!({"match": "ip4 && tcp", "direction": "to-lport", "action": "drop", "priority": 1}))
    }

    #[test]
    fn a_match_that_cannot_be_read_is_found() {
        let fault = read().nb("ACL", "acl", json!({"match": "ip4 && (tcp"}));
        let object = format!("a: ACL {}", crate::check::fixture::uuid("acl"));
        fault.check(&CHECK, &[&object]);
    }

    #[test]
    fn a_match_that_can_be_read_is_fine() {
        read().check(&CHECK, &[]);
    }
}
