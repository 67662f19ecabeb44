//! Table `Bridge` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Ref, RefKind, Row, Set,
    SetView, Table, TableDef, UNLIMITED, Visit, debug,
};

use super::auto_attach::AutoAttach;
use super::controller::Controller;
use super::flow_table::FlowTable;
use super::ipfix::Ipfix;
use super::mirror::Mirror;
use super::net_flow::NetFlow;
use super::port::Port;
use super::sflow::Sflow;

/// Configuration for a bridge within an [`Open_vSwitch`](super::OpenVswitch).
///
/// A [`Bridge`] record represents an Ethernet switch with one or more "ports," which are the
/// [`Port`] records pointed to by the [`Bridge`]'s [`ports`](PORTS) column.
///
/// # Core Features
///
/// Columns: [`name`](NAME), [`ports`](PORTS), [`mirrors`](MIRRORS), [`netflow`](NETFLOW),
/// [`sflow`](SFLOW), [`ipfix`](IPFIX), [`flood_vlans`](FLOOD_VLANS), [`auto_attach`](AUTO_ATTACH).
///
/// # OpenFlow Configuration
///
/// Columns: [`controller`](CONTROLLER), [`flow_tables`](FLOW_TABLES), [`fail_mode`](FAIL_MODE),
/// [`datapath_id`](DATAPATH_ID), [`datapath_version`](DATAPATH_VERSION),
/// [`other_config`](OTHER_CONFIG), [`protocols`](PROTOCOLS).
///
/// # Spanning Tree Configuration
///
/// The IEEE 802.1D Spanning Tree Protocol (STP) is a network protocol that ensures loop-free
/// topologies. It allows redundant links to be included in the network to provide automatic backup
/// paths if the active links fails.
///
/// These settings configure the slower-to-converge but still widely supported version of Spanning
/// Tree Protocol, sometimes known as 802.1D-1998. Open vSwitch also supports the newer Rapid
/// Spanning Tree Protocol (RSTP), documented later in the section titled `Rapid Spanning Tree
/// Configuration`.
///
/// # STP Configuration
///
/// Columns: [`stp_enable`](STP_ENABLE), [`other_config`](OTHER_CONFIG).
///
/// # STP Status
///
/// These key-value pairs report the status of 802.1D-1998. They are present only if STP is enabled
/// (via the [`stp_enable`](STP_ENABLE) column).
///
/// Column: [`status`](STATUS).
///
/// # Rapid Spanning Tree
///
/// Rapid Spanning Tree Protocol (RSTP), like STP, is a network protocol that ensures loop-free
/// topologies. RSTP superseded STP with the publication of 802.1D-2004. Compared to STP, RSTP
/// converges more quickly and recovers more quickly from failures.
///
/// # RSTP Configuration
///
/// Columns: [`rstp_enable`](RSTP_ENABLE), [`other_config`](OTHER_CONFIG).
///
/// # RSTP Status
///
/// These key-value pairs report the status of 802.1D-2004. They are present only if RSTP is enabled
/// (via the [`rstp_enable`](RSTP_ENABLE) column).
///
/// Column: [`rstp_status`](RSTP_STATUS).
///
/// # Multicast Snooping Configuration
///
/// Multicast snooping (RFC 4541) monitors the Internet Group Management Protocol (IGMP) and
/// Multicast Listener Discovery traffic between hosts and multicast routers. The switch uses what
/// IGMP and MLD snooping learns to forward multicast traffic only to interfaces that are connected
/// to interested receivers. Currently it supports IGMPv1, IGMPv2, IGMPv3, MLDv1 and MLDv2
/// protocols.
///
/// Column: [`mcast_snooping_enable`](MCAST_SNOOPING_ENABLE).
///
/// # Other Features
///
/// Columns: [`datapath_type`](DATAPATH_TYPE), [`external_ids`](EXTERNAL_IDS),
/// [`other_config`](OTHER_CONFIG).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Columns: [`other_config`](OTHER_CONFIG), [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Bridge(Row);

