//! Pods without a port.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::{all, is_settled_pod, pod_evidence, pods};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::objects::{Node, ObjectKind, Pod, PodNetworks};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "pod-unwired",
    title: "a pod has no port",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "a pod on a node of the zone without addresses (k8s.ovn.org/pod-networks), or without the Logical_Switch_Port of a network that it has addresses of",
    known_from: &[
        "#3115",
        "openshift/ovn-kubernetes#686",
        "ovnkube-controller of the node that is stuck or behind",
    ],
    explains: &[],
    needs: &[
        objects(ObjectKind::Pod),
        objects(ObjectKind::Node),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A cluster whose nodes say nothing of it has another network.
    if !all::<Node>(zone).any(|node| node.is_annotated) {
        return findings;
    }
    for pod in pods(zone, scene) {
        if !is_settled_pod(pod, scene) {
            continue;
        }
        let (cause, networks) = match &pod.networks {
            PodNetworks::Absent => (
                "ovnkube has given it no addresses: it does not handle the pod, or cannot note them",
                Vec::new(),
            ),
            PodNetworks::Broken => (
                "its annotation with its addresses is not to be read, so it gets no port",
                Vec::new(),
            ),
            PodNetworks::Noted(networks) => {
                let lacking = networks.keys().filter(|name| lacks(zone, pod, name));
                let lacking: Vec<String> = lacking.map(ToString::to_string).collect();
                if lacking.is_empty() {
                    continue;
                }
                (
                    "it has addresses and no port in the databases of its node: ovnkube-controller \
                     there has not made it, or it was deleted",
                    lacking,
                )
            }
        };
        let finding = Finding::new(format!("pod {}", pod.metadata.full_name()), cause)
            .object(pod_evidence(pod).with("networks", networks))
            .next(
                "event_list",
                [("object", json!(pod.metadata.full_name()))],
                "what Kubernetes says of the pod",
            );
        findings.push(finding);
    }
    findings
}

fn lacks(zone: &Zone<'_>, pod: &Pod, network: &str) -> bool {
    zone.switch_port(&pod.port_name(network)).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;
    use crate::database::Database;

    #[test]
    fn a_pod_without_a_port_or_addresses_is_found() {
        cluster()
            .nb("Logical_Switch", "sw", json!({"ports": []}))
            .without(Database::Nb, "Logical_Switch_Port", "web-1")
            .nb("Port_Group", "np", json!({"ports": []}))
            .nb("Port_Group", "deny", json!({"ports": []}))
            .check(&CHECK, &["a: pod shop/web-1"]);
        for annotation in [json!(null), json!("{")] {
            let parts =
                json!({"metadata": {"annotations": {"k8s.ovn.org/pod-networks": annotation}}});
            cluster()
                .object(ObjectKind::Pod, "shop/web-2", parts)
                .check(&CHECK, &["b: pod shop/web-2"]);
        }
    }

    #[test]
    fn pods_with_ports_and_those_that_need_none_are_fine() {
        cluster().check(&CHECK, &[]);
        let plain = |parts: serde_json::Value| cluster().object(ObjectKind::Pod, "shop/x", parts);
        plain(json!({"spec": {"nodeName": "a", "hostNetwork": true}})).check(&CHECK, &[]);
        plain(json!({"spec": {"nodeName": "a"}, "status": {"phase": "Succeeded"}}))
            .check(&CHECK, &[]);
        // One that waits for a node, and one on a node whose databases were not read.
        plain(json!({"status": {"phase": "Pending"}})).check(&CHECK, &[]);
        plain(json!({"spec": {"nodeName": "c"}})).check(&CHECK, &[]);
        plain(json!({"spec": {"nodeName": "a"}})).check(&CHECK, &["a: pod shop/x"]);
    }
}
