//! Deltas: what differs between two moments of one database.

use std::sync::Arc;

use ovsdb_client::replica;
use ovsdb_client::schema::{Selection, TableLayout};
use ovsdb_client::table::Row;
use ovsdb_client::value::Uuid;

use crate::database::Database;
use crate::snapshot::Needs;

/// A row that differs: as it was and as it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RowDelta<'s> {
    /// Its UUID.
    pub(crate) uuid: Uuid,
    /// Before; `None` for one that came.
    pub(crate) old: Option<&'s Row>,
    /// After; `None` for one that went.
    pub(crate) new: Option<&'s Row>,
}

/// Whether anything that is needed of a database differs.
pub(crate) fn differs(
    before: &replica::Snapshot,
    after: &replica::Snapshot,
    database: Database,
    needs: &Needs,
) -> bool {
    if before.generation() == after.generation() && Arc::ptr_eq(before.layout(), after.layout()) {
        return false;
    }
    needed(after, database, needs)
        .iter()
        .any(|(table, columns)| !deltas(before, after, table, columns).is_empty())
}

/// The tables of a database that are needed, with their columns, ascending.
pub(crate) fn needed<'s>(
    rows: &'s replica::Snapshot,
    database: Database,
    needs: &'s Needs,
) -> Vec<(&'s str, Selection)> {
    let tables = rows.tables();
    let tables = tables.map(|table| &*table.layout().name);
    let is_needed =
        |table: &&str| needs.wants_whole(database) || needs.columns(database, table).is_some();
    tables
        .filter(is_needed)
        .map(|table| {
            let columns = needs.columns(database, table).cloned();
            (table, columns.unwrap_or(Selection::All))
        })
        .collect()
}

/// The rows of a table that differ in these columns, ascending by UUID.
///
/// A column that one of the moments lacks does not count.
pub(crate) fn deltas<'s>(
    before: &'s replica::Snapshot,
    after: &'s replica::Snapshot,
    table: &str,
    columns: &Selection,
) -> Vec<RowDelta<'s>> {
    let (Some(old), Some(new)) = (before.table(table), after.table(table)) else {
        return Vec::new();
    };
    let names = shared_columns(old.layout(), new.layout(), columns);
    let is_same = |a: &Row, b: &Row| {
        let same = |name: &&str| a.value(old.layout(), name) == b.value(new.layout(), name);
        names.iter().all(same)
    };
    let (mut olds, mut news) = (old.iter().peekable(), new.iter().peekable());
    let mut found = Vec::new();
    loop {
        let (a, b) = (olds.peek().copied(), news.peek().copied());
        let order = match (a, b) {
            (None, None) => return found,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(a), Some(b)) => a.uuid().cmp(&b.uuid()),
        };
        let old = a.filter(|_| order.is_le());
        let new = b.filter(|_| order.is_ge());
        if old.is_some() {
            olds.next();
        }
        if new.is_some() {
            news.next();
        }
        let is_equal = match (old, new) {
            (Some(old), Some(new)) => is_same(old, new),
            _ => false,
        };
        if let (Some(row), false) = (old.or(new), is_equal) {
            found.push(RowDelta {
                uuid: row.uuid(),
                old,
                new,
            });
        }
    }
}

/// The columns of a selection that both layouts have.
pub(crate) fn shared_columns<'l>(
    old: &TableLayout,
    new: &'l TableLayout,
    columns: &Selection,
) -> Vec<&'l str> {
    let names = new.present().map(|(_, column)| &*column.name);
    names
        .filter(|name| old.column_number(name).is_some())
        .filter(|name| match columns {
            Selection::All => true,
            Selection::Named(named) => named.iter().any(|one| **one == **name),
        })
        .collect()
}
