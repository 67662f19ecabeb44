//! Virtual IPs with nothing behind them.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::address::Backends;
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::Service;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "service-empty",
    title: "a service has no backends",
    layer: Layer::Service,
    severity: Severity::Notice,
    looks_for: "a virtual IP of a Load_Balancer whose list of backends is empty",
    known_from: &["#2045", "#928"],
    explains: &[],
    needs: &[nb_table(nb::LoadBalancer::DEFINITION)],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut empty: BTreeMap<String, Vec<(nb::LoadBalancer, Vec<String>)>> = BTreeMap::new();
    for row in zone.nb_rows::<nb::LoadBalancer>() {
        let vips = row.vips();
        let vips = vips
            .iter()
            .filter(|(_, backends)| Backends::parse(backends).is_empty());
        let vips: Vec<String> = vips.map(|(vip, _)| vip.to_owned()).collect();
        if !vips.is_empty() {
            let object = match Service::of(row.external_ids()) {
                Some(service) => format!("service {service}"),
                None => format!("load balancer {}", row.name()),
            };
            empty.entry(object).or_default().push((row, vips));
        }
    }
    empty
        .into_iter()
        .map(|(object, rows)| {
            let rejects = rows
                .iter()
                .all(|(row, _)| row.options().get("reject") == Some("true"));
            let cause = if rejects {
                "it has no ready backends, so connections are refused"
            } else {
                "it has no ready backends, so packets to it go nowhere"
            };
            let evidence = rows.iter().filter_map(|(row, vips)| {
                zone.nb_row(row, |evidence| {
                    evidence
                        .with(nb::load_balancer::NAME.name(), row.name())
                        .with(nb::load_balancer::VIPS.name(), vips.clone())
                })
            });
            let name = object.split(' ').next_back().unwrap_or_default().to_owned();
            Finding::new(object, cause).rows(evidence).next(
                "load_balancer_list",
                [("of", json!(name))],
                "all its virtual IPs and where they apply",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;

    fn served() -> Fixture {
        let ids = json!({"k8s.ovn.org/kind": "Service", "k8s.ovn.org/owner": "shop/web"});
        let vips = json!({"10.96.0.5:80": "10.244.0.5:8080"});
        Fixture::on("a").nb("Load_Balancer", "lb", json!({"name": "Service_shop/web_TCP_cluster", "external_ids": ids, "vips": vips, "options": {"reject": "true"}}))
    }

    #[test]
    fn a_virtual_ip_without_backends_is_found() {
        let empty = json!({"vips": {"10.96.0.5:80": "", "10.96.0.5:81": "10.244.0.5:81"}});
        let fault = served().nb("Load_Balancer", "lb", empty);
        fault.check(&CHECK, &["a: service shop/web"]);
        assert!(fault.found(&CHECK)[0].cause.contains("refused"));
    }

    #[test]
    fn a_virtual_ip_with_backends_is_fine() {
        served().check(&CHECK, &[]);
    }
}
