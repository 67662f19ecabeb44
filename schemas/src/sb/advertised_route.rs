//! Table `Advertised_Route` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::datapath_binding::DatapathBinding;
use super::port_binding::PortBinding;

/// Each record represents a route that should be exported from ovn to the outside network fabric.
/// It is populated by `ovn-northd` based on the addresses, routes and NAT Entries of a
/// `OVN_Northbound.Logical_Router_Port`.
#[derive(Clone, PartialEq, Eq)]
pub struct AdvertisedRoute(Row);

/// `datapath`: The datapath belonging to the `OVN_Northbound.Logical_Router` that this route is
/// valid for.
///
/// **Shape**: strong reference to [`DatapathBinding`].
pub const DATAPATH: Column<AdvertisedRoute, Ref<DatapathBinding>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<AdvertisedRoute, Map<String, String>> = Column::new(1);

/// `ip_prefix`: IP prefix of this route (e.g. 192.168.100.0/24).
///
/// **Shape**: string.
pub const IP_PREFIX: Column<AdvertisedRoute, String> = Column::new(2);

/// `logical_port`: This is the [`Port_Binding`](PortBinding) that the router will send packets out
/// that are received for the below prefix.
///
/// **Shape**: strong reference to [`PortBinding`].
pub const LOGICAL_PORT: Column<AdvertisedRoute, Ref<PortBinding>> = Column::new(3);

/// `tracked_port`: In combination with a host `ip_prefix` this tracks the port OVN will forward the
/// packets for this destination to. If set the [`Advertised_Route.ip_prefix`](IP_PREFIX) will
/// always contain a /32 (for ipv4) or /128 (for ipv6) prefix. An announcing chassis can use this
/// information to check if this destination is local and adjust the route priorities based on that.
///
/// **Shape**: optional strong reference to [`PortBinding`].
pub const TRACKED_PORT: Column<AdvertisedRoute, Option<Ref<PortBinding>>> = Column::new(4);

/// The rows by `datapath`, `logical_port`, `ip_prefix`, `tracked_port`, which together are unique.
pub const BY_DATAPATH_LOGICAL_PORT_IP_PREFIX_TRACKED_PORT: Index<
    AdvertisedRoute,
    (
        Ref<DatapathBinding>,
        Ref<PortBinding>,
        String,
        Option<Ref<PortBinding>>,
    ),
> = Index::schema(0);

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
    name: "Advertised_Route",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "ip_prefix", ..PLAIN },
        ColumnDef {
            name: "logical_port",
            key: BaseDef { reference: Some(("Port_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef {
            name: "tracked_port",
            key: BaseDef { reference: Some(("Port_Binding", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[&[0, 3, 2, 4]],
};

impl Table for AdvertisedRoute {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(DATAPATH, self.datapath());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(IP_PREFIX, self.ip_prefix());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(TRACKED_PORT, self.tracked_port());
    }
}

impl fmt::Debug for AdvertisedRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl AdvertisedRoute {
    /// The datapath belonging to the `OVN_Northbound.Logical_Router` that this route is valid for.
    /// See [`DATAPATH`].
    pub fn datapath(&self) -> Ref<DatapathBinding> {
        self.0.get(DATAPATH)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// IP prefix of this route (e.g. 192.168.100.0/24). See [`IP_PREFIX`].
    pub fn ip_prefix(&self) -> &str {
        self.0.get(IP_PREFIX)
    }

    /// This is the [`Port_Binding`](PortBinding) that the router will send packets out that are
    /// received for the below prefix. See [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> Ref<PortBinding> {
        self.0.get(LOGICAL_PORT)
    }

    /// In combination with a host `ip_prefix` this tracks the port OVN will forward the packets for
    /// this destination to. See [`TRACKED_PORT`].
    pub fn tracked_port(&self) -> Option<Ref<PortBinding>> {
        self.0.get(TRACKED_PORT)
    }
}
