//! `Logical_Switch_Port`: L2 logical switch port.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::dhcp_options::DhcpOptions;
use super::ha_chassis_group::HaChassisGroup;
use super::logical_switch_port_health_check::LogicalSwitchPortHealthCheck;
use super::mirror::Mirror;

/// A port within an L2 logical switch.
///
/// # Core Features
///
/// Columns: [`name`](NAME), [`type`](TYPE).
///
/// # Options
///
/// Column: [`options`](OPTIONS).
///
/// # Options for router ports
///
/// These options apply when [`type`](TYPE) is `router`.
///
/// Column: [`options`](OPTIONS).
///
/// # Options for localnet ports
///
/// These options apply when [`type`](TYPE) is `localnet`.
///
/// Column: [`options`](OPTIONS).
///
/// # Options for l2gateway ports
///
/// These options apply when [`type`](TYPE) is `l2gateway`.
///
/// Column: [`options`](OPTIONS).
///
/// # Options for vtep ports
///
/// These options apply when [`type`](TYPE) is `vtep`.
///
/// Column: [`options`](OPTIONS).
///
/// # VMI (or VIF) Options
///
/// These options apply to logical ports with [`type`](TYPE) having (empty string)
///
/// Column: [`options`](OPTIONS).
///
/// # VIF Plugging Options
///
/// Column: [`options`](OPTIONS).
///
/// # Virtual port Options
///
/// These options apply when [`type`](TYPE) is `virtual`.
///
/// Column: [`options`](OPTIONS).
///
/// # IP Multicast Snooping Options
///
/// These options apply when the port is part of a logical switch which has
/// [`Logical_Switch.other_config`](super::logical_switch::OTHER_CONFIG) :mcast_snoop set to `true`.
///
/// Column: [`options`](OPTIONS).
///
/// # Containers
///
/// When a large number of containers are nested within a VM, it may be too expensive to dedicate a
/// VIF to each container. OVN can use VLAN tags to support such cases. Each container is assigned a
/// VLAN ID and each packet that passes between the hypervisor and the VM is tagged with the
/// appropriate ID for the container. Such VLAN IDs never appear on a physical wire, even inside a
/// tunnel, so they need not be unique except relative to a single VM on a hypervisor.
///
/// These columns are used for VIFs that represent nested containers using shared VIFs. For VMs and
/// for containers that have dedicated VIFs, they are empty.
///
/// Columns: [`parent_name`](PARENT_NAME), [`tag_request`](TAG_REQUEST), [`tag`](TAG).
///
/// # Port State
///
/// Columns: [`up`](UP), [`enabled`](ENABLED).
///
/// # Addressing
///
/// Columns: [`addresses`](ADDRESSES), [`dynamic_addresses`](DYNAMIC_ADDRESSES),
/// [`port_security`](PORT_SECURITY).
///
/// # DHCP
///
/// Columns: [`dhcpv4_options`](DHCPV4_OPTIONS), [`dhcpv6_options`](DHCPV6_OPTIONS).
///
/// # Naming
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Tunnel Key
///
/// Column: [`options`](OPTIONS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalSwitchPort(Row);

/// `addresses`: Addresses owned by the logical port.
///
/// Each element in the set must take one of the following forms:
///
/// - `Ethernet address followed by zero or more IPv4 or IPv6 addresses (or both)`: An Ethernet
///   address defined is owned by the logical port. Like a physical Ethernet NIC, a logical port
///   ordinarily has a single fixed Ethernet address.
///
///   When a OVN logical switch processes a unicast Ethernet frame whose destination MAC address is
///   in a logical port's [`addresses`](ADDRESSES) column, it delivers it only to that port, as if a
///   MAC learning process had learned that MAC address on the port.
///
///   If IPv4 or IPv6 address(es) (or both) are defined, it indicates that the logical port owns the
///   given IP addresses.
///
///   If IPv4 address(es) are defined, the OVN logical switch uses this information to synthesize
///   responses to ARP requests without traversing the physical network. The OVN logical router
///   connected to the logical switch, if any, uses this information to avoid issuing ARP requests
///   for logical switch ports.
///
///   Note that the order here is important. The Ethernet address must be listed before the IP
///   address(es) if defined.
///
///   Examples:
///
///   - `80:fa:5b:06:72:b7`: This indicates that the logical port owns the above mac address.
///   - `80:fa:5b:06:72:b7 10.0.0.4 20.0.0.4`: This indicates that the logical port owns the mac
///     address and two IPv4 addresses.
///   - `80:fa:5b:06:72:b7 fdaa:15f2:72cf:0:f816:3eff:fe20:3f41`: This indicates that the logical
///     port owns the mac address and 1 IPv6 address.
///   - `80:fa:5b:06:72:b7 10.0.0.4 fdaa:15f2:72cf:0:f816:3eff:fe20:3f41`: This indicates that the
///     logical port owns the mac address and 1 IPv4 address and 1 IPv6 address.
/// - `unknown`: This indicates that the logical port has an unknown set of Ethernet addresses. When
///   an OVN logical switch processes a unicast Ethernet frame whose destination MAC address is not
///   in any logical port's [`addresses`](ADDRESSES) column, it delivers it to the port (or ports)
///   whose [`addresses`](ADDRESSES) columns include `unknown`.
/// - `dynamic`: Use `dynamic` to make `ovn-northd` generate a globally unique MAC address, choose
///   an unused IPv4 address with the logical port's subnet (if
///   [`Logical_Switch.other_config:subnet`](super::logical_switch::OTHER_CONFIG) is set in the
///   port's [`Logical_Switch`](super::LogicalSwitch)), and generate an IPv6 address from the MAC
///   address (if [`Logical_Switch.other_config:ipv6_prefix`](super::logical_switch::OTHER_CONFIG)
///   is set in the port's [`Logical_Switch`](super::LogicalSwitch)) and store them in the port's
///   [`dynamic_addresses`](DYNAMIC_ADDRESSES) column.
///
///   Only one element containing `dynamic` may appear in [`addresses`](ADDRESSES).
/// - `dynamic` *ip*, `dynamic` *ipv6*, `dynamic` *ip* *ipv6*: These act like `dynamic` alone but
///   specify particular IPv4 or IPv6 addresses to use. OVN IPAM will still automatically allocate
///   the other address if configured appropriately. Example: `dynamic 192.168.0.1 2001::1`.
/// - *mac* `dynamic`: This acts like `dynamic` alone but specifies a particular MAC address to use.
///   OVN IPAM will still automatically allocate IPv4 or IPv6 addresses, or both, if configured
///   appropriately. Example: `80:fa:5b:06:72:b7 dynamic`
/// - `router`: Accepted only when [`type`](TYPE) is `router`. This indicates that the Ethernet,
///   IPv4, and IPv6 addresses for this logical switch port should be obtained from the connected
///   logical router port, as specified by `router-port` in [`options`](OPTIONS).
///
///   The resulting addresses are used to populate the logical switch's destination lookup, and also
///   for the logical switch to generate ARP and ND replies.
///
///   If the connected logical router port has a distributed gateway port specified and the logical
///   router has rules specified in [`Logical_Router.nat`](super::logical_router::NAT) with
///   [`NAT.external_mac`](super::nat::EXTERNAL_MAC), then those addresses are also used to populate
///   the switch's destination lookup.
///
///   Supported only in OVN 2.7 and later. Earlier versions required router addresses to be manually
///   synchronized.
///
/// **Shape**: set of strings.
pub const ADDRESSES: Column<LogicalSwitchPort, Set<String>> = Column::new(0);

