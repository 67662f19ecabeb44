//! `Route`: Route.
//!
//! Generated from ovn-ic-sb.ovsschema 2.4.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Index, Kind, Map, MapView, Ref, RefKind, Row, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::availability_zone::AvailabilityZone;

/// Each row in this table represents a route advertised.
///
/// # Core Features
///
/// Columns: [`transit_switch`](TRANSIT_SWITCH), [`availability_zone`](AVAILABILITY_ZONE),
/// [`route_table`](ROUTE_TABLE), [`ip_prefix`](IP_PREFIX), [`nexthop`](NEXTHOP),
/// [`origin`](ORIGIN).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct Route(Row);

/// `availability_zone`: The availability zone that has advertised the route.
///
/// **Shape**: strong reference to [`AvailabilityZone`].
pub const AVAILABILITY_ZONE: Column<Route, Ref<AvailabilityZone>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<Route, Map<String, String>> = Column::new(1);

/// `ip_prefix`: IP prefix of this route (e.g. 192.168.100.0/24).
///
/// **Shape**: string.
pub const IP_PREFIX: Column<Route, String> = Column::new(2);

/// `nexthop`: Nexthop IP address for this route.
///
/// **Shape**: string.
pub const NEXTHOP: Column<Route, String> = Column::new(3);

/// `origin`: Can be one of `connected`, `static` or `loadbalancer`. Routes to directly-connected
/// subnets - LRP's CIDRs are inserted to OVN IC SB DB with `connected` value in [`origin`](ORIGIN).
/// Static routes are inserted to OVN IC SB DB with `static` value. Routes for LB VIPs are inserted
/// in OVN IC SB DB with `loadbalancer` value. Next when route is learned to another AZ NB DB by
/// ovn-ic, route origin is synced to `Logical_Router_Static_Route.options:origin`.
///
/// **Shape**: [`RouteOrigin`].
pub const ORIGIN: Column<Route, RouteOrigin> = Column::new(4);

/// `route_table`: Route table within which this route was created. Empty value means *\<main\>*
/// routing table.
///
/// Routes for directly-connected networks will be learned to *\<main\>* routing table and if
/// Logical Routers have more than one Transit Switch, which interconnects them, directly-connected
/// routes will be added via each transit switch port and configured as ECMP routes.
///
/// Static routes within route tables will be advertised and learned only if interconnecting transit
/// switch's LRPs will have same value in `Logical_Router_Port.options:route_table` as NB
/// `Logical_Router_Static_Route.route_table` or ICSB [`Route.route_table`](ROUTE_TABLE) value
/// respectively.
///
/// **Shape**: string.
pub const ROUTE_TABLE: Column<Route, String> = Column::new(5);

/// `transit_switch`: The name of the transit switch, upon which the route is advertised.
///
/// **Shape**: string.
pub const TRANSIT_SWITCH: Column<Route, String> = Column::new(6);

/// The rows by `transit_switch`, `availability_zone`, `route_table`, `ip_prefix`, `nexthop`, which
/// together are unique.
pub const BY_TRANSIT_SWITCH_AVAILABILITY_ZONE_ROUTE_TABLE_IP_PREFIX_NEXTHOP: Index<
    Route,
    (String, Ref<AvailabilityZone>, String, String, String),
> = Index::schema(0);

/// A value of [`ORIGIN`]: of `origin` in `Route`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RouteOrigin {
    /// `connected`.
    Connected,
    /// `static`.
    Static,
    /// `loadbalancer`.
    Loadbalancer,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for RouteOrigin {
    fn from_name(name: &str) -> Self {
        match name {
            "connected" => Self::Connected,
            "static" => Self::Static,
            "loadbalancer" => Self::Loadbalancer,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Connected => "connected",
            Self::Static => "static",
            Self::Loadbalancer => "loadbalancer",
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
    database: "OVN_IC_Southbound",
    name: "Route",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "availability_zone",
            key: BaseDef { reference: Some(("Availability_Zone", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "ip_prefix", ..PLAIN },
        ColumnDef { name: "nexthop", ..PLAIN },
        ColumnDef {
            name: "origin",
            key: BaseDef { enumeration: &["connected", "static", "loadbalancer"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "route_table", ..PLAIN },
        ColumnDef { name: "transit_switch", ..PLAIN },
    ],
    indexes: &[&[6, 0, 5, 2, 3]],
};

impl Table for Route {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(AVAILABILITY_ZONE, self.availability_zone());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(IP_PREFIX, self.ip_prefix());
        visitor.column(NEXTHOP, self.nexthop());
        visitor.column(ORIGIN, self.origin());
        visitor.column(ROUTE_TABLE, self.route_table());
        visitor.column(TRANSIT_SWITCH, self.transit_switch());
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Route {
    /// The availability zone that has advertised the route. See [`AVAILABILITY_ZONE`].
    pub fn availability_zone(&self) -> Ref<AvailabilityZone> {
        self.0.get(AVAILABILITY_ZONE)
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

    /// Can be one of `connected`, `static` or `loadbalancer`. See [`ORIGIN`].
    pub fn origin(&self) -> RouteOrigin {
        self.0.get(ORIGIN)
    }

    /// Route table within which this route was created. See [`ROUTE_TABLE`].
    pub fn route_table(&self) -> &str {
        self.0.get(ROUTE_TABLE)
    }

    /// The name of the transit switch, upon which the route is advertised. See [`TRANSIT_SWITCH`].
    pub fn transit_switch(&self) -> &str {
        self.0.get(TRANSIT_SWITCH)
    }
}
