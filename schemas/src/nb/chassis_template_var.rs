//! Table `Chassis_Template_Var` of `OVN_Northbound`.
//!
//! Generated from ovn-nb.ovsschema 7.18.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Row, Table, TableDef, UNLIMITED, Visit,
    debug,
};

/// One record per chassis, each containing a map, `variables`, between template variable names and
/// their value for that specific chassis. A template variable has a name and potentially different
/// values on different hypervisors in the OVN cluster. For example, two rows, `R1 = (.chassis=C1,
/// variables={(N: V1)}` and `R2 = (.chassis=C2, variables={(N: V2)}` will make `ovn-controller`
/// running on chassis `C1` and `C2` interpret the token `N` either as `V1` (on `C1`) or as `V2` (on
/// `C2`). Users can refer to template variables from within other logical components, e.g., within
/// ACL, QoS or Logical_Router_Policy matches or from Load_Balancer VIP and backend definitions.
///
/// If a template variable is referenced on a chassis for which that variable is not defined then
/// `ovn-controller` running on that chassis will just interpret it as a raw string literal.
///
/// # Common Columns
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct ChassisTemplateVar(Row);

/// `chassis`: The chassis this set of variable values applies to.
///
/// **Shape**: string; unique.
pub const CHASSIS: Column<ChassisTemplateVar, String> = Column::new(0);

/// `external_ids`: See *External IDs* at the beginning of this document.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<ChassisTemplateVar, Map<String, String>> = Column::new(1);

/// `variables`: The set of variable values for a given chassis.
///
/// **Shape**: map from string to string.
pub const VARIABLES: Column<ChassisTemplateVar, Map<String, String>> = Column::new(2);

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
    database: "OVN_Northbound",
    name: "Chassis_Template_Var",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "chassis", ..PLAIN },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
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
        visitor.column(EXTERNAL_IDS, self.external_ids());
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

    /// See *External IDs* at the beginning of this document. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The set of variable values for a given chassis. See [`VARIABLES`].
    pub fn variables(&self) -> MapView<'_, String, String> {
        self.0.get(VARIABLES)
    }
}
