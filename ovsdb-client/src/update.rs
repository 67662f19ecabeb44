//! Table updates: the change notifications and monitor replies of all three formats.
//!
//! **Source**: RFC 7047 §4.1.6 (format 1); ovsdb-server(7) §4.1.12–4.1.15 (formats 2 and 3).

mod decode;
mod reader;

use std::sync::Arc;

use uuid::Uuid;

pub(crate) use self::decode::{Columns, Order, columns, fill_absents};
pub use self::decode::{Format, UpdateError};
pub(crate) use self::reader::{Fault, UpdateReader};
use crate::row::{Delta, Row};
use crate::schema::DatabaseLayout;

/// What one message says about the rows of a database.
///
/// **Shape**: a net change of state, not a transaction: a server folds several transactions into
/// one message while a client reads slowly.
#[derive(Clone, Debug)]
pub struct Update {
    /// Whose numbers of tables and columns it has.
    pub(crate) layout: Arc<DatabaseLayout>,
    /// The changes, by table number of the layout, in the order of the message.
    pub(crate) tables: Vec<(usize, Vec<(Uuid, RowChange)>)>,
    /// What could not be read; everything else was.
    pub faults: Vec<RowFault>,
}

impl Update {
    /// An update that says nothing.
    pub(crate) fn new(layout: Arc<DatabaseLayout>) -> Self {
        Self {
            layout,
            tables: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// The place of a table's changes, which is made where there is none: a table named twice stays
    /// one table, in which later rows come later.
    pub(crate) fn place_of(&mut self, table: usize) -> usize {
        let known = self.tables.iter().position(|(number, _)| *number == table);
        known.unwrap_or_else(|| {
            self.tables.push((table, Vec::new()));
            self.tables.len() - 1
        })
    }

    /// How many rows are named.
    pub fn rows(&self) -> usize {
        self.tables.iter().map(|(_, rows)| rows.len()).sum()
    }
}

/// What happens to one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowChange {
    /// The row is now this, whether it was there or not.
    Whole(Row),
    /// These columns change.
    Modify(Delta),
    /// The row goes.
    Delete,
}

/// A part of an update that is not what the schema says, and was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFault {
    /// The table.
    pub table: Box<str>,
    /// The row, as the message spelled it.
    pub row: Box<str>,
    /// The column, `None` for the whole row.
    pub column: Option<Box<str>>,
    /// What is wrong.
    pub problem: String,
}

#[cfg(test)]
mod tests;
