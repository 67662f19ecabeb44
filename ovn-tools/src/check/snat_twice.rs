//! Sources that a router translates in two ways.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Enumeration;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "snat-twice",
    title: "a router has two source NAT for one address",
    layer: Layer::Egressip,
    severity: Severity::Error,
    looks_for: "two NAT of type snat on a Logical_Router with one logical_ip and match and different external_ip",
    known_from: &["#2945", "#3546"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::Nat::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut rules: BTreeMap<(String, String, String), Vec<nb::Nat>> = BTreeMap::new();
    for (router, nat) in zone.nats() {
        if nat.type_().name() != "snat"
            || nat.allowed_ext_ips().is_some()
            || nat.exempted_ext_ips().is_some()
        {
            continue;
        }
        let source = match Network::parse(nat.logical_ip()) {
            Some(network) => network.canonical().to_string(),
            None => nat.logical_ip().to_owned(),
        };
        let key = (
            router.name().to_owned(),
            source,
            format!("{} {}", nat.priority(), nat.match_()),
        );
        rules.entry(key).or_default().push(nat);
    }
    let mut findings = Vec::new();
    for ((router, source, _), mut rules) in rules {
        rules.sort_by_key(|nat| nat.external_ip().to_owned());
        if rules
            .iter()
            .all(|nat| Some(nat.external_ip()) == rules.first().map(|first| first.external_ip()))
        {
            continue;
        }
        let finding = Finding::new(
            format!("{source} on router {router}"),
            "two rules translate it to different addresses, and which one wins is left to chance",
        )
        .rows(rules.iter().filter_map(|nat| {
            zone.nb_row(nat, |row| {
                row.with(nb::nat::LOGICAL_IP.name(), nat.logical_ip())
                    .with(nb::nat::EXTERNAL_IP.name(), nat.external_ip())
                    .key(nat, nb::nat::EXTERNAL_IDS, "k8s.ovn.org/name")
            })
        }))
        .next(
            "nat_list",
            [("router", json!(router)), ("node", json!(zone.node))],
            "all NAT of the router",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::egress_ip;

    fn second(row: serde_json::Value) -> Fixture {
        egress_ip()
            .nb("Logical_Router", "gr", json!({"nat": ["nat", "node"]}))
            .nb(
                "NAT",
                "node",
                json!({"type": "snat", "external_ip": "172.18.0.2", "logical_ip": "10.244.0.5"}),
            )
            .nb("NAT", "node", row)
    }

    #[test]
    fn a_second_rule_for_one_address_is_found() {
        second(json!({})).check(&CHECK, &["a: 10.244.0.5 on router GR_a"]);
    }

    #[test]
    fn a_rule_for_each_address_is_fine() {
        egress_ip().check(&CHECK, &[]);
        second(json!({"logical_ip": "10.244.0.0/16"})).check(&CHECK, &[]);
        second(json!({"match": "ip4.dst == 192.0.2.1"})).check(&CHECK, &[]);
    }
}
