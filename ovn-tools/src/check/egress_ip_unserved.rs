//! Pods that are rerouted to a gateway without their NAT.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::egress_ip::{ips, policies, translates};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::InterconnectNode;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "egressip-unserved",
    title: "a pod is sent to a gateway that does not translate it",
    layer: Layer::Egressip,
    severity: Severity::Error,
    looks_for: "a policy of an egress IP whose next hop is a gateway router or node without the NAT of the same pod",
    known_from: &["#2945", "#4998", "#4581", "ovn-kubernetes 1667a51d9"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPolicy::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::Nat::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in policies(zone) {
        for hop in one
            .row
            .nexthops()
            .iter()
            .filter_map(|hop| hop.parse::<core::net::IpAddr>().ok())
        {
            let has_hop = |port: &nb::LogicalRouterPort| {
                port.networks()
                    .iter()
                    .filter_map(Network::parse)
                    .any(|network| network.address == hop)
            };
            let own = zone
                .router_ports()
                .into_iter()
                .find(|(_, port)| has_hop(port))
                .map(|(router, _)| router);
            let far = || {
                let port = zone
                    .switch_ports()
                    .iter()
                    .find(|far| far.port.type_() == "remote" && ips(&far.port).contains(&hop))?;
                scene.zone(&InterconnectNode::of_port(port.port.external_ids())?.0)
            };
            let (place, is_served, rows) = match (own, far()) {
                (Some(router), _) => {
                    let row = zone.nb_row(&router, |row| {
                        row.with(nb::logical_router::NAME.name(), router.name())
                    });
                    (
                        router.name().to_owned(),
                        translates(zone, Some(&router), &one.served),
                        row,
                    )
                }
                (None, Some(far)) => {
                    let node = far.node.unwrap_or_default();
                    (
                        format!("node {node}"),
                        translates(far, None, &one.served),
                        None,
                    )
                }
                // Whose it is was not read.
                (None, None) => continue,
            };
            if is_served {
                continue;
            }
            let finding = Finding::new(
                one.object(),
                format!("it is sent to {place}, which has no NAT for it, so it leaves with the node's address or not at all"),
            )
            .rows(one.evidence(zone))
            .rows(rows)
            .next("object_locate", [("object", json!(one.served.egress_ip))], "every row of the egress IP");
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::egress_ip;

    #[test]
    fn a_gateway_without_the_nat_is_found() {
        let fault = egress_ip().nb("Logical_Router", "gr", json!({"nat": []}));
        fault.check(&CHECK, &["a: egress IP out for pod shop/web"]);
    }

    #[test]
    fn another_node_without_the_nat_is_found_where_it_was_read() {
        let far = egress_ip()
            .nb("NB_Global", "g", json!({"name": "a"}))
            .nb("Logical_Switch", "ts", json!({"name": "transit_switch", "ports": ["far"]}))
            .nb("Logical_Switch_Port", "far", json!({"name": "tstor-b", "type": "remote", "addresses": ["0a:58:64:58:00:03 100.88.0.3/16"], "external_ids": {"node": "b"}}))
            .nb("Logical_Router_Policy", "policy", json!({"nexthops": ["100.88.0.3"]}));
        far.check(&CHECK, &[]);
        let read = far.node("b").nb("NB_Global", "gb", json!({"name": "b"}));
        let read = read.nb("Logical_Router", "grb", json!({"name": "GR_b"}));
        read.check(&CHECK, &["a: egress IP out for pod shop/web"]);
    }

    #[test]
    fn a_gateway_with_the_nat_is_fine() {
        egress_ip().check(&CHECK, &[]);
    }
}
