//! `Mirror`: Port mirroring.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::port::Port;

/// A port mirror within a [`Bridge`](super::Bridge).
///
/// A port mirror configures a bridge to send selected frames to special "mirrored" ports, in
/// addition to their normal destinations. Mirroring traffic may also be referred to as SPAN or
/// RSPAN, depending on how the mirrored traffic is sent.
///
/// When a packet enters an Open vSwitch bridge, it becomes eligible for mirroring based on its
/// ingress port and VLAN. As the packet travels through the flow tables, each time it is output to
/// a port, it becomes eligible for mirroring based on the egress port and VLAN. In Open vSwitch 2.5
/// and later, mirroring occurs just after a packet first becomes eligible, using the packet as it
/// exists at that point; in Open vSwitch 2.4 and earlier, mirroring occurs only after a packet has
/// traversed all the flow tables, using the original packet as it entered the bridge. This makes a
/// difference only when the flow table modifies the packet: in Open vSwitch 2.4, the modifications
/// are never visible to mirrors, whereas in Open vSwitch 2.5 and later modifications made before
/// the first output that makes it eligible for mirroring to a particular destination are visible.
///
/// A packet that enters an Open vSwitch bridge is mirrored to a particular destination only once,
/// even if it is eligible for multiple reasons. For example, a packet would be mirrored to a
/// particular [`output_port`](OUTPUT_PORT) only once, even if it is selected for mirroring to that
/// port by [`select_dst_port`](SELECT_DST_PORT) and [`select_src_port`](SELECT_SRC_PORT) in the
/// same or different [`Mirror`] records.
///
/// # Selecting Packets for Mirroring
///
/// To be selected for mirroring, a given packet must enter or leave the bridge through a selected
/// port and it must also be in one of the selected VLANs.
///
/// Columns: [`select_all`](SELECT_ALL), [`select_dst_port`](SELECT_DST_PORT),
/// [`select_src_port`](SELECT_SRC_PORT), [`select_vlan`](SELECT_VLAN), [`filter`](FILTER).
///
/// # Mirroring Destination Configuration
///
/// These columns are mutually exclusive. Exactly one of them must be nonempty.
///
/// Columns: [`output_port`](OUTPUT_PORT), [`output_vlan`](OUTPUT_VLAN), [`snaplen`](SNAPLEN).
///
/// # Statistics: Mirror counters
///
/// Key-value pairs that report mirror statistics. The update period is controlled by
/// `other_config:stats-update-interval` in the `Open_vSwitch` table.
///
/// Column: [`statistics`](STATISTICS).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Mirror(Row);

/// `external_ids` of `Mirror`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Mirror, Map<String, String>> = Column::new(0);

/// `filter`: When set, only packets that match [`filter`](FILTER) are selected for mirroring.
/// Packets that do not match are ignored by thie mirror. The [`filter`](FILTER) syntax is described
/// in `ovs-fields`(7). However, the `in_port` field is not supported;
/// [`select_src_port`](SELECT_SRC_PORT) should be used to limit the mirror to a source port.
///
/// This filter is applied after [`select_all`](SELECT_ALL), [`select_dst_port`](SELECT_DST_PORT),
/// [`select_src_port`](SELECT_SRC_PORT), and [`select_vlan`](SELECT_VLAN).
///
/// **Shape**: optional string.
pub const FILTER: Column<Mirror, Option<String>> = Column::new(1);

/// `name`: Arbitrary identifier for the [`Mirror`].
///
/// **Shape**: string.
pub const NAME: Column<Mirror, String> = Column::new(2);

/// `output_port`: Output port for selected packets, if nonempty.
///
/// Specifying a port for mirror output reserves that port exclusively for mirroring. No frames
/// other than those selected for mirroring via this column will be forwarded to the port, and any
/// frames received on the port will be discarded.
///
/// The output port may be any kind of port supported by Open vSwitch. It may be, for example, a
/// physical port (sometimes called SPAN) or a GRE tunnel.
///
/// **Shape**: optional weak reference to [`Port`].
pub const OUTPUT_PORT: Column<Mirror, Option<Ref<Port>>> = Column::new(3);

