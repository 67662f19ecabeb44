//! Namespaces and attachments to networks that are being deleted for long, with ports left.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::all;
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, SwitchPort, Zone};
use crate::objects::{Metadata, Namespace, NetworkAttachment, ObjectKind, Pod, Typed};
use crate::owner::{self, attachment_of};

/// For how long something may be in deletion, in seconds.
/// **Default and why**: 600; pods have half a minute to end unless they say otherwise, and those
/// that say otherwise seldom take more than some minutes.
const PATIENCE: i64 = 600;

/// How many ports a finding shows.
/// **Default and why**: 3; their number stands beside.
const MAX_PORTS: usize = 3;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "deletion-stuck",
    title: "the deletion of a namespace or of a network's attachment does not come to an end",
    layer: Layer::Network,
    severity: Severity::Warning,
    looks_for: "a Namespace or NetworkAttachmentDefinition that has been in deletion for more than ten minutes, while a node has Logical_Switch_Ports of its pods",
    known_from: &["#5883"],
    explains: &[],
    needs: &[
        objects(ObjectKind::Namespace),
        objects(ObjectKind::NetworkAttachment),
        objects(ObjectKind::Pod),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let namespaces = all::<Namespace>(zone).filter(|one| is_overdue(&one.metadata, scene));
    let namespaces: Vec<&Namespace> = namespaces.collect();
    let attachments = all::<NetworkAttachment>(zone);
    let attachments: Vec<&NetworkAttachment> = attachments
        .filter(|one| is_overdue(&one.metadata, scene))
        .collect();
    if namespaces.is_empty() && attachments.is_empty() {
        return Vec::new();
    }
    // Those of pods, by their namespace and by what attaches them.
    let mut of_namespace: BTreeMap<String, Vec<(owner::Pod, &SwitchPort)>> = BTreeMap::new();
    let mut of_attachment: BTreeMap<String, Vec<(owner::Pod, &SwitchPort)>> = BTreeMap::new();
    for one in zone.switch_ports() {
        let ids = one.port.external_ids();
        let Some(pod) = owner::Pod::of_port(one.port.name(), ids) else {
            continue;
        };
        if let Some(attachment) = attachment_of(ids) {
            let attached = of_attachment.entry(attachment.to_owned()).or_default();
            attached.push((pod.clone(), one));
        }
        let own = of_namespace.entry(pod.namespace.to_string()).or_default();
        own.push((pod, one));
    }
    let mut findings = Vec::new();
    for namespace in namespaces {
        let name = namespace.metadata.full_name();
        if let Some(ports) = of_namespace.get(&name) {
            let shown = evidence(ObjectKind::Namespace, namespace);
            findings.extend(finding(zone, format!("namespace {name}"), shown, ports));
        }
    }
    for attachment in attachments {
        let name = attachment.metadata.full_name();
        if let Some(ports) = of_attachment.get(&name) {
            let shown = evidence(ObjectKind::NetworkAttachment, attachment);
            let what = format!("network attachment {name}");
            findings.extend(finding(zone, what, shown, ports));
        }
    }
    findings
}

/// Whether something is in deletion for longer than that takes.
fn is_overdue(metadata: &Metadata, scene: &Scene<'_>) -> bool {
    match (metadata.deleted, scene.read_at) {
        (Some(deleted), Some(read)) => deleted.as_second() + PATIENCE <= read,
        _ => false,
    }
}

fn evidence<T: Typed>(kind: ObjectKind, object: &T) -> ObjectEvidence {
    let of = object.metadata();
    let finalizers: Vec<&str> = of.finalizers.iter().map(|one| &**one).collect();
    ObjectEvidence::of(kind, object)
        .with("deletionTimestamp", of.deleted.map(|at| at.to_string()))
        .with("finalizers", finalizers)
}