/// `auto_attach`: Auto Attach configuration.
///
/// **Shape**: optional strong reference to [`AutoAttach`].
pub const AUTO_ATTACH: Column<Bridge, Option<Ref<AutoAttach>>> = Column::new(0);

/// `controller`: OpenFlow controller set. If unset, then no OpenFlow controllers will be used.
///
/// If there are primary controllers, removing all of them clears the OpenFlow flow tables, group
/// table, and meter table. If there are no primary controllers, adding one also clears these
/// tables. Other changes to the set of controllers, such as adding or removing a service
/// controller, adding another primary controller to supplement an existing primary controller, or
/// removing only one of two primary controllers, have no effect on these tables.
///
/// **Shape**: set of strong references to [`Controller`].
pub const CONTROLLER: Column<Bridge, Set<Ref<Controller>>> = Column::new(1);

/// `datapath_id`: Reports the OpenFlow datapath ID in use. Exactly 16 hex digits. (Setting this
/// column has no useful effect. Set `other-config:datapath-id` instead.)
///
/// **Shape**: optional string; ephemeral: the database file does not keep it.
pub const DATAPATH_ID: Column<Bridge, Option<String>> = Column::new(2);

/// `datapath_type`: Name of datapath provider. The kernel datapath has type `system`. The userspace
/// datapath has type `netdev`. A manager may refer to the
/// [`Open_vSwitch.datapath_types`](super::open_vswitch::DATAPATH_TYPES) column of the
/// [`Open_vSwitch`](super::OpenVswitch) table for a list of the types accepted by this Open vSwitch
/// instance.
///
/// **Shape**: string.
pub const DATAPATH_TYPE: Column<Bridge, String> = Column::new(3);

/// `datapath_version`: Reports the datapath version. This column is maintained for backwards
/// compatibility. The preferred locatation is the `Datapath.datapath_id` column of the
/// [`Datapath`](super::Datapath) table. The full documentation for this column is there.
///
/// **Shape**: string.
pub const DATAPATH_VERSION: Column<Bridge, String> = Column::new(4);

/// `external_ids` of `Bridge`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `bridge-id`: A unique identifier of the bridge.
pub const EXTERNAL_IDS: Column<Bridge, Map<String, String>> = Column::new(5);

/// `fail_mode`: When a controller is configured, it is, ordinarily, responsible for setting up all
/// flows on the switch. Thus, if the connection to the controller fails, no new network connections
/// can be set up. If the connection to the controller stays down long enough, no packets can pass
/// through the switch at all. This setting determines the switch's response to such a situation. It
/// may be set to one of the following:
///
/// - `standalone`: If no message is received from the controller for three times the inactivity
///   probe interval (see `inactivity_probe`), then Open vSwitch will take over responsibility for
///   setting up flows. In this mode, Open vSwitch causes the bridge to act like an ordinary
///   MAC-learning switch. Open vSwitch will continue to retry connecting to the controller in the
///   background and, when the connection succeeds, it will discontinue its standalone behavior.
/// - `secure`: Open vSwitch will not set up flows on its own when the controller connection fails
///   or when no controllers are defined. The bridge will continue to retry connecting to any
///   defined controllers forever.
///
/// The default is `standalone` if the value is unset, but future versions of Open vSwitch may
/// change the default.
///
/// The `standalone` mode can create forwarding loops on a bridge that has more than one uplink port
/// unless STP is enabled. To avoid loops on such a bridge, configure `secure` mode or enable STP
/// (see [`stp_enable`](STP_ENABLE)).
///
/// The [`fail_mode`](FAIL_MODE) setting applies only to primary controllers. When more than one
/// primary controller is configured, [`fail_mode`](FAIL_MODE) is considered only when none of the
/// configured controllers can be contacted.
///
/// Changing [`fail_mode`](FAIL_MODE) when no primary controllers are configured clears the OpenFlow
/// flow tables, group table, and meter table.
///
/// **Shape**: optional [`BridgeFailMode`].
pub const FAIL_MODE: Column<Bridge, Option<BridgeFailMode>> = Column::new(6);

