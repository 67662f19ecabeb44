//! Table `Service_Monitor` of `OVN_IC_Southbound`.
//!
//! Generated from ovn-ic-sb.ovsschema 2.4.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// A row of `Service_Monitor`.
#[derive(Clone, PartialEq, Eq)]
pub struct ServiceMonitor(Row);

/// `external_ids`: Same as in Table Service_Monitor in SBDB. Copy from source SBDB record.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<ServiceMonitor, Map<String, String>> = Column::new(0);

/// `ip`: IP of the service to be monitored. Copy from SBDB record.
///
/// **Shape**: string.
pub const IP: Column<ServiceMonitor, String> = Column::new(1);

/// `logical_port`: The VIF of the logical port on which the service is running. The
/// `ovn-controller` that binds this `logical_port` monitors the service by sending periodic monitor
/// packets. Copy from source Southbound Database record.
///
/// **Shape**: string.
pub const LOGICAL_PORT: Column<ServiceMonitor, String> = Column::new(2);

/// `options`: Same as in Table Service_Monitor in SBDB. Copy from source SBDB record.
///
/// **Shape**: map from string to string.
pub const OPTIONS: Column<ServiceMonitor, Map<String, String>> = Column::new(3);

/// `port`: The TCP or UDP port of the service. Copy from source Southbound Database record.
///
/// **Shape**: integer from 0 to 65535.
pub const PORT: Column<ServiceMonitor, i64> = Column::new(4);

/// `protocol`: The protocol of the service. Copy from source Southbound Database record.
///
/// **Shape**: optional [`ServiceMonitorProtocol`].
pub const PROTOCOL: Column<ServiceMonitor, Option<ServiceMonitorProtocol>> = Column::new(5);

/// `source_availability_zone`: Availability Zone that initiated this monitor entry in ICSB and
/// retains ownership for lifecycle management.
///
/// **Shape**: string.
pub const SOURCE_AVAILABILITY_ZONE: Column<ServiceMonitor, String> = Column::new(6);

/// `src_ip`: Source IPv4 or IPv6 address to use in the service monitor packet. Copy from source
/// Southbound Database record.
///
/// **Shape**: string.
pub const SRC_IP: Column<ServiceMonitor, String> = Column::new(7);

/// `src_mac`: Source Ethernet address to use in the service monitor packet. Copy from Southbound
/// Database record.
///
/// **Shape**: string.
pub const SRC_MAC: Column<ServiceMonitor, String> = Column::new(8);

/// `status`: The health status of the service monitor, synchronized from target Southbound
/// Database.
///
/// **Shape**: optional [`ServiceMonitorStatus`].
pub const STATUS: Column<ServiceMonitor, Option<ServiceMonitorStatus>> = Column::new(9);

/// `target_availability_zone`: The Availability Zone where the monitored service endpoint is
/// located.
///
/// **Shape**: string.
pub const TARGET_AVAILABILITY_ZONE: Column<ServiceMonitor, String> = Column::new(10);

/// `type`: The type of the service. Only the value "load-balancer" is supported.
///
/// **Shape**: optional [`ServiceMonitorType`].
pub const TYPE: Column<ServiceMonitor, Option<ServiceMonitorType>> = Column::new(11);

/// A value of [`PROTOCOL`]: of `protocol` in `Service_Monitor`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServiceMonitorProtocol {
    /// `tcp`.
    Tcp,
    /// `udp`.
    Udp,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ServiceMonitorProtocol {
    fn from_name(name: &str) -> Self {
        match name {
            "tcp" => Self::Tcp,
            "udp" => Self::Udp,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
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
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for ServiceMonitorType {
    fn from_name(name: &str) -> Self {
        match name {
            "load-balancer" => Self::LoadBalancer,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::LoadBalancer => "load-balancer",
            Self::Other(other) => other,
        }
    }
}

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

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
    name: "Service_Monitor",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "ip", ..PLAIN },
        ColumnDef { name: "logical_port", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "port",
            key: BaseDef { integers: (Some(0), Some(65535)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "protocol",
            key: BaseDef { enumeration: &["tcp", "udp"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "source_availability_zone", ..PLAIN },
        ColumnDef { name: "src_ip", ..PLAIN },
        ColumnDef { name: "src_mac", ..PLAIN },
        ColumnDef {
            name: "status",
            key: BaseDef { enumeration: &["online", "offline", "error"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "target_availability_zone", ..PLAIN },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &["load-balancer"], ..STRING },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
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
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(IP, self.ip());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(OPTIONS, self.options());
        visitor.column(PORT, self.port());
        visitor.column(PROTOCOL, self.protocol());
        visitor.column(SOURCE_AVAILABILITY_ZONE, self.source_availability_zone());
        visitor.column(SRC_IP, self.src_ip());
        visitor.column(SRC_MAC, self.src_mac());
        visitor.column(STATUS, self.status());
        visitor.column(TARGET_AVAILABILITY_ZONE, self.target_availability_zone());
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for ServiceMonitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl ServiceMonitor {
    /// Same as in Table Service_Monitor in SBDB. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// IP of the service to be monitored. See [`IP`].
    pub fn ip(&self) -> &str {
        self.0.get(IP)
    }

    /// The VIF of the logical port on which the service is running. See [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> &str {
        self.0.get(LOGICAL_PORT)
    }

    /// Same as in Table Service_Monitor in SBDB. See [`OPTIONS`].
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

    /// Availability Zone that initiated this monitor entry in ICSB and retains ownership for
    /// lifecycle management. See [`SOURCE_AVAILABILITY_ZONE`].
    pub fn source_availability_zone(&self) -> &str {
        self.0.get(SOURCE_AVAILABILITY_ZONE)
    }

    /// Source IPv4 or IPv6 address to use in the service monitor packet. See [`SRC_IP`].
    pub fn src_ip(&self) -> &str {
        self.0.get(SRC_IP)
    }

    /// Source Ethernet address to use in the service monitor packet. See [`SRC_MAC`].
    pub fn src_mac(&self) -> &str {
        self.0.get(SRC_MAC)
    }

    /// The health status of the service monitor, synchronized from target Southbound Database. See
    /// [`STATUS`].
    pub fn status(&self) -> Option<ServiceMonitorStatus> {
        self.0.get(STATUS)
    }

    /// The Availability Zone where the monitored service endpoint is located. See
    /// [`TARGET_AVAILABILITY_ZONE`].
    pub fn target_availability_zone(&self) -> &str {
        self.0.get(TARGET_AVAILABILITY_ZONE)
    }

    /// The type of the service. See [`TYPE`].
    pub fn type_(&self) -> Option<ServiceMonitorType> {
        self.0.get(TYPE)
    }
}
