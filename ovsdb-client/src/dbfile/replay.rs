//! Replays steps: applies a file's transactions and conversions to the rows there are.

use std::error::Error;
use std::sync::Arc;

use serde::de::Error as _;
use serde_json::value::RawValue;

use crate::dbfile::conversion::convert;
use crate::dbfile::error::FileError;
use crate::dbfile::options::Only;
use crate::dbfile::step::Body;
use crate::dbfile::transaction::{Members, Quick};
use crate::replica::{Cause, ChangeBatch, Replica, Snapshot, Values};
use crate::row::RowBuilder;
use crate::schema::{DatabaseLayout, DatabaseSchema, SchemaError};
use crate::table::TableDef;
use crate::update::{RowFault, Update, UpdateError};

/// The most columns of a table.
/// **Default and why**: 1000; real tables have up to 50, and in a file made to waste memory every
/// row could hold a default in each.
const MAX_COLUMNS: usize = 1000;

/// The rows so far.
#[derive(Debug)]
pub(crate) struct Replay {
    generated: Vec<&'static TableDef>,
    /// What is read; `None` for all.
    only: Option<Arc<Only>>,
    replica: Replica,
    builder: RowBuilder,
    /// Whether a row that cannot be read, or has columns that the schema does not have, makes its
    /// transaction void.
    pub(crate) whole_transactions: bool,
    /// Where to stop, in milliseconds since 1970.
    pub(crate) limit: Option<i64>,
    /// When the last transaction with a date was written.
    pub(crate) written: Option<i64>,
    /// The schema as the file spells it, where it holds one.
    pub(crate) schema: Option<Box<str>>,
}

/// What a step did.
#[derive(Debug)]
pub(crate) struct Applied {
    pub(crate) date: Option<i64>,
    pub(crate) comment: Option<Box<str>>,
    pub(crate) schema: Option<Arc<DatabaseSchema>>,
    pub(crate) changes: ChangeBatch,
    pub(crate) faults: Vec<RowFault>,
}

/// A step was not applied.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The step's content is none.
    Transaction(UpdateError),
    /// The step converts to no schema.
    Schema(SchemaError),
    /// A row cannot be read, where that makes the whole step void.
    Row(RowFault),
    /// The step was written after the time asked for.
    Late(i64),
}

impl From<UpdateError> for Refused {
    fn from(error: UpdateError) -> Self {
        Self::Transaction(error)
    }
}

impl From<serde_json::Error> for Refused {
    fn from(error: serde_json::Error) -> Self {
        Self::Transaction(error.into())
    }
}

impl Refused {
    /// What is wrong, in one sentence.
    pub(crate) fn problem(&self) -> String {
        let cause = |error: &dyn Error| match error.source() {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        };
        match self {
            Self::Transaction(error) => format!("it holds no transaction ({})", cause(error)),
            Self::Schema(error) => {
                format!(
                    "it converts the database to what is no schema ({})",
                    cause(error)
                )
            }
            Self::Row(fault) => format!(
                "row {} of {} cannot be read ({}{}{})",
                fault.row,
                fault.table,
                fault.column.as_deref().unwrap_or_default(),
                if fault.column.is_some() { ": " } else { "" },
                fault.problem
            ),
            Self::Late(_) => "it was written too late".to_owned(),
        }
    }

    /// The error for it as the one of the record that stands there.
    pub(crate) fn at(self, number: usize, offset: usize) -> FileError {
        match self {
            Self::Transaction(cause) => FileError::Transaction {
                number,
                offset,
                cause,
            },
            Self::Schema(cause) => FileError::Conversion {
                number,
                offset,
                cause,
            },
            Self::Row(fault) => FileError::Transaction {
                number,
                offset,
                cause: serde_json::Error::custom(fault.problem).into(),
            },
            Self::Late(date) => FileError::TooEarly { first: Some(date) },
        }
    }
}

