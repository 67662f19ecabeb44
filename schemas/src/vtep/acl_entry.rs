//! Table `ACL_entry` of `hardware_vtep`.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Row, Set, SetView, Table, TableDef, UNLIMITED,
    Visit, debug,
};

/// Describes the individual entries that comprise an Access Control List.
///
/// Each entry in the table is a single rule to match on certain header fields. While there are a
/// large number of fields that can be matched on, most hardware cannot match on arbitrary
/// combinations of fields. It is common to match on either L2 fields (described below in the L2
/// group of columns) or L3/L4 fields (the L3/L4 group of columns) but not both. The hardware switch
/// controller may log an error if an ACL entry requires it to match on an incompatible mixture of
/// fields.
///
/// # L2 fields
///
/// Columns: [`source_mac`](SOURCE_MAC), [`dest_mac`](DEST_MAC), [`ethertype`](ETHERTYPE).
///
/// # L3/L4 fields
///
/// Columns: [`source_ip`](SOURCE_IP), [`source_mask`](SOURCE_MASK), [`dest_ip`](DEST_IP),
/// [`dest_mask`](DEST_MASK), [`protocol`](PROTOCOL), [`source_port_min`](SOURCE_PORT_MIN),
/// [`source_port_max`](SOURCE_PORT_MAX), [`dest_port_min`](DEST_PORT_MIN),
/// [`dest_port_max`](DEST_PORT_MAX), [`tcp_flags`](TCP_FLAGS), [`tcp_flags_mask`](TCP_FLAGS_MASK),
/// [`icmp_type`](ICMP_TYPE), [`icmp_code`](ICMP_CODE).
///
/// # Error Notification
///
/// An entry in this column indicates to the NVC that the ACL could not be configured as requested.
/// The switch must clear this column when the error has been cleared.
///
/// Column: [`acle_fault_status`](ACLE_FAULT_STATUS).
#[derive(Clone, PartialEq, Eq)]
pub struct AclEntry(Row);

/// `acle_fault_status` of `ACL_entry`.
///
/// **Shape**: set of strings; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `invalid_acl_entry`: Indicates that an ACL entry requested by the controller could not be
///   instantiated by the switch, e.g. because it requires an unsupported combination of fields to
///   be matched.
/// - `unspecified_fault`: Indicates that an error has occurred in configuring the ACL entry but no
///   more specific information is available.
pub const ACLE_FAULT_STATUS: Column<AclEntry, Set<String>> = Column::new(0);

/// `action`: Action to take for this rule, either "permit" or "deny".
///
/// **Shape**: [`AclEntryAction`].
pub const ACTION: Column<AclEntry, AclEntryAction> = Column::new(1);

/// `dest_ip`: Destination IP address, in the form *xx.xx.xx.xx* for IPv4 or appropriate
/// colon-separated hexadecimal notation for IPv6.
///
/// **Shape**: optional string.
pub const DEST_IP: Column<AclEntry, Option<String>> = Column::new(2);

/// `dest_mac`: Destination MAC address, in the form *xx*:*xx*:*xx*:*xx*:*xx*:*xx*
///
/// **Shape**: optional string.
pub const DEST_MAC: Column<AclEntry, Option<String>> = Column::new(3);

/// `dest_mask`: Mask that determines which bits of dest_ip to match on, in the form *xx.xx.xx.xx*
/// for IPv4 or appropriate colon-separated hexadecimal notation for IPv6.
///
/// **Shape**: optional string.
pub const DEST_MASK: Column<AclEntry, Option<String>> = Column::new(4);

/// `dest_port_max`: Upper end of the range of destination port values. The value specified is
/// included in the range.
///
/// **Shape**: optional integer.
pub const DEST_PORT_MAX: Column<AclEntry, Option<i64>> = Column::new(5);

/// `dest_port_min`: Lower end of the range of destination port values. The value specified is
/// included in the range.
///
/// **Shape**: optional integer.
pub const DEST_PORT_MIN: Column<AclEntry, Option<i64>> = Column::new(6);

/// `direction`: Direction of traffic to match on the specified port, either "ingress" (toward the
/// logical switch or router) or "egress" (leaving the logical switch or router).
///
/// **Shape**: [`AclEntryDirection`].
pub const DIRECTION: Column<AclEntry, AclEntryDirection> = Column::new(7);

/// `ethertype`: Ethertype in hexadecimal, in the form *0xAAAA*
///
/// **Shape**: optional string.
pub const ETHERTYPE: Column<AclEntry, Option<String>> = Column::new(8);

/// `icmp_code`: ICMP code to be matched.
///
/// **Shape**: optional integer.
pub const ICMP_CODE: Column<AclEntry, Option<i64>> = Column::new(9);

/// `icmp_type`: ICMP type to be matched.
///
/// **Shape**: optional integer.
pub const ICMP_TYPE: Column<AclEntry, Option<i64>> = Column::new(10);

/// `protocol`: Protocol number in the IPv4 header, or value of the "next header" field in the IPv6
/// header.
///
/// **Shape**: optional integer.
pub const PROTOCOL: Column<AclEntry, Option<i64>> = Column::new(11);

