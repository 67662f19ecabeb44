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
    use crate::check::healthy::policy;
    use crate::database::Database;

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
