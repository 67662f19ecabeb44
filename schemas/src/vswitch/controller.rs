//! `Controller`: OpenFlow controller configuration.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// An OpenFlow controller.
///
/// # Core Features
///
/// Columns: [`type`](TYPE), [`target`](TARGET), [`connection_mode`](CONNECTION_MODE).
///
/// # Controller Failure Detection and Handling
///
/// Columns: [`max_backoff`](MAX_BACKOFF), [`inactivity_probe`](INACTIVITY_PROBE).
///
/// # Asynchronous Messages
///
/// OpenFlow switches send certain messages to controllers spontanenously, that is, not in response
/// to any request from the controller. These messages are called "asynchronous messages." These
/// columns allow asynchronous messages to be limited or disabled to ensure the best use of network
/// resources.
///
/// Column: [`enable_async_messages`](ENABLE_ASYNC_MESSAGES).
///
/// # Controller Rate Limiting
///
/// A switch can forward packets to a controller over the OpenFlow protocol. Forwarding packets this
/// way at too high a rate can overwhelm a controller, frustrate use of the OpenFlow connection for
/// other purposes, increase the latency of flow setup, and use an unreasonable amount of bandwidth.
/// Therefore, Open vSwitch supports limiting the rate of packet forwarding to a controller.
///
/// There are two main reasons in OpenFlow for a packet to be sent to a controller: either the
/// packet "misses" in the flow table, that is, there is no matching flow, or a flow table action
/// says to send the packet to the controller. Open vSwitch limits the rate of each kind of packet
/// separately at the configured rate. Therefore, the actual rate that packets are sent to the
/// controller can be up to twice the configured rate, when packets are sent for both reasons.
///
/// This feature is specific to forwarding packets over an OpenFlow connection. It is not
/// general-purpose QoS. See the [`QoS`](super::Qos) table for quality of service configuration, and
/// [`Interface.ingress_policing_rate`](super::interface::INGRESS_POLICING_RATE) in the
/// [`Interface`](super::Interface) table for ingress policing configuration.
///
/// Columns: [`controller_queue_size`](CONTROLLER_QUEUE_SIZE),
/// [`controller_rate_limit`](CONTROLLER_RATE_LIMIT),
/// [`controller_burst_limit`](CONTROLLER_BURST_LIMIT).
///
/// # Controller Rate Limiting Statistics
///
/// These values report the effects of rate limiting. Their values are relative to establishment of
/// the most recent OpenFlow connection, or since rate limiting was enabled, whichever happened more
/// recently. Each consists of two values, one with `TYPE` replaced by `miss` for rate limiting flow
/// table misses, and the other with `TYPE` replaced by `action` for rate limiting packets sent by
/// OpenFlow actions.
///
/// These statistics are reported only when controller rate limiting is enabled.
///
/// Column: [`status`](STATUS).
///
/// # Additional In-Band Configuration
///
/// These values are considered only in in-band control mode (see
/// [`connection_mode`](CONNECTION_MODE)).
///
/// When multiple controllers are configured on a single bridge, there should be only one set of
/// unique values in these columns. If different values are set for these columns in different
/// controllers, the effect is unspecified.
///
/// Columns: [`local_ip`](LOCAL_IP), [`local_netmask`](LOCAL_NETMASK),
/// [`local_gateway`](LOCAL_GATEWAY).
///
/// # Controller Status
///
/// Columns: [`is_connected`](IS_CONNECTED), [`role`](ROLE), [`status`](STATUS).
///
/// # Connection Parameters
///
/// Additional configuration for a connection between the controller and the Open vSwitch.
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
pub struct Controller(Row);

