//! `Logical_Router_Port`: L3 logical router port.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::dhcp_relay::DhcpRelay;
use super::gateway_chassis::GatewayChassis;
use super::ha_chassis_group::HaChassisGroup;

/// A port within an L3 logical router.
///
/// Exactly one [`Logical_Router`](super::LogicalRouter) row must reference a given logical router
/// port.
///
/// # Distributed Gateway Ports
///
/// Gateways, as documented under `Gateways` in the OVN architecture guide, provide limited
/// connectivity between logical networks and physical ones. OVN support multiple kinds of gateways.
/// The [`Logical_Router_Port`](LogicalRouterPort) table can be used two different ways to configure
/// *distributed gateway ports*, which are one kind of gateway. These two forms of configuration
/// exist for historical reasons. Both of them produce the same kind of OVN southbound records and
/// the same behavior in practice.
///
/// If either of these are set, this logical router port represents a distributed gateway port that
/// connects this router to a logical switch with a `localnet` port or a connection to another OVN
/// deployment.
///
/// Also mentioned in the OVN architecture guide, distributed gateway ports can also be used for
/// scalability reasons in deployments where logical switches are dedicated to chassises rather than
/// distributed.
///
/// The preferred way to configure a gateway is [`ha_chassis_group`](HA_CHASSIS_GROUP), but
/// [`gateway_chassis`](GATEWAY_CHASSIS) is also supported for backward compatibility. Only one of
/// these should be set at a time on a given LRP, since they configure the same features.
///
/// Even when a gateway is configured, the logical router port still effectively resides on each
/// chassis. However, due to the implications of the use of L2 learning in the physical network, as
/// well as the need to support advanced features such as one-to-many NAT (aka IP masquerading), a
/// subset of the logical router processing is handled in a centralized manner on the gateway
/// chassis.
///
/// There can be more than one distributed gateway ports configured on each logical router, each
/// connecting to different L2 segments. Load-balancing is not yet supported on logical routers with
/// more than one distributed gateway ports.
///
/// For each distributed gateway port, it may have more than one gateway chassises. When more than
/// one gateway chassis is specified, OVN only uses one at a time. OVN can rely on OVS BFD
/// implementation to monitor gateway connectivity, preferring the highest-priority gateway that is
/// online. Priorities are specified in the `priority` column of [`Gateway_Chassis`](GatewayChassis)
/// or [`HA_Chassis`](super::HaChassis).
///
/// `ovn-northd` programs the [`NAT.external_mac`](super::nat::EXTERNAL_MAC) rules specified in the
/// LRP's LR into the peer logical switch's destination lookup on the chassis where the
/// [`NAT.logical_port`](super::nat::LOGICAL_PORT) resides. In addition, the logical router's MAC
/// address is automatically programmed in the peer logical switch's destination lookup flow on the
/// gateway chasssis. If it is desired to generate gratuitous ARPs for NAT addresses, then set the
/// peer LSP's [`Logical_Switch_Port.options:nat-addresses`](super::logical_switch_port::OPTIONS) to
/// `router`.
///
/// OVN 20.03 and earlier supported a third way to configure distributed gateway ports using
/// `options:redirect-chassis` to specify the gateway chassis. This method is no longer supported.
/// Any remaining users should switch to one of the newer methods instead. A
/// [`gateway_chassis`](GATEWAY_CHASSIS) may be easily configured from the command line, e.g.
/// `ovn-nbctl lrp-set-gateway-chassis lrp chassis`.
///
/// Columns: [`ha_chassis_group`](HA_CHASSIS_GROUP), [`gateway_chassis`](GATEWAY_CHASSIS).
///
/// # Options for Physical VLAN MTU Issues
///
/// MTU issues arise in mixing tunnels with logical networks that are bridged to a physical VLAN.
/// For an explanation of the MTU issues, see `Physical VLAN MTU Issues` in the OVN architecture
/// document. The following options, which are alternatives, provide solutions. Both of them cause
/// packets to be sent over `localnet` instead of tunnels, but they differ in whether some or all
/// packets are sent this way. The most prominent tradeoff between these options is that
/// `reside-on-redirect-chassis` is easier to configure and that `redirect-type` performs better for
/// east-west traffic.
///
/// Column: [`options`](OPTIONS).
///
/// # ipv6_ra_configs
///
/// This column defines the IPv6 ND RA address mode and ND MTU Option to be included by
/// `ovn-controller` when it replies to the IPv6 Router solicitation requests.
///
/// Column: [`ipv6_ra_configs`](IPV6_RA_CONFIGS).
///
/// # Options
///
/// Additional options for the logical router port.
///
/// Column: [`options`](OPTIONS).
///
/// # Attachment
///
/// A given router port serves one of two purposes:
///
/// - To attach a logical switch to a logical router. A logical router port of this type is
///   referenced by exactly one [`Logical_Switch_Port`](super::LogicalSwitchPort) of type `router`.
///   The value of [`name`](NAME) is set as `router-port` in column [`options`](OPTIONS) of
///   [`Logical_Switch_Port`](super::LogicalSwitchPort). In this case [`peer`](PEER) column is
///   empty.
/// - To connect one logical router to another. This requires a pair of logical router ports, each
///   connected to a different router. Each router port in the pair specifies the other in its
///   [`peer`](PEER) column. No [`Logical_Switch`](super::LogicalSwitch) refers to the router port.
///
/// Column: [`peer`](PEER).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Status
///
/// Additional status about the logical router port.
///
/// Column: [`status`](STATUS).
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalRouterPort(Row);

