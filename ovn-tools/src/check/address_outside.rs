//! Ports with addresses outside the subnet of their switch.

use core::net::IpAddr;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::egress_ip::ips;
use crate::check::finding::{Finding, Severity};
use crate::check::local_subnet::{SUBNET, subnets};
use crate::check::scene::{Scene, Zone};
use crate::owner::Pod;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "address-outside-subnet",
    title: "a port has an address outside the subnet of its switch",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "an IP address of a workload that is not in other_config:subnet of its Logical_Switch, or of IPv6 not behind its ipv6_prefix",
    known_from: &[
        "#2119",
        "nodes that were removed and added again with another subnet",
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
        let subnets = subnets(&one.switch);
        let is_outside = |ip: &IpAddr| {
            let own = subnets.iter().filter(|one| one.is_ipv4() == ip.is_ipv4());
            let mut own = own.peekable();
            own.peek().is_some() && !own.any(|subnet| subnet.contains(*ip))
        };
        if !ips(&one.port).iter().any(is_outside) {
            continue;
        }
        let addresses = one.port.addresses();
        let addresses: Vec<&str> = addresses.iter().collect();
        let mut finding = Finding::new(
            one.object(),
            "its address is outside the subnet of its switch, so nothing is routed to it: it was made \
             for an earlier subnet of the node",
        )
        .rows(zone.nb_row(&one.port, |row| {
            row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                .with(nb::logical_switch_port::ADDRESSES.name(), addresses)
        }))
        .rows(zone.nb_row(&one.switch, |row| {
            row.with(nb::logical_switch::NAME.name(), one.switch.name())
                .key(&one.switch, nb::logical_switch::OTHER_CONFIG, SUBNET)
        }))
        .next("topology_show", [("of", json!(one.port.name()))], "the port, its switch and what is linked to it");
        // Elsewhere a subnet only says which addresses are given out.
        if Pod::of_port(one.port.name(), one.port.external_ids()).is_none() {
            finding.severity = Severity::Notice;
        }
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn inside() -> Fixture {
        let ids = json!({"namespace": "shop", "pod": "true"});
        Fixture::on("a")
            .nb("Logical_Switch", "sw", json!({"name": "a", "ports": ["web"], "other_config": {"subnet": "10.244.0.0/24"}}))
            .nb("Logical_Switch_Port", "web", json!({"name": "shop_web", "external_ids": ids, "addresses": ["0a:58:0a:f4:00:05 10.244.0.5 fd00::5"]}))
    }

    #[test]
    fn an_address_outside_is_found() {
        let fault = inside().nb(
            "Logical_Switch_Port",
            "web",
            json!({"addresses": ["0a:58:0a:f4:00:05 10.244.1.5"]}),
        );
        fault.check(&CHECK, &["a: pod shop/web"]);
        assert_eq!(fault.found(&CHECK)[0].severity, Severity::Error);
    }

    #[test]
    fn an_ipv6_address_outside_is_found() {
        let dual = |prefix: &str| {
            let config = json!({"subnet": "10.244.0.0/24", "ipv6_prefix": prefix});
            inside().nb("Logical_Switch", "sw", json!({"other_config": config}))
        };
        dual("fd00:0:0:9::").check(&CHECK, &["a: pod shop/web"]);
        dual("fd00::").check(&CHECK, &[]);
        // How long that of a user-defined network is stands nowhere.
        let ids = json!({"k8s.ovn.org/network": "shop_blue"});
        let other = dual("fd00:0:0:9::").nb("Logical_Switch", "sw", json!({"external_ids": ids}));
        other.check(&CHECK, &[]);
    }

    #[test]
    fn an_address_of_the_subnet_is_fine() {
        inside().check(&CHECK, &[]);
    }
}
