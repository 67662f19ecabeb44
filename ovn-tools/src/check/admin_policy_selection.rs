//! Network policies of administrators whose port groups are not the pods that they are about.

use std::collections::HashMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::check::admin_policy::{evidence, key_of, rows, words};
use crate::check::cluster::{all, is_standing};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, Severity};
use crate::check::policy::{Members, of_member};
use crate::check::scene::{Scene, Zone};
use crate::objects::{AdminPolicy, Namespace, ObjectKind, Pod, PodSelector};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "adminpolicy-selection",
    title: "an administrator's network policy is carried out for other pods than it is about",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a pod in the subject of an AdminNetworkPolicy or BaselineAdminNetworkPolicy whose port is not in its Port_Group, or one in the group that is not in the subject",
    known_from: &["ovn-kubernetes controller/admin_network_policy/admin_network_policy_pod.go"],
    explains: &[],
    needs: &[
        objects(ObjectKind::AdminNetworkPolicy),
        objects(ObjectKind::BaselineAdminNetworkPolicy),
        objects(ObjectKind::Pod),
        objects(ObjectKind::Namespace),
        objects(ObjectKind::Node),
        nb_table(nb::PortGroup::DEFINITION),
        nb_table(nb::AddressSet::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

/// Namespaces by their names.
type Namespaces<'s> = HashMap<&'s str, &'s Namespace>;

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rows = rows(zone);
    if rows.is_empty() {
        return findings;
    }
    let pods = Members::of(zone, scene);
    let namespaces: Namespaces<'_> = all::<Namespace>(zone)
        .map(|one| (&*one.metadata.name, one))
        .collect();
    for policy in all::<AdminPolicy>(zone) {
        let key = key_of(policy);
        let group = rows.get(&key).and_then(|own| own.group.as_ref());
        let (Some(group), Some(subject)) = (group, &policy.subject) else {
            continue;
        };
        if !is_standing(&policy.metadata, scene) {
            continue;
        }
        let mut add = |member, cause| {
            findings.push(of_member(zone, member, cause, evidence(policy), group));
        };
        let (lacking, surplus) =
            pods.differing(scene, group, |pod| is_about(subject, pod, &namespaces));
        for member in lacking {
            let cause = format!(
                "{} is about it and the policy's port group lacks its port, so what the policy allows and denies does not hold for it",
                words(&key)
            );
            add(member, cause);
        }
        for member in surplus {
            let cause = format!(
                "{} is not about it and the policy's port group has its port, so what the policy allows and denies holds for it too",
                words(&key)
            );
            add(member, cause);
        }
    }
    findings
}

/// Whether a policy is about a pod; `None` where nothing tells.
fn is_about(subject: &PodSelector, pod: &Pod, namespaces: &Namespaces<'_>) -> Option<bool> {
    let namespace = namespaces.get(pod.metadata.namespace.as_deref()?)?;
    let is_there = subject.namespaces.selects(&namespace.metadata.labels)?;
    Some(is_there && subject.pods.selects(&pod.metadata.labels)?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn a_pod_that_is_missing_or_too_many_is_found() {
        let found = cluster()
            .nb("Port_Group", "anp", json!({"ports": []}))
            .found(&CHECK);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].object, "pod shop/web-1");
        assert!(found[0].cause.contains("lacks its port"));
        let others = json!({"spec": {"subject": {"pods": {"namespaceSelector": {"matchLabels": {"team": "x"}}}}}});
        let found = cluster()
            .object(ObjectKind::AdminNetworkPolicy, "edge", others)
            .found(&CHECK);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].cause.contains("is not about it"));
    }

    #[test]
    fn pods_that_the_policy_is_about_are_fine() {
        cluster().check(&CHECK, &[]);
        // A subject of a later version is not judged.
        let unknown = json!({"spec": {"subject": {"pods": null, "services": {}}}});
        cluster()
            .nb("Port_Group", "anp", json!({"ports": []}))
            .object(ObjectKind::AdminNetworkPolicy, "edge", unknown)
            .check(&CHECK, &[]);
    }
}
