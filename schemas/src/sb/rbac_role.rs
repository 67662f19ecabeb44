//! Table `RBAC_Role` of `OVN_Southbound`.
//!
//! Generated from ovn-sb.ovsschema 21.8.0 (OVN v26.03.1, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Kind, Map, MapView, Ref, RefKind, Row, Table, TableDef, UNLIMITED,
    Visit, debug,
};

use super::rbac_permission::RbacPermission;

/// Role table for role-based access controls.
#[derive(Clone, PartialEq, Eq)]
pub struct RbacRole(Row);

/// `name`: The role name, corresponding to the `role` column in the `Connection` table.
///
/// **Shape**: string.
pub const NAME: Column<RbacRole, String> = Column::new(0);

/// `permissions`: A mapping of table names to rows in the `RBAC_Permission` table.
///
/// **Shape**: map from string to weak reference to [`RbacPermission`].
pub const PERMISSIONS: Column<RbacRole, Map<String, Ref<RbacPermission>>> = Column::new(1);

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
    name: "RBAC_Role",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef {
            name: "permissions",
            value: Some(BaseDef { reference: Some(("RBAC_Permission", RefKind::Weak)), ..UUID }),
            min: 0, max: UNLIMITED, ..PLAIN
        },
    ],
    indexes: &[],
};

impl Table for RbacRole {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(NAME, self.name());
        visitor.column(PERMISSIONS, self.permissions());
    }
}

impl fmt::Debug for RbacRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl RbacRole {
    /// The role name, corresponding to the `role` column in the `Connection` table. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// A mapping of table names to rows in the `RBAC_Permission` table. See [`PERMISSIONS`].
    pub fn permissions(&self) -> MapView<'_, String, Ref<RbacPermission>> {
        self.0.get(PERMISSIONS)
    }
}
