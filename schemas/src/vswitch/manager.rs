//! `Manager`: OVSDB management connection.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

/// Configuration for a database connection to an Open vSwitch database (OVSDB) client.
///
/// This table primarily configures the Open vSwitch database (`ovsdb-server`), not the Open vSwitch
/// switch (`ovs-vswitchd`). The switch does read the table to determine what connections should be
/// treated as in-band.
///
/// The Open vSwitch database server can initiate and maintain active connections to remote clients.
/// It can also listen for database connections.
///
/// # Core Features
///
/// Columns: [`target`](TARGET), [`connection_mode`](CONNECTION_MODE).
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
/// # Connection Parameters
///
/// Additional configuration for a connection between the manager and the Open vSwitch Database.
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Columns: [`external_ids`](EXTERNAL_IDS), [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct Manager(Row);

/// `connection_mode`: If it is specified, this setting must be one of the following strings that
/// describes how Open vSwitch contacts this OVSDB client over the network:
///
/// - `in-band`: In this mode, this connection's traffic travels over a bridge managed by Open
///   vSwitch. With this setting, Open vSwitch allows traffic to and from the client regardless of
///   the contents of the OpenFlow flow table. (Otherwise, Open vSwitch would never be able to
///   connect to the client, because it did not have a flow to enable it.) This is the most common
///   connection mode because it is not necessary to maintain two independent networks.
/// - `out-of-band`: In this mode, the client's traffic uses a control network separate from that
///   managed by Open vSwitch, that is, Open vSwitch does not use any of its own network devices to
///   communicate with the client. The control network must be configured separately, before or
///   after `ovs-vswitchd` is started.
///
/// If not specified, the default is implementation-specific.
///
/// **Shape**: optional [`ManagerConnectionMode`].
pub const CONNECTION_MODE: Column<Manager, Option<ManagerConnectionMode>> = Column::new(0);

/// `external_ids` of `Manager`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Manager, Map<String, String>> = Column::new(1);

/// `inactivity_probe`: Maximum number of milliseconds of idle time on connection to the client
/// before sending an inactivity probe message. If Open vSwitch does not communicate with the client
/// for the specified number of seconds, it will send a probe. If a response is not received for the
/// same additional amount of time, Open vSwitch assumes the connection has been broken and attempts
/// to reconnect. Default is implementation-specific. A value of 0 disables inactivity probes.
///
/// **Shape**: optional integer.
pub const INACTIVITY_PROBE: Column<Manager, Option<i64>> = Column::new(2);

/// `is_connected`: `true` if currently connected to this manager, `false` otherwise.
///
/// **Shape**: boolean; ephemeral: the database file does not keep it.
pub const IS_CONNECTED: Column<Manager, bool> = Column::new(3);

/// `max_backoff`: Maximum number of milliseconds to wait between connection attempts. Default is
/// implementation-specific.
///
/// **Shape**: optional integer of at least 1000.
pub const MAX_BACKOFF: Column<Manager, Option<i64>> = Column::new(4);

/// `other_config` of `Manager`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `dscp` (integer): The Differentiated Service Code Point (DSCP) is specified using 6 bits in
///   the Type of Service (TOS) field in the IP header. DSCP provides a mechanism to classify the
///   network traffic and provide Quality of Service (QoS) on IP networks. The DSCP value specified
///   here is used when establishing the connection between the manager and the Open vSwitch. If no
///   value is specified, a default value of 48 is chosen. Valid DSCP values must be in the range 0
///   to 63.
pub const OTHER_CONFIG: Column<Manager, Map<String, String>> = Column::new(5);

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
/// - `bound_port` (integer): When [`target`](TARGET) is `ptcp:` or `pssl:`, this is the TCP port on
///   which the OVSDB server is listening. (This is particularly useful when [`target`](TARGET)
///   specifies a port of 0, allowing the kernel to choose any available port.)
pub const STATUS: Column<Manager, Map<String, String>> = Column::new(6);

/// `target`: Connection method for managers.
///
/// The following connection methods are currently supported:
///
/// - `ssl:host`\[`:port`\]: The specified SSL/TLS *port* on the host at the given *host*, which can
///   either be a DNS name (if built with unbound library) or an IP address. The
///   [`Open_vSwitch.ssl`](super::open_vswitch::SSL) column in the
///   [`Open_vSwitch`](super::OpenVswitch) table must point to a valid SSL/TLS configuration when
///   this form is used.
///
///   If *port* is not specified, it defaults to 6640.
///
///   SSL/TLS support is an optional feature that is not always built as part of Open vSwitch.
/// - `tcp:host`\[`:port`\]: The specified TCP *port* on the host at the given *host*, which can
///   either be a DNS name (if built with unbound library) or an IP address (IPv4 or IPv6). If
///   *host* is an IPv6 address, wrap it in square brackets, e.g. `tcp:[::1]:6640`.
///
///   If *port* is not specified, it defaults to 6640.
/// - `pssl:`\[*port*\]\[`:host`\]: Listens for SSL/TLS connections on the specified TCP *port*.
///   Specify 0 for *port* to have the kernel automatically choose an available port. If *host*,
///   which can either be a DNS name (if built with unbound library) or an IP address, is specified,
///   then connections are restricted to the resolved or specified local IP address (either IPv4 or
///   IPv6 address). If *host* is an IPv6 address, wrap in square brackets, e.g. `pssl:6640:[::1]`.
///   If *host* is not specified then it listens only on IPv4 (but not IPv6) addresses. The
///   [`Open_vSwitch.ssl`](super::open_vswitch::SSL) column in the
///   [`Open_vSwitch`](super::OpenVswitch) table must point to a valid SSL/TLS configuration when
///   this form is used.
///
///   If *port* is not specified, it defaults to 6640.
///
///   SSL/TLS support is an optional feature that is not always built as part of Open vSwitch.
/// - `ptcp:`\[*port*\]\[`:host`\]: Listens for connections on the specified TCP *port*. Specify 0
///   for *port* to have the kernel automatically choose an available port. If *host*, which can
///   either be a DNS name (if built with unbound library) or an IP address, is specified, then
///   connections are restricted to the resolved or specified local IP address (either IPv4 or IPv6
///   address). If *host* is an IPv6 address, wrap it in square brackets, e.g. `ptcp:6640:[::1]`. If
///   *host* is not specified then it listens only on IPv4 addresses.
///
///   If *port* is not specified, it defaults to 6640.
///
/// When multiple managers are configured, the [`target`](TARGET) values must be unique. Duplicate
/// [`target`](TARGET) values yield unspecified results.
///
/// **Shape**: string; unique.
pub const TARGET: Column<Manager, String> = Column::new(7);

/// The rows by `target`, which is unique.
pub const BY_TARGET: Index<Manager, String> = Index::schema(0);

/// A value of [`CONNECTION_MODE`]: of `connection_mode` in `Manager`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ManagerConnectionMode {
    /// `in-band`: In this mode, this connection's traffic travels over a bridge managed by Open
    /// vSwitch.
    InBand,
    /// `out-of-band`: In this mode, the client's traffic uses a control network separate from that
    /// managed by Open vSwitch, that is, Open vSwitch does not use any of its own network devices
    /// to communicate with the client.
    OutOfBand,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ManagerConnectionMode {
    fn from_name(name: &str) -> Self {
        match name {
            "in-band" => Self::InBand,
            "out-of-band" => Self::OutOfBand,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::InBand => "in-band",
            Self::OutOfBand => "out-of-band",
            Self::Other(other) => other,
        }
    }
}

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
    name: "Manager",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "connection_mode",
            key: BaseDef { enumeration: &["in-band", "out-of-band"], ..STRING },
            min: 0, ..PLAIN
        },
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
    indexes: &[&[7]],
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
        visitor.column(CONNECTION_MODE, self.connection_mode());
        visitor.column(EXTERNAL_IDS, self.external_ids());
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
    /// If it is specified, this setting must be one of the following strings that describes how
    /// Open vSwitch contacts this OVSDB client over the network. See [`CONNECTION_MODE`].
    pub fn connection_mode(&self) -> Option<ManagerConnectionMode> {
        self.0.get(CONNECTION_MODE)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

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
