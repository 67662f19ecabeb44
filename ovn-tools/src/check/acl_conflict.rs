//! Access rules that say the same, or the opposite, at one place.

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
    id: "acl-conflict",
    title: "two access rules with one match and priority differ",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "two ACLs of one port group or switch with the same direction, tier, priority and match",
    known_from: &[
        "#3038",
        "#6599",
        "openshift/ovn-kubernetes#1666",
        "OCPBUGS-12792",
    ],
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
            same.entry((rule.stage(), rule.row.priority()))
                .or_default()
                .push(&rule.row);
        }
        for (_, rows) in same.into_iter().filter(|(_, rows)| rows.len() > 1) {
            let action = rows.first().map(|row| row.action());
            let is_same = rows.iter().all(|row| Some(row.action()) == action);
            let mut finding = if is_same {
                Finding::new(
                    place.object.clone(),
                    "it has the same access rule twice, which stops ovnkube-controller from updating it",
                )
            } else {
                Finding::new(
                    place.object.clone(),
                    "it has two access rules that match the same with one priority and say different things",
                )
            };
            if is_same {
                finding.severity = Severity::Warning;
            }
            let rows = rows.iter().filter_map(|row| evidence(zone, row));
            findings.push(finding.rows(rows).next(
                "acl_list",
                [("of", json!(place.name))],
                "all its rules in order",
            ));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::policy;

    fn second(action: &str) -> Fixture {
        policy()
            .nb("Port_Group", "np", json!({"acls": ["allow", "again"]}))
            .nb("ACL", "again", json!({"match": "outport==@a1 && tcp", "direction": "to-lport", "action": action, "priority": 1001}))
    }

    #[test]
    fn the_same_rule_twice_is_found() {
        second("allow-related").check(&CHECK, &["a: network policy shop/web"]);
        assert_eq!(
            second("allow-related").found(&CHECK)[0].severity,
            Severity::Warning
        );
        assert_eq!(second("drop").found(&CHECK)[0].severity, Severity::Error);
    }

    #[test]
    fn different_rules_are_fine() {
        policy().check(&CHECK, &[]);
        second("drop")
            .nb("ACL", "again", json!({"priority": 1002}))
            .check(&CHECK, &[]);
    }
}
