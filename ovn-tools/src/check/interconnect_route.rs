//! Routes to the pods and gateways of other nodes.

use std::collections::BTreeSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use ovsdb_client::value::Uuid;
use serde_json::json;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::InterconnectNode;

/// The type of a port that another zone holds.
const REMOTE: &str = "remote";

/// The mark of a transit switch, in its `other_config`.
const TRANSIT: &str = "interconn-ts";

/// The option of a switch's port that names the router's port at the other end.
const ROUTER_PORT: &str = "router-port";

/// The option by which a gateway router names its chassis.
const CHASSIS: &str = "chassis";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "interconnect-route-missing",
    title: "the cluster router lacks a route to another node",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "a router on a transit switch without a route (ic-node) to a subnet or gateway of a node whose port is there",
    known_from: &[
        "#3770",
        "nodes that were added while ovnkube-controller was down",
    ],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::LogicalRouterStaticRoute::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(nb_read) = zone.nb else {
        return findings;
    };
    for router in zone.nb_rows::<nb::LogicalRouter>() {
        let routes: Vec<nb::LogicalRouterStaticRoute> = router
            .static_routes()
            .iter()
            .filter_map(|row| nb_read.rows.get(row))
            .collect();
        for (node, port) in remote_nodes(zone, &router) {
            let to_node: Vec<&nb::LogicalRouterStaticRoute> = routes
                .iter()
                .filter(|row| {
                    InterconnectNode::of_route(row.external_ids()).as_ref() == Some(&node)
                })
                .collect();
            let peer = scene.zone(&node.0);
            for missing in missing(zone, peer, &router, &routes, &to_node) {
                let finding = Finding::new(
                    format!("route of {} to {missing} node {node}", router.name()),
                    format!("{} has no route to {missing} node {node}, so packets to them are lost or leave through the gateway", router.name()),
                )
                .rows(zone.nb_row(&router, |row| {
                    row.with(nb::logical_router::NAME.name(), router.name())
                        .with(nb::logical_router::STATIC_ROUTES.name(), routes.len())
                }))
                .rows(zone.nb_row(&port, |row| {
                    row.with(nb::logical_switch_port::NAME.name(), port.name())
                }))
                .rows(to_node.iter().filter_map(|route| {
                    zone.nb_row(*route, |row| {
                        row.with(nb::logical_router_static_route::IP_PREFIX.name(), route.ip_prefix())
                            .with(nb::logical_router_static_route::NEXTHOP.name(), route.nexthop())
                    })
                }))
                .next(
                    "route_list",
                    [("router", json!(router.name())), ("node", json!(zone.node))],
                    "all routes of the router",
                );
                findings.push(finding);
            }
        }
    }
    findings
}

/// The other nodes that a router reaches over a transit switch, each with its port there.
fn remote_nodes(
    zone: &Zone<'_>,
    router: &nb::LogicalRouter,
) -> Vec<(InterconnectNode, nb::LogicalSwitchPort)> {
    let attached = zone.attached_to(router);
    let is_attached = |switch: Uuid| attached.iter().any(|one| one.switch.uuid() == switch);
    let mut nodes: Vec<(InterconnectNode, nb::LogicalSwitchPort)> = zone
        .switch_ports()
        .iter()
        .filter(|one| one.port.type_() == REMOTE && is_attached(one.switch.uuid()))
        // A switch that all zones share for pods needs no routes.
        .filter(|one| one.switch.other_config().get(TRANSIT).is_some())
        .filter(|one| subnets(&one.switch).is_empty())
        .filter_map(|one| {
            let node = InterconnectNode::of_port(one.port.external_ids())?;
            Some((node, one.port.clone()))
        })
        .collect();
    nodes.sort_by(|(a, _), (b, _)| a.cmp(b));
    nodes
}

/// What there should be a route to and is not, in words that end before the node.
fn missing(
    zone: &Zone<'_>,
    peer: Option<&Zone<'_>>,
    router: &nb::LogicalRouter,
    routes: &[nb::LogicalRouterStaticRoute],
    to_node: &[&nb::LogicalRouterStaticRoute],
) -> Vec<String> {
    let prefix = |row: &nb::LogicalRouterStaticRoute| Network::parse(row.ip_prefix());
    let Some(counterpart) = peer.and_then(|peer| {
        let name = |row: &nb::LogicalRouter| row.name() == router.name();
        peer.nb_rows().find(name).map(|row| (peer, row))
    }) else {
        // The other node's databases were not read: a node has pods and a gateway.
        let prefixes = || to_node.iter().filter_map(|row| prefix(row));
        return if to_node.is_empty() {
            vec!["anything on".to_owned()]
        } else if prefixes().all(|prefix| prefix.is_host()) {
            vec!["the pods of".to_owned()]
        } else {
            Vec::new()
        };
    };
    let (peer, counterpart) = counterpart;
    let mut wanted: BTreeSet<(Network, &str)> = BTreeSet::new();
    for one in peer.attached_to(&counterpart) {
        // What is here too is reached without a route.
        let is_here = zone
            .nb_rows::<nb::LogicalSwitch>()
            .any(|row| row.name() == one.switch.name());
        if !is_here {
            wanted.extend(
                subnets(&one.switch)
                    .into_iter()
                    .map(|net| (net, "the pods in")),
            );
        }
    }
    for gateway in peer.nb_rows::<nb::LogicalRouter>() {
        if gateway.uuid() == counterpart.uuid() || gateway.options().get(CHASSIS).is_none() {
            continue;
        }
        let joined = peer.attached_to(&counterpart);
        for own in peer.attached_to(&gateway) {
            if !joined
                .iter()
                .any(|one| one.switch.uuid() == own.switch.uuid())
            {
                continue;
            }
            for port in peer.ports_of(&gateway) {
                if own.port.options().get(ROUTER_PORT) == Some(port.name()) {
                    let networks = port.networks();
                    let networks = networks.iter().filter_map(Network::parse);
                    wanted.extend(networks.map(|net| (Network::host(net.address), "the gateway")));
                }
            }
        }
    }
    wanted
        .into_iter()
        .filter(|(net, _)| {
            let routes = routes.iter().filter_map(prefix);
            !routes
                .filter(|route| route.prefix > 0)
                .any(|route| route.covers(net))
        })
        .map(|(net, what)| format!("{what} {net} of"))
        .collect()
}

