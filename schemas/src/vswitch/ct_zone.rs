//! Table `CT_Zone` of `Open_vSwitch`.
//!
//! Generated from vswitch.ovsschema 8.8.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

use super::ct_timeout_policy::CtTimeoutPolicy;

/// Connection tracking zone configuration
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct CtZone(Row);

/// `external_ids` of `CT_Zone`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<CtZone, Map<String, String>> = Column::new(0);

/// `limit`: Connection tracking limit for this zone. If the limit is unspecified the
/// [`Datapath.ct_zone_default_limit`](super::datapath::CT_ZONE_DEFAULT_LIMIT) will be used. The
/// value 0 means unlimited.
///
/// **Shape**: optional integer from 0 to 4294967295.
pub const LIMIT: Column<CtZone, Option<i64>> = Column::new(1);

/// `timeout_policy`: Connection tracking timeout policy for this zone. If a timeout policy is not
/// specified, it defaults to the timeout policy in the system.
///
/// **Shape**: optional strong reference to [`CtTimeoutPolicy`].
pub const TIMEOUT_POLICY: Column<CtZone, Option<Ref<CtTimeoutPolicy>>> = Column::new(2);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

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
    database: "Open_vSwitch",
    name: "CT_Zone",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "limit",
            key: BaseDef { integers: (Some(0), Some(4294967295)), ..INTEGER },
            min: 0, ..PLAIN
        },
        ColumnDef {
            name: "timeout_policy",
            key: BaseDef { reference: Some(("CT_Timeout_Policy", RefKind::Strong)), ..UUID },
            min: 0, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for CtZone {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(LIMIT, self.limit());
        visitor.column(TIMEOUT_POLICY, self.timeout_policy());
    }
}

impl fmt::Debug for CtZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl CtZone {
    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Connection tracking limit for this zone. See [`LIMIT`].
    pub fn limit(&self) -> Option<i64> {
        self.0.get(LIMIT)
    }

    /// Connection tracking timeout policy for this zone. See [`TIMEOUT_POLICY`].
    pub fn timeout_policy(&self) -> Option<Ref<CtTimeoutPolicy>> {
        self.0.get(TIMEOUT_POLICY)
    }
}
