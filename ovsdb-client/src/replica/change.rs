//! Change batches: what one applied message did to the rows.

use std::sync::Arc;

use uuid::Uuid;

use crate::replica::Snapshot;
use crate::row::Row;
use crate::schema::{DatabaseLayout, TableLayout};

/// Why rows changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The first complete set of rows.
    Initial,
    /// The server told a change.
    Delta,
    /// A new complete set of rows was compared with the old one, after a reconnect or a gap.
    Resync,
}

/// The net effect of one message.
#[derive(Clone, Debug)]
pub struct ChangeBatch {
    /// Why.
    pub cause: Cause,
    /// The generation of the snapshot that first shows it.
    pub generation: u64,
    /// The changed tables; a table without changes is left out.
    pub tables: Vec<TableChanges>,
    layout: Arc<DatabaseLayout>,
}

/// The changed rows of one table.
#[derive(Clone, Debug)]
pub struct TableChanges {
    /// The table's number in the layout.
    pub table: usize,
    /// The rows, each once where the message named it once.
    pub rows: Vec<RowChanged>,
}

/// One row before and after; one of them is there, and they differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChanged {
    /// The row's UUID.
    pub uuid: Uuid,
    /// The row before; `None` for a new one.
    pub old: Option<Row>,
    /// The row after; `None` for one that is gone.
    pub new: Option<Row>,
}

impl ChangeBatch {
    pub(crate) fn new(cause: Cause, generation: u64, layout: Arc<DatabaseLayout>) -> Self {
        Self {
            cause,
            generation,
            tables: Vec::new(),
            layout,
        }
    }

    /// All rows of a snapshot, as if they had just come.
    pub fn of_all(snapshot: &Snapshot, cause: Cause) -> Self {
        let layout = Arc::clone(snapshot.layout());
        let mut batch = Self::new(cause, snapshot.generation(), layout);
        for (number, table) in snapshot.tables().enumerate() {
            let rows = table
                .iter()
                .map(|row| RowChanged {
                    uuid: row.uuid(),
                    old: None,
                    new: Some(row.clone()),
                })
                .collect();
            batch.push(number, rows);
        }
        batch
    }

    pub(crate) fn push(&mut self, table: usize, rows: Vec<RowChanged>) {
        if !rows.is_empty() {
            self.tables.push(TableChanges { table, rows });
        }
    }

    /// The layout of the rows.
    pub fn layout(&self) -> &Arc<DatabaseLayout> {
        &self.layout
    }

    /// The changed rows of the table called `name`.
    pub fn table(&self, name: &str) -> &[RowChanged] {
        let number = self.layout.table_number(name);
        self.tables
            .iter()
            .find(|changes| Some(changes.table) == number)
            .map_or(&[], |changes| &changes.rows)
    }

    /// Every changed row with the layout of its table.
    pub fn rows(&self) -> impl Iterator<Item = (&TableLayout, &RowChanged)> {
        self.tables.iter().flat_map(|changes| {
            let table = &self.layout.tables()[changes.table];
            changes.rows.iter().map(move |row| (table, row))
        })
    }

    /// How many rows changed.
    pub fn len(&self) -> usize {
        self.tables.iter().map(|changes| changes.rows.len()).sum()
    }

    /// Whether none changed.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }
}

impl RowChanged {
    /// The names of the columns whose values differ, ascending; for a row that came or went, those
    /// that are not empty.
    pub fn changed_columns<'a>(&'a self, layout: &'a TableLayout) -> impl Iterator<Item = &'a str> {
        layout.present().filter_map(|(number, column)| {
            let payload =
                |row: &'a Option<Row>| row.as_ref().map_or(&[][..], |r| r.payload(number));
            (payload(&self.old) != payload(&self.new)).then_some(&*column.name)
        })
    }
}