/// `output_vlan`: Output VLAN for selected packets, if nonempty.
///
/// The frames will be sent out all ports that trunk [`output_vlan`](OUTPUT_VLAN), as well as any
/// ports with implicit VLAN [`output_vlan`](OUTPUT_VLAN). When a mirrored frame is sent out a trunk
/// port, the frame's VLAN tag will be set to [`output_vlan`](OUTPUT_VLAN), replacing any existing
/// tag; when it is sent out an implicit VLAN port, the frame will not be tagged. This type of
/// mirroring is sometimes called RSPAN.
///
/// See the documentation for `other_config:forward-bpdu` in the [`Interface`](super::Interface)
/// table for a list of destination MAC addresses which will not be mirrored to a VLAN to avoid
/// confusing switches that interpret the protocols that they represent.
///
/// *Please note:* Mirroring to a VLAN can disrupt a network that contains unmanaged switches.
/// Consider an unmanaged physical switch with two ports: port 1, connected to an end host, and port
/// 2, connected to an Open vSwitch configured to mirror received packets into VLAN 123 on port 2.
/// Suppose that the end host sends a packet on port 1 that the physical switch forwards to port 2.
/// The Open vSwitch forwards this packet to its destination and then reflects it back on port 2 in
/// VLAN 123. This reflected packet causes the unmanaged physical switch to replace the MAC learning
/// table entry, which correctly pointed to port 1, with one that incorrectly points to port 2.
/// Afterward, the physical switch will direct packets destined for the end host to the Open vSwitch
/// on port 2, instead of to the end host on port 1, disrupting connectivity. If mirroring to a VLAN
/// is desired in this scenario, then the physical switch must be replaced by one that learns
/// Ethernet addresses on a per-VLAN basis. In addition, learning should be disabled on the VLAN
/// containing mirrored traffic. If this is not done then intermediate switches will learn the MAC
/// address of each end host from the mirrored traffic. If packets being sent to that end host are
/// also mirrored, then they will be dropped since the switch will attempt to send them out the
/// input port. Disabling learning for the VLAN will cause the switch to correctly send the packet
/// out all ports configured for that VLAN. If Open vSwitch is being used as an intermediate switch,
/// learning can be disabled by adding the mirrored VLAN to `flood_vlans` in the appropriate
/// [`Bridge`](super::Bridge) table or tables.
///
/// Mirroring to a GRE tunnel has fewer caveats than mirroring to a VLAN and should generally be
/// preferred.
///
/// **Shape**: optional integer from 1 to 4095.
pub const OUTPUT_VLAN: Column<Mirror, Option<i64>> = Column::new(4);

/// `select_all`: If true, every packet arriving or departing on any port is selected for mirroring.
///
/// **Shape**: boolean.
pub const SELECT_ALL: Column<Mirror, bool> = Column::new(5);

/// `select_dst_port`: Ports on which departing packets are selected for mirroring.
///
/// **Shape**: set of weak references to [`Port`].
pub const SELECT_DST_PORT: Column<Mirror, Set<Ref<Port>>> = Column::new(6);

/// `select_src_port`: Ports on which arriving packets are selected for mirroring.
///
/// **Shape**: set of weak references to [`Port`].
pub const SELECT_SRC_PORT: Column<Mirror, Set<Ref<Port>>> = Column::new(7);

/// `select_vlan`: VLANs on which packets are selected for mirroring. An empty set selects packets
/// on all VLANs.
///
/// **Shape**: set (at most 4096) of integers from 0 to 4095.
pub const SELECT_VLAN: Column<Mirror, Set<i64>> = Column::new(8);