/// `dhcpv4_options`: This column defines the DHCPv4 Options to be included by the `ovn-controller`
/// when it replies to the DHCPv4 requests. Please see the [`DHCP_Options`](DhcpOptions) table.
///
/// **Shape**: optional weak reference to [`DhcpOptions`].
pub const DHCPV4_OPTIONS: Column<LogicalSwitchPort, Option<Ref<DhcpOptions>>> = Column::new(1);

/// `dhcpv6_options`: This column defines the DHCPv6 Options to be included by the `ovn-controller`
/// when it replies to the DHCPv6 requests. Please see the [`DHCP_Options`](DhcpOptions) table.
///
/// **Shape**: optional weak reference to [`DhcpOptions`].
pub const DHCPV6_OPTIONS: Column<LogicalSwitchPort, Option<Ref<DhcpOptions>>> = Column::new(2);

/// `dynamic_addresses`: Addresses assigned to the logical port by `ovn-northd`, if `dynamic` is
/// specified in [`addresses`](ADDRESSES). Addresses will be of the same format as those that
/// populate the [`addresses`](ADDRESSES) column. Note that dynamically assigned addresses are
/// constructed and managed locally in ovn-northd, so they cannot be reconstructed in the event that
/// the database is lost.
///
/// **Shape**: optional string.
pub const DYNAMIC_ADDRESSES: Column<LogicalSwitchPort, Option<String>> = Column::new(3);

/// `enabled`: This column is used to administratively set port state. If this column is empty or is
/// set to `true`, the port is enabled. If this column is set to `false`, the port is disabled. A
/// disabled port has all ingress and egress traffic dropped.
///
/// **Shape**: optional boolean.
pub const ENABLED: Column<LogicalSwitchPort, Option<bool>> = Column::new(4);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// The `ovn-northd` program copies all these pairs into the [`external_ids`](EXTERNAL_IDS) column
/// of the `Port_Binding` table in `OVN_Southbound` database.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `neutron:port_name`: This column gives an optional human-friendly name for the port. This name
///   has no special meaning or purpose other than to provide convenience for human interaction with
///   the northbound database.
///
///   Neutron copies this from its own port object's name. (Neutron ports do are not assigned
///   human-friendly names by default, so it will often be empty.)
pub const EXTERNAL_IDS: Column<LogicalSwitchPort, Map<String, String>> = Column::new(5);

/// `ha_chassis_group`: References a row in the OVN Northbound database's
/// `OVN_Northbound.HA_Chassis_Group` table. It indicates the HA chassis group to use if the
/// [`type`](TYPE) is set to `external`. If [`type`](TYPE) is not `external`, this column is
/// ignored.
///
/// **Shape**: optional strong reference to [`HaChassisGroup`].
pub const HA_CHASSIS_GROUP: Column<LogicalSwitchPort, Option<Ref<HaChassisGroup>>> = Column::new(6);

/// `health_checks`: Health checks configuration for this logical switch port. Please see the
/// [`Logical_Switch_Port_Health_Check`](LogicalSwitchPortHealthCheck) table.
///
/// **Shape**: set of strong references to [`LogicalSwitchPortHealthCheck`].
pub const HEALTH_CHECKS: Column<LogicalSwitchPort, Set<Ref<LogicalSwitchPortHealthCheck>>> =
    Column::new(7);

