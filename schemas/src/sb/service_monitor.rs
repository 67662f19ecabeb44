//! Table `Service_Monitor` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

/// Each row in this table configures monitoring a service for its liveness. The service can be an
/// IPv4 TCP or UDP service. `ovn-controller` periodically sends out service monitor packets and
/// updates the status of the service. If the service monitor is not local, then ovn-ic creates a
/// record about it in the SBDB database, after which another OVN deployment creates a record about
/// the Service Monitor in its SBDB and the status is propagated back to the initial record in the
/// original availability zone.
///
/// `ovn-northd` uses this feature to implement the load balancer health check feature offered to
/// the CMS through the northbound database.
///
/// # Configuration
///
/// `ovn-northd` sets these columns and values to configure the service monitor.
///
/// Columns: [`type`](TYPE), [`ip`](IP), [`mac`](MAC), [`protocol`](PROTOCOL), [`port`](PORT),
/// [`logical_input_port`](LOGICAL_INPUT_PORT), [`logical_port`](LOGICAL_PORT),
/// [`src_mac`](SRC_MAC), [`src_ip`](SRC_IP), [`chassis_name`](CHASSIS_NAME), [`remote`](REMOTE),
/// [`ic_learned`](IC_LEARNED), [`options`](OPTIONS).
///
/// # Status Reporting
///
/// The `ovn-controller` on the chassis that hosts the [`logical_port`](LOGICAL_PORT) updates this
/// column to report the service's status.
///
/// Column: [`status`](STATUS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct ServiceMonitor(Row);

/// `chassis_name`: The name of the chassis where the logical port is bound.
///
/// **Shape**: string.
pub const CHASSIS_NAME: Column<ServiceMonitor, String> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<ServiceMonitor, Map<String, String>> = Column::new(1);

/// `ic_learned`: Set to true if the service monitor was propagated from another OVN deployment via
/// ovn-ic management.
///
/// **Shape**: boolean.
pub const IC_LEARNED: Column<ServiceMonitor, bool> = Column::new(2);

/// `ip`: Destination IP used in monitor packets. For load-balancer service this is the IP of the
/// service to be monitored. For network-function service this IP is used to send probe packets
/// through the associated Network Function port pair.
///
/// **Shape**: string.
pub const IP: Column<ServiceMonitor, String> = Column::new(3);

/// `logical_input_port`: This is applicable only for network-function type. The VIF of the logical
/// port on which monitor packets have to be sent. The `ovn-controller` that binds this
/// `logical_port` monitors the service by sending periodic monitor packets.
///
/// **Shape**: string.
pub const LOGICAL_INPUT_PORT: Column<ServiceMonitor, String> = Column::new(4);

/// `logical_port`: The VIF of the logical port on which the service is running. The
/// `ovn-controller` that binds this `logical_port` monitors the service by sending periodic monitor
/// packets. For load-balancer this is the port to which monitor packets are sent and from which
/// response packets are received. For network-function this is the port from which the forwarded
/// monitor packets are received.
///
/// **Shape**: string.
pub const LOGICAL_PORT: Column<ServiceMonitor, String> = Column::new(5);

/// `mac`: Destination MAC address used in monitor packets. This is applicable only for
/// network-function services.
///
/// **Shape**: string.
pub const MAC: Column<ServiceMonitor, String> = Column::new(6);

/// `options` of `Service_Monitor`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `interval` (integer): The interval, in seconds, between service monitor checks.
/// - `timeout` (integer): The time, in seconds, after which the service monitor check times out.
/// - `success_count` (integer): The number of successful checks after which the service is
///   considered `online`.
/// - `failure_count` (integer): The number of failure checks after which the service is considered
///   `offline`.
pub const OPTIONS: Column<ServiceMonitor, Map<String, String>> = Column::new(7);

/// `port`: The TCP or UDP port of the service.
///
/// **Shape**: integer from 0 to 65535.
pub const PORT: Column<ServiceMonitor, i64> = Column::new(8);