/// `flood_vlans`: VLAN IDs of VLANs on which MAC address learning should be disabled, so that
/// packets are flooded instead of being sent to specific ports that are believed to contain
/// packets' destination MACs. This should ordinarily be used to disable MAC learning on VLANs used
/// for mirroring (RSPAN VLANs). It may also be useful for debugging.
///
/// SLB bonding (see the [`Port.bond_mode`](super::port::BOND_MODE) column in the [`Port`] table) is
/// incompatible with `flood_vlans`. Consider using another bonding mode or a different type of
/// mirror instead.
///
/// **Shape**: set (at most 4096) of integers from 0 to 4095.
pub const FLOOD_VLANS: Column<Bridge, Set<i64>> = Column::new(7);

/// `flow_tables`: Configuration for OpenFlow tables. Each pair maps from an OpenFlow table ID to
/// configuration for that table.
///
/// **Shape**: map from integer from 0 to 254 to strong reference to [`FlowTable`].
pub const FLOW_TABLES: Column<Bridge, Map<i64, Ref<FlowTable>>> = Column::new(8);

/// `ipfix`: IPFIX configuration.
///
/// **Shape**: optional strong reference to [`Ipfix`].
pub const IPFIX: Column<Bridge, Option<Ref<Ipfix>>> = Column::new(9);

/// `mcast_snooping_enable`: Enable multicast snooping on the bridge. For now, the default is
/// disabled.
///
/// **Shape**: boolean.
pub const MCAST_SNOOPING_ENABLE: Column<Bridge, bool> = Column::new(10);

/// `mirrors`: Port mirroring configuration.
///
/// **Shape**: set of strong references to [`Mirror`].
pub const MIRRORS: Column<Bridge, Set<Ref<Mirror>>> = Column::new(11);

/// `name`: Bridge identifier. Must be unique among the names of ports, interfaces, and bridges on a
/// host.
///
/// The name must be alphanumeric and must not contain forward or backward slashes. The name of a
/// bridge is also the name of an [`Interface`](super::Interface) (and a [`Port`]) within the
/// bridge, so the restrictions on the [`Interface.name`](super::interface::NAME) column in the
/// [`Interface`](super::Interface) table, particularly on length, also apply to bridge names. Refer
/// to the documentation for [`Interface`](super::Interface) names for details.
///
/// **Shape**: string; fixed when the row is inserted; unique.
pub const NAME: Column<Bridge, String> = Column::new(12);

/// `netflow`: NetFlow configuration.
///
/// **Shape**: optional strong reference to [`NetFlow`].
pub const NETFLOW: Column<Bridge, Option<Ref<NetFlow>>> = Column::new(13);

