//! Switches and routers of user-defined networks that are gone.

use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::all;
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Evidence, Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::objects::{NetworkAttachment, ObjectKind};
use crate::owner::network_of;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "network-leaked",
    title: "switches or routers are left of a network that is gone",
    layer: Layer::Network,
    severity: Severity::Warning,
    looks_for: "a Logical_Switch or Logical_Router of a user-defined network (k8s.ovn.org/network) that no network-attachment definition of the cluster is for",
    known_from: &[
        "#5944",
        "ovn-kubernetes 33c4f4bac",
        "ovn-kubernetes aae7bdaac",
    ],
    explains: &["tunnel-key-duplicate"],
    needs: &[
        objects(ObjectKind::NetworkAttachment),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    // User-defined networks are attached by definitions that are made for them under their names.
    let known: BTreeSet<&str> = all::<NetworkAttachment>(zone)
        .filter_map(|one| one.network.as_deref())
        .collect();
    let mut leaked: BTreeMap<String, Vec<Evidence>> = BTreeMap::new();
    let mut add = |network: Option<&str>, row: Option<Evidence>| {
        if let Some(network) = network.filter(|network| !known.contains(network)) {
            leaked.entry(network.to_owned()).or_default().extend(row);
        }
    };
    for row in zone.nb_rows::<nb::LogicalSwitch>() {
        let evidence = zone.nb_row(&row, |evidence| {
            evidence
                .with(nb::logical_switch::NAME.name(), row.name())
                .with(nb::logical_switch::PORTS.name(), row.ports().len())
        });
        add(network_of(row.external_ids()), evidence);
    }
    for row in zone.nb_rows::<nb::LogicalRouter>() {
        let evidence = zone.nb_row(&row, |evidence| {
            evidence
                .with(nb::logical_router::NAME.name(), row.name())
                .with(nb::logical_router::PORTS.name(), row.ports().len())
        });
        add(network_of(row.external_ids()), evidence);
    }
    let findings = leaked.into_iter().map(|(network, rows)| {
        Finding::new(
            format!("network {network}"),
            "the cluster has no such network any more: its switches and routers were not deleted, and keep its number and tunnel keys",
        )
        .object(ObjectEvidence::absent(
            ObjectKind::NetworkAttachment,
            format!("of network {network}"),
        ))
        .rows(rows)
        .next(
            "rows_find",
            [
                ("db", json!("nb")),
                ("table", json!(nb::LogicalSwitch::DEFINITION.name)),
                ("node", json!(zone.node)),
            ],
            "the switches of the node",
        )
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn a_network_without_an_attachment_is_found() {
        cluster()
            .without_object(ObjectKind::NetworkAttachment, "shop/blue")
            .check(&CHECK, &["a: network shop_blue"]);
    }

    #[test]
    fn a_network_with_an_attachment_is_fine() {
        cluster().check(&CHECK, &[]);
    }
}
