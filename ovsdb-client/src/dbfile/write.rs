//! Writing: the records of a standalone log, as bytes.
//!
//! A log is the record of its schema and then one record a transaction. Values are whole, not
//! differences, so that servers of any age read them.
//!
//! **Source**: ovsdb(5), "File Format" and "Standalone Format".

use std::io::Write;

use serde::Serialize;
use sha1::{Digest, Sha1};
use thiserror::Error;

use crate::replica::{ChangeBatch, RowChanged};
use crate::schema::{DatabaseSchema, TableLayout, TableSchema};
use crate::value::{Datum, Value};

/// Writes the transactions of one log.
#[derive(Clone, Debug)]
pub struct LogWriter {
    schema: DatabaseSchema,
}

/// What stands beside the rows of a transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RecordHeader<'a> {
    /// When it was made, in milliseconds since 1970.
    pub date: Option<i64>,
    /// What its writer says of it.
    pub comment: Option<&'a str>,
}

/// Something has no form in a file. The value is at fault: no server holds such a one.
#[derive(Debug, Error)]
#[error("{place} cannot be written")]
pub struct WriteError {
    place: String,
    #[source]
    cause: serde_json::Error,
}

/// Replaces values on their way into a file.
pub trait Rewrite {
    /// What to write for a value; `None` for the value itself.
    fn value(&mut self, table: &str, column: &str, value: Value<'_>) -> Option<Datum>;
}

/// Values as they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsTheyAre;

impl Rewrite for AsTheyAre {
    fn value(&mut self, _: &str, _: &str, _: Value<'_>) -> Option<Datum> {
        None
    }
}

impl LogWriter {
    /// A writer of logs of this schema. Its tables and columns are written, but for ephemeral
    /// columns, which stand in no file; other ones that a row has are left out.
    pub fn new(schema: DatabaseSchema) -> Self {
        Self { schema }
    }

    /// The first record, with the schema.
    ///
    /// # Errors
    /// [`WriteError`] when the schema has no JSON form.
    pub fn schema(&self) -> Result<Vec<u8>, WriteError> {
        let text = serde_json::to_string(&self.schema).map_err(|cause| WriteError {
            place: format!("the schema of {}", self.schema.name),
            cause,
        })?;
        Ok(record(&text))
    }

    /// The record of a transaction, with new values for all columns that changed. `None` where it
    /// changes nothing that a file holds, as that of a counter.
    ///
    /// For all rows of a snapshot: [`ChangeBatch::of_all`].
    ///
    /// # Errors
    /// [`WriteError`] when a value has no JSON form.
    pub fn transaction(
        &self,
        changes: &ChangeBatch,
        header: RecordHeader<'_>,
        rewrite: &mut impl Rewrite,
    ) -> Result<Option<Vec<u8>>, WriteError> {
        let mut body = Vec::from(b"{");
        if let Some(date) = header.date {
            member(&mut body, "_date");
            push(&mut body, &date, || "the date".to_owned())?;
        }
        if let Some(comment) = header.comment {
            member(&mut body, "_comment");
            push(&mut body, comment, || "the comment".to_owned())?;
        }
        let mut is_empty = true;
        for changed in &changes.tables {
            let Some(layout) = changes.layout().tables().get(changed.table) else {
                continue;
            };
            let Some(schema) = self.schema.table(&layout.name) else {
                continue;
            };
            let start = body.len();
            member(&mut body, &schema.name);
            body.push(b'{');
            let first = body.len();
            for row in &changed.rows {
                write_row(&mut body, schema, layout, row, rewrite)?;
            }
            if body.len() == first {
                body.truncate(start);
            } else {
                body.push(b'}');
                is_empty = false;
            }
        }
        body.push(b'}');
        // What was written is UTF-8, as JSON is.
        let text = String::from_utf8_lossy(&body);
        Ok((!is_empty).then(|| record(&text)))
    }
}

/// A record with this body.
fn record(body: &str) -> Vec<u8> {
    let mut hash = Sha1::new();
    hash.update(body.as_bytes());
    hash.update(b"\n");
    let mut record = format!("OVSDB JSON {} ", body.len() + 1).into_bytes();
    for byte in hash.finalize() {
        // Writing into memory does not fail.
        let _ = write!(record, "{byte:02x}");
    }
    record.push(b'\n');
    record.extend_from_slice(body.as_bytes());
    record.push(b'\n');
    record
}

/// Begins a member of the object that is being written.
fn member(body: &mut Vec<u8>, name: &str) {
    if !body.ends_with(b"{") {
        body.push(b',');
    }
    // Names of tables and columns are identifiers, and UUIDs are digits.
    body.push(b'"');
    body.extend_from_slice(name.as_bytes());
    body.extend_from_slice(b"\":");
}

fn push<T: Serialize + ?Sized>(
    body: &mut Vec<u8>,
    value: &T,
    place: impl Fn() -> String,
) -> Result<(), WriteError> {
    serde_json::to_writer(body, value).map_err(|cause| WriteError {
        place: place(),
        cause,
    })
}

/// Writes a row: null for one that is gone, what is not the default of a new one, and else what
/// changed; nothing where that is nothing.
fn write_row(
    body: &mut Vec<u8>,
    schema: &TableSchema,
    layout: &TableLayout,
    row: &RowChanged,
    rewrite: &mut impl Rewrite,
) -> Result<(), WriteError> {
    let start = body.len();
    member(
        body,
        row.uuid.hyphenated().encode_lower(&mut [0; UUID_TEXT]),
    );
    let Some(new) = &row.new else {
        body.extend_from_slice(b"null");
        return Ok(());
    };
    body.push(b'{');
    let first = body.len();
    for name in written(schema, layout, row) {
        let Some(value) = new.value(layout, name) else {
            continue;
        };
        if row.old.is_none() && value.is_default() {
            continue;
        }
        member(body, name);
        let place = || format!("{}.{name} of row {}", schema.name, row.uuid);
        match rewrite.value(&schema.name, name, value) {
            Some(datum) => push(body, &datum, place)?,
            None => push(body, &value, place)?,
        }
    }
    if body.len() == first && row.old.is_some() {
        body.truncate(start);
    } else {
        body.push(b'}');
    }
    Ok(())
}

/// How long the text of a UUID is.
const UUID_TEXT: usize = 36;

/// The columns of a row that may stand in a file and differ.
fn written<'a>(
    schema: &'a TableSchema,
    layout: &'a TableLayout,
    row: &'a RowChanged,
) -> impl Iterator<Item = &'a str> {
    let persists = |name: &&str| schema.column(name).is_some_and(|column| !column.ephemeral);
    row.changed_columns(layout).filter(persists)
}

#[cfg(test)]
mod tests;
