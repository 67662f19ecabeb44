//! `MAC_Binding`: IP to MAC bindings.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Ref, RefKind, Row, Table, TableDef, Visit, debug,
};

use super::datapath_binding::DatapathBinding;

/// Each row in this table specifies a binding from an IP address to an Ethernet address that has
/// been discovered through ARP (for IPv4) or neighbor discovery (for IPv6). This table is primarily
/// used to discover bindings on physical networks, because IP-to-MAC bindings for virtual machines
/// are usually populated statically into the [`Port_Binding`](super::PortBinding) table.
///
/// This table expresses a functional relationship:
/// [`MAC_Binding`](MacBinding)([`logical_port`](LOGICAL_PORT), [`ip`](IP)) = [`mac`](MAC).
///
/// In outline, the lifetime of a logical router's MAC binding looks like this:
///
/// 1. On hypervisor 1, a logical router determines that a packet should be forwarded to IP address
///    *A* on one of its router ports. It uses its logical flow table to determine that *A* lacks a
///    static IP-to-MAC binding and the `get_arp` action to determine that it lacks a dynamic
///    IP-to-MAC binding.
/// 2. Using an OVN logical `arp` action, the logical router generates and sends a broadcast ARP
///    request to the router port. It drops the IP packet.
/// 3. The logical switch attached to the router port delivers the ARP request to all of its ports.
///    (It might make sense to deliver it only to ports that have no static IP-to-MAC bindings, but
///    this could also be surprising behavior.)
/// 4. A host or VM on hypervisor 2 (which might be the same as hypervisor 1) attached to the
///    logical switch owns the IP address in question. It composes an ARP reply and unicasts it to
///    the logical router port's Ethernet address.
/// 5. The logical switch delivers the ARP reply to the logical router port.
/// 6. The logical router flow table executes a `put_arp` action. To record the IP-to-MAC binding,
///    `ovn-controller` adds a row to the [`MAC_Binding`](MacBinding) table.
/// 7. On hypervisor 1, `ovn-controller` receives the updated [`MAC_Binding`](MacBinding) table from
///    the OVN southbound database. The next packet destined to *A* through the logical router is
///    sent directly to the bound Ethernet address.
#[derive(Clone, PartialEq, Eq)]
pub struct MacBinding(Row);

/// `datapath`: The logical datapath to which the logical port belongs.
///
/// **Shape**: strong reference to [`DatapathBinding`].
pub const DATAPATH: Column<MacBinding, Ref<DatapathBinding>> = Column::new(0);

/// `ip`: The bound IP address.
///
/// **Shape**: string.
pub const IP: Column<MacBinding, String> = Column::new(1);

/// `logical_port`: The logical port on which the binding was discovered.
///
/// **Shape**: string.
pub const LOGICAL_PORT: Column<MacBinding, String> = Column::new(2);

/// `mac`: The Ethernet address to which the IP is bound.
///
/// **Shape**: string.
pub const MAC: Column<MacBinding, String> = Column::new(3);

/// `timestamp`: The timestamp in msec when the MAC binding was added or updated. Records that
/// existed before this column will have 0.
///
/// **Shape**: integer.
pub const TIMESTAMP: Column<MacBinding, i64> = Column::new(4);

/// The rows by `logical_port`, `ip`, which together are unique.
pub const BY_LOGICAL_PORT_IP: Index<MacBinding, (String, String)> = Index::schema(0);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

/// Any UUID.
const UUID: BaseDef = BaseDef::plain(Kind::Uuid);

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
    name: "MAC_Binding",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "ip", ..PLAIN },
        ColumnDef { name: "logical_port", ..PLAIN },
        ColumnDef { name: "mac", ..PLAIN },
        ColumnDef { name: "timestamp", key: INTEGER, ..PLAIN },
    ],
    indexes: &[&[2, 1]],
};

impl Table for MacBinding {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DATAPATH, self.datapath());
        visitor.column(IP, self.ip());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(MAC, self.mac());
        visitor.column(TIMESTAMP, self.timestamp());
    }
}

impl fmt::Debug for MacBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl MacBinding {
    /// The logical datapath to which the logical port belongs. See [`DATAPATH`].
    pub fn datapath(&self) -> Ref<DatapathBinding> {
        self.0.get(DATAPATH)
    }

    /// The bound IP address. See [`IP`].
    pub fn ip(&self) -> &str {
        self.0.get(IP)
    }

    /// The logical port on which the binding was discovered. See [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> &str {
        self.0.get(LOGICAL_PORT)
    }

    /// The Ethernet address to which the IP is bound. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }

    /// The timestamp in msec when the MAC binding was added or updated. See [`TIMESTAMP`].
    pub fn timestamp(&self) -> i64 {
        self.0.get(TIMESTAMP)
    }
}
