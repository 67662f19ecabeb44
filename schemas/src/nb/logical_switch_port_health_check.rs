//! `Logical_Switch_Port_Health_Check`: logical switch port health check.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// Each row represents health check configuration for logical switch port. Health checks are used
/// to monitor reachability and health of backend endpoints associated with logical switch port.
/// Health check can be configured to use different protocols (TCP, UDP, or ICMP) to verify
/// availability of target IP addresses.
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalSwitchPortHealthCheck(Row);

/// `address`: IP address to monitor for the health check.
///
/// **Shape**: string.
pub const ADDRESS: Column<LogicalSwitchPortHealthCheck, String> = Column::new(0);

/// `options` of `Logical_Switch_Port_Health_Check`.
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
pub const OPTIONS: Column<LogicalSwitchPortHealthCheck, Map<String, String>> = Column::new(1);

/// `port`: Destination port number for TCP and UDP health checks.
///
/// **Shape**: integer from 0 to 65535.
pub const PORT: Column<LogicalSwitchPortHealthCheck, i64> = Column::new(2);

/// `protocol`: Valid protocols are `tcp`, `udp`, or `icmp`. For `tcp` and `udp` protocols -
/// destination port must be specified.
///
/// **Shape**: [`LogicalSwitchPortHealthCheckProtocol`].
pub const PROTOCOL: Column<LogicalSwitchPortHealthCheck, LogicalSwitchPortHealthCheckProtocol> =
    Column::new(3);

/// `src_ip`: Source IP address used when sending health check probes.
///
/// **Shape**: string.
pub const SRC_IP: Column<LogicalSwitchPortHealthCheck, String> = Column::new(4);

/// `status`: Health status synchronized from the `status` field of corresponding service monitor in
/// the SBDB. This status indicates the current availability of logical switch port for the CMS to
/// determine service virtual machine health and make routing or failover decisions.
///
/// **Shape**: optional [`LogicalSwitchPortHealthCheckStatus`].
pub const STATUS: Column<LogicalSwitchPortHealthCheck, Option<LogicalSwitchPortHealthCheckStatus>> =
    Column::new(5);

/// A value of [`PROTOCOL`]: of `protocol` in `Logical_Switch_Port_Health_Check`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogicalSwitchPortHealthCheckProtocol {
    /// `tcp`.
    Tcp,
    /// `udp`.
    Udp,
    /// `icmp`.
    Icmp,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for LogicalSwitchPortHealthCheckProtocol {
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

/// A value of [`STATUS`]: of `status` in `Logical_Switch_Port_Health_Check`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogicalSwitchPortHealthCheckStatus {
    /// `online`.
    Online,
    /// `offline`.
    Offline,
    /// `error`.
    Error,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for LogicalSwitchPortHealthCheckStatus {
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
    database: "OVN_Northbound",
    name: "Logical_Switch_Port_Health_Check",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "address", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "port",
            key: BaseDef { integers: (Some(0), Some(65535)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef {
            name: "protocol",
            key: BaseDef { enumeration: &["tcp", "udp", "icmp"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "src_ip", ..PLAIN },
        ColumnDef {
            name: "status",
            key: BaseDef { enumeration: &["online", "offline", "error"], ..STRING },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for LogicalSwitchPortHealthCheck {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ADDRESS, self.address());
        visitor.column(OPTIONS, self.options());
        visitor.column(PORT, self.port());
        visitor.column(PROTOCOL, self.protocol());
        visitor.column(SRC_IP, self.src_ip());
        visitor.column(STATUS, self.status());
    }
}

impl fmt::Debug for LogicalSwitchPortHealthCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalSwitchPortHealthCheck {
    /// IP address to monitor for the health check. See [`ADDRESS`].
    pub fn address(&self) -> &str {
        self.0.get(ADDRESS)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Destination port number for TCP and UDP health checks. See [`PORT`].
    pub fn port(&self) -> i64 {
        self.0.get(PORT)
    }

    /// Valid protocols are `tcp`, `udp`, or `icmp`. See [`PROTOCOL`].
    pub fn protocol(&self) -> LogicalSwitchPortHealthCheckProtocol {
        self.0.get(PROTOCOL)
    }

    /// Source IP address used when sending health check probes. See [`SRC_IP`].
    pub fn src_ip(&self) -> &str {
        self.0.get(SRC_IP)
    }

    /// Health status synchronized from the `status` field of corresponding service monitor in the
    /// SBDB. See [`STATUS`].
    pub fn status(&self) -> Option<LogicalSwitchPortHealthCheckStatus> {
        self.0.get(STATUS)
    }
}