/// `connection_mode`: If it is specified, this setting must be one of the following strings that
/// describes how Open vSwitch contacts this OpenFlow controller over the network:
///
/// - `in-band`: In this mode, this controller's OpenFlow traffic travels over the bridge associated
///   with the controller. With this setting, Open vSwitch allows traffic to and from the controller
///   regardless of the contents of the OpenFlow flow table. (Otherwise, Open vSwitch would never be
///   able to connect to the controller, because it did not have a flow to enable it.) This is the
///   most common connection mode because it is not necessary to maintain two independent networks.
/// - `out-of-band`: In this mode, OpenFlow traffic uses a control network separate from the bridge
///   associated with this controller, that is, the bridge does not use any of its own network
///   devices to communicate with the controller. The control network must be configured separately,
///   before or after `ovs-vswitchd` is started.
///
/// If not specified, the default is implementation-specific.
///
/// **Shape**: optional [`ControllerConnectionMode`].
pub const CONNECTION_MODE: Column<Controller, Option<ControllerConnectionMode>> = Column::new(0);

/// `controller_burst_limit`: When a high rate triggers rate-limiting, Open vSwitch queues packets
/// to the controller for each port and transmits them to the controller at the configured rate.
/// This value limits the number of queued packets. Ports on a bridge share the packet queue fairly.
///
/// This value has no effect unless [`controller_rate_limit`](CONTROLLER_RATE_LIMIT) is configured.
/// The current default when this value is not specified is one-quarter of
/// [`controller_rate_limit`](CONTROLLER_RATE_LIMIT), meaning that queuing can delay forwarding a
/// packet to the controller by up to 250 ms.
///
/// **Shape**: optional integer of at least 25.
pub const CONTROLLER_BURST_LIMIT: Column<Controller, Option<i64>> = Column::new(1);

/// `controller_queue_size`: This sets the maximum size of the queue of packets that need to be sent
/// to this OpenFlow controller. The value must be less than 512. If not specified the queue size is
/// limited to the value set for the management controller in
/// [`Bridge.other_config:controller-queue-size`](super::bridge::OTHER_CONFIG) if present or 100
/// packets by default. Note: increasing the queue size might have a negative impact on latency.
///
/// **Shape**: optional integer from 1 to 512.
pub const CONTROLLER_QUEUE_SIZE: Column<Controller, Option<i64>> = Column::new(2);

/// `controller_rate_limit`: The maximum rate at which the switch will forward packets to the
/// OpenFlow controller, in packets per second. If no value is specified, rate limiting is disabled.
///
/// **Shape**: optional integer of at least 100.
pub const CONTROLLER_RATE_LIMIT: Column<Controller, Option<i64>> = Column::new(3);

/// `enable_async_messages`: The OpenFlow protocol enables asynchronous messages at time of
/// connection establishment, which means that a controller can receive asynchronous messages,
/// potentially many of them, even if it turns them off immediately after connecting. Set this
/// column to `false` to change Open vSwitch behavior to disable, by default, all asynchronous
/// messages. The controller can use the `NXT_SET_ASYNC_CONFIG` Nicira extension to OpenFlow to turn
/// on any messages that it does want to receive, if any.
///
/// **Shape**: optional boolean.
pub const ENABLE_ASYNC_MESSAGES: Column<Controller, Option<bool>> = Column::new(4);

/// `external_ids` of `Controller`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Controller, Map<String, String>> = Column::new(5);

/// `inactivity_probe`: Maximum number of milliseconds of idle time on connection to controller
/// before sending an inactivity probe message. If Open vSwitch does not communicate with the
/// controller for the specified number of seconds, it will send a probe. If a response is not
/// received for the same additional amount of time, Open vSwitch assumes the connection has been
/// broken and attempts to reconnect. Default is implementation-specific. A value of 0 disables
/// inactivity probes.
///
/// **Shape**: optional integer.
pub const INACTIVITY_PROBE: Column<Controller, Option<i64>> = Column::new(6);

/// `is_connected`: `true` if currently connected to this controller, `false` otherwise.
///
/// **Shape**: boolean; ephemeral: the database file does not keep it.
pub const IS_CONNECTED: Column<Controller, bool> = Column::new(7);

/// `local_gateway`: The IP address of the gateway to configure on the local port, as a string, e.g.
/// `192.168.0.1`. Leave this column unset if this network has no gateway.
///
/// **Shape**: optional string.
pub const LOCAL_GATEWAY: Column<Controller, Option<String>> = Column::new(8);

