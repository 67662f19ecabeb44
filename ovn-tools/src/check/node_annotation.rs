//! Rows that differ from what is noted on the nodes.

use core::net::IpAddr;

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::{Network, PortAddress};
use crate::check::cluster::{all, is_standing, serves, texts};
use crate::check::definition::{Check, Layer, Run, nb_table, objects, sb_table};
use crate::check::finding::{Evidence, Finding, ObjectEvidence, Severity};
use crate::check::local_subnet::{SUBNET, ipv6_prefix, subnets};
use crate::check::scene::{Scene, Zone};
use crate::deployment::is_remote;
use crate::objects::{Node, ObjectKind};
use crate::owner::InterconnectNode;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "node-annotation",
    title: "rows of a node are not as its annotations say",
    layer: Layer::Node,
    severity: Severity::Error,
    looks_for: "a node whose annotations (node-chassis-id, node-subnets, node-gateway-router-lrp-ifaddrs, node-transit-switch-port-ifaddr) are missing or differ from its Chassis, Logical_Switch and Logical_Router_Ports, or from what other zones know of it",
    known_from: &["#2099", "#2119", "#3098", "#6662", "#1010"],
    explains: &["chassis-unregistered", "address-outside-subnet"],
    needs: &[
        objects(ObjectKind::Node),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for node in all::<Node>(zone) {
        if !node.is_annotated || !is_standing(&node.metadata, scene) {
            continue;
        }
        match serves(zone, scene, &node.metadata.name) {
            true => own(zone, node, &mut findings),
            false => remote(zone, node, &mut findings),
        }
    }
    findings
}

/// What a node's own zone has of it.
fn own(zone: &Zone<'_>, node: &Node, findings: &mut Vec<Finding>) {
    let name = &*node.metadata.name;
    let mut chassis = zone.own_chassis().filter(|row| {
        // In a zone of several nodes the host tells.
        zone.node == Some(name) || row.hostname() == name
    });
    match (&node.chassis, chassis.next()) {
        (None, row) => findings.push(
            finding(
                node,
                "it has no chassis noted: ovnkube-node has not finished on it, so no other node makes a tunnel to it",
            )
            .object(evidence(node).with("node-chassis-id", json!(null)))
            .rows(row.and_then(|row| chassis_row(zone, &row))),
        ),
        (Some(noted), Some(row)) if *row.name() != **noted && !chassis.any(|row| *row.name() == **noted) => {
            findings.push(
                finding(
                    node,
                    "its chassis is another than the one noted: its system-id was changed, so other nodes send to a chassis that nobody is",
                )
                .object(evidence(node).with("node-chassis-id", &**noted))
                .rows(chassis_row(zone, &row)),
            );
        }
        _ => {}
    }
    let switch = zone
        .nb_rows::<nb::LogicalSwitch>()
        .find(|row| row.name() == name);
    if let Some(row) = switch {
        let own: Vec<Network> = subnets(&row).iter().map(Network::canonical).collect();
        let noted: Vec<Network> = node.subnets.iter().map(Network::canonical).collect();
        // Of a switch that has none nothing tells that the node has its pods there.
        let is_lacking = |one: &&Network| {
            let mut same = own.iter().filter(|other| other.is_ipv4() == one.is_ipv4());
            !own.is_empty() && same.next().is_none()
        };
        let cause = if noted.is_empty() || !own.iter().all(|one| noted.contains(one)) {
            Some(
                "its switch has another subnet than the one noted, so its pods get addresses that other nodes do not route to it",
            )
        } else if noted.iter().any(|one| is_lacking(&one)) {
            Some(
                "its switch lacks the subnet of one family that is noted, so its pods get no such address",
            )
        } else {
            None
        };
        if let Some(cause) = cause {
            findings.push(
                finding(node, cause)
                    .object(evidence(node).with("node-subnets", texts(&node.subnets)))
                    .rows(zone.nb_row(&row, |evidence| {
                        evidence
                            .with(nb::logical_switch::NAME.name(), name)
                            .key(&row, nb::logical_switch::OTHER_CONFIG, SUBNET)
                            .key(&row, nb::logical_switch::OTHER_CONFIG, ipv6_prefix())
                    })),
            );
        }
    }
    for (port, noted, annotation, what) in [
        (
            format!("rtoj-GR_{name}"),
            &node.join,
            "node-gateway-router-lrp-ifaddrs",
            "its gateway router has another address on the join switch than the one noted, so replies do not find it",
        ),
        (
            format!("rtots-{name}"),
            &node.transit,
            "node-transit-switch-port-ifaddr",
            "its router has another address on the transit switch than the one noted, which other nodes route to",
        ),
    ] {
        let row = zone
            .router_ports()
            .into_iter()
            .find(|(_, row)| row.name() == port);
        let Some((_, row)) = row else { continue };
        let networks = row.networks();
        let has: Vec<Network> = networks.iter().filter_map(Network::parse).collect();
        let is_noted = |own: &Network| noted.iter().any(|one| one.address == own.address);
        if noted.is_empty() || has.iter().filter(|one| !is_link_local(one)).all(is_noted) {
            continue;
        }
        findings.push(
            finding(node, what)
                .object(evidence(node).with(annotation, texts(noted)))
                .rows(zone.nb_row(&row, |evidence| {
                    evidence
                        .with(nb::logical_router_port::NAME.name(), row.name())
                        .with(nb::logical_router_port::NETWORKS.name(), texts(&has))
                })),
        );
    }
}

