//! Logs: the file of one recorded database.

use std::sync::Arc;

use jiff::Timestamp;
use ovsdb_client::dbfile::{AsTheyAre, FileError, FileKind, History, LogWriter, RecordHeader};
use ovsdb_client::replica::{Cause, ChangeBatch};
use ovsdb_client::schema::DatabaseSchema;

use crate::access::{AccessError, DatabaseRecorded};
use crate::database::Database;
use crate::record::RecordError;
use crate::record::bundle::Bundle;
use crate::record::schema::Tables;
use crate::record::source::{Opened, Origin};
use crate::redact::Redactor;
use crate::report::Gap;
use crate::tool::transaction_list::ALL_ROWS;

/// The file of one database.
#[derive(Debug)]
pub(super) struct DatabaseLog {
    recorded: DatabaseRecorded,
    writer: LogWriter,
    /// The schema of the source, by which later changes are known to be of the same form.
    schema: Arc<DatabaseSchema>,
    ended: bool,
}

impl DatabaseLog {
    /// Writes the schema and all rows; of a recording the transactions that made them. Says what
    /// of these could not be kept.
    pub(super) fn begin(
        opened: &Opened,
        tables: &Tables,
        bundle: &Bundle,
        taken: &[&str],
        mut redactor: Option<&mut Redactor>,
    ) -> Result<(Self, Option<Gap>), RecordError> {
        let database = opened.database;
        let schema = Arc::clone(&opened.first.layout().schema);
        let live = matches!(opened.origin, Origin::Live { .. });
        let writer = LogWriter::new(tables.schema(database, &schema, live));
        let node = match (&opened.node, redactor.as_deref_mut()) {
            (Some(node), Some(redactor)) => Some(redactor.text(node)),
            (node, _) => node.clone(),
        };
        let source = match &redactor {
            Some(_) => opened
                .source
                .split(':')
                .next()
                .unwrap_or_default()
                .to_owned(),
            None => opened.source.clone(),
        };
        let mut log = Self {
            recorded: DatabaseRecorded {
                path: path(node.as_deref(), database, taken),
                node,
                database,
                schema_version: schema.version.to_string(),
                source,
                moment: opened.moment,
                transactions: 0,
                redacted: redactor.is_some(),
            },
            writer,
            schema,
            ended: false,
        };
        bundle.append(&log.recorded.path, &log.writer.schema()?)?;
        if let Some(history) = &opened.log {
            let refused = |cause: FileError| AccessError::Recorded {
                path: opened.source.clone(),
                cause: cause.into(),
            };
            let history = history.committed(database).map_err(refused)?;
            // A dump has no transactions.
            if history.kind() != FileKind::Dump {
                let gap = log.replay(history, refused, bundle, redactor)?;
                return Ok((log, gap));
            }
        }
        let moment = opened.moment.unwrap_or_else(Timestamp::now);
        let header = RecordHeader {
            date: Some(moment.as_millisecond()),
            comment: Some(ALL_ROWS),
        };
        log.write(&opened.first, header, bundle, redactor)?;
        Ok((log, None))
    }

    /// Writes the transactions of a recording. Says so where they are not all: a file has one
    /// schema, so that what came before a conversion to it cannot stand in it.
    fn replay(
        &mut self,
        mut history: History<'_>,
        refused: impl Fn(FileError) -> AccessError,
        bundle: &Bundle,
        mut redactor: Option<&mut Redactor>,
    ) -> Result<Option<Gap>, RecordError> {
        let mut gap = None;
        while let Some(transaction) = history.next() {
            let transaction = transaction.map_err(&refused)?;
            let comment = match (&transaction.comment, redactor.as_deref_mut()) {
                (Some(comment), Some(redactor)) => Some(redactor.text(comment)),
                (comment, _) => comment.as_deref().map(str::to_owned),
            };
            let header = RecordHeader {
                date: transaction.date,
                comment: comment.as_deref(),
            };
            let is_final = transaction.changes.layout().schema == self.schema;
            if transaction.schema.is_none() && is_final {
                self.write(
                    &transaction.changes,
                    header,
                    bundle,
                    redactor.as_deref_mut(),
                )?;
                continue;
            }
            gap = Some(Gap {
                what: format!(
                    "the history of {} up to record {}",
                    self.recorded.path, transaction.record
                ),
                why: format!(
                    "the database went over to schema {} there, and a file has one schema",
                    self.schema.version
                ),
            });
            if is_final {
                bundle.clear(&self.recorded.path)?;
                self.recorded.transactions = 0;
                bundle.append(&self.recorded.path, &self.writer.schema()?)?;
                let all = ChangeBatch::of_all(&history.snapshot(), Cause::Initial);
                self.write(&all, header, bundle, redactor.as_deref_mut())?;
            }
        }
        Ok(gap)
    }