/// `dhcp_relay`: This column is used to enabled DHCP Relay. Please refer to
/// [`DHCP_Relay`](DhcpRelay) table.
///
/// **Shape**: optional strong reference to [`DhcpRelay`].
pub const DHCP_RELAY: Column<LogicalRouterPort, Option<Ref<DhcpRelay>>> = Column::new(0);

/// `enabled`: This column is used to administratively set port state. If this column is empty or is
/// set to `true`, the port is enabled. If this column is set to `false`, the port is disabled. A
/// disabled port has all ingress and egress traffic dropped.
///
/// **Shape**: optional boolean.
pub const ENABLED: Column<LogicalRouterPort, Option<bool>> = Column::new(1);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// The `ovn-northd` program copies all these pairs into the [`external_ids`](EXTERNAL_IDS) column
/// of the `Port_Binding` table in `OVN_Southbound` database.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<LogicalRouterPort, Map<String, String>> = Column::new(2);

/// `gateway_chassis`: Designates one or more [`Gateway_Chassis`](GatewayChassis) for the logical
/// router port.
///
/// **Shape**: set of strong references to [`GatewayChassis`].
pub const GATEWAY_CHASSIS: Column<LogicalRouterPort, Set<Ref<GatewayChassis>>> = Column::new(3);

/// `ha_chassis_group`: Designates an [`HA_Chassis_Group`](HaChassisGroup) to provide gateway high
/// availability.
///
/// **Shape**: optional strong reference to [`HaChassisGroup`].
pub const HA_CHASSIS_GROUP: Column<LogicalRouterPort, Option<Ref<HaChassisGroup>>> = Column::new(4);

/// `ipv6_prefix`: This column contains IPv6 prefix obtained by prefix delegation router according
/// to RFC 3633
///
/// **Shape**: set of strings.
pub const IPV6_PREFIX: Column<LogicalRouterPort, Set<String>> = Column::new(5);

