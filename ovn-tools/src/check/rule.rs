//! Access rules by the port group or switch that they are on.

use ovn_schemas::nb;
use ovsdb_client::table::Enumeration;

use crate::check::finding::Evidence;
use crate::check::scene::Zone;
use crate::flow::Match;
use crate::owner::describe;

/// An access rule.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The row.
    pub(crate) row: nb::Acl,
    /// The match in one spelling.
    text: String,
}

impl Rule {
    /// What rules must share to be about the same packets at the same time.
    pub(crate) fn stage(&self) -> (String, i64, bool, String) {
        let after = self.row.options().get("apply-after-lb") == Some("true");
        let direction = self.row.direction().name().to_owned();
        (direction, self.row.tier(), after, self.text.clone())
    }
}

/// The rules of a port group or switch.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// What users call it.
    pub(crate) object: String,
    /// Its name.
    pub(crate) name: String,
    /// The rules.
    pub(crate) rules: Vec<Rule>,
}

/// The rules of each port group and switch.
pub(crate) fn rules(zone: &Zone<'_>) -> Vec<Rules> {
    let Some(nb) = zone.nb else { return Vec::new() };
    let rule = |row: nb::Acl| {
        let text = match Match::parse(row.match_()) {
            Ok(read) => read.expression.to_string(),
            Err(_) => row.match_().to_owned(),
        };
        Rule { row, text }
    };
    let mut all = Vec::new();
    for group in zone.nb_rows::<nb::PortGroup>() {
        let object = describe(group.external_ids());
        let object = object.unwrap_or_else(|| format!("port group {}", group.name()));
        let rules = group.acls().iter().filter_map(|acl| nb.rows.get(acl));
        all.push(Rules {
            object,
            name: group.name().to_owned(),
            rules: rules.map(rule).collect(),
        });
    }
    for switch in zone.nb_rows::<nb::LogicalSwitch>() {
        let rules = switch.acls().iter().filter_map(|acl| nb.rows.get(acl));
        all.push(Rules {
            object: format!("switch {}", switch.name()),
            name: switch.name().to_owned(),
            rules: rules.map(rule).collect(),
        });
    }
    all
}

/// The row of a rule.
pub(crate) fn evidence(zone: &Zone<'_>, row: &nb::Acl) -> Option<Evidence> {
    zone.nb_row(row, |evidence| {
        evidence
            .with(nb::acl::PRIORITY.name(), row.priority())
            .with(nb::acl::ACTION.name(), row.action().name())
            .with(nb::acl::MATCH.name(), row.match_())
    })
}
