//! Learned MAC addresses that are not those of the port.

use core::net::IpAddr;
use std::collections::HashMap;

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;

use crate::address::{Mac, Network, PortAddress};
use crate::check::definition::{Check, Layer, Run, nb_table, sb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "mac-binding-wrong",
    title: "a learned MAC address is not that of the port",
    layer: Layer::Network,
    severity: Severity::Warning,
    looks_for: "a MAC_Binding whose ip a port on the same switch has with another MAC address",
    known_from: &[
        "#946",
        "#3678",
        "addresses that moved to another pod or router",
    ],
    explains: &[],
    needs: &[
        sb_table(sb::MacBinding::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let all = zone.router_ports();
    // The real address of each IP on each switch.
    let mut real: HashMap<(String, IpAddr), (String, Mac)> = HashMap::new();
    let mut switch_of: HashMap<String, String> = HashMap::new();
    for one in zone.switch_ports() {
        let switch = one.switch.uuid().to_string();
        let options = one.port.options();
        if let Some(name) = options.get("router-port") {
            switch_of.insert(name.to_owned(), switch.clone());
            let port = all.iter().find(|(_, port)| port.name() == name);
            if let Some((_, port)) = port
                && let Some(mac) = Mac::parse(port.mac())
            {
                for network in port.networks().iter().filter_map(Network::parse) {
                    real.insert((switch.clone(), network.address), (name.to_owned(), mac));
                }
            }
        }
        for address in one.port.addresses().iter().map(PortAddress::parse) {
            if let Some(mac) = address.mac() {
                for ip in address.ips() {
                    real.insert((switch.clone(), ip), (one.port.name().to_owned(), mac));
                }
            }
        }
    }
    let mut findings = Vec::new();
    for row in zone.sb_rows::<sb::MacBinding>() {
        let (Some(switch), Ok(ip), Some(learned)) = (
            switch_of.get(row.logical_port()),
            row.ip().parse::<IpAddr>(),
            Mac::parse(row.mac()),
        ) else {
            continue;
        };
        let Some((port, mac)) = real
            .get(&(switch.clone(), ip))
            .filter(|(_, mac)| *mac != learned)
        else {
            continue;
        };
        let finding = Finding::new(
            format!("MAC binding of {ip} on {}", row.logical_port()),
            "it was learned from whoever had the address before, so packets go to the wrong MAC address",
        )
        .rows(zone.sb_row(&row, |evidence| {
            evidence
                .with(sb::mac_binding::IP.name(), row.ip())
                .with(sb::mac_binding::MAC.name(), row.mac())
                .with("real port", port.as_str())
                .with("real mac", mac.to_string())
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

    fn learned(mac: &str) -> Fixture {
        Fixture::on("a")
            .nb(
                "Logical_Switch",
                "sw",
                json!({"name": "a", "ports": ["stor", "web"]}),
            )
            .nb(
                "Logical_Switch_Port",
                "stor",
                json!({"name": "stor", "type": "router", "options": {"router-port": "rtos"}}),
            )
            .nb(
                "Logical_Switch_Port",
                "web",
                json!({"name": "web", "addresses": ["0a:58:0a:f4:00:05 10.244.0.5"]}),
            )
            .sb("Datapath_Binding", "dp", json!({"tunnel_key": 1}))
            .sb(
                "MAC_Binding",
                "m",
                json!({"logical_port": "rtos", "ip": "10.244.0.5", "mac": mac, "datapath": "dp"}),
            )
            .nb(
                "Logical_Router",
                "r",
                json!({"name": "r", "ports": ["rtos"]}),
            )
            .nb(
                "Logical_Router_Port",
                "rtos",
                json!({"name": "rtos", "mac": "0a:58:0a:f4:00:01", "networks": ["10.244.0.1/24"]}),
            )
    }

    #[test]
    fn another_address_is_found() {
        learned("0a:58:0a:f4:00:99").check(&CHECK, &["a: MAC binding of 10.244.0.5 on rtos"]);
    }

    #[test]
    fn the_address_of_the_port_is_fine() {
        learned("0A:58:0a:f4:00:05").check(&CHECK, &[]);
    }
}