/// `mirror_rules`: Mirror rules that apply to logical switch port which is the source. Please see
/// the [`Mirror`] table.
///
/// **Shape**: set of weak references to [`Mirror`].
pub const MIRROR_RULES: Column<LogicalSwitchPort, Set<Ref<Mirror>>> = Column::new(8);

/// `name`: The logical port name.
///
/// For entities (VMs or containers) that are spawned in the hypervisor, the name used here must
/// match those used in the `Open_vSwitch.Interface.external_ids:iface-id` in the `Open_vSwitch`
/// database's `Open_vSwitch.Interface` table, because hypervisors use
/// `Open_vSwitch.Interface.external_ids:iface-id` as a lookup key to identify the network interface
/// of that entity.
///
/// For containers that share a VIF within a VM, the name can be any unique identifier. See
/// `Containers`, below, for more information.
///
/// A logical switch port may not have the same name as a logical router port, but the database
/// schema cannot enforce this.
///
/// **Shape**: string; unique.
pub const NAME: Column<LogicalSwitchPort, String> = Column::new(9);

/// `options`: This column provides key/value settings specific to the logical port [`type`](TYPE).
/// The type-specific options are described individually below.
///
/// **Shape**: map from string to string.
///
/// **Keys**, Options for router ports:
///
/// - `router-port`: Required. The [`name`](NAME) of the
///   [`Logical_Router_Port`](super::LogicalRouterPort) to which this logical switch port is
///   connected.
/// - `nat-addresses`: This is used to send gratuitous ARPs for SNAT and DNAT IP addresses via the
///   `localnet` port that is attached to the same logical switch as this type `router` port. This
///   option is specified on a logical switch port that is connected to a gateway router, or a
///   logical switch port that is connected to a distributed gateway port on a logical router.
///
///   This must take one of the following forms:
///
///   - `router`: Gratuitous ARPs will be sent for all SNAT and DNAT external IP addresses and for
///     all load balancer IP addresses defined on the [`options:router-port`](OPTIONS)'s logical
///     router, using the [`options:router-port`](OPTIONS)'s MAC address.
///
///     This form of [`options:nat-addresses`](OPTIONS) is valid for logical switch ports where
///     [`options:router-port`](OPTIONS) is the name of a port on a gateway router, or the name of a
///     distributed gateway port.
///
///     Supported only in OVN 2.8 and later. Earlier versions required NAT addresses to be manually
///     synchronized.
///   - `Ethernet address followed by one or more IPv4 addresses`: Example: `80:fa:5b:06:72:b7
///     158.36.44.22 158.36.44.24`. This would result in generation of gratuitous ARPs for IP
///     addresses 158.36.44.22 and 158.36.44.24 with a MAC address of 80:fa:5b:06:72:b7.
///
///     This form of [`options:nat-addresses`](OPTIONS) is only valid for logical switch ports where
///     [`options:router-port`](OPTIONS) is the name of a port on a gateway router.
/// - `exclude-lb-vips-from-garp`: If [`options:nat-addresses`](OPTIONS) is set to `router`,
///   Gratuitous ARPs will be sent for all SNAT and DNAT external IP addresses defined on the
///   [`options:router-port`](OPTIONS)'s logical router, using the
///   [`options:router-port`](OPTIONS)'s MAC address, not cosidering configured load balancers.
/// - `exclude-router-ips-from-garp`: If [`options:nat-addresses`](OPTIONS) is set to `router`,
///   Gratuitous ARPs will not be sent for router port IP addresses and SNAT IP addresses (if SNAT
///   IP is same as the router port IP) defined on its peer router port. Do not set this option if
///   the router port IPs are also used as SNAT and DNAT IPs.
/// - `arp_proxy`: Optional. A list of MAC and addresses/cidrs or just addresses/cidrs that this
///   logical switch `router` port will reply to ARP/NDP requests. Examples: `169.254.239.254
///   169.254.239.2`, `0a:58:a9:fe:01:01 169.254.239.254 169.254.239.2 169.254.238.0/24`,
///   `fd7b:6b4d:7b25:d22f::1 fd7b:6b4d:7b25:d22f::2`, `0a:58:a9:fe:01:01
///   fd7b:6b4d:7b25:d22f::0/64`. The[`options:router-port`](OPTIONS)'s logical router should have a
///   route to forward packets sent to configured proxy ARP MAC/IPs to an appropriate destination.
/// - `enable_router_port_acl` (boolean): Optional. Enable conntrack for the router port whose peer
///   is l3dgw_port if set to `true`. The default value is `false`.
/// - `ct-zone-limit` (integer from 0 to 4294967295): CT zone `limit` value for given
///   [`Logical_Switch_Port`](LogicalSwitchPort). This value has priority over limit specified on
///   [`Logical_Switch`](super::LogicalSwitch) when configured. The value 0 means unlimited. When
///   the option is not present the limit is not set and the zone limit is derived from OvS default
///   datapath limit.
///
/// **Keys**, Options for localnet ports:
///
/// - `network_name`: Required. The name of the network to which the `localnet` port is connected.
///   Each hypervisor, via `ovn-controller`, uses its local configuration to determine exactly how
///   to connect to this locally accessible network, if at all.
/// - `ethtype`: Optional. VLAN EtherType field value for encapsulating VLAN headers. Supported
///   values: 802.1q (default), 802.1ad.
/// - `localnet_learn_fdb` (boolean): Optional. Allows localnet port to learn MACs and store them in
///   FDB table if set to `true`. The default value is `false`.
///
/// **Keys**, Options for l2gateway ports:
///
/// - `network_name`: Required. The name of the network to which the `l2gateway` port is connected.
///   The L2 gateway, via `ovn-controller`, uses its local configuration to determine exactly how to
///   connect to this network.
/// - `l2gateway-chassis`: Required. The chassis on which the `l2gateway` logical port should be
///   bound to. `ovn-controller` running on the defined chassis will connect this logical port to
///   the physical network.
///
/// **Keys**, Options for vtep ports:
///
/// - `vtep-physical-switch`: Required. The name of the VTEP gateway.
/// - `vtep-logical-switch`: Required. A logical switch name connected by the VTEP gateway.
///
/// **Keys**, VMI (or VIF) Options:
///
/// - `requested-chassis`: If set, identifies a specific chassis (by name or hostname) that is
///   allowed to bind this port. Using this option will prevent thrashing between two chassis trying
///   to bind the same port during a live migration. It can also prevent similar thrashing due to a
///   mis-configuration, if a port is accidentally created on more than one chassis.
///
///   If set to a comma separated list, the first entry identifies the main chassis and the rest are
///   one or more additional chassis that are allowed to bind the same port.
///
///   When multiple chassis are set for the port, and the logical switch is connected to an external
///   network through a `localnet` port, tunneling is enforced for the port to guarantee delivery of
///   packets directed to the port to all its locations. This has MTU implications because the
///   network used for tunneling must have MTU larger than `localnet` for stable connectivity.
///
///   If the same host co-hosts more than one controller instance (either belonging to the same or
///   separate clusters), special attention should be given to consistently using unique chassis
///   names used in this option. It is advised that chassis names - and not host names - are used
///   for this option.
/// - `activation-strategy`: If used with multiple chassis set in `requested-chassis`, specifies an
///   activation strategy for all additional chassis. By default, no activation strategy is used,
///   meaning additional port locations are immediately available for use. The option supports a
///   comma separated list where you can combine 3 protocols, "rarp", "garp" and "na". When any of
///   the protocols is set, the port is blocked for ingress and egress communication until a
///   specified protocol packet is sent from a new location. The activation strategy is useful in
///   live migration scenarios for virtual machines.
/// - `iface-id-ver`: If set, this port will be bound by `ovn-controller` only if this same key and
///   value is configured in the `Open_vSwitch.Interface.external_ids` column in the Open_vSwitch
///   database's `Open_vSwitch.Interface` table.
/// - `qos_min_rate`: If set, indicates the minimum guaranteed rate available for data sent from
///   this interface, in bit/s.
/// - `qos_max_rate`: If set, indicates the maximum rate for data sent from this interface, in
///   bit/s. The traffic will be shaped according to this limit.
/// - `qos_burst`: If set, indicates the maximum burst size for data sent from this interface, in
///   bits.
/// - `hostname`: If set, indicates the DHCPv4 option "Hostname" (option code 12) associated for
///   this Logical Switch Port. If DHCPv4 is enabled for this Logical Switch Port, hostname dhcp
///   option will be included in DHCP reply.
/// - `force_fdb_lookup` (boolean): This option is supported only if the Logical Switch Port is of
///   default [`type`](TYPE) (i.e. type set to empty_string) and also [`addresses`](ADDRESSES)
///   column contains `unknown`. If set to `true`, MAC addresses (if configured) are not installed
///   in the l2 lookup table but the MAC addresses are learnt and stored in the FDB table. The
///   default value is `false`.
/// - `disable_garp_rarp` (boolean): If set to `true`, GARP and RARP announcements are not sent when
///   a VIF port is created on a bridged logical switch. The default value is `false`.
/// - `pkt_clone_type` (string, one of `mc_unknown`): If set to mc_unknown, packets going to this
///   VIF get cloned to all unknown ports connected to the same Logical Switch.
/// - `disable_arp_nd_rsp` (boolean): If set to `true`, ARP/ND responder flows are not installed for
///   the IP addresses configured on this logical port. Default: `false`.
/// - `lsp_learn_mac` (boolean): If set to `false`, source MAC address is not learnt by FDB when
///   packets are received on this port. The default value is `true`.
/// - `receive_multicast` (boolean): If set to `false`, multicast traffic is not forwarded to this
///   port. The default value is `true`.
/// - `is-nf` (boolean): Needs to be set to `true` for Network Function ports. These are the ports
///   used as `inport` or `outport` in Network_Function table. The default value is `false`.
/// - `nf-linked-port`: Each row in Network_Function table refers to two logical switch ports under
///   the columns `inport` and `outport`. The port identified as `inport` needs to have this option
///   set to the port identified as `outport`, and vice-versa.
///
/// **Keys**, VIF Plugging Options:
///
/// - `vif-plug-type`: If set, OVN will attempt to perform plugging of this VIF. In order to get
///   this port plugged by the OVN controller, OVN must be built with support for VIF plugging. The
///   default behavior is for the CMS to do the VIF plugging. Each VIF plug provider have their own
///   options namespaced by name, for example "vif-plug:representor:key". Please refer to the VIF
///   plug provider documentation located in Documentation/topics/vif-plug-providers/ for more
///   information.
/// - `vif-plug-mtu-request`: Requested MTU for plugged interfaces. When set the OVN controller will
///   fill the `Interface.mtu_request` column of the Open vSwitch database's `vswitch.Interface`
///   table. This in turn will make OVS vswitchd update the MTU of the linked interface.
///
/// **Keys**, Virtual port Options:
///
/// - `virtual-ip`: This option represents the virtual IPv4 address.
/// - `virtual-parents`: This options represents a set of logical port names (with in the same
///   logical switch) which can own the `virtual ip` configured in the
///   [`options:virtual-ip`](OPTIONS). All these virtual parents should add the `virtual ip` in the
///   [`port_security`](PORT_SECURITY) if port security addressed are enabled.
///
/// **Keys**, IP Multicast Snooping Options:
///
/// - `mcast_flood` (boolean): If set to `true`, multicast packets (except reports) are
///   unconditionally forwarded to the specific port. Default: `false`.
/// - `mcast_flood_reports` (boolean): If set to `true`, multicast reports are unconditionally
///   forwarded to the specific port. Default: `false`.
///
/// **Keys**, Tunnel Key:
///
/// - `requested-tnl-key` (integer from 1 to 32767): Configures the port binding tunnel key for the
///   port. Usually this is not needed because `ovn-northd` will assign an unique key for each port
///   by itself. However, if it is configured, `ovn-northd` honors the configured value. The typical
///   use case is for interconnection: the tunnel keys for ports on transit switches need to be
///   unique globally, so they are maintained in the global `OVN_IC_Southbound` database, and
///   `ovn-ic` simply syncs the value from `OVN_IC_Southbound` through this config.
pub const OPTIONS: Column<LogicalSwitchPort, Map<String, String>> = Column::new(10);