/// `other_config` of `Bridge`.
///
/// **Shape**: map from string to string.
///
/// **Keys**, OpenFlow Configuration:
///
/// - `datapath-id`: Overrides the default OpenFlow datapath ID, setting it to the specified value
///   specified in hex. The value must either have a `0x` prefix or be exactly 16 hex digits long.
///   May not be all-zero.
/// - `dp-desc`: Human readable description of datapath. It is a maximum 256 byte-long free-form
///   string to describe the datapath for debugging purposes, e.g. `switch3 in room 3120`. The value
///   is returned by the switch as a part of reply to OFPMP_DESC request (ofp_desc). The OpenFlow
///   specification (e.g. 1.3.5) describes the ofp_desc structure to contaion "NULL terminated ASCII
///   strings". For the compatibility reasons no more than 255 ASCII characters should be used.
/// - `dp-sn`: Serial number. It is a maximum 32 byte-long free-form string to provide an additional
///   switch identification. The value is returned by the switch as a part of reply to OFPMP_DESC
///   request (ofp_desc). Same as mentioned in the description of `other-config:dp-desc`, the string
///   should be no more than 31 ASCII characters for the compatibility.
/// - `disable-in-band` (boolean): If set to `true`, disable in-band control on the bridge
///   regardless of controller and manager settings.
/// - `in-band-queue` (integer from 0 to 4294967295): A queue ID as a nonnegative integer. This sets
///   the OpenFlow queue ID that will be used by flows set up by in-band control on this bridge. If
///   unset, or if the port used by an in-band control flow does not have QoS configured, or if the
///   port does not have a queue with the specified ID, the default queue is used instead.
/// - `controller-queue-size` (integer from 1 to 512): This sets the maximum size of the queue of
///   packets that need to be sent to the OpenFlow management controller. The value must be less
///   than 512. If not specified the queue size is limited to 100 packets by default. Note:
///   increasing the queue size might have a negative impact on latency.
///
/// **Keys**, STP Configuration:
///
/// - `stp-system-id`: The bridge's STP identifier (the lower 48 bits of the bridge-id) in the form
///   *xx*:*xx*:*xx*:*xx*:*xx*:*xx*. By default, the identifier is the MAC address of the bridge.
/// - `stp-priority` (integer from 0 to 65535): The bridge's relative priority value for determining
///   the root bridge (the upper 16 bits of the bridge-id). A bridge with the lowest bridge-id is
///   elected the root. By default, the priority is 0x8000.
/// - `stp-hello-time` (integer from 1 to 10): The interval between transmissions of hello messages
///   by designated ports, in seconds. By default the hello interval is 2 seconds.
/// - `stp-max-age` (integer from 6 to 40): The maximum age of the information transmitted by the
///   bridge when it is the root bridge, in seconds. By default, the maximum age is 20 seconds.
/// - `stp-forward-delay` (integer from 4 to 30): The delay to wait between transitioning root and
///   designated ports to `forwarding`, in seconds. By default, the forwarding delay is 15 seconds.
/// - `mcast-snooping-aging-time` (integer of at least 1): The maximum number of seconds to retain a
///   multicast snooping entry for which no packets have been seen. The default is currently 300
///   seconds (5 minutes). The value, if specified, is forced into a reasonable range, currently 15
///   to 3600 seconds.
/// - `mcast-snooping-table-size` (integer of at least 1): The maximum number of multicast snooping
///   addresses to learn. The default is currently 2048. The value, if specified, is forced into a
///   reasonable range, currently 10 to 1,000,000.
/// - `mcast-snooping-disable-flood-unregistered` (boolean): If set to `false`, unregistered
///   multicast packets are forwarded to all ports. If set to `true`, unregistered multicast packets
///   are forwarded to ports connected to multicast routers.
///
/// **Keys**, RSTP Configuration:
///
/// - `rstp-address`: The bridge's RSTP address (the lower 48 bits of the bridge-id) in the form
///   *xx*:*xx*:*xx*:*xx*:*xx*:*xx*. By default, the address is the MAC address of the bridge.
/// - `rstp-priority` (integer from 0 to 61440): The bridge's relative priority value for
///   determining the root bridge (the upper 16 bits of the bridge-id). A bridge with the lowest
///   bridge-id is elected the root. By default, the priority is 0x8000 (32768). This value needs to
///   be a multiple of 4096, otherwise it's rounded to the nearest inferior one.
/// - `rstp-ageing-time` (integer from 10 to 1000000): The Ageing Time parameter for the Bridge. The
///   default value is 300 seconds.
/// - `rstp-force-protocol-version` (integer): The Force Protocol Version parameter for the Bridge.
///   This can take the value 0 (STP Compatibility mode) or 2 (the default, normal operation).
/// - `rstp-max-age` (integer from 6 to 40): The maximum age of the information transmitted by the
///   Bridge when it is the Root Bridge. The default value is 20.
/// - `rstp-forward-delay` (integer from 4 to 30): The delay used by STP Bridges to transition Root
///   and Designated Ports to Forwarding. The default value is 15.
/// - `rstp-transmit-hold-count` (integer from 1 to 10): The Transmit Hold Count used by the Port
///   Transmit state machine to limit transmission rate. The default value is 6.
///
/// **Keys**, Other Features:
///
/// - `hwaddr`: An Ethernet address in the form *xx*:*xx*:*xx*:*xx*:*xx*:*xx* to set the hardware
///   address of the local port and influence the datapath ID.
/// - `forward-bpdu` (boolean): Controls forwarding of BPDUs and other network control frames when
///   NORMAL action is invoked. When this option is `false` or unset, frames with reserved Ethernet
///   addresses (see table below) will not be forwarded. When this option is `true`, such frames
///   will not be treated specially.
///
///   The above general rule has the following exceptions:
///
///   - If STP is enabled on the bridge (see the [`Bridge.stp_enable`](STP_ENABLE) column in the
///     [`Bridge`] table), the bridge processes all received STP packets and never passes them to
///     OpenFlow or forwards them. This is true even if STP is disabled on an individual port.
///   - If LLDP is enabled on an interface (see the [`Interface.lldp`](super::interface::LLDP)
///     column in the [`Interface`](super::Interface) table), the interface processes received LLDP
///     packets and never passes them to OpenFlow or forwards them.
///
///   Set this option to `true` if the Open vSwitch bridge connects different Ethernet networks and
///   is not configured to participate in STP.
///
///   This option affects packets with the following destination MAC addresses:
///
///   - `01:80:c2:00:00:00`: IEEE 802.1D Spanning Tree Protocol (STP).
///   - `01:80:c2:00:00:01`: IEEE Pause frame.
///   - `01:80:c2:00:00:0x`: Other reserved protocols.
///   - `00:e0:2b:00:00:00`: Extreme Discovery Protocol (EDP).
///   - `00:e0:2b:00:00:04` and `00:e0:2b:00:00:06`: Ethernet Automatic Protection Switching (EAPS).
///   - `01:00:0c:cc:cc:cc`: Cisco Discovery Protocol (CDP), VLAN Trunking Protocol (VTP), Dynamic
///     Trunking Protocol (DTP), Port Aggregation Protocol (PAgP), and others.
///   - `01:00:0c:cc:cc:cd`: Cisco Shared Spanning Tree Protocol PVSTP+.
///   - `01:00:0c:cd:cd:cd`: Cisco STP Uplink Fast.
///   - `01:00:0c:00:00:00`: Cisco Inter Switch Link.
///   - `01:00:0c:cc:cc:cx`: Cisco CFM.
/// - `mac-aging-time` (integer of at least 1): The maximum number of seconds to retain a MAC
///   learning entry for which no packets have been seen. The default is currently 300 seconds (5
///   minutes). The value, if specified, is forced into a reasonable range, currently 15 to 3600
///   seconds.
///
///   A short MAC aging time allows a network to more quickly detect that a host is no longer
///   connected to a switch port. However, it also makes it more likely that packets will be flooded
///   unnecessarily, when they are addressed to a connected host that rarely transmits packets. To
///   reduce the incidence of unnecessary flooding, use a MAC aging time longer than the maximum
///   interval at which a host will ordinarily transmit packets.
/// - `mac-table-size` (integer of at least 1): The maximum number of MAC addresses to learn. The
///   default is currently 8192. The value, if specified, is forced into a reasonable range,
///   currently 10 to 1,000,000.
pub const OTHER_CONFIG: Column<Bridge, Map<String, String>> = Column::new(14);