/// `sequence`: The sequence number for the ACL entry for the purpose of ordering entries in an ACL.
/// Lower numbered entries are matched before higher numbered entries.
///
/// **Shape**: integer.
pub const SEQUENCE: Column<AclEntry, i64> = Column::new(12);

/// `source_ip`: Source IP address, in the form *xx.xx.xx.xx* for IPv4 or appropriate
/// colon-separated hexadecimal notation for IPv6.
///
/// **Shape**: optional string.
pub const SOURCE_IP: Column<AclEntry, Option<String>> = Column::new(13);

/// `source_mac`: Source MAC address, in the form *xx*:*xx*:*xx*:*xx*:*xx*:*xx*
///
/// **Shape**: optional string.
pub const SOURCE_MAC: Column<AclEntry, Option<String>> = Column::new(14);

/// `source_mask`: Mask that determines which bits of source_ip to match on, in the form
/// *xx.xx.xx.xx* for IPv4 or appropriate colon-separated hexadecimal notation for IPv6.
///
/// **Shape**: optional string.
pub const SOURCE_MASK: Column<AclEntry, Option<String>> = Column::new(15);

/// `source_port_max`: Upper end of the range of source port values. The value specified is included
/// in the range.
///
/// **Shape**: optional integer.
pub const SOURCE_PORT_MAX: Column<AclEntry, Option<i64>> = Column::new(16);

/// `source_port_min`: Lower end of the range of source port values. The value specified is included
/// in the range.
///
/// **Shape**: optional integer.
pub const SOURCE_PORT_MIN: Column<AclEntry, Option<i64>> = Column::new(17);

/// `tcp_flags`: Integer representing the value of TCP flags to match. For example, the SYN flag is
/// the second least significant bit in the TCP flags. Hence a value of 2 would indicate that the
/// "SYN" flag should be set (assuming an appropriate mask).
///
/// **Shape**: optional integer.
pub const TCP_FLAGS: Column<AclEntry, Option<i64>> = Column::new(18);

/// `tcp_flags_mask`: Integer representing the mask to apply when matching TCP flags. For example, a
/// value of 2 would imply that the "SYN" flag should be matched and all other flags ignored.
///
/// **Shape**: optional integer.
pub const TCP_FLAGS_MASK: Column<AclEntry, Option<i64>> = Column::new(19);

