//! Ports whose port security forbids their own address.

use core::net::IpAddr;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::{Mac, Network, PortAddress};
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "port-security-mismatch",
    title: "port security forbids the own address of a port",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "an IP address in addresses of a Logical_Switch_Port that its port_security does not allow",
    known_from: &[
        "openshift/ovn-kubernetes#735",
        "openshift/ovn-kubernetes#753",
    ],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for one in zone
        .switch_ports()
        .iter()
        .filter(|one| one.port.type_().is_empty())
    {
        let allowed: Vec<PortAddress> = one
            .port
            .port_security()
            .iter()
            .map(PortAddress::parse)
            .collect();
        let is_understood = |one: &PortAddress| matches!(one, PortAddress::Fixed { .. });
        if allowed.is_empty() || !allowed.iter().all(is_understood) {
            continue;
        }
        let addresses: Vec<&str> = one
            .port
            .addresses()
            .iter()
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        let forbidden = addresses
            .iter()
            .map(|text| PortAddress::parse(text))
            .any(|address| {
                let mac = address.mac();
                mac.is_some_and(|mac| address.ips().any(|ip| !allows(&allowed, mac, ip)))
            });
        if !forbidden {
            continue;
        }
        let security: Vec<String> = one.port.port_security().iter().map(str::to_owned).collect();
        let finding = Finding::new(
            one.object(),
            "its port security does not allow its own address, so what it sends is dropped",
        )
        .rows(zone.nb_row(&one.port, |row| {
            row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                .with(nb::logical_switch_port::ADDRESSES.name(), addresses.clone())
                .with(nb::logical_switch_port::PORT_SECURITY.name(), security)
        }))
        .next(
            "object_locate",
            [("object", json!(one.port.name()))],
            "the port in every layer",
        );
        findings.push(finding);
    }
    findings
}

fn allows(allowed: &[PortAddress], mac: Mac, ip: IpAddr) -> bool {
    allowed.iter().any(|one| match one {
        PortAddress::Fixed { mac: own, networks } => {
            let holds = |network: &Network| match network.canonical() == *network {
                // Host bits make it one address of the network.
                false => network.address == ip,
                true => network.contains(ip),
            };
            *own == mac && (networks.is_empty() || networks.iter().any(holds))
        }
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn allowed() -> Fixture {
        let address = "0a:58:0a:f4:00:05 10.244.0.5";
        Fixture::on("a")
            .nb(
                "Logical_Switch",
                "sw",
                json!({"name": "a", "ports": ["web"]}),
            )
            .nb(
                "Logical_Switch_Port",
                "web",
                json!({"name": "web", "addresses": [address], "port_security": [address]}),
            )
    }

    #[test]
    fn an_own_address_that_is_forbidden_is_found() {
        for security in [
            "0a:58:0a:f4:00:05 10.244.0.6",
            "0a:58:0a:f4:00:06 10.244.0.5",
        ] {
            let row = json!({"port_security": [security]});
            allowed()
                .nb("Logical_Switch_Port", "web", row)
                .check(&CHECK, &["a: port web"]);
        }
    }

    #[test]
    fn an_own_address_that_is_allowed_is_fine() {
        for security in [
            "0a:58:0a:f4:00:05 10.244.0.5",
            "0a:58:0a:f4:00:05",
            "0a:58:0a:f4:00:05 10.244.0.0/16",
        ] {
            let row = json!({"port_security": [security]});
            allowed()
                .nb("Logical_Switch_Port", "web", row)
                .check(&CHECK, &[]);
        }
    }
}
