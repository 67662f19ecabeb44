//! The objects of the cluster, as several diagnostics look at them zone by zone.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::check::finding::ObjectEvidence;
use crate::check::scene::{Scene, Zone};
use crate::objects::{Metadata, Namespace, Node, ObjectKind, Pod, Typed};
use crate::owner;

/// For how long after a change rows may lag behind objects, in seconds.
/// **Default and why**: 60; ovnkube needs a second or two, and a few dozen when it starts or
/// hundreds of pods do.
const LAG: i64 = 60;

/// The label of namespaces whose pods have another network for their first, of which each row has
/// names of its own.
const PRIMARY_NETWORK: &str = "k8s.ovn.org/primary-user-defined-network";

/// All objects of a type in the cluster of a zone.
pub(crate) fn all<'s, T: Typed + 's>(zone: &Zone<'s>) -> impl Iterator<Item = &'s T> + use<'s, T> {
    let objects = zone.objects.clone().into_iter();
    objects.flat_map(|objects| objects.all::<T>())
}

/// Whether a node is one of a zone's.
pub(crate) fn serves(zone: &Zone<'_>, scene: &Scene<'_>, node: &str) -> bool {
    let known = all::<Node>(zone).find(|one| *one.metadata.name == *node);
    if let Some(noted) = known.and_then(|node| node.zone.as_deref())
        && zone.node.is_some()
    {
        return zone.node == Some(noted);
    }
    // Where not all nodes are known, those that are say which zone they are in.
    let is_known = |name: &str| {
        let objects = zone.objects.as_ref();
        objects.is_some_and(|objects| objects.knows(ObjectKind::Node, None, name))
    };
    let is_of_node =
        |name: &str| !is_known(name) || all::<Node>(zone).any(|one| *one.metadata.name == *name);
    match zone.node {
        Some(own) if own == node => true,
        // Before interconnect one zone served all nodes, and was not called by one.
        Some(own) => scene.is_alone(zone) && !is_of_node(own),
        None => scene.is_alone(zone),
    }
}

/// The pods on the nodes of a zone that have ports of their own, ended or not.
pub(crate) fn pods<'s>(zone: &Zone<'s>, scene: &Scene<'_>) -> Vec<&'s Pod> {
    let mut nodes: Vec<(&str, bool)> = Vec::new();
    let mut is_own = |node: &'s str| match nodes.iter().find(|(known, _)| *known == node) {
        Some((_, own)) => *own,
        None => {
            let own = serves(zone, scene, node);
            nodes.push((node, own));
            own
        }
    };
    let pods = all::<Pod>(zone).filter(|pod| !pod.is_on_host);
    pods.filter(|pod| pod.node.as_deref().is_some_and(&mut is_own))
        .collect()
}

/// Whether a pod should have what it is to have: it is there, and has neither just come nor ended.
pub(crate) fn is_settled_pod(pod: &Pod, scene: &Scene<'_>) -> bool {
    !pod.has_ended() && !pod.metadata.is_deleting && is_settled(pod.metadata.created, scene)
}

/// Whether an object has not just come and is not just going.
pub(crate) fn is_standing(metadata: &Metadata, scene: &Scene<'_>) -> bool {
    !metadata.is_deleting && is_settled(metadata.created, scene)
}

/// Whether rows should have followed a change of then.
pub(crate) fn is_settled(changed: Option<Timestamp>, scene: &Scene<'_>) -> bool {
    match (changed, scene.read_at) {
        (Some(changed), Some(read)) => changed.as_second() + LAG <= read,
        _ => true,
    }
}

/// Whether the pods of a namespace have the default network for their first.
pub(crate) fn is_on_default_network(zone: &Zone<'_>, namespace: &str) -> bool {
    let mut namespaces = all::<Namespace>(zone);
    !namespaces.any(|one| *one.metadata.name == *namespace && has_primary_network(one))
}

/// Whether the pods of a namespace have another network than the default one for their first.
pub(crate) fn has_primary_network(namespace: &Namespace) -> bool {
    namespace.metadata.labels.contains_key(PRIMARY_NETWORK)
}

/// The pods of a cluster by the names in rows.
pub(crate) fn by_name<'s>(zone: &Zone<'s>) -> HashMap<owner::Pod, &'s Pod> {
    let named = all::<Pod>(zone).map(|pod| {
        let namespace = pod.metadata.namespace.as_deref().unwrap_or_default();
        (owner::Pod::new(namespace, &pod.metadata.name), pod)
    });
    named.collect()
}