/// `local_ip`: The IP address to configure on the local port, e.g. `192.168.0.123`. If this value
/// is unset, then [`local_netmask`](LOCAL_NETMASK) and [`local_gateway`](LOCAL_GATEWAY) are
/// ignored.
///
/// **Shape**: optional string.
pub const LOCAL_IP: Column<Controller, Option<String>> = Column::new(9);

/// `local_netmask`: The IP netmask to configure on the local port, e.g. `255.255.255.0`. If
/// [`local_ip`](LOCAL_IP) is set but this value is unset, then the default is chosen based on
/// whether the IP address is class A, B, or C.
///
/// **Shape**: optional string.
pub const LOCAL_NETMASK: Column<Controller, Option<String>> = Column::new(10);

/// `max_backoff`: Maximum number of milliseconds to wait between connection attempts. Default is
/// implementation-specific.
///
/// **Shape**: optional integer of at least 1000.
pub const MAX_BACKOFF: Column<Controller, Option<i64>> = Column::new(11);

/// `other_config` of `Controller`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `dscp` (integer): The Differentiated Service Code Point (DSCP) is specified using 6 bits in
///   the Type of Service (TOS) field in the IP header. DSCP provides a mechanism to classify the
///   network traffic and provide Quality of Service (QoS) on IP networks. The DSCP value specified
///   here is used when establishing the connection between the controller and the Open vSwitch. If
///   no value is specified, a default value of 48 is chosen. Valid DSCP values must be in the range
///   0 to 63.
pub const OTHER_CONFIG: Column<Controller, Map<String, String>> = Column::new(12);

/// `role`: The level of authority this controller has on the associated bridge. Possible values
/// are:
///
/// - `other`: Allows the controller access to all OpenFlow features.
/// - `master`: Equivalent to `other`, except that there may be at most one such controller at a
///   time. If a given controller promotes itself to this role, `ovs-vswitchd` demotes any existing
///   controller with the role to `slave`.
/// - `slave`: Allows the controller read-only access to OpenFlow features. Attempts to modify the
///   flow table will be rejected with an error. Such controllers do not receive OFPT_PACKET_IN or
///   OFPT_FLOW_REMOVED messages, but they do receive OFPT_PORT_STATUS messages.
///
/// **Shape**: optional [`ControllerRole`]; ephemeral: the database file does not keep it.
pub const ROLE: Column<Controller, Option<ControllerRole>> = Column::new(13);

/// `status` of `Controller`.
///
/// **Shape**: map from string to string; ephemeral: the database file does not keep it.
///
/// **Keys**, Controller Rate Limiting Statistics:
///
/// - `packet-in-TYPE-bypassed` (integer of at least 0): Number of packets sent directly to the
///   controller, without queuing, because the rate did not exceed the configured maximum.
/// - `packet-in-TYPE-queued` (integer of at least 0): Number of packets added to the queue to send
///   later.
/// - `packet-in-TYPE-dropped` (integer of at least 0): Number of packets added to the queue that
///   were later dropped due to overflow. This value is less than or equal to
///   [`status:packet-in-TYPE-queued`](STATUS).
/// - `packet-in-TYPE-backlog` (integer of at least 0): Number of packets currently queued. The
///   other statistics increase monotonically, but this one fluctuates between 0 and the
///   [`controller_burst_limit`](CONTROLLER_BURST_LIMIT) as conditions change.
///
/// **Keys**, Controller Status:
///
/// - `last_error`: A human-readable description of the last error on the connection to the
///   controller; i.e. `strerror(errno)`. This key will exist only if an error has occurred.
/// - `state` (string, one of `VOID`, `BACKOFF`, `CONNECTING`, `ACTIVE`, `IDLE`): The state of the
///   connection to the controller:
///
///   - `VOID`: Connection is disabled.
///   - `BACKOFF`: Attempting to reconnect at an increasing period.
///   - `CONNECTING`: Attempting to connect.
///   - `ACTIVE`: Connected, remote host responsive.
///   - `IDLE`: Connection is idle. Waiting for response to keep-alive.
///
///   These values may change in the future. They are provided only for human consumption.
/// - `sec_since_connect` (integer of at least 0): The amount of time since this controller last
///   successfully connected to the switch (in seconds). Value is empty if controller has never
///   successfully connected.
/// - `sec_since_disconnect` (integer of at least 1): The amount of time since this controller last
///   disconnected from the switch (in seconds). Value is empty if controller has never
///   disconnected.
pub const STATUS: Column<Controller, Map<String, String>> = Column::new(14);

