//! `DNS`: Native DNS resolution.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// Each row in this table stores the DNS records. The [`Logical_Switch`](super::LogicalSwitch)
/// table's [`Logical_Switch.dns_records`](super::logical_switch::DNS_RECORDS) references these
/// records.
#[derive(Clone, PartialEq, Eq)]
pub struct Dns(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Dns, Map<String, String>> = Column::new(0);

/// `options` of `DNS`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `ovn-owned`: If set to true, then the OVN will be the main responsible for `DNS Records`
///   within this row.
///
///   A `DNS` row with this option set to `true` can be created for domains that the user needs to
///   configure locally and don't care about IPv6 only interested in IPv4 or vice versa. This will
///   let ovn send IPv4 DNS reply and reject/ignore IPv6 queries to save the waiting for a timeout
///   on those uninteresting queries.
pub const OPTIONS: Column<Dns, Map<String, String>> = Column::new(1);

/// `records`: Key-value pair of DNS records with `DNS query name` as the key and value as a string
/// of IP address(es) separated by comma or space. For PTR requests, the key-value pair can be
/// `Reverse IPv4 address.in-addr.arpa` and the value `DNS domain name`. For IPv6 addresses, the key
/// has to be `Reverse IPv6 address.ip6.arpa`.
///
/// **Example:** "vm1.ovn.org" = "10.0.0.4 aef0::4"
///
/// **Example:** "4.0.0.10.in-addr.arpa" = "vm1.ovn.org"
///
/// **Shape**: map from string to string.
pub const RECORDS: Column<Dns, Map<String, String>> = Column::new(2);

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
    name: "DNS",
    is_root: true,
    max_rows: None,
    columns: &[
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
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Key-value pair of DNS records with `DNS query name` as the key and value as a string of IP
    /// address(es) separated by comma or space. See [`RECORDS`].
    pub fn records(&self) -> MapView<'_, String, String> {
        self.0.get(RECORDS)
    }
}
