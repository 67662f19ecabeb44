//! Table `Physical_Locator` of `hardware_vtep`.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Row, Table, TableDef, Visit, debug,
};

/// Identifies an endpoint to which logical switch traffic may be encapsulated and forwarded.
///
/// The `vxlan_over_ipv4` encapsulation, the only encapsulation defined so far, can use either
/// tunnel key model described in the "Per Logical-Switch Tunnel Key" section in the
/// [`Logical_Switch`](super::LogicalSwitch) table. When the tunnel key per
/// [`Logical_Switch`](super::LogicalSwitch) model is in use, the
/// [`Logical_Switch.tunnel_key`](super::logical_switch::TUNNEL_KEY) column in the
/// [`Logical_Switch`](super::LogicalSwitch) table is filled with a VNI and the
/// [`tunnel_key`](TUNNEL_KEY) column in this table is empty; in the key-per-tunnel model, the
/// opposite is true. The former model is older, and thus likely to be more widely supported. See
/// the "Per Logical-Switch Tunnel Key" section in the [`Logical_Switch`](super::LogicalSwitch)
/// table for further discussion of the model.
#[derive(Clone, PartialEq, Eq)]
pub struct PhysicalLocator(Row);

/// `dst_ip`: For `vxlan_over_ipv4` encapsulation, the IPv4 address of the VXLAN tunnel endpoint.
///
/// We expect that this column could be used for IPv4 or IPv6 addresses in encapsulations to be
/// introduced later.
///
/// **Shape**: string; fixed when the row is inserted.
pub const DST_IP: Column<PhysicalLocator, String> = Column::new(0);

/// `encapsulation_type`: The type of tunneling encapsulation.
///
/// **Shape**: [`PhysicalLocatorEncapsulationType`]; fixed when the row is inserted.
pub const ENCAPSULATION_TYPE: Column<PhysicalLocator, PhysicalLocatorEncapsulationType> =
    Column::new(1);

/// `tunnel_key`: This column is used only in the tunnel key per
/// [`Logical_Switch`](super::LogicalSwitch)+[`Physical_Locator`](PhysicalLocator) model (see
/// above).
///
/// For `vxlan_over_ipv4` encapsulation, when the
/// [`Logical_Switch`](super::LogicalSwitch)+[`Physical_Locator`](PhysicalLocator) model is in use,
/// this column is the VXLAN VNI. It must be in the range 0 to 16,777,215.
///
/// **Shape**: optional integer.
pub const TUNNEL_KEY: Column<PhysicalLocator, Option<i64>> = Column::new(2);

/// The rows by `encapsulation_type`, `dst_ip`, `tunnel_key`, which together are unique.
pub const BY_ENCAPSULATION_TYPE_DST_IP_TUNNEL_KEY: Index<
    PhysicalLocator,
    (PhysicalLocatorEncapsulationType, String, Option<i64>),
> = Index::schema(0);

/// A value of [`ENCAPSULATION_TYPE`]: of `encapsulation_type` in `Physical_Locator`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PhysicalLocatorEncapsulationType {
    /// `vxlan_over_ipv4`.
    VxlanOverIpv4,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for PhysicalLocatorEncapsulationType {
    fn from_name(name: &str) -> Self {
        match name {
            "vxlan_over_ipv4" => Self::VxlanOverIpv4,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::VxlanOverIpv4 => "vxlan_over_ipv4",
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
    database: "hardware_vtep",
    name: "Physical_Locator",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "dst_ip", mutable: false, ..PLAIN },
        ColumnDef {
            name: "encapsulation_type",
            key: BaseDef { enumeration: &["vxlan_over_ipv4"], ..STRING },
            mutable: false, ..PLAIN
        },
        ColumnDef { name: "tunnel_key", key: INTEGER, min: 0, ..PLAIN },
    ],
    indexes: &[&[1, 0, 2]],
};

impl Table for PhysicalLocator {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DST_IP, self.dst_ip());
        visitor.column(ENCAPSULATION_TYPE, self.encapsulation_type());
        visitor.column(TUNNEL_KEY, self.tunnel_key());
    }
}

impl fmt::Debug for PhysicalLocator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl PhysicalLocator {
    /// For `vxlan_over_ipv4` encapsulation, the IPv4 address of the VXLAN tunnel endpoint. See
    /// [`DST_IP`].
    pub fn dst_ip(&self) -> &str {
        self.0.get(DST_IP)
    }

    /// The type of tunneling encapsulation. See [`ENCAPSULATION_TYPE`].
    pub fn encapsulation_type(&self) -> PhysicalLocatorEncapsulationType {
        self.0.get(ENCAPSULATION_TYPE)
    }

    /// This column is used only in the tunnel key per
    /// [`Logical_Switch`](super::LogicalSwitch)+[`Physical_Locator`](PhysicalLocator) model (see
    /// above). See [`TUNNEL_KEY`].
    pub fn tunnel_key(&self) -> Option<i64> {
        self.0.get(TUNNEL_KEY)
    }
}
