//! `Logical_Router`: L3 logical router.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::copp::Copp;
use super::load_balancer::LoadBalancer;
use super::load_balancer_group::LoadBalancerGroup;
use super::logical_router_policy::LogicalRouterPolicy;
use super::logical_router_port::LogicalRouterPort;
use super::logical_router_static_route::LogicalRouterStaticRoute;
use super::nat::Nat;

/// Each row represents one L3 logical router.
///
/// # Naming
///
/// These columns provide names for the logical router. From OVN's perspective, these names have no
/// special meaning or purpose other than to provide convenience for human interaction with the
/// northbound database. There is no requirement for the name to be unique. (For a unique identifier
/// for a logical router, use its row UUID.)
///
/// (Originally, [`name`](NAME) was intended to serve the purpose of a human-friendly name, but the
/// Neutron integration used it to uniquely identify its own router object, in the format
/// `neutron-uuid`. Later on, Neutron started propagating the friendly name of a router as
/// [`external_ids:neutron:router_name`](EXTERNAL_IDS). Perhaps this can be cleaned up someday.)
///
/// Columns: [`name`](NAME), [`external_ids`](EXTERNAL_IDS).
///
/// # Options
///
/// Additional options for the logical router.
///
/// Column: [`options`](OPTIONS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Transit router
///
/// In order to achieve status of `Transit Router` for [`Logical_Router`](LogicalRouter) there needs
/// to be at least one [`Logical_Router_Port`](LogicalRouterPort) that is considered remote. The LRP
/// can be `remote` only if it has `options:requested-chassis` set to chassis that is considered
/// remote. See [`Logical_Router_Port`](LogicalRouterPort) for more details.
///
/// In order for the `Transit Router` to work properly all the tunnel keys for the `Transit Router`
/// itself and its router ports need to match in all AZs e.g. TR in AZ1 and AZ2 need to have the
/// same tunnel key. Remote ports for AZ2 in AZ1 need to have the same tunnel key as local ports in
/// AZ2 and vice versa. It's also possible that the router has non-transit ports, without
/// `options:requested-chassis` set; their keys also need to match in all AZs.
///
/// The `Transit Router` behaves as distributed router which means that it has the same limitations
/// for stateful flows like `NAT and LBs` and it will lose the CT state between AZs.
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalRouter(Row);

/// `copp`: The control plane protection policy from table [`Copp`] used for metering packets sent
/// to `ovn-controller` from logical ports of this router.
///
/// **Shape**: optional weak reference to [`Copp`].
pub const COPP: Column<LogicalRouter, Option<Ref<Copp>>> = Column::new(0);

/// `enabled`: This column is used to administratively set router state. If this column is empty or
/// is set to `true`, the router is enabled. If this column is set to `false`, the router is
/// disabled. A disabled router has all ingress and egress traffic dropped.
///
/// **Shape**: optional boolean.
pub const ENABLED: Column<LogicalRouter, Option<bool>> = Column::new(1);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `neutron:router_name`: Another name for the logical router.
pub const EXTERNAL_IDS: Column<LogicalRouter, Map<String, String>> = Column::new(2);

/// `load_balancer`: Set of load balancers associated to this logical router. Load balancer rules
/// only work without limitations on the Gateway routers or routers with one and only one
/// distributed gateway port (DGP). Load balancers will only work in scenarios that use more than
/// one DGP when the multiple DGPs are associated with the same gateway chassis, this way this
/// chassis can apply/maintain the conntrack state without problems. To use a load balancer in
/// scenarios with DGPs associated with different gateway chassis (e.g. ECMP routes), consider using
/// the `use_stateless_nat` option to `true` in the load balancer options column.
///
/// **Shape**: set of weak references to [`LoadBalancer`].
pub const LOAD_BALANCER: Column<LogicalRouter, Set<Ref<LoadBalancer>>> = Column::new(3);

/// `load_balancer_group`: Set of load balancers groups associated to this logical router.
///
/// **Shape**: set of strong references to [`LoadBalancerGroup`].
pub const LOAD_BALANCER_GROUP: Column<LogicalRouter, Set<Ref<LoadBalancerGroup>>> = Column::new(4);

