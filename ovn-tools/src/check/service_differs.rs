//! Services that nodes see differently.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Backends;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::scene::Scene;
use crate::owner::Service;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "service-differs",
    title: "nodes see different backends of a service",
    layer: Layer::Service,
    severity: Severity::Warning,
    looks_for: "Service load balancers of scope cluster and one name whose vips differ between nodes",
    known_from: &[
        "#2045",
        "ovnkube-controller of a node that is stuck or behind",
    ],
    explains: &[],
    needs: &[nb_table(nb::LoadBalancer::DEFINITION)],
    run: Run::All(find),
};

fn find(scene: &Scene<'_>) -> Vec<Finding> {
    type Seen = BTreeMap<String, Vec<String>>;
    type View<'a> = (Seen, Option<&'a str>, Option<Evidence>, Option<Service>);
    let mut views: BTreeMap<String, Vec<View<'_>>> = BTreeMap::new();
    for zone in &scene.zones {
        for row in zone.nb_rows::<nb::LoadBalancer>() {
            if !row.name().starts_with("Service_") || !Service::is_cluster_wide(row.name()) {
                continue;
            }
            let vips = row.vips();
            let seen: Seen = vips
                .iter()
                .map(|(vip, backends)| (vip.to_owned(), sorted(backends)))
                .collect();
            let shown: serde_json::Map<String, serde_json::Value> = vips
                .iter()
                .map(|(vip, backends)| (vip.to_owned(), json!(backends)))
                .collect();
            let evidence = zone.nb_row(&row, |evidence| {
                evidence
                    .with(nb::load_balancer::NAME.name(), row.name())
                    .with(nb::load_balancer::VIPS.name(), shown)
            });
            let service = Service::of(row.external_ids());
            views
                .entry(row.name().to_owned())
                .or_default()
                .push((seen, zone.node, evidence, service));
        }
    }
    let mut findings = Vec::new();
    for (name, views) in views {
        let mut counts: BTreeMap<&Seen, usize> = BTreeMap::new();
        for (seen, ..) in &views {
            *counts.entry(seen).or_default() += 1;
        }
        if counts.len() < 2 {
            continue;
        }
        let most = counts
            .iter()
            .max_by_key(|(_, count)| **count)
            .map(|(seen, _)| (*seen).clone());
        let usual = views.iter().find(|(seen, ..)| Some(seen) == most.as_ref());
        for (_, node, row, service) in views
            .iter()
            .filter(|(seen, ..)| Some(seen) != most.as_ref())
        {
            let object = match service {
                Some(service) => format!("service {service}"),
                None => format!("load balancer {name}"),
            };
            let mut finding = Finding::new(
                object,
                "this node has other backends for it than most: its ovnkube-controller is behind, or \
                 the others are",
            )
            .rows(row.clone())
            .rows(usual.and_then(|(_, _, row, _)| row.clone()));
            finding.node = node.map(str::to_owned);
            findings.push(finding);
        }
    }
    findings
}

fn sorted(backends: &str) -> Vec<String> {
    let mut backends: Vec<String> = Backends::parse(backends)
        .endpoints
        .iter()
        .map(ToString::to_string)
        .collect();
    backends.sort_unstable();
    backends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::service;

    fn two(backends: &str) -> Fixture {
        let row = json!({"name": "Service_shop/web_TCP_cluster", "external_ids": {"k8s.ovn.org/kind": "Service", "k8s.ovn.org/owner": "shop/web"}, "vips": {"10.96.0.5:80": backends}});
        let third = json!({"vips": {"10.96.0.5:80": "10.244.0.5:8080,10.244.1.5:8080"}});
        service()
            .nb("Load_Balancer", "lb", third)
            .node("b")
            .nb("NB_Global", "gb", json!({"name": "b"}))
            .nb("Load_Balancer", "lb", row)
    }

    #[test]
    fn other_backends_are_found() {
        let found = two("10.244.0.5:8080").found(&CHECK);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(
            (found[0].object.as_str(), found[0].evidence.len()),
            ("service shop/web", 2)
        );
    }

    #[test]
    fn the_same_backends_in_another_order_are_fine() {
        two("10.244.1.5:8080,10.244.0.5:8080").check(&CHECK, &[]);
    }
}
