//! Generates plain typed Rust tables from any `.ovsschema` file.
//!
//! The schema says what a table holds; the documentation file that upstream keeps beside it
//! (optional) says what it means. One file comes out for each table and one for the database: a
//! row type, a typed constant and a method for each column, and a type for each column whose
//! strings the schema lists. The code needs `ovsdb_client::table` and nothing else, and rustfmt
//! leaves it as it is.
//!
//! The steps: [`docs`] reads the documentation, `model` chooses the names, `emit` writes.

pub mod docs;

mod emit;
mod model;
mod name;
mod vendored;

use std::path::PathBuf;

use ovsdb_client::schema::DatabaseSchema;

use crate::docs::DatabaseDocs;
use crate::emit::{Input, database_file, table_file};
use crate::model::Model;

pub use crate::vendored::{Release, VENDORED, Vendored, VendoredError};

/// What to generate from a schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The name of the database's module, and so of its file and folder.
    pub module: String,
    /// The name of the schema file, for the remark in each file; empty for the database's name.
    pub source: String,
    /// Where the schema comes from and its licence, for the same remark; may be empty.
    pub origin: String,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Its path below the folder of the source code: `MODULE.rs` or `MODULE/TABLE.rs`.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

/// Generates the files of one database: the database's own first, then the tables' by name.
///
/// The same input gives the same text.
pub fn generate(
    schema: &DatabaseSchema,
    docs: Option<&DatabaseDocs>,
    options: &Options,
) -> Vec<GeneratedFile> {
    let model = Model::new(schema);
    let no_docs = DatabaseDocs::default();
    let input = Input {
        model: &model,
        docs: docs.unwrap_or(&no_docs),
        options,
    };
    let tables = model.tables.iter().map(|table| table_file(table, input));
    std::iter::once(database_file(input))
        .chain(tables)
        .collect()
}
