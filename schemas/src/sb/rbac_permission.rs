//! Table `RBAC_Permission` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Row, Set, SetView, Table, TableDef, UNLIMITED, Visit, debug,
};

/// Permissions table for role-based access controls.
#[derive(Clone, PartialEq, Eq)]
pub struct RbacPermission(Row);

/// `authorization`: Set of strings identifying columns and column:key pairs to be compared with
/// client ID. At least one match is required in order to be authorized. A zero-length string is
/// treated as a special value indicating all clients should be considered authorized.
///
/// **Shape**: set of strings.
pub const AUTHORIZATION: Column<RbacPermission, Set<String>> = Column::new(0);

/// `insert_delete`: When "true", row insertions and authorized row deletions are permitted.
///
/// **Shape**: boolean.
pub const INSERT_DELETE: Column<RbacPermission, bool> = Column::new(1);

/// `table`: Name of table to which this row applies.
///
/// **Shape**: string.
pub const TABLE: Column<RbacPermission, String> = Column::new(2);

/// `update`: Set of strings identifying columns and column:key pairs that authorized clients are
/// allowed to modify.
///
/// **Shape**: set of strings.
pub const UPDATE: Column<RbacPermission, Set<String>> = Column::new(3);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

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
    name: "RBAC_Permission",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "authorization", min: 0, max: UNLIMITED, ..PLAIN },
        ColumnDef { name: "insert_delete", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "table", ..PLAIN },
        ColumnDef { name: "update", min: 0, max: UNLIMITED, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for RbacPermission {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(AUTHORIZATION, self.authorization());
        visitor.column(INSERT_DELETE, self.insert_delete());
        visitor.column(TABLE, self.table());
        visitor.column(UPDATE, self.update());
    }
}

impl fmt::Debug for RbacPermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl RbacPermission {
    /// Set of strings identifying columns and column:key pairs to be compared with client ID. See
    /// [`AUTHORIZATION`].
    pub fn authorization(&self) -> SetView<'_, String> {
        self.0.get(AUTHORIZATION)
    }

    /// When "true", row insertions and authorized row deletions are permitted. See
    /// [`INSERT_DELETE`].
    pub fn insert_delete(&self) -> bool {
        self.0.get(INSERT_DELETE)
    }

    /// Name of table to which this row applies. See [`TABLE`].
    pub fn table(&self) -> &str {
        self.0.get(TABLE)
    }

    /// Set of strings identifying columns and column:key pairs that authorized clients are allowed
    /// to modify. See [`UPDATE`].
    pub fn update(&self) -> SetView<'_, String> {
        self.0.get(UPDATE)
    }
}