/// The subnets of a switch.
fn subnets(switch: &nb::LogicalSwitch) -> Vec<Network> {
    let config = switch.other_config();
    let v4 = config.get("subnet").and_then(Network::parse);
    let v6 = config
        .get(nb::logical_router_port::IPV6_PREFIX.name())
        .and_then(|prefix| {
            // A prefix alone stands for a network of 64 bits.
            Network::parse(prefix).map(|net| {
                if net.is_host() {
                    Network { prefix: 64, ..net }
                } else {
                    net
                }
            })
        });
    v4.into_iter()
        .chain(v6)
        .map(|net| net.canonical())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn routed() -> Fixture {
        let transit = json!({"name": "transit_switch", "ports": ["own", "far"], "other_config": {"interconn-ts": "transit_switch"}});
        let zone = |fixture: Fixture, node: &str, other: &str| {
            fixture
                .nb("NB_Global", "g", json!({"name": node}))
                .nb("Logical_Switch", "ts", transit.clone())
                .nb("Logical_Switch_Port", "own", json!({"name": format!("tstor-{node}"), "type": "router", "options": {"router-port": "rtots"}}))
                .nb("Logical_Switch_Port", "far", json!({"name": format!("tstor-{other}"), "type": "remote", "external_ids": {"node": other}}))
                .nb("Logical_Router", "r", json!({"name": "ovn_cluster_router", "ports": ["rtots", "rtos"], "static_routes": ["route"]}))
                .nb("Logical_Router_Port", "rtots", json!({"name": "rtots"}))
                .nb("Logical_Router_Port", "rtos", json!({"name": "rtos"}))
        };
        let route = |prefix: &str, node: &str| json!({"ip_prefix": prefix, "nexthop": "100.88.0.3", "external_ids": {"ic-node": node}});
        let switch = |node: &str, subnet: &str| json!({"name": node, "ports": ["stor"], "other_config": {"subnet": subnet}});
        let stor = json!({"name": "stor", "type": "router", "options": {"router-port": "rtos"}});
        let a = zone(Fixture::on("a"), "a", "b")
            .nb("Logical_Switch", "sw", switch("a", "10.244.0.0/24"))
            .nb("Logical_Switch_Port", "stor", stor.clone())
            .nb(
                "Logical_Router_Static_Route",
                "route",
                route("10.244.1.0/24", "b"),
            );
        zone(a.node("b"), "b", "a")
            .nb("Logical_Switch", "sw", switch("b", "10.244.1.0/24"))
            .nb("Logical_Switch_Port", "stor", stor)
            .nb(
                "Logical_Router_Static_Route",
                "route",
                route("10.244.0.0/24", "a"),
            )
    }

    #[test]
    fn a_subnet_without_a_route_is_found() {
        let other = json!({"ip_prefix": "10.244.7.0/24"});
        let fault = routed()
            .node("a")
            .nb("Logical_Router_Static_Route", "route", other);
        fault.check(
            &CHECK,
            &["a: route of ovn_cluster_router to the pods in 10.244.1.0/24 of node b"],
        );
    }

    #[test]
    fn a_node_whose_databases_are_not_there_is_judged_by_its_routes_alone() {
        let alone = || routed().only("a").node("a");
        alone().check(&CHECK, &[]);
        let host = json!({"ip_prefix": "100.64.0.3/32"});
        let fault = alone().nb("Logical_Router_Static_Route", "route", host);
        fault.check(
            &CHECK,
            &["a: route of ovn_cluster_router to the pods of node b"],
        );
        let fault = alone().nb(
            "Logical_Router_Static_Route",
            "route",
            json!({"external_ids": {}}),
        );
        fault.check(
            &CHECK,
            &["a: route of ovn_cluster_router to anything on node b"],
        );
    }

    #[test]
    fn a_route_to_each_subnet_is_fine() {
        routed().check(&CHECK, &[]);
    }
}
