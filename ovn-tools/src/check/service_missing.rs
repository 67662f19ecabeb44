//! Services that some nodes do not have.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::Scene;
use crate::check::scene::Zone;
use crate::owner::Service;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "service-missing",
    title: "a node lacks the load balancer of a service that others have",
    layer: Layer::Service,
    severity: Severity::Error,
    looks_for: "a Service load balancer of scope cluster that is on some nodes and not on others",
    known_from: &[
        "#5828",
        "ovnkube-controller of a node that is stuck or behind",
    ],
    explains: &[],
    needs: &[nb_table(nb::LoadBalancer::DEFINITION)],
    run: Run::All(find),
};

fn find(scene: &Scene<'_>) -> Vec<Finding> {
    let zones: Vec<&Zone<'_>> = scene
        .zones
        .iter()
        .filter(|zone| has_services(zone))
        .collect();
    let mut holders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, zone) in zones.iter().enumerate() {
        for name in names(zone) {
            holders.entry(name).or_default().push(place);
        }
    }
    let mut findings = Vec::new();
    for (name, places) in holders
        .iter()
        .filter(|(_, places)| places.len() < zones.len())
    {
        let held = || places.iter().filter_map(|place| zones.get(*place));
        let row = held().find_map(|zone| {
            let row = zone
                .nb_rows::<nb::LoadBalancer>()
                .find(|row| row.name() == name)?;
            let evidence = zone.nb_row(&row, |evidence| {
                evidence.with(nb::load_balancer::NAME.name(), name.as_str())
            })?;
            Some((Service::of(row.external_ids())?, evidence))
        });
        let Some((service, row)) = row else { continue };
        for (_, zone) in zones
            .iter()
            .enumerate()
            .filter(|(place, _)| !places.contains(place))
        {
            let mut finding = Finding::new(
                format!("service {service}"),
                format!("{} of {} nodes have its load balancer and this one has not: its ovnkube-controller is behind, or the others hold a service that was deleted", places.len(), zones.len()),
            )
            .row(row.clone())
            .next("load_balancer_list", [("of", json!(service.to_string()))], "the load balancers of the service on every node");
            finding.node = zone.node.map(str::to_owned);
            findings.push(finding);
        }
    }
    findings
}

fn has_services(zone: &Zone<'_>) -> bool {
    !names(zone).is_empty()
}

/// The load balancers that every node should have alike.
fn names(zone: &Zone<'_>) -> Vec<String> {
    let rows = zone.nb_rows::<nb::LoadBalancer>();
    let names = rows.filter(|row| {
        // Those of user-defined networks, whose names begin otherwise, need not be on every node.
        row.name().starts_with("Service_") && Service::is_cluster_wide(row.name())
    });
    names.map(|row| row.name().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::service;
    use crate::database::Database;

    fn two() -> Fixture {
        let row = |name: &str| json!({"name": format!("Service_shop/{name}_TCP_cluster"), "external_ids": {"k8s.ovn.org/kind": "Service", "k8s.ovn.org/owner": format!("shop/{name}")}});
        service()
            .nb("Load_Balancer", "db", row("db"))
            .node("b")
            .nb("NB_Global", "gb", json!({"name": "b"}))
            .nb("Load_Balancer", "lb", row("web"))
            .nb("Load_Balancer", "db", row("db"))
    }

    #[test]
    fn a_service_that_a_node_lacks_is_found() {
        two()
            .without(Database::Nb, "Load_Balancer", "db")
            .check(&CHECK, &["b: service shop/db"]);
    }

    #[test]
    fn services_that_all_nodes_have_are_fine() {
        two().check(&CHECK, &[]);
        // A node without any is not one of OVN-Kubernetes.
        service()
            .node("c")
            .nb("NB_Global", "gc", json!({"name": "c"}))
            .check(&CHECK, &[]);
    }
}
