//! Rows of nodes that are gone.

use std::collections::BTreeMap;

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::all;
use crate::check::definition::{Check, Layer, Run, nb_table, objects, sb_table};
use crate::check::finding::{Evidence, Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::deployment::is_remote;
use crate::objects::{Node, ObjectKind};
use crate::owner::InterconnectNode;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "node-gone",
    title: "rows are left of a node that is gone",
    layer: Layer::Node,
    severity: Severity::Warning,
    looks_for: "a remote Chassis, a port of the transit switch or a route (ic-node) of a node that the cluster does not have",
    known_from: &["#2099", "#3597", "#6510"],
    explains: &["route-unreachable", "remote-port-unbound", "tunnel-missing"],
    needs: &[
        objects(ObjectKind::Node),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterStaticRoute::DEFINITION),
        sb_table(sb::Chassis::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let nodes: Vec<&str> = all::<Node>(zone).map(|node| &*node.metadata.name).collect();
    // A cluster without nodes is none, or nobody may see them.
    let mut objects = zone.objects.iter();
    let are_all = objects.any(|objects| objects.lacks(ObjectKind::Node).is_none());
    if nodes.is_empty() && are_all {
        return Vec::new();
    }
    let mut gone: BTreeMap<String, Vec<Evidence>> = BTreeMap::new();
    let mut add = |name: &str, row: Option<Evidence>| {
        if !nodes.contains(&name) {
            gone.entry(name.to_owned()).or_default().extend(row);
        }
    };
    for row in zone.sb_rows::<sb::Chassis>().filter(is_remote) {
        let evidence = zone.sb_row(&row, |evidence| {
            evidence
                .with(sb::chassis::NAME.name(), row.name())
                .with(sb::chassis::HOSTNAME.name(), row.hostname())
        });
        add(row.hostname(), evidence);
    }
    for one in zone.switch_ports() {
        if let Some(node) = InterconnectNode::of_port(one.port.external_ids()) {
            let evidence = zone.nb_row(&one.port, |evidence| {
                evidence.with(nb::logical_switch_port::NAME.name(), one.port.name())
            });
            add(&node.0, evidence);
        }
    }
    for (_, row) in zone.routes() {
        if let Some(node) = InterconnectNode::of_route(row.external_ids()) {
            let evidence = zone.nb_row(&row, |evidence| {
                evidence
                    .with(
                        nb::logical_router_static_route::IP_PREFIX.name(),
                        row.ip_prefix(),
                    )
                    .with(
                        nb::logical_router_static_route::NEXTHOP.name(),
                        row.nexthop(),
                    )
            });
            add(&node.0, evidence);
        }
    }
    let findings = gone.into_iter().map(|(name, rows)| {
        Finding::new(
            format!("node {name}"),
            "the cluster has no such node any more: its rows were not deleted, so packets may still be sent to it",
        )
        .object(ObjectEvidence::absent(ObjectKind::Node, name.as_str()))
        .rows(rows)
        .next(
            "object_locate",
            [("object", json!(name))],
            "what else is left of it",
        )
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn what_is_left_of_a_node_is_found_once() {
        let found = cluster()
            .without_object(ObjectKind::Node, "b")
            .found(&CHECK);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].object, "node b");
        assert_eq!(found[0].evidence.len(), 3);
    }

    #[test]
    fn nodes_that_are_there_are_fine() {
        cluster().check(&CHECK, &[]);
    }
}
