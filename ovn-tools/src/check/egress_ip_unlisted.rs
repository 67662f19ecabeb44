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
    use crate::check::fixture::Fixture;

    fn served() -> Fixture {
        let mark =
            json!({"k8s.ovn.org/owner-type": "EgressIP", "k8s.ovn.org/name": "out_shop/web"});
        let set = |kind: &str, name: &str| json!({"k8s.ovn.org/owner-type": kind, "k8s.ovn.org/name": name});
        let nat = json!({"type": "snat", "external_ip": "172.18.0.100", "logical_ip": "10.244.0.5", "external_ids": mark.clone()});
        let policy = json!({"action": "reroute", "priority": 100, "match": "ip4.src == 10.244.0.5", "nexthops": ["100.64.0.2"], "external_ids": mark});
        Fixture::on("a")
            .nb("Logical_Router", "r", json!({"name": "ovn_cluster_router", "policies": ["policy"]}))
            .nb("Logical_Router_Policy", "policy", policy)
            .nb("Logical_Router", "gr", json!({"name": "GR_a", "nat": ["nat"], "ports": ["rtoj"]}))
            .nb("Logical_Router_Port", "rtoj", json!({"name": "rtoj-GR_a", "networks": ["100.64.0.2/16"]}))
            .nb("NAT", "nat", nat)
            .nb("Address_Set", "as", json!({"name": "a1", "addresses": ["10.244.0.5"], "external_ids": set("Namespace", "shop")}))
            .nb("Address_Set", "eip", json!({"name": "a2", "addresses": ["10.244.0.5"], "external_ids": set("EgressIP", "egressip-served-pods")}))
    }

    #[test]
    fn an_address_that_is_not_in_the_set_is_found() {
        let fault = served().nb("Address_Set", "eip", json!({"addresses": []}));
        fault.check(&CHECK, &["a: egress IP out for pod shop/web"]);
    }

    #[test]
    fn an_address_in_the_set_is_fine() {
        served().check(&CHECK, &[]);
    }
}