/// A pod as evidence.
pub(crate) fn pod_evidence(pod: &Pod) -> ObjectEvidence {
    ObjectEvidence::of(ObjectKind::Pod, pod)
        .with("node", pod.node.as_deref())
        .with("phase", &*pod.phase)
}

/// Texts of values.
pub(crate) fn texts<T: ToString>(values: impl IntoIterator<Item = T>) -> Vec<String> {
    let mut texts: Vec<String> = values.into_iter().map(|one| one.to_string()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::check::definition::Check;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::cluster;
    use crate::check::registry::CHECKS;
    use crate::check::run::{Asked, Outcome, run};
    use crate::objects::ObjectKind;

    fn compared(fixture: &Fixture) -> Outcome {
        let checks = CHECKS.iter().filter(|check| check.needs_cluster());
        let checks: Vec<&'static Check> = checks.copied().collect();
        run(&checks, &fixture.snapshot(), &Asked::default())
    }

    fn gaps(outcome: &Outcome) -> String {
        let gaps = outcome.gaps.iter();
        let gaps: Vec<String> = gaps
            .map(|gap| format!("{}: {}", gap.what, gap.why))
            .collect();
        gaps.join("\n")
    }

    #[test]
    fn a_healthy_cluster_has_no_findings_and_no_gaps() {
        let outcome = compared(&cluster());
        assert_eq!(outcome.findings, []);
        assert_eq!(gaps(&outcome), "");
        assert_eq!(outcome.ran, 23);
    }

    #[test]
    fn a_kind_that_may_not_be_listed_is_a_gap_of_those_that_need_it() {
        let fixture = cluster()
            .forbid(ObjectKind::EgressIp)
            .forbid(ObjectKind::NetworkAttachment)
            .without_object(ObjectKind::Service, "shop/web");
        let outcome = compared(&fixture);
        insta::assert_snapshot!(gaps(&outcome), @"
        1 check: egressip-status: forbidden: EgressIP
        2 checks: deletion-stuck, network-leaked: forbidden: NetworkAttachmentDefinition
        ");
        // The others look at what they may.
        let found: Vec<&str> = outcome.findings.iter().map(|one| one.check).collect();
        assert_eq!(found, ["service-gone", "service-gone"]);
    }

    #[test]
    fn without_a_cluster_all_of_them_are_one_gap() {
        let outcome = compared(&Fixture::on("a").nb("NB_Global", "g", json!({"name": "a"})));
        insta::assert_snapshot!(gaps(&outcome), @"23 checks: adminpolicy-gone, adminpolicy-missing, adminpolicy-peers, adminpolicy-selection, deletion-stuck, egressfirewall-gone, egressfirewall-missing, egressip-status, namespace-pods, network-leaked, node-annotation, node-gone, node-unknown, pod-annotation, pod-gone, pod-unwired, policy-gone, policy-missing, policy-selection, selected-pods, service-endpoints, service-gone, service-unserved: they compare rows with objects of Kubernetes, and no cluster is among the sources");
        assert_eq!(outcome.ran, 0);
    }

    #[test]
    fn a_zone_that_serves_all_nodes_has_the_pods_of_all() {
        let networks = json!({"default": {"ip_addresses": ["10.244.3.5/24"], "mac_address": "0a:58:0a:f4:03:05"}});
        let pod = json!({"metadata": {"annotations": {"k8s.ovn.org/pod-networks": networks.to_string()}}, "spec": {"nodeName": "c"}, "status": {"phase": "Running"}});
        let noted = json!({"metadata": {"annotations": {"k8s.ovn.org/node-chassis-id": "id-c"}}});
        let central = |name: &str| {
            Fixture::on("")
                .nb("NB_Global", "g", json!({"name": name}))
                .nb("Logical_Switch", "sw", json!({"name": "c"}))
                .object(ObjectKind::Node, "c", noted.clone())
                .object(ObjectKind::Pod, "shop/x", pod.clone())
        };
        let found = compared(&central(""));
        assert!(
            found.findings.iter().any(|one| one.check == "pod-unwired"),
            "{found:#?}"
        );
        // One node of an interconnect cluster whose others were not read has not.
        let alone = Fixture::on("b")
            .nb("NB_Global", "g", json!({"name": "b"}))
            .object(ObjectKind::Node, "b", noted.clone())
            .object(ObjectKind::Node, "c", noted)
            .object(ObjectKind::Pod, "shop/x", pod);
        let found = compared(&alone);
        assert!(
            !found.findings.iter().any(|one| one.check == "pod-unwired"),
            "{found:#?}"
        );
    }
}
