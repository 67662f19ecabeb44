//! `Encap`: Encapsulation Types.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

/// The [`Chassis.encaps`](super::chassis::ENCAPS) column in the [`Chassis`](super::Chassis) table
/// refers to rows in this table to identify how OVN may transmit logical dataplane packets to this
/// chassis. Each chassis, via `ovn-controller`(8) or `ovn-controller-vtep`(8), adds and updates its
/// own rows and keeps a copy of the remaining rows to determine how to reach other chassis.
#[derive(Clone, PartialEq, Eq)]
pub struct Encap(Row);

/// `chassis_name`: The name of the chassis that created this encap.
///
/// **Shape**: string.
pub const CHASSIS_NAME: Column<Encap, String> = Column::new(0);

/// `ip`: The IPv4 address of the encapsulation tunnel endpoint.
///
/// **Shape**: string.
pub const IP: Column<Encap, String> = Column::new(1);

/// `options`: Options for configuring the encapsulation, which may be [`type`](TYPE) specific.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `csum` (boolean): `csum` indicates whether this chassis can transmit and receive packets that
///   include checksums with reasonable performance. It hints to senders transmitting data to this
///   chassis that they should use checksums to protect OVN metadata. `ovn-controller` populates
///   this key with the value defined in `Open_vSwitch.external_ids:ovn-encap-csum` column of the
///   Open_vSwitch database's `Open_vSwitch.Open_vSwitch` table. Other applications should treat
///   this key as read-only. See `ovn-controller`(8) for more information.
///
///   In terms of performance, checksumming actually significantly increases throughput in most
///   common cases when running on Linux based hosts without NICs supporting encapsulation hardware
///   offload (around 60% for bulk traffic). The reason is that generally all NICs are capable of
///   offloading transmitted and received TCP/UDP checksums (viewed as ordinary data packets and not
///   as tunnels). The benefit comes on the receive side where the validated outer checksum can be
///   used to additionally validate an inner checksum (such as TCP), which in turn allows
///   aggregation of packets to be more efficiently handled by the rest of the stack.
///
///   Not all devices see such a benefit. The most notable exception is hardware VTEPs. These
///   devices are designed to not buffer entire packets in their switching engines and are therefore
///   unable to efficiently compute or validate full packet checksums. In addition certain versions
///   of the Linux kernel are not able to fully take advantage of encapsulation NIC offloads in the
///   presence of checksums. (This is actually a pretty narrow corner case though: earlier versions
///   of Linux don't support encapsulation offloads at all and later versions support both offloads
///   and checksums well.)
///
///   `csum` defaults to `false` for hardware VTEPs and `true` for all other cases.
///
///   This option applies to `geneve` and `vxlan` encapsulations.
/// - `dst_port` (integer): If set, overrides the UDP destination port.
/// - `is_default` (boolean): When there are multiple encaps for a chassis with different IPs, this
///   option indicates if the encap is the default one that matches the IP in
///   `Open_vSwitch.external_ids:ovn-encap-ip-default` column of the Open_vSwitch database's
///   `Open_vSwitch.Open_vSwitch` table.
pub const OPTIONS: Column<Encap, Map<String, String>> = Column::new(2);

/// `type`: The encapsulation to use to transmit packets to this chassis. Hypervisors and gateways
/// must use `geneve` or `vxlan`.
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
    database: "OVN_Southbound",
    name: "Encap",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "chassis_name", ..PLAIN },
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
        visitor.column(CHASSIS_NAME, self.chassis_name());
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
    /// The name of the chassis that created this encap. See [`CHASSIS_NAME`].
    pub fn chassis_name(&self) -> &str {
        self.0.get(CHASSIS_NAME)
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

    /// The encapsulation to use to transmit packets to this chassis. See [`TYPE`].
    pub fn type_(&self) -> EncapType {
        self.0.get(TYPE)
    }
}
