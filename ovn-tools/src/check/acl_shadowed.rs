//! Access rules that never decide.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::rule::{evidence, rules};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "acl-shadowed",
    title: "an access rule never decides because another matches the same first",
    layer: Layer::Policy,
    severity: Severity::Warning,
    looks_for: "two ACLs of one port group or switch with the same direction, tier and match, different actions and priorities",
    known_from: &["#5247"],
    explains: &[],
    needs: &[
        nb_table(nb::Acl::DEFINITION),
        nb_table(nb::PortGroup::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in rules(zone) {
        let mut same: BTreeMap<_, Vec<&nb::Acl>> = BTreeMap::new();
        for rule in &place.rules {
            same.entry(rule.stage()).or_default().push(&rule.row);
        }
        for mut rows in same.into_values() {
            rows.sort_by_key(|row| std::cmp::Reverse(row.priority()));
            let Some((first, rest)) = rows.split_first() else {
                continue;
            };
            let shadowed: Vec<&&nb::Acl> = rest
                .iter()
                .filter(|row| row.priority() < first.priority() && row.action() != first.action())
                .collect();
            if shadowed.is_empty() {
                continue;
            }
            let rows = std::iter::once(first)
                .chain(shadowed)
                .filter_map(|row| evidence(zone, row));
            let finding = Finding::new(
                place.object.clone(),
                "a rule of higher priority matches the same, so the lower one never decides",
            )
            .rows(rows)
            .next(
                "acl_list",
                [("of", json!(place.name))],
                "all its rules in order",
            );
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::policy;

    #[test]
    fn a_rule_below_one_that_matches_the_same_is_found() {
        let lower = json!({"match": "outport == @a1 && tcp", "direction": "to-lport", "action": "drop", "priority": 900});
        policy()
            .nb("Port_Group", "np", json!({"acls": ["allow", "lower"]}))
            .nb("ACL", "lower", lower)
            .check(&CHECK, &["a: network policy shop/web"]);
    }

    #[test]
    fn rules_that_match_differently_are_fine() {
        policy().check(&CHECK, &[]);
    }
}
