//! Sets of namespaces that do not hold the addresses of their pods on all nodes.

use core::net::IpAddr;
use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::{all, is_on_default_network, is_settled_pod, texts};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::egress_ip::{holds_family, namespace_sets};
use crate::check::finding::{Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::objects::{DEFAULT_NETWORK, Namespace, ObjectKind, Pod};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "namespace-pods",
    title: "the address set of a namespace is not the addresses of its pods in the cluster",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "an Address_Set of type Namespace that lacks the address of a running pod of the namespace on any node, or holds one that none of its pods has",
    known_from: &["#3333", "#1737", "#3482"],
    explains: &["namespace-set-wrong"],
    needs: &[
        objects(ObjectKind::Pod),
        objects(ObjectKind::Namespace),
        nb_table(nb::AddressSet::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    // By namespace: the addresses that its set must hold, and those that it may.
    let mut must: BTreeMap<&str, BTreeSet<IpAddr>> = BTreeMap::new();
    let mut may: BTreeMap<&str, BTreeSet<IpAddr>> = BTreeMap::new();
    for pod in all::<Pod>(zone) {
        let (Some(namespace), Some(place)) = (
            pod.metadata.namespace.as_deref(),
            pod.network(DEFAULT_NETWORK),
        ) else {
            continue;
        };
        if pod.is_on_host {
            continue;
        }
        may.entry(namespace).or_default().extend(&place.ips);
        if is_settled_pod(pod, scene) && &*pod.phase == "Running" {
            must.entry(namespace).or_default().extend(&place.ips);
        }
    }
    let none = BTreeSet::new();
    let mut findings = Vec::new();
    for namespace in all::<Namespace>(zone) {
        let name = &*namespace.metadata.name;
        if !is_on_default_network(zone, name) || namespace.metadata.is_deleting {
            continue;
        }
        let mut objects = zone.objects.iter();
        if !objects.any(|objects| objects.knows_all_in(ObjectKind::Pod, name)) {
            continue;
        }
        let must = must.get(name).unwrap_or(&none);
        let may = may.get(name).unwrap_or(&none);
        for set in namespace_sets(zone, name) {
            let held = set.addresses();
            let held: BTreeSet<IpAddr> = held.iter().filter_map(|text| text.parse().ok()).collect();
            let lacking = must.difference(&held).filter(|ip| holds_family(&set, **ip));
            let (lacking, gone) = (texts(lacking), texts(held.difference(may)));
            let cause = if !lacking.is_empty() {
                "its set on this node lacks the address of a pod, so policies that allow the namespace do not allow that pod here"
            } else if !gone.is_empty() {
                "its set on this node holds an address that none of its pods has, so whoever gets it is taken for one of the namespace"
            } else {
                continue;
            };
            let finding = Finding::new(format!("namespace {name}"), cause)
                .object(
                    ObjectEvidence::of(ObjectKind::Namespace, namespace)
                        .with("missing", lacking)
                        .with("gone", gone),
                )
                .rows(zone.nb_row(&set, |row| {
                    row.with(nb::address_set::NAME.name(), set.name())
                        .with(nb::address_set::ADDRESSES.name(), held.len())
                }))
                .next(
                    "object_locate",
                    [("object", json!(set.name())), ("node", json!(zone.node))],
                    "which rules use the set",
                );
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn a_set_that_differs_from_the_pods_is_found() {
        // The pod of the other node, whose port no row here tells of.
        cluster()
            .node("a")
            .nb("Address_Set", "ns", json!({"addresses": ["10.244.0.5"]}))
            .check(&CHECK, &["a: namespace shop"]);
        let more = json!({"addresses": ["10.244.0.5", "10.244.1.5", "10.244.1.77"]});
        cluster()
            .node("a")
            .nb("Address_Set", "ns", more)
            .check(&CHECK, &["a: namespace shop"]);
    }

    #[test]
    fn a_set_of_the_pods_is_fine() {
        cluster().check(&CHECK, &[]);
        // One that has ended may be there still.
        let ended = json!({"status": {"phase": "Succeeded"}});
        cluster()
            .object(ObjectKind::Pod, "shop/web-2", ended)
            .check(&CHECK, &[]);
    }
}
