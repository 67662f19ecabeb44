//! Counts the rows of a database file; builds without a runtime (`--no-default-features`).

use std::io::{Write, stdout};
use std::path::Path;

use ovsdb_client::dbfile::DatabaseFile;

/// Writes to `out` how many rows each table in the file has.
pub fn count(path: &Path, mut out: impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let file = DatabaseFile::read(&std::fs::read(path)?, &[])?;
    let schema = &file.snapshot.layout().schema;
    writeln!(out, "{} {}", schema.name, schema.version)?;
    for table in file.snapshot.tables() {
        writeln!(out, "{}: {}", table.layout().name, table.len())?;
    }
    for fault in &file.faults {
        writeln!(out, "unread: {} {}", fault.table, fault.problem)?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("which file?")?;
    count(Path::new(&path), stdout())
}
