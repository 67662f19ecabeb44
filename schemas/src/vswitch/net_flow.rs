//! Table `NetFlow` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Set, SetView, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// A NetFlow target. NetFlow is a protocol that exports a number of details about terminating IP
/// flows, such as the principals involved and duration.
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct NetFlow(Row);

/// `active_timeout`: The interval at which NetFlow records are sent for flows that are still
/// active, in seconds. A value of `0` requests the default timeout (currently 600 seconds); a value
/// of `-1` disables active timeouts.
///
/// The NetFlow passive timeout, for flows that become inactive, is not configurable. It will vary
/// depending on the Open vSwitch version, the forms and contents of the OpenFlow flow tables, CPU
/// and memory usage, and network activity. A typical passive timeout is about a second.
///
/// **Shape**: integer of at least -1.
pub const ACTIVE_TIMEOUT: Column<NetFlow, i64> = Column::new(0);

/// `add_id_to_interface`: If this column's value is `false`, the ingress and egress interface
/// fields of NetFlow flow records are derived from OpenFlow port numbers. When it is `true`, the 7
/// most significant bits of these fields will be replaced by the least significant 7 bits of the
/// engine id. This is useful because many NetFlow collectors do not expect multiple switches to be
/// sending messages from the same host, so they do not store the engine information which could be
/// used to disambiguate the traffic.
///
/// When this option is enabled, a maximum of 508 ports are supported.
///
/// **Shape**: boolean.
pub const ADD_ID_TO_INTERFACE: Column<NetFlow, bool> = Column::new(1);

/// `engine_id`: Engine ID to use in NetFlow messages. Defaults to datapath index if not specified.
///
/// **Shape**: optional integer from 0 to 255.
pub const ENGINE_ID: Column<NetFlow, Option<i64>> = Column::new(2);

/// `engine_type`: Engine type to use in NetFlow messages. Defaults to datapath index if not
/// specified.
///
/// **Shape**: optional integer from 0 to 255.
pub const ENGINE_TYPE: Column<NetFlow, Option<i64>> = Column::new(3);

/// `external_ids` of `NetFlow`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<NetFlow, Map<String, String>> = Column::new(4);

/// `targets`: NetFlow targets in the form `ip:port`. The *ip* must be specified numerically, not as
/// a DNS name.
///
/// **Shape**: set (at least 1) of strings.
pub const TARGETS: Column<NetFlow, Set<String>> = Column::new(5);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

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
    database: "Open_vSwitch",
    name: "NetFlow",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "active_timeout",
            key: BaseDef { integers: (Some(-1), None), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "add_id_to_interface", key: BOOLEAN, ..PLAIN },
        ColumnDef {
            name: "engine_id",
            key: BaseDef { integers: (Some(0), Some(255)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "engine_type",
            key: BaseDef { integers: (Some(0), Some(255)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "targets", max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for NetFlow {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACTIVE_TIMEOUT, self.active_timeout());
        visitor.column(ADD_ID_TO_INTERFACE, self.add_id_to_interface());
        visitor.column(ENGINE_ID, self.engine_id());
        visitor.column(ENGINE_TYPE, self.engine_type());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(TARGETS, self.targets());
    }
}

impl fmt::Debug for NetFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl NetFlow {
    /// The interval at which NetFlow records are sent for flows that are still active, in seconds.
    /// See [`ACTIVE_TIMEOUT`].
    pub fn active_timeout(&self) -> i64 {
        self.0.get(ACTIVE_TIMEOUT)
    }

    /// If this column's value is `false`, the ingress and egress interface fields of NetFlow flow
    /// records are derived from OpenFlow port numbers. See [`ADD_ID_TO_INTERFACE`].
    pub fn add_id_to_interface(&self) -> bool {
        self.0.get(ADD_ID_TO_INTERFACE)
    }

    /// Engine ID to use in NetFlow messages. See [`ENGINE_ID`].
    pub fn engine_id(&self) -> Option<i64> {
        self.0.get(ENGINE_ID)
    }

    /// Engine type to use in NetFlow messages. See [`ENGINE_TYPE`].
    pub fn engine_type(&self) -> Option<i64> {
        self.0.get(ENGINE_TYPE)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// NetFlow targets in the form `ip:port`. See [`TARGETS`].
    pub fn targets(&self) -> SetView<'_, String> {
        self.0.get(TARGETS)
    }
}
