//! `Encap`: Encapsulation Types.
//!
//! Generated from ovn-ic-sb.ovsschema 2.4.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

/// The [`Gateway.encaps`](super::gateway::ENCAPS) column in the [`Gateway`](super::Gateway) table
/// refers to rows in this table to identify how OVN may transmit logical dataplane packets to this
/// gateway.
#[derive(Clone, PartialEq, Eq)]
pub struct Encap(Row);

/// `gateway_name`: The name of the gateway that created this encap.
///
/// **Shape**: string.
pub const GATEWAY_NAME: Column<Encap, String> = Column::new(0);

/// `ip`: The IPv4 address of the encapsulation tunnel endpoint.
///
/// **Shape**: string.
pub const IP: Column<Encap, String> = Column::new(1);

/// `options`: Options for configuring the encapsulation, which may be [`type`](TYPE) specific. See
/// [`Encap.options`](OPTIONS) column of the OVN Southbound database's `OVN_Southbound.Encap` table.
///
/// **Shape**: map from string to string.
pub const OPTIONS: Column<Encap, Map<String, String>> = Column::new(2);

/// `type`: The encapsulation to use to transmit packets to this gateway. See [`Encap.type`](TYPE)
/// column of the OVN Southbound database's `OVN_Southbound.Encap` table.
///
/// **Shape**: [`EncapType`].
pub const TYPE: Column<Encap, EncapType> = Column::new(3);

/// The rows by `type`, `ip`, which together are unique.
pub const BY_TYPE_IP: Index<Encap, (EncapType, String)> = Index::schema(0);

/// A value of [`TYPE`]: of `type` in `Encap`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EncapType {
    /// `geneve`.
    Geneve,
    /// `vxlan`.
    Vxlan,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for EncapType {
    fn from_name(name: &str) -> Self {
        match name {
            "geneve" => Self::Geneve,
            "vxlan" => Self::Vxlan,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Geneve => "geneve",
            Self::Vxlan => "vxlan",
            Self::Other(other) => other,
        }
    }
}

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
    name: "Encap",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "gateway_name", ..PLAIN },
        ColumnDef { name: "ip", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "type",
            key: BaseDef { enumeration: &["geneve", "vxlan"], ..STRING },
            ..PLAIN
        },
    ],
    indexes: &[&[3, 1]],
};

impl Table for Encap {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(GATEWAY_NAME, self.gateway_name());
        visitor.column(IP, self.ip());
        visitor.column(OPTIONS, self.options());
        visitor.column(TYPE, self.type_());
    }
}

impl fmt::Debug for Encap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Encap {
    /// The name of the gateway that created this encap. See [`GATEWAY_NAME`].
    pub fn gateway_name(&self) -> &str {
        self.0.get(GATEWAY_NAME)
    }

    /// The IPv4 address of the encapsulation tunnel endpoint. See [`IP`].
    pub fn ip(&self) -> &str {
        self.0.get(IP)
    }

    /// Options for configuring the encapsulation, which may be [`type`](TYPE) specific. See
    /// [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// The encapsulation to use to transmit packets to this gateway. See [`TYPE`].
    pub fn type_(&self) -> EncapType {
        self.0.get(TYPE)
    }
}
