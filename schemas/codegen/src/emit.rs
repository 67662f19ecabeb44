//! Emission: the model and the documentation as Rust source text that rustfmt leaves alone.

mod column;
mod database;
mod definition;
mod enumeration;
mod index;
mod key;
mod links;
mod shape;
mod source;
mod table;

pub(crate) use self::database::database_file;
pub(crate) use self::table::table_file;

use crate::Options;
use crate::docs::DatabaseDocs;
use crate::model::Model;

/// What every emitter needs to know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Input<'a> {
    /// The tables with their chosen names.
    pub(crate) model: &'a Model<'a>,
    /// What is documented; empty where there is no documentation.
    pub(crate) docs: &'a DatabaseDocs,
    /// What the caller asked for.
    pub(crate) options: &'a Options,
}

impl Input<'_> {
    /// The remark that a file was generated, and from what.
    fn provenance(&self) -> String {
        let schema = self.model.schema;
        let origin = match self.options.origin.as_str() {
            "" => String::new(),
            origin => format!(" ({origin})"),
        };
        let source = match self.options.source.as_str() {
            "" => &schema.name,
            source => source,
        };
        let version = match &*schema.version {
            "" => String::new(),
            version => format!(" {version}"),
        };
        format!("Generated from {source}{version}{origin}; do not edit.")
    }
}
