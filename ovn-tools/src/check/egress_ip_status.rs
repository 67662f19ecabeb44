//! Egress IPs whose rows are not where their status says.

use core::net::IpAddr;
use std::collections::BTreeSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::cluster::{
    all, is_on_default_network, is_settled_pod, is_standing, serves, texts,
};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::egress_ip::policies;
use crate::check::finding::{Evidence, Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::objects::{DEFAULT_NETWORK, EgressIp, Namespace, ObjectKind, Pod};
use crate::owner::{self, Mark};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "egressip-status",
    title: "an egress IP is not carried out as its status says",
    layer: Layer::Egressip,
    severity: Severity::Error,
    looks_for: "an EgressIP without a node; one whose node has no NAT for a pod that it selects, or whose pod's node no policy; NAT of one that is deleted, or on a node that its status does not name",
    known_from: &[
        "#3546",
        "#4998",
        "#4581",
        "#2945",
        "#5679",
        "OCPBUGS-15140",
        "OCPBUGS-62262",
    ],
    explains: &["egressip-pod-unlisted", "snat-twice", "egressip-unserved"],
    needs: &[
        objects(ObjectKind::EgressIp),
        objects(ObjectKind::Pod),
        objects(ObjectKind::Namespace),
        objects(ObjectKind::Node),
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::LogicalRouterPolicy::DEFINITION),
        nb_table(nb::Nat::DEFINITION),
    ],
    run: Run::Zone(find),
};

/// The NAT of one pod of an egress IP.
struct Translation {
    egress_ip: Box<str>,
    pod: owner::Pod,
    external: String,
    row: Option<Evidence>,
}

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let translations = translations(zone);
    let rerouted: BTreeSet<(Box<str>, owner::Pod)> = policies(zone)
        .into_iter()
        .map(|policy| (policy.served.egress_ip, policy.served.pod))
        .collect();
    for object in all::<EgressIp>(zone) {
        if !is_standing(&object.metadata, scene) {
            continue;
        }
        let name = &*object.metadata.name;
        let pods = served(zone, scene, object);
        if object.assigned.is_empty() && !object.ips.is_empty() && is_first(zone, scene) {
            findings.push(
                of(
                    name,
                    "no node has it: none is labelled k8s.ovn.org/egress-assignable, ready and in its network, so the pods leave with the addresses of their nodes",
                )
                .object(evidence(object)),
            );
        }
        for assigned in &object.assigned {
            if !serves(zone, scene, &assigned.node) || !is_on_router(zone, &assigned.node, object) {
                continue;
            }
            let external = assigned.ip.to_string();
            let lacking = pods.iter().filter(|pod| {
                let mut own = translations.iter();
                let pod = named(pod);
                !own.any(|one| {
                    *one.egress_ip == *name && one.external == external && one.pod == pod
                })
            });
            let lacking: Vec<String> = lacking.map(|pod| pod.metadata.full_name()).collect();
            if !lacking.is_empty() {
                findings.push(
                    of(
                        name,
                        "its node does not translate a pod that it selects, so what the pod sends is lost there or leaves with the node's address",
                    )
                    .object(evidence(object).with("pods-without-nat", lacking))
                    .rows(gateway(zone, &assigned.node)),
                );
            }
        }
        if !object.assigned.is_empty() {
            let lacking = pods.iter().filter(|pod| {
                let node = pod.node.as_deref().unwrap_or_default();
                serves(zone, scene, node) && !rerouted.contains(&(name.into(), named(pod)))
            });
            let lacking: Vec<String> = lacking.map(|pod| pod.metadata.full_name()).collect();
            if !lacking.is_empty() {
                findings.push(
                    of(
                        name,
                        "the node of a pod that it selects has no policy that reroutes the pod, so it leaves with its own node's address",
                    )
                    .object(evidence(object).with("pods-without-policy", lacking)),
                );
            }
        }
    }
    for one in translations {
        let object = all::<EgressIp>(zone).find(|object| object.metadata.name == one.egress_ip);
        let (cause, object) = match object {
            None => (
                "the cluster has no such egress IP any more, and its NAT was not deleted",
                ObjectEvidence::absent(ObjectKind::EgressIp, &*one.egress_ip),
            ),
            Some(object) if !object.metadata.is_deleting => {
                let here = object.assigned.iter().any(|item| {
                    serves(zone, scene, &item.node) && item.ip.to_string() == one.external
                });
                if here {
                    continue;
                }
                (
                    "its status does not name this node: the NAT is left from before it was moved, and two nodes use the address",
                    evidence(object),
                )
            }
            Some(_) => continue,
        };
        findings.push(of(&one.egress_ip, cause).object(object).rows(one.row));
    }
    findings
}

/// Whether the zone is the one to tell what concerns none in particular.
fn is_first(zone: &Zone<'_>, scene: &Scene<'_>) -> bool {
    let mut zones = scene.zones.iter();
    let first = zones.find(|other| other.source() == zone.source());
    first.is_some_and(|first| std::ptr::eq(first, zone))
}

