//! Address sets of selected pods that are not their addresses.
//!
//! Network policies name their peers by such sets. Each is called by the selectors that it stands
//! for, so that the pods tell what it must hold; one whose name is written otherwise, or of another
//! network than the default one, is passed over.
//!
//! **Source**: ovn-kubernetes, `reconcileAddressSet` in
//! `go-controller/pkg/ovn/addresssetmanager/addressset_manager.go`.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::cluster::pod_evidence;
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, ObjectEvidence, Severity};
use crate::check::members::{Difference, Members, Population};
use crate::check::scene::{Scene, Zone};
use crate::objects::{ObjectKind, Objects, Pod};
use crate::owner::{Mark, SelectedNamespaces, SelectedPods};

/// The controller of the default network, whose sets hold the addresses there.
const DEFAULT_CONTROLLER: &str = "default-network-controller";

/// How many pods of a set a finding shows.
/// **Default and why**: 3; the evidence names all addresses.
const MAX_PODS: usize = 3;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "selected-pods",
    title: "the address set of the pods that a selector means does not hold their addresses",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "an Address_Set of type PodSelector that lacks the address of a running pod that the selectors in its name mean, or holds one that none of these pods has",
    known_from: &["#3333", "#5429"],
    explains: &[],
    needs: &[
        objects(ObjectKind::Pod),
        objects(ObjectKind::Namespace),
        objects(ObjectKind::Node),
        nb_table(nb::AddressSet::DEFINITION),
    ],
    run: Run::All(find),
};

/// What a set stands for.
struct Meant {
    selected: SelectedPods,
    members: Members,
}

/// What the sets of a cluster stand for, by their names; `None` of those that nothing tells of.
struct Cluster<'s> {
    population: Population<'s>,
    sets: BTreeMap<String, Option<Meant>>,
}

fn find(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A set is the same in all zones of a cluster.
    let mut clusters: BTreeMap<&str, Cluster<'_>> = BTreeMap::new();
    for zone in &scene.zones {
        let (Some(read), Some(objects)) = (zone.nb, &zone.objects) else {
            continue;
        };
        let cluster = clusters.entry(&read.source).or_insert_with(|| Cluster {
            population: Population::of(zone),
            sets: BTreeMap::new(),
        });
        for set in zone.nb_rows::<nb::AddressSet>() {
            let Some(mark) = Mark::of(set.external_ids()) else {
                continue;
            };
            let Some(name) = mark.name.filter(|_| mark.controller == DEFAULT_CONTROLLER) else {
                continue;
            };
            if !cluster.sets.contains_key(name) {
                let selected = SelectedPods::parse(mark.owner_type, name);
                let meant = selected.and_then(|selected| {
                    let members = members(&selected, &cluster.population, objects, scene)?;
                    Some(Meant { selected, members })
                });
                cluster.sets.insert(name.to_owned(), meant);
            }
            let Some(Some(meant)) = cluster.sets.get(name) else {
                continue;
            };
            if let Some(difference) = meant.members.difference(&set) {
                let of = &meant.selected;
                findings.push(finding(zone, &set, of, &difference, &cluster.population));
            }
        }
    }
    findings
}

/// What a set of these pods should hold; `None` where its selectors are not understood.
fn members(
    selected: &SelectedPods,
    population: &Population<'_>,
    objects: &Objects<'_>,
    scene: &Scene<'_>,
) -> Option<Members> {
    let mut members = Members::new();
    let (namespaces, is_whole) = match &selected.namespaces {
        SelectedNamespaces::Named(name) => {
            (vec![&**name], objects.knows_all_in(ObjectKind::Pod, name))
        }
        SelectedNamespaces::Labelled(selector) => (
            population.namespaces(selector)?,
            population.knows(ObjectKind::Pod) && population.knows(ObjectKind::Namespace),
        ),
    };
    let mut pods = population.pods_in(&namespaces, &selected.pods)?;
    if let Some(selector) = &selected.nodes {
        if !population.knows(ObjectKind::Node) {
            return None;
        }
        let nodes = population.nodes_selected(selector)?;
        let is_there = |pod: &&Pod| {
            let mut nodes = nodes.iter();
            nodes.any(|node| pod.node.as_deref() == Some(&*node.metadata.name))
        };
        pods.retain(is_there);
    }
    members.pods(&pods, population, scene);
    // Only policies leave pods on their nodes' own network out.
    let on_host = pods.iter().filter(|pod| pod.is_on_host);
    members.may(on_host.flat_map(|pod| &pod.ips));
    if selected.pods.is_empty() {
        // A namespace may be said to stand for the hosts of all nodes.
        members.of_nodes(&population.nodes);
    }
    let needs_nodes = selected.pods.is_empty() && !population.knows(ObjectKind::Node);
    if !is_whole || needs_nodes {
        members.not_whole();
    }
    Some(members)
}

