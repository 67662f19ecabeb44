//! Routes to nodes that are not there.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::egress_ip::ips;
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::InterconnectNode;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "interconnect-route-stale",
    title: "a route leads to a node that is not on the transit switch",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "a Logical_Router_Static_Route with ic-node whose nexthop is no address of that node's port",
    known_from: &["#6510", "#3770", "#3597"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterStaticRoute::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (router, route) in zone.routes() {
        let Some(node) = InterconnectNode::of_route(route.external_ids()) else {
            continue;
        };
        let of_node = |port: &nb::LogicalSwitchPort| {
            InterconnectNode::of_port(port.external_ids()).as_ref() == Some(&node)
        };
        let ports: Vec<_> = zone
            .switch_ports()
            .iter()
            .filter(|one| of_node(&one.port))
            .collect();
        let hop = route.nexthop().parse();
        let reaches =
            |port: &nb::LogicalSwitchPort| hop.as_ref().is_ok_and(|hop| ips(port).contains(hop));
        let cause = if ports.is_empty() {
            "the node that it leads to has no port on the transit switch: it was removed and its route is left over"
        } else if hop.is_ok() && !ports.iter().any(|one| reaches(&one.port)) {
            "its next hop is not the transit address of the node, which has changed since"
        } else {
            continue;
        };
        let finding = Finding::new(
            format!(
                "route {} of {} to node {node}",
                route.ip_prefix(),
                router.name()
            ),
            cause,
        )
        .rows(zone.nb_row(&route, |row| {
            row.with(
                nb::logical_router_static_route::IP_PREFIX.name(),
                route.ip_prefix(),
            )
            .with(
                nb::logical_router_static_route::NEXTHOP.name(),
                route.nexthop(),
            )
            .key(
                &route,
                nb::logical_router_static_route::EXTERNAL_IDS,
                "ic-node",
            )
        }))
        .rows(ports.iter().filter_map(|one| {
            let addresses = one.port.addresses();
            let addresses: Vec<&str> = addresses.iter().collect();
            zone.nb_row(&one.port, |row| {
                row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                    .with(nb::logical_switch_port::ADDRESSES.name(), addresses)
            })
        }))
        .next(
            "route_list",
            [("router", json!(router.name())), ("node", json!(zone.node))],
            "all routes of the router",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::routed;

    #[test]
    fn a_route_to_a_node_that_is_gone_or_has_moved_is_found() {
        let object = "a: route 10.244.1.0/24 of ovn_cluster_router to node b";
        let gone = json!({"external_ids": {"node": "c"}});
        routed()
            .nb("Logical_Switch_Port", "far", gone)
            .check(&CHECK, &[object]);
        let moved = json!({"nexthop": "100.88.0.9"});
        routed()
            .nb("Logical_Router_Static_Route", "route", moved)
            .check(&CHECK, &[object]);
    }

    #[test]
    fn a_route_to_the_address_of_the_node_is_fine() {
        routed().check(&CHECK, &[]);
    }
}