/// `name`: A name for the logical router.
///
/// **Shape**: string.
pub const NAME: Column<LogicalRouter, String> = Column::new(5);

/// `nat`: One or more NAT rules for the router. NAT rules only work on Gateway routers, and on
/// distributed routers with one and only one distributed gateway port.
///
/// **Shape**: set of strong references to [`Nat`].
pub const NAT: Column<LogicalRouter, Set<Ref<Nat>>> = Column::new(6);

/// `options` of `Logical_Router`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `chassis`: If set, indicates that the logical router in question is a Gateway router (which is
///   centralized) and resides in the set chassis. The same value is also used by `ovn-controller`
///   to uniquely identify the chassis in the OVN deployment and comes from `external_ids:system-id`
///   in the `Open_vSwitch` table of Open_vSwitch database.
///
///   The Gateway router can only be connected to a distributed router via a switch if SNAT and DNAT
///   are to be configured in the Gateway router.
/// - `dnat_force_snat_ip`: If set, indicates a set of IP addresses to use to force SNAT a packet
///   that has already been DNATed in the gateway router. When multiple gateway routers are
///   configured, a packet can potentially enter any of the gateway router, get DNATted and
///   eventually reach the logical switch port. For the return traffic to go back to the same
///   gateway router (for unDNATing), the packet needs a SNAT in the first place. This can be
///   achieved by setting the above option with a gateway specific set of IP addresses. This option
///   may have exactly one IPv4 and/or one IPv6 address on it, separated by a a space.
/// - `lb_force_snat_ip`: If set, this option can take two possible type of values. Either a set of
///   IP addresses or the string value - `router_ip`.
///
///   If a set of IP addresses are configured, it indicates to use to force SNAT a packet that has
///   already been load-balanced in the gateway router. When multiple gateway routers are
///   configured, a packet can potentially enter any of the gateway routers, get DNATted as part of
///   the load-balancing and eventually reach the logical switch port. For the return traffic to go
///   back to the same gateway router (for unDNATing), the packet needs a SNAT in the first place.
///   This can be achieved by setting the above option with a gateway specific set of IP addresses.
///   This option may have exactly one IPv4 and/or one IPv6 address on it, separated by a space
///   character.
///
///   If it is configured with the value `router_ip`, then the load balanced packet is SNATed with
///   the IP of router port (attached to the gateway router) selected as the destination after
///   taking the routing decision.
/// - `mcast_relay` (boolean): Enables/disables IP multicast relay between logical switches
///   connected to the logical router. Default: False.
/// - `dynamic_neigh_routers` (boolean): If set to `true`, the router will resolve neighbor routers'
///   MAC addresses only by dynamic ARP/ND, instead of prepopulating static mappings for all
///   neighbor routers in the ARP/ND Resolution stage. This reduces number of flows, but requires
///   ARP/ND messages to resolve the IP-MAC bindings when needed. It is `false` by default. It is
///   recommended to set to `true` when a large number of logical routers are connected to the same
///   logical switch but most of them never need to send traffic between each other. By default,
///   ovn-northd does not create mappings to NAT and load balancer addresess. However, for NAT and
///   load balancer addresses that have the `add_route` option added, ovn-northd will create logical
///   flows that map NAT and load balancer IP addresses to the appropriate MAC address. Setting
///   *dynamic_neigh_routers* to `true` will prevent the automatic creation of these logical flows.
/// - `always_learn_from_arp_request` (boolean): This option controls the behavior when handling
///   IPv4 ARP requests or IPv6 ND-NS packets - whether a dynamic neighbor (MAC binding) entry is
///   added/updated.
///
///   `true` - Always learn the MAC-IP binding, and add/update the MAC binding entry.
///
///   `false` - If there is a MAC binding for that IP and the MAC is different, or, if TPA of ARP
///   request belongs to any router port on this router, then update/add that MAC-IP binding.
///   Otherwise, don't update/add entries.
///
///   It is `true` by default. It is recommended to set to `false` when a large number of logical
///   routers are connected to the same logical switch but most of them never need to send traffic
///   between each other, to reduce the size of the MAC binding table.
/// - `requested-tnl-key` (integer from 1 to 16777215): Configures the datapath tunnel key for the
///   logical router. This is not needed because `ovn-northd` will assign an unique key for each
///   datapath by itself. However, if it is configured, `ovn-northd` honors the configured value.
/// - `snat-ct-zone` (integer from 0 to 65535): Use the requested conntrack zone for SNAT with this
///   router. This can be useful if egress traffic from the host running OVN comes from both OVN and
///   other sources. This way, OVN and the other sources can make use of the same conntrack zone.
/// - `mac_binding_age_threshold`: Specifies the MAC binding aging thresholds based on CIDRs, with
///   the format: *entry*\[`;`*entry*\[...\]\], where each *entry* has the format:
///   \[*cidr*`:`\]*threshold*
///
///   - *cidr*: Can be either an IPv4 or IPv6 CIDR.
///   - *threshold*: Threshold value in seconds. MAC bindings with IP addresses matching the
///     specified CIDR that exceed this timeout will be automatically removed.
///
///   If an *entry* is provided without an CIDR (just the threshold value), it specifies the default
///   threshold for MAC bindings that don't match any of the given CIDRs. If there are multiple
///   default threshold entries in the option, the behavior is undefined.
///
///   If there are multiple CIDRs matching a MAC binding IP, the one with the longest prefix length
///   takes effect. If there are multiple entries with the same CIDR in the option, the behavior is
///   undefined.
///
///   If no matching CIDR is found for a MAC binding IP, and no default threshold is specified, the
///   behavior defaults to the original: the binding will not be removed based on age.
///
///   The value can also default to an empty string, which means that the aging threshold is
///   disabled. Any string not in the above format is regarded as invalid and the aging is disabled.
///
///   Example: `192.168.0.0/16:300;192.168.10.0/24:0;fe80::/10:600;1200`
///
///   This sets a threshold of 300 seconds for MAC bindings with IP addresses in the 192.168.0.0/16
///   range, excluding the 192.168.1.0/24 range (for which the aging is disabled), a threshold of
///   600 seconds for MAC bindings with IP addresses in the fe80::/10 IPv6 range, and a default
///   threshold of 1200 seconds for all other MAC bindings.
/// - `ct-zone-limit` (integer from 0 to 4294967295): CT zone `limit` value for given
///   [`Logical_Router`](LogicalRouter). The value 0 means unlimited. When the option is not present
///   the limit is not set and the zone limit is derived from OvS default datapath limit.
/// - `dynamic-routing` (boolean): If set to `true` then this [`Logical_Router`](LogicalRouter) can
///   participate in dynamic routing with components outside of OVN. It will synchronize all routes
///   to the soutbound `OVN_Southbound.Advertised_Route` table that are relevant for the router.
///   This includes:
///
///   - all "connected" routes implicitly created by networks associated with this Logical Router
///   - all [`Logical_Router_Static_Route`](LogicalRouterStaticRoute) that are applied to this
///     Logical Router
///
///   Users will need to use the following settings to opt into individual route types that should
///   be advertised. See:
///
///   - [`Logical_Router.options:dynamic-routing-redistribute`](OPTIONS) on Logical_Router
///   - [`Logical_Router_Port.options:dynamic-routing-redistribute`](super::logical_router_port::OPTIONS)
///     on Logical_Router_Port
/// - `dynamic-routing-redistribute`: Only relevant if
///   [`Logical_Router.options:dynamic-routing`](OPTIONS) is set to `true`.
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
///   [`Logical_Router_Static_Route`](LogicalRouterStaticRoute) to the southbound
///   `OVN_Southbound.Advertised_Route` table.
///
///   If `lb` is in the list then northd will create entries in `OVN_Southbound.Advertised_Route`
///   table for each Load Balancer VIP on this router and it's neighboring routers. Neighboring
///   routers are those that are either directly connected, via Logical Router Port, or those that
///   are connected via shared Logical Switch.
///
///   If `nat` is in the list then northd will create entries in `OVN_Southbound.Advertised_Route`
///   table for each NAT's external IP on this router and it's neighboring routers. Neighboring
///   routers are those that are either directly connected, via Logical Router Port, or those that
///   are connected via shared Logical Switch.
///
///   This value can be overwritten on a per LRP basis using
///   [`Logical_Router_Port.options:dynamic-routing-redistribute`](super::logical_router_port::OPTIONS)
///   on the Logical_Router_Port.
/// - `dynamic-routing-redistribute-local-only` (boolean): Only relevant if
///   [`options:dynamic-routing`](OPTIONS) is set to `true`.
///
///   This controls whether `ovn-controller` will advertise `OVN_Southbound.Advertised_Route`
///   records only on the chassis where their `tracked_port` is bound. Default: `false`.
/// - `dynamic-routing-vrf-name`: Only relevant if [`options:dynamic-routing`](OPTIONS) is set to
///   `true`.
///
///   This defines the name of the vrf the ovn-controller will use to advertise and learn routes. If
///   not set the vrf will be named "ovnvrf" with the
///   [`Logical_Router.options:dynamic-routing-vrf-id`](OPTIONS) or datapath id of the Logical
///   Router appended to it.
///
///   The vrf name must be a valid linux interface name. If it is too long the generated name will
///   be used instead.
///
///   The vrf table id is not affected by this setting. For details see
///   [`Logical_Router.options:dynamic-routing-maintain-vrf`](OPTIONS) on the Logical_Router.
/// - `dynamic-routing-vrf-id` (integer from 1 to 4294967295): Only relevant if
///   [`options:dynamic-routing`](OPTIONS) is set to `true`.
///
///   This defines the vrf table id used by the specified vrf. When not set or set to invalid value
///   datapath id of the Logical Router will be used instead.
///
///   This can also affect the vrf name. For details see
///   [`Logical_Router.options:dynamic-routing-vrf-name`](OPTIONS) on the Logical_Router.
/// - `dynamic-routing-no-learning` (boolean): Only relevant if [`options:dynamic-routing`](OPTIONS)
///   is set to `true`.
///
///   This option disables route learning on a specific router and will also remove learned routes.
/// - `dynamic-routing-v4-prefix-nexthop`: Only relevant if [`options:dynamic-routing`](OPTIONS) is
///   set to `true`.
///
///   This defines nexthop used by IPv4 advertised routes instead of the routes being advertised as
///   blackhole. This can be either valid IPv4 or IPv6 address.
/// - `dynamic-routing-v6-prefix-nexthop`: Only relevant if [`options:dynamic-routing`](OPTIONS) is
///   set to `true`.
///
///   This defines nexthop used by IPv6 advertised routes instead of the routes being advertised as
///   blackhole. This can be only valid IPv6 address.
/// - `ct-commit-all` (boolean): When enabled the LR will commit traffic in a zone that is stateful.
///   The traffic is not commited to both zones but it is selective based whether there is stateful
///   DNAT/SNAT or both. The commit all will prevent issues with `ct.inv` packets as it will prevent
///   the commit of reply traffic, which could happen in some cases. This also helps with HWOL as
///   there shouldn't be any match on ct.new for established sessions as we will commit everything
///   in addition to already existing stateful NATs and LBs.
/// - `ic-route-filter-adv`: This option expects list of CIDRs delimited by "," that's present in
///   the Logical Router. A route will be advertised if the route's prefix belongs to any of the
///   CIDRs listed. This allows to filter CIDR prefixes in the process of advertising routes in
///   `ovn-ic` daemon.
/// - `ic-route-filter-learn`: This option expects list of CIDRs delimited by "," that's present in
///   the Logical Router. A route will be learned if the route's prefix belongs to any of the CIDRs
///   listed. This allows to filter CIDR prefixes in the process of learning routes in `ovn-ic`
///   daemon.
/// - `ic-route-deny-adv`: This option expects list of CIDRs delimited by "," that's present in the
///   Logical Router. A route will not be advertised if the route's prefix belongs to any of the
///   CIDRs listed. This allows to filter CIDR prefixes in the process of advertising routes in
///   `ovn-ic` daemon.
/// - `ic-route-deny-learn`: This option expects list of CIDRs delimited by "," that's present in
///   the Logical Router. A route will not be learned if the route's prefix belongs to any of the
///   CIDRs listed. This allows to filter CIDR prefixes in the process of learning routes in
///   `ovn-ic` daemon.
/// - `disable_garp_rarp` (boolean): If set to `true`, GARP and RARP announcements are not sent by
///   all the VIF peer ports of this logical router. The default value is `false`.
pub const OPTIONS: Column<LogicalRouter, Map<String, String>> = Column::new(7);

