//! Table `Chassis_Template_Var` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// Each record represents the set of template variable instantiations for a given chassis and is
/// populated by `ovn-northd` from the contents of the `OVN_Northbound.Chassis_Template_Var` table.
#[derive(Clone, PartialEq, Eq)]
pub struct ChassisTemplateVar(Row);

/// `chassis`: The chassis this set of variable values applies to.
///
/// **Shape**: string; unique.
pub const CHASSIS: Column<ChassisTemplateVar, String> = Column::new(0);

/// `variables`: The set of variable values for a given chassis.
///
/// **Shape**: map from string to string.
pub const VARIABLES: Column<ChassisTemplateVar, Map<String, String>> = Column::new(1);

/// The rows by `chassis`, which is unique.
pub const BY_CHASSIS: Index<ChassisTemplateVar, String> = Index::schema(0);

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
    database: "OVN_Southbound",
    name: "Chassis_Template_Var",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "chassis", ..PLAIN },
        ColumnDef { name: "variables", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[&[0]],
};

impl Table for ChassisTemplateVar {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CHASSIS, self.chassis());
        visitor.column(VARIABLES, self.variables());
    }
}

impl fmt::Debug for ChassisTemplateVar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl ChassisTemplateVar {
    /// The chassis this set of variable values applies to. See [`CHASSIS`].
    pub fn chassis(&self) -> &str {
        self.0.get(CHASSIS)
    }

    /// The set of variable values for a given chassis. See [`VARIABLES`].
    pub fn variables(&self) -> MapView<'_, String, String> {
        self.0.get(VARIABLES)
    }
}