/// `target`: Connection method for controller.
///
/// The following active connection methods are currently supported:
///
/// - `ssl:host`\[`:port`\]: The specified SSL/TLS *port* on the host at the given *host*, which can
///   either be a DNS name (if built with unbound library) or an IP address. The
///   [`Open_vSwitch.ssl`](super::open_vswitch::SSL) column in the
///   [`Open_vSwitch`](super::OpenVswitch) table must point to a valid SSL/TLS configuration when
///   this form is used.
///
///   If *port* is not specified, it defaults to 6653.
///
///   SSL/TLS support is an optional feature that is not always built as part of Open vSwitch.
/// - `tcp:host`\[`:port`\]: The specified TCP *port* on the host at the given *host*, which can
///   either be a DNS name (if built with unbound library) or an IP address (IPv4 or IPv6). If
///   *host* is an IPv6 address, wrap it in square brackets, e.g. `tcp:[::1]:6653`.
///
///   If *port* is not specified, it defaults to 6653.
///
/// The following passive connection methods are currently supported:
///
/// - `pssl:`\[*port*\]\[`:host`\]: Listens for SSL/TLS connections on the specified TCP *port*. If
///   *host*, which can either be a DNS name (if built with unbound library) or an IP address, is
///   specified, then connections are restricted to the resolved or specified local IP address
///   (either IPv4 or IPv6). If *host* is an IPv6 address, wrap it in square brackets, e.g.
///   `pssl:6653:[::1]`.
///
///   If *port* is not specified, it defaults to 6653. If *host* is not specified then it listens
///   only on IPv4 (but not IPv6) addresses. The [`Open_vSwitch.ssl`](super::open_vswitch::SSL)
///   column in the [`Open_vSwitch`](super::OpenVswitch) table must point to a valid SSL/TLS
///   configuration when this form is used.
///
///   If *port* is not specified, it currently to 6653.
///
///   SSL/TLS support is an optional feature that is not always built as part of Open vSwitch.
/// - `ptcp:`\[*port*\]\[`:host`\]: Listens for connections on the specified TCP *port*. If *host*,
///   which can either be a DNS name (if built with unbound library) or an IP address, is specified,
///   then connections are restricted to the resolved or specified local IP address (either IPv4 or
///   IPv6). If *host* is an IPv6 address, wrap it in square brackets, e.g. `ptcp:6653:[::1]`. If
///   *host* is not specified then it listens only on IPv4 addresses.
///
///   If *port* is not specified, it defaults to 6653.
///
/// When multiple controllers are configured for a single bridge, the [`target`](TARGET) values must
/// be unique. Duplicate [`target`](TARGET) values yield unspecified results.
///
/// **Shape**: string.
pub const TARGET: Column<Controller, String> = Column::new(15);

