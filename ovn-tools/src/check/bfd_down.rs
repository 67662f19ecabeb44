//! BFD sessions that are down.

use ovn_schemas::nb;
use ovsdb_client::table::Enumeration;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "bfd-down",
    title: "the BFD session of a route is down",
    layer: Layer::Network,
    severity: Severity::Error,
    looks_for: "a BFD row whose status is down while a static route or policy refers to it",
    known_from: &["#2512", "gateways of pods that do not answer"],
    explains: &[],
    needs: &[
        nb_table(nb::Bfd::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterStaticRoute::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let routes = zone.routes();
    let mut findings = Vec::new();
    for session in zone.nb_rows::<nb::Bfd>() {
        let status = session.status();
        let is_down = status
            .as_ref()
            .is_some_and(|status| matches!(status.name(), "down" | "admin_down"));
        let own: Vec<_> = routes
            .iter()
            .filter(|(_, route)| route.bfd().is_some_and(|bfd| bfd.uuid() == session.uuid()))
            .collect();
        if !is_down || own.is_empty() {
            continue;
        }
        let finding = Finding::new(
            format!(
                "BFD session to {} on {}",
                session.dst_ip(),
                session.logical_port()
            ),
            "the next hop does not answer, so the routes over it are not used",
        )
        .rows(zone.nb_row(&session, |row| {
            row.with(nb::bfd::DST_IP.name(), session.dst_ip())
                .with(nb::bfd::LOGICAL_PORT.name(), session.logical_port())
                .with(
                    nb::bfd::STATUS.name(),
                    status.as_ref().map(|status| status.name().to_owned()),
                )
        }))
        .rows(own.iter().filter_map(|(router, route)| {
            zone.nb_row(route, |row| {
                row.with(
                    nb::logical_router_static_route::IP_PREFIX.name(),
                    route.ip_prefix(),
                )
                .with(
                    nb::logical_router_static_route::NEXTHOP.name(),
                    route.nexthop(),
                )
                .with("router", router.name())
            })
        }));
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn up() -> Fixture {
        Fixture::on("a")
            .nb(
                "Logical_Router",
                "r",
                json!({"name": "r", "static_routes": ["route"]}),
            )
            .nb(
                "Logical_Router_Static_Route",
                "route",
                json!({"ip_prefix": "0.0.0.0/0", "nexthop": "192.0.2.1", "bfd": "s"}),
            )
            .nb(
                "BFD",
                "s",
                json!({"dst_ip": "192.0.2.1", "logical_port": "rp", "status": "up"}),
            )
    }

    #[test]
    fn a_session_that_is_down_is_found() {
        let fault = up().nb("BFD", "s", json!({"status": "down"}));
        fault.check(&CHECK, &["a: BFD session to 192.0.2.1 on rp"]);
    }

    #[test]
    fn a_session_that_is_up_is_fine() {
        up().check(&CHECK, &[]);
    }
}
