//! `DHCP_Relay`: DHCP Relay.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// OVN implements native DHCPv4 relay support which caters to the common use case of relaying the
/// DHCP requests to external DHCP server.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct DhcpRelay(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<DhcpRelay, Map<String, String>> = Column::new(0);

/// `name`: A name for the DHCP Relay.
///
/// **Shape**: string.
pub const NAME: Column<DhcpRelay, String> = Column::new(1);

/// `options`: Future purpose.
///
/// **Shape**: map from string to string.
pub const OPTIONS: Column<DhcpRelay, Map<String, String>> = Column::new(2);

/// `servers`: The DHCPv4 server IP address.
///
/// **Shape**: optional string.
pub const SERVERS: Column<DhcpRelay, Option<String>> = Column::new(3);

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
    name: "DHCP_Relay",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "servers", min: 0, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for DhcpRelay {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(NAME, self.name());
        visitor.column(OPTIONS, self.options());
        visitor.column(SERVERS, self.servers());
    }
}

impl fmt::Debug for DhcpRelay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl DhcpRelay {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// A name for the DHCP Relay. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Future purpose. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// The DHCPv4 server IP address. See [`SERVERS`].
    pub fn servers(&self) -> Option<&str> {
        self.0.get(SERVERS)
    }
}
