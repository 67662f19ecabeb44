//! `Transit_Router`: Transit logical router.
//!
//! Generated from ovn-ic-nb.ovsschema 1.3.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::transit_router_port::TransitRouterPort;

/// Each row represents one transit logical router for interconnection between different OVN
/// deployments (availability zones).
///
/// # Naming
///
/// Column: [`name`](NAME).
///
/// # Common Columns
///
/// Columns: [`other_config`](OTHER_CONFIG), [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct TransitRouter(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<TransitRouter, Map<String, String>> = Column::new(0);

/// `name`: A name that uniquely identifies the transit logical router.
///
/// **Shape**: string; unique.
pub const NAME: Column<TransitRouter, String> = Column::new(1);

/// `other_config` of `Transit_Router`.
///
/// **Shape**: map from string to string.
pub const OTHER_CONFIG: Column<TransitRouter, Map<String, String>> = Column::new(2);

/// `ports`: The router's ports.
///
/// **Shape**: set of strong references to [`TransitRouterPort`].
pub const PORTS: Column<TransitRouter, Set<Ref<TransitRouterPort>>> = Column::new(3);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<TransitRouter, String> = Index::schema(0);

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
    name: "Transit_Router",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "ports",
            key: BaseDef { reference: Some(("Transit_Router_Port", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[&[1]],
};

impl Table for TransitRouter {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(NAME, self.name());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(PORTS, self.ports());
    }
}

impl fmt::Debug for TransitRouter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl TransitRouter {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// A name that uniquely identifies the transit logical router. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The router's ports. See [`PORTS`].
    pub fn ports(&self) -> SetView<'_, Ref<TransitRouterPort>> {
        self.0.get(PORTS)
    }
}