/// `parent_name`: The VM interface through which the nested container sends its network traffic.
/// This must match the [`name`](NAME) column for some other
/// [`Logical_Switch_Port`](LogicalSwitchPort). Note: for performance of the OVN Southbound database
/// conditional monitoring, unlike for regular VIFs, `ovn-controller` will register to get updates
/// about all OVN Southbound database `OVN_Southbound.Port_Binding` table records that correspond to
/// nested container ports even if `external_ids:ovn-monitor-all` is set to `false`. See
/// `ovn-controller`(8) for more information.
///
/// **Shape**: optional string.
pub const PARENT_NAME: Column<LogicalSwitchPort, Option<String>> = Column::new(11);

/// `peer`: For a switch port used to connect two logical switches, this identifies the other switch
/// port in the pair by [`name`](NAME).
///
/// For a switch port attached to a logical router, this column is empty.
///
/// **Shape**: optional string.
pub const PEER: Column<LogicalSwitchPort, Option<String>> = Column::new(12);

/// `port_security`: This column controls the addresses from which the host attached to the logical
/// port ("the host") is allowed to send packets and to which it is allowed to receive packets. If
/// this column is empty, all addresses are permitted.
///
/// Each element in the set must begin with one Ethernet address. This would restrict the host to
/// sending packets from and receiving packets to the ethernet addresses defined in the logical
/// port's [`port_security`](PORT_SECURITY) column. It also restricts the inner source MAC addresses
/// that the host may send in ARP and IPv6 Neighbor Discovery packets. The host is always allowed to
/// receive packets to multicast and broadcast Ethernet addresses.
///
/// Each element in the set may additionally contain one or more IPv4 or IPv6 addresses (or both),
/// with optional masks. If a mask is given, it must be a CIDR mask. In addition to the restrictions
/// described for Ethernet addresses above, such an element restricts the IPv4 or IPv6 addresses
/// from which the host may send and to which it may receive packets to the specified addresses. A
/// masked address, if the host part is zero, indicates that the host is allowed to use any address
/// in the subnet; if the host part is nonzero, the mask simply indicates the size of the subnet. In
/// addition:
///
/// - If any IPv4 address is given, the host is also allowed to receive packets to the IPv4 local
///   broadcast address 255.255.255.255 and to IPv4 multicast addresses (224.0.0.0/4). If an IPv4
///   address with a mask is given, the host is also allowed to receive packets to the broadcast
///   address in that specified subnet.
///
///   If any IPv4 address is given, the host is additionally restricted to sending ARP packets with
///   the specified source IPv4 address. (RARP is not restricted.)
/// - If any IPv6 address is given, the host is also allowed to receive packets to IPv6 multicast
///   addresses (ff00::/8).
///
///   If any IPv6 address is given, the host is additionally restricted to sending IPv6 Neighbor
///   Discovery Solicitation or Advertisement packets with the specified source address or, for
///   solicitations, the unspecified address.
///
/// If an element includes an IPv4 address, but no IPv6 addresses, then IPv6 traffic is not allowed.
/// If an element includes an IPv6 address, but no IPv4 address, then IPv4 and ARP traffic is not
/// allowed.
///
/// This column uses the same lexical syntax as the `OVN_Southbound.Pipeline.match` column in the
/// OVN Southbound database's `OVN_Southbound.Pipeline` table. Multiple addresses within an element
/// may be space or comma separated.
///
/// Each element in the set also supports the special prefix "VRRPv3" that allows specification of
/// single physical MAC and multiple VRRPv3 MAC addresses. As for non VRRPv3 entries, multiple IP
/// addresses can be associated with the specified MACs. "VRRPv3" with a single physical MAC
/// translates to allowing traffic for the whole "VRRPv3" range of MACs. See more in the examples.
/// When the port security configuration entry contains the VRRPv3 label, the behavior for physical
/// MAC (the first specified) is different. The installed flows will allow traffic from/to VRRP MACs +
/// IPs. The physical MAC is there to properly allow ARP/ND with given VRRP MACs. To allow traffic
/// that is not related to virtual router, e.g., IP traffic with a physical MAC as a source, a
/// regular port security entry should be added separately.
///
/// This column is provided as a convenience to cloud management systems, but all of the features
/// that it implements can be implemented as ACLs using the [`ACL`](super::Acl) table.
///
/// Examples:
///
/// - `80:fa:5b:06:72:b7`: The host may send traffic from and receive traffic to the specified MAC
///   address, and to receive traffic to Ethernet multicast and broadcast addresses, but not
///   otherwise. The host may not send ARP or IPv6 Neighbor Discovery packets with inner source
///   Ethernet addresses other than the one specified.
/// - `80:fa:5b:06:72:b7 192.168.1.10/24`: This adds further restrictions to the first example. The
///   host may send IPv4 packets from or receive IPv4 packets to only 192.168.1.10, except that it
///   may also receive IPv4 packets to 192.168.1.255 (based on the subnet mask), 255.255.255.255,
///   and any address in 224.0.0.0/4. The host may not send ARPs with a source Ethernet address
///   other than 80:fa:5b:06:72:b7 or source IPv4 address other than 192.168.1.10. The host may not
///   send or receive any IPv6 (including IPv6 Neighbor Discovery) traffic.
/// - `"80:fa:5b:12:42:ba", "80:fa:5b:06:72:b7 192.168.1.10/24"`: The host may send traffic from and
///   receive traffic to the specified MAC addresses, and to receive traffic to Ethernet multicast
///   and broadcast addresses, but not otherwise. With MAC 80:fa:5b:12:42:ba, the host may send
///   traffic from and receive traffic to any L3 address. With MAC 80:fa:5b:06:72:b7, the host may
///   send IPv4 packets from or receive IPv4 packets to only 192.168.1.10, except that it may also
///   receive IPv4 packets to 192.168.1.255 (based on the subnet mask), 255.255.255.255, and any
///   address in 224.0.0.0/4. The host may not send or receive any IPv6 (including IPv6 Neighbor
///   Discovery) traffic.
/// - `"VRRPv3 <PHYSICAL_MAC>"`: The host may send ARP/ND packets with physical MAC as a source and
///   any of the VRRPv3 MACs as inner SHA/TLL/SLL - 00:00:5e:00:01:00/40 for IPv4 and
///   00:00:5e:00:02:00/40 for IPv6. It may also send or receive any traffic with any of VRRPv3 MAC
///   addresses as a source or destination. But not with the physical MAC address.
/// - `"VRRPv3 <PHYSICAL_MAC>` `<VRRPV3_MACv4_1>/[<MASK1>]` `<VRRPV3_MACv4_N>`
///   `<VRRPV3_MACv6_1>/[<MASK2>]` `<VRRPV3_MACv6_N>"`: Same as the previous example, but allowed
///   VRRPv3 MAC addresses are limited to the specified ones. The specified VRRPv3 MAC addresses
///   must have a correct prefix - 00:00:5e:00:01 for IPv4 and 00:00:5e:00:02 for IPv6. VRRPv3 MACs
///   can be provided with a mask with a prefix between /40 and /48.
/// - `"VRRPv3 <PHYSICAL_MAC>` `<VRRPV3_MACv4_1>/[<MASK1>]` `<VRRPV3_MACv4_N>`
///   `<VRRPV3_MACv6_1>/[<MASK2>]` `<VRRPV3_MACv6_N>` `<VRRPV3_IPv4_1>/[<MASK1>]` `<VRRPV3_IPv4_N>`
///   `<VRRPV3_IPv6_1>/[<MASK2>]` `<VRRPV3_IPv6_N>"`: The same as the previous example, but the
///   provided IP addresses further restrict the inner IP for ARP/ND. As well as IP/IPv6 traffic
///   to/from given VRRPv3 MACs. The IP address format is the same as for the regular port security
///   entry.
///
/// **Shape**: set of strings.
pub const PORT_SECURITY: Column<LogicalSwitchPort, Set<String>> = Column::new(13);