/// `ports`: Ports included in the bridge.
///
/// **Shape**: set of strong references to [`Port`].
pub const PORTS: Column<Bridge, Set<Ref<Port>>> = Column::new(15);

/// `protocols`: List of OpenFlow protocols that may be used when negotiating a connection with a
/// controller. OpenFlow 1.0, 1.1, 1.2, 1.3, 1.4, and 1.5 are enabled by default if this column is
/// empty.
///
/// **Shape**: set of [`BridgeProtocols`].
pub const PROTOCOLS: Column<Bridge, Set<BridgeProtocols>> = Column::new(16);

/// `rstp_enable`: Enable Rapid Spanning Tree on the bridge. By default, RSTP is disabled on
/// bridges. Bond, internal, and mirror ports are not supported and will not participate in the
/// spanning tree.
///
/// STP and RSTP are mutually exclusive. If both are enabled, RSTP will be used.
///
/// **Shape**: boolean.
pub const RSTP_ENABLE: Column<Bridge, bool> = Column::new(17);

/// `rstp_status` of `Bridge`.
///
/// **Shape**: map from string to string; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `rstp_bridge_id`: The bridge ID used in rapid spanning tree advertisements, in the form
///   *x*.*yyy*.*zzzzzzzzzzzz* where *x* is the RSTP priority, the *y*s are a locally assigned
///   system ID extension, the *z*s are the STP system ID, and each *x*, *y*, or *z* is a hex digit.
/// - `rstp_root_id`: The root of this spanning tree, in the same form as
///   [`rstp_status:rstp_bridge_id`](RSTP_STATUS). If this bridge is the root, this will have the
///   same value as [`rstp_status:rstp_bridge_id`](RSTP_STATUS), otherwise it will differ.
/// - `rstp_root_path_cost` (integer of at least 0): The path cost of reaching the root. A lower
///   number is better. The value is 0 if this bridge is the root, otherwise it is higher.
/// - `rstp_designated_id`: The RSTP designated ID, in the same form as
///   [`rstp_status:rstp_bridge_id`](RSTP_STATUS).
/// - `rstp_designated_port_id`: The RSTP designated port ID, as a 4-digit hex number.
/// - `rstp_bridge_port_id`: The RSTP bridge port ID, as a 4-digit hex number.
pub const RSTP_STATUS: Column<Bridge, Map<String, String>> = Column::new(18);