/// `type`: Open vSwitch supports two kinds of OpenFlow controllers. A bridge may have any number of
/// each kind:
///
/// - Primary controllers: This is the kind of controller envisioned by the OpenFlow specifications.
///   Usually, a primary controller implements a network policy by taking charge of the switch's
///   flow table.
///
///   The [`Bridge.fail_mode`](super::bridge::FAIL_MODE) column in the [`Bridge`](super::Bridge)
///   table applies to primary controllers.
///
///   When multiple primary controllers are configured, Open vSwitch connects to all of them
///   simultaneously. OpenFlow provides few facilities to allow multiple controllers to coordinate
///   in interacting with a single switch, so more than one primary controller should be specified
///   only if the controllers are themselves designed to coordinate with each other.
/// - Service controllers: These kinds of OpenFlow controller connections are intended for
///   occasional support and maintenance use, e.g. with `ovs-ofctl`. Usually a service controller
///   connects only briefly to inspect or modify some of a switch's state.
///
///   The [`Bridge.fail_mode`](super::bridge::FAIL_MODE) column in the [`Bridge`](super::Bridge)
///   table does not apply to service controllers.
///
/// By default, Open vSwitch treats controllers with active connection methods as primary
/// controllers and those with passive connection methods as service controllers. Set this column to
/// the desired type to override this default.
///
/// **Shape**: optional [`ControllerType`].
pub const TYPE: Column<Controller, Option<ControllerType>> = Column::new(16);

