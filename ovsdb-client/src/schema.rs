//! Schemas: what tables, columns and types a database has.
//!
//! **Source**: RFC 7047 §3.2; ovsdb(7), "Schema".

mod compare;
pub(crate) mod definition;
mod encode;
mod layout;
mod parse;

pub use self::compare::{Difference, compare};
pub use self::layout::{ColumnLayout, DatabaseLayout, Selection, TableLayout};
pub use self::parse::SchemaError;
pub use crate::value::column_type::{BaseType, ColumnType, RefKind, Reference, UNLIMITED};

/// A database's schema.
///
/// **Shape**: tables and columns ascending by name, whatever order the text had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseSchema {
    /// The database's name, such as `OVN_Northbound`.
    pub name: Box<str>,
    /// The version (`x.y.z`), empty where the text had none.
    pub version: Box<str>,
    /// The tables.
    pub tables: Vec<TableSchema>,
}

/// A table's schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSchema {
    /// The table's name.
    pub name: Box<str>,
    /// The columns, `_uuid` and `_version` left out.
    pub columns: Vec<ColumnSchema>,
    /// The most rows the table may hold; `None` for no limit.
    pub max_rows: Option<u64>,
    /// Whether a row lives without a strong reference to it.
    /// **Default**: false, as RFC 7047 says; a schema in which no table is a root table is read
    /// as if all were, as ovsdb-server reads it.
    pub is_root: bool,
    /// Sets of columns whose values together are unique, by column name.
    pub indexes: Vec<Vec<Box<str>>>,
}

/// A column's schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnSchema {
    /// The column's name.
    pub name: Box<str>,
    /// The type of its values.
    pub column_type: ColumnType,
    /// Whether the value is kept out of the database file.
    pub ephemeral: bool,
    /// Whether the value can change after the row was inserted.
    pub mutable: bool,
}

impl DatabaseSchema {
    /// The table called `name`.
    pub fn table(&self, name: &str) -> Option<&TableSchema> {
        self.tables
            .binary_search_by(|table| (*table.name).cmp(name))
            .ok()
            .map(|at| &self.tables[at])
    }
}

impl TableSchema {
    /// The column called `name`.
    pub fn column(&self, name: &str) -> Option<&ColumnSchema> {
        self.columns
            .binary_search_by(|column| (*column.name).cmp(name))
            .ok()
            .map(|at| &self.columns[at])
    }
}
