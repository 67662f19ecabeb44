//! `Logical_Router_Static_Route`: Logical router static routes.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView,
    Table, TableDef, UNLIMITED, Visit, debug,
};

use super::bfd::Bfd;

/// Each record represents a static route.
///
/// When multiple routes match a packet, the longest-prefix match is chosen. For a given prefix
/// length, a `dst-ip` route is preferred over a `src-ip` route.
///
/// When there are ECMP routes, i.e. multiple routes with same prefix and policy, one of them will
/// be selected based on the 5-tuple hashing of the packet header.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
///
/// # Common options
///
/// Column: [`options`](OPTIONS).
#[derive(Clone, PartialEq, Eq)]
pub struct LogicalRouterStaticRoute(Row);

/// `bfd`: Reference to [`BFD`](Bfd) row if the route has associated a BFD session
///
/// **Shape**: optional weak reference to [`Bfd`].
pub const BFD: Column<LogicalRouterStaticRoute, Option<Ref<Bfd>>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `ic-learned-route`: `ovn-ic` populates this key if the route is learned from the global
///   `OVN_IC_Southbound` database. In this case the value will be set to the uuid of the row in
///   `OVN_IC_Southbound.Route` table of the `OVN_IC_Southbound` database.
pub const EXTERNAL_IDS: Column<LogicalRouterStaticRoute, Map<String, String>> = Column::new(1);

/// `ip_prefix`: IP prefix of this route (e.g. 192.168.100.0/24).
///
/// **Shape**: string.
pub const IP_PREFIX: Column<LogicalRouterStaticRoute, String> = Column::new(2);

/// `nexthop`: Nexthop IP address for this route. Nexthop IP address should be the IP address of a
/// connected router port or the IP address of a logical port or can be set to `discard` for
/// dropping packets which match the given route.
///
/// **Shape**: string.
pub const NEXTHOP: Column<LogicalRouterStaticRoute, String> = Column::new(3);

/// `options`: This column provides general key/value settings. The supported options are described
/// individually below.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `ecmp_symmetric_reply`: If true, then
///
///   - New ingress-originated traffic that arrives over this route will have its reply traffic
///     bypass ECMP route selection and will be sent out this route instead.
///   - For the egress-originated traffic, the ingress reply traffic route gets saved. And the
///     subsequent traffic will bypass ECMP route selection and instead be sent out the same route.
///
///   Note that this option overrides any rules set in the `Logical_Router_policy` table. This
///   option only works on gateway routers (routers that have
///   [`Logical_Router.options:chassis`](super::logical_router::OPTIONS) set).
/// - `origin`: In case ovn-interconnection has been learned this route, it will have its origin
///   set: either "connected" or "static". This key is supposed to be written only by `ovn-ic`
///   daemon. ovn-northd then checks this value when generating Logical Flows.
///   [`Logical_Router_Static_Route`](LogicalRouterStaticRoute) records with same
///   [`ip_prefix`](IP_PREFIX) within same Logical Router will have next lookup order based on
///   `origin` key value:
///
///   1. connected
///   2. static
pub const OPTIONS: Column<LogicalRouterStaticRoute, Map<String, String>> = Column::new(4);

/// `output_port`: The name of the [`Logical_Router_Port`](super::LogicalRouterPort) via which the
/// packet needs to be sent out. This is optional and when not specified, OVN will automatically
/// figure this out based on the [`nexthop`](NEXTHOP). When this is specified and there are multiple
/// IP addresses on the router port and none of them are in the same subnet of [`nexthop`](NEXTHOP),
/// OVN chooses the first IP address as the one via which the [`nexthop`](NEXTHOP) is reachable.
///
/// **Shape**: optional string.
pub const OUTPUT_PORT: Column<LogicalRouterStaticRoute, Option<String>> = Column::new(5);

/// `policy`: If it is specified, this setting describes the policy used to make routing decisions.
/// This setting must be one of the following strings:
///
/// - `src-ip`: This policy sends the packet to the [`nexthop`](NEXTHOP) when the packet's source IP
///   address matches [`ip_prefix`](IP_PREFIX).
/// - `dst-ip`: This policy sends the packet to the [`nexthop`](NEXTHOP) when the packet's
///   destination IP address matches [`ip_prefix`](IP_PREFIX).
///
/// If not specified, the default is `dst-ip`.
///
/// **Shape**: optional [`LogicalRouterStaticRoutePolicy`].
pub const POLICY: Column<LogicalRouterStaticRoute, Option<LogicalRouterStaticRoutePolicy>> =
    Column::new(6);

/// `route_table`: Specify any string to assign a route to a separate routing table. When a Logical
/// Router Port has a configured value in `options:route_table`, only static routes with the same
/// routing table value are considered. A more detailed description of the route lookup behavior is
/// provided below:
///
/// When a packet enters Logical Router (`LR`), it examines the following list of routes:
///
/// - All routes to directly connected networks of the `LR` (including networks that are learned
///   from other availability zones within the same `LR` through OVN-IC).
/// - All static routes of the `LR` that have the same `route_table` field value as that of the
///   Logical Router Port's `options:route_table` (If the option is absent, static routes with an
///   empty `route_table` field are considered).
///
/// From the resulting list of routes, the route with the longest prefix match takes precedence over
/// others.
///
/// **Shape**: string.
pub const ROUTE_TABLE: Column<LogicalRouterStaticRoute, String> = Column::new(7);

