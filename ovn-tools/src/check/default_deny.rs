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
    use crate::check::healthy::policy;
    use crate::database::Database;

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
