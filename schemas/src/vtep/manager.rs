//! `Manager`: OVSDB management connection.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// Configuration for a database connection to an Open vSwitch Database (OVSDB) client.
///
/// The database server can initiate and maintain active connections to remote clients. It can also
/// listen for database connections.
///
/// # Core Features
///
/// Column: [`target`](TARGET).
///
/// # Client Failure Detection and Handling
///
/// Columns: [`max_backoff`](MAX_BACKOFF), [`inactivity_probe`](INACTIVITY_PROBE).
///
/// # Status
///
/// Columns: [`is_connected`](IS_CONNECTED), [`status`](STATUS).
///
/// # Connection Parameters
///
/// Additional configuration for a connection between the manager and the database server.
///
/// Column: [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct Manager(Row);

/// `inactivity_probe`: Maximum number of milliseconds of idle time on connection to the client
/// before sending an inactivity probe message. If the Open vSwitch database does not communicate
/// with the client for the specified number of seconds, it will send a probe. If a response is not
/// received for the same additional amount of time, the database server assumes the connection has
/// been broken and attempts to reconnect. Default is implementation-specific. A value of 0 disables
/// inactivity probes.
///
/// **Shape**: optional integer.
pub const INACTIVITY_PROBE: Column<Manager, Option<i64>> = Column::new(0);

/// `is_connected`: `true` if currently connected to this manager, `false` otherwise.
///
/// **Shape**: boolean; ephemeral: the database file does not keep it.
pub const IS_CONNECTED: Column<Manager, bool> = Column::new(1);

/// `max_backoff`: Maximum number of milliseconds to wait between connection attempts. Default is
/// implementation-specific.
///
/// **Shape**: optional integer of at least 1000.
pub const MAX_BACKOFF: Column<Manager, Option<i64>> = Column::new(2);

/// `other_config` of `Manager`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `dscp` (integer): The Differentiated Service Code Point (DSCP) is specified using 6 bits in
///   the Type of Service (TOS) field in the IP header. DSCP provides a mechanism to classify the
///   network traffic and provide Quality of Service (QoS) on IP networks. The DSCP value specified
///   here is used when establishing the connection between the manager and the database server. If
///   no value is specified, a default value of 48 is chosen. Valid DSCP values must be in the range
///   0 to 63.
pub const OTHER_CONFIG: Column<Manager, Map<String, String>> = Column::new(3);

/// `status` of `Manager`.
///
/// **Shape**: map from string to string; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `last_error`: A human-readable description of the last error on the connection to the manager;
///   i.e. `strerror(errno)`. This key will exist only if an error has occurred.
/// - `state` (string, one of `VOID`, `BACKOFF`, `CONNECTING`, `ACTIVE`, `IDLE`): The state of the
///   connection to the manager:
///
///   - `VOID`: Connection is disabled.
///   - `BACKOFF`: Attempting to reconnect at an increasing period.
///   - `CONNECTING`: Attempting to connect.
///   - `ACTIVE`: Connected, remote host responsive.
///   - `IDLE`: Connection is idle. Waiting for response to keep-alive.
///
///   These values may change in the future. They are provided only for human consumption.
/// - `sec_since_connect` (integer of at least 0): The amount of time since this manager last
///   successfully connected to the database (in seconds). Value is empty if manager has never
///   successfully connected.
/// - `sec_since_disconnect` (integer of at least 0): The amount of time since this manager last
///   disconnected from the database (in seconds). Value is empty if manager has never disconnected.
/// - `locks_held`: Space-separated list of the names of OVSDB locks that the connection holds.
///   Omitted if the connection does not hold any locks.
/// - `locks_waiting`: Space-separated list of the names of OVSDB locks that the connection is
///   currently waiting to acquire. Omitted if the connection is not waiting for any locks.
/// - `locks_lost`: Space-separated list of the names of OVSDB locks that the connection has had
///   stolen by another OVSDB client. Omitted if no locks have been stolen from this connection.
/// - `n_connections` (integer of at least 2): When [`target`](TARGET) specifies a connection method
///   that listens for inbound connections (e.g. `ptcp:` or `pssl:`) and more than one connection is
///   actually active, the value is the number of active connections. Otherwise, this key-value pair
///   is omitted.
///
///   When multiple connections are active, status columns and key-value pairs (other than this one)
///   report the status of one arbitrarily chosen connection.
pub const STATUS: Column<Manager, Map<String, String>> = Column::new(4);

/// `target`: Connection method for managers.
///
/// The following connection methods are currently supported:
///
/// - `ssl:host`\[`:port`\]: The specified SSL/TLS *port* (default: 6640) on the given *host*, which
///   can either be a DNS name (if built with unbound library) or an IP address.
///
///   SSL/TLS key and certificate configuration happens outside the database.
/// - `tcp:host`\[`:port`\]: The specified TCP *port* (default: 6640) on the given *host*, which can
///   either be a DNS name (if built with unbound library) or an IP address.
/// - `pssl:`\[*port*\]\[`:host`\]: Listens for SSL/TLS connections on the specified TCP *port*
///   (default: 6640). If *host*, which can either be a DNS name (if built with unbound library) or
///   an IP address, is specified, then connections are restricted to the resolved or specified
///   local IP address.
/// - `ptcp:`\[*port*\]\[`:host`\]: Listens for connections on the specified TCP *port* (default: 6640).
///   If *host*, which can either be a DNS name (if built with unbound library) or an IP address, is
///   specified, then connections are restricted to the resolved or specified local IP address.
///
/// **Shape**: string; unique.
pub const TARGET: Column<Manager, String> = Column::new(5);

/// The rows by `target`, which is unique.
pub const BY_TARGET: Index<Manager, String> = Index::schema(0);

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
    database: "hardware_vtep",
    name: "Manager",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "inactivity_probe", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "is_connected", key: BOOLEAN, ephemeral: true, ..PLAIN },
        ColumnDef {
            name: "max_backoff",
            key: BaseDef { integers: (Some(1000), None), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "status",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef { name: "target", ..PLAIN },
    ],
    indexes: &[&[5]],
};

impl Table for Manager {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(INACTIVITY_PROBE, self.inactivity_probe());
        visitor.column(IS_CONNECTED, self.is_connected());
        visitor.column(MAX_BACKOFF, self.max_backoff());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(STATUS, self.status());
        visitor.column(TARGET, self.target());
    }
}

impl fmt::Debug for Manager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Manager {
    /// Maximum number of milliseconds of idle time on connection to the client before sending an
    /// inactivity probe message. See [`INACTIVITY_PROBE`].
    pub fn inactivity_probe(&self) -> Option<i64> {
        self.0.get(INACTIVITY_PROBE)
    }

    /// `true` if currently connected to this manager, `false` otherwise. See [`IS_CONNECTED`].
    pub fn is_connected(&self) -> bool {
        self.0.get(IS_CONNECTED)
    }

    /// Maximum number of milliseconds to wait between connection attempts. See [`MAX_BACKOFF`].
    pub fn max_backoff(&self) -> Option<i64> {
        self.0.get(MAX_BACKOFF)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The column `status`. See [`STATUS`].
    pub fn status(&self) -> MapView<'_, String, String> {
        self.0.get(STATUS)
    }

    /// Connection method for managers. See [`TARGET`].
    pub fn target(&self) -> &str {
        self.0.get(TARGET)
    }
}
