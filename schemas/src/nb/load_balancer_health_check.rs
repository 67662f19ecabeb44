//! `Load_Balancer_Health_Check`: load balancer.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// Each row represents one load balancer health check.
///
/// # Health check options
///
/// Column: [`options`](OPTIONS).
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct LoadBalancerHealthCheck(Row);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<LoadBalancerHealthCheck, Map<String, String>> = Column::new(0);

/// `options` of `Load_Balancer_Health_Check`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `interval` (integer): The interval, in seconds, between health checks.
/// - `timeout` (integer): The time, in seconds, after which a health check times out.
/// - `success_count` (integer): The number of successful checks after which the endpoint is
///   considered online.
/// - `failure_count` (integer): The number of failure checks after which the endpoint is considered
///   offline.
pub const OPTIONS: Column<LoadBalancerHealthCheck, Map<String, String>> = Column::new(1);

/// `vip`: `vip` whose endpoints should be monitored for health check.
///
/// **Shape**: string.
pub const VIP: Column<LoadBalancerHealthCheck, String> = Column::new(2);

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
    name: "Load_Balancer_Health_Check",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "vip", ..PLAIN },
    ],
    indexes: &[],
};

impl Table for LoadBalancerHealthCheck {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(OPTIONS, self.options());
        visitor.column(VIP, self.vip());
    }
}

impl fmt::Debug for LoadBalancerHealthCheck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl LoadBalancerHealthCheck {
    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The column `options`. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// `vip` whose endpoints should be monitored for health check. See [`VIP`].
    pub fn vip(&self) -> &str {
        self.0.get(VIP)
    }
}
