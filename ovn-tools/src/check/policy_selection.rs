//! Network policies whose port groups are not the pods that they select.

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::check::cluster::is_standing;
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, Severity};
use crate::check::policy::{Members, evidence, groups, of_member, policies};
use crate::check::scene::{Scene, Zone};
use crate::objects::{NetworkPolicy, ObjectKind, Pod};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "policy-selection",
    title: "a network policy is carried out for other pods than it selects",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a pod that a NetworkPolicy selects and whose port is not in its Port_Group, or one in the group that it does not select",
    known_from: &["#2667", "#3161"],
    explains: &["policy-deny-missing"],
    needs: &[
        objects(ObjectKind::NetworkPolicy),
        objects(ObjectKind::Pod),
        objects(ObjectKind::Namespace),
        objects(ObjectKind::Node),
        nb_table(nb::PortGroup::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let groups = groups(zone);
    if groups.is_empty() {
        return findings;
    }
    let pods = Members::of(zone, scene);
    for policy in policies(zone) {
        let name = policy.metadata.full_name();
        let own = groups.iter().find(|(of, _)| *of == name);
        let (Some((_, group)), true) = (own, is_standing(&policy.metadata, scene)) else {
            continue;
        };
        let mut add = |member, cause| {
            findings.push(of_member(zone, member, cause, evidence(policy), group));
        };
        let (lacking, surplus) = pods.differing(scene, group, |pod| selects(policy, pod));
        for member in lacking {
            let cause = format!(
                "network policy {name} selects it and its port group lacks its port, so the policy neither protects it nor allows it anything"
            );
            add(member, cause);
        }
        for member in surplus {
            let cause = format!(
                "network policy {name} does not select it, or no more, and its port group still holds its port, so the pod is restricted as if it did"
            );
            add(member, cause);
        }
    }
    findings
}

/// Whether a policy selects a pod; `None` where it says so in words that are not known.
fn selects(policy: &NetworkPolicy, pod: &Pod) -> Option<bool> {
    let same = policy.metadata.namespace == pod.metadata.namespace;
    Some(policy.selector.selects(&pod.metadata.labels)? && same)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn a_pod_that_is_missing_or_too_many_is_found() {
        let found = cluster()
            .node("a")
            .nb("Port_Group", "np", json!({"ports": []}))
            .found(&CHECK);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].cause.contains("lacks its port"));
        let labels = json!({"metadata": {"labels": {"app": "db"}}});
        let found = cluster()
            .object(ObjectKind::Pod, "shop/web-2", labels)
            .found(&CHECK);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].cause.contains("does not select it"));
        assert_eq!(found[0].node.as_deref(), Some("b"));
    }

    #[test]
    fn pods_that_are_selected_are_fine() {
        cluster().check(&CHECK, &[]);
        // An operator of a later Kubernetes is not judged.
        let unknown = json!({"spec": {"podSelector": {"matchExpressions": [{"key": "app", "operator": "Like", "values": ["d*"]}]}}});
        cluster()
            .object(ObjectKind::NetworkPolicy, "shop/web", unknown)
            .check(&CHECK, &[]);
    }
}