/// `tag`: The VLAN tag allocated by `ovn-northd` based on the contents of the
/// [`tag_request`](TAG_REQUEST) column.
///
/// **Shape**: optional integer from 1 to 4095.
pub const TAG: Column<LogicalSwitchPort, Option<i64>> = Column::new(14);

/// `tag_request`: The VLAN tag in the network traffic associated with a container's network
/// interface. The client can request `ovn-northd` to allocate a tag that is unique within the scope
/// of a specific parent (specified in [`parent_name`](PARENT_NAME)) by setting a value of `0` in
/// this column. The allocated value is written by `ovn-northd` in the [`tag`](TAG) column. (Note
/// that these tags are allocated and managed locally in `ovn-northd`, so they cannot be
/// reconstructed in the event that the database is lost.) The client can also request a specific
/// non-zero tag and `ovn-northd` will honor it and copy that value to the [`tag`](TAG) column.
///
/// When [`type`](TYPE) is set to `localnet` or `l2gateway`, this can be set to indicate that the
/// port represents a connection to a specific VLAN on a locally accessible network. The VLAN ID is
/// used to match incoming traffic and is also added to outgoing traffic.
///
/// **Shape**: optional integer from 0 to 4095.
pub const TAG_REQUEST: Column<LogicalSwitchPort, Option<i64>> = Column::new(15);