/// What another zone has of a node.
fn remote(zone: &Zone<'_>, node: &Node, findings: &mut Vec<Finding>) {
    let name = &*node.metadata.name;
    let chassis: Vec<sb::Chassis> = zone
        .sb_rows::<sb::Chassis>()
        .filter(|row| is_remote(row) && row.hostname() == name)
        .collect();
    if let (Some(noted), Some(row)) = (&node.chassis, chassis.first())
        && !chassis.iter().any(|row| *row.name() == **noted)
    {
        findings.push(
            finding(
                node,
                "another node knows it by a chassis that it no longer is, so tunnels to it are not the right ones",
            )
            .object(evidence(node).with("node-chassis-id", &**noted))
            .rows(chassis_row(zone, row)),
        );
    }
    let port = zone.switch_ports().iter().find(|one| {
        let of = InterconnectNode::of_port(one.port.external_ids());
        of.is_some_and(|of| *of.0 == *name) && one.port.name() == format!("tstor-{name}")
    });
    if let Some(one) = port
        && !node.transit.is_empty()
    {
        let addresses = one.port.addresses();
        let has: Vec<IpAddr> = addresses
            .iter()
            .flat_map(|text| PortAddress::parse(text).ips().collect::<Vec<_>>())
            .collect();
        let is_noted = |ip: &IpAddr| node.transit.iter().any(|noted| noted.address == *ip);
        if !has.is_empty() && !has.iter().all(is_noted) {
            findings.push(
                finding(
                    node,
                    "another node knows it by a transit address that it no longer has, so packets to its pods go nowhere",
                )
                .object(
                    evidence(node).with("node-transit-switch-port-ifaddr", texts(&node.transit)),
                )
                .rows(zone.nb_row(&one.port, |evidence| {
                    evidence
                        .with(nb::logical_switch_port::NAME.name(), one.port.name())
                        .with(nb::logical_switch_port::ADDRESSES.name(), texts(&has))
                })),
            );
        }
    }
}

fn is_link_local(network: &Network) -> bool {
    match network.address {
        IpAddr::V6(ip) => ip.is_unicast_link_local(),
        IpAddr::V4(_) => false,
    }
}

fn finding(node: &Node, cause: &str) -> Finding {
    let name = &*node.metadata.name;
    Finding::new(format!("node {name}"), cause).next(
        "resource_get",
        [("kind", json!("node")), ("name", json!(name))],
        "all that is noted on the node",
    )
}

fn evidence(node: &Node) -> ObjectEvidence {
    ObjectEvidence::of(ObjectKind::Node, node)
}

fn chassis_row(zone: &Zone<'_>, row: &sb::Chassis) -> Option<Evidence> {
    zone.sb_row(row, |evidence| {
        evidence
            .with(sb::chassis::NAME.name(), row.name())
            .with(sb::chassis::HOSTNAME.name(), row.hostname())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn each_difference_is_found() {
        let noted = |name: &str, value: serde_json::Value| {
            let name = format!("k8s.ovn.org/{name}");
            let parts = json!({"metadata": {"annotations": {name: value}}});
            cluster().object(ObjectKind::Node, "a", parts)
        };
        noted("node-chassis-id", json!(null)).check(&CHECK, &["a: node a"]);
        // The zone itself, and the other one that holds the old chassis.
        noted("node-chassis-id", json!("id-new")).check(&CHECK, &["a: node a", "b: node a"]);
        noted("node-subnets", json!(null)).check(&CHECK, &["a: node a"]);
        noted("node-subnets", json!(r#"{"default":["10.244.9.0/24"]}"#))
            .check(&CHECK, &["a: node a"]);
        let join = r#"{"default":{"ipv4":"100.64.0.9/16"}}"#;
        noted("node-gateway-router-lrp-ifaddrs", json!(join)).check(&CHECK, &["a: node a"]);
        let transit = r#"{"ipv4":"100.88.0.9/16"}"#;
        noted("node-transit-switch-port-ifaddr", json!(transit))
            .check(&CHECK, &["a: node a", "b: node a"]);
    }

    #[test]
    fn subnets_of_both_families_are_compared() {
        let dual = |prefix: Option<&str>| {
            let noted = r#"{"default":["10.244.0.0/24","fd00:10:244:1::/64"]}"#;
            let mut config = json!({"subnet": "10.244.0.0/24"});
            if let Some(prefix) = prefix {
                config["ipv6_prefix"] = json!(prefix);
            }
            cluster()
                .nb("Logical_Switch", "sw", json!({"other_config": config}))
                .object(
                    ObjectKind::Node,
                    "a",
                    json!({"metadata": {"annotations": {"k8s.ovn.org/node-subnets": noted}}}),
                )
        };
        dual(Some("fd00:10:244:1::")).check(&CHECK, &[]);
        dual(Some("fd00:10:244:2::")).check(&CHECK, &["a: node a"]);
        dual(None).check(&CHECK, &["a: node a"]);
    }

    #[test]
    fn nodes_as_noted_and_other_networks_are_fine() {
        cluster().check(&CHECK, &[]);
        let other = json!({"metadata": {"annotations": null}});
        cluster()
            .object(ObjectKind::Node, "a", other)
            .check(&CHECK, &[]);
    }
}
