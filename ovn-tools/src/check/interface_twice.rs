//! Interfaces that claim the same logical port.

use std::collections::BTreeMap;

use ovn_schemas::vswitch;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, ovs_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::interface::IFACE_ID;
use crate::check::scene::Scene;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "interface-twice",
    title: "two interfaces claim the same port",
    layer: Layer::Pod,
    severity: Severity::Error,
    looks_for: "two Interfaces with the same iface-id, on one host or several",
    known_from: &[
        "#2163",
        "#635",
        "openshift/ovn-kubernetes#500",
        "chassis that claim a port from each other",
    ],
    explains: &["port-chassis"],
    needs: &[ovs_table(vswitch::Interface::DEFINITION)],
    run: Run::All(find),
};

fn find(scene: &Scene<'_>) -> Vec<Finding> {
    type Claim<'a> = (Option<&'a str>, Evidence, String);
    let mut claims: BTreeMap<String, Vec<Claim<'_>>> = BTreeMap::new();
    for (zone, host) in scene
        .zones
        .iter()
        .flat_map(|zone| zone.hosts.iter().map(move |host| (zone, host)))
    {
        for row in host.read.rows.rows::<vswitch::Interface>() {
            // One without a number is not there for ovn-controller.
            let Some(name) = row
                .external_ids()
                .get(IFACE_ID)
                .filter(|_| row.ofport() > Some(0))
            else {
                continue;
            };
            let object = zone
                .switch_port(name)
                .map_or_else(|| format!("port {name}"), |one| one.object());
            let evidence = Evidence::of(host.read, &row)
                .with(vswitch::interface::NAME.name(), row.name())
                .key(&row, vswitch::interface::EXTERNAL_IDS, IFACE_ID);
            let claim = (host.read.node.as_deref(), evidence, object);
            claims.entry(name.to_owned()).or_default().push(claim);
        }
    }
    claims.retain(|_, claims| claims.len() > 1);
    claims
        .into_iter()
        .map(|(name, mut claims)| {
            claims.sort_by_key(|(node, ..)| *node);
            let first = claims.first().map(|(node, _, object)| (*node, object.clone()));
            let (node, object) = first.unwrap_or_default();
            let mut finding = Finding::new(
                object,
                "several interfaces claim its port, so the port moves between them or stays with the \
                 wrong one",
            )
            .rows(claims.into_iter().map(|(_, evidence, _)| evidence))
            .next("object_locate", [("object", json!(name))], "every row of the port");
            finding.node = node.map(str::to_owned);
            finding
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn one() -> Fixture {
        Fixture::on("a")
            .ovs(
                "Interface",
                "if",
                json!({"name": "v1", "ofport": 3, "external_ids": {"iface-id": "web"}}),
            )
            .ovs(
                "Interface",
                "other",
                json!({"name": "v2", "ofport": 4, "external_ids": {"iface-id": "db"}}),
            )
    }

    #[test]
    fn two_interfaces_of_one_port_are_found_on_one_host_and_on_two() {
        let same = json!({"external_ids": {"iface-id": "web"}});
        one()
            .ovs("Interface", "other", same)
            .check(&CHECK, &["a: port web"]);
        let there = json!({"name": "v1", "ofport": 3, "external_ids": {"iface-id": "web"}});
        one()
            .node("b")
            .ovs("Interface", "far", there)
            .check(&CHECK, &["a: port web"]);
    }

    #[test]
    fn an_interface_for_each_port_is_fine() {
        one().check(&CHECK, &[]);
    }
}
