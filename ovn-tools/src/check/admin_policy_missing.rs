//! Network policies of administrators that are not carried out, or otherwise than they say.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use ovsdb_client::table::{Enumeration, Table};

use crate::check::admin_policy::{Place, evidence, finding, key_of, rows, rules};
use crate::check::cluster::{all, is_standing};
use crate::check::definition::{Check, Layer, Run, nb_table, objects};
use crate::check::finding::{Evidence, Finding, Severity};
use crate::check::policy;
use crate::check::scene::{Scene, Zone};
use crate::objects::{AdminPolicy, AdminReport, ObjectKind};
use crate::owner::Mark;

/// The priorities of the first rule of the first policy and of the baseline, and how many there are
/// between one policy and the next.
///
/// **Source**: ovn-kubernetes, `admin_network_policy/types.go`.
const FIRST_PRIORITY: i64 = 30_000;
const BASELINE_PRIORITY: i64 = 1750;
const RULES_OF_POLICY: i64 = 100;

/// The diagnostic.
pub(crate) static CHECK: Check = Check {
    id: "adminpolicy-missing",
    title: "an administrator's network policy is not carried out on a node as it says",
    layer: Layer::Policy,
    severity: Severity::Error,
    looks_for: "an AdminNetworkPolicy or BaselineAdminNetworkPolicy that nodes report on, and that one reports as failed or has no Port_Group for, or whose rules have no ACL, ACLs of another action or priority, or no Address_Set there",
    known_from: &["ovn-kubernetes controller/admin_network_policy/status.go"],
    explains: &[],
    needs: &[
        objects(ObjectKind::AdminNetworkPolicy),
        objects(ObjectKind::BaselineAdminNetworkPolicy),
        nb_table(nb::PortGroup::DEFINITION),
        nb_table(nb::AddressSet::DEFINITION),
        nb_table(nb::Acl::DEFINITION),
    ],
    run: Run::Zone(find),
};

fn find(zone: &Zone<'_>, scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Port groups with marks tell that OVN-Kubernetes works here.
    let is_marked = |row: nb::PortGroup| Mark::of(row.external_ids()).is_some();
    if !zone.nb_rows::<nb::PortGroup>().any(is_marked) {
        return findings;
    }
    let rows = rows(zone);
    for policy in all::<AdminPolicy>(zone) {
        // One that no node has said anything of, nobody carries out: the feature is off.
        if policy.reports.is_empty() || !is_standing(&policy.metadata, scene) {
            continue;
        }
        let key = key_of(policy);
        let own = rows.get(&key);
        let group = own.and_then(|own| own.group.as_ref());
        let report = report(policy, zone, scene);
        if let Some(report) = report.filter(|report| !report.is_ready) {
            let cause = match group {
                None => {
                    "the node says that it could not set it up, so it neither allows nor denies there"
                }
                Some(_) => {
                    "the node says that it could not bring its rows up to date, so they are those of an earlier state"
                }
            };
            let shown = evidence(policy).with("message", &*report.message);
            findings.push(
                finding(&key, cause)
                    .object(shown)
                    .rows(group.and_then(|row| policy::row(zone, row))),
            );
            continue;
        }
        let (Some(own), Some(group)) = (own, group) else {
            findings.push(
                finding(
                    &key,
                    "no port group is for it here, so it neither allows nor denies: ovnkube-controller has not handled it, or its rows were deleted",
                )
                .object(evidence(policy)),
            );
            continue;
        };
        let acls = acls(zone, group);
        let mut lacking = Vec::new();
        let mut otherwise: Vec<(String, &nb::Acl)> = Vec::new();
        let mut unmeant = Vec::new();
        for (place, number, rule) in rules(policy) {
            let of_rule = acls.get(&place).map_or(&[][..], Vec::as_slice);
            if of_rule.is_empty() && !rule.is_by_port_name {
                lacking.push(place.to_string());
            }
            if let Some(wanted) = wanted(policy, number, &rule.action) {
                let differs = of_rule
                    .iter()
                    .find(|acl| (acl.action(), acl.priority()) != wanted);
                otherwise.extend(differs.map(|acl| (place.to_string(), acl)));
            }
            if !own.sets.iter().any(|(of, _)| *of == place) {
                unmeant.push(place.to_string());
            }
        }
        let cause = if !lacking.is_empty() {
            "a rule of it has no ACL here, so it is not carried out"
        } else if !otherwise.is_empty() {
            "a rule of it has an ACL of another action or priority here than the rule and its place ask for"
        } else if !unmeant.is_empty() {
            "a rule of it has no address set here, so nobody is taken for its peer"
        } else {
            continue;
        };
        let names: Vec<&str> = otherwise.iter().map(|(place, _)| &**place).collect();
        let shown = evidence(policy)
            .with("rules-without-acl", lacking)
            .with("rules-otherwise", names)
            .with("rules-without-addresses", unmeant);
        findings.push(
            finding(&key, cause)
                .object(shown)
                .rows(policy::row(zone, group))
                .rows(otherwise.iter().filter_map(|(_, acl)| acl_row(zone, acl))),
        );
    }
    findings
}

