//! Rows of administrators' network policies that are gone.

use std::collections::BTreeSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;

use crate::check::admin_policy::{Key, finding, key_of, kind, rows, set_row};
use crate::check::cluster::all;
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Finding, ObjectEvidence, Severity};
use crate::check::policy;
use crate::check::scene::{Scene, Zone};
use crate::objects::{AdminPolicy, ObjectKind};

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "adminpolicy-gone",
    title: "rules are left of an administrator's network policy that is gone",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "a Port_Group or Address_Set of an AdminNetworkPolicy or BaselineAdminNetworkPolicy that the cluster does not have",
    known_from: &["ovn-kubernetes controller/admin_network_policy/repair.go"],
    explains: &[],
    needs: &[
        objects(ObjectKind::AdminNetworkPolicy),
        objects(ObjectKind::BaselineAdminNetworkPolicy),
        nb_table(nb::PortGroup::DEFINITION),
        nb_table(nb::AddressSet::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, _scene: &Scene<'_>) -> Vec<Finding> {
    let known: BTreeSet<Key> = all::<AdminPolicy>(zone).map(key_of).collect();
    let gone = rows(zone)
        .into_iter()
        .filter(|(key, _)| !known.contains(key));
    let findings = gone.map(|(key, rows)| {
        let cause = match rows.group {
            Some(_) => "the cluster has no such policy any more: its rows were not deleted, and its rules still allow and deny",
            None => "the cluster has no such policy any more, and address sets of its rules are left",
        };
        finding(&key, cause)
            .object(ObjectEvidence::absent(kind(key.0), key.1.as_str()))
            .rows(rows.group.as_ref().and_then(|row| policy::row(zone, row)))
            .rows(rows.sets.iter().filter_map(|(_, row)| set_row(zone, row)))
    });
    findings.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::healthy::cluster;
    use crate::database::Database;

    #[test]
    fn rows_of_a_policy_that_is_gone_are_found() {
        let gone = cluster().without_object(ObjectKind::AdminNetworkPolicy, "edge");
        let both = [
            "a: admin network policy edge",
            "b: admin network policy edge",
        ];
        gone.check(&CHECK, &both);
        gone.node("a")
            .without(Database::Nb, "Port_Group", "anp")
            .check(&CHECK, &both);
        // The baseline is another policy, whatever it is called.
        let mark = json!({"k8s.ovn.org/owner-type": "BaselineAdminNetworkPolicy", "k8s.ovn.org/name": "edge"});
        cluster()
            .nb(
                "Port_Group",
                "banp",
                json!({"name": "a8", "external_ids": mark}),
            )
            .check(&CHECK, &["a: baseline admin network policy edge"]);
    }

    #[test]
    fn rows_of_a_policy_are_fine() {
        cluster().check(&CHECK, &[]);
    }

    #[test]
    fn of_policies_that_were_not_asked_for_nothing_is_said() {
        let gone = cluster().without_object(ObjectKind::AdminNetworkPolicy, "edge");
        gone.forbid(ObjectKind::AdminNetworkPolicy)
            .check(&CHECK, &[]);
    }
}
