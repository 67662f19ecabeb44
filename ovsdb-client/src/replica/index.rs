//! Indexes: by which columns rows are found, and which indexes are kept.

mod cell;
mod slot;

use thiserror::Error;

pub(crate) use self::cell::{Cell, KeyWriter, cells_of};
pub(crate) use self::slot::{Entries, Kept, Slot, hash};
use crate::schema::ColumnType;
use crate::table::{Column, Index, References, Table};
use crate::value::Atom;

/// Columns of a table that make a key, by name; [`Index`] is the typed form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexColumns {
    table: Box<str>,
    parts: Vec<(Box<str>, Option<Atom>)>,
}

impl IndexColumns {
    /// No columns yet of the table called `table`.
    pub fn of(table: &str) -> Self {
        Self {
            table: table.into(),
            parts: Vec::new(),
        }
    }

    /// These columns and then the one called `name`.
    #[must_use]
    pub fn column(mut self, name: &str) -> Self {
        self.parts.push((name.into(), None));
        self
    }

    /// These columns and then the value of `key` in the map column called `name`.
    #[must_use]
    pub fn map_key(mut self, name: &str, key: impl Into<Atom>) -> Self {
        self.parts.push((name.into(), Some(key.into())));
        self
    }

    /// The table's name.
    pub fn table(&self) -> &str {
        &self.table
    }

    pub(crate) fn parts(&self) -> &[(Box<str>, Option<Atom>)] {
        &self.parts
    }
}

impl<T: Table, K> From<Index<T, K>> for IndexColumns {
    fn from(index: Index<T, K>) -> Self {
        let columns = T::DEFINITION.columns;
        Self {
            table: T::DEFINITION.name.into(),
            parts: index
                .parts()
                .filter_map(|part| {
                    let column = columns.get(usize::from(part.column))?;
                    Some((column.name.into(), part.key.map(Atom::from)))
                })
                .collect(),
        }
    }
}

/// An index that a replica is to keep.
///
/// An index never changes an answer, only its price: without one every lookup is a scan. What is
/// kept:
///
/// | index | kept | entries |
/// | --- | --- | --- |
/// | the schema's own | from the time that lookups have cost as much as the index would | hash |
/// | [`IndexSpec::Hash`] | from its declaration on | hash |
/// | [`IndexSpec::Ordered`] | from its declaration on | the key itself, in order |
/// | [`IndexSpec::References`] | from its declaration on | target and source |
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexSpec {
    /// Finds the rows with a given key. The smallest: 32 bytes a row, whatever the key.
    Hash(IndexColumns),
    /// Finds the rows with a given key, with a given beginning of one or between two, in order.
    Ordered(IndexColumns),
    /// Finds the rows that refer to a given one by a column.
    References {
        /// The table of the rows that refer.
        table: Box<str>,
        /// The column by which they do.
        column: Box<str>,
    },
}

impl IndexSpec {
    /// An index for equal keys on these columns, named ([`IndexColumns`]) or typed ([`Index`]).
    pub fn hash(columns: impl Into<IndexColumns>) -> Self {
        Self::Hash(columns.into())
    }

    /// An index for keys in order on these columns, named ([`IndexColumns`]) or typed ([`Index`]).
    pub fn ordered(columns: impl Into<IndexColumns>) -> Self {
        Self::Ordered(columns.into())
    }

    /// An index for those who refer to a row by this column.
    pub fn references<T: Table, V: References>(column: Column<T, V>) -> Self {
        Self::references_named(T::DEFINITION.name, column.name())
    }

    /// An index for those who refer to a row by the column called `column` of the table `table`.
    pub fn references_named(table: &str, column: &str) -> Self {
        Self::References {
            table: table.into(),
            column: column.into(),
        }
    }

    /// The name of the table whose rows are found.
    pub fn table(&self) -> &str {
        match self {
            Self::Hash(columns) | Self::Ordered(columns) => columns.table(),
            Self::References { table, .. } => table,
        }
    }
}

/// The rows here cannot be found by these columns or by this key. The fault is the caller's, or
/// the server has another schema than the caller thought: asking again will not help.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The table is not replicated.
    #[error("no table {table} is here")]
    Table {
        /// Its name.
        table: Box<str>,
    },
    /// The column is not replicated.
    #[error("no column {table}.{column} is here")]
    Column {
        /// The table's name.
        table: Box<str>,
        /// The column's name.
        column: Box<str>,
    },
    /// The column holds no map with such keys.
    #[error("column {column} holds no map with keys like {key}, but a value of type {column_type}")]
    MapKey {
        /// The column's name.
        column: Box<str>,
        /// The key.
        key: Atom,
        /// What it holds.
        column_type: Box<ColumnType>,
    },
    /// The column refers to no rows.
    #[error("column {column} refers to nothing, but holds a value of type {column_type}")]
    NoReference {
        /// The column's name.
        column: Box<str>,
        /// What it holds.
        column_type: Box<ColumnType>,
    },
    /// The key has a value that the column cannot have.
    #[error("part {place} of the key is no {expected}")]
    Key {
        /// Which part of the key, from 0 on.
        place: usize,
        /// What it must be.
        expected: String,
    },
    /// The key has more parts than there are columns, or fewer where all are needed.
    #[error("a key of length {given} for {columns} column(s)")]
    Length {
        /// How many it has.
        given: usize,
        /// How many it may have.
        columns: usize,
    },
}
