//! Database files, read natively and never written.
//!
//! **Source**: ovsdb(5).

mod record;
mod standalone;

pub use self::record::{Magic, Record, RecordError, RecordProblem, Records};
pub use self::standalone::{DatabaseFile, FileError};
