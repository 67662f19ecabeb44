//! The Northbound rows that flows come from.

use std::collections::HashMap;

use ovn_schemas::nb;
use ovsdb_client::table::{Row, Table, TableDef};

use crate::check::{Zone, object_of_port};
use crate::owner::{Ids, describe};

/// The tables whose rows northd names as the origin of flows.
pub(super) const HINTED: [&TableDef; 12] = [
    nb::Acl::DEFINITION,
    nb::LoadBalancer::DEFINITION,
    nb::Nat::DEFINITION,
    nb::LogicalRouterPolicy::DEFINITION,
    nb::LogicalRouterStaticRoute::DEFINITION,
    nb::LogicalSwitchPort::DEFINITION,
    nb::LogicalRouterPort::DEFINITION,
    nb::LogicalSwitch::DEFINITION,
    nb::LogicalRouter::DEFINITION,
    nb::Qos::DEFINITION,
    nb::DhcpOptions::DEFINITION,
    nb::PortGroup::DEFINITION,
];

/// The rows by the first 8 digits of their UUIDs, in words.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints(HashMap<String, String>);

impl Hints {
    /// Those of a zone.
    pub(super) fn of(zone: &Zone<'_>) -> Self {
        let mut hints = Self::default();
        let Some(read) = zone.nb else { return hints };
        for table in HINTED {
            let rows = read.rows.table(table.name);
            for row in rows.iter().flat_map(|rows| rows.iter()) {
                hints.0.insert(digits(row), table.name.to_owned());
            }
        }
        for row in zone.nb_rows::<nb::Acl>() {
            hints.owner(row.as_row(), row.external_ids());
        }
        for row in zone.nb_rows::<nb::Nat>() {
            hints.owner(row.as_row(), row.external_ids());
        }
        for row in zone.nb_rows::<nb::LogicalRouterPolicy>() {
            hints.owner(row.as_row(), row.external_ids());
        }
        for row in zone.nb_rows::<nb::LoadBalancer>() {
            hints.name(row.as_row(), row.name());
            hints.owner(row.as_row(), row.external_ids());
        }
        for row in zone.nb_rows::<nb::LogicalSwitchPort>() {
            hints.name(row.as_row(), &object_of_port(&row));
        }
        for row in zone.nb_rows::<nb::LogicalRouterPort>() {
            hints.name(row.as_row(), row.name());
        }
        for row in zone.nb_rows::<nb::LogicalRouterStaticRoute>() {
            let route = format!("{} via {}", row.ip_prefix(), row.nexthop());
            hints.name(row.as_row(), &route);
        }
        hints
    }

    fn owner(&mut self, row: &Row, ids: Ids<'_>) {
        if let Some(owner) = describe(ids) {
            self.name(row, &owner);
        }
    }

    fn name(&mut self, row: &Row, name: &str) {
        if let Some(words) = self.0.get_mut(&digits(row)) {
            let table = words.split(':').next().unwrap_or_default().to_owned();
            *words = format!("{table}: {name}");
        }
    }

    /// A row in words: its table, UUID and owner.
    pub(super) fn words(&self, hint: &str) -> String {
        match self.0.get(hint) {
            None => hint.to_owned(),
            Some(words) => match words.split_once(": ") {
                Some((table, name)) => format!("{table} {hint}: {name}"),
                None => format!("{words} {hint}"),
            },
        }
    }
}

fn digits(row: &Row) -> String {
    let uuid = row.uuid().simple().to_string();
    uuid.get(..8).unwrap_or_default().to_owned()
}
