//! Reroutes of egress IPs for pods or nodes that are gone.

use core::net::IpAddr;
use std::collections::HashSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::egress_ip::{Standing, ips, policies, standing};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "egressip-policy-stale",
    title: "an egress IP reroutes an address or to a node that is gone",
    layer: Layer::Egressip,
    severity: Severity::Error,
    looks_for: "a policy of an egress IP that matches no address of its pod, or whose nexthops no port has",
    known_from: &[
        "#4559",
        "#2860",
        "#5679",
        "OCPBUGS-62262",
        "BZ 2059700",
        "BZ 2063321",
    ],
    explains: &["egressip-unserved", "egressip-pod-unlisted"],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPolicy::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::AddressSet::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut known: HashSet<IpAddr> = HashSet::new();
    for port in zone.nb_rows::<nb::LogicalRouterPort>() {
        known.extend(
            port.networks()
                .iter()
                .filter_map(Network::parse)
                .map(|network| network.address),
        );
    }
    for one in zone.switch_ports() {
        known.extend(ips(&one.port));
    }
    let mut findings = Vec::new();
    for one in policies(zone) {
        let standings = one
            .sources
            .iter()
            .map(|source| standing(scene, zone, &one.served.pod, source));
        let is_stale = standings
            .into_iter()
            .find(|standing| *standing != Standing::Fine);
        let hops = one.row.nexthops();
        let hops: Vec<&str> = hops.iter().collect();
        let is_lost = |hop: &&str| hop.parse::<IpAddr>().is_ok_and(|hop| !known.contains(&hop));
        let cause = match is_stale {
            Some(Standing::Other) => {
                "the pod has another address now, so it leaves without the egress IP and whoever gets this one leaves with it"
            }
            Some(_) => {
                "no pod of its namespace has the address any more, so whoever gets it next leaves with the egress IP"
            }
            None if hops.iter().any(is_lost) => {
                "it leads to an address that no node has any more, so a part of the pod's traffic is lost"
            }
            None => continue,
        };
        let finding = Finding::new(one.object(), cause)
            .rows(one.evidence(zone))
            .next(
                "object_locate",
                [("object", json!(one.served.egress_ip))],
                "every row of the egress IP",
            );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn served() -> Fixture {
        let mark =
            json!({"k8s.ovn.org/owner-type": "EgressIP", "k8s.ovn.org/name": "out_shop/web"});
        let set = |kind: &str, name: &str| json!({"k8s.ovn.org/owner-type": kind, "k8s.ovn.org/name": name});
        let nat = json!({"type": "snat", "external_ip": "172.18.0.100", "logical_ip": "10.244.0.5", "external_ids": mark.clone()});
        let policy = json!({"action": "reroute", "priority": 100, "match": "ip4.src == 10.244.0.5", "nexthops": ["100.64.0.2"], "external_ids": mark});
        Fixture::on("a")
            .nb("Logical_Router", "r", json!({"name": "ovn_cluster_router", "policies": ["policy"]}))
            .nb("Logical_Router_Policy", "policy", policy)
            .nb("Logical_Router", "gr", json!({"name": "GR_a", "nat": ["nat"], "ports": ["rtoj"]}))
            .nb("Logical_Router_Port", "rtoj", json!({"name": "rtoj-GR_a", "networks": ["100.64.0.2/16"]}))
            .nb("NAT", "nat", nat)
            .nb("Address_Set", "as", json!({"name": "a1", "addresses": ["10.244.0.5"], "external_ids": set("Namespace", "shop")}))
            .nb("Address_Set", "eip", json!({"name": "a2", "addresses": ["10.244.0.5"], "external_ids": set("EgressIP", "egressip-served-pods")}))
    }

    #[test]
    fn an_address_or_a_next_hop_that_is_gone_is_found() {
        let object = "a: egress IP out for pod shop/web";
        let moved = json!({"addresses": ["10.244.0.9"]});
        served()
            .nb("Address_Set", "as", moved)
            .check(&CHECK, &[object]);
        let hop = json!({"nexthops": ["100.64.0.2", "100.88.0.9"]});
        served()
            .nb("Logical_Router_Policy", "policy", hop)
            .check(&CHECK, &[object]);
    }

    #[test]
    fn an_address_and_a_next_hop_that_are_there_are_fine() {
        served().check(&CHECK, &[]);
    }
}
