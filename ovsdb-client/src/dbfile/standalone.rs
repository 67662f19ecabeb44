//! Standalone database files: a schema and the transactions since.
//!
//! **Source**: ovsdb(5), "Standalone Format"; `_is_diff` is undocumented there and written by
//! default since OVS 2.15.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;
use thiserror::Error;

use crate::dbfile::record::{Magic, RecordError, Records};
use crate::replica::{Cause, Replica, Snapshot, Values};
use crate::row::RowBuilder;
use crate::schema::{DatabaseLayout, DatabaseSchema, SchemaError};
use crate::table::TableDef;
use crate::update::{Columns, RowChange, RowFault, Update, UpdateError};

/// Where seconds end and milliseconds begin in `_date`: 2³¹ − 1, as ovsdb-tool tells them apart.
const FIRST_MILLISECOND: i64 = 2_147_483_647;

/// A standalone database file, read to its end.
#[derive(Debug)]
pub struct DatabaseFile {
    /// The rows as the last transaction left them.
    pub snapshot: Snapshot,
    /// How many transactions the file holds, the schema record left out.
    pub transactions: usize,
    /// When the last transaction with a date was written, in milliseconds since 1970.
    pub written: Option<i64>,
    /// What of the file's rows could not be read; everything else was.
    pub faults: Vec<RowFault>,
}

/// A file cannot be read as a database. The file is at fault; reading it again will not help.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FileError {
    /// The content does not begin as an OVSDB log.
    #[error("the file is no OVSDB database: it does not begin with a record header")]
    NotOvsdb,
    /// The content is a cluster member's log, which this reader does not know.
    #[error(
        "the file is a clustered database, which cannot be read yet; convert it with `ovsdb-tool cluster-to-standalone`"
    )]
    Clustered,
    /// The file ends before its first record does.
    #[error("the file holds no schema")]
    Empty,
    /// A record is damaged.
    #[error("the file is damaged")]
    Record(#[from] RecordError),
    /// The first record is no schema.
    #[error("the first record holds no schema")]
    Schema(#[from] SchemaError),
    /// A record is sound but holds no transaction.
    #[error("record {number} at byte {offset} holds no transaction")]
    Transaction {
        /// How many records stand before it.
        number: usize,
        /// Where it begins.
        offset: usize,
        /// What is wrong with it.
        #[source]
        cause: UpdateError,
    },
}

impl DatabaseFile {
    /// Reads a standalone database file from its content.
    ///
    /// The layout comes from the schema in the file; `generated` tables can read its rows.
    ///
    /// # Errors
    /// [`FileError`] when the content is no standalone database or is damaged anywhere.
    pub fn read(bytes: &[u8], generated: &[&'static TableDef]) -> Result<Self, FileError> {
        if bytes.is_empty() {
            return Err(FileError::Empty);
        }
        match Records::recognise(bytes) {
            Some(Magic::Json) => {}
            Some(Magic::Cluster) => return Err(FileError::Clustered),
            None => return Err(FileError::NotOvsdb),
        }
        let mut records = Records::new(bytes);
        let first = records.next().ok_or(FileError::Empty)??;
        let schema = Arc::new(DatabaseSchema::parse(first.body)?);
        let layout = Arc::new(DatabaseLayout::new(schema, generated));
        let mut log = Log {
            replica: Replica::new(layout),
            builder: RowBuilder::default(),
            written: None,
            faults: Vec::new(),
        };
        let mut transactions = 0;
        for record in records {
            let record = record?;
            transactions += 1;
            log.transaction(record.body)
                .map_err(|cause| FileError::Transaction {
                    number: transactions,
                    offset: record.offset,
                    cause,
                })?;
        }
        Ok(Self {
            snapshot: log.replica.snapshot(),
            transactions,
            written: log.written,
            faults: log.faults,
        })
    }
}

/// The state of a log's replay.
struct Log {
    replica: Replica,
    builder: RowBuilder,
    written: Option<i64>,
    faults: Vec<RowFault>,
}

impl Log {
    fn transaction(&mut self, body: &str) -> Result<(), UpdateError> {
        let members: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(body)?;
        let is_diff = members
            .get("_is_diff")
            .is_some_and(|flag| flag.get() == "true");
        if let Some(date) = members
            .get("_date")
            .and_then(|date| date.get().parse::<i64>().ok())
        {
            let seconds = date < FIRST_MILLISECOND;
            self.written = Some(if seconds {
                date.saturating_mul(1000)
            } else {
                date
            });
        }
        let snapshot = self.replica.snapshot();
        let layout = Arc::clone(self.replica.layout());
        let mut update = Update::new(Arc::clone(&layout));
        for (name, text) in &members {
            if name.starts_with('_') {
                continue;
            }
            let (Some(number), Some(known)) = (layout.table_number(name), snapshot.table(name))
            else {
                self.faults.push(RowFault {
                    table: name.as_ref().into(),
                    row: "".into(),
                    column: None,
                    problem: "the schema has no such table".to_owned(),
                });
                continue;
            };
            let mut rows = Vec::new();
            let columns = Columns {
                table: &layout.tables()[number],
                builder: &mut self.builder,
                faults: &mut self.faults,
            };
            columns.rows(text.get(), &mut rows, |columns, uuid, text| {
                match (text, known.get(uuid)) {
                    ("null", Some(_)) => Some(RowChange::Delete),
                    ("null", None) => {
                        columns.fault(
                            &uuid.to_string(),
                            None,
                            "a row that is not there is deleted",
                        );
                        None
                    }
                    (_, Some(_)) => columns.delta(uuid, text),
                    (_, None) => columns.whole(uuid, text, true),
                }
            })?;
            update.tables.push((number, rows));
        }
        let values = if is_diff {
            Values::Differences
        } else {
            Values::Whole
        };
        drop(snapshot);
        self.replica.apply(update, values, Cause::Delta)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
