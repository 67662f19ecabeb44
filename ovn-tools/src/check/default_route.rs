//! Gateway routers of OVN-Kubernetes without a way out.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::gateway_router_node;

/// The type of a switch's port that leads to a physical network.
const LOCALNET: &str = "localnet";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "default-route-missing",
    title: "a node's gateway router has no default route",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "a gateway router of a node, with a port on a switch with a localnet port, and no static route to 0.0.0.0/0 or ::/0",
    known_from: &[
        "hosts that lost their default gateway while ovnkube-controller started",
        "routes that were deleted by hand",
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

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let routes = zone.routes();
    let mut findings = Vec::new();
    for router in zone.nb_rows::<nb::LogicalRouter>() {
        if gateway_router_node(router.name()).is_none() {
            continue;
        }
        let own = routes.iter().filter(|(of, _)| of.uuid() == router.uuid());
        let mut prefixes = own.filter_map(|(_, route)| Network::parse(route.ip_prefix()));
        if prefixes.any(|prefix| prefix.prefix == 0) {
            continue;
        }
        // Without a switch that leads outside it needs no way there.
        let attached = zone.attached_to(&router);
        let outside = attached.iter().find_map(|one| {
            let ports = zone.switch_ports().iter();
            let mut ports = ports.filter(|other| other.switch.uuid() == one.switch.uuid());
            ports.find(|other| other.port.type_() == LOCALNET)
        });
        let Some(outside) = outside else { continue };
        let count = router.static_routes().iter().count();
        let finding = Finding::new(
            format!("router {}", router.name()),
            "it has no default route, so packets to addresses outside the cluster are dropped there",
        )
        .rows(zone.nb_row(&router, |row| {
            row.with(nb::logical_router::NAME.name(), router.name())
                .with(nb::logical_router::STATIC_ROUTES.name(), count)
        }))
        .rows(zone.nb_row(&outside.port, |row| {
            row.with(nb::logical_switch_port::NAME.name(), outside.port.name())
                .with(nb::logical_switch_port::TYPE.name(), LOCALNET)
        }))
        .next(
            "route_list",
            [("router", json!(router.name())), ("node", json!(zone.node))],
            "the routes it has",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::database::Database;

    fn gateway() -> Fixture {
        Fixture::on("a")
            .nb("Logical_Router", "gr", json!({"name": "GR_a", "ports": ["rtoe"], "static_routes": ["in", "out"]}))
            .nb("Logical_Router_Port", "rtoe", json!({"name": "rtoe-GR_a", "networks": ["172.18.0.2/16"]}))
            .nb("Logical_Router_Static_Route", "in", json!({"ip_prefix": "10.244.0.0/16", "nexthop": "100.64.0.1"}))
            .nb("Logical_Router_Static_Route", "out", json!({"ip_prefix": "0.0.0.0/0", "nexthop": "172.18.0.1"}))
            .nb("Logical_Switch", "ext", json!({"name": "ext_a", "ports": ["etor", "local"]}))
            .nb("Logical_Switch_Port", "etor", json!({"name": "etor-GR_a", "type": "router", "options": {"router-port": "rtoe-GR_a"}}))
            .nb("Logical_Switch_Port", "local", json!({"name": "br-ex_a", "type": "localnet"}))
    }

    fn without_route() -> Fixture {
        gateway()
            .nb("Logical_Router", "gr", json!({"static_routes": ["in"]}))
            .without(Database::Nb, "Logical_Router_Static_Route", "out")
    }

    #[test]
    fn a_gateway_router_without_a_default_route_is_found() {
        without_route().check(&CHECK, &["a: router GR_a"]);
    }

    #[test]
    fn one_with_a_default_route_or_with_no_way_outside_is_fine() {
        gateway().check(&CHECK, &[]);
        let other = json!({"name": "lab"});
        without_route()
            .nb("Logical_Router", "gr", other)
            .check(&CHECK, &[]);
        let inside = json!({"type": ""});
        without_route()
            .nb("Logical_Switch_Port", "local", inside)
            .check(&CHECK, &[]);
    }
}