impl Replay {
    pub(crate) fn new(
        layout: Arc<DatabaseLayout>,
        generated: &[&'static TableDef],
        only: Option<Arc<Only>>,
    ) -> Self {
        Self {
            generated: generated.to_vec(),
            only,
            replica: Replica::new(layout),
            builder: RowBuilder::default(),
            whole_transactions: false,
            limit: None,
            written: None,
            schema: None,
        }
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.replica.snapshot()
    }

    /// Applies a step, or leaves everything as it is.
    pub(crate) fn apply(&mut self, body: Body<'_>) -> Result<Applied, Refused> {
        if let Some(Quick { head, update }) = self.read_quickly(&body) {
            let date = head.date();
            let changes = self.replica.apply(update, head.values(), Cause::Delta)?;
            self.written = date.or(self.written);
            return Ok(Applied {
                date,
                comment: head.comment(),
                schema: None,
                changes,
                faults: Vec::new(),
            });
        }
        let commit = match body {
            Body::Rows(update) => return self.rows(*update),
            Body::Transaction(text) => Commit {
                schema: None,
                transaction: Some(text),
            },
            Body::Commit(text) => Commit::parse(text)?,
        };
        let members = match commit.transaction {
            Some(text) => Members::parse(text)?,
            None => Members::default(),
        };
        let head = members.head();
        let date = head.date();
        if let (Some(limit), Some(date)) = (self.limit, date)
            && date > limit
        {
            return Err(Refused::Late(date));
        }
        let before = self.replica.snapshot();
        let mut new = None;
        let mut update = match commit.schema {
            None => members.read(&before, self.whole_transactions, &mut self.builder)?,
            Some(text) => {
                let schema = DatabaseSchema::parse(text).map_err(Refused::Schema)?;
                let layout = layout(schema, &self.generated, self.only.as_deref())
                    .map_err(Refused::Schema)?;
                let layout = &*new.insert(layout);
                if commit.transaction.is_some() {
                    let empty = Replica::new(Arc::clone(layout)).snapshot();
                    members.read(&empty, self.whole_transactions, &mut self.builder)?
                } else {
                    convert(&before, layout, &mut self.builder)?
                }
            }
        };
        drop(before);
        let faults = self.faults(&mut update)?;
        let schema = new.as_ref().map(|layout| Arc::clone(&layout.schema));
        let changes = match new {
            None => self.replica.apply(update, head.values(), Cause::Delta)?,
            Some(layout) => {
                self.replica.convert(layout);
                self.replica.replace(update, Cause::Resync)?
            }
        };
        self.written = date.or(self.written);
        self.schema = commit.schema.map(Box::from).or(self.schema.take());
        Ok(Applied {
            date,
            comment: head.comment(),
            schema,
            changes,
            faults,
        })
    }

    /// Reads a transaction that is as servers write it, in time; `None` for any other step.
    fn read_quickly<'f>(&mut self, body: &Body<'f>) -> Option<Quick<'f>> {
        if self.whole_transactions {
            return None;
        }
        let before = self.replica.snapshot();
        let quick = match body {
            Body::Rows(_) => return None,
            Body::Transaction(text) => Quick::read(text, &before, &mut self.builder)?,
            Body::Commit(text) => Quick::read_commit(text, &before, &mut self.builder)?,
        };
        let is_late = |limit| quick.head.date().is_some_and(|date| date > limit);
        (!self.limit.is_some_and(is_late)).then_some(quick)
    }

    /// Applies a step that is as servers write it and says nothing of it; false for any other
    /// step, which leaves everything as it is.
    pub(crate) fn pass(&mut self, body: &Body<'_>) -> bool {
        let Some(Quick { head, update }) = self.read_quickly(body) else {
            return false;
        };
        let passed = self.replica.advance(update, head.values()).is_ok();
        if passed {
            self.written = head.date().or(self.written);
        }
        passed
    }

    fn rows(&mut self, mut update: Update) -> Result<Applied, Refused> {
        let faults = self.faults(&mut update)?;
        Ok(Applied {
            date: None,
            comment: None,
            schema: None,
            changes: self.replica.apply(update, Values::Whole, Cause::Initial)?,
            faults,
        })
    }

    fn faults(&self, update: &mut Update) -> Result<Vec<RowFault>, Refused> {
        let faults = std::mem::take(&mut update.faults);
        match faults.first() {
            Some(fault) if self.whole_transactions => Err(Refused::Row(fault.clone())),
            _ => Ok(faults),
        }
    }
}

/// The two parts of a cluster's commit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Commit<'f> {
    /// The schema to go over to.
    pub(crate) schema: Option<&'f str>,
    /// What becomes of the rows. With a schema: all rows there are; without a transaction the
    /// rows there are stay, converted.
    pub(crate) transaction: Option<&'f str>,
}

impl<'f> Commit<'f> {
    pub(crate) fn parse(text: &'f str) -> Result<Self, UpdateError> {
        let (schema, transaction): (&RawValue, &RawValue) = serde_json::from_str(text)?;
        let part = |part: &'f RawValue| Some(part.get()).filter(|text| *text != "null");
        Ok(Self {
            schema: part(schema),
            transaction: part(transaction),
        })
    }
}

/// The layout of a file's rows.
pub(crate) fn layout(
    schema: DatabaseSchema,
    generated: &[&'static TableDef],
    only: Option<&Only>,
) -> Result<Arc<DatabaseLayout>, SchemaError> {
    for table in &schema.tables {
        let columns = table.columns.len();
        if columns > MAX_COLUMNS {
            return Err(SchemaError::Form {
                place: table.name.to_string(),
                problem: format!("it has {columns} columns; {MAX_COLUMNS} are the most"),
            });
        }
    }
    let schema = Arc::new(schema);
    Ok(Arc::new(match only {
        None => DatabaseLayout::new(schema, generated),
        Some(only) => {
            let database = schema.name.clone();
            DatabaseLayout::selected(schema, generated, |table| only.of(&database, table))
        }
    }))
}
