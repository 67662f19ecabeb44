//! Table `ACL` of `hardware_vtep`.
//!
//! Generated from vtep.ovsschema 1.7.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Index, Kind, Ref, RefKind, Row, Set, SetView, Table, TableDef,
    UNLIMITED, Visit, debug,
};

use super::acl_entry::AclEntry;

/// Access Control List table. Each ACL is constructed as a set of entries from the
/// [`ACL_entry`](AclEntry) table. Packets that are not matched by any entry in the ACL are allowed
/// by default.
///
/// # Error Notification
///
/// An entry in this column indicates to the NVC that the ACL could not be configured as requested.
/// The switch must clear this column when the error has been cleared.
///
/// Column: [`acl_fault_status`](ACL_FAULT_STATUS).
#[derive(Clone, PartialEq, Eq)]
pub struct Acl(Row);

/// `acl_entries`: A set of references to entries in the [`ACL_entry`](AclEntry) table.
///
/// **Shape**: set (at least 1) of strong references to [`AclEntry`].
pub const ACL_ENTRIES: Column<Acl, Set<Ref<AclEntry>>> = Column::new(0);

/// `acl_fault_status` of `ACL`.
///
/// **Shape**: set of strings; ephemeral: the database file does not keep it.
///
/// **Keys**:
///
/// - `invalid_acl`: Indicates that an ACL requested by the controller could not be instantiated by
///   the switch, e.g., because it requires an unsupported combination of fields to be matched.
/// - `resource_shortage`: Indicates that an ACL requested by the controller could not be
///   instantiated by the switch due to a shortage of resources (e.g. TCAM space).
/// - `unspecified_fault`: Indicates that an error has occurred in configuring the ACL but no more
///   specific information is available.
pub const ACL_FAULT_STATUS: Column<Acl, Set<String>> = Column::new(1);

/// `acl_name`: A human readable name for the ACL, which may (for example) be displayed on the
/// switch CLI.
///
/// **Shape**: string; unique.
pub const ACL_NAME: Column<Acl, String> = Column::new(2);

/// The rows by `acl_name`, which is unique.
pub const BY_ACL_NAME: Index<Acl, String> = Index::schema(0);

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
    name: "ACL",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef {
            name: "acl_entries",
            key: BaseDef { reference: Some(("ACL_entry", RefKind::Strong)), ..UUID },
            max: UNLIMITED, ..PLAIN
        },
        ColumnDef { name: "acl_fault_status", min: 0, max: UNLIMITED, ephemeral: true, ..PLAIN },
        ColumnDef { name: "acl_name", ..PLAIN },
    ],
    indexes: &[&[2]],
};

impl Table for Acl {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(ACL_ENTRIES, self.acl_entries());
        visitor.column(ACL_FAULT_STATUS, self.acl_fault_status());
        visitor.column(ACL_NAME, self.acl_name());
    }
}

impl fmt::Debug for Acl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Acl {
    /// A set of references to entries in the [`ACL_entry`](AclEntry) table. See [`ACL_ENTRIES`].
    pub fn acl_entries(&self) -> SetView<'_, Ref<AclEntry>> {
        self.0.get(ACL_ENTRIES)
    }

    /// The column `acl_fault_status`. See [`ACL_FAULT_STATUS`].
    pub fn acl_fault_status(&self) -> SetView<'_, String> {
        self.0.get(ACL_FAULT_STATUS)
    }

    /// A human readable name for the ACL, which may (for example) be displayed on the switch CLI.
    /// See [`ACL_NAME`].
    pub fn acl_name(&self) -> &str {
        self.0.get(ACL_NAME)
    }
}
