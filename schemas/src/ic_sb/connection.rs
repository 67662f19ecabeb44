//! `Connection`: OVSDB client connections.
//!
//! Generated from ovn-ic-sb.ovsschema 2.4.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// Configuration for a database connection to an Open vSwitch database (OVSDB) client.
///
/// This table primarily configures the Open vSwitch database server (`ovsdb-server`).
///
/// The Open vSwitch database server can initiate and maintain active connections to remote clients.
/// It can also listen for database connections.
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
/// Key-value pair of [`is_connected`](IS_CONNECTED) is always updated. Other key-value pairs in the
/// status columns may be updated depends on the [`target`](TARGET) type.
///
/// When [`target`](TARGET) specifies a connection method that listens for inbound connections (e.g.
/// `ptcp:` or `punix:`), both `n_connections` and [`is_connected`](IS_CONNECTED) may also be
/// updated while the remaining key-value pairs are omitted.
///
/// On the other hand, when [`target`](TARGET) specifies an outbound connection, all key-value pairs
/// may be updated, except the above-mentioned two key-value pairs associated with inbound
/// connection targets. They are omitted.
///
/// Columns: [`is_connected`](IS_CONNECTED), [`status`](STATUS).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Columns: [`external_ids`](EXTERNAL_IDS), [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct Connection(Row);

/// `external_ids` of `Connection`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Connection, Map<String, String>> = Column::new(0);

/// `inactivity_probe`: Maximum number of milliseconds of idle time on connection to the client
/// before sending an inactivity probe message. If Open vSwitch does not communicate with the client
/// for the specified number of seconds, it will send a probe. If a response is not received for the
/// same additional amount of time, Open vSwitch assumes the connection has been broken and attempts
/// to reconnect. Default is implementation-specific. A value of 0 disables inactivity probes.
///
/// **Shape**: optional integer.
pub const INACTIVITY_PROBE: Column<Connection, Option<i64>> = Column::new(1);

/// `is_connected`: `true` if currently connected to this client, `false` otherwise.
///
/// **Shape**: boolean; ephemeral: the database file does not keep it.
pub const IS_CONNECTED: Column<Connection, bool> = Column::new(2);

/// `max_backoff`: Maximum number of milliseconds to wait between connection attempts. Default is
/// implementation-specific.
///
/// **Shape**: optional integer of at least 1000.
pub const MAX_BACKOFF: Column<Connection, Option<i64>> = Column::new(3);

/// `other_config` of `Connection`.
///
/// **Shape**: map from string to string.
pub const OTHER_CONFIG: Column<Connection, Map<String, String>> = Column::new(4);

/// `status` of `Connection`.
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
/// - `sec_since_connect` (integer of at least 0): The amount of time since this client last
///   successfully connected to the database (in seconds). Value is empty if client has never
///   successfully been connected.
/// - `sec_since_disconnect` (integer of at least 0): The amount of time since this client last
///   disconnected from the database (in seconds). Value is empty if client has never disconnected.
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
/// - `bound_port` (integer): When [`target`](TARGET) is `ptcp:` or `pssl:`, this is the TCP port on
///   which the OVSDB server is listening. (This is particularly useful when [`target`](TARGET)
///   specifies a port of 0, allowing the kernel to choose any available port.)
pub const STATUS: Column<Connection, Map<String, String>> = Column::new(5);

/// `target`: Connection methods for clients.
///
/// The following connection methods are currently supported:
///
/// - `ssl:host`\[`:port`\]: The specified SSL/TLS *port* on the given *host*, which can either be a
///   DNS name (if built with unbound library) or an IP address. A valid SSL/TLS configuration must
///   be provided when this form is used, this configuration can be specified via command-line
///   options or the [`SSL`](super::Ssl) table.
///
///   If *port* is not specified, it defaults to 6640.
///
///   SSL/TLS support is an optional feature that is not always built as part of OVN or Open
///   vSwitch.
/// - `tcp:host`\[`:port`\]: The specified TCP *port* on the given *host*, which can either be a DNS
///   name (if built with unbound library) or an IP address (IPv4 or IPv6). If *host* is an IPv6
///   address, wrap it in square brackets, e.g. `tcp:[::1]:6640`.
///
///   If *port* is not specified, it defaults to 6640.
/// - `pssl:`\[*port*\]\[`:host`\]: Listens for SSL/TLS connections on the specified TCP *port*.
///   Specify 0 for *port* to have the kernel automatically choose an available port. If *host*,
///   which can either be a DNS name (if built with unbound library) or an IP address, is specified,
///   then connections are restricted to the resolved or specified local IP address (either IPv4 or
///   IPv6 address). If *host* is an IPv6 address, wrap in square brackets, e.g. `pssl:6640:[::1]`.
///   If *host* is not specified then it listens only on IPv4 (but not IPv6) addresses. A valid
///   SSL/TLS configuration must be provided when this form is used, this can be specified either
///   via command-line options or the [`SSL`](super::Ssl) table.
///
///   If *port* is not specified, it defaults to 6640.
///
///   SSL/TLS support is an optional feature that is not always built as part of OVN or Open
///   vSwitch.
/// - `ptcp:`\[*port*\]\[`:host`\]: Listens for connections on the specified TCP *port*. Specify 0
///   for *port* to have the kernel automatically choose an available port. If *host*, which can
///   either be a DNS name (if built with unbound library) or an IP address, is specified, then
///   connections are restricted to the resolved or specified local IP address (either IPv4 or IPv6
///   address). If *host* is an IPv6 address, wrap it in square brackets, e.g. `ptcp:6640:[::1]`. If
///   *host* is not specified then it listens only on IPv4 addresses.
///
///   If *port* is not specified, it defaults to 6640.
///
/// When multiple clients are configured, the [`target`](TARGET) values must be unique. Duplicate
/// [`target`](TARGET) values yield unspecified results.
///
/// **Shape**: string; unique.
pub const TARGET: Column<Connection, String> = Column::new(6);

/// The rows by `target`, which is unique.
pub const BY_TARGET: Index<Connection, String> = Index::schema(0);

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
    database: "OVN_IC_Southbound",
    name: "Connection",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
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
    indexes: &[&[6]],
};

impl Table for Connection {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(INACTIVITY_PROBE, self.inactivity_probe());
        visitor.column(IS_CONNECTED, self.is_connected());
        visitor.column(MAX_BACKOFF, self.max_backoff());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(STATUS, self.status());
        visitor.column(TARGET, self.target());
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Connection {
    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Maximum number of milliseconds of idle time on connection to the client before sending an
    /// inactivity probe message. See [`INACTIVITY_PROBE`].
    pub fn inactivity_probe(&self) -> Option<i64> {
        self.0.get(INACTIVITY_PROBE)
    }

    /// `true` if currently connected to this client, `false` otherwise. See [`IS_CONNECTED`].
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

    /// Connection methods for clients. See [`TARGET`].
    pub fn target(&self) -> &str {
        self.0.get(TARGET)
    }
}
