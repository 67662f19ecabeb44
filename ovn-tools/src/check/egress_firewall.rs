//! Egress firewalls that are not carried out, and what is left of them.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::{Enumeration, Table};
use serde_json::json;

use crate::check::cluster::{all, is_standing};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Evidence, Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::objects::{EgressFirewall, ObjectKind};
use crate::owner::Mark;

/// What rules of egress firewalls are marked with.
const OWNER_TYPE: &str = "EgressFirewall";

/// The diagnostic of those that are gone.
pub(crate) static GONE: Check = Check {
    id: "egressfirewall-gone",
    title: "rules are left of an egress firewall that is gone",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "an ACL of type EgressFirewall for a namespace in which the cluster has none",
    known_from: &["ovn-kubernetes 81acdc2bb", "ovn-kubernetes 2c252f113"],
    explains: &[],
    needs: &[
        objects(ObjectKind::EgressFirewall),
        nb_table(nb::Acl::DEFINITION),
    ],
    run: Run::Zone(find_gone),
};

/// The diagnostic of those that have no rules.
pub(crate) static MISSING: Check = Check {
    id: "egressfirewall-missing",
    title: "an egress firewall is not carried out on a node",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "an EgressFirewall with rules whose namespace has no ACL of type EgressFirewall on a node that has those of others, or port groups of namespaces",
    known_from: &["ovn-kubernetes 81acdc2bb", "ovn-kubernetes 2c252f113"],
    explains: &[],
    needs: &[
        objects(ObjectKind::EgressFirewall),
        nb_table(nb::Acl::DEFINITION),
        nb_table(nb::PortGroup::DEFINITION),
    ],
    run: Run::Zone(find_missing),
};

/// The rules of egress firewalls by namespace.
fn rules(zone: &Zone<'_>) -> BTreeMap<String, Vec<nb::Acl>> {
    let mut rules: BTreeMap<String, Vec<nb::Acl>> = BTreeMap::new();
    for row in zone.nb_rows::<nb::Acl>() {
        let mark = Mark::of(row.external_ids()).filter(|mark| mark.owner_type == OWNER_TYPE);
        let namespace = mark.and_then(|mark| mark.name.map(str::to_owned));
        if let Some(namespace) = namespace {
            rules.entry(namespace).or_default().push(row);
        }
    }
    rules
}

fn find_gone(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let known: Vec<&str> = all::<EgressFirewall>(zone)
        .filter_map(|one| one.metadata.namespace.as_deref())
        .collect();
    let gone = rules(zone)
        .into_iter()
        .filter(|(namespace, _)| !known.contains(&namespace.as_str()));
    let findings = gone.map(|(namespace, rows)| {
        finding(
            &namespace,
            "the namespace has no egress firewall any more: its rules were not deleted, and still allow and deny",
        )
        .object(ObjectEvidence::absent(
            ObjectKind::EgressFirewall,
            namespace.as_str(),
        ))
        .rows(rows.iter().filter_map(|row| rule(zone, row)))
    });
    findings.collect()
}

fn find_missing(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let rules = rules(zone);
    let is_marked = |row: nb::PortGroup| {
        let mark = Mark::of(row.external_ids());
        mark.is_some_and(|mark| mark.owner_type == "Namespace")
    };
    if rules.is_empty() && !zone.nb_rows::<nb::PortGroup>().any(is_marked) {
        return Vec::new();
    }
    let lacking = all::<EgressFirewall>(zone).filter(|one| {
        let namespace = one.metadata.namespace.as_deref().unwrap_or_default();
        one.rules > 0 && !rules.contains_key(namespace) && is_standing(&one.metadata, scene)
    });
    let findings = lacking.map(|one| {
        let namespace = one.metadata.namespace.as_deref().unwrap_or_default();
        finding(
            namespace,
            "it has rules and no ACL is for them here, so the pods of the namespace on this node may send anywhere",
        )
        .object(
            ObjectEvidence::of(ObjectKind::EgressFirewall, one)
                .with("rules", one.rules)
                .with("status", one.status.as_deref()),
        )
    });
    findings.collect()
}

fn finding(namespace: &str, cause: &str) -> Finding {
    Finding::new(format!("egress firewall of {namespace}"), cause).next(
        "acl_list",
        [("of", json!(namespace))],
        "all rules of the namespace",
    )
}

fn rule(zone: &Zone<'_>, row: &nb::Acl) -> Option<Evidence> {
    zone.nb_row(row, |evidence| {
        evidence
            .with(nb::acl::ACTION.name(), row.action().name())
            .with(nb::acl::PRIORITY.name(), row.priority())
            .with(nb::acl::MATCH.name(), row.match_())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;
    use crate::database::Database;

    #[test]
    fn rules_of_no_firewall_are_found() {
        cluster()
            .without_object(ObjectKind::EgressFirewall, "shop/default")
            .check(
                &GONE,
                &["a: egress firewall of shop", "b: egress firewall of shop"],
            );
    }

    #[test]
    fn a_firewall_without_rules_in_the_rows_is_found() {
        cluster()
            .node("b")
            .without(Database::Nb, "ACL", "wall")
            .check(&MISSING, &["b: egress firewall of shop"]);
    }

    #[test]
    fn firewalls_and_their_rules_are_fine() {
        cluster().check(&GONE, &[]);
        cluster().check(&MISSING, &[]);
        let none = json!({"spec": {"egress": []}});
        cluster()
            .node("b")
            .without(Database::Nb, "ACL", "wall")
            .object(ObjectKind::EgressFirewall, "shop/default", none)
            .check(&MISSING, &[]);
    }
}
