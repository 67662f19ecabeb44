//! `Chassis_Private`: Chassis Private.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::chassis::Chassis;

/// Each row in this table maintains per chassis private data that are accessed only by the owning
/// chassis (write only) and ovn-northd, not by any other chassis. These data are stored in this
/// separate table instead of the [`Chassis`] table for performance considerations: the rows in this
/// table can be conditionally monitored by chassises so that each chassis only get update
/// notifications for its own row, to avoid unnecessary chassis private data update flooding in a
/// large scale deployment.
///
/// # Common Columns
///
/// The overall purpose of these columns is described under `Common Columns` at the beginning of
/// this document.
///
/// Column: [`external_ids`](EXTERNAL_IDS).
#[derive(Clone, PartialEq, Eq)]
pub struct ChassisPrivate(Row);

/// `chassis`: The reference to [`Chassis`] table for the chassis that owns these chassis-private
/// data.
///
/// **Shape**: optional weak reference to [`Chassis`].
pub const CHASSIS: Column<ChassisPrivate, Option<Ref<Chassis>>> = Column::new(0);

/// `external_ids` of `Chassis_Private`.
///
/// **Shape**: map from string to string.
pub const EXTERNAL_IDS: Column<ChassisPrivate, Map<String, String>> = Column::new(1);

/// `name`: The name of the chassis that owns these chassis-private data.
///
/// **Shape**: string; unique.
pub const NAME: Column<ChassisPrivate, String> = Column::new(2);

/// `nb_cfg`: Sequence number for the configuration. When `ovn-controller` updates the configuration
/// of a chassis from the contents of the southbound database, it copies
/// [`SB_Global.nb_cfg`](super::sb_global::NB_CFG) from the [`SB_Global`](super::SbGlobal) table
/// into this column.
///
/// **Shape**: integer.
pub const NB_CFG: Column<ChassisPrivate, i64> = Column::new(3);

/// `nb_cfg_timestamp`: The timestamp when `ovn-controller` finishes processing the change
/// corresponding to [`nb_cfg`](NB_CFG).
///
/// **Shape**: integer.
pub const NB_CFG_TIMESTAMP: Column<ChassisPrivate, i64> = Column::new(4);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<ChassisPrivate, String> = Index::schema(0);

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
    name: "Chassis_Private",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "chassis",
            key: BaseDef { reference: Some(("Chassis", RefKind::Weak)), ..UUID },
            min: 0, ..PLAIN
        },
        ColumnDef { name: "external_ids", value: Some(STRING), min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "nb_cfg", key: INTEGER, ..PLAIN },
        ColumnDef { name: "nb_cfg_timestamp", key: INTEGER, ..PLAIN },
    ],
    indexes: &[&[2]],
};

impl Table for ChassisPrivate {
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
        visitor.column(NB_CFG, self.nb_cfg());
        visitor.column(NB_CFG_TIMESTAMP, self.nb_cfg_timestamp());
    }
}

impl fmt::Debug for ChassisPrivate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl ChassisPrivate {
    /// The reference to [`Chassis`] table for the chassis that owns these chassis-private data. See
    /// [`CHASSIS`].
    pub fn chassis(&self) -> Option<Ref<Chassis>> {
        self.0.get(CHASSIS)
    }

    /// The column `external_ids`. See [`EXTERNAL_IDS`].
    pub fn external_ids(&self) -> MapView<'_, String, String> {
        self.0.get(EXTERNAL_IDS)
    }

    /// The name of the chassis that owns these chassis-private data. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// Sequence number for the configuration. See [`NB_CFG`].
    pub fn nb_cfg(&self) -> i64 {
        self.0.get(NB_CFG)
    }

    /// The timestamp when `ovn-controller` finishes processing the change corresponding to
    /// [`nb_cfg`](NB_CFG). See [`NB_CFG_TIMESTAMP`].
    pub fn nb_cfg_timestamp(&self) -> i64 {
        self.0.get(NB_CFG_TIMESTAMP)
    }
}