/// `protocol`: The protocol of the service. For `type` load-balancer, supported protocols are tcp
/// and udp. For `type` "network-function", supported protocol is icmp, and the health probe is done
/// by injecting an icmp echo request packet into the `inport` of the Network_Function and then
/// montoring the same packet coming out of the `outport`. For `type` "logical-switch-port",
/// supported protocols are `tcp`, `udp` and `icmp`.
///
/// **Shape**: optional [`ServiceMonitorProtocol`].
pub const PROTOCOL: Column<ServiceMonitor, Option<ServiceMonitorProtocol>> = Column::new(9);

/// `remote`: Set to true if backend locates on remote ovn deployment.
///
/// **Shape**: boolean.
pub const REMOTE: Column<ServiceMonitor, bool> = Column::new(10);

/// `src_ip`: Source IPv4 or IPv6 address to use in the service monitor packet.
///
/// **Shape**: string.
pub const SRC_IP: Column<ServiceMonitor, String> = Column::new(11);

/// `src_mac`: Source Ethernet address to use in the service monitor packet.
///
/// **Shape**: string.
pub const SRC_MAC: Column<ServiceMonitor, String> = Column::new(12);

/// `status`: For TCP service, `ovn-controller` sends a SYN to the service and expects an ACK
/// response to consider the service to be `online`.
///
/// For UDP service, `ovn-controller` sends a UDP packet to the service and doesn't expect any
/// reply. If it receives an ICMP reply, then it considers the service to be `offline`.
///
/// For ICMP service, `ovn-controller` sends an ICMP Echo Request and expects an ICMP Echo Reply to
/// consider service to be `online`. If no reply is received or if an ICMP error message is
/// received, the service is considered `offline`.
///
/// **Shape**: optional [`ServiceMonitorStatus`].
pub const STATUS: Column<ServiceMonitor, Option<ServiceMonitorStatus>> = Column::new(13);

/// `type`: The type of the service. Supported values are "load-balancer" and "network-function".
///
/// **Shape**: optional [`ServiceMonitorType`].
pub const TYPE: Column<ServiceMonitor, Option<ServiceMonitorType>> = Column::new(14);

/// The rows by `logical_port`, `ip`, `port`, `protocol`, which together are unique.
pub const BY_LOGICAL_PORT_IP_PORT_PROTOCOL: Index<
    ServiceMonitor,
    (String, String, i64, Option<ServiceMonitorProtocol>),
> = Index::schema(0);

