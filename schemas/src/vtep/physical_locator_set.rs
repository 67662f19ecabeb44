//! Table `Physical_Locator_Set` of `hardware_vtep`.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Ref, RefKind, Row, Set, SetView, Table, TableDef, UNLIMITED,
    Visit, debug,
};

use super::physical_locator::PhysicalLocator;

/// A set of one or more [`Physical_Locator`](PhysicalLocator)s.
///
/// This table exists only because OVSDB does not have a way to express the type "map from string to
/// one or more [`Physical_Locator`](PhysicalLocator) records."
#[derive(Clone, PartialEq, Eq)]
pub struct PhysicalLocatorSet(Row);

/// `locators` of `Physical_Locator_Set`.
///
/// **Shape**: set (at least 1) of strong references to [`PhysicalLocator`]; fixed when the row is
/// inserted.
pub const LOCATORS: Column<PhysicalLocatorSet, Set<Ref<PhysicalLocator>>> = Column::new(0);

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
    name: "Physical_Locator_Set",
    is_root: false,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "locators",
            key: BaseDef { reference: Some(("Physical_Locator", RefKind::Strong)), ..UUID },
            max: UNLIMITED, mutable: false, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for PhysicalLocatorSet {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(LOCATORS, self.locators());
    }
}

impl fmt::Debug for PhysicalLocatorSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl PhysicalLocatorSet {
    /// The column `locators`. See [`LOCATORS`].
    pub fn locators(&self) -> SetView<'_, Ref<PhysicalLocator>> {
        self.0.get(LOCATORS)
    }
}
