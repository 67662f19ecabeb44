//! Load balancers that apply nowhere.

use std::collections::HashSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::Service;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "load-balancer-unattached",
    title: "a load balancer is on no switch, router or group",
    layer: Layer::Service,
    severity: Severity::Error,
    looks_for: "a Load_Balancer with virtual IPs that no switch, no router and no group in use refers to",
    known_from: &["#5828", "ovn-kubernetes 950e16e26"],
    explains: &[],
    needs: &[
        nb_table(nb::LoadBalancer::DEFINITION),
        nb_table(nb::LoadBalancerGroup::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalRouter::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut groups = HashSet::new();
    let mut used = HashSet::new();
    for row in zone.nb_rows::<nb::LogicalSwitch>() {
        groups.extend(row.load_balancer_group().iter().map(|group| group.uuid()));
        used.extend(row.load_balancer().iter().map(|row| row.uuid()));
    }
    for row in zone.nb_rows::<nb::LogicalRouter>() {
        groups.extend(row.load_balancer_group().iter().map(|group| group.uuid()));
        used.extend(row.load_balancer().iter().map(|row| row.uuid()));
    }
    for row in zone.nb_rows::<nb::LoadBalancerGroup>() {
        if groups.contains(&row.uuid()) {
            used.extend(row.load_balancer().iter().map(|row| row.uuid()));
        }
    }
    let idle = zone
        .nb_rows::<nb::LoadBalancer>()
        .filter(|row| !row.vips().is_empty() && !used.contains(&row.uuid()));
    idle.map(|row| {
        let service = Service::of(row.external_ids());
        let object = match &service {
            Some(service) => format!("service {service}"),
            None => format!("load balancer {}", row.name()),
        };
        let vips: Vec<String> = row.vips().iter().map(|(vip, _)| vip.to_owned()).collect();
        let mut finding = Finding::new(
            object,
            "a load balancer of it is attached to nothing, so it balances nothing: it is left over, or \
             was never attached",
        )
        .rows(zone.nb_row(&row, |evidence| {
            evidence
                .with(nb::load_balancer::NAME.name(), row.name())
                .with(nb::load_balancer::VIPS.name(), vips)
        }))
        .next("load_balancer_list", [("of", json!(row.name()))], "the load balancer, and where it applies");
        if service.is_none() {
            finding.severity = Severity::Notice;
        }
        finding
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::service;

    #[test]
    fn a_load_balancer_on_nothing_is_found() {
        let object = "a: service shop/web";
        service()
            .nb("Load_Balancer_Group", "group", json!({"load_balancer": []}))
            .check(&CHECK, &[object]);
        service()
            .nb("Logical_Switch", "sw", json!({"load_balancer_group": []}))
            .check(&CHECK, &[object]);
    }

    #[test]
    fn a_load_balancer_in_a_group_that_is_used_is_fine() {
        service().check(&CHECK, &[]);
    }
}