fn finding(
    zone: &Zone<'_>,
    set: &nb::AddressSet,
    selected: &SelectedPods,
    difference: &Difference,
    population: &Population<'_>,
) -> Finding {
    let (cause, shown) = match difference.missing.is_empty() {
        false => (
            "the set on this node lacks the address of a pod that it stands for, so policies that allow these pods do not allow that one here",
            &difference.missing,
        ),
        true => (
            "the set on this node holds an address that none of the pods has that it stands for, so policies that allow these pods allow whoever gets it",
            &difference.gone,
        ),
    };
    let objects = shown.iter().take(MAX_PODS).map(|text| {
        let address = Network::parse(text).map(|one| one.address);
        match address.and_then(|address| population.with_address(address)) {
            Some(pod) => pod_evidence(pod).with("address", text.as_str()),
            None => ObjectEvidence::absent(ObjectKind::Pod, format!("with address {text}")),
        }
    });
    let mut finding = Finding::new(selected.to_string(), cause)
        .rows(zone.nb_row(set, |row| {
            row.with(nb::address_set::NAME.name(), set.name())
                .with(nb::address_set::ADDRESSES.name(), set.addresses().len())
                .with("missing", difference.missing.clone())
                .with("gone", difference.gone.clone())
        }))
        .next(
            "object_locate",
            [("object", json!(set.name())), ("node", json!(zone.node))],
            "which rules use the set",
        );
    finding.objects.extend(objects);
    finding.node = zone.node.map(str::to_owned);
    finding
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::cluster;

    #[expect(
        clippy::needless_pass_by_value,
        reason = "rows are written where they are passed"
    )]
    fn held(name: &str, addresses: Json) -> Fixture {
        let mark = json!({
            "k8s.ovn.org/owner-controller": DEFAULT_CONTROLLER, "k8s.ovn.org/owner-type": "PodSelector",
            "k8s.ovn.org/name": name, "ip-family": "v4"});
        cluster().nb(
            "Address_Set",
            "sel",
            json!({"name": "a7", "addresses": addresses, "external_ids": mark}),
        )
    }

    #[test]
    fn a_set_that_is_not_the_selected_pods_is_found() {
        let name = "shop_LS{ML:{app: web,},}_LNM";
        let found = ["a: pods app=web in namespace shop"];
        held(name, json!(["10.244.0.5"])).check(&CHECK, &found);
        let more = json!(["10.244.0.5", "10.244.1.5", "10.244.1.77"]);
        held(name, more).check(&CHECK, &found);
        // A pod that is not meant.
        let of_one = held(
            "shop_LS{ML:{leaves: ,},}_LNM",
            json!(["10.244.0.5", "10.244.1.5"]),
        );
        of_one.check(&CHECK, &["a: pods leaves= in namespace shop"]);
        let shown = &of_one.found(&CHECK)[0].objects[0];
        assert_eq!(shown.name, "shop/web-2");
        let on_node = "LS{}_LS{}_LS{ME:{LSR{Key:none,Operator:Exists,Values:[],}},}";
        held(on_node, json!(["10.244.1.5"]))
            .check(&CHECK, &["a: pods (all) in namespaces (all) on nodes none"]);
    }

    #[test]
    fn a_set_of_the_selected_pods_is_fine() {
        let all = json!(["10.244.0.5", "10.244.1.5"]);
        for name in [
            "shop_LS{ML:{app: web,},}_LNM",
            "shop_LS{}_LNM",
            "LS{ML:{kubernetes.io/metadata.name: shop,},}_LS{}",
            "LS{}_LS{ML:{app: web,},}_LNM",
        ] {
            held(name, all.clone()).check(&CHECK, &[]);
        }
        // The hosts of nodes belong to a namespace that policies may select as a whole.
        let with_hosts = json!([
            "10.244.0.5",
            "10.244.1.5",
            "10.244.0.2",
            "10.244.1.2",
            "100.64.0.2",
            "100.64.0.3"
        ]);
        held("LS{}_LS{}_LNM", with_hosts).check(&CHECK, &[]);
        // One that has ended may be there still.
        held("shop_LS{}_LNM", all.clone())
            .object(
                ObjectKind::Pod,
                "shop/web-2",
                json!({"status": {"phase": "Succeeded"}}),
            )
            .check(&CHECK, &[]);
        // In a namespace with a network of its own pods may have no address here.
        let primary =
            json!({"metadata": {"labels": {"k8s.ovn.org/primary-user-defined-network": ""}}});
        held("shop_LS{}_LNM", json!([]))
            .object(ObjectKind::Namespace, "shop", primary)
            .check(&CHECK, &[]);
    }

    #[test]
    fn sets_of_other_names_and_networks_are_passed_over() {
        held("shop", json!([])).check(&CHECK, &[]);
        let other = json!({
            "k8s.ovn.org/owner-controller": "blue-network-controller",
            "k8s.ovn.org/owner-type": "PodSelector", "k8s.ovn.org/name": "shop_LS{}_LNM"});
        held("", json!([]))
            .nb("Address_Set", "sel", json!({"external_ids": other}))
            .check(&CHECK, &[]);
        // Operators of a later version are not judged.
        let later = "shop_LS{ME:{LSR{Key:app,Operator:Like,Values:[w],}},}_LNM";
        held(later, json!([])).check(&CHECK, &[]);
    }
}
