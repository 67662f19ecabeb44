//! `Availability_Zone`: Availability Zone Information.
//!
//! Generated from ovn-ic-sb.ovsschema 2.4.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Row, Table, TableDef, Visit, debug,
};

/// Each row in this table represents an Availability Zone. Each OVN deployment is considered an
/// availability zone from OVN control plane perspective, with its own central components, such as
/// northbound and southbound databases and `ovn-northd` daemon.
#[derive(Clone, PartialEq, Eq)]
pub struct AvailabilityZone(Row);

/// `name`: A name that uniquely identifies the availability zone.
///
/// **Shape**: string; unique.
pub const NAME: Column<AvailabilityZone, String> = Column::new(0);

/// `nb_ic_cfg`: This column is used by the `OVN-IC` to inform that this IC instance is aligned with
/// the changes in INB
///
/// **Shape**: integer.
pub const NB_IC_CFG: Column<AvailabilityZone, i64> = Column::new(1);

/// The rows by `name`, which is unique.
pub const BY_NAME: Index<AvailabilityZone, String> = Index::schema(0);

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
    database: "OVN_IC_Southbound",
    name: "Availability_Zone",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "nb_ic_cfg", key: INTEGER, ..PLAIN },
    ],
    indexes: &[&[0]],
};

impl Table for AvailabilityZone {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(NAME, self.name());
        visitor.column(NB_IC_CFG, self.nb_ic_cfg());
    }
}

impl fmt::Debug for AvailabilityZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl AvailabilityZone {
    /// A name that uniquely identifies the availability zone. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// This column is used by the `OVN-IC` to inform that this IC instance is aligned with the
    /// changes in INB. See [`NB_IC_CFG`].
    pub fn nb_ic_cfg(&self) -> i64 {
        self.0.get(NB_IC_CFG)
    }
}