/// `ipv6_ra_configs` of `Logical_Router_Port`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `address_mode`: The address mode to be used for IPv6 address configuration. The supported
///   values are:
///
///   - `slaac`: Address configuration using Router Advertisement (RA) packet. The IPv6 prefixes
///     defined in the [`Logical_Router_Port`](LogicalRouterPort) table's
///     [`Logical_Router_Port.networks`](NETWORKS) column will be included in the RA's ICMPv6 option -
///     Prefix information.
///   - `dhcpv6_stateful`: Address configuration using DHCPv6.
///   - `dhcpv6_stateless`: Address configuration using Router Advertisement (RA) packet. Other IPv6
///     options are provided by DHCPv6.
/// - `router_preference`: Default Router Preference (PRF) indicates whether to prefer this router
///   over other default routers (RFC 4191). Possible values are:
///
///   - HIGH: mapped to 0x01 in RA PRF field
///   - MEDIUM: mapped to 0x00 in RA PRF field
///   - LOW: mapped to 0x11 in RA PRF field
/// - `route_info`: Route Info is used to configure Route Info Option sent in Router Advertisement
///   according to RFC 4191. Route Info is a comma separated string where each field provides PRF
///   and prefix for a given route (e.g: HIGH-aef1::11/48,LOW-aef2::11/96) Possible PRF values are:
///
///   - HIGH: mapped to 0x01 in RA PRF field
///   - MEDIUM: mapped to 0x00 in RA PRF field
///   - LOW: mapped to 0x11 in RA PRF field
/// - `mtu`: The recommended MTU for the link. Default is 0, which means no MTU Option will be
///   included in RA packet replied by ovn-controller. Per RFC 2460, the mtu value is recommended no
///   less than 1280, so any mtu value less than 1280 will be considered as no MTU Option.
/// - `send_periodic`: If set to true, then this router interface will send router advertisements
///   periodically. This option has no effect if [`ipv6_ra_configs:address_mode`](IPV6_RA_CONFIGS)
///   is not set. The default is false.
/// - `max_interval`: The maximum number of seconds to wait between sending periodic router
///   advertisements. This option has no effect if
///   [`ipv6_ra_configs:send_periodic`](IPV6_RA_CONFIGS) is false. The default is 600.
/// - `min_interval`: The minimum number of seconds to wait between sending periodic router
///   advertisements. This option has no effect if
///   [`ipv6_ra_configs:send_periodic`](IPV6_RA_CONFIGS) is false. The default is one-third of
///   [`ipv6_ra_configs:max_interval`](IPV6_RA_CONFIGS), i.e. 200 seconds if that key is unset.
/// - `rdnss`: IPv6 address of RDNSS server announced in RA packets. At the moment OVN supports just
///   one RDNSS server.
/// - `dnssl`: DNS Search List announced in RA packets. Multiple DNS Search List must be 'comma'
///   separated (e.g. "a.b.c, d.e.f")
pub const IPV6_RA_CONFIGS: Column<LogicalRouterPort, Map<String, String>> = Column::new(6);

/// `mac`: The Ethernet address that belongs to this router port.
///
/// **Shape**: string.
pub const MAC: Column<LogicalRouterPort, String> = Column::new(7);

/// `name`: A name for the logical router port.
///
/// In addition to provide convenience for human interaction with the northbound database, this
/// column is used as reference by its patch port in
/// [`Logical_Switch_Port`](super::LogicalSwitchPort) or another logical router port in
/// [`Logical_Router_Port`](LogicalRouterPort).
///
/// A logical router port may not have the same name as a logical switch port, but the database
/// schema cannot enforce this.
///
/// **Shape**: string; unique.
pub const NAME: Column<LogicalRouterPort, String> = Column::new(8);

/// `networks`: The IP addresses and netmasks of the router. For example, `192.168.0.1/24` indicates
/// that the router's IP address is 192.168.0.1 and that packets destined to 192.168.0.*x* should be
/// routed to this port. These are optional.
///
/// A logical router port always adds a link-local IPv6 address (fe80::/64) automatically generated
/// from the interface's MAC address using the modified EUI-64 format.
///
/// **Shape**: set of strings.
pub const NETWORKS: Column<LogicalRouterPort, Set<String>> = Column::new(9);