/// A value of [`ACTION`]: of `action` in `ACL_entry`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AclEntryAction {
    /// `permit`.
    Permit,
    /// `deny`.
    Deny,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for AclEntryAction {
    fn from_name(name: &str) -> Self {
        match name {
            "permit" => Self::Permit,
            "deny" => Self::Deny,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Permit => "permit",
            Self::Deny => "deny",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`DIRECTION`]: of `direction` in `ACL_entry`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AclEntryDirection {
    /// `ingress`.
    Ingress,
    /// `egress`.
    Egress,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for AclEntryDirection {
    fn from_name(name: &str) -> Self {
        match name {
            "ingress" => Self::Ingress,
            "egress" => Self::Egress,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Ingress => "ingress",
            Self::Egress => "egress",
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
    name: "ACL_entry",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "acle_fault_status", min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN },
        ColumnDef {
            name: "action",
            key: BaseDef { enumeration: &["permit", "deny"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "dest_ip", min: 0, ..PLAIN },
        ColumnDef { name: "dest_mac", min: 0, ..PLAIN },
        ColumnDef { name: "dest_mask", min: 0, ..PLAIN },
        ColumnDef { name: "dest_port_max", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "dest_port_min", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef {
            name: "direction",
            key: BaseDef { enumeration: &["ingress", "egress"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "ethertype", min: 0, ..PLAIN },
        ColumnDef { name: "icmp_code", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "icmp_type", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "protocol", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "sequence", key: INTEGER, ..PLAIN },
        ColumnDef { name: "source_ip", min: 0, ..PLAIN },
        ColumnDef { name: "source_mac", min: 0, ..PLAIN },
        ColumnDef { name: "source_mask", min: 0, ..PLAIN },
        ColumnDef { name: "source_port_max", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "source_port_min", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "tcp_flags", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "tcp_flags_mask", key: INTEGER, min: 0, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for AclEntry {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACLE_FAULT_STATUS, self.acle_fault_status());
        visitor.column(ACTION, self.action());
        visitor.column(DEST_IP, self.dest_ip());
        visitor.column(DEST_MAC, self.dest_mac());
        visitor.column(DEST_MASK, self.dest_mask());
        visitor.column(DEST_PORT_MAX, self.dest_port_max());
        visitor.column(DEST_PORT_MIN, self.dest_port_min());
        visitor.column(DIRECTION, self.direction());
        visitor.column(ETHERTYPE, self.ethertype());
        visitor.column(ICMP_CODE, self.icmp_code());
        visitor.column(ICMP_TYPE, self.icmp_type());
        visitor.column(PROTOCOL, self.protocol());
        visitor.column(SEQUENCE, self.sequence());
        visitor.column(SOURCE_IP, self.source_ip());
        visitor.column(SOURCE_MAC, self.source_mac());
        visitor.column(SOURCE_MASK, self.source_mask());
        visitor.column(SOURCE_PORT_MAX, self.source_port_max());
        visitor.column(SOURCE_PORT_MIN, self.source_port_min());
        visitor.column(TCP_FLAGS, self.tcp_flags());
        visitor.column(TCP_FLAGS_MASK, self.tcp_flags_mask());
    }
}

impl fmt::Debug for AclEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl AclEntry {
    /// The column `acle_fault_status`. See [`ACLE_FAULT_STATUS`].
    pub fn acle_fault_status(&self) -> SetView<'_, String> {
        self.0.get(ACLE_FAULT_STATUS)
    }

    /// Action to take for this rule, either "permit" or "deny". See [`ACTION`].
    pub fn action(&self) -> AclEntryAction {
        self.0.get(ACTION)
    }

    /// Destination IP address, in the form *xx.xx.xx.xx* for IPv4 or appropriate colon-separated
    /// hexadecimal notation for IPv6. See [`DEST_IP`].
    pub fn dest_ip(&self) -> Option<&str> {
        self.0.get(DEST_IP)
    }

    /// Destination MAC address, in the form *xx*:*xx*:*xx*:*xx*:*xx*:*xx*. See [`DEST_MAC`].
    pub fn dest_mac(&self) -> Option<&str> {
        self.0.get(DEST_MAC)
    }

    /// Mask that determines which bits of dest_ip to match on, in the form *xx.xx.xx.xx* for IPv4
    /// or appropriate colon-separated hexadecimal notation for IPv6. See [`DEST_MASK`].
    pub fn dest_mask(&self) -> Option<&str> {
        self.0.get(DEST_MASK)
    }

    /// Upper end of the range of destination port values. See [`DEST_PORT_MAX`].
    pub fn dest_port_max(&self) -> Option<i64> {
        self.0.get(DEST_PORT_MAX)
    }

    /// Lower end of the range of destination port values. See [`DEST_PORT_MIN`].
    pub fn dest_port_min(&self) -> Option<i64> {
        self.0.get(DEST_PORT_MIN)
    }

    /// Direction of traffic to match on the specified port, either "ingress" (toward the logical
    /// switch or router) or "egress" (leaving the logical switch or router). See [`DIRECTION`].
    pub fn direction(&self) -> AclEntryDirection {
        self.0.get(DIRECTION)
    }

    /// Ethertype in hexadecimal, in the form *0xAAAA*. See [`ETHERTYPE`].
    pub fn ethertype(&self) -> Option<&str> {
        self.0.get(ETHERTYPE)
    }

    /// ICMP code to be matched. See [`ICMP_CODE`].
    pub fn icmp_code(&self) -> Option<i64> {
        self.0.get(ICMP_CODE)
    }

    /// ICMP type to be matched. See [`ICMP_TYPE`].
    pub fn icmp_type(&self) -> Option<i64> {
        self.0.get(ICMP_TYPE)
    }

    /// Protocol number in the IPv4 header, or value of the "next header" field in the IPv6 header.
    /// See [`PROTOCOL`].
    pub fn protocol(&self) -> Option<i64> {
        self.0.get(PROTOCOL)
    }

    /// The sequence number for the ACL entry for the purpose of ordering entries in an ACL. See
    /// [`SEQUENCE`].
    pub fn sequence(&self) -> i64 {
        self.0.get(SEQUENCE)
    }

    /// Source IP address, in the form *xx.xx.xx.xx* for IPv4 or appropriate colon-separated
    /// hexadecimal notation for IPv6. See [`SOURCE_IP`].
    pub fn source_ip(&self) -> Option<&str> {
        self.0.get(SOURCE_IP)
    }

    /// Source MAC address, in the form *xx*:*xx*:*xx*:*xx*:*xx*:*xx*. See [`SOURCE_MAC`].
    pub fn source_mac(&self) -> Option<&str> {
        self.0.get(SOURCE_MAC)
    }

    /// Mask that determines which bits of source_ip to match on, in the form *xx.xx.xx.xx* for IPv4
    /// or appropriate colon-separated hexadecimal notation for IPv6. See [`SOURCE_MASK`].
    pub fn source_mask(&self) -> Option<&str> {
        self.0.get(SOURCE_MASK)
    }

    /// Upper end of the range of source port values. See [`SOURCE_PORT_MAX`].
    pub fn source_port_max(&self) -> Option<i64> {
        self.0.get(SOURCE_PORT_MAX)
    }

    /// Lower end of the range of source port values. See [`SOURCE_PORT_MIN`].
    pub fn source_port_min(&self) -> Option<i64> {
        self.0.get(SOURCE_PORT_MIN)
    }

    /// Integer representing the value of TCP flags to match. See [`TCP_FLAGS`].
    pub fn tcp_flags(&self) -> Option<i64> {
        self.0.get(TCP_FLAGS)
    }

    /// Integer representing the mask to apply when matching TCP flags. See [`TCP_FLAGS_MASK`].
    pub fn tcp_flags_mask(&self) -> Option<i64> {
        self.0.get(TCP_FLAGS_MASK)
    }
}
