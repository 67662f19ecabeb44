//! Ports whose addresses are not those that their pods were given.

use core::net::IpAddr;
use std::collections::BTreeSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::{Mac, PortAddress};
use crate::check::cluster::{is_settled_pod, pod_evidence, pods, texts};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::egress_ip::ips;
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::objects::{ObjectKind, PodNetworks};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "pod-annotation",
    title: "a port has other addresses than its pod",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "a Logical_Switch_Port whose addresses differ from the annotation k8s.ovn.org/pod-networks of its pod",
    known_from: &[
        "openshift/ovn-kubernetes#735",
        "openshift/ovn-kubernetes#753",
        "BZ 2002372",
        "BZ 2005357",
    ],
    explains: &[],
    needs: &[
        objects(ObjectKind::Pod),
        objects(ObjectKind::Node),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pod in pods(zone, scene) {
        let PodNetworks::Noted(networks) = &pod.networks else {
            continue;
        };
        if !is_settled_pod(pod, scene) {
            continue;
        }
        for (name, place) in networks {
            let Some(one) = zone.switch_port(&pod.port_name(name)) else {
                continue;
            };
            let has: BTreeSet<IpAddr> = ips(&one.port).into_iter().collect();
            let noted: BTreeSet<IpAddr> = place.ips.iter().copied().collect();
            let mac = mac(&one.port);
            let is_other_mac = mac.is_some() && place.mac.is_some() && mac != place.mac;
            if (has.is_empty() || noted.is_empty() || has == noted) && !is_other_mac {
                continue;
            }
            let addresses = one.port.addresses();
            let addresses: Vec<&str> = addresses.iter().collect();
            let finding = Finding::new(
                format!("pod {}", pod.metadata.full_name()),
                "its interface has the addresses of its annotation and its port has others, so port \
                 security drops what it sends and nothing reaches it",
            )
            .object(
                pod_evidence(pod)
                    .with("network", &**name)
                    .with("ips", texts(&place.ips))
                    .with("mac", place.mac.map(|mac| mac.to_string())),
            )
            .rows(zone.nb_row(&one.port, |row| {
                row.with(nb::logical_switch_port::NAME.name(), one.port.name())
                    .with(nb::logical_switch_port::ADDRESSES.name(), addresses.clone())
            }))
            .next(
                "object_locate",
                [("object", json!(pod.metadata.full_name()))],
                "all rows of the pod",
            );
            findings.push(finding);
        }
    }
    findings
}

fn mac(port: &nb::LogicalSwitchPort) -> Option<Mac> {
    let addresses = port.addresses();
    addresses
        .iter()
        .find_map(|text| PortAddress::parse(text).mac())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn another_address_and_another_mac_are_found() {
        let ip = json!({"addresses": ["0a:58:0a:f4:00:05 10.244.0.50"]});
        cluster()
            .nb("Logical_Switch_Port", "web-1", ip)
            .check(&CHECK, &["a: pod shop/web-1"]);
        let mac = json!({"addresses": ["0a:58:0a:f4:00:06 10.244.0.5"]});
        cluster()
            .nb("Logical_Switch_Port", "web-1", mac)
            .check(&CHECK, &["a: pod shop/web-1"]);
    }

    #[test]
    fn the_same_addresses_are_fine() {
        cluster().check(&CHECK, &[]);
        // What has just come, or is going, is not judged.
        let ip = json!({"addresses": ["0a:58:0a:f4:00:05 10.244.0.50"]});
        let fault = cluster().nb("Logical_Switch_Port", "web-1", ip);
        for metadata in [
            json!({"deletionTimestamp": "2026-11-21T08:00:00Z"}),
            json!({"creationTimestamp": "1969-12-31T23:59:30Z"}),
        ] {
            let parts = json!({"metadata": metadata});
            fault
                .clone()
                .object(ObjectKind::Pod, "shop/web-1", parts)
                .check(&CHECK, &[]);
        }
        let older = json!({"metadata": {"creationTimestamp": "1969-12-31T23:58:00Z"}});
        fault
            .object(ObjectKind::Pod, "shop/web-1", older)
            .check(&CHECK, &["a: pod shop/web-1"]);
    }
}
