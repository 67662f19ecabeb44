//! Routes whose next hop no port of the router reaches.

use core::net::IpAddr;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "route-unreachable",
    title: "a static route leads to no network of its router",
    layer: Layer::Network,
    severity: Severity::Error,
    looks_for: "a Logical_Router_Static_Route whose nexthop is in no network of the ports, or whose output_port is not there",
    known_from: &[
        "northd logs \"No path for static route\" and leaves it out",
        "#2119",
    ],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::LogicalRouterStaticRoute::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (router, route) in zone.routes() {
        let ports = zone.ports_of(&router);
        let cause = match (route.output_port(), route.nexthop().parse::<IpAddr>()) {
            (Some(name), _) if !ports.iter().any(|port| port.name() == name) => {
                "its output_port is not a port of the router, so northd leaves the route out"
            }
            (None, Ok(hop)) if !is_link_local(hop) && !reaches(&ports, hop) => {
                "its next hop is in no network of the router's ports, so northd leaves the route out"
            }
            _ => continue,
        };
        let finding = Finding::new(
            format!("route {} of {}", route.ip_prefix(), router.name()),
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
            .with(
                nb::logical_router_static_route::OUTPUT_PORT.name(),
                route.output_port(),
            )
        }))
        .rows(ports.iter().filter_map(|port| {
            let networks = port.networks();
            let networks: Vec<&str> = networks.iter().collect();
            zone.nb_row(port, |row| {
                row.with(nb::logical_router_port::NAME.name(), port.name())
                    .with(nb::logical_router_port::NETWORKS.name(), networks)
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

fn reaches(ports: &[nb::LogicalRouterPort], hop: IpAddr) -> bool {
    ports.iter().any(|port| {
        let networks = port.networks();
        let mut networks = networks.iter().filter_map(Network::parse);
        networks.any(|network| network.contains(hop))
    })
}

/// Whether it is an IPv6 address that every port reaches.
fn is_link_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V6(address) => address.is_unicast_link_local(),
        IpAddr::V4(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn reached() -> Fixture {
        Fixture::on("a")
            .nb(
                "Logical_Router",
                "r",
                json!({"name": "r", "ports": ["p"], "static_routes": ["route"]}),
            )
            .nb(
                "Logical_Router_Port",
                "p",
                json!({"name": "rp", "networks": ["10.0.0.1/24"]}),
            )
            .nb(
                "Logical_Router_Static_Route",
                "route",
                json!({"ip_prefix": "0.0.0.0/0", "nexthop": "10.0.0.254"}),
            )
    }

    #[test]
    fn a_next_hop_or_a_port_that_is_not_there_is_found() {
        let route = |row| reached().nb("Logical_Router_Static_Route", "route", row);
        route(json!({"nexthop": "10.0.1.254"})).check(&CHECK, &["a: route 0.0.0.0/0 of r"]);
        route(json!({"output_port": "gone"})).check(&CHECK, &["a: route 0.0.0.0/0 of r"]);
    }

    #[test]
    fn a_next_hop_in_a_network_of_a_port_is_fine() {
        reached().check(&CHECK, &[]);
        let route = |row| reached().nb("Logical_Router_Static_Route", "route", row);
        route(json!({"nexthop": "discard"})).check(&CHECK, &[]);
        route(json!({"nexthop": "fe80::1"})).check(&CHECK, &[]);
        route(json!({"nexthop": "192.0.2.1", "output_port": "rp"})).check(&CHECK, &[]);
    }
}
