//! Ports of one switch that have the same address.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::PortAddress;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, SwitchPort, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "address-duplicate",
    title: "two ports of a switch have the same address",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "one IP or MAC address in addresses of two ports of a Logical_Switch",
    known_from: &["#2928", "#5411", "#1737", "#3482", "#575"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut by_ip: BTreeMap<(String, String), Vec<&SwitchPort>> = BTreeMap::new();
    let mut by_mac: BTreeMap<(String, String), Vec<&SwitchPort>> = BTreeMap::new();
    for one in zone
        .switch_ports()
        .iter()
        .filter(|one| is_station(&one.port))
    {
        let switch = one.switch.uuid().to_string();
        let addresses = one.port.addresses();
        for address in addresses
            .iter()
            .chain(one.port.dynamic_addresses())
            .map(PortAddress::parse)
        {
            for ip in address.ips() {
                by_ip
                    .entry((switch.clone(), ip.to_string()))
                    .or_default()
                    .push(one);
            }
            if let Some(mac) = address.mac() {
                by_mac
                    .entry((switch.clone(), mac.to_string()))
                    .or_default()
                    .push(one);
            }
        }
    }
    for holders in by_ip.values_mut().chain(by_mac.values_mut()) {
        holders.sort_by_key(|one| one.port.name().to_owned());
        holders.dedup_by_key(|one| one.port.uuid());
    }
    let mut findings = Vec::new();
    for ((switch, ip), holders) in &by_ip {
        if holders.len() > 1 {
            findings.push(duplicate(
                zone,
                holders,
                &format!("address {ip}"),
                "packets to it reach one of them, whichever answered ARP last",
            ));
        }
        // Told once.
        if holders.len() > 1 {
            by_mac.retain(|(own, _), others| own != switch || !same(others, holders));
        }
    }
    for ((_, mac), holders) in &by_mac {
        if holders.len() > 1 {
            findings.push(duplicate(
                zone,
                holders,
                &format!("address {mac}"),
                "frames to it reach one of them only",
            ));
        }
    }
    findings
}

/// Whether the port stands for one that sends and receives, and shares its address with none.
fn is_station(port: &nb::LogicalSwitchPort) -> bool {
    matches!(port.type_(), "" | "remote" | "external") && port.enabled() != Some(false)
}

fn same(a: &[&SwitchPort], b: &[&SwitchPort]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.port.uuid() == b.port.uuid())
}

fn duplicate(zone: &Zone<'_>, holders: &[&SwitchPort], object: &str, so: &str) -> Finding {
    let rows = holders.iter().filter_map(|one| {
        let addresses = one.port.addresses();
        let addresses: Vec<&str> = addresses.iter().collect();
        zone.nb_row(&one.port, |row| {
            row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                .with(nb::logical_switch_port::ADDRESSES.name(), addresses)
                .with("switch", one.switch.name())
        })
    });
    Finding::new(
        object,
        format!("several ports of one switch have it, so {so}"),
    )
    .rows(rows)
    .next(
        "object_locate",
        [("object", json!(object.split(' ').next_back()))],
        "everything that has the address",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn apart() -> Fixture {
        Fixture::on("a")
            .nb(
                "Logical_Switch",
                "sw",
                json!({"name": "a", "ports": ["web", "db"]}),
            )
            .nb(
                "Logical_Switch_Port",
                "web",
                json!({"name": "web", "addresses": ["0a:58:0a:f4:00:05 10.244.0.5"]}),
            )
            .nb(
                "Logical_Switch_Port",
                "db",
                json!({"name": "db", "addresses": ["0a:58:0a:f4:00:06 10.244.0.6", "unknown"]}),
            )
    }

    #[test]
    fn an_address_of_two_ports_is_found() {
        let db = |addresses: &str| {
            apart().nb(
                "Logical_Switch_Port",
                "db",
                json!({"addresses": [addresses]}),
            )
        };
        db("0a:58:0a:f4:00:06 10.244.0.5").check(&CHECK, &["a: address 10.244.0.5"]);
        db("0a:58:0a:f4:00:05 10.244.0.6").check(&CHECK, &["a: address 0a:58:0a:f4:00:05"]);
        db("0a:58:0a:f4:00:05 10.244.0.5").check(&CHECK, &["a: address 10.244.0.5"]);
    }

    #[test]
    fn an_address_for_each_port_is_fine() {
        apart().check(&CHECK, &[]);
        let router = json!({"type": "router", "addresses": ["0a:58:0a:f4:00:05 10.244.0.5"]});
        apart()
            .nb("Logical_Switch_Port", "db", router)
            .check(&CHECK, &[]);
    }
}
