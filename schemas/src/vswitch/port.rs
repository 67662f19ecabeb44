//! Table `Port` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Ref, RefKind, Row, Set,
    SetView, Table, TableDef, UNLIMITED, Visit, debug,
};

use super::interface::Interface;
use super::qos::Qos;

/// A port within a [`Bridge`](super::Bridge).
///
/// Most commonly, a port has exactly one "interface," pointed to by its [`interfaces`](INTERFACES)
/// column. Such a port logically corresponds to a port on a physical Ethernet switch. A port with
/// more than one interface is a "bonded port" (see [`Bonding Configuration`](Port)).
///
/// Some properties that one might think as belonging to a port are actually part of the port's
/// [`Interface`] members.
///
/// # VLAN Configuration
///
/// In short, a VLAN (short for "virtual LAN") is a way to partition a single switch into multiple
/// switches. VLANs can be confusing, so for an introduction, please refer to the question "What's a
/// VLAN?" in the Open vSwitch FAQ.
///
/// A VLAN is sometimes encoded into a packet using a 802.1Q or 802.1ad VLAN header, but every
/// packet is part of some VLAN whether or not it is encoded in the packet. (A packet that appears
/// to have no VLAN is part of VLAN 0, by default.) As a result, it's useful to think of a VLAN as a
/// metadata property of a packet, separate from how the VLAN is encoded. For a given port, this
/// column determines how the encoding of a packet that ingresses or egresses the port maps to the
/// packet's VLAN. When a packet enters the switch, its VLAN is determined based on its setting in
/// this column and its VLAN headers, if any, and then, conceptually, the VLAN headers are then
/// stripped off. Conversely, when a packet exits the switch, its VLAN and the settings in this
/// column determine what VLAN headers, if any, are pushed onto the packet before it egresses the
/// port.
///
/// The VLAN configuration in this column affects Open vSwitch only when it is doing "normal
/// switching." It does not affect flows set up by an OpenFlow controller, outside of the OpenFlow
/// "normal action."
///
/// Bridge ports support the following types of VLAN configuration:
///
/// - trunk: A trunk port carries packets on one or more specified VLANs specified in the
///   [`trunks`](TRUNKS) column (often, on every VLAN). A packet that ingresses on a trunk port is
///   in the VLAN specified in its 802.1Q header, or VLAN 0 if the packet has no 802.1Q header. A
///   packet that egresses through a trunk port will have an 802.1Q header if it has a nonzero VLAN
///   ID.
///
///   Any packet that ingresses on a trunk port tagged with a VLAN that the port does not trunk is
///   dropped.
/// - access: An access port carries packets on exactly one VLAN specified in the [`tag`](TAG)
///   column. Packets egressing on an access port have no 802.1Q header.
///
///   Any packet with an 802.1Q header with a nonzero VLAN ID that ingresses on an access port is
///   dropped, regardless of whether the VLAN ID in the header is the access port's VLAN ID.
/// - native-tagged: A native-tagged port resembles a trunk port, with the exception that a packet
///   without an 802.1Q header that ingresses on a native-tagged port is in the "native VLAN"
///   (specified in the [`tag`](TAG) column).
/// - native-untagged: A native-untagged port resembles a native-tagged port, with the exception
///   that a packet that egresses on a native-untagged port in the native VLAN will not have an
///   802.1Q header.
/// - dot1q-tunnel: A dot1q-tunnel port is somewhat like an access port. Like an access port, it
///   carries packets on the single VLAN specified in the [`tag`](TAG) column and this VLAN, called
///   the service VLAN, does not appear in an 802.1Q header for packets that ingress or egress on
///   the port. The main difference lies in the behavior when packets that include a 802.1Q header
///   ingress on the port. Whereas an access port drops such packets, a dot1q-tunnel port treats
///   these as double-tagged with the outer service VLAN [`tag`](TAG) and the inner customer VLAN
///   taken from the 802.1Q header. Correspondingly, to egress on the port, a packet outer VLAN (or
///   only VLAN) must be [`tag`](TAG), which is removed before egress, which exposes the inner
///   (customer) VLAN if one is present.
///
///   If [`cvlans`](CVLANS) is set, only allows packets in the specified customer VLANs.
///
/// A packet will only egress through bridge ports that carry the VLAN of the packet, as described
/// by the rules above.
///
/// Columns: [`vlan_mode`](VLAN_MODE), [`tag`](TAG), [`trunks`](TRUNKS), [`cvlans`](CVLANS),
/// [`other_config`](OTHER_CONFIG).
///
/// # Bonding Configuration
///
/// A port that has more than one interface is a "bonded port." Bonding allows for load balancing
/// and fail-over.
///
/// The following types of bonding will work with any kind of upstream switch. On the upstream
/// switch, do not configure the interfaces as a bond:
///
/// - `balance-slb`: Balances flows among members based on source MAC address and output VLAN, with
///   periodic rebalancing as traffic patterns change.
/// - `active-backup`: Assigns all flows to one member, failing over to a backup member when the
///   active member is disabled. This is the only bonding mode in which interfaces may be plugged
///   into different upstream switches.
///
/// The following modes require the upstream switch to support 802.3ad with successful LACP
/// negotiation. If LACP negotiation fails and other-config:lacp-fallback-ab is true, then
/// `active-backup` mode is used:
///
/// - `balance-tcp`: Balances flows among members based on L3 and L4 protocol information such as IP
///   addresses and TCP/UDP ports.
///
/// These columns apply only to bonded ports. Their values are otherwise ignored.
///
/// Columns: [`bond_mode`](BOND_MODE), [`other_config`](OTHER_CONFIG),
/// [`bond_fake_iface`](BOND_FAKE_IFACE).
///
/// # Link Failure Detection
///
/// An important part of link bonding is detecting that links are down so that they may be disabled.
/// These settings determine how Open vSwitch detects link failure.
///
/// Columns: [`other_config`](OTHER_CONFIG), [`bond_updelay`](BOND_UPDELAY),
/// [`bond_downdelay`](BOND_DOWNDELAY).
///
/// # LACP Configuration
///
/// LACP, the Link Aggregation Control Protocol, is an IEEE standard that allows switches to
/// automatically detect that they are connected by multiple links and aggregate across those links.
/// These settings control LACP behavior.
///
/// Columns: [`lacp`](LACP), [`other_config`](OTHER_CONFIG).
///
/// # Rebalancing Configuration
///
/// These settings control behavior when a bond is in `balance-slb` or `balance-tcp` mode.
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Spanning Tree Protocol
///
/// The configuration here is only meaningful, and the status is only populated, when 802.1D-1998
/// Spanning Tree Protocol is enabled on the port's `Bridge` with its `stp_enable` column.
///
/// # STP Configuration
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # STP Status
///
/// Column: [`status`](STATUS).
///
/// # Rapid Spanning Tree Protocol
///
/// The configuration here is only meaningful, and the status and statistics are only populated,
/// when 802.1D-1998 Spanning Tree Protocol is enabled on the port's `Bridge` with its `stp_enable`
/// column.
///
/// # RSTP Configuration
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # RSTP Status
///
/// Column: [`rstp_status`](RSTP_STATUS).
///
/// # RSTP Statistics
///
/// Column: [`rstp_statistics`](RSTP_STATISTICS).
///
/// # Multicast Snooping
///
/// Column: [`other_config`](OTHER_CONFIG).
///
/// # Other Features
///
/// Columns: [`qos`](QOS), [`mac`](MAC), [`fake_bridge`](FAKE_BRIDGE), [`protected`](PROTECTED),
/// [`external_ids`](EXTERNAL_IDS), [`other_config`](OTHER_CONFIG).
///
/// # Port Statistics
///
/// Key-value pairs that report port statistics. The update period is controlled by
/// [`other_config:stats-update-interval`](OTHER_CONFIG) in the `Open_vSwitch` table.
///
/// # Statistics: STP transmit and receive counters
///
/// Column: [`statistics`](STATISTICS).
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Columns: [`other_config`](OTHER_CONFIG), [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Port(Row);

/// `bond_active_slave`: For a bonded port, record the MAC address of the current active member.
///
/// **Shape**: optional string.
pub const BOND_ACTIVE_SLAVE: Column<Port, Option<String>> = Column::new(0);

/// `bond_downdelay`: The number of milliseconds for which the link must stay down on an interface
/// before the interface is considered to be down. Specify `0` to disable the interface immediately.
///
/// **Shape**: integer.
pub const BOND_DOWNDELAY: Column<Port, i64> = Column::new(1);

/// `bond_fake_iface`: For a bonded port, whether to create a fake internal interface with the name
/// of the port. Use only for compatibility with legacy software that requires this.
///
/// **Shape**: boolean.
pub const BOND_FAKE_IFACE: Column<Port, bool> = Column::new(2);

/// `bond_mode`: The type of bonding used for a bonded port. Defaults to `active-backup` if unset.
///
/// **Shape**: optional [`PortBondMode`].
pub const BOND_MODE: Column<Port, Option<PortBondMode>> = Column::new(3);

/// `bond_updelay`: The number of milliseconds for which the link must stay up on an interface
/// before the interface is considered to be up. Specify `0` to enable the interface immediately.
///
/// This setting is honored only when at least one bonded interface is already enabled. When no
/// interfaces are enabled, then the first bond interface to come up is enabled immediately.
///
/// **Shape**: integer.
pub const BOND_UPDELAY: Column<Port, i64> = Column::new(4);

/// `cvlans`: For a dot1q-tunnel port, the customer VLANs that this port includes. If this is empty,
/// the port includes all customer VLANs.
///
/// For other kinds of ports, this setting is ignored.
///
/// **Shape**: set (at most 4096) of integers from 0 to 4095.
pub const CVLANS: Column<Port, Set<i64>> = Column::new(5);

/// `external_ids` of `Port`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `fake-bridge-*`: External IDs for a fake bridge (see the [`fake_bridge`](FAKE_BRIDGE) column)
///   are defined by prefixing a [`Bridge`](super::Bridge)
///   [`Bridge.external_ids`](super::bridge::EXTERNAL_IDS) key with `fake-bridge-`, e.g.
///   `fake-bridge-bridge-id`.
pub const EXTERNAL_IDS: Column<Port, Map<String, String>> = Column::new(6);

/// `fake_bridge`: Does this port represent a sub-bridge for its tagged VLAN within the Bridge? See
/// ovs-vsctl(8) for more information.
///
/// **Shape**: boolean.
pub const FAKE_BRIDGE: Column<Port, bool> = Column::new(7);

/// `interfaces`: The port's interfaces. If there is more than one, this is a bonded Port.
///
/// **Shape**: set (at least 1) of strong references to [`Interface`].
pub const INTERFACES: Column<Port, Set<Ref<Interface>>> = Column::new(8);

/// `lacp`: Configures LACP on this port. LACP allows directly connected switches to negotiate which
/// links may be bonded. LACP may be enabled on non-bonded ports for the benefit of any switches
/// they may be connected to. `active` ports are allowed to initiate LACP negotiations. `passive`
/// ports are allowed to participate in LACP negotiations initiated by a remote switch, but not
/// allowed to initiate such negotiations themselves. If LACP is enabled on a port whose partner
/// switch does not support LACP, the bond will be disabled, unless other-config:lacp-fallback-ab is
/// set to true. Defaults to `off` if unset.
///
/// **Shape**: optional [`PortLacp`].
pub const LACP: Column<Port, Option<PortLacp>> = Column::new(9);

/// `mac`: The MAC address to use for this port for the purpose of choosing the bridge's MAC
/// address. This column does not necessarily reflect the port's actual MAC address, nor will
/// setting it change the port's actual MAC address.
///
/// **Shape**: optional string.
pub const MAC: Column<Port, Option<String>> = Column::new(10);

/// `name`: Port name. For a non-bonded port, this should be the same as its interface's name. Port
/// names must otherwise be unique among the names of ports, interfaces, and bridges on a host.
/// Because port and interfaces names are usually the same, the restrictions on the
/// [`Interface.name`](super::interface::NAME) column in the [`Interface`] table, particularly on
/// length, also apply to port names. Refer to the documentation for [`Interface`] names for
/// details.
///
/// **Shape**: string; fixed when the row is inserted; unique.
pub const NAME: Column<Port, String> = Column::new(11);

/// `other_config` of `Port`.
///
/// **Shape**: map from string to string.
///
/// **Keys**, VLAN Configuration:
///
/// - `qinq-ethtype` (string, one of `802.1ad`, `802.1q`): For a dot1q-tunnel port, this is the TPID
///   for the service tag, that is, for the 802.1Q header that contains the service VLAN ID. Because
///   packets that actually ingress and egress a dot1q-tunnel port do not include an 802.1Q header
///   for the service VLAN, this does not affect packets on the dot1q-tunnel port itself. Rather, it
///   determines the service VLAN for a packet that ingresses on a dot1q-tunnel port and egresses on
///   a trunk port.
///
///   The value `802.1ad` specifies TPID 0x88a8, which is also the default if the setting is
///   omitted. The value `802.1q` specifies TPID 0x8100.
///
///   For other kinds of ports, this setting is ignored.
/// - `priority-tags` (string, one of `never`, `if-nonzero`, `always`): An 802.1Q header contains
///   two important pieces of information: a VLAN ID and a priority. A frame with a zero VLAN ID,
///   called a "priority-tagged" frame, is supposed to be treated the same way as a frame without an
///   802.1Q header at all (except for the priority).
///
///   However, some network elements ignore any frame that has 802.1Q header at all, even when the
///   VLAN ID is zero. Therefore, by default Open vSwitch does not output priority-tagged frames,
///   instead omitting the 802.1Q header entirely if the VLAN ID is zero. Set this key to
///   `if-nonzero` to enable priority-tagged frames on a port.
///
///   For `if-nonzero` Open vSwitch omits the 802.1Q header on output if both the VLAN ID and
///   priority would be zero. Set to `always` to retain the 802.1Q header in such frames as well.
///
///   All frames output to native-tagged ports have a nonzero VLAN ID, so this setting is not
///   meaningful on native-tagged ports.
///
/// **Keys**, Bonding Configuration:
///
/// - `bond-hash-basis` (integer): An integer hashed along with flows when choosing output members
///   in load balanced bonds. When changed, all flows will be assigned different hash values
///   possibly causing member selection decisions to change. Does not affect bonding modes which do
///   not employ load balancing such as `active-backup`.
/// - `lb-output-action` (boolean): Enable/disable usage of optimized `lb_output` action for
///   balancing flows among output members in load balanced bonds in `balance-tcp`. When enabled, it
///   uses optimized path for balance-tcp mode by using rss hash and avoids recirculation. This knob
///   does not affect other balancing modes.
/// - `bond-primary`: If a member interface with this name exists in the bond and is up, it will be
///   made active. Relevant only when [`other_config:bond_mode`](OTHER_CONFIG) is `active-backup` or
///   if `balance-tcp` falls back to `active-backup` (e.g., LACP negotiation fails and
///   [`other_config:lacp-fallback-ab`](OTHER_CONFIG) is `true`).
/// - `all-members-active` (boolean): Enable/Disable delivery of broadcast/multicast packets on
///   secondary interface of a balance-slb bond. Relevant only when [`lacp`](LACP) is `off`.
///
///   This parameter is identical to `all_slaves_active` for Linux kernel bonds. Disabled by default
///   as it is not a desirable configuration for most users.
///
/// **Keys**, Link Failure Detection:
///
/// - `bond-detect-mode` (string, one of `carrier`, `miimon`): The means used to detect link
///   failures. Defaults to `carrier` which uses each interface's carrier to detect failures. When
///   set to `miimon`, will check for failures by polling each interface's MII.
/// - `bond-miimon-interval` (integer): The interval, in milliseconds, between successive attempts
///   to poll each interface's MII. Relevant only when
///   [`other_config:bond-detect-mode`](OTHER_CONFIG) is `miimon`.
///
/// **Keys**, LACP Configuration:
///
/// - `lacp-system-id`: The LACP system ID of this [`Port`]. The system ID of a LACP bond is used to
///   identify itself to its partners. Must be a nonzero MAC address. Defaults to the bridge
///   Ethernet address if unset.
/// - `lacp-system-priority` (integer from 1 to 65535): The LACP system priority of this [`Port`].
///   In LACP negotiations, link status decisions are made by the system with the numerically lower
///   priority.
/// - `lacp-time` (string, one of `fast`, `slow`): The LACP timing which should be used on this
///   [`Port`]. By default `slow` is used. When configured to be `fast` LACP heartbeats are
///   requested at a rate of once per second causing connectivity problems to be detected more
///   quickly. In `slow` mode, heartbeats are requested at a rate of once every 30 seconds.
/// - `lacp-fallback-ab` (boolean): Determines the behavior of openvswitch bond in LACP mode. If the
///   partner switch does not support LACP, setting this option to `true` allows openvswitch to
///   fallback to active-backup. If the option is set to `false`, the bond will be disabled. In both
///   the cases, once the partner switch is configured to LACP mode, the bond will use LACP.
///
/// **Keys**, Rebalancing Configuration:
///
/// - `bond-rebalance-interval` (integer from 0 to 2147483647): For a load balanced bonded port, the
///   number of milliseconds between successive attempts to rebalance the bond, that is, to move
///   flows from one interface on the bond to another in an attempt to keep usage of each interface
///   roughly equal. If zero, load balancing is disabled on the bond (link failure still cause flows
///   to move). If less than 1000ms, the rebalance interval will be 1000ms.
///
/// **Keys**, STP Configuration:
///
/// - `stp-enable` (boolean): When STP is enabled on a bridge, it is enabled by default on all of
///   the bridge's ports except bond, internal, and mirror ports (which do not work with STP). If
///   this column's value is `false`, STP is disabled on the port.
/// - `stp-port-num` (integer from 1 to 255): The port number used for the lower 8 bits of the
///   port-id. By default, the numbers will be assigned automatically. If any port's number is
///   manually configured on a bridge, then they must all be.
/// - `stp-port-priority` (integer from 0 to 255): The port's relative priority value for
///   determining the root port (the upper 8 bits of the port-id). A port with a lower port-id will
///   be chosen as the root port. By default, the priority is 0x80.
/// - `stp-path-cost` (integer from 0 to 65535): Spanning tree path cost for the port. A lower
///   number indicates a faster link. By default, the cost is based on the maximum speed of the
///   link.
///
/// **Keys**, RSTP Configuration:
///
/// - `rstp-enable` (boolean): When RSTP is enabled on a bridge, it is enabled by default on all of
///   the bridge's ports except bond, internal, and mirror ports (which do not work with RSTP). If
///   this column's value is `false`, RSTP is disabled on the port.
/// - `rstp-port-priority` (integer from 0 to 240): The port's relative priority value for
///   determining the root port, in multiples of 16. By default, the port priority is 0x80 (128).
///   Any value in the lower 4 bits is rounded off. The significant upper 4 bits become the upper 4
///   bits of the port-id. A port with the lowest port-id is elected as the root.
/// - `rstp-port-num` (integer from 1 to 4095): The local RSTP port number, used as the lower 12
///   bits of the port-id. By default the port numbers are assigned automatically, and typically may
///   not correspond to the OpenFlow port numbers. A port with the lowest port-id is elected as the
///   root.
/// - `rstp-path-cost` (integer): The port path cost. The Port's contribution, when it is the Root
///   Port, to the Root Path Cost for the Bridge. By default the cost is automatically calculated
///   from the port's speed.
/// - `rstp-port-admin-edge` (boolean): The admin edge port parameter for the Port. Default is
///   `false`.
/// - `rstp-port-auto-edge` (boolean): The auto edge port parameter for the Port. Default is `true`.
/// - `rstp-port-mcheck` (boolean): The mcheck port parameter for the Port. Default is `false`. May
///   be set to force the Port Protocol Migration state machine to transmit RST BPDUs for a
///   MigrateTime period, to test whether all STP Bridges on the attached LAN have been removed and
///   the Port can continue to transmit RSTP BPDUs. Setting mcheck has no effect if the Bridge is
///   operating in STP Compatibility mode.
///
///   Changing the value from `true` to `false` has no effect, but needs to be done if this behavior
///   is to be triggered again by subsequently changing the value from `false` to `true`.
///
/// **Keys**, Multicast Snooping:
///
/// - `mcast-snooping-flood` (boolean): If set to `true`, multicast packets (except Reports) are
///   unconditionally forwarded to the specific port.
/// - `mcast-snooping-flood-reports` (boolean): If set to `true`, multicast Reports are
///   unconditionally forwarded to the specific port.
///
/// **Keys**, Other Features:
///
/// - `transient` (boolean): If set to `true`, the port will be removed when `ovs-ctl start
///   --delete-transient-ports` is used.
pub const OTHER_CONFIG: Column<Port, Map<String, String>> = Column::new(12);

/// `protected`: The protected ports feature allows certain ports to be designated as protected.
/// Traffic between protected ports is blocked. Protected ports can send traffic to unprotected
/// ports. Unprotected ports can send traffic to any port. Default is false.
///
/// **Shape**: boolean.
pub const PROTECTED: Column<Port, bool> = Column::new(13);

/// `qos`: Quality of Service configuration for this port.
///
/// **Shape**: optional strong reference to [`Qos`].
pub const QOS: Column<Port, Option<Ref<Qos>>> = Column::new(14);

/// `rstp_statistics` of `Port`.
///
/// **Shape**: map from string to integer; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `rstp_tx_count`: Number of RSTP BPDUs transmitted through this port.
/// - `rstp_rx_count`: Number of valid RSTP BPDUs received by this port.
/// - `rstp_error_count`: Number of invalid RSTP BPDUs received by this port.
/// - `rstp_uptime`: The duration covered by the other RSTP statistics, in seconds.
pub const RSTP_STATISTICS: Column<Port, Map<String, i64>> = Column::new(15);

/// `rstp_status` of `Port`.
///
/// **Shape**: map from string to string; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `rstp_port_id`: The port ID used in spanning tree advertisements for this port, as 4 hex
///   digits. Configuring the port ID is described in the `rstp-port-num` and `rstp-port-priority`
///   keys of the `other_config` section earlier.
/// - `rstp_port_role` (string, one of `Root`, `Designated`, `Alternate`, `Backup`, `Disabled`):
///   RSTP role of the port.
/// - `rstp_port_state` (string, one of `Disabled`, `Learning`, `Forwarding`, `Discarding`): RSTP
///   state of the port.
/// - `rstp_designated_bridge_id`: The port's RSTP designated bridge ID, in the same form as
///   [`rstp_status:rstp_bridge_id`](RSTP_STATUS) in the [`Bridge`](super::Bridge) table.
/// - `rstp_designated_port_id`: The port's RSTP designated port ID, as 4 hex digits.
/// - `rstp_designated_path_cost` (integer): The port's RSTP designated path cost. Lower is better.
pub const RSTP_STATUS: Column<Port, Map<String, String>> = Column::new(16);

/// `statistics` of `Port`.
///
/// **Shape**: map from string to integer; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `stp_tx_count`: Number of STP BPDUs sent on this port by the spanning tree library.
/// - `stp_rx_count`: Number of STP BPDUs received on this port and accepted by the spanning tree
///   library.
/// - `stp_error_count`: Number of bad STP BPDUs received on this port. Bad BPDUs include runt
///   packets and those with an unexpected protocol ID.
pub const STATISTICS: Column<Port, Map<String, i64>> = Column::new(17);

/// `status` of `Port`.
///
/// **Shape**: map from string to string; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `stp_port_id`: The port ID used in spanning tree advertisements for this port, as 4 hex
///   digits. Configuring the port ID is described in the `stp-port-num` and `stp-port-priority`
///   keys of the `other_config` section earlier.
/// - `stp_state` (string, one of `disabled`, `listening`, `learning`, `forwarding`, `blocking`):
///   STP state of the port.
/// - `stp_sec_in_state` (integer of at least 0): The amount of time this port has been in the
///   current STP state, in seconds.
/// - `stp_role` (string, one of `root`, `designated`, `alternate`): STP role of the port.
pub const STATUS: Column<Port, Map<String, String>> = Column::new(18);

/// `tag`: For an access port, the port's implicitly tagged VLAN. For a native-tagged or
/// native-untagged port, the port's native VLAN. Must be empty if this is a trunk port.
///
/// **Shape**: optional integer from 0 to 4095.
pub const TAG: Column<Port, Option<i64>> = Column::new(19);

/// `trunks`: For a trunk, native-tagged, or native-untagged port, the 802.1Q VLAN or VLANs that
/// this port trunks; if it is empty, then the port trunks all VLANs. Must be empty if this is an
/// access port.
///
/// A native-tagged or native-untagged port always trunks its native VLAN, regardless of whether
/// [`trunks`](TRUNKS) includes that VLAN.
///
/// **Shape**: set (at most 4096) of integers from 0 to 4095.
pub const TRUNKS: Column<Port, Set<i64>> = Column::new(20);

/// `vlan_mode`: The VLAN mode of the port, as described above. When this column is empty, a default
/// mode is selected as follows:
///
/// - If [`tag`](TAG) contains a value, the port is an access port. The [`trunks`](TRUNKS) column
///   should be empty.
/// - Otherwise, the port is a trunk port. The [`trunks`](TRUNKS) column value is honored if it is
///   present.
///
/// **Shape**: optional [`PortVlanMode`].
pub const VLAN_MODE: Column<Port, Option<PortVlanMode>> = Column::new(21);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<Port, String> = Index::schema(0);

/// A value of [`BOND_MODE`]: of `bond_mode` in `Port`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PortBondMode {
    /// `balance-tcp`.
    BalanceTcp,
    /// `balance-slb`.
    BalanceSlb,
    /// `active-backup`.
    ActiveBackup,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for PortBondMode {
    fn from_name(name: &str) -> Self {
        match name {
            "balance-tcp" => Self::BalanceTcp,
            "balance-slb" => Self::BalanceSlb,
            "active-backup" => Self::ActiveBackup,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::BalanceTcp => "balance-tcp",
            Self::BalanceSlb => "balance-slb",
            Self::ActiveBackup => "active-backup",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`LACP`]: of `lacp` in `Port`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PortLacp {
    /// `active`.
    Active,
    /// `passive`.
    Passive,
    /// `off`.
    Off,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for PortLacp {
    fn from_name(name: &str) -> Self {
        match name {
            "active" => Self::Active,
            "passive" => Self::Passive,
            "off" => Self::Off,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Passive => "passive",
            Self::Off => "off",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`VLAN_MODE`]: of `vlan_mode` in `Port`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PortVlanMode {
    /// `trunk`.
    Trunk,
    /// `access`.
    Access,
    /// `native-tagged`.
    NativeTagged,
    /// `native-untagged`.
    NativeUntagged,
    /// `dot1q-tunnel`.
    Dot1qTunnel,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for PortVlanMode {
    fn from_name(name: &str) -> Self {
        match name {
            "trunk" => Self::Trunk,
            "access" => Self::Access,
            "native-tagged" => Self::NativeTagged,
            "native-untagged" => Self::NativeUntagged,
            "dot1q-tunnel" => Self::Dot1qTunnel,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Trunk => "trunk",
            Self::Access => "access",
            Self::NativeTagged => "native-tagged",
            Self::NativeUntagged => "native-untagged",
            Self::Dot1qTunnel => "dot1q-tunnel",
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
    name: "Port",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "bond_active_slave", min: 0, ..PLAIN },
        ColumnDef { name: "bond_downdelay", key: INTEGER, ..PLAIN },
        ColumnDef { name: "bond_fake_iface", key: BOOLEAN, ..PLAIN },
        ColumnDef {
            name: "bond_mode",
            key: BaseDef { enumeration: &[
                "balance-tcp", "balance-slb", "active-backup",
            ], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "bond_updelay", key: INTEGER, ..PLAIN },
        ColumnDef {
            name: "cvlans",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            min: 0, max: 4096, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "fake_bridge", key: BOOLEAN, ..PLAIN },
        ColumnDef {
            name: "interfaces",
            key: BaseDef { reference: Some(("Interface", RefKind::Strong)), ..UUID },
            max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "lacp",
            key: BaseDef { enumeration: &["active", "passive", "off"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "mac", min: 0, ..PLAIN },
        ColumnDef { name: "name", mutable: false, ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "protected", key: BOOLEAN, ..PLAIN },
        ColumnDef {
            name: "qos",
            key: BaseDef { reference: Some(("QoS", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "rstp_statistics",
            value: Some(INTEGER),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef {
            name: "rstp_status",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef {
            name: "statistics",
            value: Some(INTEGER),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef {
            name: "status",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN
        },
        ColumnDef {
            name: "tag",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "trunks",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            min: 0, max: 4096, ..PLAIN
        },
        ColumnDef {
            name: "vlan_mode",
            key: BaseDef { enumeration: &[
                "trunk", "access", "native-tagged", "native-untagged", "dot1q-tunnel",
            ], ..STRING },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[&[11]],
};

impl Table for Port {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(BOND_ACTIVE_SLAVE, self.bond_active_slave());
        visitor.column(BOND_DOWNDELAY, self.bond_downdelay());
        visitor.column(BOND_FAKE_IFACE, self.bond_fake_iface());
        visitor.column(BOND_MODE, self.bond_mode());
        visitor.column(BOND_UPDELAY, self.bond_updelay());
        visitor.column(CVLANS, self.cvlans());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(FAKE_BRIDGE, self.fake_bridge());
        visitor.column(INTERFACES, self.interfaces());
        visitor.column(LACP, self.lacp());
        visitor.column(MAC, self.mac());
        visitor.column(NAME, self.name());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(PROTECTED, self.protected());
        visitor.column(QOS, self.qos());
        visitor.column(RSTP_STATISTICS, self.rstp_statistics());
        visitor.column(RSTP_STATUS, self.rstp_status());
        visitor.column(STATISTICS, self.statistics());
        visitor.column(STATUS, self.status());
        visitor.column(TAG, self.tag());
        visitor.column(TRUNKS, self.trunks());
        visitor.column(VLAN_MODE, self.vlan_mode());
    }
}

impl fmt::Debug for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Port {
    /// For a bonded port, record the MAC address of the current active member. See
    /// [`BOND_ACTIVE_SLAVE`].
    pub fn bond_active_slave(&self) -> Option<&str> {
        self.0.get(BOND_ACTIVE_SLAVE)
    }

    /// The number of milliseconds for which the link must stay down on an interface before the
    /// interface is considered to be down. See [`BOND_DOWNDELAY`].
    pub fn bond_downdelay(&self) -> i64 {
        self.0.get(BOND_DOWNDELAY)
    }

    /// For a bonded port, whether to create a fake internal interface with the name of the port.
    /// See [`BOND_FAKE_IFACE`].
    pub fn bond_fake_iface(&self) -> bool {
        self.0.get(BOND_FAKE_IFACE)
    }

    /// The type of bonding used for a bonded port. See [`BOND_MODE`].
    pub fn bond_mode(&self) -> Option<PortBondMode> {
        self.0.get(BOND_MODE)
    }

    /// The number of milliseconds for which the link must stay up on an interface before the
    /// interface is considered to be up. See [`BOND_UPDELAY`].
    pub fn bond_updelay(&self) -> i64 {
        self.0.get(BOND_UPDELAY)
    }

    /// For a dot1q-tunnel port, the customer VLANs that this port includes. See [`CVLANS`].
    pub fn cvlans(&self) -> SetView<'_, i64> {
        self.0.get(CVLANS)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Does this port represent a sub-bridge for its tagged VLAN within the Bridge? See
    /// ovs-vsctl(8) for more information. See [`FAKE_BRIDGE`].
    pub fn fake_bridge(&self) -> bool {
        self.0.get(FAKE_BRIDGE)
    }

    /// The port's interfaces. See [`INTERFACES`].
    pub fn interfaces(&self) -> SetView<'_, Ref<Interface>> {
        self.0.get(INTERFACES)
    }

    /// Configures LACP on this port. See [`LACP`].
    pub fn lacp(&self) -> Option<PortLacp> {
        self.0.get(LACP)
    }

    /// The MAC address to use for this port for the purpose of choosing the bridge's MAC address.
    /// See [`MAC`].
    pub fn mac(&self) -> Option<&str> {
        self.0.get(MAC)
    }

    /// Port name. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The protected ports feature allows certain ports to be designated as protected. See
    /// [`PROTECTED`].
    pub fn protected(&self) -> bool {
        self.0.get(PROTECTED)
    }

    /// Quality of Service configuration for this port. See [`QOS`].
    pub fn qos(&self) -> Option<Ref<Qos>> {
        self.0.get(QOS)
    }

    /// The column `rstp_statistics`. See [`RSTP_STATISTICS`].
    pub fn rstp_statistics(&self) -> MapView<'_, String, i64> {
        self.0.get(RSTP_STATISTICS)
    }

    /// The column `rstp_status`. See [`RSTP_STATUS`].
    pub fn rstp_status(&self) -> MapView<'_, String, String> {
        self.0.get(RSTP_STATUS)
    }

    /// The column `statistics`. See [`STATISTICS`].
    pub fn statistics(&self) -> MapView<'_, String, i64> {
        self.0.get(STATISTICS)
    }

    /// The column `status`. See [`STATUS`].
    pub fn status(&self) -> MapView<'_, String, String> {
        self.0.get(STATUS)
    }

    /// For an access port, the port's implicitly tagged VLAN. See [`TAG`].
    pub fn tag(&self) -> Option<i64> {
        self.0.get(TAG)
    }

    /// For a trunk, native-tagged, or native-untagged port, the 802.1Q VLAN or VLANs that this port
    /// trunks; if it is empty, then the port trunks all VLANs. See [`TRUNKS`].
    pub fn trunks(&self) -> SetView<'_, i64> {
        self.0.get(TRUNKS)
    }

    /// The VLAN mode of the port, as described above. See [`VLAN_MODE`].
    pub fn vlan_mode(&self) -> Option<PortVlanMode> {
        self.0.get(VLAN_MODE)
    }
}
