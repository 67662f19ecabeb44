//! Remains of an earlier masquerade subnet.

use core::net::IpAddr;

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The key of the route to the masquerade subnet of a node.
const MASQUERADE: &str = "k8s.ovn.org/node-masquerade-subnet";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "masquerade-leftover",
    title: "a static MAC binding is of an earlier masquerade subnet",
    layer: Layer::Node,
    severity: Severity::Warning,
    looks_for: "a Static_MAC_Binding in 169.254.0.0/16 outside the masquerade subnet that its gateway router routes",
    known_from: &["#4496", "ovn-kubernetes 84629315c"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::LogicalRouterStaticRoute::DEFINITION),
        nb_table(nb::StaticMacBinding::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let Some(nb_read) = zone.nb else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (router, port) in zone.router_ports() {
        let routes = router.static_routes();
        let routes = routes.iter().filter_map(|row| nb_read.rows.get(row));
        let marked = routes.filter(|route| route.external_ids().get(MASQUERADE).is_some());
        let subnets: Vec<Network> = marked
            .filter_map(|route| Network::parse(route.ip_prefix()))
            .filter(Network::is_ipv4)
            .collect();
        let bindings = zone.nb_rows::<nb::StaticMacBinding>();
        for row in bindings.filter(|row| row.logical_port() == port.name() && !subnets.is_empty()) {
            let Ok(IpAddr::V4(ip)) = row.ip().parse() else {
                continue;
            };
            if !ip.is_link_local() || subnets.iter().any(|subnet| subnet.contains(ip.into())) {
                continue;
            }
            let subnet = subnets.first().map(ToString::to_string);
            let finding = Finding::new(
                format!("static MAC binding of {ip} on {}", port.name()),
                "it is of an earlier masquerade subnet, so host traffic to services may take the old way",
            )
            .rows(zone.nb_row(&row, |evidence| {
                evidence
                    .with(nb::static_mac_binding::IP.name(), row.ip())
                    .with(nb::static_mac_binding::LOGICAL_PORT.name(), row.logical_port())
                    .with("masquerade subnet", subnet)
            }));
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn current() -> Fixture {
        Fixture::on("a")
            .nb("Logical_Router", "gr", json!({"name": "GR_a", "ports": ["rtoe"], "static_routes": ["route"]}))
            .nb("Logical_Router_Port", "rtoe", json!({"name": "rtoe-GR_a"}))
            .nb("Logical_Router_Static_Route", "route", json!({"ip_prefix": "169.254.169.0/29", "nexthop": "169.254.169.4", "external_ids": {"k8s.ovn.org/node-masquerade-subnet": ""}}))
            .nb("Static_MAC_Binding", "s", json!({"logical_port": "rtoe-GR_a", "ip": "169.254.169.4", "mac": "0a:58:a9:fe:a9:04"}))
    }

    #[test]
    fn a_binding_of_another_subnet_is_found() {
        let route = json!({"ip_prefix": "169.254.0.0/17"});
        let fault = current().nb("Logical_Router_Static_Route", "route", route);
        fault.check(
            &CHECK,
            &["a: static MAC binding of 169.254.169.4 on rtoe-GR_a"],
        );
    }

    #[test]
    fn a_binding_of_the_subnet_is_fine() {
        current().check(&CHECK, &[]);
    }
}
