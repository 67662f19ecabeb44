//! `Port_Group`: Port Groups.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Row, Set, SetView, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// This table contains names for the logical switch ports in the `OVN_Northbound` database that
/// belongs to the same group that is defined in `OVN_Northbound.Port_Group` in the `OVN_Northbound`
/// database.
#[derive(Clone, PartialEq, Eq)]
pub struct PortGroup(Row);

/// `name` of `Port_Group`.
///
/// **Shape**: string; unique.
pub const NAME: Column<PortGroup, String> = Column::new(0);

/// `ports` of `Port_Group`.
///
/// **Shape**: set of strings.
pub const PORTS: Column<PortGroup, Set<String>> = Column::new(1);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<PortGroup, String> = Index::schema(0);

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
    database: "OVN_Southbound",
    name: "Port_Group",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "ports", min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[&[0]],
};

impl Table for PortGroup {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(NAME, self.name());
        visitor.column(PORTS, self.ports());
    }
}

impl fmt::Debug for PortGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl PortGroup {
    /// The column `name`. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `ports`. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, String> {
        self.0.get(PORTS)
    }
}
