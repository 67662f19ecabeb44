//! Backends that are gone.

use std::collections::BTreeSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Backends;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::local_subnet::LocalSubnets;
use crate::check::scene::{Scene, Zone};
use crate::owner::Service;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "service-backend-gone",
    title: "a backend of a service is an address that no port has",
    layer: Layer::Service,
    severity: Severity::Error,
    looks_for: "a backend within a subnet of the zone that no Logical_Switch_Port has",
    known_from: &["#2045", "ovn-kubernetes 637933246", "#1737"],
    explains: &[],
    needs: &[
        nb_table(nb::LoadBalancer::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let local = LocalSubnets::of(zone);
    let mut findings = Vec::new();
    for row in zone.nb_rows::<nb::LoadBalancer>() {
        let Some(service) = Service::of(row.external_ids()) else {
            continue;
        };
        let mut gone: BTreeSet<String> = BTreeSet::new();
        for (_, backends) in row.vips().iter() {
            let ips = Backends::parse(backends).endpoints;
            let ips = ips.iter().filter_map(|endpoint| endpoint.ip());
            gone.extend(ips.filter(|ip| local.is_gone(*ip)).map(|ip| ip.to_string()));
        }
        if gone.is_empty() {
            continue;
        }
        let gone: Vec<String> = gone.into_iter().collect();
        let finding = Finding::new(
            format!("service {service}"),
            "a part of its connections goes to a backend on this node that is gone",
        )
        .rows(zone.nb_row(&row, |evidence| {
            evidence
                .with(nb::load_balancer::NAME.name(), row.name())
                .with("gone", gone)
        }))
        .next(
            "load_balancer_list",
            [("of", json!(service.to_string()))],
            "all its virtual IPs and backends",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::service;

    #[test]
    fn a_backend_that_no_port_has_is_found() {
        let vips = json!({"vips": {"10.96.0.5:80": "10.244.0.5:8080,10.244.0.9:8080"}});
        service()
            .nb("Load_Balancer", "lb", vips)
            .check(&CHECK, &["a: service shop/web"]);
    }

    #[test]
    fn backends_of_ports_and_elsewhere_are_fine() {
        service().check(&CHECK, &[]);
        let vips = json!({"vips": {"10.96.0.5:80": "10.244.7.9:8080,172.18.0.2:6443"}});
        service().nb("Load_Balancer", "lb", vips).check(&CHECK, &[]);
    }
}
