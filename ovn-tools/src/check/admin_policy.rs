//! Network policies of administrators and their rows, as several diagnostics look at them.
//!
//! ovnkube makes for each of them, on every node, a port group with the ports of the pods there
//! that it is about, an address set for each of its rules and family, and one ACL or more for each
//! rule; those of rules that name ports by name alone only where a pod has such a port.
//!
//! **Source**: ovn-kubernetes, `createNewANP`, `convertANPRuleToACL` and
//! `constructOpsForRuleChanges` in
//! `go-controller/pkg/ovn/controller/admin_network_policy/admin_network_policy.go`.

use std::collections::BTreeMap;

use ovn_schemas::nb;
use serde_json::json;

use crate::check::finding::{Evidence, Finding, ObjectEvidence};
use crate::check::scene::Zone;
use crate::objects::{AdminPolicy, AdminRule, ObjectKind};
use crate::owner::Mark;

/// What their rows are marked with.
const OWNER_TYPE: &str = "AdminNetworkPolicy";
const BASELINE_OWNER_TYPE: &str = "BaselineAdminNetworkPolicy";

/// The keys of rows of a rule: its direction, and its number in it.
const DIRECTION: &str = "direction";
const NUMBER: &str = "gress-index";

/// The directions of rules, as rows name them.
const INGRESS: &str = "Ingress";
const EGRESS: &str = "Egress";

/// A policy by whether it is the baseline, and its name.
pub(crate) type Key = (bool, String);

/// A rule of a policy by its direction and its number in it, as rows name them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    direction: String,
    number: String,
}

/// What a zone has of a policy.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// The port group.
    pub(crate) group: Option<nb::PortGroup>,
    /// The address sets of its rules, of both families.
    pub(crate) sets: Vec<(Place, nb::AddressSet)>,
}

/// The policy that a row is of.
fn key(mark: Mark<'_>) -> Option<Key> {
    let is_baseline = match mark.owner_type {
        OWNER_TYPE => false,
        BASELINE_OWNER_TYPE => true,
        _ => return None,
    };
    Some((is_baseline, mark.name?.to_owned()))
}

/// The policy that an object is.
pub(crate) fn key_of(policy: &AdminPolicy) -> Key {
    (policy.is_baseline, policy.metadata.name.to_string())
}

/// The rows of all such policies in a zone.
pub(crate) fn rows(zone: &Zone<'_>) -> BTreeMap<Key, Rows> {
    let mut all: BTreeMap<Key, Rows> = BTreeMap::new();
    for row in zone.nb_rows::<nb::PortGroup>() {
        if let Some(key) = Mark::of(row.external_ids()).and_then(key) {
            all.entry(key).or_default().group = Some(row);
        }
    }
    for row in zone.nb_rows::<nb::AddressSet>() {
        let mark = Mark::of(row.external_ids());
        let of = mark.and_then(|mark| Some((key(mark)?, Place::of(mark))));
        if let Some((key, place)) = of {
            all.entry(key).or_default().sets.push((place, row));
        }
    }
    all
}

/// The rules of a policy, each with its place and its number.
pub(crate) fn rules(policy: &AdminPolicy) -> Vec<(Place, usize, &AdminRule)> {
    let of = |direction: &'static str, rules| {
        let rules: std::slice::Iter<'_, AdminRule> = rules;
        let place = move |number: usize| Place {
            direction: direction.to_owned(),
            number: number.to_string(),
        };
        rules
            .enumerate()
            .map(move |(number, rule)| (place(number), number, rule))
    };
    let ingress = of(INGRESS, policy.ingress.iter());
    ingress.chain(of(EGRESS, policy.egress.iter())).collect()
}

impl Place {
    /// That of a row.
    pub(crate) fn of(mark: Mark<'_>) -> Self {
        let key = |name: &str| mark.key(name).unwrap_or_default().to_owned();
        Self {
            direction: key(DIRECTION),
            number: key(NUMBER),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} rule {}", self.direction, self.number)
    }
}

/// The kind of a policy.
pub(crate) fn kind(is_baseline: bool) -> ObjectKind {
    match is_baseline {
        true => ObjectKind::BaselineAdminNetworkPolicy,
        false => ObjectKind::AdminNetworkPolicy,
    }
}

/// What users call a policy.
pub(crate) fn words((is_baseline, name): &Key) -> String {
    match is_baseline {
        true => format!("baseline admin network policy {name}"),
        false => format!("admin network policy {name}"),
    }
}

/// A finding about a policy.
pub(crate) fn finding(key: &Key, cause: impl Into<String>) -> Finding {
    let kind = kind(key.0).resource();
    Finding::new(words(key), cause).next(
        "resource_get",
        [("kind", json!(kind)), ("name", json!(key.1))],
        "the policy, with what each node says of it",
    )
}

/// A policy as evidence.
pub(crate) fn evidence(policy: &AdminPolicy) -> ObjectEvidence {
    ObjectEvidence::of(kind(policy.is_baseline), policy)
        .with("priority", policy.priority)
        .with("ingress-rules", policy.ingress.len())
        .with("egress-rules", policy.egress.len())
}

/// An address set as evidence.
pub(crate) fn set_row(zone: &Zone<'_>, row: &nb::AddressSet) -> Option<Evidence> {
    zone.nb_row(row, |evidence| {
        evidence
            .with(nb::address_set::NAME.name(), row.name())
            .with(nb::address_set::ADDRESSES.name(), row.addresses().len())
    })
}
