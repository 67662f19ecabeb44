//! Readings: rows read once, as the selections of one transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use thiserror::Error;

use crate::operation::{Condition, OperationResult, Outcome, ReadOperation, Select, UUID_COLUMN};
use crate::replica::{Cause, Replica, Snapshot, Values};
use crate::schema::{DatabaseLayout, DatabaseSchema, Selection};
use crate::session::interest::Interest;
use crate::update::{RowChange, Update, UpdateError};

/// The rows of an interest, to be read once. It does no IO: its operations are sent, and their
/// outcome is read, by whoever reaches the server.
#[derive(Clone, Debug)]
pub struct Reading {
    layout: Arc<DatabaseLayout>,
    /// The selections, each with the number of its table in the layout.
    selections: Vec<(usize, Select)>,
    /// Whether the layout is not the server's own.
    is_assumed: bool,
}

/// The outcome of a reading's operations holds no rows.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadingError {
    /// An operation gave no rows, or one without its UUID.
    #[error("what came for the table {0} is not rows with their UUIDs")]
    Rows(Box<str>),
    /// The server's columns are of other types than the program's.
    #[error("the server's columns of the table {0} are of other types")]
    Types(Box<str>),
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
            let present = table.present().map(|(_, column)| &column.name);
            let columns = match wanted(&table.name) {
                Some(Selection::Named(_)) => Some(columns(present)),
                _ => None,
            };
            let each = selects(&table.name, columns, interest.conditions(&table.name));
            selections.extend(each.map(|select| (number, select)));
        }
        Self {
            layout: Arc::new(layout),
            selections,
            is_assumed: false,
        }
    }

    /// The reading of what an interest wants by the generated tables alone, so that nobody asks for
    /// the server's schema: a server that lacks one of the columns refuses it. `None` where the
    /// interest wants all columns of a table, or others than the generated ones.
    ///
    /// The schema of its rows has the tables that are read as the program knows them, and no
    /// version.
    pub fn assumed(interest: &Interest) -> Option<Self> {
        let tables = interest.tables.as_ref()?.iter().map(|(name, wanted)| {
            let mut generated = interest.generated.iter();
            let table = generated
                .find(|def| *def.database == *interest.database && *def.name == **name)?
                .table_schema();
            let is_known = match &wanted.columns {
                Selection::All => false,
                Selection::Named(names) => names.iter().all(|name| table.column(name).is_some()),
            };
            is_known.then_some(table)
        });
        let schema = DatabaseSchema {
            name: interest.database.clone(),
            version: Box::default(),
            tables: tables.collect::<Option<_>>()?,
        };
        Some(Self {
            is_assumed: true,
            ..Self::new(Arc::new(schema), interest)
        })
    }

    /// The operations of a reading where the server has all tables and columns that are wanted by
    /// name: what can be sent before its schema is here. `None` where the interest names no tables.
    pub fn expected(interest: &Interest) -> Option<Vec<ReadOperation>> {
        let tables = interest.tables.as_ref()?.iter();
        let selects = tables.flat_map(|(name, table)| {
            let columns = match &table.columns {
                Selection::All => None,
                Selection::Named(names) => {
                    let names: BTreeSet<_> = names.iter().collect();
                    Some(columns(names.into_iter()))
                }
            };
            selects(name, columns, &table.conditions)
        });
        Some(selects.map(ReadOperation::Select).collect())
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

    /// The rows, all of one moment. What cannot be read of one is left out and logged; of an
    /// [assumed](Self::assumed) reading it is an error.
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
        if self.is_assumed
            && let Some(fault) = update.faults.pop()
        {
            return Err(ReadingError::Types(fault.table));
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

/// The selections of a table: transactions join conditions by "and", interests by "or".
fn selects<'a>(
    table: &'a str,
    columns: Option<Vec<Box<str>>>,
    conditions: &'a [Condition],
) -> impl Iterator<Item = Select> + use<'a> {
    let all = conditions.is_empty().then(Vec::new);
    let each = conditions.iter().map(|one| vec![one.clone()]);
    all.into_iter().chain(each).map(move |conditions| Select {
        table: table.into(),
        conditions,
        columns: columns.clone(),
    })
}

fn columns<'a>(names: impl Iterator<Item = &'a Box<str>>) -> Vec<Box<str>> {
    [UUID_COLUMN.into()]
        .into_iter()
        .chain(names.cloned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Function;
    use crate::session::interest::TableInterest;

    const SCHEMA: &str = r#"{"name": "Shop", "version": "1.0.0", "tables": {
        "Aisle": {"columns": {"name": {"type": "string"}, "floor": {"type": "integer"}}},
        "Item": {"columns": {"name": {"type": "string"}, "price": {"type": "integer"}}}}}"#;

    fn interest(columns: &[&str]) -> Interest {
        let by_name = |name: &str| Condition::compare("name", Function::Equal, name);
        Interest::nothing("Shop")
            .table_named(
                "Item",
                TableInterest {
                    columns: Selection::Named(columns.iter().map(|name| (*name).into()).collect()),
                    conditions: vec![by_name("apple"), by_name("pear")],
                },
            )
            .table_named("Aisle", TableInterest::all())
    }

    fn operations(interest: &Interest) -> Vec<ReadOperation> {
        let schema = Arc::new(DatabaseSchema::parse(SCHEMA).unwrap());
        Reading::new(schema, interest).operations().collect()
    }

    #[test]
    fn what_is_expected_of_a_server_is_what_is_read_from_one_that_has_it_all() {
        let interest = interest(&["price", "name"]);
        let expected = Reading::expected(&interest).unwrap();
        assert_eq!(expected.len(), 3);
        assert_eq!(operations(&interest), expected);
    }

    #[test]
    fn a_server_that_lacks_a_column_is_not_asked_for_it() {
        let interest = interest(&["price", "colour"]);
        let expected = Reading::expected(&interest).unwrap();
        assert_ne!(operations(&interest), expected);
    }

    #[test]
    fn nothing_is_expected_where_no_tables_are_named() {
        assert_eq!(Reading::expected(&Interest::everything("Shop")), None);
    }
}
