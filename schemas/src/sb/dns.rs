//! `DNS`: Native DNS resolution.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::datapath_binding::DatapathBinding;

/// Each row in this table stores the DNS records. The OVN action `dns_lookup` uses this table for
/// DNS resolution.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Dns(Row);

/// `datapaths`: The DNS records defined in the column [`records`](RECORDS) will be applied only to
/// the DNS queries originating from the datapaths defined in this column.
///
/// **Shape**: set (at least 1) of strong references to [`DatapathBinding`].
pub const DATAPATHS: Column<Dns, Set<Ref<DatapathBinding>>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Dns, Map<String, String>> = Column::new(1);

/// `options` of `DNS`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `ovn-owned`: This column indicates that all the `Domains` in this table are owned by OVN, and
///   all `DNS queries` for those domains will be answered locally by either an IP address or `DNS
///   rejection`.
pub const OPTIONS: Column<Dns, Map<String, String>> = Column::new(2);

/// `records`: Key-value pair of DNS records with `DNS query name` as the key and a string of IP
/// address(es) separated by comma or space as the value. ovn-northd stores the DNS query name in
/// all lowercase in order to facilitate case-insensitive lookups.
///
/// **Example:** "vm1.ovn.org" = "10.0.0.4 aef0::4"
///
/// **Shape**: map from string to string.
pub const RECORDS: Column<Dns, Map<String, String>> = Column::new(3);

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

/// Any UUID.
const UUID: BaseDef = BaseDef::plain(Kind::Uuid);

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
    name: "DNS",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapaths",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "records", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for Dns {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DATAPATHS, self.datapaths());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(OPTIONS, self.options());
        visitor.column(RECORDS, self.records());
    }
}

impl fmt::Debug for Dns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Dns {
    /// The DNS records defined in the column [`records`](RECORDS) will be applied only to the DNS
    /// queries originating from the datapaths defined in this column. See [`DATAPATHS`].
    pub fn datapaths(&self) -> SetView<'_, Ref<DatapathBinding>> {
        self.0.get(DATAPATHS)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Key-value pair of DNS records with `DNS query name` as the key and a string of IP
    /// address(es) separated by comma or space as the value. ovn-northd stores the DNS query name
    /// in all lowercase in order to facilitate case-insensitive lookups. See [`RECORDS`].
    pub fn records(&self) -> MapView<'_, String, String> {
        self.0.get(RECORDS)
    }
}
