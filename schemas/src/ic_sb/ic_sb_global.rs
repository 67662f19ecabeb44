//! `IC_SB_Global`: IC Southbound configuration.
//!
//! Generated from ovn-ic-sb.ovsschema 2.4.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::connection::Connection;
use super::ssl::Ssl;

/// Interconnection Southbound configuration. This table must have exactly one row.
///
/// # Status
///
/// This column allow a client to track the overall configuration state of the system.
///
/// Column: [`nb_ic_cfg`](NB_IC_CFG).
///
/// # Common Columns
///
/// Columns: [`external_ids`](EXTERNAL_IDS), [`options`](OPTIONS).
///
/// # Connection Options
///
/// Columns: [`connections`](CONNECTIONS), [`ssl`](SSL).
#[derive(Clone, PartialEq, Eq)]
pub struct IcSbGlobal(Row);

/// `connections`: Database clients to which the Open vSwitch database server should connect or on
/// which it should listen, along with options for how these connections should be configured. See
/// the [`Connection`] table for more information.
///
/// **Shape**: set of strong references to [`Connection`].
pub const CONNECTIONS: Column<IcSbGlobal, Set<Ref<Connection>>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<IcSbGlobal, Map<String, String>> = Column::new(1);

/// `nb_ic_cfg`: Sequence number for the configuration. When a CMS or `ovn-ic-nbctl` updates the
/// Interconnect northbound database, it increments the `nb_ic_cfg` column in the `NB_IC_Global`
/// table in the Interconnect northbound database. when `OVN-ICs` updates the southbound database to
/// bring it up to date with these changes, one `OVN-IC` updates this column to the same value.
///
/// **Shape**: integer.
pub const NB_IC_CFG: Column<IcSbGlobal, i64> = Column::new(2);

/// `options` of `IC_SB_Global`.
///
/// **Shape**: map from string to string.
pub const OPTIONS: Column<IcSbGlobal, Map<String, String>> = Column::new(3);

/// `ssl`: Global SSL/TLS configuration.
///
/// **Shape**: optional strong reference to [`Ssl`].
pub const SSL: Column<IcSbGlobal, Option<Ref<Ssl>>> = Column::new(4);

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
    database: "OVN_IC_Southbound",
    name: "IC_SB_Global",
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
        ColumnDef {
            name: "ssl",
            key: BaseDef { reference: Some(("SSL", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for IcSbGlobal {
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
        visitor.column(SSL, self.ssl());
    }
}

impl fmt::Debug for IcSbGlobal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl IcSbGlobal {
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

    /// Sequence number for the configuration. See [`NB_IC_CFG`].
    pub fn nb_ic_cfg(&self) -> i64 {
        self.0.get(NB_IC_CFG)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Global SSL/TLS configuration. See [`SSL`].
    pub fn ssl(&self) -> Option<Ref<Ssl>> {
        self.0.get(SSL)
    }
}
