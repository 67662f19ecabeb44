//! Pods of a policy that are not denied by default.

use std::collections::{BTreeMap, HashSet};

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use crate::check::definition::{Check, Layer, Run, nb_table};
use crate::check::finding::{Finding, Severity};
use crate::check::scene::object_of_port;
use crate::check::scene::{Scene, Zone};
use crate::owner::Mark;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "policy-deny-missing",
    title: "a pod of a network policy is not denied by default",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a port in the port group of a NetworkPolicy that is in no group of type NetpolNamespace of its namespace",
    known_from: &["#2667", "#3161"],
    explains: &[],
    needs: &[
        nb_table(nb::PortGroup::DEFINITION),
        nb_table(nb::LogicalSwitchPort::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let mut denied: BTreeMap<String, HashSet<_>> = BTreeMap::new();
    let mut policies = Vec::new();
    for row in zone.nb_rows::<nb::PortGroup>() {
        let Some(mark) = Mark::of(row.external_ids()) else {
            continue;
        };
        let Some(namespace) = mark.namespace().map(str::to_owned) else {
            continue;
        };
        match mark.owner_type {
            "NetpolNamespace" => {
                let ports = denied.entry(namespace).or_default();
                ports.extend(row.ports().iter().map(|port| port.uuid()));
            }
            "NetworkPolicy" => policies.push((namespace, row.clone())),
            _ => {}
        }
    }
    let Some(nb_read) = zone.nb else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (namespace, row) in policies {
        for port in row.ports().iter().filter_map(|port| nb_read.rows.get(port)) {
            let is_denied = denied
                .get(&namespace)
                .is_some_and(|ports| ports.contains(&port.uuid()));
            if is_denied {
                continue;
            }
            let finding = Finding::new(
                object_of_port(&port),
                "a network policy selects it, but it is in no group that is denied by default, so \
                 everything is allowed to and from it",
            )
            .rows(zone.nb_row(&port, |evidence| {
                evidence.with(nb::logical_switch_port::NAME.name(), port.name())
            }))
            .rows(zone.nb_row(&row, |evidence| {
                evidence.with(nb::port_group::NAME.name(), row.name()).key(
                    &row,
                    nb::port_group::EXTERNAL_IDS,
                    "k8s.ovn.org/name",
                )
            }))
            .next(
                "acl_list",
                [("of", json!(port.name()))],
                "all rules that apply to the pod",
            );
            findings.push(finding);
        }
    }
    findings
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
    fn a_pod_that_is_not_denied_is_found() {
        policy()
            .nb("Port_Group", "deny", json!({"ports": []}))
            .check(&CHECK, &["a: pod shop/web"]);
        policy()
            .without(Database::Nb, "Port_Group", "deny")
            .check(&CHECK, &["a: pod shop/web"]);
    }

    #[test]
    fn a_pod_that_is_denied_is_fine() {
        policy().check(&CHECK, &[]);
    }
}
