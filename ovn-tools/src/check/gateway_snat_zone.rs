//! Gateways of user-defined networks in the zone of the host.

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::network_of;

/// The option that names the zone in which a router translates sources.
const SNAT_ZONE: &str = "snat-ct-zone";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "gateway-snat-zone",
    title: "the gateway of a user-defined network uses the host's connection tracking",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "options:snat-ct-zone=0 on a gateway router with k8s.ovn.org/network",
    known_from: &["#4624"],
    explains: &[],
    needs: &[nb_table(nb::LogicalRouter::DEFINITION)],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let routers = zone.nb_rows::<nb::LogicalRouter>().filter(|router| {
        let options = router.options();
        network_of(router.external_ids()).is_some()
            && options.get("chassis").is_some()
            && options.get(SNAT_ZONE) == Some("0")
    });
    routers
        .map(|router| {
            Finding::new(
                format!("router {}", router.name()),
                "it translates in the zone of the host, so connections of networks with the same \
                 addresses are mixed up",
            )
            .rows(zone.nb_row(&router, |row| {
                row.with(nb::logical_router::NAME.name(), router.name())
                    .key(&router, nb::logical_router::OPTIONS, SNAT_ZONE)
                    .key(
                        &router,
                        nb::logical_router::EXTERNAL_IDS,
                        "k8s.ovn.org/network",
                    )
            }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn own() -> Fixture {
        let options = json!({"chassis": "id-a", "snat-ct-zone": "0"});
        Fixture::on("a").nb(
            "Logical_Router",
            "gr",
            json!({"name": "GR_a", "options": options}),
        )
    }

    #[test]
    fn a_user_defined_network_in_the_zone_of_the_host_is_found() {
        let network = json!({"external_ids": {"k8s.ovn.org/network": "blue_net"}});
        own()
            .nb("Logical_Router", "gr", network)
            .check(&CHECK, &["a: router GR_a"]);
    }

    #[test]
    fn the_default_network_in_the_zone_of_the_host_is_fine() {
        own().check(&CHECK, &[]);
        let default = json!({"external_ids": {"k8s.ovn.org/network": "default"}});
        own().nb("Logical_Router", "gr", default).check(&CHECK, &[]);
    }
}
