//! `Address_Set`: Address Sets.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Set, SetView, Table, TableDef,
    UNLIMITED, Visit, debug,
};

/// Each row in this table represents a named set of addresses. An address set may contain Ethernet,
/// IPv4, or IPv6 addresses with optional bitwise or CIDR masks. Address set may ultimately be used
/// in ACLs to compare against fields such as `ip4.src` or `ip6.src`. A single address set must
/// contain addresses of the same type. As an example, the following would create an address set
/// with three IP addresses:
///
/// ```text
/// ovn-nbctl create Address_Set name=set1 addresses='10.0.0.1 10.0.0.2 10.0.0.3'
/// ```
///
/// Address sets may be used in the [`ACL.match`](super::acl::MATCH) column of the
/// [`ACL`](super::Acl) table. For syntax information, see the details of the expression language
/// used for the `OVN_Southbound.Logical_Flow.match` column in the `OVN_Southbound.Logical_Flow`
/// table of the `OVN_Southbound` database.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct AddressSet(Row);

/// `addresses`: The set of addresses in string form.
///
/// **Shape**: set of strings.
pub const ADDRESSES: Column<AddressSet, Set<String>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<AddressSet, Map<String, String>> = Column::new(1);

/// `name`: A name for the address set. Names are ASCII and must match `[a-zA-Z_.][a-zA-Z_.0-9]*`.
///
/// **Shape**: string; unique.
pub const NAME: Column<AddressSet, String> = Column::new(2);

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
    database: "OVN_Northbound",
    name: "Address_Set",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "addresses", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
    ],
    indexes: &[&[2]],
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
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(NAME, self.name());
    }
}

impl fmt::Debug for AddressSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl AddressSet {
    /// The set of addresses in string form. See [`ADDRESSES`].
    pub fn addresses(&self) -> SetView<'_, String> {
        self.0.get(ADDRESSES)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// A name for the address set. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }
}
