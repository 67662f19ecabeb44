//! Rows: which configuration a logical flow was made from.

use std::collections::HashMap;

use ovn_schemas::{nb, sb};
use ovsdb_client::replica;
use ovsdb_client::table::{Enumeration, Table};

use crate::owner;

/// The digits by which traces and hints name a row: the first group of its UUID.
const DIGITS: usize = 8;

/// The key of a flow's `external_ids` that names the row it was made from.
const HINT: &str = "stage-hint";

/// The policy of a route that goes by the source address.
const SOURCE_POLICY: &str = "src-ip";

/// The Northbound rows that decide what becomes of packets, by the first digits of their UUIDs,
/// and the flows made from them.
#[derive(Debug, Default)]
pub(super) struct Origins {
    rows: HashMap<String, Origin>,
    hints: HashMap<String, String>,
}

/// A Northbound row in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) table: &'static str,
    pub(super) uuid: String,
    /// What it says.
    pub(super) what: String,
    /// Whom it stands for.
    pub(super) owner: Option<String>,
}

impl Origins {
    pub(super) fn read(nb: Option<&replica::Snapshot>, sb: &replica::Snapshot) -> Self {
        let mut origins = Self::default();
        for flow in sb.rows::<sb::LogicalFlow>() {
            if let Some(hint) = flow.external_ids().get(HINT) {
                origins.hints.insert(digits(&flow), hint.to_owned());
            }
        }
        let Some(nb) = nb else {
            return origins;
        };
        for row in nb.rows::<nb::Acl>() {
            let what = format!(
                "{} {} at priority {}: {}",
                row.direction().name(),
                row.action().name(),
                row.priority(),
                row.match_()
            );
            origins.add(&row, what, owner::describe(row.external_ids()));
        }
        for row in nb.rows::<nb::LoadBalancer>() {
            origins.add(
                &row,
                row.name().to_owned(),
                owner::describe(row.external_ids()),
            );
        }
        for row in nb.rows::<nb::Nat>() {
            let what = format!(
                "{} {} for {}",
                row.type_().name(),
                row.external_ip(),
                row.logical_ip()
            );
            origins.add(&row, what, owner::describe(row.external_ids()));
        }
        for row in nb.rows::<nb::LogicalRouterStaticRoute>() {
            let by = match row.policy() {
                Some(policy) if policy.name() == SOURCE_POLICY => "packets from ",
                _ => "",
            };
            let what = format!("{by}{} via {}", row.ip_prefix(), row.nexthop());
            origins.add(&row, what, owner::describe(row.external_ids()));
        }
        for row in nb.rows::<nb::LogicalRouterPolicy>() {
            let what = format!(
                "{} at priority {}: {}",
                row.action().name(),
                row.priority(),
                row.match_()
            );
            origins.add(&row, what, owner::describe(row.external_ids()));
        }
        origins
    }

    fn add<T: Table>(&mut self, row: &T, what: String, owner: Option<String>) {
        let origin = Origin {
            table: T::DEFINITION.name,
            uuid: row.uuid().to_string(),
            what,
            owner,
        };
        self.rows.insert(digits(row), origin);
    }

    /// What the flow with a UUID of these first digits was made from.
    pub(super) fn of_flow(&self, uuid: &str) -> Option<&Origin> {
        // Traces leave leading zeros out.
        let hint = self.hints.get(&format!("{uuid:0>DIGITS$}"))?;
        self.rows.get(&format!("{hint:0>DIGITS$}"))
    }
}

fn digits<T: Table>(row: &T) -> String {
    row.uuid().to_string().chars().take(DIGITS).collect()
}
