//! Router ports that have the same address on one switch.

use core::net::IpAddr;
use std::collections::{BTreeMap, HashMap};

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Network;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "router-port-duplicate",
    title: "two router ports have the same address on one switch",
    layer: Layer::Network,
    severity: Severity::Error,
    looks_for: "two Logical_Router_Ports attached to one switch that share an IP address",
    known_from: &["#3597", "ports of deleted nodes that are left over", "#575"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let all = zone.router_ports();
    let by_name: HashMap<&str, &nb::LogicalRouterPort> =
        all.iter().map(|(_, port)| (port.name(), port)).collect();
    let mut holders: BTreeMap<(String, IpAddr), Vec<&nb::LogicalRouterPort>> = BTreeMap::new();
    for one in zone.switch_ports() {
        let options = one.port.options();
        let Some(port) = options
            .get("router-port")
            .and_then(|name| by_name.get(name))
        else {
            continue;
        };
        for network in port.networks().iter().filter_map(Network::parse) {
            let place = (one.switch.name().to_owned(), network.address);
            holders.entry(place).or_default().push(port);
        }
    }
    let mut findings = Vec::new();
    for ((switch, ip), mut ports) in holders {
        ports.sort_by_key(|port| port.name());
        ports.dedup_by_key(|port| port.uuid());
        if ports.len() < 2 {
            continue;
        }
        let rows = ports.iter().filter_map(|port| {
            let networks = port.networks();
            let networks: Vec<&str> = networks.iter().collect();
            zone.nb_row(*port, |row| {
                row.with(nb::logical_router_port::NAME.name(), port.name())
                    .with(nb::logical_router_port::MAC.name(), port.mac())
                    .with(nb::logical_router_port::NETWORKS.name(), networks)
            })
        });
        let finding = Finding::new(
            format!("address {ip} on switch {switch}"),
            "several router ports on the switch have it, one of them left over, so packets reach the \
             wrong router",
        )
        .rows(rows)
        .next("topology_show", [("of", json!(switch))], "the switch and the routers on it");
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn apart() -> Fixture {
        let towards = |port: &str| json!({"name": format!("to-{port}"), "type": "router", "options": {"router-port": port}});
        Fixture::on("a")
            .nb(
                "Logical_Switch",
                "join",
                json!({"name": "join", "ports": ["x", "y"]}),
            )
            .nb("Logical_Switch_Port", "x", towards("rx"))
            .nb("Logical_Switch_Port", "y", towards("ry"))
            .nb(
                "Logical_Router",
                "r",
                json!({"name": "r", "ports": ["rx", "ry"]}),
            )
            .nb(
                "Logical_Router_Port",
                "rx",
                json!({"name": "rx", "networks": ["100.64.0.2/16"]}),
            )
            .nb(
                "Logical_Router_Port",
                "ry",
                json!({"name": "ry", "networks": ["100.64.0.3/16"]}),
            )
    }

    #[test]
    fn an_address_of_two_ports_on_one_switch_is_found() {
        let same = json!({"networks": ["100.64.0.2/16"]});
        let fault = apart().nb("Logical_Router_Port", "ry", same);
        fault.check(&CHECK, &["a: address 100.64.0.2 on switch join"]);
    }

    #[test]
    fn an_address_for_each_port_is_fine() {
        apart().check(&CHECK, &[]);
        // On switches of their own they do no harm: networks of users may overlap.
        let apart = apart()
            .nb("Logical_Switch", "join", json!({"ports": ["x"]}))
            .nb(
                "Logical_Switch",
                "other",
                json!({"name": "other", "ports": ["y"]}),
            );
        let same = json!({"networks": ["100.64.0.2/16"]});
        apart
            .nb("Logical_Router_Port", "ry", same)
            .check(&CHECK, &[]);
    }
}
