//! `Transit_Router_Port`: Transit logical router.
//!
//! Generated from ovn-ic-nb.ovsschema 1.3.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Set, SetView, Table, TableDef,
    UNLIMITED, Uuid, Visit, debug,
};

/// Each row represents one transit logical router for interconnection between different OVN
/// deployments (availability zones).
///
/// # Naming
///
/// Column: [`name`](NAME).
///
/// # Common Columns
///
/// Column: [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct TransitRouterPort(Row);

/// `chassis`: The chassis this router port should be bound to.
///
/// **Shape**: string.
pub const CHASSIS: Column<TransitRouterPort, String> = Column::new(0);

/// `mac`: The Ethernet address that belongs to this router port.
///
/// **Shape**: string.
pub const MAC: Column<TransitRouterPort, String> = Column::new(1);

/// `name`: A name that uniquely identifies the transit logical router port.
///
/// **Shape**: string; unique.
pub const NAME: Column<TransitRouterPort, String> = Column::new(2);

/// `networks`: The IP addresses and netmasks of the router port. For example, `192.168.0.1/24`
/// indicates that the router's IP address is 192.168.0.1 and that packets destined to 192.168.0.*x*
/// should be routed to this port. These are optional.
///
/// A logical router port always adds a link-local IPv6 address (fe80::/64) automatically generated
/// from the interface's MAC address using the modified EUI-64 format.
///
/// **Shape**: set of strings.
pub const NETWORKS: Column<TransitRouterPort, Set<String>> = Column::new(3);

/// `other_config` of `Transit_Router_Port`.
///
/// **Shape**: map from string to string.
pub const OTHER_CONFIG: Column<TransitRouterPort, Map<String, String>> = Column::new(4);

/// `tr_uuid`: This is the UUID of the northbound IC logical datapath this port is associated with.
///
/// **Shape**: UUID.
pub const TR_UUID: Column<TransitRouterPort, Uuid> = Column::new(5);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<TransitRouterPort, String> = Index::schema(0);

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
    database: "OVN_IC_Northbound",
    name: "Transit_Router_Port",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "chassis", ..PLAIN },
        ColumnDef { name: "mac", ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "networks", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "tr_uuid", key: UUID, ..PLAIN },
    ],
    indexes: &[&[2]],
};

impl Table for TransitRouterPort {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CHASSIS, self.chassis());
        visitor.column(MAC, self.mac());
        visitor.column(NAME, self.name());
        visitor.column(NETWORKS, self.networks());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(TR_UUID, self.tr_uuid());
    }
}

impl fmt::Debug for TransitRouterPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl TransitRouterPort {
    /// The chassis this router port should be bound to. See [`CHASSIS`].
    pub fn chassis(&self) -> &str {
        self.0.get(CHASSIS)
    }

    /// The Ethernet address that belongs to this router port. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }

    /// A name that uniquely identifies the transit logical router port. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The IP addresses and netmasks of the router port. See [`NETWORKS`].
    pub fn networks(&self) -> SetView<'_, String> {
        self.0.get(NETWORKS)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// This is the UUID of the northbound IC logical datapath this port is associated with. See
    /// [`TR_UUID`].
    pub fn tr_uuid(&self) -> Uuid {
        self.0.get(TR_UUID)
    }
}
