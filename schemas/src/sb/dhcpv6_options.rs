//! `DHCPv6_Options`: DHCPv6 Options supported by native OVN DHCPv6.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Row, Table, TableDef, Visit, debug,
};

/// Each row in this table stores the DHCPv6 Options supported by native OVN DHCPv6. `ovn-northd`
/// populates this table with the supported DHCPv6 options. `ovn-controller` looks up this table to
/// get the DHCPv6 codes of the DHCPv6 options defined in the `put_dhcpv6_opts` action. Please refer
/// to RFC 3315 and RFC 3646 for the list of DHCPv6 options that can be defined here.
#[derive(Clone, PartialEq, Eq)]
pub struct Dhcpv6Options(Row);

/// `code`: DHCPv6 option code for the DHCPv6 option as defined in the appropriate RFC.
///
/// Example. code=3
///
/// **Shape**: integer from 0 to 254.
pub const CODE: Column<Dhcpv6Options, i64> = Column::new(0);

/// `name`: Name of the DHCPv6 option.
///
/// Example. name="ia_addr"
///
/// **Shape**: string.
pub const NAME: Column<Dhcpv6Options, String> = Column::new(1);

/// `type`: Data type of the DHCPv6 option code.
///
/// - `value: ipv6`: This indicates that the value of the DHCPv6 option is an IPv6 address(es).
///
///   Example. "name=ia_addr", "code=5", "type=ipv6".
///
///   put_dhcpv6_opts(..., ia_addr = ae70::4,...)
/// - `value: str`: This indicates that the value of the DHCPv6 option is a string.
///
///   Example. "name=domain_search", "code=24", "type=str".
///
///   put_dhcpv6_opts(..., domain_search = ovn.domain,...)
/// - `value: mac`: This indicates that the value of the DHCPv6 option is a MAC address.
///
///   Example. "name=server_id", "code=2", "type=mac".
///
///   put_dhcpv6_opts(..., server_id = 01:02:03:04L05:06,...)
///
/// **Shape**: [`Dhcpv6OptionsType`].
pub const TYPE: Column<Dhcpv6Options, Dhcpv6OptionsType> = Column::new(2);

/// A value of [`TYPE`]: of `type` in `DHCPv6_Options`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dhcpv6OptionsType {
    /// `ipv6`.
    Ipv6,
    /// `str`.
    Str,
    /// `mac`.
    Mac,
    /// `domain`.
    Domain,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for Dhcpv6OptionsType {
    fn from_name(name: &str) -> Self {
        match name {
            "ipv6" => Self::Ipv6,
            "str" => Self::Str,
            "mac" => Self::Mac,
            "domain" => Self::Domain,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Ipv6 => "ipv6",
            Self::Str => "str",
            Self::Mac => "mac",
            Self::Domain => "domain",
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
    name: "DHCPv6_Options",
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
            key: BaseDef { enumeration: &["ipv6", "str", "mac", "domain"], ..STRING },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Dhcpv6Options {
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

impl fmt::Debug for Dhcpv6Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Dhcpv6Options {
    /// DHCPv6 option code for the DHCPv6 option as defined in the appropriate RFC. See [`CODE`].
    pub fn code(&self) -> i64 {
        self.0.get(CODE)
    }

    /// Name of the DHCPv6 option. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Data type of the DHCPv6 option code. See [`TYPE`].
    pub fn type_(&self) -> Dhcpv6OptionsType {
        self.0.get(TYPE)
    }
}
