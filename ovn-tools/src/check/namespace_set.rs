//! Sets of namespaces that hold wrong addresses.

use core::net::IpAddr;
use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::egress_ip::{holds_family, ips, namespace_sets};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::local_subnet::LocalSubnets;
use crate::check::scene::{Scene, Zone};
use crate::owner::{Mark, Pod, network_of};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "namespace-set-wrong",
    title: "the address set of a namespace does not hold the addresses of its pods",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "an Address_Set of type Namespace that lacks the address of a pod of the zone, or holds one of its subnet that no port has",
    known_from: &["#3333", "#1737", "#3482", "#6806"],
    explains: &[],
    needs: &[
        nb_table(nb::AddressSet::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let local = LocalSubnets::of(zone);
    let mut pods: BTreeMap<String, Vec<IpAddr>> = BTreeMap::new();
    for one in zone.switch_ports() {
        // The sets of user-defined networks are their own.
        if network_of(one.port.external_ids()).is_some() || one.port.type_() == "remote" {
            continue;
        }
        if let Some(pod) = Pod::of_port(one.port.name(), one.port.external_ids()) {
            pods.entry(pod.namespace.into())
                .or_default()
                .extend(ips(&one.port));
        }
    }
    let mut namespaces: Vec<String> = zone
        .nb_rows::<nb::AddressSet>()
        .filter_map(|row| {
            let mark = Mark::of(row.external_ids())?;
            (mark.owner_type == "Namespace").then(|| mark.name.map(str::to_owned))?
        })
        .collect();
    namespaces.sort_unstable();
    namespaces.dedup();
    let mut findings = Vec::new();
    for namespace in namespaces {
        for set in namespace_sets(zone, &namespace) {
            let held: Vec<IpAddr> = set
                .addresses()
                .iter()
                .filter_map(|text| text.parse().ok())
                .collect();
            let own = pods.get(&namespace).map_or(&[][..], Vec::as_slice);
            let lacking = own
                .iter()
                .filter(|ip| holds_family(&set, **ip) && !held.contains(ip));
            let lacking: Vec<String> = lacking.map(ToString::to_string).collect();
            let gone: Vec<String> = held
                .iter()
                .filter(|ip| local.is_gone(**ip))
                .map(ToString::to_string)
                .collect();
            let row = |evidence: Evidence| {
                evidence
                    .with(nb::address_set::NAME.name(), set.name())
                    .with("missing", lacking.clone())
                    .with("gone", gone.clone())
            };
            let cause = if !lacking.is_empty() {
                "its set lacks the address of a pod, so policies that allow the namespace do not allow that pod"
            } else if !gone.is_empty() {
                "its set holds an address that no pod has any more, so whoever gets it next is taken for one of the namespace"
            } else {
                continue;
            };
            let finding = Finding::new(format!("namespace {namespace}"), cause)
                .rows(zone.nb_row(&set, row))
                .next(
                    "object_locate",
                    [("object", json!(set.name()))],
                    "where the set is used",
                );
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::policy;

    #[test]
    fn an_address_that_is_missing_or_gone_is_found() {
        let object = "a: namespace shop";
        policy()
            .nb("Address_Set", "ns", json!({"addresses": ["10.244.7.5"]}))
            .check(&CHECK, &[object]);
        let gone = json!({"addresses": ["10.244.0.5", "10.244.0.99"]});
        policy()
            .nb("Address_Set", "ns", gone)
            .check(&CHECK, &[object]);
    }

    #[test]
    fn the_addresses_of_the_pods_are_fine() {
        policy().check(&CHECK, &[]);
    }
}