/// `options` of `Logical_Router_Port`.
///
/// **Shape**: map from string to string.
///
/// **Keys**, Options for Physical VLAN MTU Issues:
///
/// - `reside-on-redirect-chassis` (boolean): If set to `true`, this option forces all traffic
///   across the logical router port to pass through the gateway chassis using a hop across a
///   `localnet` port. This changes behavior in two ways:
///
///   - Without this option, east-west traffic passes directly between source and destination
///     chassis (or even within a single chassis, for co-located VMs). With this option, all
///     east-west traffic passes through the gateway chassis.
///   - Without this option, traffic between the gateway chassis and other chassis is encapsulated
///     in tunnels. With this option, traffic passes over a `localnet` interface.
///
///   This option may usefully be set only on logical router ports that connect a distributed
///   logical router to a logical switch with VIFs. It should not be set on a distributed gateway
///   port.
///
///   OVN honors this option only if the logical router has one and only one distributed gateway
///   port and if the LRP's peer switch has a `localnet` port.
/// - `redirect-type` (string, one of `overlay`, `bridged`): If set to `bridged` on a distributed
///   gateway port, this option causes OVN to redirect packets to the gateway chassis over a
///   `localnet` port instead of a tunnel. The relevant chassis must share a `localnet` port.
///
///   This feature requires the administrator or the CMS to configure each participating chassis
///   with a unique Ethernet address for the logical router by setting `ovn-chassis-mac-mappings` in
///   the Open vSwitch database, for use by `ovn-controller`.
///
///   Setting this option to `overlay` or leaving it unset has no effect. This option may usefully
///   be set only on a distributed gateway port when there is one and only one distributed gateway
///   port on the logical router. It is otherwise ignored.
///
/// **Keys**, Options:
///
/// - `mcast_flood` (boolean): If set to `true`, multicast traffic (including reports) are
///   unconditionally forwarded to the specific port.
///
///   This option applies when the port is part of a logical router which has
///   [`Logical_Router.options`](super::logical_router::OPTIONS):mcast_relay set to `true`.
///
///   Default: `false`.
/// - `requested-tnl-key` (integer from 1 to 32767): Configures the port binding tunnel key for the
///   port. Usually this is not needed because `ovn-northd` will assign an unique key for each port
///   by itself. However, if it is configured, `ovn-northd` honors the configured value.
/// - `prefix_delegation` (boolean): If set to `true`, enable IPv6 prefix delegation state machine
///   on this logical router port (RFC3633). IPv6 prefix delegation is available just on a gateway
///   router or on a gateway router port.
/// - `prefix` (boolean): If set to `true`, this interface will receive an IPv6 prefix according to
///   RFC3663
/// - `route_table`: Designates lookup for `Logical_Router_Static_Routes` with the specified
///   `route_table` value. See detailed explanation for routes lookup behavior in
///   `Logical_Router_Static_Route:route_table` field description.
/// - `gateway_mtu` (integer from 68 to 65535): If set, logical flows will be added to router
///   pipeline to check packet length. If packet length is greater than the value set, ICMPv4 type 3
///   (Destination Unreachable) code 4 (Fragmentation Needed and Don't Fragment was Set) or ICMPv6
///   type 2 (Packet Too Big) code 0 (no route to destination) packets will be generated. This
///   allows for Path MTU Discovery.
/// - `routing-protocol-redirect`: This option expects a name of a Logical Switch Port that's
///   present in the peer's Logical Switch. If set, it causes any traffic that's destined for
///   Logical Router Port's IP addresses (including its IPv6 LLA) and the ports associated with
///   routing protocols defined ip `routing-protocols` option, to be redirected to the specified
///   Logical Switch Port. This allows external routing daemons to be bound to a port in OVN's
///   Logical Switch and act as if they were listening on Logical Router Port's IP addresses.
/// - `routing-protocols`: This option expects a comma-separated list of routing, and
///   routing-related protocols, whose control plane traffic will be redirected to a port specified
///   in `routing-protocol-redirect` option. Currently supported options are:
///
///   - `BGP` (forwards TCP port 179)
///   - `BFD` (forwards UDP port 3784)
///
///   Note that for BGP to work in "unnumbered mode" (advertising IPv4 routes over IPv6 network,
///   with automatic on-link peer discovery), Logical Router Port needs to enable sending of
///   periodic IPv6 Router Announcements (see the
///   [`ipv6_ra_configs:send_periodic`](IPV6_RA_CONFIGS)). Recommended minimal configuration of
///   periodic RAs for BGP unnumbered:
///
///   - [`ipv6_ra_configs:address_mode`](IPV6_RA_CONFIGS) = `slaac` (Any valid value is OK, but the
///     option needs to be set)
///   - [`ipv6_ra_configs:send_periodic`](IPV6_RA_CONFIGS) = `true`
///   - [`ipv6_ra_configs:max_interval`](IPV6_RA_CONFIGS) = `10`
///   - [`ipv6_ra_configs:min_interval`](IPV6_RA_CONFIGS) = `5`
///
///   Feel free to adjust max and min interval values, but be aware that they influence speed at
///   which the initial BGP session is established. With the above values, the session will be
///   established in 5 to 10 seconds. Please refer to RFC 8950 for more details about advertising
///   IPv4 networks over IPv6 next-hop addresses.
/// - `gateway_mtu_bypass`: When configured, represents a match expression, in the same expression
///   language used for the `OVN_Southbound.Logical_Flow.match` column in the OVN Southbound
///   database's `OVN_Southbound.Logical_Flow` table. Packets matching this expression will bypass
///   the length check configured through the [`options:gateway_mtu`](OPTIONS) option.
/// - `ic-route-tag`: This option expects a name of a route-tag that's present in the Logical Router
///   Port. If set, it causes any route advertised by the Logical Router Port to include the
///   `route-tag` in the `external_ids` register of the advertised route entry in the
///   `OVN_IC_Southbound.Route` table of the `OVN_IC_Southbound` database. This allows to tag and
///   filter route tags in the process of advertising and learning routes in `ovn-ic` daemon.
/// - `ic-route-filter-tag`: This option expects a name of a filtered route-tag that's present in
///   the Logical Router Port. If set, it causes any route learned by the Logical Router Port with
///   the `route-tag` present in the external_ids register of the advertised route entry in the
///   `OVN_IC_Southbound.Route` table of the `OVN_IC_Southbound` database, will be filtered and not
///   learned by the `ovn-ic` daemon.
/// - `requested-chassis`: If set, identifies a specific chassis (by name or hostname) that is
///   allowed to bind this port. This option is valid only for chassis that have
///   `options:is-remote=true`, in other words for chassis that are in different Availability zone.
///   The option accepts only single value.
///
///   By assigning remote chassis the [`Logical_Router`](super::LogicalRouter) gains status of
///   `Transit Router` see [`Logical_Router`](super::LogicalRouter) table for more details.
/// - `dynamic-routing-redistribute`: Only relevant if
///   [`Logical_Router.options:dynamic-routing`](super::logical_router::OPTIONS) on the respective
///   Logical_Router is set to `true`.
///
///   This is a list of elements separated by `,`.
///
///   If `connected` is in the list then northd will synchronize all "connected" routes to the
///   southbound `OVN_Southbound.Advertised_Route` table. "Connected" here means routes implicitly
///   created by networks associated with the LRPs.
///
///   If `connected-as-host` is in the list then northd will enumerate all actively used individual
///   IPs of a "connected" route and announce these IPs as host routes instead of announcing the
///   subnet. This includes LSP and LRP addresses on the network as well as NAT entries of remove
///   Logical_Routers on this network. Setting this implies the setting `connected`. This setting
///   can be used to:
///
///   - allow the fabric outside of OVN to drop traffic towards IP addresses that are not actually
///     used. This traffic would otherwise hit this LR and then be dropped.
///   - If this LR has multiple LRPs connected to the fabric on different chassis: allows the fabric
///     outside of OVN to steer packets to the chassis which already hosts this backing ip address.
///
///   If `static` is in the list then northd will synchronize all
///   [`Logical_Router_Static_Route`](super::LogicalRouterStaticRoute) to the southbound
///   `OVN_Southbound.Advertised_Route` table.
///
///   If `lb` is in the list then northd will create entries in `OVN_Southbound.Advertised_Route`
///   table for each Load Balancer VIP on this port's router, and it's neighboring routers.
///   Neighboring routers are those that are either directly connected to this Logical Router Port,
///   or those that are connected via shared Logical Switch.
///
///   If `nat` is in the list then northd will create entries in `OVN_Southbound.Advertised_Route`
///   table for each NAT's external IP on this port's router, and it's neighboring routers.
///   Neighboring routers are those that are either directly connected to this Logical Router Port,
///   or those that are connected via shared Logical Switch.
///
///   If not set the value from
///   [`Logical_Router.options:dynamic-routing-redistribute`](super::logical_router::OPTIONS) on the
///   Logical_Router will be used.
/// - `dynamic-routing-redistribute-local-only` (boolean): Only relevant if
///   [`options:dynamic-routing`](OPTIONS) is set to `true`.
///
///   This controls whether `ovn-controller` will advertise `OVN_Southbound.Advertised_Route`
///   records only on the chassis where their `tracked_port` is bound.
///
///   If not set the value from
///   [`Logical_Router.options:dynamic-routing-redistribute-local-only`](super::logical_router::OPTIONS)
///   on the [`Logical_Router`](super::LogicalRouter) will be used.
/// - `dynamic-routing-maintain-vrf` (boolean): Only relevant if
///   [`Logical_Router.options:dynamic-routing`](super::logical_router::OPTIONS) on the respective
///   Logical_Router is set to `true`.
///
///   If this LRP is bound to a specific chassis then the ovn-controller of this chassis will
///   maintain a vrf. This vrf will contain all the routes that should be announced from this LRP.
///   Unless [`Logical_Router.options:dynamic-routing-vrf-name`](super::logical_router::OPTIONS) is
///   set the vrf will be named "ovnvrf" with the
///   [`Logical_Router.options:dynamic-routing-vrf-id`](super::logical_router::OPTIONS) or datapath
///   id of the Logical Router appended to it.
///
///   If the setting is not set or false the ovn-controller will expect this VRF to already exist.
///   Some tooling outside of OVN needs to ensure this.
///
///   The VRF table ID is the same as the tunnel key of the Logical_Router datapath. If this setting
///   is false the tooling outside of OVN needs to ensure that this is the case.
/// - `dynamic-routing-port-name`: Only relevant if
///   [`Logical_Router.options:dynamic-routing`](super::logical_router::OPTIONS) on the respective
///   Logical_Router is set to `true`. Only learn routes associated with the interface locally bound
///   to the LSP or LRP specified here. This allows a single chassis to learn different routes on
///   separate LRPs bound to this chassis. This is usefully e.g. in the case of a chassis with
///   multiple links towards the network fabric where all of them run BGP individually. This option
///   allows to have a 1:1 mapping between a single LRP and an individual link. If the port
///   referenced by this name is bound locally on the ovn-controller we lookup the linux interface
///   name of this port. This interface name is then used for the route filtering, so only routes
///   that have this interface as nexthop will be learned. As there might not always be such a port
///   bound on the ovn-controller this value can also be an arbitrary string. The ovn-controller
///   will lookup the port name in the local
///   `Open_vSwitch.Open_vSwitch.external_ids:dynamic-routing-port-mapping`. This is a list
///   separated by `,` that contains `port=interfacename` pairs. If a match is found in there the
///   configured interface name is used instead of the autodiscovery. Also it is then irrelevant if
///   the port is bound locally.
/// - `ic-route-filter-adv`: This option expects list of CIDRs delimited by "," that's present in
///   the Logical Router Port. A route will be advertised if the route's prefix belongs to any of
///   the CIDRs listed. This allows to filter CIDR prefixes in the process of advertising routes in
///   `ovn-ic` daemon.
/// - `ic-route-filter-learn`: This option expects list of CIDRs delimited by "," that's present in
///   the Logical Router Port. A route will be learned if the route's prefix belongs to any of the
///   CIDRs listed. This allows to filter CIDR prefixes in the process of learning routes in
///   `ovn-ic` daemon.
/// - `ic-route-deny-adv`: This option expects list of CIDRs delimited by "," that's present in the
///   Logical Router Port. A route will not be advertised if the route's prefix belongs to any of
///   the CIDRs listed. This allows to filter CIDR prefixes in the process of advertising routes in
///   `ovn-ic` daemon.
/// - `ic-route-deny-learn`: This option expects list of CIDRs delimited by "," that's present in
///   the Logical Router Port. A route will not be learned if the route's prefix belongs to any of
///   the CIDRs listed. This allows to filter CIDR prefixes in the process of learning routes in
///   `ovn-ic` daemon.
/// - `dynamic-routing-no-learning` (boolean): Only relevant if [`options:dynamic-routing`](OPTIONS)
///   is set to `true`.
///
///   This option disables route learning on a specific router port and will also remove learned
///   routes. It also has priority over the router version of this option.
pub const OPTIONS: Column<LogicalRouterPort, Map<String, String>> = Column::new(10);

