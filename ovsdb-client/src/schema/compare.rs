//! Compares the tables a program was built with and those a server has.

use std::fmt;

use crate::schema::DatabaseSchema;
use crate::schema::definition::TableDef;

/// One way in which a server's schema differs from the generated tables.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Difference {
    /// The server has no such table: it reads as empty.
    MissingTable {
        /// The table.
        table: &'static str,
    },
    /// The server has no such column: it reads as its default.
    MissingColumn {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// The server's column holds other atoms than the program knows: it reads as its default,
    /// and dynamically as what the server says.
    OtherKind {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The server's type, in words.
        server: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingTable { table } => write!(f, "table {table} is absent"),
            Self::MissingColumn { table, column } => write!(f, "column {table}.{column} is absent"),
            Self::OtherKind {
                table,
                column,
                server,
            } => write!(f, "column {table}.{column} is of type {server} here"),
        }
    }
}

/// Lists what of `tables` the `server` lacks or holds differently.
///
/// Wider or narrower cardinality, other constraints and additional tables or columns are no
/// difference: they read as they are.
pub fn compare(tables: &[&'static TableDef], server: &DatabaseSchema) -> Vec<Difference> {
    let mut differences = Vec::new();
    for &definition in tables {
        let table = definition.name;
        let Some(schema) = server.table(table) else {
            differences.push(Difference::MissingTable { table });
            continue;
        };
        for column in definition.columns {
            match schema.column(column.name) {
                None => differences.push(Difference::MissingColumn {
                    table,
                    column: column.name,
                }),
                Some(there) if !column.kinds_match(&there.column_type) => {
                    differences.push(Difference::OtherKind {
                        table,
                        column: column.name,
                        server: there.column_type.to_string(),
                    });
                }
                Some(_) => {}
            }
        }
    }
    differences
}
