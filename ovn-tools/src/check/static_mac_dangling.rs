//! Static MAC bindings of ports that are gone.

use std::collections::HashSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "static-mac-dangling",
    title: "a static MAC binding names a router port that is gone",
    layer: Layer::Network,
    severity: Severity::Error,
    looks_for: "a Static_MAC_Binding whose logical_port is no Logical_Router_Port",
    known_from: &["#946", "#3678", "ovn-org/ovn#238"],
    explains: &["northd-behind"],
    needs: &[
        nb_table(nb::StaticMacBinding::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let ports: HashSet<String> = zone
        .nb_rows::<nb::LogicalRouterPort>()
        .map(|row| row.name().to_owned())
        .collect();
    let rows = zone
        .nb_rows::<nb::StaticMacBinding>()
        .filter(|row| !ports.contains(row.logical_port()));
    rows.map(|row| {
        Finding::new(
            format!(
                "static MAC binding of {} on {}",
                row.ip(),
                row.logical_port()
            ),
            "its router port does not exist, which can stop northd from writing anything",
        )
        .rows(zone.nb_row(&row, |evidence| {
            evidence
                .with(
                    nb::static_mac_binding::LOGICAL_PORT.name(),
                    row.logical_port(),
                )
                .with(nb::static_mac_binding::IP.name(), row.ip())
                .with(nb::static_mac_binding::MAC.name(), row.mac())
        }))
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn bound() -> Fixture {
        Fixture::on("a")
            .nb("Logical_Router", "r", json!({"name": "r", "ports": ["p"]}))
            .nb("Logical_Router_Port", "p", json!({"name": "rtoe-GR_a"}))
            .nb("Static_MAC_Binding", "s", json!({"logical_port": "rtoe-GR_a", "ip": "169.254.169.4", "mac": "0a:58:a9:fe:a9:04"}))
    }

    #[test]
    fn a_binding_of_a_port_that_is_gone_is_found() {
        let fault = bound().nb(
            "Static_MAC_Binding",
            "s",
            json!({"logical_port": "rtoe-GR_b"}),
        );
        fault.check(
            &CHECK,
            &["a: static MAC binding of 169.254.169.4 on rtoe-GR_b"],
        );
    }

    #[test]
    fn a_binding_of_a_port_that_is_there_is_fine() {
        bound().check(&CHECK, &[]);
    }
}
