//! `SB_Global`: Southbound configuration.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::connection::Connection;
use super::ssl::Ssl;

/// Southbound configuration for an OVN system. This table must have exactly one row.
///
/// # Status
///
/// This column allow a client to track the overall configuration state of the system.
///
/// Column: [`nb_cfg`](NB_CFG).
///
/// # Common Columns
///
/// Columns: [`external_ids`](EXTERNAL_IDS), [`options`](OPTIONS).
///
/// # Common options
///
/// Column: [`options`](OPTIONS).
///
/// # Options for configuring BFD
///
/// These options apply when `ovn-controller` configures BFD on tunnels interfaces.
///
/// Column: [`options`](OPTIONS).
///
/// # Options for configuring ovn-sbctl
///
/// These options apply when `ovn-sbctl` connects to OVN Southbound database.
///
/// Column: [`options`](OPTIONS).
///
/// # Connection Options
///
/// Columns: [`connections`](CONNECTIONS), [`ssl`](SSL).
///
/// # Security Configurations
///
/// Column: [`ipsec`](IPSEC).
#[derive(Clone, PartialEq, Eq)]
pub struct SbGlobal(Row);

/// `connections`: Database clients to which the Open vSwitch database server should connect or on
/// which it should listen, along with options for how these connections should be configured. See
/// the [`Connection`] table for more information.
///
/// **Shape**: set of strong references to [`Connection`].
pub const CONNECTIONS: Column<SbGlobal, Set<Ref<Connection>>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<SbGlobal, Map<String, String>> = Column::new(1);

/// `ipsec`: Tunnel encryption configuration. If this column is set to be true, all OVN tunnels will
/// be encrypted with IPsec.
///
/// **Shape**: boolean.
pub const IPSEC: Column<SbGlobal, bool> = Column::new(2);

/// `nb_cfg`: Sequence number for the configuration. When a CMS or `ovn-nbctl` updates the
/// northbound database, it increments the `nb_cfg` column in the `NB_Global` table in the
/// northbound database. In turn, when `ovn-northd` updates the southbound database to bring it up
/// to date with these changes, it updates this column to the same value.
///
/// **Shape**: integer.
pub const NB_CFG: Column<SbGlobal, i64> = Column::new(3);

/// `options`: This column provides general key/value settings. The supported options are described
/// individually below.
///
/// **Shape**: map from string to string.
///
/// **Keys**, Common options:
///
/// - `enable_chassis_nb_cfg_update`: If set to `false`, ovn-controller will no longer update the
///   `OVN_Southbound.Chassis_Private.nb_cfg` column in the `OVN_Southbound.Chassis_Private` table
///   of the `OVN_Southbound` database. It will still update the `external_ids:ovn-nb-cfg` in the
///   local OVS integration bridge.
///
/// **Keys**, Options for configuring BFD:
///
/// - `bfd-min-rx`: BFD option `min-rx` value to use when configuring BFD on tunnel interfaces.
/// - `bfd-decay-min-rx`: BFD option `decay-min-rx` value to use when configuring BFD on tunnel
///   interfaces.
/// - `bfd-min-tx`: BFD option `min-tx` value to use when configuring BFD on tunnel interfaces.
/// - `bfd-mult`: BFD option `mult` value to use when configuring BFD on tunnel interfaces.
/// - `debug_drop_domain_id`: If set to a 8-bit number and if `debug_drop_collector_set` is also
///   configured, `ovn-controller` will add a `sample` action to every flow that does not come from
///   a logical flow that contains a 'drop' action. The 8 most significant bits of the
///   observation_domain_id field will be those specified in the `debug_drop_domain_id`. The 24
///   least significant bits of the observation_domain_id field will be zero.
///
///   The observation_point_id will be set to the OpenFlow table number.
/// - `debug_drop_collector_set`: If set to a 32-bit number `ovn-controller` will add a `sample`
///   action to every flow that does not come from a logical flow that contains a 'drop' action. The
///   sample action will have the specified collector_set_id. The value must match that of the local
///   OVS configuration as described in `ovs-actions`(7).
///
/// **Keys**, Options for configuring ovn-sbctl:
///
/// - `sbctl_probe_interval`: The inactivity probe interval of the connection to the OVN Southbound
///   database from `ovn-sbctl` utility, in milliseconds. If the value is zero, it disables the
///   connection keepalive feature.
///
///   If the value is nonzero, then it will be forced to a value of at least 1000 ms.
///
///   If the value is less than zero, then the default inactivity probe interval for `ovn-sbctl`
///   would be left intact (120000 ms).
pub const OPTIONS: Column<SbGlobal, Map<String, String>> = Column::new(4);

/// `ssl`: Global SSL/TLS configuration.
///
/// **Shape**: optional strong reference to [`Ssl`].
pub const SSL: Column<SbGlobal, Option<Ref<Ssl>>> = Column::new(5);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

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
    name: "SB_Global",
    is_root: true,
    max_rows: Some(1),
    columns: &[
        ColumnDef {
            name: "connections",
            key: BaseDef { reference: Some(("Connection", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "ipsec", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "nb_cfg", key: INTEGER, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "ssl",
            key: BaseDef { reference: Some(("SSL", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for SbGlobal {
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
        visitor.column(IPSEC, self.ipsec());
        visitor.column(NB_CFG, self.nb_cfg());
        visitor.column(OPTIONS, self.options());
        visitor.column(SSL, self.ssl());
    }
}

impl fmt::Debug for SbGlobal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl SbGlobal {
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

    /// Tunnel encryption configuration. See [`IPSEC`].
    pub fn ipsec(&self) -> bool {
        self.0.get(IPSEC)
    }

    /// Sequence number for the configuration. See [`NB_CFG`].
    pub fn nb_cfg(&self) -> i64 {
        self.0.get(NB_CFG)
    }

    /// This column provides general key/value settings. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Global SSL/TLS configuration. See [`SSL`].
    pub fn ssl(&self) -> Option<Ref<Ssl>> {
        self.0.get(SSL)
    }
}
