//! Egress addresses that several nodes or objects use.

use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::scene::Scene;
use crate::owner::Mark;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "egressip-twice",
    title: "an egress address is used by two nodes or two egress IPs",
    layer: Layer::Egressip,
    severity: Severity::Error,
    looks_for: "NAT of egress IPs with one external_ip on gateway routers of two nodes, or of two objects",
    known_from: &[
        "#5760",
        "ovn-kubernetes ddb32d433",
        "ovn-kubernetes 497686c85",
    ],
    explains: &[],
    needs: &[
        nb_table(nb::LogicalRouter::DEFINITION),
        nb_table(nb::Nat::DEFINITION),
    ],
    run: Run::All(find),
};

fn find(scene: &Scene<'_>) -> Vec<Finding> {
    struct Use {
        node: Option<String>,
        router: String,
        egress_ip: String,
        row: Option<Evidence>,
    }
    let mut uses: BTreeMap<String, Vec<Use>> = BTreeMap::new();
    for zone in &scene.zones {
        for (router, nat) in zone.nats() {
            let Some(served) = Mark::of(nat.external_ids()).and_then(|mark| mark.egress_ip_pod())
            else {
                continue;
            };
            let row = zone.nb_row(&nat, |row| {
                row.with(nb::nat::EXTERNAL_IP.name(), nat.external_ip())
                    .with(nb::nat::LOGICAL_IP.name(), nat.logical_ip())
                    .with("router", router.name())
                    .with("egress IP", &*served.egress_ip)
            });
            uses.entry(nat.external_ip().to_owned())
                .or_default()
                .push(Use {
                    node: zone.node.map(str::to_owned),
                    router: router.name().to_owned(),
                    egress_ip: served.egress_ip.to_string(),
                    row,
                });
        }
    }
    let mut findings = Vec::new();
    for (ip, mut uses) in uses {
        uses.sort_by(|a, b| {
            (&a.node, &a.router, &a.egress_ip).cmp(&(&b.node, &b.router, &b.egress_ip))
        });
        let places: BTreeSet<(&Option<String>, &str)> = uses
            .iter()
            .map(|one| (&one.node, one.router.as_str()))
            .collect();
        let objects: BTreeSet<&str> = uses.iter().map(|one| one.egress_ip.as_str()).collect();
        let cause = match (places.len(), objects.len()) {
            (1, 1) => continue,
            (1, _) => {
                "two egress IPs use it, so replies cannot be told apart once one of them moves"
            }
            _ => {
                "two nodes use it at once, so replies reach whichever answered ARP last: it is left over from a failover"
            }
        };
        let mut finding = Finding::new(format!("egress address {ip}"), cause);
        finding.node = uses.first().and_then(|one| one.node.clone());
        uses.dedup_by(|a, b| {
            (&a.node, &a.router, &a.egress_ip) == (&b.node, &b.router, &b.egress_ip)
        });
        findings.push(finding.rows(uses.into_iter().filter_map(|one| one.row)));
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::egress_ip;

    fn far(name: &str, ip: &str) -> Fixture {
        let mark = json!({"k8s.ovn.org/owner-type": "EgressIP", "k8s.ovn.org/name": name});
        egress_ip()
            .node("b")
            .nb("Logical_Router", "grb", json!({"name": "GR_b", "nat": ["natb"]}))
            .nb("NAT", "natb", json!({"type": "snat", "external_ip": ip, "logical_ip": "10.244.0.7", "external_ids": mark}))
    }

    #[test]
    fn an_address_on_two_nodes_or_of_two_objects_is_found() {
        far("out_shop/db", "172.18.0.100").check(&CHECK, &["a: egress address 172.18.0.100"]);
        let mark =
            json!({"k8s.ovn.org/owner-type": "EgressIP", "k8s.ovn.org/name": "other_shop/db"});
        egress_ip()
            .nb("Logical_Router", "gr", json!({"nat": ["nat", "nat2"]}))
            .nb("NAT", "nat2", json!({"type": "snat", "external_ip": "172.18.0.100", "logical_ip": "10.244.0.7", "external_ids": mark}))
            .check(&CHECK, &["a: egress address 172.18.0.100"]);
    }

    #[test]
    fn an_address_of_one_node_is_fine() {
        far("out_shop/db", "172.18.0.101").check(&CHECK, &[]);
    }
}
