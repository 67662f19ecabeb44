//! Port groups of network policies that are gone.

use std::collections::BTreeSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::all;
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, ObjectEvidence, Severity};
use crate::check::policy::{groups, row};
use crate::check::scene::{Scene, Zone};
use crate::objects::{NetworkPolicy, ObjectKind};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "policy-gone",
    title: "rules are left of a network policy that is gone",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a Port_Group of a NetworkPolicy that the cluster does not have",
    known_from: &["#1800", "#1782", "#1665"],
    explains: &["policy-deny-missing"],
    needs: &[
        objects(ObjectKind::NetworkPolicy),
        nb_table(nb::PortGroup::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let known: BTreeSet<String> = all::<NetworkPolicy>(zone)
        .map(|policy| policy.metadata.full_name())
        .collect();
    let gone = groups(zone)
        .into_iter()
        .filter(|(name, _)| !known.contains(name));
    let findings = gone.map(|(name, group)| {
        Finding::new(
            format!("network policy {name}"),
            "the cluster has no such policy any more: its rules were not deleted, and still allow and deny",
        )
        .object(ObjectEvidence::absent(ObjectKind::NetworkPolicy, name.as_str()))
        .rows(row(zone, &group))
        .next(
            "object_locate",
            [("object", json!(name))],
            "what is left of it on every node",
        )
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn rules_of_no_policy_are_found() {
        cluster()
            .without_object(ObjectKind::NetworkPolicy, "shop/web")
            .check(
                &CHECK,
                &["a: network policy shop/web", "b: network policy shop/web"],
            );
    }

    #[test]
    fn rules_of_a_policy_are_fine() {
        cluster().check(&CHECK, &[]);
    }
}
