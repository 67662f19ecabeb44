//! `IC_NB_Global`: IC Northbound configuration.
//!
//! Generated from ovn-ic-nb.ovsschema 1.3.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::connection::Connection;
use super::ssl::Ssl;

/// Northbound configuration for OVN interconnection. This table must have exactly one row.
///
/// # Status
///
/// These columns allow a client to track the overall configuration state of the system.
///
/// Columns: [`nb_ic_cfg`](NB_IC_CFG), [`sb_ic_cfg`](SB_IC_CFG).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Common options
///
/// Column: [`options`](OPTIONS).
///
/// # Connection Options
///
/// Columns: [`connections`](CONNECTIONS), [`ssl`](SSL).
#[derive(Clone, PartialEq, Eq)]
pub struct IcNbGlobal(Row);

/// `connections`: Database clients to which the Open vSwitch database server should connect or on
/// which it should listen, along with options for how these connections should be configured. See
/// the [`Connection`] table for more information.
///
/// **Shape**: set of strong references to [`Connection`].
pub const CONNECTIONS: Column<IcNbGlobal, Set<Ref<Connection>>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<IcNbGlobal, Map<String, String>> = Column::new(1);

/// `nb_ic_cfg`: Sequence number for client to increment. When a client modifies the interconnect
/// northbound database configuration and wishes to wait for `OVN-ICs` to handle this change and
/// update the Interconnect southbound database, it may increment this sequence number.
///
/// **Shape**: integer.
pub const NB_IC_CFG: Column<IcNbGlobal, i64> = Column::new(2);

/// `options`: This column provides general key/value settings. The supported options are described
/// individually below.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `ic_probe_interval`: The inactivity probe interval of the connection to the OVN IC Northbound
///   and Southbound databases from `ovn-ic`, in milliseconds. If the value is zero, it disables the
///   connection keepalive feature.
///
///   If the value is nonzero, then it will be forced to a value of at least 1000 ms.
/// - `vxlan_mode`: This field allows the client to enable VXLAN as encapsulation protocol for for
///   cross-AZ traffic. Default value is false.
pub const OPTIONS: Column<IcNbGlobal, Map<String, String>> = Column::new(3);

/// `sb_ic_cfg`: Sequence number that one `OVN-IC` sets to the value of [`nb_ic_cfg`](NB_IC_CFG)
/// after waiting to all the `OVN-ICs` finish applying their changes to interconnect southbound
/// database.
///
/// **Shape**: integer.
pub const SB_IC_CFG: Column<IcNbGlobal, i64> = Column::new(4);

/// `ssl`: Global SSL/TLS configuration.
///
/// **Shape**: optional strong reference to [`Ssl`].
pub const SSL: Column<IcNbGlobal, Option<Ref<Ssl>>> = Column::new(5);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

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
    database: "OVN_IC_Northbound",
    name: "IC_NB_Global",
    is_root: true,
    max_rows: Some(1),
    columns: &[
        ColumnDef {
            name: "connections",
            key: BaseDef { reference: Some(("Connection", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "nb_ic_cfg", key: INTEGER, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "sb_ic_cfg", key: INTEGER, ..PLAIN },
        ColumnDef {
            name: "ssl",
            key: BaseDef { reference: Some(("SSL", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for IcNbGlobal {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CONNECTIONS, self.connections());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(NB_IC_CFG, self.nb_ic_cfg());
        visitor.column(OPTIONS, self.options());
        visitor.column(SB_IC_CFG, self.sb_ic_cfg());
        visitor.column(SSL, self.ssl());
    }
}

impl fmt::Debug for IcNbGlobal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl IcNbGlobal {
    /// Database clients to which the Open vSwitch database server should connect or on which it
    /// should listen, along with options for how these connections should be configured. See
    /// [`CONNECTIONS`].
    pub fn connections(&self) -> SetView<'_, Ref<Connection>> {
        self.0.get(CONNECTIONS)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Sequence number for client to increment. See [`NB_IC_CFG`].
    pub fn nb_ic_cfg(&self) -> i64 {
        self.0.get(NB_IC_CFG)
    }

    /// This column provides general key/value settings. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Sequence number that one `OVN-IC` sets to the value of [`nb_ic_cfg`](NB_IC_CFG) after
    /// waiting to all the `OVN-ICs` finish applying their changes to interconnect southbound
    /// database. See [`SB_IC_CFG`].
    pub fn sb_ic_cfg(&self) -> i64 {
        self.0.get(SB_IC_CFG)
    }

    /// Global SSL/TLS configuration. See [`SSL`].
    pub fn ssl(&self) -> Option<Ref<Ssl>> {
        self.0.get(SSL)
    }
}
