//! Load balancers of services that are gone.

use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::cluster::all;
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Evidence, Finding, ObjectEvidence, Severity};
use crate::check::scene::{Scene, Zone};
use crate::objects::{ObjectKind, Service};
use crate::owner;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "service-gone",
    title: "a load balancer is left of a service that is gone",
    layer: Layer::Service,
    severity: Severity::Warning,
    looks_for: "a Load_Balancer whose owner (k8s.ovn.org/owner) is no service of the cluster",
    known_from: &["#5828"],
    explains: &[
        "load-balancer-unattached",
        "service-backend-gone",
        "service-differs",
        "service-empty",
        "service-missing",
    ],
    needs: &[
        objects(ObjectKind::Service),
        nb_table(nb::LoadBalancer::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let known: BTreeSet<String> = all::<Service>(zone)
        .map(|service| service.metadata.full_name())
        .collect();
    let mut gone: BTreeMap<String, Vec<Evidence>> = BTreeMap::new();
    for row in zone.nb_rows::<nb::LoadBalancer>() {
        let Some(service) = owner::Service::of(row.external_ids()) else {
            continue;
        };
        let name = service.to_string();
        if !known.contains(&name) {
            let vips = row.vips();
            let vips: Vec<&str> = vips.iter().map(|(vip, _)| vip).collect();
            gone.entry(name)
                .or_default()
                .extend(zone.nb_row(&row, |evidence| {
                    evidence
                        .with(nb::load_balancer::NAME.name(), row.name())
                        .with(nb::load_balancer::VIPS.name(), vips.clone())
                }));
        }
    }
    let findings = gone.into_iter().map(|(name, rows)| {
        Finding::new(
            format!("service {name}"),
            "the cluster has no such service any more: its load balancers were not deleted, and take what is sent to its address, which another service may get",
        )
        .object(ObjectEvidence::absent(ObjectKind::Service, name.as_str()))
        .rows(rows)
        .next(
            "load_balancer_list",
            [("of", json!(name))],
            "what is left of it on every node",
        )
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::cluster;

    #[test]
    fn a_load_balancer_without_a_service_is_found() {
        cluster()
            .without_object(ObjectKind::Service, "shop/web")
            .check(&CHECK, &["a: service shop/web", "b: service shop/web"]);
    }

    #[test]
    fn services_that_are_there_are_fine() {
        cluster().check(&CHECK, &[]);
    }
}
