//! Network policies without rows.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::is_standing;
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, Severity};
use crate::check::policy::{evidence, groups, policies, row};
use crate::check::scene::{Scene, Zone};
use crate::objects::ObjectKind;
use crate::owner::Mark;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "policy-missing",
    title: "a network policy is not carried out on a node",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a NetworkPolicy of the cluster without a Port_Group on a node of OVN-Kubernetes, or with rules and a group without ACLs",
    known_from: &["#2794", "#6198", "#6806"],
    explains: &[],
    needs: &[
        objects(ObjectKind::NetworkPolicy),
        objects(ObjectKind::Namespace),
        nb_table(nb::PortGroup::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Port groups with marks tell that OVN-Kubernetes works here.
    let is_marked = |row: nb::PortGroup| Mark::of(row.external_ids()).is_some();
    if !zone.nb_rows::<nb::PortGroup>().any(is_marked) {
        return findings;
    }
    let groups = groups(zone);
    for policy in policies(zone) {
        if !is_standing(&policy.metadata, scene) {
            continue;
        }
        let name = policy.metadata.full_name();
        let own = groups.iter().find(|(of, _)| *of == name);
        let rules = policy.ingress.unwrap_or_default() + policy.egress.unwrap_or_default();
        let cause = match own {
            None => {
                "no port group is for it here, so it neither allows nor denies: ovnkube-controller has \
                 not handled it, or failed to"
            }
            Some((_, group)) if rules > 0 && group.acls().is_empty() => {
                "its port group has no ACLs, so what its rules allow is denied"
            }
            Some(_) => continue,
        };
        let finding = Finding::new(format!("network policy {name}"), cause)
            .object(evidence(policy))
            .rows(own.and_then(|(_, group)| row(zone, group)))
            .next(
                "object_locate",
                [("object", json!(name))],
                "what there is of it on every node",
            );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;
    use crate::database::Database;

    #[test]
    fn a_policy_without_a_group_or_rules_is_found() {
        cluster()
            .node("a")
            .without(Database::Nb, "Port_Group", "np")
            .check(&CHECK, &["a: network policy shop/web"]);
        cluster()
            .node("b")
            .nb("Port_Group", "np", json!({"acls": []}))
            .check(&CHECK, &["b: network policy shop/web"]);
    }

    #[test]
    fn policies_with_groups_are_fine() {
        cluster().check(&CHECK, &[]);
        // One without rules denies by the namespace's group alone.
        let spec = json!({"spec": {"ingress": []}});
        cluster()
            .node("b")
            .nb("Port_Group", "np", json!({"acls": []}))
            .object(ObjectKind::NetworkPolicy, "shop/web", spec)
            .check(&CHECK, &[]);
    }
}
