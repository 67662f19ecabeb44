//! Table `ACL_ID` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{BaseDef, Column, ColumnDef, Kind, Row, Table, TableDef, Visit, debug};

/// Each record represents an identifier that `ovn-northd` needs to synchronize with instances of
/// `ovn-controller`. The UUID of each record corresponds directly with an `ACL` record in the
/// northbound database.
#[derive(Clone, PartialEq, Eq)]
pub struct AclId(Row);

/// `id`: An identifier corresponding to a northbound `allow-established` ACL.
///
/// **Shape**: integer from 0 to 32767.
pub const ID: Column<AclId, i64> = Column::new(0);

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
    database: "OVN_Southbound",
    name: "ACL_ID",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "id",
            key: BaseDef { integers: (Some(0), Some(32767)), ..INTEGER },
            ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for AclId {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ID, self.id());
    }
}

impl fmt::Debug for AclId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl AclId {
    /// An identifier corresponding to a northbound `allow-established` ACL. See [`ID`].
    pub fn id(&self) -> i64 {
        self.0.get(ID)
    }
}
