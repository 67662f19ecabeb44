//! Source NAT of egress IPs for pods that are gone.

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::egress_ip::{Standing, standing};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::Mark;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "egressip-snat-stale",
    title: "an egress IP translates an address that its pod does not have",
    layer: Layer::Egressip,
    severity: Severity::Error,
    looks_for: "a NAT of an egress IP whose logical_ip is no address of the pod it names, nor in the set of its namespace",
    known_from: &[
        "#3546",
        "#3371",
        "#4050",
        "OCPBUGS-15140",
        "OCPBUGS-15388",
        "OCPBUGS-16206",
        "OCPBUGS-24055",
    ],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::Nat::DEFINITION),
        nb_table(nb::AddressSet::DEFINITION),
        nb_table(nb::LogicalSwitch::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (router, nat) in zone.nats() {
        let Some(served) = Mark::of(nat.external_ids()).and_then(|mark| mark.egress_ip_pod())
        else {
            continue;
        };
        let cause = match standing(scene, zone, &served.pod, nat.logical_ip()) {
            Standing::Fine => continue,
            Standing::Other => {
                "the pod has another address now, so whoever gets this one next leaves with the egress IP"
            }
            Standing::Gone => {
                "no pod of its namespace has the address any more, so whoever gets it next leaves with the egress IP"
            }
        };
        let finding = Finding::new(
            format!("egress IP {} for pod {}", served.egress_ip, served.pod),
            format!("a stale SNAT: {cause}"),
        )
        .rows(zone.nb_row(&nat, |row| {
            row.with(nb::nat::EXTERNAL_IP.name(), nat.external_ip())
                .with(nb::nat::LOGICAL_IP.name(), nat.logical_ip())
                .with("router", router.name())
        }))
        .next(
            "nat_list",
            [("router", json!(router.name())), ("node", json!(zone.node))],
            "all NAT of the gateway router",
        );
        findings.push(finding);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::database::Database;

    fn served() -> Fixture {
        let mark =
            json!({"k8s.ovn.org/owner-type": "EgressIP", "k8s.ovn.org/name": "out_shop/web"});
        let namespace = json!({"k8s.ovn.org/owner-type": "Namespace", "k8s.ovn.org/name": "shop"});
        let nat = json!({"type": "snat", "external_ip": "172.18.0.100", "logical_ip": "10.244.0.5", "external_ids": mark});
        Fixture::on("a")
            .nb(
                "Logical_Router",
                "gr",
                json!({"name": "GR_a", "nat": ["nat"]}),
            )
            .nb("NAT", "nat", nat)
            .nb(
                "Address_Set",
                "as",
                json!({"name": "a1", "addresses": ["10.244.0.5"], "external_ids": namespace}),
            )
    }

    #[test]
    fn an_address_that_no_pod_has_is_found() {
        let fault = served().nb("Address_Set", "as", json!({"addresses": ["10.244.0.6"]}));
        fault.check(&CHECK, &["a: egress IP out for pod shop/web"]);
    }

    #[test]
    fn the_address_of_the_pod_is_fine() {
        served().check(&CHECK, &[]);
        // A namespace that no set tells of cannot be judged.
        served()
            .without(Database::Nb, "Address_Set", "as")
            .check(&CHECK, &[]);
    }
}
