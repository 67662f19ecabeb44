//! Reroutes to a secondary interface whose packets carry no mark.
//!
//! Where an egress IP is on another interface of the host than that of the gateway, the policy
//! reroutes to the node's management port, and the host drops packets that pods' addresses would
//! leak with unless they carry the mark that the policy sets. ovnkube sets it since July 2026: on a
//! node where no such policy has it, an older one works, and nothing is said.
//!
//! **Source**: ovn-kubernetes fa8e140a6; `addPodEgressIPAssignment` in
//! `go-controller/pkg/ovn/egressip.go`, `EgressIPSecondaryInterfaceMark` in `pkg/types/const.go`.

use core::net::IpAddr;
use std::collections::HashSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::egress_ip::{PodPolicy, ips, policies};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::{Mark, network_of};

/// The option of policies that marks packets, and the mark of those for secondary interfaces.
const OPTION: &str = "pkt_mark";
const SECONDARY: &str = "1009";

/// What the name of a node's management port begins with.
const MANAGEMENT: &str = "k8s-";

/// The key of rows that names their network, and the one that every pod has.
const NETWORK: &str = "network";
const DEFAULT: &str = "default";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "egressip-mark-missing",
    title: "a pod may leave with its own address although its egress IP is on a secondary interface",
    layer: Layer::Egressip,
    severity: Severity::Warning,
    looks_for: "a policy of an egress IP that reroutes to the management port without pkt_mark 1009, on a node where others have it",
    known_from: &["#6591", "ovn-kubernetes fa8e140a6"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPolicy::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let own = policies(zone);
    let is_marked = |one: &PodPolicy| one.row.options().get(OPTION) == Some(SECONDARY);
    if !own.iter().any(is_marked) {
        return Vec::new();
    }
    let management = management_addresses(zone);
    let is_to_host = |one: &PodPolicy| {
        let mark = Mark::of(one.row.external_ids());
        let network = mark.and_then(|mark| mark.key(NETWORK));
        let hops: Vec<&str> = one.row.nexthops().iter().collect();
        // One with several next hops serves several addresses, some of them elsewhere.
        let [hop] = hops.as_slice() else { return false };
        network.is_none_or(|network| network == DEFAULT)
            && hop.parse().is_ok_and(|hop| management.contains(&hop))
    };
    let unmarked = own.iter().filter(|one| is_to_host(one) && !is_marked(one));
    let findings = unmarked.map(|one| {
        Finding::new(
            one.object(),
            "its policy sets no mark as others here do, so while it is changed packets may leave the secondary interface with the pod's own address",
        )
        .rows(zone.nb_row(&one.row, |row| {
            let hops: Vec<&str> = one.row.nexthops().iter().collect();
            row.with(nb::logical_router_policy::MATCH.name(), one.row.match_())
                .with(nb::logical_router_policy::NEXTHOPS.name(), hops)
                .key(&one.row, nb::logical_router_policy::OPTIONS, OPTION)
        }))
        .next(
            "rows_find",
            [
                ("db", json!("nb")),
                ("table", json!(nb::LogicalRouterPolicy::DEFINITION.name)),
                ("node", json!(zone.node)),
            ],
            "all policies of the node",
        )
    });
    findings.collect()
}

/// The addresses of the nodes' management ports in the default network.
fn management_addresses(zone: &Zone<'_>) -> HashSet<IpAddr> {
    let ports = zone.switch_ports().iter();
    let management = ports.filter(|one| {
        let node = one.port.name().strip_prefix(MANAGEMENT);
        network_of(one.switch.external_ids()).is_none() && node == Some(one.switch.name())
    });
    management.flat_map(|one| ips(&one.port)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::egress_ip;

    /// Two pods whose egress IP is on a secondary interface.
    fn secondary() -> Fixture {
        let marked = json!({"pkt_mark": "1009"});
        let other =
            json!({"k8s.ovn.org/owner-type": "EgressIP", "k8s.ovn.org/name": "out_shop/db"});
        egress_ip()
            .nb("Logical_Switch", "sw", json!({"name": "a", "ports": ["mp"]}))
            .nb("Logical_Switch_Port", "mp", json!({"name": "k8s-a", "addresses": ["0a:58:0a:f4:00:02 10.244.0.2"]}))
            .nb("Logical_Router", "r", json!({"policies": ["policy", "other"]}))
            .nb("Logical_Router_Policy", "policy", json!({"nexthops": ["10.244.0.2"], "options": marked.clone()}))
            .nb("Logical_Router_Policy", "other", json!({
                "action": "reroute", "priority": 100, "match": "ip4.src == 10.244.0.6", "nexthops": ["10.244.0.2"],
                "options": marked, "external_ids": other}))
    }

    fn other(row: &serde_json::Value) -> Fixture {
        secondary().nb("Logical_Router_Policy", "other", row.clone())
    }

    #[test]
    fn a_policy_without_the_mark_is_found_where_others_have_it() {
        let found = ["a: egress IP out for pod shop/db"];
        other(&json!({"options": {}})).check(&CHECK, &found);
        other(&json!({"options": {"pkt_mark": "1008"}})).check(&CHECK, &found);
    }

    #[test]
    fn policies_with_the_mark_or_without_need_of_it_are_fine() {
        egress_ip().check(&CHECK, &[]);
        secondary().check(&CHECK, &[]);
        // To the gateway, and to several nodes.
        for hops in [json!(["100.64.0.2"]), json!(["10.244.0.2", "100.88.0.3"])] {
            other(&json!({"options": {}, "nexthops": hops})).check(&CHECK, &[]);
        }
        // An older ovnkube sets no mark at all.
        other(&json!({"options": {}}))
            .nb("Logical_Router_Policy", "policy", json!({"options": {}}))
            .check(&CHECK, &[]);
    }
}
