//! `Network_Function_Health_Check`: network function health check.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// Each row represents one network function health check.
///
/// # Health check options
///
/// Column: [`options`](OPTIONS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct NetworkFunctionHealthCheck(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<NetworkFunctionHealthCheck, Map<String, String>> = Column::new(0);

/// `name`: Name of the [`Network_Function_Health_Check`](NetworkFunctionHealthCheck). Name should
/// be unique.
///
/// **Shape**: string; unique.
pub const NAME: Column<NetworkFunctionHealthCheck, String> = Column::new(1);

/// `options` of `Network_Function_Health_Check`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `interval` (integer): The interval, in seconds, between health checks. Default: 5s.
/// - `timeout` (integer): The time, in seconds, after which a health check times out. Default: 3s.
/// - `success_count` (integer): The number of successful checks after which the Network_Function is
///   considered online. Default: 1.
/// - `failure_count` (integer): The number of failure checks after which the Network_Function is
///   considered offline. Default: 1.
pub const OPTIONS: Column<NetworkFunctionHealthCheck, Map<String, String>> = Column::new(2);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<NetworkFunctionHealthCheck, String> = Index::schema(0);

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

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
    name: "Network_Function_Health_Check",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[&[1]],
};

impl Table for NetworkFunctionHealthCheck {
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
        visitor.column(OPTIONS, self.options());
    }
}

impl fmt::Debug for NetworkFunctionHealthCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl NetworkFunctionHealthCheck {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Name of the [`Network_Function_Health_Check`](NetworkFunctionHealthCheck). See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }
}