/// A value of [`PROTOCOL`]: of `protocol` in `Service_Monitor`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServiceMonitorProtocol {
    /// `tcp`.
    Tcp,
    /// `udp`.
    Udp,
    /// `icmp`.
    Icmp,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ServiceMonitorProtocol {
    fn from_name(name: &str) -> Self {
        match name {
            "tcp" => Self::Tcp,
            "udp" => Self::Udp,
            "icmp" => Self::Icmp,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Icmp => "icmp",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`STATUS`]: of `status` in `Service_Monitor`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServiceMonitorStatus {
    /// `online`.
    Online,
    /// `offline`.
    Offline,
    /// `error`.
    Error,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ServiceMonitorStatus {
    fn from_name(name: &str) -> Self {
        match name {
            "online" => Self::Online,
            "offline" => Self::Offline,
            "error" => Self::Error,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Error => "error",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`TYPE`]: of `type` in `Service_Monitor`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServiceMonitorType {
    /// `load-balancer`.
    LoadBalancer,
    /// `network-function`.
    NetworkFunction,
    /// `logical-switch-port`.
    LogicalSwitchPort,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ServiceMonitorType {
    fn from_name(name: &str) -> Self {
        match name {
            "load-balancer" => Self::LoadBalancer,
            "network-function" => Self::NetworkFunction,
            "logical-switch-port" => Self::LogicalSwitchPort,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::LoadBalancer => "load-balancer",
            Self::NetworkFunction => "network-function",
            Self::LogicalSwitchPort => "logical-switch-port",
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
    database: "OVN_Southbound",
    name: "Service_Monitor",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "chassis_name", ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "ic_learned", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "ip", ..PLAIN },
        ColumnDef { name: "logical_input_port", ..PLAIN },
        ColumnDef { name: "logical_port", ..PLAIN },
        ColumnDef { name: "mac", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "port",
            key: BaseDef { integers: (Some(0), Some(65535)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "protocol",
            key: BaseDef { enumeration: &["tcp", "udp", "icmp"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "remote", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "src_ip", ..PLAIN },
        ColumnDef { name: "src_mac", ..PLAIN },
        ColumnDef {
            name: "status",
            key: BaseDef { enumeration: &["online", "offline", "error"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &[
                "load-balancer", "network-function", "logical-switch-port",
            ], ..STRING },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[&[5, 3, 8, 9]],
};

impl Table for ServiceMonitor {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CHASSIS_NAME, self.chassis_name());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(IC_LEARNED, self.ic_learned());
        visitor.column(IP, self.ip());
        visitor.column(LOGICAL_INPUT_PORT, self.logical_input_port());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(MAC, self.mac());
        visitor.column(OPTIONS, self.options());
        visitor.column(PORT, self.port());
        visitor.column(PROTOCOL, self.protocol());
        visitor.column(REMOTE, self.remote());
        visitor.column(SRC_IP, self.src_ip());
        visitor.column(SRC_MAC, self.src_mac());
        visitor.column(STATUS, self.status());
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for ServiceMonitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl ServiceMonitor {
    /// The name of the chassis where the logical port is bound. See [`CHASSIS_NAME`].
    pub fn chassis_name(&self) -> &str {
        self.0.get(CHASSIS_NAME)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Set to true if the service monitor was propagated from another OVN deployment via ovn-ic
    /// management. See [`IC_LEARNED`].
    pub fn ic_learned(&self) -> bool {
        self.0.get(IC_LEARNED)
    }

    /// Destination IP used in monitor packets. See [`IP`].
    pub fn ip(&self) -> &str {
        self.0.get(IP)
    }

    /// This is applicable only for network-function type. See [`LOGICAL_INPUT_PORT`].
    pub fn logical_input_port(&self) -> &str {
        self.0.get(LOGICAL_INPUT_PORT)
    }

    /// The VIF of the logical port on which the service is running. See [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> &str {
        self.0.get(LOGICAL_PORT)
    }

    /// Destination MAC address used in monitor packets. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// The TCP or UDP port of the service. See [`PORT`].
    pub fn port(&self) -> i64 {
        self.0.get(PORT)
    }

    /// The protocol of the service. See [`PROTOCOL`].
    pub fn protocol(&self) -> Option<ServiceMonitorProtocol> {
        self.0.get(PROTOCOL)
    }

    /// Set to true if backend locates on remote ovn deployment. See [`REMOTE`].
    pub fn remote(&self) -> bool {
        self.0.get(REMOTE)
    }

    /// Source IPv4 or IPv6 address to use in the service monitor packet. See [`SRC_IP`].
    pub fn src_ip(&self) -> &str {
        self.0.get(SRC_IP)
    }

    /// Source Ethernet address to use in the service monitor packet. See [`SRC_MAC`].
    pub fn src_mac(&self) -> &str {
        self.0.get(SRC_MAC)
    }

    /// For TCP service, `ovn-controller` sends a SYN to the service and expects an ACK response to
    /// consider the service to be `online`. See [`STATUS`].
    pub fn status(&self) -> Option<ServiceMonitorStatus> {
        self.0.get(STATUS)
    }

    /// The type of the service. See [`TYPE`].
    pub fn type_(&self) -> Option<ServiceMonitorType> {
        self.0.get(TYPE)
    }
}