/// `snaplen`: Maximum per-packet number of bytes to mirror.
///
/// A mirrored packet with size larger than [`snaplen`](SNAPLEN) will be truncated in datapath to
/// [`snaplen`](SNAPLEN) bytes before sending to the mirror output port. If omitted, packets are not
/// truncated.
///
/// **Shape**: optional integer from 14 to 65535.
pub const SNAPLEN: Column<Mirror, Option<i64>> = Column::new(9);

/// `statistics` of `Mirror`.
///
/// **Shape**: map from string to integer; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `tx_packets`: Number of packets transmitted through this mirror.
/// - `tx_bytes`: Number of bytes transmitted through this mirror.
pub const STATISTICS: Column<Mirror, Map<String, i64>> = Column::new(10);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

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
    database: "Open_vSwitch",
    name: "Mirror",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "filter", min: 0, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "output_port",
            key: BaseDef { reference: Some(("Port", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "output_vlan",
            key: BaseDef { integers: (Some(1), Some(4095)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "select_all", key: BOOLEAN, ..PLAIN },
        ColumnDef {
            name: "select_dst_port",
            key: BaseDef { reference: Some(("Port", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "select_src_port",
            key: BaseDef { reference: Some(("Port", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "select_vlan",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            min: 0, max: 4096, ..PLAIN
        },
        ColumnDef {
            name: "snaplen",
            key: BaseDef { integers: (Some(14), Some(65535)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "statistics",
            value: Some(INTEGER),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Mirror {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(FILTER, self.filter());
        visitor.column(NAME, self.name());
        visitor.column(OUTPUT_PORT, self.output_port());
        visitor.column(OUTPUT_VLAN, self.output_vlan());
        visitor.column(SELECT_ALL, self.select_all());
        visitor.column(SELECT_DST_PORT, self.select_dst_port());
        visitor.column(SELECT_SRC_PORT, self.select_src_port());
        visitor.column(SELECT_VLAN, self.select_vlan());
        visitor.column(SNAPLEN, self.snaplen());
        visitor.column(STATISTICS, self.statistics());
    }
}

impl fmt::Debug for Mirror {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Mirror {
    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// When set, only packets that match [`filter`](FILTER) are selected for mirroring. See
    /// [`FILTER`].
    pub fn filter(&self) -> Option<&str> {
        self.0.get(FILTER)
    }

    /// Arbitrary identifier for the [`Mirror`]. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Output port for selected packets, if nonempty. See [`OUTPUT_PORT`].
    pub fn output_port(&self) -> Option<Ref<Port>> {
        self.0.get(OUTPUT_PORT)
    }

    /// Output VLAN for selected packets, if nonempty. See [`OUTPUT_VLAN`].
    pub fn output_vlan(&self) -> Option<i64> {
        self.0.get(OUTPUT_VLAN)
    }

    /// If true, every packet arriving or departing on any port is selected for mirroring. See
    /// [`SELECT_ALL`].
    pub fn select_all(&self) -> bool {
        self.0.get(SELECT_ALL)
    }

    /// Ports on which departing packets are selected for mirroring. See [`SELECT_DST_PORT`].
    pub fn select_dst_port(&self) -> SetView<'_, Ref<Port>> {
        self.0.get(SELECT_DST_PORT)
    }

    /// Ports on which arriving packets are selected for mirroring. See [`SELECT_SRC_PORT`].
    pub fn select_src_port(&self) -> SetView<'_, Ref<Port>> {
        self.0.get(SELECT_SRC_PORT)
    }

    /// VLANs on which packets are selected for mirroring. See [`SELECT_VLAN`].
    pub fn select_vlan(&self) -> SetView<'_, i64> {
        self.0.get(SELECT_VLAN)
    }

    /// Maximum per-packet number of bytes to mirror. See [`SNAPLEN`].
    pub fn snaplen(&self) -> Option<i64> {
        self.0.get(SNAPLEN)
    }

    /// The column `statistics`. See [`STATISTICS`].
    pub fn statistics(&self) -> MapView<'_, String, i64> {
        self.0.get(STATISTICS)
    }
}