/// What the node of a zone says of a policy.
fn report<'p>(
    policy: &'p AdminPolicy,
    zone: &Zone<'_>,
    scene: &Scene<'_>,
) -> Option<&'p AdminReport> {
    let mut reports = policy.reports.iter();
    match zone.node {
        Some(node) if !scene.is_alone(zone) => reports.find(|one| *one.zone == *node),
        // Before interconnect one zone served all nodes, and was not called by one.
        Some(node) => reports
            .find(|one| *one.zone == *node)
            .or_else(|| policy.reports.iter().find(|_| policy.reports.len() == 1)),
        None => None,
    }
}

/// The ACLs of a port group by the rule that they are of.
fn acls(zone: &Zone<'_>, group: &nb::PortGroup) -> BTreeMap<Place, Vec<nb::Acl>> {
    let mut all: BTreeMap<Place, Vec<nb::Acl>> = BTreeMap::new();
    let read = zone.nb.into_iter();
    let rows = read.flat_map(|read| group.acls().iter().filter_map(|acl| read.rows.get(acl)));
    for row in rows {
        if let Some(mark) = Mark::of(row.external_ids()) {
            all.entry(Place::of(mark)).or_default().push(row.clone());
        }
    }
    all
}

/// The action and the priority that the ACLs of a rule must have; `None` where its action is not
/// known.
fn wanted(policy: &AdminPolicy, number: usize, action: &str) -> Option<(nb::acl::AclAction, i64)> {
    let action = match action {
        "Allow" => nb::acl::AclAction::AllowRelated,
        "Deny" => nb::acl::AclAction::Drop,
        "Pass" => nb::acl::AclAction::Pass,
        _ => return None,
    };
    let first = match policy.is_baseline {
        true => BASELINE_PRIORITY,
        false => FIRST_PRIORITY - i64::try_from(policy.priority?).ok()? * RULES_OF_POLICY,
    };
    Some((action, first - i64::try_from(number).ok()?))
}

fn acl_row(zone: &Zone<'_>, row: &nb::Acl) -> Option<Evidence> {
    zone.nb_row(row, |evidence| {
        evidence
            .with(nb::acl::PRIORITY.name(), row.priority())
            .with(nb::acl::ACTION.name(), row.action().name())
            .with(nb::acl::MATCH.name(), row.match_())
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::check::fixture::Fixture;
    use crate::check::healthy::cluster;
    use crate::database::Database;

    const FOUND: [&str; 1] = ["a: admin network policy edge"];

    fn cause(fixture: &Fixture) -> String {
        fixture.check(&CHECK, &FOUND);
        fixture.found(&CHECK)[0].cause.clone()
    }

    #[test]
    fn a_policy_without_its_rows_is_found() {
        let without = |table, id| cluster().node("a").without(Database::Nb, table, id);
        assert!(cause(&without("Port_Group", "anp")).starts_with("no port group"));
        assert!(cause(&without("Address_Set", "anp-set")).contains("no address set"));
        let no_rules = cluster().nb("Port_Group", "anp", json!({"acls": []}));
        assert!(cause(&no_rules).contains("no ACL"));
    }

    #[test]
    fn a_rule_with_another_action_or_priority_is_found() {
        for other in [
            json!({"action": "allow-related"}),
            json!({"priority": 29900}),
        ] {
            let fixture = cluster().nb("ACL", "edge", other);
            assert!(cause(&fixture).contains("another action or priority"));
        }
        // An action of a later version is not judged.
        let rule = json!([{"action": "Observe", "from": [{"namespaces": {}}]}]);
        cluster()
            .object(
                ObjectKind::AdminNetworkPolicy,
                "edge",
                json!({"spec": {"ingress": rule}}),
            )
            .check(&CHECK, &[]);
    }

    #[test]
    fn a_policy_that_a_node_reports_as_failed_is_found_with_what_it_says() {
        let failed = |node: &str| json!({"type": format!("Ready-In-Zone-{node}"), "status": "False", "message": "unsupported priority 100"});
        let reports = |all: Vec<serde_json::Value>| json!({"status": {"conditions": all}});
        let fixture = cluster().object(
            ObjectKind::AdminNetworkPolicy,
            "edge",
            reports(vec![
                failed("a"),
                json!({"type": "Ready-In-Zone-b", "status": "True"}),
            ]),
        );
        assert!(cause(&fixture).contains("earlier state"));
        let shown = &fixture.found(&CHECK)[0].objects[0];
        assert_eq!(shown.values["message"], "unsupported priority 100");
    }

    #[test]
    fn policies_that_nobody_handles_or_that_names_of_ports_decide_are_fine() {
        cluster().check(&CHECK, &[]);
        let without = cluster()
            .node("a")
            .without(Database::Nb, "Port_Group", "anp");
        without
            .object(
                ObjectKind::AdminNetworkPolicy,
                "edge",
                json!({"status": null}),
            )
            .check(&CHECK, &[]);
        // Which pods have a port of that name nothing tells.
        let rule = json!([{"action": "Deny", "from": [{"namespaces": {}}], "ports": [{"namedPort": "web"}]}]);
        cluster()
            .nb("Port_Group", "anp", json!({"acls": []}))
            .node("b")
            .nb("Port_Group", "anp", json!({"acls": []}))
            .object(
                ObjectKind::AdminNetworkPolicy,
                "edge",
                json!({"spec": {"ingress": rule}}),
            )
            .check(&CHECK, &[]);
    }
}
