//! Routes to one network over several nodes.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Enumeration;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::InterconnectNode;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "route-duplicate",
    title: "two routes lead to one network over different nodes",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "two Logical_Router_Static_Routes of a router with one ip_prefix, policy and table and different next hops, one of them with ic-node",
    known_from: &["#6510", "ovn-kubernetes 20f1c848e"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterStaticRoute::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    type Key = (String, String, String, String);
    let mut routes: BTreeMap<Key, Vec<nb::LogicalRouterStaticRoute>> = BTreeMap::new();
    for (router, route) in zone.routes() {
        let prefix = match Network::parse(route.ip_prefix()) {
            Some(network) => network.canonical().to_string(),
            None => route.ip_prefix().to_owned(),
        };
        let policy = route
            .policy()
            .map_or_else(String::new, |policy| policy.name().to_owned());
        let key = (
            router.name().to_owned(),
            prefix,
            policy,
            route.route_table().to_owned(),
        );
        routes.entry(key).or_default().push(route);
    }
    let mut findings = Vec::new();
    for ((router, prefix, ..), mut routes) in routes {
        routes.sort_by_key(|route| route.nexthop().to_owned());
        let is_between_nodes = |route: &nb::LogicalRouterStaticRoute| {
            InterconnectNode::of_route(route.external_ids()).is_some()
        };
        let differ = routes
            .iter()
            .any(|route| Some(route.nexthop()) != routes.first().map(|first| first.nexthop()));
        if !differ || !routes.iter().any(is_between_nodes) {
            continue;
        }
        let finding = Finding::new(
            format!("route {prefix} of {router}"),
            "several nodes are next hops of one network, so part of the connections go to a node that \
             does not have it: a route of a removed node is left over",
        )
        .rows(routes.iter().filter_map(|route| {
            zone.nb_row(route, |row| {
                row.with(nb::logical_router_static_route::IP_PREFIX.name(), route.ip_prefix())
                    .with(nb::logical_router_static_route::NEXTHOP.name(), route.nexthop())
                    .key(route, nb::logical_router_static_route::EXTERNAL_IDS, "ic-node")
            })
        }))
        .next("route_list", [("router", json!(router)), ("node", json!(zone.node))], "all routes of the router");
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::routed;

    fn second(hop: &str) -> Fixture {
        let route =
            json!({"ip_prefix": "10.244.1.0/24", "nexthop": hop, "external_ids": {"ic-node": "c"}});
        routed()
            .nb(
                "Logical_Router",
                "r",
                json!({"static_routes": ["route", "other"]}),
            )
            .nb("Logical_Router_Static_Route", "other", route)
    }

    #[test]
    fn a_second_next_hop_is_found() {
        second("100.88.0.4").check(&CHECK, &["a: route 10.244.1.0/24 of ovn_cluster_router"]);
    }

    #[test]
    fn one_next_hop_is_fine_and_so_are_equal_costs_that_are_meant() {
        routed().check(&CHECK, &[]);
        let meant = json!({"external_ids": {}});
        second("100.88.0.4")
            .nb("Logical_Router_Static_Route", "other", meant.clone())
            .nb("Logical_Router_Static_Route", "route", meant)
            .check(&CHECK, &[]);
    }
}
