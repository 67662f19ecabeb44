//! `Address_Set`: Address Sets.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Row, Set, SetView, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// This table contains address sets synced from the `OVN_Northbound.Address_Set` table in the
/// `OVN_Northbound` database and address sets generated from the `OVN_Northbound.Port_Group` table
/// in the `OVN_Northbound` database.
///
/// See the documentation for the `OVN_Northbound.Address_Set` table and `OVN_Northbound.Port_Group`
/// table in the `OVN_Northbound` database for details.
#[derive(Clone, PartialEq, Eq)]
pub struct AddressSet(Row);

/// `addresses` of `Address_Set`.
///
/// **Shape**: set of strings.
pub const ADDRESSES: Column<AddressSet, Set<String>> = Column::new(0);

/// `name` of `Address_Set`.
///
/// **Shape**: string; unique.
pub const NAME: Column<AddressSet, String> = Column::new(1);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<AddressSet, String> = Index::schema(0);

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
    name: "Address_Set",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "addresses", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
    ],
    indexes: &[&[1]],
};

impl Table for AddressSet {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ADDRESSES, self.addresses());
        visitor.column(NAME, self.name());
    }
}

impl fmt::Debug for AddressSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl AddressSet {
    /// The column `addresses`. See [`ADDRESSES`].
    pub fn addresses(&self) -> SetView<'_, String> {
        self.0.get(ADDRESSES)
    }

    /// The column `name`. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }
}