/// `type`: Specify a type for this logical port. Logical ports can be used to model other types of
/// connectivity into an OVN logical switch. The following types are defined:
///
/// - (empty string): A VM (or VIF) interface.
/// - `router`: A connection to a logical router. The value of [`options:router-port`](OPTIONS)
///   specifies the [`name`](NAME) of the [`Logical_Router_Port`](super::LogicalRouterPort) to which
///   this logical switch port is connected.
/// - `switch`: A connection to another logical switch. The value of [`peer`](PEER) specifies the
///   [`name`](NAME) of the [`Logical_Switch_Port`](LogicalSwitchPort) to which this logical switch
///   port is connected. Such ports always have an implicit "unknown" address, because the address
///   information is not leaked between directly connected switches.
/// - `localnet`: A connection to a locally accessible network from `ovn-controller` instances that
///   have a corresponding bridge mapping. A logical switch can have multiple `localnet` ports
///   attached. This type is used to model direct connectivity to existing networks. In this case,
///   each chassis should have a mapping for one of the physical networks only. Note: nothing said
///   above implies that a chassis cannot be plugged to multiple physical networks as long as they
///   belong to different switches.
/// - `localport`: A connection to a local VIF. Traffic that arrives on a `localport` is never
///   forwarded over a tunnel to another chassis. These ports are present on every chassis and have
///   the same address in all of them. This is used to model connectivity to local services that run
///   on every hypervisor.
/// - `l2gateway`: A connection to a physical network.
/// - `vtep`: A port to a logical switch on a VTEP gateway.
/// - `external`: Represents a logical port which is external and not having an OVS port in the
///   integration bridge. `OVN` will never receive any traffic from this port or send any traffic to
///   this port. `OVN` can support native services like DHCPv4/DHCPv6/DNS for this port. If
///   [`ha_chassis_group`](HA_CHASSIS_GROUP) is defined, `ovn-controller` running in the active
///   chassis of the HA chassis group will bind this port to provide these native services. It is
///   expected that this port belong to a bridged logical switch (with a `localnet` port).
///
///   It is recommended to use the same HA chassis group for all the external ports of a logical
///   switch. Otherwise, the physical switch might see MAC flap issue when different chassis provide
///   the native services. For example when supporting native DHCPv4 service, DHCPv4 server mac
///   (configured in `OVN_NB.DHCP_Options.options:server_mac` column in table
///   [`DHCP_Options`](DhcpOptions)) originating from different ports can cause MAC flap issue. The
///   MAC of the logical router IP(s) can also flap if the same HA chassis group is not set for all
///   the external ports of a logical switch.
///
///   Below are some of the use cases where `external` ports can be used.
///
///   - VMs connected to SR-IOV nics - Traffic from these VMs by passes the kernel stack and local
///     `ovn-controller` do not bind these ports and cannot serve the native services.
///   - When CMS supports provisioning baremetal servers.
/// - `virtual`: Represents a logical port which does not have an OVS port in the integration bridge
///   and has a virtual ip configured in the [`options:virtual-ip`](OPTIONS) column. This virtual ip
///   can move around between the logical ports configured in the
///   [`options:virtual-parents`](OPTIONS) column.
///
///   One of the use case where `virtual` ports can be used is.
///
///   - The `virtual ip` represents a load balancer vip and the `virtual parents` provide load
///     balancer service in an active-standby setup with the active virtual parent owning the
///     `virtual ip`.
/// - `remote`: A remote port is to model a port that resides remotely on another OVN, which is on
///   the other side of a transit logical switch for OVN interconnection. This type of ports are
///   created by `ovn-ic` instead of by CMS. Any change to the port will be automatically
///   overwritten by `ovn-ic`.
///
/// **Shape**: string.
pub const TYPE: Column<LogicalSwitchPort, String> = Column::new(16);

