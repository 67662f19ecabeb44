//! Table `Nothing` of `Odd`.
//!
//! Generated from odd.ovsschema 0.0.1; do not edit.

use std::fmt;

use ovsdb_client::table::{Row, Table, TableDef, Visit, debug};

/// A row of `Nothing`.
#[derive(Clone, PartialEq, Eq)]
pub struct Nothing(Row);

/// What the table holds, with its columns in the order of their numbers.
#[rustfmt::skip]
pub static DEFINITION: TableDef = TableDef {
    database: "Odd",
    name: "Nothing",
    is_root: false,
    max_rows: Some(1),
    columns: &[],
    indexes: &[],
};

impl Table for Nothing {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, _visitor: &mut impl Visit) {}
}

impl fmt::Debug for Nothing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}
