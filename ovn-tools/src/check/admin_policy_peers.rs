//! Rules of administrators' network policies whose address sets are not their peers.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::check::admin_policy::{Key, Place, evidence, finding, key_of, rows, rules, set_row};
use crate::check::cluster::{all, is_standing};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, Severity};
use crate::check::members::{Members, Population};
use crate::check::scene::Scene;
use crate::objects::{AdminPeer, AdminPolicy, AdminRule, ObjectKind};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "adminpolicy-peers",
    title: "a rule of an administrator's network policy takes others for its peers than it names",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "an Address_Set of an AdminNetworkPolicy or BaselineAdminNetworkPolicy that lacks the address of a running pod, of a node or a network among the rule's peers, or holds one that none of them has",
    known_from: &["ovn-kubernetes controller/admin_network_policy/admin_network_policy.go"],
    explains: &[],
    needs: &[
        objects(ObjectKind::AdminNetworkPolicy),
        objects(ObjectKind::BaselineAdminNetworkPolicy),
        objects(ObjectKind::Pod),
        objects(ObjectKind::Namespace),
        objects(ObjectKind::Node),
        nb_table(nb::PortGroup::DEFINITION),
        nb_table(nb::AddressSet::DEFINITION),
    ],
    run: Run::All(find),
};

/// The members of each rule's sets; `None` where a peer is not understood.
type Rules = BTreeMap<(Key, Place), Option<Members>>;

fn find(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Sets of a rule are the same in all zones of a cluster.
    let mut clusters: BTreeMap<&str, Rules> = BTreeMap::new();
    for zone in scene.zones.iter().filter(|zone| zone.objects.is_some()) {
        let Some(source) = zone.nb.map(|read| &*read.source) else {
            continue;
        };
        let meant = clusters.entry(source).or_insert_with(|| {
            let population = Population::of(zone);
            let policies = all::<AdminPolicy>(zone);
            let policies = policies.filter(|policy| is_standing(&policy.metadata, scene));
            let rules = policies.flat_map(|policy| {
                let rules = rules(policy).into_iter();
                rules.map(|(place, _, rule)| {
                    let members = members(rule, &population, scene);
                    ((key_of(policy), place), members)
                })
            });
            rules.collect()
        });
        for (key, own) in rows(zone) {
            for (place, set) in &own.sets {
                let members = meant.get(&(key.clone(), place.clone()));
                let Some(Some(members)) = members else {
                    continue;
                };
                let Some(difference) = members.difference(set) else {
                    continue;
                };
                let cause = match difference.missing.is_empty() {
                    false => {
                        "the address set of a rule on this node lacks the address of a peer, so the rule does not hold for that peer here"
                    }
                    true => {
                        "the address set of a rule on this node holds an address that none of its peers has, so the rule holds for whoever gets it"
                    }
                };
                let mut policies = all::<AdminPolicy>(zone);
                let policy = policies.find(|policy| key_of(policy) == key);
                let shown = policy.map(|policy| {
                    evidence(policy)
                        .with("rule", place.to_string())
                        .with("missing", difference.missing)
                        .with("gone", difference.gone)
                });
                let mut finding = finding(&key, cause).rows(set_row(zone, set));
                finding.objects.extend(shown);
                finding.node = zone.node.map(str::to_owned);
                findings.push(finding);
            }
        }
    }
    findings
}

/// What the sets of a rule should hold; `None` where a peer is not understood.
fn members(rule: &AdminRule, population: &Population<'_>, scene: &Scene<'_>) -> Option<Members> {
    let mut members = Members::new();
    for peer in &rule.peers {
        match peer.as_ref()? {
            AdminPeer::Pods(selector) => {
                members.pods(&population.selected(selector)?, population, scene);
                let kinds = [ObjectKind::Pod, ObjectKind::Namespace];
                if !kinds.into_iter().all(|kind| population.knows(kind)) {
                    members.not_whole();
                }
            }
            AdminPeer::Nodes(selector) => {
                members.hosts(&population.nodes_selected(selector)?, scene);
                if !population.knows(ObjectKind::Node) {
                    members.not_whole();
                }
            }
            AdminPeer::Networks(networks) => members.networks(networks),
        }
    }
    Some(members)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::cluster;

    #[expect(
        clippy::needless_pass_by_value,
        reason = "rows are written where they are passed"
    )]
    fn held(addresses: Json) -> Fixture {
        cluster().nb("Address_Set", "anp-set", json!({"addresses": addresses}))
    }

    /// On both nodes.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "rows are written where they are passed"
    )]
    fn with(peer: Json, addresses: Json) -> Fixture {
        let rule = json!([{"action": "Deny", "from": [peer]}]);
        let addresses = json!({"addresses": addresses});
        cluster()
            .nb("Address_Set", "anp-set", addresses.clone())
            .node("b")
            .nb("Address_Set", "anp-set", addresses)
            .object(
                ObjectKind::AdminNetworkPolicy,
                "edge",
                json!({"spec": {"ingress": rule}}),
            )
    }

    #[test]
    fn a_set_that_is_not_the_peers_is_found() {
        for addresses in [
            json!(["10.244.0.5"]),
            json!([]),
            json!(["10.244.0.5", "10.244.1.5", "10.244.1.77"]),
        ] {
            held(addresses).check(&CHECK, &["a: admin network policy edge"]);
        }
        let both = [
            "a: admin network policy edge",
            "b: admin network policy edge",
        ];
        let network = json!({"networks": ["192.0.2.0/24"]});
        with(network.clone(), json!(["192.0.2.0/25"])).check(&CHECK, &both);
        with(network, json!(["192.0.2.0/24"])).check(&CHECK, &[]);
    }

    #[test]
    fn nodes_are_meant_with_the_addresses_of_their_hosts() {
        let noted = json!({
            "metadata": {"labels": {"rack": "1"}, "annotations": {"k8s.ovn.org/host-cidrs": r#"["172.18.0.2/16","192.0.2.9/24"]"#}},
            "status": {"addresses": [{"type": "InternalIP", "address": "172.18.0.2"}]}});
        let meant = json!({"nodes": {"matchLabels": {"rack": "1"}}});
        let of =
            |addresses| with(meant.clone(), addresses).object(ObjectKind::Node, "a", noted.clone());
        of(json!(["172.18.0.2", "192.0.2.9"])).check(&CHECK, &[]);
        // Addresses of other interfaces come and go.
        of(json!(["172.18.0.2"])).check(&CHECK, &[]);
        of(json!(["192.0.2.9"])).check(
            &CHECK,
            &[
                "a: admin network policy edge",
                "b: admin network policy edge",
            ],
        );
    }

    #[test]
    fn a_set_of_the_peers_is_fine() {
        cluster().check(&CHECK, &[]);
        // One that has ended may be there still.
        cluster()
            .object(
                ObjectKind::Pod,
                "shop/web-2",
                json!({"status": {"phase": "Succeeded"}}),
            )
            .check(&CHECK, &[]);
        // Peers of a later version are not judged.
        with(
            json!({"domainNames": ["example.com"]}),
            json!(["192.0.2.1"]),
        )
        .check(&CHECK, &[]);
    }
}
