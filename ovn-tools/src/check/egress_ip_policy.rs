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
    use crate::check::healthy::egress_ip;

    #[test]
    fn an_address_or_a_next_hop_that_is_gone_is_found() {
        let object = "a: egress IP out for pod shop/web";
        let moved = json!({"addresses": ["10.244.0.9"]});
        egress_ip()
            .nb("Address_Set", "as", moved)
            .check(&CHECK, &[object]);
        let hop = json!({"nexthops": ["100.64.0.2", "100.88.0.9"]});
        egress_ip()
            .nb("Logical_Router_Policy", "policy", hop)
            .check(&CHECK, &[object]);
    }

    #[test]
    fn an_address_and_a_next_hop_that_are_there_are_fine() {
        egress_ip().check(&CHECK, &[]);
    }
}
