//! `DHCP_Options`: DHCP Options supported by native OVN DHCP.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Row, Table, TableDef, Visit, debug,
};

/// Each row in this table stores the DHCP Options supported by native OVN DHCP. `ovn-northd`
/// populates this table with the supported DHCP options. `ovn-controller` looks up this table to
/// get the DHCP codes of the DHCP options defined in the "put_dhcp_opts" action. Please refer to
/// the RFC 2132 `"https://tools.ietf.org/html/rfc2132"` for the possible list of DHCP options that
/// can be defined here.
#[derive(Clone, PartialEq, Eq)]
pub struct DhcpOptions(Row);

/// `code`: DHCP option code for the DHCP option as defined in the RFC 2132.
///
/// Example. code=3
///
/// **Shape**: integer from 0 to 254.
pub const CODE: Column<DhcpOptions, i64> = Column::new(0);

/// `name`: Name of the DHCP option.
///
/// Example. name="router"
///
/// **Shape**: string.
pub const NAME: Column<DhcpOptions, String> = Column::new(1);

/// `type`: Data type of the DHCP option code.
///
/// - `value: bool`: This indicates that the value of the DHCP option is a bool.
///
///   Example. "name=ip_forward_enable", "code=19", "type=bool".
///
///   put_dhcp_opts(..., ip_forward_enable = 1,...)
/// - `value: uint8`: This indicates that the value of the DHCP option is an unsigned int8 (8 bits)
///
///   Example. "name=default_ttl", "code=23", "type=uint8".
///
///   put_dhcp_opts(..., default_ttl = 50,...)
/// - `value: uint16`: This indicates that the value of the DHCP option is an unsigned int16 (16
///   bits).
///
///   Example. "name=mtu", "code=26", "type=uint16".
///
///   put_dhcp_opts(..., mtu = 1450,...)
/// - `value: uint32`: This indicates that the value of the DHCP option is an unsigned int32 (32
///   bits).
///
///   Example. "name=lease_time", "code=51", "type=uint32".
///
///   put_dhcp_opts(..., lease_time = 86400,...)
/// - `value: ipv4`: This indicates that the value of the DHCP option is an IPv4 address or
///   addresses.
///
///   Example. "name=router", "code=3", "type=ipv4".
///
///   put_dhcp_opts(..., router = 10.0.0.1,...)
///
///   Example. "name=dns_server", "code=6", "type=ipv4".
///
///   put_dhcp_opts(..., dns_server = {8.8.8.8 7.7.7.7},...)
/// - `value: static_routes`: This indicates that the value of the DHCP option contains a pair of
///   IPv4 route and next hop addresses.
///
///   Example. "name=classless_static_route", "code=121", "type=static_routes".
///
///   put_dhcp_opts(..., classless_static_route = {30.0.0.0/24,10.0.0.4,0.0.0.0/0,10.0.0.1}...)
/// - `value: str`: This indicates that the value of the DHCP option is a string.
///
///   Example. "name=host_name", "code=12", "type=str".
/// - `value: host_id`: This indicates that the value of the DHCP option is a host_id. It can either
///   be a host_name or an IP address.
///
///   Example. "name=tftp_server", "code=66", "type=host_id".
/// - `value: domains`: This indicates that the value of the DHCP option is a domain name or a comma
///   separated list of domain names.
///
///   Example. "name=domain_search_list", "code=119", "type=domains".
///
/// **Shape**: [`DhcpOptionsType`].
pub const TYPE: Column<DhcpOptions, DhcpOptionsType> = Column::new(2);

/// A value of [`TYPE`]: of `type` in `DHCP_Options`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DhcpOptionsType {
    /// `bool`.
    Bool,
    /// `uint8`.
    Uint8,
    /// `uint16`.
    Uint16,
    /// `uint32`.
    Uint32,
    /// `ipv4`.
    Ipv4,
    /// `static_routes`.
    StaticRoutes,
    /// `str`.
    Str,
    /// `host_id`.
    HostId,
    /// `domains`.
    Domains,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for DhcpOptionsType {
    fn from_name(name: &str) -> Self {
        match name {
            "bool" => Self::Bool,
            "uint8" => Self::Uint8,
            "uint16" => Self::Uint16,
            "uint32" => Self::Uint32,
            "ipv4" => Self::Ipv4,
            "static_routes" => Self::StaticRoutes,
            "str" => Self::Str,
            "host_id" => Self::HostId,
            "domains" => Self::Domains,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Bool => "bool",
            Self::Uint8 => "uint8",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::Ipv4 => "ipv4",
            Self::StaticRoutes => "static_routes",
            Self::Str => "str",
            Self::HostId => "host_id",
            Self::Domains => "domains",
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
    database: "OVN_Southbound",
    name: "DHCP_Options",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "code",
            key: BaseDef { integers: (Some(0), Some(254)), ..INTEGER },
            ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &[
                "bool", "uint8", "uint16", "uint32", "ipv4", "static_routes", "str", "host_id",
                "domains",
            ], ..STRING },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for DhcpOptions {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CODE, self.code());
        visitor.column(NAME, self.name());
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for DhcpOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl DhcpOptions {
    /// DHCP option code for the DHCP option as defined in the RFC 2132. See [`CODE`].
    pub fn code(&self) -> i64 {
        self.0.get(CODE)
    }

    /// Name of the DHCP option. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Data type of the DHCP option code. See [`TYPE`].
    pub fn type_(&self) -> DhcpOptionsType {
        self.0.get(TYPE)
    }
}