/// `sflow`: sFlow(R) configuration.
///
/// **Shape**: optional strong reference to [`Sflow`].
pub const SFLOW: Column<Bridge, Option<Ref<Sflow>>> = Column::new(19);

/// `status` of `Bridge`.
///
/// **Shape**: map from string to string; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `stp_bridge_id`: The bridge ID used in spanning tree advertisements, in the form
///   *xxxx*.*yyyyyyyyyyyy* where the *x*s are the STP priority, the *y*s are the STP system ID, and
///   each *x* and *y* is a hex digit.
/// - `stp_designated_root`: The designated root for this spanning tree, in the same form as
///   [`status:stp_bridge_id`](STATUS). If this bridge is the root, this will have the same value as
///   [`status:stp_bridge_id`](STATUS), otherwise it will differ.
/// - `stp_root_path_cost`: The path cost of reaching the designated bridge. A lower number is
///   better. The value is 0 if this bridge is the root, otherwise it is higher.
pub const STATUS: Column<Bridge, Map<String, String>> = Column::new(20);

/// `stp_enable`: Enable spanning tree on the bridge. By default, STP is disabled on bridges. Bond,
/// internal, and mirror ports are not supported and will not participate in the spanning tree.
///
/// STP and RSTP are mutually exclusive. If both are enabled, RSTP will be used.
///
/// **Shape**: boolean.
pub const STP_ENABLE: Column<Bridge, bool> = Column::new(21);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<Bridge, String> = Index::schema(0);

