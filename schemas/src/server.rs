//! `_Server`: ovsdb-server \_Server schema.
//!
//! Generated from _server.ovsschema 1.2.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.
//!
//! Every `ovsdb-server` (version 2.9 or later) always hosts an instance of this schema, which holds
//! information on the status and configuration of the server itself. This database is read-only.
//! This manpage describes the schema for this database.

pub mod database;

use ovsdb_client::table::{DatabaseDef, Row, Table, Visit};

pub use self::database::{Database, DatabaseModel};

/// The database, with its tables ascending by name.
pub static DATABASE: DatabaseDef = DatabaseDef {
    name: "_Server",
    version: "1.2.0",
    tables: &[&database::DEFINITION],
};

/// Shows a row of the table called `table` to `visitor`, read by the generated type; false when
/// there is no such table.
pub fn visit(table: &str, row: Row, visitor: &mut impl Visit) -> bool {
    match table {
        "Database" => Database::from_row(row).visit(visitor),
        _ => return false,
    }
    true
}
