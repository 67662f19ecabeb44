//! Table `Advertised_MAC_Binding` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::datapath_binding::DatapathBinding;
use super::port_binding::PortBinding;

/// Each record represents an ip/mac binding the `OVN_Northbound.Logical_Switch` is announcing
/// outside the network fabric if `EVPN` is enabled on the datapath.
#[derive(Clone, PartialEq, Eq)]
pub struct AdvertisedMacBinding(Row);

/// `datapath`: The datapath corresponding to the `OVN_Northbound.Logical_Switch` this ip/mac
/// binding belongs to.
///
/// **Shape**: strong reference to [`DatapathBinding`].
pub const DATAPATH: Column<AdvertisedMacBinding, Ref<DatapathBinding>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<AdvertisedMacBinding, Map<String, String>> = Column::new(1);

/// `ip`: Announced IP (e.g. 192.168.100.1).
///
/// **Shape**: string.
pub const IP: Column<AdvertisedMacBinding, String> = Column::new(2);

/// `logical_port`: This is the [`Port_Binding`](PortBinding) this ip/mac binding belongs to.
///
/// **Shape**: strong reference to [`PortBinding`].
pub const LOGICAL_PORT: Column<AdvertisedMacBinding, Ref<PortBinding>> = Column::new(3);

/// `mac`: Announced mac address.
///
/// **Shape**: string.
pub const MAC: Column<AdvertisedMacBinding, String> = Column::new(4);

/// The rows by `datapath`, `logical_port`, `ip`, `mac`, which together are unique.
pub const BY_DATAPATH_LOGICAL_PORT_IP_MAC: Index<
    AdvertisedMacBinding,
    (Ref<DatapathBinding>, Ref<PortBinding>, String, String),
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
    name: "Advertised_MAC_Binding",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "ip", ..PLAIN },
        ColumnDef {
            name: "logical_port",
            key: BaseDef { reference: Some(("Port_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "mac", ..PLAIN },
    ],
    indexes: &[&[0, 3, 2, 4]],
};

impl Table for AdvertisedMacBinding {
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
        visitor.column(IP, self.ip());
        visitor.column(LOGICAL_PORT, self.logical_port());
        visitor.column(MAC, self.mac());
    }
}

impl fmt::Debug for AdvertisedMacBinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl AdvertisedMacBinding {
    /// The datapath corresponding to the `OVN_Northbound.Logical_Switch` this ip/mac binding
    /// belongs to. See [`DATAPATH`].
    pub fn datapath(&self) -> Ref<DatapathBinding> {
        self.0.get(DATAPATH)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Announced IP (e.g. 192.168.100.1). See [`IP`].
    pub fn ip(&self) -> &str {
        self.0.get(IP)
    }

    /// This is the [`Port_Binding`](PortBinding) this ip/mac binding belongs to. See
    /// [`LOGICAL_PORT`].
    pub fn logical_port(&self) -> Ref<PortBinding> {
        self.0.get(LOGICAL_PORT)
    }

    /// Announced mac address. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }
}
