//! NAT on routers without a gateway.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "nat-ignored",
    title: "NAT stands on a router that has no gateway",
    layer: Layer::Network,
    severity: Severity::Warning,
    looks_for: "nat of a Logical_Router without options:chassis and without a port with gateway chassis",
    known_from: &["northd makes no flows for such NAT"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::Nat::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for router in zone.nb_rows::<nb::LogicalRouter>() {
        let has_gateway = router
            .options()
            .get("chassis")
            .is_some_and(|name| !name.is_empty())
            || zone.ports_of(&router).iter().any(|port| {
                !port.gateway_chassis().is_empty()
                    || port.ha_chassis_group().is_some()
                    || port.options().get("redirect-chassis").is_some()
            });
        if router.nat().is_empty() || has_gateway {
            continue;
        }
        let finding = Finding::new(
            format!("router {}", router.name()),
            "it has NAT but neither a chassis nor a gateway port, so none of its NAT takes effect",
        )
        .rows(zone.nb_row(&router, |row| {
            row.with(nb::logical_router::NAME.name(), router.name())
                .with(nb::logical_router::NAT.name(), router.nat().len())
        }))
        .next(
            "nat_list",
            [("router", json!(router.name()))],
            "the NAT of the router",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn gateway() -> Fixture {
        Fixture::on("a")
            .nb(
                "Logical_Router",
                "r",
                json!({"name": "r", "nat": ["nat"], "options": {"chassis": "id-a"}}),
            )
            .nb(
                "NAT",
                "nat",
                json!({"type": "snat", "external_ip": "192.0.2.1", "logical_ip": "10.0.0.0/24"}),
            )
    }

    #[test]
    fn nat_without_a_gateway_is_found() {
        let fault = gateway().nb("Logical_Router", "r", json!({"options": {}}));
        fault.check(&CHECK, &["a: router r"]);
    }

    #[test]
    fn nat_on_a_gateway_is_fine() {
        gateway().check(&CHECK, &[]);
    }
}