/// `policies`: Zero or more routing policies for the router.
///
/// **Shape**: set of strong references to [`LogicalRouterPolicy`].
pub const POLICIES: Column<LogicalRouter, Set<Ref<LogicalRouterPolicy>>> = Column::new(8);

/// `ports`: The router's ports.
///
/// **Shape**: set of strong references to [`LogicalRouterPort`].
pub const PORTS: Column<LogicalRouter, Set<Ref<LogicalRouterPort>>> = Column::new(9);

/// `static_routes`: Zero or more static routes for the router.
///
/// **Shape**: set of strong references to [`LogicalRouterStaticRoute`].
pub const STATIC_ROUTES: Column<LogicalRouter, Set<Ref<LogicalRouterStaticRoute>>> =
    Column::new(10);

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
    name: "Logical_Router",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "copp",
            key: BaseDef { reference: Some(("Copp", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "enabled", key: BOOLEAN, min: 0, ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "load_balancer",
            key: BaseDef { reference: Some(("Load_Balancer", RefKind::Weak)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "load_balancer_group",
            key: BaseDef { reference: Some(("Load_Balancer_Group", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "nat",
            key: BaseDef { reference: Some(("NAT", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "policies",
            key: BaseDef { reference: Some(("Logical_Router_Policy", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "ports",
            key: BaseDef { reference: Some(("Logical_Router_Port", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "static_routes",
            key: BaseDef { reference: Some(("Logical_Router_Static_Route", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for LogicalRouter {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(COPP, self.copp());
        visitor.column(ENABLED, self.enabled());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(LOAD_BALANCER, self.load_balancer());
        visitor.column(LOAD_BALANCER_GROUP, self.load_balancer_group());
        visitor.column(NAME, self.name());
        visitor.column(NAT, self.nat());
        visitor.column(OPTIONS, self.options());
        visitor.column(POLICIES, self.policies());
        visitor.column(PORTS, self.ports());
        visitor.column(STATIC_ROUTES, self.static_routes());
    }
}

impl fmt::Debug for LogicalRouter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalRouter {
    /// The control plane protection policy from table [`Copp`] used for metering packets sent to
    /// `ovn-controller` from logical ports of this router. See [`COPP`].
    pub fn copp(&self) -> Option<Ref<Copp>> {
        self.0.get(COPP)
    }

    /// This column is used to administratively set router state. See [`ENABLED`].
    pub fn enabled(&self) -> Option<bool> {
        self.0.get(ENABLED)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Set of load balancers associated to this logical router. See [`LOAD_BALANCER`].
    pub fn load_balancer(&self) -> SetView<'_, Ref<LoadBalancer>> {
        self.0.get(LOAD_BALANCER)
    }

    /// Set of load balancers groups associated to this logical router. See [`LOAD_BALANCER_GROUP`].
    pub fn load_balancer_group(&self) -> SetView<'_, Ref<LoadBalancerGroup>> {
        self.0.get(LOAD_BALANCER_GROUP)
    }

    /// A name for the logical router. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// One or more NAT rules for the router. See [`NAT`].
    pub fn nat(&self) -> SetView<'_, Ref<Nat>> {
        self.0.get(NAT)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Zero or more routing policies for the router. See [`POLICIES`].
    pub fn policies(&self) -> SetView<'_, Ref<LogicalRouterPolicy>> {
        self.0.get(POLICIES)
    }

    /// The router's ports. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, Ref<LogicalRouterPort>> {
        self.0.get(PORTS)
    }

    /// Zero or more static routes for the router. See [`STATIC_ROUTES`].
    pub fn static_routes(&self) -> SetView<'_, Ref<LogicalRouterStaticRoute>> {
        self.0.get(STATIC_ROUTES)
    }
}
