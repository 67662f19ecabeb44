//! Pods of egress IPs that are not in their set.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::egress_ip::{holds_family, policies};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::Mark;

/// The name of the set of pods that egress IPs serve.
const SERVED: &str = "egressip-served-pods";

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "egressip-pod-unlisted",
    title: "a pod of an egress IP is missing in the set of served pods",
    layer: Layer::Egressip,
    severity: Severity::Warning,
    looks_for: "a policy of an egress IP for an address that egressip-served-pods does not hold",
    known_from: &["#2945", "#4581"],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::LogicalRouterPolicy::DEFINITION),
        nb_table(nb::AddressSet::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let sets: Vec<nb::AddressSet> = zone
        .nb_rows::<nb::AddressSet>()
        .filter(|row| Mark::of(row.external_ids()).is_some_and(|mark| mark.name == Some(SERVED)))
        .collect();
    let mut findings = Vec::new();
    for one in policies(zone) {
        for source in &one.sources {
            let Ok(ip) = source.parse() else { continue };
            let own: Vec<&nb::AddressSet> =
                sets.iter().filter(|set| holds_family(set, ip)).collect();
            if own.is_empty()
                || own
                    .iter()
                    .any(|set| set.addresses().iter().any(|one| one == source))
            {
                continue;
            }
            let finding = Finding::new(
                one.object(),
                "its address is not in the set of served pods, so its traffic to nodes is rerouted too",
            )
            .rows(one.evidence(zone))
            .rows(own.iter().filter_map(|set| {
                zone.nb_row(*set, |row| {
                    row.with(nb::address_set::NAME.name(), set.name()).with(nb::address_set::ADDRESSES.name(), set.addresses().len())
                })
            }))
            .next("object_locate", [("object", json!(one.served.egress_ip))], "every row of the egress IP");
            findings.push(finding);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::healthy::egress_ip;

    #[test]
    fn an_address_that_is_not_in_the_set_is_found() {
        let fault = egress_ip().nb("Address_Set", "eip", json!({"addresses": []}));
        fault.check(&CHECK, &["a: egress IP out for pod shop/web"]);
    }

    #[test]
    fn an_address_in_the_set_is_fine() {
        egress_ip().check(&CHECK, &[]);
    }
}
