//! Table `Gateway_Chassis` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::chassis::Chassis;

/// Association of [`Port_Binding`](super::PortBinding) rows of
/// [`Port_Binding.type`](super::port_binding::TYPE) `chassisredirect` to a [`Chassis`]. The traffic
/// going out through a specific `chassisredirect` port will be redirected to a chassis, or a set of
/// them in high availability configurations.
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct GatewayChassis(Row);

/// `chassis`: The [`Chassis`] to which we send the traffic.
///
/// **Shape**: optional weak reference to [`Chassis`].
pub const CHASSIS: Column<GatewayChassis, Option<Ref<Chassis>>> = Column::new(0);

/// `external_ids` of `Gateway_Chassis`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<GatewayChassis, Map<String, String>> = Column::new(1);

/// `name`: Name of the [`Gateway_Chassis`](GatewayChassis).
///
/// A suggested, but not required naming convention is `${port_name}_${chassis_name}`.
///
/// **Shape**: string; unique.
pub const NAME: Column<GatewayChassis, String> = Column::new(2);

/// `options`: Reserved for future use.
///
/// **Shape**: map from string to string.
pub const OPTIONS: Column<GatewayChassis, Map<String, String>> = Column::new(3);

/// `priority`: This is the priority the specific [`Chassis`] among all Gateway_Chassis belonging to
/// the same [`Port_Binding`](super::PortBinding).
///
/// **Shape**: integer from 0 to 32767.
pub const PRIORITY: Column<GatewayChassis, i64> = Column::new(4);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<GatewayChassis, String> = Index::schema(0);

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
    database: "OVN_Southbound",
    name: "Gateway_Chassis",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "options", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "priority",
            key: BaseDef { integers: (Some(0), Some(32767)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[&[2]],
};

impl Table for GatewayChassis {
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
        visitor.column(NAME, self.name());
        visitor.column(OPTIONS, self.options());
        visitor.column(PRIORITY, self.priority());
    }
}

impl fmt::Debug for GatewayChassis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl GatewayChassis {
    /// The [`Chassis`] to which we send the traffic. See [`CHASSIS`].
    pub fn chassis(&self) -> Option<Ref<Chassis>> {
        self.0.get(CHASSIS)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// Name of the [`Gateway_Chassis`](GatewayChassis). See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Reserved for future use. See [`OPTIONS`].
    pub fn options(&self) -> MapView<'_, String, String> {
        self.0.get(OPTIONS)
    }

    /// This is the priority the specific [`Chassis`] among all Gateway_Chassis belonging to the
    /// same [`Port_Binding`](super::PortBinding). See [`PRIORITY`].
    pub fn priority(&self) -> i64 {
        self.0.get(PRIORITY)
    }
}
