//! Orders: by which fields the answer's rows are sorted.

use std::cmp::Ordering;
use std::fmt;

use ovn_schemas::nb::logical_switch;
use ovsdb_client::schema::{TableLayout, TableSchema};
use ovsdb_client::table::TableDef;
use ovsdb_client::value::{AtomRef, Uuid};

use crate::report::ToolError;
use crate::tool::rows_find::field::Field;

/// One field to sort by: `name`, or `-priority` for descending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OrderBy {
    /// The field.
    pub(super) field: Field,
    /// Whether greater values come first.
    pub(super) descending: bool,
}

impl OrderBy {
    /// Reads one.
    ///
    /// # Errors
    /// [`ToolError`] with the form to write.
    pub(super) fn parse(text: &str) -> Result<Self, ToolError> {
        let text = text.trim();
        let (descending, field) = match text.strip_prefix('-') {
            Some(field) => (true, field),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        Ok(Self {
            field: Field::parse(field)?,
            descending,
        })
    }

    fn ascending(column: &str) -> Self {
        Self {
            field: Field::column(column),
            descending: false,
        }
    }

    /// The order of a table's rows where none is asked for: by name, else by the first index.
    ///
    /// Columns that were not read do not count.
    pub(super) fn default_of(schema: &TableSchema, layout: &TableLayout) -> Vec<Self> {
        let is_read = |name: &str| layout.column_number(name).is_some();
        if is_read(name_column()) {
            return vec![Self::ascending(name_column())];
        }
        let index = schema.indexes.first().into_iter().flatten();
        index
            .filter(|name| is_read(name))
            .map(|name| Self::ascending(name))
            .collect()
    }

    /// The columns that [`OrderBy::default_of`] may want, by the generated table.
    pub(super) fn default_columns(table: Option<&TableDef>) -> Vec<&'static str> {
        let indexed = table
            .and_then(|table| Some((table, table.indexes.first()?)))
            .into_iter()
            .flat_map(|(table, index)| {
                index
                    .iter()
                    .filter_map(|&number| table.columns.get(usize::from(number)))
            })
            .map(|column| column.name);
        std::iter::once(name_column()).chain(indexed).collect()
    }
}

/// What the column that holds a row's name is called, in whichever table.
fn name_column() -> &'static str {
    logical_switch::NAME.name()
}

impl fmt::Display for OrderBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        write!(f, "{sign}{}", self.field)
    }
}

/// A row's place in the answer: a total order, since nodes' labels and UUIDs in them are unique.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'s> {
    /// What is sorted by, in turn.
    pub(super) parts: Vec<Part<'s>>,
    /// The label of the row's database.
    pub(super) node: &'s str,
    /// The row.
    pub(super) uuid: Uuid,
}

/// One field's value as part of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part<'s> {
    /// The atoms, none where the field is unset: an unset field is less than any value.
    pub(super) atoms: Vec<AtomRef<'s>>,
    /// Whether greater values come first.
    pub(super) descending: bool,
}

impl Ord for Part<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let ascending = self.atoms.cmp(&other.atoms);
        if self.descending {
            ascending.reverse()
        } else {
            ascending
        }
    }
}

impl PartialOrd for Part<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