/// A value of [`CONNECTION_MODE`]: of `connection_mode` in `Controller`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ControllerConnectionMode {
    /// `in-band`: In this mode, this controller's OpenFlow traffic travels over the bridge
    /// associated with the controller.
    InBand,
    /// `out-of-band`: In this mode, OpenFlow traffic uses a control network separate from the
    /// bridge associated with this controller, that is, the bridge does not use any of its own
    /// network devices to communicate with the controller.
    OutOfBand,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ControllerConnectionMode {
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

/// A value of [`ROLE`]: of `role` in `Controller`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ControllerRole {
    /// `other`: Allows the controller access to all OpenFlow features.
    OtherValue,
    /// `master`: Equivalent to `other`, except that there may be at most one such controller at a
    /// time.
    Master,
    /// `slave`: Allows the controller read-only access to OpenFlow features.
    Slave,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ControllerRole {
    fn from_name(name: &str) -> Self {
        match name {
            "other" => Self::OtherValue,
            "master" => Self::Master,
            "slave" => Self::Slave,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::OtherValue => "other",
            Self::Master => "master",
            Self::Slave => "slave",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`TYPE`]: of `type` in `Controller`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ControllerType {
    /// `primary`.
    Primary,
    /// `service`.
    Service,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ControllerType {
    fn from_name(name: &str) -> Self {
        match name {
            "primary" => Self::Primary,
            "service" => Self::Service,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Primary => "primary",
            Self::Service => "service",
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
    name: "Controller",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "connection_mode",
            key: BaseDef { enumeration: &["in-band", "out-of-band"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "controller_burst_limit",
            key: BaseDef { integers: (Some(25), None), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "controller_queue_size",
            key: BaseDef { integers: (Some(1), Some(512)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "controller_rate_limit",
            key: BaseDef { integers: (Some(100), None), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "enable_async_messages", key: BOOLEAN, min: 0, ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "inactivity_probe", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "is_connected", key: BOOLEAN, ephemeral: true, ..PLAIN },
        ColumnDef { name: "local_gateway", min: 0, ..PLAIN },
        ColumnDef { name: "local_ip", min: 0, ..PLAIN },
        ColumnDef { name: "local_netmask", min: 0, ..PLAIN },
        ColumnDef {
            name: "max_backoff",
            key: BaseDef { integers: (Some(1000), None), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "role",
            key: BaseDef { enumeration: &["other", "master", "slave"], ..STRING },
            min: 0, ephemeral: true, ..PLAIN
        },
        ColumnDef {
            name: "status",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef { name: "target", ..PLAIN },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &["primary", "service"], ..STRING },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Controller {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CONNECTION_MODE, self.connection_mode());
        visitor.column(CONTROLLER_BURST_LIMIT, self.controller_burst_limit());
        visitor.column(CONTROLLER_QUEUE_SIZE, self.controller_queue_size());
        visitor.column(CONTROLLER_RATE_LIMIT, self.controller_rate_limit());
        visitor.column(ENABLE_ASYNC_MESSAGES, self.enable_async_messages());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(INACTIVITY_PROBE, self.inactivity_probe());
        visitor.column(IS_CONNECTED, self.is_connected());
        visitor.column(LOCAL_GATEWAY, self.local_gateway());
        visitor.column(LOCAL_IP, self.local_ip());
        visitor.column(LOCAL_NETMASK, self.local_netmask());
        visitor.column(MAX_BACKOFF, self.max_backoff());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(ROLE, self.role());
        visitor.column(STATUS, self.status());
        visitor.column(TARGET, self.target());
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for Controller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Controller {
    /// If it is specified, this setting must be one of the following strings that describes how
    /// Open vSwitch contacts this OpenFlow controller over the network. See [`CONNECTION_MODE`].
    pub fn connection_mode(&self) -> Option<ControllerConnectionMode> {
        self.0.get(CONNECTION_MODE)
    }

    /// When a high rate triggers rate-limiting, Open vSwitch queues packets to the controller for
    /// each port and transmits them to the controller at the configured rate. See
    /// [`CONTROLLER_BURST_LIMIT`].
    pub fn controller_burst_limit(&self) -> Option<i64> {
        self.0.get(CONTROLLER_BURST_LIMIT)
    }

    /// This sets the maximum size of the queue of packets that need to be sent to this OpenFlow
    /// controller. See [`CONTROLLER_QUEUE_SIZE`].
    pub fn controller_queue_size(&self) -> Option<i64> {
        self.0.get(CONTROLLER_QUEUE_SIZE)
    }

    /// The maximum rate at which the switch will forward packets to the OpenFlow controller, in
    /// packets per second. See [`CONTROLLER_RATE_LIMIT`].
    pub fn controller_rate_limit(&self) -> Option<i64> {
        self.0.get(CONTROLLER_RATE_LIMIT)
    }

    /// The OpenFlow protocol enables asynchronous messages at time of connection establishment,
    /// which means that a controller can receive asynchronous messages, potentially many of them,
    /// even if it turns them off immediately after connecting. See [`ENABLE_ASYNC_MESSAGES`].
    pub fn enable_async_messages(&self) -> Option<bool> {
        self.0.get(ENABLE_ASYNC_MESSAGES)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Maximum number of milliseconds of idle time on connection to controller before sending an
    /// inactivity probe message. See [`INACTIVITY_PROBE`].
    pub fn inactivity_probe(&self) -> Option<i64> {
        self.0.get(INACTIVITY_PROBE)
    }

    /// `true` if currently connected to this controller, `false` otherwise. See [`IS_CONNECTED`].
    pub fn is_connected(&self) -> bool {
        self.0.get(IS_CONNECTED)
    }

    /// The IP address of the gateway to configure on the local port, as a string, e.g.
    /// `192.168.0.1`. See [`LOCAL_GATEWAY`].
    pub fn local_gateway(&self) -> Option<&str> {
        self.0.get(LOCAL_GATEWAY)
    }

    /// The IP address to configure on the local port, e.g. `192.168.0.123`. See [`LOCAL_IP`].
    pub fn local_ip(&self) -> Option<&str> {
        self.0.get(LOCAL_IP)
    }

    /// The IP netmask to configure on the local port, e.g. `255.255.255.0`. See [`LOCAL_NETMASK`].
    pub fn local_netmask(&self) -> Option<&str> {
        self.0.get(LOCAL_NETMASK)
    }

    /// Maximum number of milliseconds to wait between connection attempts. See [`MAX_BACKOFF`].
    pub fn max_backoff(&self) -> Option<i64> {
        self.0.get(MAX_BACKOFF)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The level of authority this controller has on the associated bridge. See [`ROLE`].
    pub fn role(&self) -> Option<ControllerRole> {
        self.0.get(ROLE)
    }

    /// The column `status`. See [`STATUS`].
    pub fn status(&self) -> MapView<'_, String, String> {
        self.0.get(STATUS)
    }

    /// Connection method for controller. See [`TARGET`].
    pub fn target(&self) -> &str {
        self.0.get(TARGET)
    }

    /// Open vSwitch supports two kinds of OpenFlow controllers. See [`TYPE`].
    pub fn type_(&self) -> Option<ControllerType> {
        self.0.get(TYPE)
    }
}
