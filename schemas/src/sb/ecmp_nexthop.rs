//! Table `ECMP_Nexthop` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::datapath_binding::DatapathBinding;
use super::port_binding::PortBinding;

/// Each record in this table represents an active next-hop for ECMP routes created with
/// `--ecmp-symmetric-reply` option that are committed by `ovn-northd` to `ovs` connection tracker.
/// The `ECMP_Nexthop` table is used by `ovn-controller` to track active ct entries and to flush
/// stale ones.
#[derive(Clone, PartialEq, Eq)]
pub struct EcmpNexthop(Row);

/// `datapath`: The reference to [`Datapath_Binding`](DatapathBinding) table for the datapath where
/// the port used to connect to the configured next-hop is running.
///
/// **Shape**: strong reference to [`DatapathBinding`].
pub const DATAPATH: Column<EcmpNexthop, Ref<DatapathBinding>> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<EcmpNexthop, Map<String, String>> = Column::new(1);

/// `mac`: Nexthop mac address.
///
/// **Shape**: string.
pub const MAC: Column<EcmpNexthop, String> = Column::new(2);

/// `nexthop`: Nexthop IP address for this ECMP route. Nexthop IP address should be the IP address
/// of a connected router port or the IP address of an external device used as nexthop for the given
/// destination.
///
/// **Shape**: string.
pub const NEXTHOP: Column<EcmpNexthop, String> = Column::new(3);

/// `port`: The reference to [`Port_Binding`](PortBinding) table for the port used to connect to the
/// configured next-hop.
///
/// **Shape**: strong reference to [`PortBinding`].
pub const PORT: Column<EcmpNexthop, Ref<PortBinding>> = Column::new(4);

/// The rows by `nexthop`, `port`, which together are unique.
pub const BY_NEXTHOP_PORT: Index<EcmpNexthop, (String, Ref<PortBinding>)> = Index::schema(0);

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
    name: "ECMP_Nexthop",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "datapath",
            key: BaseDef { reference: Some(("Datapath_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "mac", ..PLAIN },
        ColumnDef { name: "nexthop", ..PLAIN },
        ColumnDef {
            name: "port",
            key: BaseDef { reference: Some(("Port_Binding", RefKind::Strong)), ..UUID },
            ..PLAIN
        },
    ],
    indexes: &[&[3, 4]],
};

impl Table for EcmpNexthop {
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
        visitor.column(MAC, self.mac());
        visitor.column(NEXTHOP, self.nexthop());
        visitor.column(PORT, self.port());
    }
}

impl fmt::Debug for EcmpNexthop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl EcmpNexthop {
    /// The reference to [`Datapath_Binding`](DatapathBinding) table for the datapath where the port
    /// used to connect to the configured next-hop is running. See [`DATAPATH`].
    pub fn datapath(&self) -> Ref<DatapathBinding> {
        self.0.get(DATAPATH)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Nexthop mac address. See [`MAC`].
    pub fn mac(&self) -> &str {
        self.0.get(MAC)
    }

    /// Nexthop IP address for this ECMP route. See [`NEXTHOP`].
    pub fn nexthop(&self) -> &str {
        self.0.get(NEXTHOP)
    }

    /// The reference to [`Port_Binding`](PortBinding) table for the port used to connect to the
    /// configured next-hop. See [`PORT`].
    pub fn port(&self) -> Ref<PortBinding> {
        self.0.get(PORT)
    }
}
