//! `Load_Balancer`: load balancer.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView,
    Table, TableDef, UNLIMITED, Visit, debug,
};

use super::load_balancer_health_check::LoadBalancerHealthCheck;

/// Each row represents one load balancer.
///
/// # Health Checks
///
/// OVN supports health checks for load balancer endpoints. When health checks are enabled, the load
/// balancer uses only healthy endpoints.
///
/// Suppose that [`vips`](VIPS) contains a key-value pair
/// `10.0.0.10:80`=`10.0.0.4:8080,20.0.0.4:8080`. To enable health checks for this virtual's
/// endpoints, add two key-value pairs to [`ip_port_mappings`](IP_PORT_MAPPINGS), with keys
/// `10.0.0.4` and `20.0.0.4`, and add to [`health_check`](HEALTH_CHECK) a reference to a
/// [`Load_Balancer_Health_Check`](LoadBalancerHealthCheck) row whose
/// [`Load_Balancer_Health_Check.vip`](super::load_balancer_health_check::VIP) is set to
/// `10.0.0.10`. The same approach can be used for IPv6 as well.
///
/// Columns: [`health_check`](HEALTH_CHECK), [`ip_port_mappings`](IP_PORT_MAPPINGS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Load_Balancer options
///
/// Column: [`options`](OPTIONS).
#[derive(Clone, PartialEq, Eq)]
pub struct LoadBalancer(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<LoadBalancer, Map<String, String>> = Column::new(0);

/// `health_check`: Load balancer health checks associated with this load balancer.
///
/// **Shape**: set of strong references to [`LoadBalancerHealthCheck`].
pub const HEALTH_CHECK: Column<LoadBalancer, Set<Ref<LoadBalancerHealthCheck>>> = Column::new(1);

/// `ip_port_mappings`: Maps from endpoint IP to a colon-separated pair of logical port name and
/// source IP, e.g. `port_name:source_ip` for IPv4. Health checks are sent to this port with the
/// specified source IP. For IPv6 square brackets must be used around IP address, e.g:
/// `port_name:[source_ip]`. The source IP must be from the subnet of the monitored endpoint. It can
/// be either an unused IP from the subnet, or an IP of one of the Logical Router Ports connected to
/// the same switch. Remote endpoint: Specify :target_zone_name at the end of the above syntax to
/// create remote health checks in a specific zone. For distributed load balancers -
/// ip_port_mappings is required. In the absence of health checks - source_ip is optional.
///
/// For example, in the example above, IP to port mappings might be defined as
/// `10.0.0.4`=`sw0-p1:10.0.0.2` and `20.0.0.4`=`sw1-p1:20.0.0.2`, if the values given were suitable
/// ports and IP addresses. And remote endpoint: `10.0.0.4`=`sw0-p1:10.0.0.2`:az1, where `sw0-p1` -
/// logical port in `az1`.
///
/// For IPv6 IP to port mappings might be defined as `[2001::1]`=`sw0-p1:[2002::1]`. Remote
/// endpoint: same as for IP.
///
/// **Shape**: map from string to string.
pub const IP_PORT_MAPPINGS: Column<LoadBalancer, Map<String, String>> = Column::new(2);

/// `name`: A name for the load balancer. This name has no special meaning or purpose other than to
/// provide convenience for human interaction with the ovn-nb database.
///
/// **Shape**: string.
pub const NAME: Column<LoadBalancer, String> = Column::new(3);

/// `options` of `Load_Balancer`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `reject` (boolean): If the load balancer is created with `--reject` option and it has no
///   active backends, a TCP reset segment (for tcp) or an ICMP port unreachable packet (for all
///   other kind of traffic) will be sent whenever an incoming packet is received for this
///   load-balancer. Please note using `--reject` option will disable empty_lb SB controller event
///   for this load balancer.
/// - `hairpin_snat_ip`: IP to be used as source IP for packets that have been hair-pinned after
///   load balancing. The default behavior when the option is not set is to use the load balancer
///   VIP as source IP. This option may have exactly one IPv4 and/or one IPv6 address on it,
///   separated by a space character.
/// - `skip_snat`: If the load balancing rule is configured with `skip_snat` option, the option
///   lb_force_snat_ip configured for the logical router that references this load balancer will not
///   be applied for this load balancer.
/// - `add_route`: If set to `true`, then neighbor routers will have logical flows added that will
///   allow for routing to the VIP IP. It also will have ARP resolution logical flows added. By
///   setting this option, it means there is no reason to create a
///   [`Logical_Router_Static_Route`](super::LogicalRouterStaticRoute) from neighbor routers to this
///   NAT address. It also means that no ARP request is required for neighbor routers to learn the
///   IP-MAC mapping for this VIP IP. For more information about what flows are added for IP routes,
///   please see the `ovn-northd` manpage section on IP Routing.
/// - `neighbor_responder`: If set to `all`, then routers on which the load balancer is applied
///   reply to ARP/neighbor discovery requests for all VIPs of the load balancer. If set to
///   `reachable`, then routers on which the load balancer is applied reply to ARP/neighbor
///   discovery requests only for VIPs that are part of a router's subnet. If set to `none`, then
///   routers on which the load balancer is applied never reply to ARP/neighbor discovery requests
///   for any of the load balancer VIPs. Load balancers with `options:template=true` do not support
///   `reachable` as a valid mode. The default value of this option, if not specified, is
///   `reachable` for regular load balancers and `none` for template load balancers.
/// - `template`: Option to be set to `true`, if the load balancer is a template. The load balancer
///   VIPs and backends must be using [`Chassis_Template_Var`](super::ChassisTemplateVar) in their
///   definitions.
///
///   Load balancer template VIP supported formats are:
///
///   ```text
///   ^VIP_VAR[:^PORT_VAR|:port]
///   ```
///
///   where `VIP_VAR` and `PORT_VAR` are keys of the
///   [`Chassis_Template_Var`](super::ChassisTemplateVar) `variables` records.
///
///   Note: The VIP and PORT cannot be combined into a single template variable. For example, a
///   [`Chassis_Template_Var`](super::ChassisTemplateVar) variable expanding to `10.0.0.1:8080` is
///   not valid if used as VIP.
///
///   Load balancer template backend supported formats are:
///
///   ```text
///   ^BACKEND_VAR1[:^PORT_VAR1|:port],^BACKEND_VAR2[:^PORT_VAR2|:port]
///
///   or
///
///   ^BACKENDS_VAR1,^BACKENDS_VAR2
///   ```
///
///   where `BACKEND_VAR1`, `PORT_VAR1`, `BACKEND_VAR2`, `PORT_VAR2`, `BACKENDS_VAR1` and
///   `BACKENDS_VAR2` are keys of the [`Chassis_Template_Var`](super::ChassisTemplateVar)
///   `variables` records.
///
///   In the above examples, square brackets are only used to indicate choosing between the enclosed
///   options. But when adding to [`Chassis_Template_Var`](super::ChassisTemplateVar) `variables`
///   backend IPv6 addresses must be enclosed in \[\]. VIPs must not be enclosed in \[\]. For
///   example: `lbvip="3001::10",lbport=12010,lbback="[2001::1]", ip6_back="[2001::1]:12010"`
/// - `address-family`: Address family used by the load balancer. Supported values are `ipv4` and
///   `ipv6`. The address-family is only used for load balancers with `options:template=true`. For
///   explicit load balancers, setting the address-family has no effect.
/// - `affinity_timeout`: If the CMS provides a positive value (in seconds) for `affinity_timeout`,
///   OVN will dnat connections received from the same client to this lb to the same backend if
///   received in the affinity timeslot. Max supported affinity_timeout is 65535 seconds.
/// - `ct_flush` (boolean): The value indicates whether ovn-controller should flush CT entries that
///   are related to this LB. The flush happens if the LB is removed, any of the backends is
///   updated/removed or the LB is not considered local anymore by the ovn-controller. This option
///   is set to `false` by default.
/// - `use_stateless_nat` (boolean): If the load balancer is configured with `use_stateless_nat`
///   option to `true`, the logical router that references this load balancer will use Stateless NAT
///   rules when the logical router has multiple distributed gateway ports(DGP). Otherwise, the
///   outbound traffic may be dropped in scenarios where we have different chassis for each DGP.
///   This option is set to `false` by default.
/// - `distributed`: Option enables distributed load balancing across compute nodes, ensuring
///   traffic is always routed to local backends — eliminating east-west traffic between nodes.
///   Required configuration: [`ip_port_mappings`](IP_PORT_MAPPINGS). NOTE: The addressing of the
///   underlay network must not overlap with the addressing of Load Balancer VIP. If the Load
///   Balancer is attached to a router that is directly connected to the underlay network and the
///   VIP belongs to the same subnet as used on the underlay network, the traffic won't be spread
///   across all chassis. Instead, it will be concentrated only on the chassis that hosts the
///   Distributed Gateway Port of the router.
pub const OPTIONS: Column<LoadBalancer, Map<String, String>> = Column::new(4);

/// `protocol`: Valid protocols are `tcp`, `udp`, or `sctp`. This column is useful when a port
/// number is provided as part of the `vips` column. If this column is empty and a port number is
/// provided as part of `vips` column, OVN assumes the protocol to be `tcp`.
///
/// **Shape**: optional [`LoadBalancerProtocol`].
pub const PROTOCOL: Column<LoadBalancer, Option<LoadBalancerProtocol>> = Column::new(5);

/// `selection_fields`: OVN native load balancers are supported using the OpenFlow groups of type
/// `select`. OVS supports two selection methods: `dp_hash` and `hash (with optional fields
/// specified)` in selecting the buckets of a group. Please see the OVS documentation (man
/// ovs-ofctl) for more details on the selection methods. Each endpoint IP (and port if set) is
/// mapped to a bucket in the group flow.
///
/// CMS can choose the `hash` selection method by setting the selection fields in this column.
/// `ovs-vswitchd` uses the specified fields in generating the hash.
///
/// Example: `{ip_proto,ip_src,ip_dst}` for a 3-tuple match. Example: `{ip_proto,ipv6_src,ipv6_dst}`
/// for an IPv6 match. Example: `{ip_proto,ip_src,ip_dst,tp_src,tp_dst}`. Example:
/// `{ip_src,ip_dst,ipv6_src,ipv6_dst,tp_src,tp_dst}`.
///
/// `dp_hash` selection method uses the assistance of datapath to calculate the hash and it is
/// expected to be faster than `hash` selection method. So CMS should take this into consideration
/// before using the `hash` method. Please consult the OVS documentation and OVS sources for the
/// implementation details.
///
/// **Shape**: set of [`LoadBalancerSelectionFields`].
pub const SELECTION_FIELDS: Column<LoadBalancer, Set<LoadBalancerSelectionFields>> = Column::new(6);

/// `vips`: A map of virtual IP addresses (and an optional port number with `:` as a separator)
/// associated with this load balancer and their corresponding endpoint IP addresses (and optional
/// port numbers with `:` as separators) separated by commas. If the destination IP address (and
/// port number) of a packet leaving a container or a VM matches the virtual IP address (and port
/// number) provided here as a key, then OVN will statefully replace the destination IP address by
/// one of the provided IP address (and port number) in this map as a value. IPv4 and IPv6 addresses
/// are supported for load balancing; however a VIP of one address family may not be mapped to a
/// destination IP address of a different family. If specifying an IPv6 address with a port, the
/// address portion must be enclosed in square brackets. Examples for keys are "192.168.1.4" and
/// "\[fd0f::1\]:8800". Examples for value are "10.0.0.1, 10.0.0.2" and "20.0.0.10:8800,
/// 20.0.0.11:8800".
///
/// When the `Load_Balancer` is added to the `logical_switch`, the VIP has to be in a different
/// subnet than the one used for the `logical_switch`. Since VIP is in a different subnet, you
/// should connect your logical switch to either a OVN logical router or a real router (this is
/// because the client can now send a packet with VIP as the destination IP address and router's mac
/// address as the destination MAC address).
///
/// **Shape**: map from string to string.
pub const VIPS: Column<LoadBalancer, Map<String, String>> = Column::new(7);

/// A value of [`PROTOCOL`]: of `protocol` in `Load_Balancer`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LoadBalancerProtocol {
    /// `tcp`.
    Tcp,
    /// `udp`.
    Udp,
    /// `sctp`.
    Sctp,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for LoadBalancerProtocol {
    fn from_name(name: &str) -> Self {
        match name {
            "tcp" => Self::Tcp,
            "udp" => Self::Udp,
            "sctp" => Self::Sctp,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`SELECTION_FIELDS`]: of `selection_fields` in `Load_Balancer`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LoadBalancerSelectionFields {
    /// `eth_src`.
    EthSrc,
    /// `eth_dst`.
    EthDst,
    /// `ip_src`.
    IpSrc,
    /// `ip_dst`.
    IpDst,
    /// `ipv6_src`.
    Ipv6Src,
    /// `ipv6_dst`.
    Ipv6Dst,
    /// `tp_src`.
    TpSrc,
    /// `tp_dst`.
    TpDst,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for LoadBalancerSelectionFields {
    fn from_name(name: &str) -> Self {
        match name {
            "eth_src" => Self::EthSrc,
            "eth_dst" => Self::EthDst,
            "ip_src" => Self::IpSrc,
            "ip_dst" => Self::IpDst,
            "ipv6_src" => Self::Ipv6Src,
            "ipv6_dst" => Self::Ipv6Dst,
            "tp_src" => Self::TpSrc,
            "tp_dst" => Self::TpDst,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::EthSrc => "eth_src",
            Self::EthDst => "eth_dst",
            Self::IpSrc => "ip_src",
            Self::IpDst => "ip_dst",
            Self::Ipv6Src => "ipv6_src",
            Self::Ipv6Dst => "ipv6_dst",
            Self::TpSrc => "tp_src",
            Self::TpDst => "tp_dst",
            Self::Other(other) => other,
        }
    }
}

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
    name: "Load_Balancer",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "health_check",
            key: BaseDef { reference: Some(("Load_Balancer_Health_Check", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef {
            name: "ip_port_mappings",
            value: Some(STRING),
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "protocol",
            key: BaseDef { enumeration: &["tcp", "udp", "sctp"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "selection_fields",
            key: BaseDef { enumeration: &[
                "eth_src", "eth_dst", "ip_src", "ip_dst", "ipv6_src", "ipv6_dst", "tp_src",
                "tp_dst",
            ], ..STRING },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "vips", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for LoadBalancer {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(HEALTH_CHECK, self.health_check());
        visitor.column(IP_PORT_MAPPINGS, self.ip_port_mappings());
        visitor.column(NAME, self.name());
        visitor.column(OPTIONS, self.options());
        visitor.column(PROTOCOL, self.protocol());
        visitor.column(SELECTION_FIELDS, self.selection_fields());
        visitor.column(VIPS, self.vips());
    }
}

impl fmt::Debug for LoadBalancer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LoadBalancer {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Load balancer health checks associated with this load balancer. See [`HEALTH_CHECK`].
    pub fn health_check(&self) -> SetView<'_, Ref<LoadBalancerHealthCheck>> {
        self.0.get(HEALTH_CHECK)
    }

    /// Maps from endpoint IP to a colon-separated pair of logical port name and source IP, e.g.
    /// `port_name:source_ip` for IPv4. See [`IP_PORT_MAPPINGS`].
    pub fn ip_port_mappings(&self) -> MapView<'_, String, String> {
        self.0.get(IP_PORT_MAPPINGS)
    }

    /// A name for the load balancer. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// Valid protocols are `tcp`, `udp`, or `sctp`. See [`PROTOCOL`].
    pub fn protocol(&self) -> Option<LoadBalancerProtocol> {
        self.0.get(PROTOCOL)
    }

    /// OVN native load balancers are supported using the OpenFlow groups of type `select`. See
    /// [`SELECTION_FIELDS`].
    pub fn selection_fields(&self) -> SetView<'_, LoadBalancerSelectionFields> {
        self.0.get(SELECTION_FIELDS)
    }

    /// A map of virtual IP addresses (and an optional port number with `:` as a separator)
    /// associated with this load balancer and their corresponding endpoint IP addresses (and
    /// optional port numbers with `:` as separators) separated by commas. See [`VIPS`].
    pub fn vips(&self) -> MapView<'_, String, String> {
        self.0.get(VIPS)
    }
}