/// The pods that an egress IP is for, where all that it says is understood.
fn served<'s>(zone: &Zone<'s>, scene: &Scene<'_>, object: &EgressIp) -> Vec<&'s Pod> {
    let chosen: BTreeSet<&str> = all::<Namespace>(zone)
        .filter(|one| object.namespaces.selects(&one.metadata.labels) == Some(true))
        .map(|one| &*one.metadata.name)
        .filter(|name| is_on_default_network(zone, name))
        .collect();
    let pods = all::<Pod>(zone).filter(|pod| {
        let namespace = pod.metadata.namespace.as_deref().unwrap_or_default();
        let family = |ip: &IpAddr| {
            let mut ips = object.ips.iter();
            ips.any(|own| own.is_ipv4() == ip.is_ipv4())
        };
        let has_address = pod
            .network(DEFAULT_NETWORK)
            .is_some_and(|place| place.ips.iter().any(family));
        chosen.contains(namespace)
            && has_address
            && !pod.is_on_host
            && is_settled_pod(pod, scene)
            && object.pods.selects(&pod.metadata.labels) == Some(true)
    });
    pods.collect()
}

fn named(pod: &Pod) -> owner::Pod {
    let namespace = pod.metadata.namespace.as_deref().unwrap_or_default();
    owner::Pod::new(namespace, &pod.metadata.name)
}

/// Whether the node carries the addresses out on its gateway router, rather than on another
/// interface of the host, which has no rows of NAT.
fn is_on_router(zone: &Zone<'_>, node: &str, object: &EgressIp) -> bool {
    let external = format!("rtoe-GR_{node}");
    zone.router_ports().iter().any(|(_, port)| {
        let networks = port.networks();
        let mut networks = networks.iter().filter_map(Network::parse);
        port.name() == external
            && networks.any(|network| object.ips.iter().any(|ip| network.contains(*ip)))
    })
}

fn gateway(zone: &Zone<'_>, node: &str) -> Option<Evidence> {
    let name = format!("GR_{node}");
    let mut routers = zone.nb_rows::<nb::LogicalRouter>();
    let row = routers.find(|row| row.name() == name)?;
    zone.nb_row(&row, |evidence| {
        evidence
            .with(nb::logical_router::NAME.name(), row.name())
            .with(nb::logical_router::NAT.name(), row.nat().len())
    })
}

fn translations(zone: &Zone<'_>) -> Vec<Translation> {
    let nats = zone.nats().into_iter();
    nats.filter_map(|(router, nat)| {
        let served = Mark::of(nat.external_ids())?.egress_ip_pod()?;
        Some(Translation {
            egress_ip: served.egress_ip,
            pod: served.pod,
            external: nat.external_ip().to_owned(),
            row: zone.nb_row(&nat, |evidence| {
                evidence
                    .with(nb::nat::EXTERNAL_IP.name(), nat.external_ip())
                    .with(nb::nat::LOGICAL_IP.name(), nat.logical_ip())
                    .with("router", router.name())
            }),
        })
    })
    .collect()
}

fn of(name: &str, cause: &str) -> Finding {
    Finding::new(format!("egress IP {name}"), cause).next(
        "object_locate",
        [("object", json!(name))],
        "all rows of the egress IP",
    )
}

fn evidence(object: &EgressIp) -> ObjectEvidence {
    let assigned = object
        .assigned
        .iter()
        .map(|one| format!("{} on {}", one.ip, one.node));
    ObjectEvidence::of(ObjectKind::EgressIp, object)
        .with("egressIPs", texts(&object.ips))
        .with("status", texts(assigned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::cluster;
    use crate::database::Database;

    fn status(items: &serde_json::Value) -> Fixture {
        cluster().object(
            ObjectKind::EgressIp,
            "out",
            json!({"status": {"items": items}}),
        )
    }

    #[test]
    fn an_egress_ip_that_is_not_carried_out_is_found() {
        status(&json!([])).check(&CHECK, &["a: egress IP out", "a: egress IP out"]);
        cluster()
            .node("a")
            .without(Database::Nb, "NAT", "nat")
            .nb("Logical_Router", "gr", json!({"nat": []}))
            .check(&CHECK, &["a: egress IP out"]);
        cluster()
            .node("a")
            .without(Database::Nb, "Logical_Router_Policy", "policy")
            .nb("Logical_Router", "r", json!({"policies": []}))
            .check(&CHECK, &["a: egress IP out"]);
    }

    #[test]
    fn what_is_left_of_one_is_found() {
        cluster()
            .without_object(ObjectKind::EgressIp, "out")
            .check(&CHECK, &["a: egress IP out"]);
        // It was moved: here it is left, and there it is not yet.
        let moved = json!([{"node": "b", "egressIP": "172.18.0.100"}]);
        status(&moved).check(&CHECK, &["a: egress IP out", "b: egress IP out"]);
    }

    #[test]
    fn one_that_is_carried_out_is_fine() {
        cluster().check(&CHECK, &[]);
        // On an interface of the host that OVN does not have there is no NAT.
        let other = json!({"spec": {"egressIPs": ["192.0.2.9"]}, "status": {"items": [{"node": "b", "egressIP": "192.0.2.9"}]}});
        cluster()
            .node("a")
            .without(Database::Nb, "NAT", "nat")
            .nb("Logical_Router", "gr", json!({"nat": []}))
            .object(ObjectKind::EgressIp, "out", other)
            .check(&CHECK, &[]);
        // A pod that it does not select any more needs neither.
        let labels = json!({"metadata": {"labels": {"leaves": null}}});
        cluster()
            .node("a")
            .without(Database::Nb, "NAT", "nat")
            .nb("Logical_Router", "gr", json!({"nat": []}))
            .object(ObjectKind::Pod, "shop/web-1", labels)
            .check(&CHECK, &[]);
    }
}
