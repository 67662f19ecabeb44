//! `Global`: Top-level configuration.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Set, SetView, Table,
    TableDef, UNLIMITED, Visit, debug,
};

use super::manager::Manager;
use super::physical_switch::PhysicalSwitch;

/// Top-level configuration for a hardware VTEP. There must be exactly one record in the [`Global`]
/// table.
///
/// # Database Configuration
///
/// These columns primarily configure the database server (`ovsdb-server`), not the hardware VTEP
/// itself.
///
/// Column: [`managers`](MANAGERS).
///
/// # Common Column
///
/// The overall purpose of this column is described under `Common Column` at the beginning of this
/// document.
///
/// Column: [`other_config`](OTHER_CONFIG).
#[derive(Clone, PartialEq, Eq)]
pub struct Global(Row);

/// `managers`: Database clients to which the database server should connect or to which it should
/// listen, along with options for how these connection should be configured. See the [`Manager`]
/// table for more information.
///
/// **Shape**: set of strong references to [`Manager`].
pub const MANAGERS: Column<Global, Set<Ref<Manager>>> = Column::new(0);

/// `other_config` of `Global`.
///
/// **Shape**: map from string to string.
pub const OTHER_CONFIG: Column<Global, Map<String, String>> = Column::new(1);

/// `switches`: The physical switch or switches managed by the VTEP.
///
/// When a physical switch integrates support for this VTEP schema, which is expected to be the most
/// common case, this column should point to one [`Physical_Switch`](PhysicalSwitch) record that
/// represents the switch itself. In another possible implementation, a server or a VM presents a
/// VTEP schema front-end interface to one or more physical switches, presumably communicating with
/// those physical switches over a proprietary protocol. In that case, this column would point to
/// one [`Physical_Switch`](PhysicalSwitch) for each physical switch, and the set might change over
/// time as the front-end server comes to represent a differing set of switches.
///
/// **Shape**: set of strong references to [`PhysicalSwitch`].
pub const SWITCHES: Column<Global, Set<Ref<PhysicalSwitch>>> = Column::new(2);

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
    database: "hardware_vtep",
    name: "Global",
    is_root: true,
    max_rows: Some(1),
    columns: &[
        ColumnDef {
            name: "managers",
            key: BaseDef { reference: Some(("Manager", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "other_config", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef {
            name: "switches",
            key: BaseDef { reference: Some(("Physical_Switch", RefKind::Strong)), ..UUID },
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for Global {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(MANAGERS, self.managers());
        visitor.column(OTHER_CONFIG, self.other_config());
        visitor.column(SWITCHES, self.switches());
    }
}

impl fmt::Debug for Global {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Global {
    /// Database clients to which the database server should connect or to which it should listen,
    /// along with options for how these connection should be configured. See [`MANAGERS`].
    pub fn managers(&self) -> SetView<'_, Ref<Manager>> {
        self.0.get(MANAGERS)
    }

    /// The column `other_config`. See [`OTHER_CONFIG`].
    pub fn other_config(&self) -> MapView<'_, String, String> {
        self.0.get(OTHER_CONFIG)
    }

    /// The physical switch or switches managed by the VTEP. See [`SWITCHES`].
    pub fn switches(&self) -> SetView<'_, Ref<PhysicalSwitch>> {
        self.0.get(SWITCHES)
    }
}
