//! What a file holds, in words, for the tests of the kinds of files.

use std::error::Error;
use std::fmt::Write;

use crate::dbfile::record::tests::record;
use crate::dbfile::{DatabaseFile, ReadOptions};
use crate::replica::Snapshot;
use crate::update::RowFault;

/// A schema whose length the offsets in the tests depend on.
pub(crate) const SCHEMA: &str = r#"{"name": "T", "version": "1.0.0", "tables": {
    "atoms": {"columns": {
        "boolean": {"type": "boolean"},
        "integer": {"type": "integer"},
        "real": {"type": "real"},
        "string": {"type": "string"},
        "uuid": {"type": "uuid"}}},
    "shapes": {"columns": {
        "bounded": {"type": {"key": "integer", "min": 0, "max": 3}},
        "least": {"type": {"key": "string", "min": 1, "max": "unlimited"}},
        "map": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
        "map_of_one": {"type": {"key": "string", "value": "integer", "min": 0, "max": 1}},
        "optional": {"type": {"key": "real", "min": 0, "max": 1}},
        "references": {"type": {"key": {"type": "uuid", "refTable": "atoms", "refType": "weak"},
                                "min": 0, "max": "unlimited"}}}}}}"#;

/// What the file holds, values that are defaults left out; or the error with its causes.
pub(crate) fn describe(bytes: &[u8], options: &ReadOptions) -> String {
    let file = match DatabaseFile::read_with(bytes, &[], options) {
        Ok(file) => file,
        Err(error) => return error_chain(&error),
    };
    let mut report = format!("{} transactions, {:?}", file.transactions, file.written);
    for damage in &file.damages {
        report += &format!("\ndamage: {damage}");
    }
    for fault in &file.faults {
        let RowFault {
            table,
            row,
            column,
            problem,
        } = fault;
        let column = column.as_deref().unwrap_or("-");
        report += &format!("\nfault: {table} {row} {column}: {problem}");
    }
    report + &rows(&file.snapshot)
}

/// The error with its causes.
pub(crate) fn error_chain(error: &dyn Error) -> String {
    let mut report = format!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        report += &format!(": {error}");
        cause = error.source();
    }
    report
}

/// A line for each row, values that are defaults left out.
pub(crate) fn rows(snapshot: &Snapshot) -> String {
    let mut report = String::new();
    for table in snapshot.tables() {
        for row in table.iter() {
            let _ = write!(report, "\n{} {}", table.layout().name, row.uuid());
            for (name, value) in row.values(table.layout()) {
                if !value.is_default() {
                    let _ = write!(report, " {name}={value}");
                }
            }
        }
    }
    report
}

#[test]
fn columns_that_files_leave_out_are_told() {
    let schema = r#"{"name": "T", "tables": {
        "A": {"columns": {"kept": {"type": "string"}, "lost": {"type": "string", "ephemeral": true}}},
        "B": {"columns": {"also": {"type": "integer", "ephemeral": true}}}}}"#;
    let bytes = record("JSON", schema);
    let file = DatabaseFile::read(&bytes, &[]).unwrap();
    let unrecorded: Vec<_> = file.unrecorded().collect();
    assert_eq!(unrecorded, [("A", "lost"), ("B", "also")]);
}
