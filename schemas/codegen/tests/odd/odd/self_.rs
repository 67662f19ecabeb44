//! Table `self` of `Odd`.
//!
//! Generated from odd.ovsschema 0.0.1; do not edit.

use std::fmt;

use ovsdb_client::table::{BaseDef, Column, ColumnDef, Kind, Row, Table, TableDef, Visit, debug};

/// A row of `self`.
#[derive(Clone, PartialEq, Eq)]
pub struct SelfTable(Row);

/// `name` of `self`.
///
/// **Shape**: string.
pub const NAME: Column<SelfTable, String> = Column::new(0);

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

/// A scalar of any string: each column below says in what it differs.
const PLAIN: ColumnDef = ColumnDef {
    name: "",
    key: STRING,
    value: None,
    min: 1,
    max: 1,
    mutable: true,
    ephemeral: false,
};

/// What the table holds, with its columns in the order of their numbers.
#[rustfmt::skip]
pub static DEFINITION: TableDef = TableDef {
    database: "Odd",
    name: "self",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "name", ..PLAIN },
    ],
    indexes: &[],
};

impl Table for SelfTable {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(NAME, self.name());
    }
}

impl fmt::Debug for SelfTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl SelfTable {
    /// The column `name`. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }
}
