//! Template variables that no chassis has.

use std::collections::{BTreeSet, HashSet};

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::address::{Backends, Endpoint};
use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::Service;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "template-variable-missing",
    title: "a load balancer uses a variable that no chassis has",
    layer: Layer::Service,
    severity: Severity::Error,
    looks_for: "a Load_Balancer with options:template and ^NAME that no Chassis_Template_Var of the zone has",
    known_from: &["#5828", "nodes whose addresses were not written"],
    explains: &[],
    needs: &[
        nb_table(nb::LoadBalancer::DEFINITION),
        nb_table(nb::ChassisTemplateVar::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut known: HashSet<String> = HashSet::new();
    for row in zone.nb_rows::<nb::ChassisTemplateVar>() {
        known.extend(row.variables().iter().map(|(name, _)| name.to_owned()));
    }
    let mut findings = Vec::new();
    for row in zone.nb_rows::<nb::LoadBalancer>() {
        if row.options().get("template") != Some("true") {
            continue;
        }
        let mut missing: BTreeSet<String> = BTreeSet::new();
        for (vip, backends) in row.vips().iter() {
            // Variables may also stand for whole lists, which are not told from endpoints.
            let endpoints = Endpoint::parse(vip)
                .into_iter()
                .chain(Backends::parse(backends).endpoints);
            for endpoint in endpoints {
                missing.extend(
                    endpoint
                        .templates()
                        .filter(|name| !known.contains(*name))
                        .map(str::to_owned),
                );
            }
        }
        if missing.is_empty() {
            continue;
        }
        let object = match Service::of(row.external_ids()) {
            Some(service) => format!("service {service}"),
            None => format!("load balancer {}", row.name()),
        };
        let finding = Finding::new(
            object,
            "it uses a variable that no chassis of the zone has, so its virtual IP exists nowhere",
        )
        .rows(zone.nb_row(&row, |evidence| {
            evidence
                .with(nb::load_balancer::NAME.name(), row.name())
                .with("missing", missing.into_iter().collect::<Vec<_>>())
        }));
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;

    fn known() -> Fixture {
        Fixture::on("a")
            .nb("Load_Balancer", "lb", json!({"name": "t", "options": {"template": "true"}, "vips": {"^NODEIP_0:30080": "10.244.0.5:8080"}}))
            .nb("Chassis_Template_Var", "v", json!({"chassis": "id-a", "variables": {"NODEIP_0": "172.18.0.2"}}))
    }

    #[test]
    fn a_variable_that_no_chassis_has_is_found() {
        let other = json!({"variables": {"NODEIP_1": "172.18.0.2"}});
        known()
            .nb("Chassis_Template_Var", "v", other)
            .check(&CHECK, &["a: load balancer t"]);
    }

    #[test]
    fn a_variable_of_a_chassis_is_fine() {
        known().check(&CHECK, &[]);
    }
}