/// A value of [`FAIL_MODE`]: of `fail_mode` in `Bridge`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BridgeFailMode {
    /// `standalone`: If no message is received from the controller for three times the inactivity
    /// probe interval (see `inactivity_probe`), then Open vSwitch will take over responsibility for
    /// setting up flows.
    Standalone,
    /// `secure`: Open vSwitch will not set up flows on its own when the controller connection fails
    /// or when no controllers are defined.
    Secure,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for BridgeFailMode {
    fn from_name(name: &str) -> Self {
        match name {
            "standalone" => Self::Standalone,
            "secure" => Self::Secure,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Standalone => "standalone",
            Self::Secure => "secure",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`PROTOCOLS`]: of `protocols` in `Bridge`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BridgeProtocols {
    /// `OpenFlow10`.
    OpenFlow10,
    /// `OpenFlow11`.
    OpenFlow11,
    /// `OpenFlow12`.
    OpenFlow12,
    /// `OpenFlow13`.
    OpenFlow13,
    /// `OpenFlow14`.
    OpenFlow14,
    /// `OpenFlow15`.
    OpenFlow15,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for BridgeProtocols {
    fn from_name(name: &str) -> Self {
        match name {
            "OpenFlow10" => Self::OpenFlow10,
            "OpenFlow11" => Self::OpenFlow11,
            "OpenFlow12" => Self::OpenFlow12,
            "OpenFlow13" => Self::OpenFlow13,
            "OpenFlow14" => Self::OpenFlow14,
            "OpenFlow15" => Self::OpenFlow15,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::OpenFlow10 => "OpenFlow10",
            Self::OpenFlow11 => "OpenFlow11",
            Self::OpenFlow12 => "OpenFlow12",
            Self::OpenFlow13 => "OpenFlow13",
            Self::OpenFlow14 => "OpenFlow14",
            Self::OpenFlow15 => "OpenFlow15",
            Self::Other(other) => other,
        }
    }
}

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
    name: "Bridge",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "auto_attach",
            key: BaseDef { reference: Some(("AutoAttach", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "controller",
            key: BaseDef { reference: Some(("Controller", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "datapath_id", min: 0, ephemeral: true, ..PLAIN },
        ColumnDef { name: "datapath_type", ..PLAIN },
        ColumnDef { name: "datapath_version", ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "fail_mode",
            key: BaseDef { enumeration: &["standalone", "secure"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "flood_vlans",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            min: 0, max: 4096, ..PLAIN
        },
        ColumnDef {
            name: "flow_tables",
            key: BaseDef { integers: (Some(0), Some(254)), ..INTEGER },
            value: Some(BaseDef { reference: Some(("Flow_Table", RefKind::Strong)), ..UUID }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "ipfix",
            key: BaseDef { reference: Some(("IPFIX", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "mcast_snooping_enable", key: BOOLEAN, ..PLAIN },
        ColumnDef {
            name: "mirrors",
            key: BaseDef { reference: Some(("Mirror", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", mutable: false, ..PLAIN },
        ColumnDef {
            name: "netflow",
            key: BaseDef { reference: Some(("NetFlow", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "ports",
            key: BaseDef { reference: Some(("Port", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "protocols",
            key: BaseDef { enumeration: &[
                "OpenFlow10", "OpenFlow11", "OpenFlow12", "OpenFlow13", "OpenFlow14", "OpenFlow15",
            ], ..STRING },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "rstp_enable", key: BOOLEAN, ..PLAIN },
        ColumnDef {
            name: "rstp_status",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef {
            name: "sflow",
            key: BaseDef { reference: Some(("sFlow", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "status",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef { name: "stp_enable", key: BOOLEAN, ..PLAIN },
    ],
    indexes: &[&[12]],
};

impl Table for Bridge {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(AUTO_ATTACH, self.auto_attach());
        visitor.column(CONTROLLER, self.controller());
        visitor.column(DATAPATH_ID, self.datapath_id());
        visitor.column(DATAPATH_TYPE, self.datapath_type());
        visitor.column(DATAPATH_VERSION, self.datapath_version());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(FAIL_MODE, self.fail_mode());
        visitor.column(FLOOD_VLANS, self.flood_vlans());
        visitor.column(FLOW_TABLES, self.flow_tables());
        visitor.column(IPFIX, self.ipfix());
        visitor.column(MCAST_SNOOPING_ENABLE, self.mcast_snooping_enable());
        visitor.column(MIRRORS, self.mirrors());
        visitor.column(NAME, self.name());
        visitor.column(NETFLOW, self.netflow());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(PORTS, self.ports());
        visitor.column(PROTOCOLS, self.protocols());
        visitor.column(RSTP_ENABLE, self.rstp_enable());
        visitor.column(RSTP_STATUS, self.rstp_status());
        visitor.column(SFLOW, self.sflow());
        visitor.column(STATUS, self.status());
        visitor.column(STP_ENABLE, self.stp_enable());
    }
}

impl fmt::Debug for Bridge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Bridge {
    /// Auto Attach configuration. See [`AUTO_ATTACH`].
    pub fn auto_attach(&self) -> Option<Ref<AutoAttach>> {
        self.0.get(AUTO_ATTACH)
    }

    /// OpenFlow controller set. See [`CONTROLLER`].
    pub fn controller(&self) -> SetView<'_, Ref<Controller>> {
        self.0.get(CONTROLLER)
    }

    /// Reports the OpenFlow datapath ID in use. See [`DATAPATH_ID`].
    pub fn datapath_id(&self) -> Option<&str> {
        self.0.get(DATAPATH_ID)
    }

    /// Name of datapath provider. See [`DATAPATH_TYPE`].
    pub fn datapath_type(&self) -> &str {
        self.0.get(DATAPATH_TYPE)
    }

    /// Reports the datapath version. See [`DATAPATH_VERSION`].
    pub fn datapath_version(&self) -> &str {
        self.0.get(DATAPATH_VERSION)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// When a controller is configured, it is, ordinarily, responsible for setting up all flows on
    /// the switch. See [`FAIL_MODE`].
    pub fn fail_mode(&self) -> Option<BridgeFailMode> {
        self.0.get(FAIL_MODE)
    }

    /// VLAN IDs of VLANs on which MAC address learning should be disabled, so that packets are
    /// flooded instead of being sent to specific ports that are believed to contain packets'
    /// destination MACs. See [`FLOOD_VLANS`].
    pub fn flood_vlans(&self) -> SetView<'_, i64> {
        self.0.get(FLOOD_VLANS)
    }

    /// Configuration for OpenFlow tables. See [`FLOW_TABLES`].
    pub fn flow_tables(&self) -> MapView<'_, i64, Ref<FlowTable>> {
        self.0.get(FLOW_TABLES)
    }

    /// IPFIX configuration. See [`IPFIX`].
    pub fn ipfix(&self) -> Option<Ref<Ipfix>> {
        self.0.get(IPFIX)
    }

    /// Enable multicast snooping on the bridge. See [`MCAST_SNOOPING_ENABLE`].
    pub fn mcast_snooping_enable(&self) -> bool {
        self.0.get(MCAST_SNOOPING_ENABLE)
    }

    /// Port mirroring configuration. See [`MIRRORS`].
    pub fn mirrors(&self) -> SetView<'_, Ref<Mirror>> {
        self.0.get(MIRRORS)
    }

    /// Bridge identifier. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// NetFlow configuration. See [`NETFLOW`].
    pub fn netflow(&self) -> Option<Ref<NetFlow>> {
        self.0.get(NETFLOW)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// Ports included in the bridge. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, Ref<Port>> {
        self.0.get(PORTS)
    }

    /// List of OpenFlow protocols that may be used when negotiating a connection with a controller.
    /// See [`PROTOCOLS`].
    pub fn protocols(&self) -> SetView<'_, BridgeProtocols> {
        self.0.get(PROTOCOLS)
    }

    /// Enable Rapid Spanning Tree on the bridge. See [`RSTP_ENABLE`].
    pub fn rstp_enable(&self) -> bool {
        self.0.get(RSTP_ENABLE)
    }

    /// The column `rstp_status`. See [`RSTP_STATUS`].
    pub fn rstp_status(&self) -> MapView<'_, String, String> {
        self.0.get(RSTP_STATUS)
    }

    /// sFlow(R) configuration. See [`SFLOW`].
    pub fn sflow(&self) -> Option<Ref<Sflow>> {
        self.0.get(SFLOW)
    }

    /// The column `status`. See [`STATUS`].
    pub fn status(&self) -> MapView<'_, String, String> {
        self.0.get(STATUS)
    }

    /// Enable spanning tree on the bridge. See [`STP_ENABLE`].
    pub fn stp_enable(&self) -> bool {
        self.0.get(STP_ENABLE)
    }
}