/// `selection_fields`: ECMP routes use OpenFlow groups of type `select` to pick a nexthop among the
/// list of available nexthops. OVS supports two selection methods: `dp_hash` and `hash` for hash
/// computation and selecting the buckets of a group. OVN by default uses `dp_hash`. In order to use
/// the `hash` selection method, specify the allowed match fields in selection fields. Please see
/// the OVS documentation (man ovs-ofctl) for more details on selection methods and fields.
///
/// To match on Layer 4 ports use `tp_src` and `tp_dst`. This match is applicable only for TCP, UDP,
/// SCTP and will be ignored for all other IP packets. When matching on Layer 4 ports, match on
/// ip_proto will be implicitly added in the select action.
///
/// Example: `{ip_proto,ip_src,ip_dst}` for a 3-tuple match. Example: `{ip_proto,ipv6_src,ipv6_dst}`
/// for an IPv6 match. Example: `{ip_proto,ip_src,ip_dst,tp_src,tp_dst}`. Example:
/// `{ip_src,ip_dst,ipv6_src,ipv6_dst,tp_src,tp_dst}`.
///
/// **Shape**: set of [`LogicalRouterStaticRouteSelectionFields`].
pub const SELECTION_FIELDS: Column<
    LogicalRouterStaticRoute,
    Set<LogicalRouterStaticRouteSelectionFields>,
> = Column::new(8);

/// A value of [`POLICY`]: of `policy` in `Logical_Router_Static_Route`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogicalRouterStaticRoutePolicy {
    /// `src-ip`: This policy sends the packet to the [`nexthop`](NEXTHOP) when the packet's source
    /// IP address matches [`ip_prefix`](IP_PREFIX).
    SrcIp,
    /// `dst-ip`: This policy sends the packet to the [`nexthop`](NEXTHOP) when the packet's
    /// destination IP address matches [`ip_prefix`](IP_PREFIX).
    DstIp,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for LogicalRouterStaticRoutePolicy {
    fn from_name(name: &str) -> Self {
        match name {
            "src-ip" => Self::SrcIp,
            "dst-ip" => Self::DstIp,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::SrcIp => "src-ip",
            Self::DstIp => "dst-ip",
            Self::Other(other) => other,
        }
    }
}

/// A value of [`SELECTION_FIELDS`]: of `selection_fields` in `Logical_Router_Static_Route`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LogicalRouterStaticRouteSelectionFields {
    /// `eth_src`.
    EthSrc,
    /// `eth_dst`.
    EthDst,
    /// `ip_proto`.
    IpProto,
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

impl Enumeration for LogicalRouterStaticRouteSelectionFields {
    fn from_name(name: &str) -> Self {
        match name {
            "eth_src" => Self::EthSrc,
            "eth_dst" => Self::EthDst,
            "ip_proto" => Self::IpProto,
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
            Self::IpProto => "ip_proto",
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
    name: "Logical_Router_Static_Route",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "bfd",
            key: BaseDef { reference: Some(("BFD", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "ip_prefix", ..PLAIN },
        ColumnDef { name: "nexthop", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "output_port", min: 0, ..PLAIN },
        ColumnDef {
            name: "policy",
            key: BaseDef { enumeration: &["src-ip", "dst-ip"], ..STRING },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "route_table", ..PLAIN },
        ColumnDef {
            name: "selection_fields",
            key: BaseDef { enumeration: &[
                "eth_src", "eth_dst", "ip_proto", "ip_src", "ip_dst", "ipv6_src", "ipv6_dst",
                "tp_src", "tp_dst",
            ], ..STRING },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for LogicalRouterStaticRoute {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(BFD, self.bfd());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(IP_PREFIX, self.ip_prefix());
        visitor.column(NEXTHOP, self.nexthop());
        visitor.column(OPTIONS, self.options());
        visitor.column(OUTPUT_PORT, self.output_port());
        visitor.column(POLICY, self.policy());
        visitor.column(ROUTE_TABLE, self.route_table());
        visitor.column(SELECTION_FIELDS, self.selection_fields());
    }
}

impl fmt::Debug for LogicalRouterStaticRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LogicalRouterStaticRoute {
    /// Reference to [`BFD`](Bfd) row if the route has associated a BFD session. See [`BFD`].
    pub fn bfd(&self) -> Option<Ref<Bfd>> {
        self.0.get(BFD)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// IP prefix of this route (e.g. 192.168.100.0/24). See [`IP_PREFIX`].
    pub fn ip_prefix(&self) -> &str {
        self.0.get(IP_PREFIX)
    }

    /// Nexthop IP address for this route. See [`NEXTHOP`].
    pub fn nexthop(&self) -> &str {
        self.0.get(NEXTHOP)
    }

    /// This column provides general key/value settings. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// The name of the [`Logical_Router_Port`](super::LogicalRouterPort) via which the packet needs
    /// to be sent out. See [`OUTPUT_PORT`].
    pub fn output_port(&self) -> Option<&str> {
        self.0.get(OUTPUT_PORT)
    }

    /// If it is specified, this setting describes the policy used to make routing decisions. See
    /// [`POLICY`].
    pub fn policy(&self) -> Option<LogicalRouterStaticRoutePolicy> {
        self.0.get(POLICY)
    }

    /// Specify any string to assign a route to a separate routing table. See [`ROUTE_TABLE`].
    pub fn route_table(&self) -> &str {
        self.0.get(ROUTE_TABLE)
    }

    /// ECMP routes use OpenFlow groups of type `select` to pick a nexthop among the list of
    /// available nexthops. See [`SELECTION_FIELDS`].
    pub fn selection_fields(&self) -> SetView<'_, LogicalRouterStaticRouteSelectionFields> {
        self.0.get(SELECTION_FIELDS)
    }
}
