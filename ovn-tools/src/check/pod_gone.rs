//! Ports of pods that are gone.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::{by_name, pod_evidence, serves};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::objects::ObjectKind;
use crate::owner::Pod;

/// The option by which a port says which incarnation of a pod it is for.
const INCARNATION: &str = "iface-id-ver";

/// The type of a port that another zone holds.
const REMOTE: &str = "remote";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "pod-gone",
    title: "a port is left of a pod that is gone",
    layer: Layer::Pod,
    severity: Severity::Warning,
    looks_for: "a Logical_Switch_Port of a pod that the cluster does not have, that has ended, that runs on another node, or that was made anew (iface-id-ver is not its UID)",
    known_from: &["#1121", "#3168", "#4384", "openshift/ovn-kubernetes#1290"],
    explains: &[
        "port-unbound",
        "port-down",
        "interface-version",
        "address-duplicate",
    ],
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
    let known = by_name(zone);
    for one in zone.switch_ports() {
        let Some(named) = Pod::of_port(one.port.name(), one.port.external_ids()) else {
            continue;
        };
        let incarnation = one.port.options().get(INCARNATION).map(str::to_owned);
        let (cause, object) = match known.get(&named) {
            None => (
                "the cluster has no such pod: its port was not deleted with it, and keeps its addresses",
                ObjectEvidence::absent(ObjectKind::Pod, named.to_string()),
            ),
            Some(pod) => {
                let node = pod.node.as_deref();
                let is_elsewhere = one.port.type_() != REMOTE
                    && node.is_some_and(|node| !serves(zone, scene, node));
                let uid = &*pod.metadata.uid;
                let is_other = incarnation.as_deref().is_some_and(|own| own != uid);
                let cause = if pod.has_ended() {
                    "the pod has ended: its port was not deleted, and keeps its addresses"
                } else if is_elsewhere {
                    "the pod runs on another node: its port here is of an earlier one of its name"
                } else if is_other && !uid.is_empty() {
                    "the pod was made anew under its name, and the port is still that of the one before"
                } else {
                    continue;
                };
                (cause, pod_evidence(pod).with("uid", uid))
            }
        };
        let addresses = one.port.addresses();
        let addresses: Vec<&str> = addresses.iter().collect();
        let finding = Finding::new(format!("pod {named}"), cause)
            .object(object)
            .rows(zone.nb_row(&one.port, |row| {
                row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                    .with(nb::logical_switch_port::ADDRESSES.name(), addresses.clone())
                    .key(&one.port, nb::logical_switch_port::OPTIONS, INCARNATION)
            }))
            .next(
                "object_locate",
                [
                    ("object", json!(one.port.name())),
                    ("node", json!(zone.node)),
                ],
                "what else is left of it",
            );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn ports_of_pods_that_are_gone_are_found() {
        cluster()
            .without_object(ObjectKind::Pod, "shop/web-1")
            .check(&CHECK, &["a: pod shop/web-1"]);
        for parts in [
            json!({"status": {"phase": "Succeeded"}}),
            json!({"spec": {"nodeName": "b"}}),
            json!({"metadata": {"uid": "another"}}),
        ] {
            cluster()
                .object(ObjectKind::Pod, "shop/web-1", parts)
                .check(&CHECK, &["a: pod shop/web-1"]);
        }
    }

    #[test]
    fn ports_of_pods_that_are_there_are_fine() {
        cluster().check(&CHECK, &[]);
        // A pod that is being deleted still has its port.
        let parts = json!({"metadata": {"deletionTimestamp": "2026-11-21T08:00:00Z"}});
        cluster()
            .object(ObjectKind::Pod, "shop/web-1", parts)
            .check(&CHECK, &[]);
        // The ports of another node's pods on a shared switch are stand-ins.
        let parts = json!({"spec": {"nodeName": "b"}});
        cluster()
            .object(ObjectKind::Pod, "shop/web-1", parts)
            .nb("Logical_Switch_Port", "web-1", json!({"type": "remote"}))
            .check(&CHECK, &[]);
    }
}
