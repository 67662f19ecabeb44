//! Origins: which configuration a logical flow was made from.

use std::collections::HashMap;

use ovn_schemas::{nb, sb};
use ovsdb_client::replica;
use ovsdb_client::table::{Enumeration, Table};

use crate::database::Database;
use crate::objects::ObjectKind;
use crate::owner::{self, Ids};
use crate::snapshot::Needs;

/// The digits by which traces and hints name a row: the first group of its UUID.
const DIGITS: usize = 8;

/// The key of a flow's `external_ids` that names the row it was made from.
const HINT: &str = "stage-hint";

/// The key of a flow's `external_ids` that names its stage.
const STAGE: &str = "stage-name";

/// The policy of a route that goes by the source address.
const SOURCE_POLICY: &str = "src-ip";

/// The Northbound rows that decide what becomes of packets, by the first digits of their UUIDs,
/// and the flows made from them.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    rows: HashMap<String, Origin>,
    hints: HashMap<String, String>,
    stages: HashMap<String, String>,
}

impl Origin {
    /// All of it on one line.
    pub(crate) fn words(&self) -> String {
        let digits = self.uuid.get(..DIGITS).unwrap_or(&self.uuid);
        match &self.owner {
            Some(owner) => format!("{} {digits} of {owner}: {}", self.table, self.what),
            None => format!("{} {digits}: {}", self.table, self.what),
        }
    }
}

/// A Northbound row in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) table: &'static str,
    pub(crate) uuid: String,
    /// What it says.
    pub(crate) what: String,
    /// Whom it stands for.
    pub(crate) owner: Option<String>,
    /// The object of the cluster that it was made for.
    pub(crate) object: Option<(ObjectKind, String)>,
}

impl Origins {
    pub(crate) fn read(nb: Option<&replica::Snapshot>, sb: &replica::Snapshot) -> Self {
        let mut origins = Self::default();
        for flow in sb.rows::<sb::LogicalFlow>() {
            if let Some(stage) = flow.external_ids().get(STAGE) {
                origins.stages.insert(digits(&flow), stage.to_owned());
            }
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
            origins.add(&row, what, row.external_ids());
        }
        for row in nb.rows::<nb::LoadBalancer>() {
            origins.add(&row, row.name().to_owned(), row.external_ids());
        }
        for row in nb.rows::<nb::Nat>() {
            let what = format!(
                "{} {} for {}",
                row.type_().name(),
                row.external_ip(),
                row.logical_ip()
            );
            origins.add(&row, what, row.external_ids());
        }
        for row in nb.rows::<nb::LogicalRouterStaticRoute>() {
            let by = match row.policy() {
                Some(policy) if policy.name() == SOURCE_POLICY => "packets from ",
                _ => "",
            };
            let what = format!("{by}{} via {}", row.ip_prefix(), row.nexthop());
            origins.add(&row, what, row.external_ids());
        }
        for row in nb.rows::<nb::LogicalRouterPolicy>() {
            let what = format!(
                "{} at priority {}: {}",
                row.action().name(),
                row.priority(),
                row.match_()
            );
            origins.add(&row, what, row.external_ids());
        }
        origins
    }

    fn add<T: Table>(&mut self, row: &T, what: String, ids: Ids<'_>) {
        let origin = Origin {
            table: T::DEFINITION.name,
            uuid: row.uuid().to_string(),
            what,
            owner: owner::describe(ids),
            object: owner::object_of(ids),
        };
        self.rows.insert(digits(row), origin);
    }

    /// The stage of the flow with a UUID of these first digits.
    pub(crate) fn stage(&self, uuid: &str) -> Option<&str> {
        let stage = self.stages.get(&format!("{uuid:0>DIGITS$}"))?;
        Some(stage)
    }

    /// What the flow with a UUID of these first digits was made from.
    pub(crate) fn of_flow(&self, uuid: &str) -> Option<&Origin> {
        // Traces leave leading zeros out.
        let hint = self.hints.get(&format!("{uuid:0>DIGITS$}"))?;
        self.rows.get(&format!("{hint:0>DIGITS$}"))
    }
}

/// The needs of [`Origins::read`]: flows with their hints, and the rows that those may name.
pub(crate) fn with_needs(needs: Needs) -> Needs {
    let tables = [
        nb::Acl::DEFINITION,
        nb::LoadBalancer::DEFINITION,
        nb::Nat::DEFINITION,
        nb::LogicalRouterStaticRoute::DEFINITION,
        nb::LogicalRouterPolicy::DEFINITION,
    ];
    tables
        .iter()
        .fold(needs, |needs, table| needs.table(Database::Nb, table.name))
        .table(Database::Sb, sb::LogicalFlow::DEFINITION.name)
}

fn digits<T: Table>(row: &T) -> String {
    row.uuid().to_string().chars().take(DIGITS).collect()
}