fn finding(
    zone: &Zone<'_>,
    object: String,
    shown: ObjectEvidence,
    ports: &[(owner::Pod, &SwitchPort)],
) -> Option<Finding> {
    let objects = zone.objects.as_ref()?;
    let is_there = |pod: &owner::Pod| {
        let found = objects.find::<Pod>(Some(&pod.namespace), &pod.name);
        found.is_some()
    };
    let is_known =
        |pod: &owner::Pod| objects.knows(ObjectKind::Pod, Some(&pod.namespace), &pod.name);
    let waits: Vec<String> = ports
        .iter()
        .filter(|(pod, _)| is_there(pod))
        .map(|(pod, _)| pod.to_string())
        .collect();
    let cause = match waits.is_empty() {
        // Nothing tells whether they wait for pods.
        true if !ports.iter().all(|(pod, _)| is_known(pod)) => return None,
        false => {
            "it is in deletion and pods of it are still there, with their ports: what keeps these pods keeps it too"
        }
        true => {
            "it is in deletion, its pods are gone and their ports here were not deleted: ovnkube-controller has not handled that, or failed to"
        }
    };
    let shown = shown.with("ports", ports.len()).with("pods", waits);
    let rows = ports.iter().take(MAX_PORTS).filter_map(|(_, one)| {
        zone.nb_row(&one.port, |row| {
            row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                .with("switch", one.switch.name())
        })
    });
    let first = ports.first().map(|(_, one)| one.port.name().to_owned());
    let finding = Finding::new(object, cause).object(shown).rows(rows).next(
        "object_locate",
        [("object", json!(first))],
        "what there is of the first port, and of its pod",
    );
    Some(finding)
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::cluster;

    fn deleted(at: &str) -> Json {
        json!({"metadata": {"deletionTimestamp": at, "finalizers": ["k8s.ovn.org/user-defined-network-protection"]}})
    }

    /// The pod of node `a` has a port in the network too.
    fn attached() -> Fixture {
        let ids = json!({"namespace": "shop", "pod": "true", "k8s.ovn.org/network": "shop_blue", "k8s.ovn.org/nad": "shop/blue"});
        cluster()
            .nb("Logical_Switch", "blue", json!({"ports": ["second"]}))
            .nb(
                "Logical_Switch_Port",
                "second",
                json!({"name": "shop.blue_shop_web-1", "external_ids": ids}),
            )
    }

    #[test]
    fn a_namespace_that_is_long_in_deletion_is_found_with_its_pods() {
        let long = deleted("1969-12-31T23:40:00Z");
        let stuck = cluster().object(ObjectKind::Namespace, "shop", long);
        stuck.check(&CHECK, &["a: namespace shop", "b: namespace shop"]);
        let found = stuck.found(&CHECK);
        assert!(found[0].cause.contains("still there"));
        assert_eq!(found[0].objects[0].values["pods"], json!(["shop/web-1"]));
    }

    #[test]
    fn an_attachment_that_is_long_in_deletion_is_found() {
        let long = deleted("1969-12-31T23:40:00Z");
        let stuck = attached().object(ObjectKind::NetworkAttachment, "shop/blue", long);
        let expected = ["a: network attachment shop/blue"];
        stuck.check(&CHECK, &expected);
        let gone = stuck.without_object(ObjectKind::Pod, "shop/web-1");
        gone.check(&CHECK, &expected);
        assert!(gone.found(&CHECK)[0].cause.contains("its pods are gone"));
    }

    #[test]
    fn what_is_not_in_deletion_or_has_just_begun_is_fine() {
        attached().check(&CHECK, &[]);
        let short = deleted("1969-12-31T23:55:00Z");
        attached()
            .object(ObjectKind::NetworkAttachment, "shop/blue", short.clone())
            .object(ObjectKind::Namespace, "shop", short)
            .check(&CHECK, &[]);
        // Without ports it is nothing of OVN's.
        let long = deleted("1969-12-31T23:40:00Z");
        cluster()
            .object(ObjectKind::NetworkAttachment, "shop/blue", long)
            .check(&CHECK, &[]);
    }
}
