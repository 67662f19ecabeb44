//! Readings: rows read once, as the selections of one transaction.

use std::sync::Arc;

use thiserror::Error;

use crate::operation::{Condition, OperationResult, Outcome, ReadOperation, Select, UUID_COLUMN};
use crate::replica::{Cause, Replica, Snapshot, Values};
use crate::schema::{DatabaseLayout, DatabaseSchema, Selection, TableLayout};
use crate::session::interest::Interest;
use crate::update::{RowChange, Update, UpdateError};

/// The rows of an interest, to be read once. It does no IO: its operations are sent, and their
/// outcome is read, by whoever reaches the server.
#[derive(Clone, Debug)]
pub struct Reading {
    layout: Arc<DatabaseLayout>,
    /// The selections, each with the number of its table in the layout.
    selections: Vec<(usize, Select)>,
}

/// The outcome of a reading's operations holds no rows.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadingError {
    /// An operation gave no rows, or one without its UUID.
    #[error("what came for the table {0} is not rows with their UUIDs")]
    Rows(Box<str>),
    /// Rows that do not fit together.
    #[error("the rows cannot be taken")]
    Update(#[from] UpdateError),
}

impl Reading {
    /// The reading of what an interest wants of a database, as far as its schema has it.
    pub fn new(schema: Arc<DatabaseSchema>, interest: &Interest) -> Self {
        let wanted = |table: &str| interest.columns(table);
        let layout = DatabaseLayout::selected(schema, &interest.generated, wanted);
        let mut selections = Vec::new();
        for (number, table) in layout.tables().iter().enumerate() {
            let columns = match wanted(&table.name) {
                Some(Selection::Named(_)) => Some(columns(table)),
                _ => None,
            };
            let select = |conditions: Vec<Condition>| Select {
                table: table.name.clone(),
                conditions,
                columns: columns.clone(),
            };
            // Transactions join conditions by "and", interests by "or".
            match interest.conditions(&table.name) {
                [] => selections.push((number, select(Vec::new()))),
                conditions => {
                    let each = conditions.iter();
                    selections.extend(each.map(|one| (number, select(vec![one.clone()]))));
                }
            }
        }
        Self {
            layout: Arc::new(layout),
            selections,
        }
    }

    /// The operations to send, in one transaction.
    pub fn operations(&self) -> impl ExactSizeIterator<Item = ReadOperation> {
        let selections = self.selections.iter();
        selections.map(|(_, select)| ReadOperation::Select(select.clone()))
    }

    /// The table that an operation reads, by its place among them.
    pub fn table(&self, operation: usize) -> Option<&str> {
        let (_, select) = self.selections.get(operation)?;
        Some(&select.table)
    }

    /// The rows, all of one moment. What cannot be read of one is left out and logged.
    ///
    /// # Errors
    /// [`ReadingError`] when the outcome is not that of these operations.
    pub fn snapshot(&self, outcome: &Outcome) -> Result<Snapshot, ReadingError> {
        let mut update = Update::new(Arc::clone(&self.layout));
        let mut results = outcome.results.iter();
        for (number, select) in &self.selections {
            let wrong = || ReadingError::Rows(select.table.clone());
            let result = results.next().ok_or_else(wrong)?;
            if !matches!(result, OperationResult::Rows(_)) {
                return Err(wrong());
            }
            let rows = result.rows(&self.layout.tables()[*number], &mut update.faults);
            if rows.iter().any(|row| row.uuid().is_nil()) {
                return Err(wrong());
            }
            let changes = rows
                .into_iter()
                .map(|row| (row.uuid(), RowChange::Whole(row)));
            let place = update.place_of(*number);
            update.tables[place].1.extend(changes);
        }
        for fault in &update.faults {
            tracing::warn!(
                table = &*fault.table,
                row = &*fault.row,
                "{}",
                fault.problem
            );
        }
        let mut replica = Replica::new(Arc::clone(&self.layout));
        replica.apply(update, Values::Whole, Cause::Initial)?;
        Ok(replica.snapshot())
    }
}

fn columns(table: &TableLayout) -> Vec<Box<str>> {
    let present = table.present().map(|(_, column)| column.name.clone());
    [UUID_COLUMN.into()].into_iter().chain(present).collect()
}