    /// The file, from the bundle's folder.
    pub(super) fn path(&self) -> &str {
        &self.recorded.path
    }

    /// What the manifest says of it.
    pub(super) fn recorded(&self) -> DatabaseRecorded {
        self.recorded.clone()
    }

    /// Adds what changed. Says so when that is the end of it: a file has one schema.
    pub(super) fn append(
        &mut self,
        batch: &ChangeBatch,
        now: Timestamp,
        bundle: &Bundle,
        redactor: Option<&mut Redactor>,
    ) -> Result<Option<Gap>, RecordError> {
        if self.ended {
            return Ok(None);
        }
        if batch.layout().schema != self.schema {
            self.ended = true;
            return Ok(Some(Gap {
                what: format!("changes of {} after {now}", self.recorded.path),
                why: format!(
                    "the server went over to schema {}; record it anew",
                    batch.layout().schema.version
                ),
            }));
        }
        let header = RecordHeader {
            date: Some(now.as_millisecond()),
            comment: None,
        };
        self.write(batch, header, bundle, redactor)?;
        Ok(
            (batch.cause == Cause::Resync && !batch.is_empty()).then(|| {
                Gap {
            what: format!("changes of {} before {now}", self.recorded.path),
            why: "the connection was lost for a while, so that all that changed meanwhile is one \
                  transaction"
                .to_owned(),
        }
            }),
        )
    }

    fn write(
        &mut self,
        batch: &ChangeBatch,
        header: RecordHeader<'_>,
        bundle: &Bundle,
        redactor: Option<&mut Redactor>,
    ) -> Result<(), RecordError> {
        let record = match redactor {
            Some(redactor) => {
                let mut rewrite = redactor.of(self.recorded.database);
                self.writer.transaction(batch, header, &mut rewrite)?
            }
            None => self.writer.transaction(batch, header, &mut AsTheyAre)?,
        };
        if let Some(record) = record {
            bundle.append(&self.recorded.path, &record)?;
            self.recorded.transactions += 1;
        }
        Ok(())
    }
}

/// A file's path in the bundle that is not taken yet: `worker-a/ovnnb_db.db`.
fn path(node: Option<&str>, database: Database, taken: &[&str]) -> String {
    let file = match database {
        Database::Nb => "ovnnb_db",
        Database::Sb => "ovnsb_db",
        Database::Ovs => "conf",
    };
    let folder = node.map_or_else(String::new, |node| format!("{}/", folder(node)));
    let numbered = (2..).map(|number: u32| format!("{folder}{file}-{number}.db"));
    std::iter::once(format!("{folder}{file}.db"))
        .chain(numbered)
        .find(|path| !taken.contains(&path.as_str()))
        .unwrap_or_default()
}

/// A node's name as that of a folder.
fn folder(node: &str) -> String {
    let plain = |c: char| match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => c,
        _ => '_',
    };
    let folder: String = node.chars().map(plain).collect();
    match folder.trim_start_matches('.') {
        "" => "_".to_owned(),
        folder => folder.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_named_after_the_node_and_lead_nowhere_else() {
        let check = |node: Option<&str>, taken: &[&str]| path(node, Database::Nb, taken);
        assert_eq!(check(Some("worker-a"), &[]), "worker-a/ovnnb_db.db");
        assert_eq!(check(None, &[]), "ovnnb_db.db");
        assert_eq!(check(None, &["ovnnb_db.db"]), "ovnnb_db-2.db");
        assert_eq!(check(Some("../../etc"), &[]), "_.._etc/ovnnb_db.db");
        assert_eq!(check(Some(".."), &[]), "_/ovnnb_db.db");
        assert_eq!(check(Some("a/b\0c"), &[]), "a_b_c/ovnnb_db.db");
    }
}