/// `up`: This column is populated by `ovn-northd`, rather than by the CMS plugin as is most of this
/// database. When a logical port is bound to a physical location in the OVN Southbound database
/// `OVN_Southbound.Binding` table, `ovn-northd` sets this column to `true`; otherwise, or if the
/// port becomes unbound later, it sets it to `false`. If this column is empty, the port is not
/// considered up. This allows the CMS to wait for a VM's (or container's) networking to become
/// active before it allows the VM (or container) to start.
///
/// Logical ports of router type are an exception to this rule. They are considered to be always up,
/// that is this column is always set to `true`.
///
/// **Shape**: optional boolean.
pub const UP: Column<LogicalSwitchPort, Option<bool>> = Column::new(17);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<LogicalSwitchPort, String> = Index::schema(0);

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
    database: "OVN_Northbound",
    name: "Logical_Switch_Port",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "addresses", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "dhcpv4_options",
            key: BaseDef { reference: Some(("DHCP_Options", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "dhcpv6_options",
            key: BaseDef { reference: Some(("DHCP_Options", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "dynamic_addresses", min: 0, ..PLAIN },
        ColumnDef { name: "enabled", key: BOOLEAN, min: 0, ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "ha_chassis_group",
            key: BaseDef { reference: Some(("HA_Chassis_Group", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "health_checks",
            key: BaseDef { reference: Some(("Logical_Switch_Port_Health_Check", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "mirror_rules",
            key: BaseDef { reference: Some(("Mirror", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "parent_name", min: 0, ..PLAIN },
        ColumnDef { name: "peer", min: 0, ..PLAIN },
        ColumnDef { name: "port_security", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "tag",
            key: BaseDef { integers: (Some(1), Some(4095)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "tag_request",
            key: BaseDef { integers: (Some(0), Some(4095)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "type", ..PLAIN },
        ColumnDef { name: "up", key: BOOLEAN, min: 0, ..PLAIN },
    ],
    indexes: &[&[9]],
};

impl Table for LogicalSwitchPort {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ADDRESSES, self.addresses());
        visitor.column(DHCPV4_OPTIONS, self.dhcpv4_options());
        visitor.column(DHCPV6_OPTIONS, self.dhcpv6_options());
        visitor.column(DYNAMIC_ADDRESSES, self.dynamic_addresses());
        visitor.column(ENABLED, self.enabled());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(HA_CHASSIS_GROUP, self.ha_chassis_group());
        visitor.column(HEALTH_CHECKS, self.health_checks());
        visitor.column(MIRROR_RULES, self.mirror_rules());
        visitor.column(NAME, self.name());
        visitor.column(OPTIONS, self.options());
        visitor.column(PARENT_NAME, self.parent_name());
        visitor.column(PEER, self.peer());
        visitor.column(PORT_SECURITY, self.port_security());
        visitor.column(TAG, self.tag());
        visitor.column(TAG_REQUEST, self.tag_request());
        visitor.column(TYPE, self.type_());
        visitor.column(UP, self.up());
    }
}

impl fmt::Debug for LogicalSwitchPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalSwitchPort {
    /// Addresses owned by the logical port. See [`ADDRESSES`].
    pub fn addresses(&self) -> SetView<'_, String> {
        self.0.get(ADDRESSES)
    }

    /// This column defines the DHCPv4 Options to be included by the `ovn-controller` when it
    /// replies to the DHCPv4 requests. See [`DHCPV4_OPTIONS`].
    pub fn dhcpv4_options(&self) -> Option<Ref<DhcpOptions>> {
        self.0.get(DHCPV4_OPTIONS)
    }

    /// This column defines the DHCPv6 Options to be included by the `ovn-controller` when it
    /// replies to the DHCPv6 requests. See [`DHCPV6_OPTIONS`].
    pub fn dhcpv6_options(&self) -> Option<Ref<DhcpOptions>> {
        self.0.get(DHCPV6_OPTIONS)
    }

    /// Addresses assigned to the logical port by `ovn-northd`, if `dynamic` is specified in
    /// [`addresses`](ADDRESSES). See [`DYNAMIC_ADDRESSES`].
    pub fn dynamic_addresses(&self) -> Option<&str> {
        self.0.get(DYNAMIC_ADDRESSES)
    }

    /// This column is used to administratively set port state. See [`ENABLED`].
    pub fn enabled(&self) -> Option<bool> {
        self.0.get(ENABLED)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// References a row in the OVN Northbound database's `OVN_Northbound.HA_Chassis_Group` table.
    /// See [`HA_CHASSIS_GROUP`].
    pub fn ha_chassis_group(&self) -> Option<Ref<HaChassisGroup>> {
        self.0.get(HA_CHASSIS_GROUP)
    }

    /// Health checks configuration for this logical switch port. See [`HEALTH_CHECKS`].
    pub fn health_checks(&self) -> SetView<'_, Ref<LogicalSwitchPortHealthCheck>> {
        self.0.get(HEALTH_CHECKS)
    }

    /// Mirror rules that apply to logical switch port which is the source. See [`MIRROR_RULES`].
    pub fn mirror_rules(&self) -> SetView<'_, Ref<Mirror>> {
        self.0.get(MIRROR_RULES)
    }

    /// The logical port name. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// This column provides key/value settings specific to the logical port [`type`](TYPE). See
    /// [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// The VM interface through which the nested container sends its network traffic. See
    /// [`PARENT_NAME`].
    pub fn parent_name(&self) -> Option<&str> {
        self.0.get(PARENT_NAME)
    }

    /// For a switch port used to connect two logical switches, this identifies the other switch
    /// port in the pair by [`name`](NAME). See [`PEER`].
    pub fn peer(&self) -> Option<&str> {
        self.0.get(PEER)
    }

    /// This column controls the addresses from which the host attached to the logical port ("the
    /// host") is allowed to send packets and to which it is allowed to receive packets. See
    /// [`PORT_SECURITY`].
    pub fn port_security(&self) -> SetView<'_, String> {
        self.0.get(PORT_SECURITY)
    }

    /// The VLAN tag allocated by `ovn-northd` based on the contents of the
    /// [`tag_request`](TAG_REQUEST) column. See [`TAG`].
    pub fn tag(&self) -> Option<i64> {
        self.0.get(TAG)
    }

    /// The VLAN tag in the network traffic associated with a container's network interface. See
    /// [`TAG_REQUEST`].
    pub fn tag_request(&self) -> Option<i64> {
        self.0.get(TAG_REQUEST)
    }

    /// Specify a type for this logical port. See [`TYPE`].
    pub fn type_(&self) -> &str {
        self.0.get(TYPE)
    }

    /// This column is populated by `ovn-northd`, rather than by the CMS plugin as is most of this
    /// database. See [`UP`].
    pub fn up(&self) -> Option<bool> {
        self.0.get(UP)
    }
}
