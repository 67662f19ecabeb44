//! Table `HA_Chassis` of `OVN_Northbound`.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit, debug,
};

/// A row of `HA_Chassis`.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct HaChassis(Row);

/// `chassis_name`: Name of the chassis which is part of the HA chassis group. The value must match
/// the `OVN_Southbound.Chassis.name` column of the `OVN_Southbound.Chassis` table in the
/// `OVN_Southbound` database.
///
/// **Shape**: string.
pub const CHASSIS_NAME: Column<HaChassis, String> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<HaChassis, Map<String, String>> = Column::new(1);

/// `priority`: Priority of the chassis. Chassis with highest priority will be the active chassis.
///
/// **Shape**: integer from 0 to 32767.
pub const PRIORITY: Column<HaChassis, i64> = Column::new(2);

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

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
    name: "HA_Chassis",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef { name: "chassis_name", ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "priority",
            key: BaseDef { integers: (Some(0), Some(32767)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for HaChassis {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CHASSIS_NAME, self.chassis_name());
        visitor.column(EXTERNAL_IDS, self.external_ids());
        visitor.column(PRIORITY, self.priority());
    }
}

impl fmt::Debug for HaChassis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl HaChassis {
    /// Name of the chassis which is part of the HA chassis group. See [`CHASSIS_NAME`].
    pub fn chassis_name(&self) -> &str {
        self.0.get(CHASSIS_NAME)
    }

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Priority of the chassis. See [`PRIORITY`].
    pub fn priority(&self) -> i64 {
        self.0.get(PRIORITY)
    }
}
