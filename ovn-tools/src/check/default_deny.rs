//! Default denies without a policy.

use std::collections::HashSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::{Scene, Zone};
use crate::owner::Mark;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "default-deny-leftover",
    title: "a namespace is denied by default without a policy",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a port group of type NetpolNamespace with ports and rules in a namespace that no port group of type NetworkPolicy is for",
    known_from: &["#1800", "#1782", "#1665"],
    explains: &[],
    needs: &[nb_table(nb::PortGroup::DEFINITION)],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut with_policy: HashSet<String> = HashSet::new();
    let mut denies = Vec::new();
    for row in zone.nb_rows::<nb::PortGroup>() {
        let Some(mark) = Mark::of(row.external_ids()) else {
            continue;
        };
        let Some(namespace) = mark.namespace().map(str::to_owned) else {
            continue;
        };
        match mark.owner_type {
            "NetworkPolicy" => {
                with_policy.insert(namespace);
            }
            "NetpolNamespace" if !row.ports().is_empty() && !row.acls().is_empty() => {
                denies.push((namespace, row.clone()));
            }
            _ => {}
        }
    }
    let left = denies
        .into_iter()
        .filter(|(namespace, _)| !with_policy.contains(namespace));
    left.map(|(namespace, row)| {
        Finding::new(
            format!("namespace {namespace}"),
            "it has no network policy on this node, yet its pods are still denied by default: the deny \
             was not removed with the last policy",
        )
        .rows(zone.nb_row(&row, |evidence| {
            evidence
                .with(nb::port_group::NAME.name(), row.name())
                .with(nb::port_group::PORTS.name(), row.ports().len())
                .key(&row, nb::port_group::EXTERNAL_IDS, "direction")
        }))
        .next("acl_list", [("of", json!(row.name()))], "what is denied")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture::Fixture;
    use crate::database::Database;

    fn policy() -> Fixture {
        let mark = |kind: &str, name: &str, direction: &str| json!({"k8s.ovn.org/owner-type": kind, "k8s.ovn.org/name": name, "direction": direction});
        let acl = |text: &str, action: &str, priority: i64| json!({"match": text, "direction": "to-lport", "action": action, "priority": priority});
        Fixture::on("a")
            .nb("Logical_Switch", "sw", json!({"name": "a", "ports": ["web"]}))
            .nb("Logical_Switch_Port", "web", json!({"name": "shop_web", "addresses": ["0a:58:0a:f4:00:05 10.244.0.5"], "external_ids": {"namespace": "shop", "pod": "true"}}))
            .nb("Port_Group", "np", json!({"name": "a1", "ports": ["web"], "acls": ["allow"], "external_ids": mark("NetworkPolicy", "shop:web", "")}))
            .nb("Port_Group", "deny", json!({"name": "a2", "ports": ["web"], "acls": ["drop"], "external_ids": mark("NetpolNamespace", "shop", "Ingress")}))
            .nb("ACL", "allow", acl("outport == @a1 && tcp", "allow-related", 1001))
            .nb("ACL", "drop", acl("outport == @a2", "drop", 1000))
            .nb("Address_Set", "ns", json!({"name": "a3", "addresses": ["10.244.0.5", "10.244.7.5"], "external_ids": mark("Namespace", "shop", "")}))
            .nb("Logical_Switch", "sw", json!({"other_config": {"subnet": "10.244.0.0/24"}}))
    }

    #[test]
    fn a_deny_without_a_policy_is_found() {
        policy()
            .without(Database::Nb, "Port_Group", "np")
            .check(&CHECK, &["a: namespace shop"]);
    }

    #[test]
    fn a_deny_with_a_policy_is_fine() {
        policy().check(&CHECK, &[]);
    }
}
