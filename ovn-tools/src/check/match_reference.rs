//! Matches that name sets and groups which do not exist.

use std::collections::{BTreeSet, HashSet};

use ovn_schemas::nb;
use ovsdb_client::table::Column;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::flow::{Match, Value};
use crate::owner::{Ids, describe, without_family};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "match-reference-missing",
    title: "a match names an address set or port group that does not exist",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a match of an ACL, policy or QoS rule with $name or @name and no such row",
    known_from: &["#6806", "#6803", "#6976", "#6198"],
    explains: &[],
    needs: &[
        nb_table(nb::Acl::DEFINITION),
        nb_table(nb::LogicalRouterPolicy::DEFINITION),
        nb_table(nb::Qos::DEFINITION),
        nb_table(nb::AddressSet::DEFINITION),
        nb_table(nb::PortGroup::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let sets: HashSet<String> = zone
        .nb_rows::<nb::AddressSet>()
        .map(|row| row.name().to_owned())
        .collect();
    let groups: HashSet<String> = zone
        .nb_rows::<nb::PortGroup>()
        .map(|row| row.name().to_owned())
        .collect();
    let known = Known { sets, groups };
    let mut findings = Vec::new();
    for row in zone.nb_rows::<nb::Acl>() {
        findings.extend(known.check(zone, scene, &row, nb::acl::MATCH, row.external_ids()));
    }
    for row in zone.nb_rows::<nb::LogicalRouterPolicy>() {
        let ids = row.external_ids();
        findings.extend(known.check(zone, scene, &row, nb::logical_router_policy::MATCH, ids));
    }
    for row in zone.nb_rows::<nb::Qos>() {
        findings.extend(known.check(zone, scene, &row, nb::qos::MATCH, row.external_ids()));
    }
    findings
}

/// The names that matches may use.
struct Known {
    sets: HashSet<String>,
    groups: HashSet<String>,
}

impl Known {
    /// The names in a row's match that stand for nothing.
    fn check<T: Table>(
        &self,
        zone: &Zone<'_>,
        scene: &Scene<'_>,
        row: &T,
        column: Column<T, String>,
        ids: Ids<'_>,
    ) -> Vec<Finding> {
        let text = row.get(column);
        let Ok(read) = Match::parse(text) else {
            return Vec::new();
        };
        let missing: BTreeSet<(&str, &str)> = read
            .expression
            .values()
            .into_iter()
            .filter_map(|value| match value {
                Value::AddressSet(name) if !self.has_set(name) => Some(("address set $", &**name)),
                Value::PortGroup(name) if !self.groups.contains(&**name) => {
                    Some(("port group @", &**name))
                }
                _ => None,
            })
            .collect();
        let table = T::DEFINITION.name;
        missing
            .into_iter()
            .map(|(kind, name)| {
                let meaning = match scene.names.meaning(name) {
                    Some(meaning) => format!(" ({meaning})"),
                    None => String::new(),
                };
                let object = describe(ids).unwrap_or_else(|| format!("{table} {}", row.uuid()));
                Finding::new(
                    object,
                    format!(
                        "its match names the {kind}{name}{meaning}, which does not exist on this \
                         node, so the rule never applies"
                    ),
                )
                .rows(zone.nb_row(row, |evidence| evidence.with(column.name(), text)))
                .next(
                    "object_locate",
                    [("object", json!(name))],
                    "where the name is used, and where its row is",
                )
            })
            .collect()
    }

    /// OVN makes two sets of the addresses of each port group.
    fn has_set(&self, name: &str) -> bool {
        let group = without_family(name);
        self.sets.contains(name) || group != name && self.groups.contains(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::database::Database;

    fn whole() -> Fixture {
        let ids =
            json!({"k8s.ovn.org/owner-type": "NetworkPolicy", "k8s.ovn.org/name": "shop:web"});
        let text = "ip4.src == {$a1} && outport == @pg && ip4.dst == $pg_ip4";
        let acl = json!({"match": text, "direction": "to-lport", "action": "allow", "priority": 1, "external_ids": ids});
        Fixture::on("a")
            .nb("ACL", "acl", acl)
            .nb("Address_Set", "as", json!({"name": "a1"}))
            .nb("Port_Group", "pg", json!({"name": "pg", "acls": ["acl"]}))
    }

    #[test]
    fn a_set_or_group_that_is_not_there_is_found() {
        let object = "a: network policy shop/web";
        whole()
            .without(Database::Nb, "Address_Set", "as")
            .check(&CHECK, &[object]);
        whole()
            .nb("Port_Group", "pg", json!({"name": "gp"}))
            .check(&CHECK, &[object, object]);
    }

    #[test]
    fn names_that_are_there_are_fine() {
        whole().check(&CHECK, &[]);
    }
}