/// `peer`: For a router port used to connect two logical routers, this identifies the other router
/// port in the pair by [`name`](NAME).
///
/// For a router port attached to a logical switch, this column is empty.
///
/// **Shape**: optional string.
pub const PEER: Column<LogicalRouterPort, Option<String>> = Column::new(11);

/// `status` of `Logical_Router_Port`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `hosting-chassis`: This option is populated by `ovn-northd`.
///
///   When a distributed gateway port is bound to a location in the OVN Southbound database
///   `OVN_Southbound.Port_Binding` `ovn-northd` will populate this key with the name of the Chassis
///   that is currently hosting this port.
pub const STATUS: Column<LogicalRouterPort, Map<String, String>> = Column::new(12);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<LogicalRouterPort, String> = Index::schema(0);

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
    name: "Logical_Router_Port",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "dhcp_relay",
            key: BaseDef { reference: Some(("DHCP_Relay", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "enabled", key: BOOLEAN, min: 0, ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "gateway_chassis",
            key: BaseDef { reference: Some(("Gateway_Chassis", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "ha_chassis_group",
            key: BaseDef { reference: Some(("HA_Chassis_Group", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "ipv6_prefix", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "ipv6_ra_configs", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "mac", ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "networks", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "peer", min: 0, ..PLAIN },
        ColumnDef { name: "status", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[&[8]],
};

impl Table for LogicalRouterPort {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DHCP_RELAY, self.dhcp_relay());
        visitor.column(ENABLED, self.enabled());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(GATEWAY_CHASSIS, self.gateway_chassis());
        visitor.column(HA_CHASSIS_GROUP, self.ha_chassis_group());
        visitor.column(IPV6_PREFIX, self.ipv6_prefix());
        visitor.column(IPV6_RA_CONFIGS, self.ipv6_ra_configs());
        visitor.column(MAC, self.mac());
        visitor.column(NAME, self.name());
        visitor.column(NETWORKS, self.networks());
        visitor.column(OPTIONS, self.options());
        visitor.column(PEER, self.peer());
        visitor.column(STATUS, self.status());
    }
}

impl fmt::Debug for LogicalRouterPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalRouterPort {
    /// This column is used to enabled DHCP Relay. See [`DHCP_RELAY`].
    pub fn dhcp_relay(&self) -> Option<Ref<DhcpRelay>> {
        self.0.get(DHCP_RELAY)
    }

    /// This column is used to administratively set port state. See [`ENABLED`].
    pub fn enabled(&self) -> Option<bool> {
        self.0.get(ENABLED)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Designates one or more [`Gateway_Chassis`](GatewayChassis) for the logical router port. See
    /// [`GATEWAY_CHASSIS`].
    pub fn gateway_chassis(&self) -> SetView<'_, Ref<GatewayChassis>> {
        self.0.get(GATEWAY_CHASSIS)
    }

    /// Designates an [`HA_Chassis_Group`](HaChassisGroup) to provide gateway high availability. See
    /// [`HA_CHASSIS_GROUP`].
    pub fn ha_chassis_group(&self) -> Option<Ref<HaChassisGroup>> {
        self.0.get(HA_CHASSIS_GROUP)
    }

    /// This column contains IPv6 prefix obtained by prefix delegation router according to RFC 3633.
    /// See [`IPV6_PREFIX`].
    pub fn ipv6_prefix(&self) -> SetView<'_, String> {
        self.0.get(IPV6_PREFIX)
    }

    /// The column `ipv6_ra_configs`. See [`IPV6_RA_CONFIGS`].
    pub fn ipv6_ra_configs(&self) -> MapView<'_, String, String> {
        self.0.get(IPV6_RA_CONFIGS)
    }

    /// The Ethernet address that belongs to this router port. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }

    /// A name for the logical router port. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The IP addresses and netmasks of the router. See [`NETWORKS`].
    pub fn networks(&self) -> SetView<'_, String> {
        self.0.get(NETWORKS)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// For a router port used to connect two logical routers, this identifies the other router port
    /// in the pair by [`name`](NAME). See [`PEER`].
    pub fn peer(&self) -> Option<&str> {
        self.0.get(PEER)
    }

    /// The column `status`. See [`STATUS`].
    pub fn status(&self) -> MapView<'_, String, String> {
        self.0.get(STATUS)
    }
}
