//! Outcomes: what the server answers to each operation of a transaction.

use serde::Deserialize;
use serde_json::value::RawValue;
use thiserror::Error;
use uuid::Uuid;

use crate::row::{Row, RowBuilder};
use crate::rpc::RemoteError;
use crate::schema::TableLayout;
use crate::update::{Columns, RowChange, RowFault};
use crate::value::parse_uuid;

/// The results of a transaction that was carried out, one an operation.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The results, in the order of the operations.
    pub results: Vec<OperationResult>,
}

/// What one operation gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum OperationResult {
    /// An insert: the row's UUID.
    Inserted(Uuid),
    /// A select: the rows, undecoded.
    Rows(Vec<Box<RawValue>>),
    /// An update, mutate or delete: how many rows matched, changed or not.
    Count(u64),
    /// An operation that gives nothing.
    Done,
}

/// A transaction was refused, and nothing of it was carried out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{} was refused", match .operation {
    Some(number) => format!("operation {number}"),
    None => "the commit".to_owned(),
})]
pub struct TransactError {
    /// The operation, counted from 0; `None` when all succeeded and the commit did not.
    pub operation: Option<usize>,
    /// What the server said.
    #[source]
    pub error: RemoteError,
}

/// A reply is no answer to the operations that were sent. The fault is the server's.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OutcomeError {
    /// The reply is no array of results.
    #[error("the reply to a transaction cannot be read")]
    Json(#[from] serde_json::Error),
    /// There are fewer results than operations.
    #[error("the reply holds {found} results for {expected} operations")]
    Count {
        /// How many operations were sent.
        expected: usize,
        /// How many results came.
        found: usize,
    },
    /// An inserted row has no UUID.
    #[error("the reply to an insert holds no uuid")]
    Uuid,
}

impl Outcome {
    /// Reads the result of a transaction of `operations` operations.
    ///
    /// The inner result is the server's verdict, the outer one whether it could be read. A
    /// transaction succeeded when there are exactly as many results as operations and none is an
    /// error; an error after the last of them is the commit's.
    ///
    /// # Errors
    /// [`OutcomeError`] when the reply is no such result.
    pub fn decode(
        operations: usize,
        reply: &RawValue,
    ) -> Result<Result<Self, TransactError>, OutcomeError> {
        let texts: Vec<Option<&RawValue>> = serde_json::from_str(reply.get())?;
        let mut results = Vec::with_capacity(operations);
        for (number, text) in texts.iter().enumerate() {
            // What follows a failed operation is null: it was not tried.
            let Some(text) = text else { continue };
            let members: Members<'_> = serde_json::from_str(text.get())?;
            if members.error.is_some() {
                return Ok(Err(TransactError {
                    operation: (number < operations).then_some(number),
                    error: RemoteError::decode(text),
                }));
            }
            results.push(members.result()?);
        }
        if results.len() != operations {
            return Err(OutcomeError::Count {
                expected: operations,
                found: results.len(),
            });
        }
        Ok(Ok(Self { results }))
    }

    /// The results of the operations before the one that failed, which would have been carried out.
    ///
    /// # Errors
    /// [`OutcomeError`] when the reply is no such result.
    pub fn decode_before(
        failed: usize,
        reply: &RawValue,
    ) -> Result<Vec<OperationResult>, OutcomeError> {
        let texts: Vec<Option<&RawValue>> = serde_json::from_str(reply.get())?;
        let mut results = Vec::with_capacity(failed);
        for text in texts.into_iter().take(failed).flatten() {
            let members: Members<'_> = serde_json::from_str(text.get())?;
            results.push(members.result()?);
        }
        Ok(results)
    }
}

#[derive(Deserialize)]
struct Members<'m> {
    #[serde(borrow, default)]
    error: Option<&'m RawValue>,
    #[serde(default)]
    uuid: Option<(String, String)>,
    #[serde(default)]
    rows: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    count: Option<u64>,
}

impl Members<'_> {
    fn result(self) -> Result<OperationResult, OutcomeError> {
        if let Some((_, uuid)) = self.uuid {
            let uuid = parse_uuid(&uuid).ok_or(OutcomeError::Uuid)?;
            return Ok(OperationResult::Inserted(uuid));
        }
        if let Some(rows) = self.rows {
            return Ok(OperationResult::Rows(rows));
        }
        Ok(self
            .count
            .map_or(OperationResult::Done, OperationResult::Count))
    }
}

impl OperationResult {
    /// The rows of a select, as rows of this layout; a row without `_uuid` has the zero UUID.
    ///
    /// What cannot be read is left out and becomes a fault.
    pub fn rows(&self, table: &TableLayout, faults: &mut Vec<RowFault>) -> Vec<Row> {
        let Self::Rows(texts) = self else {
            return Vec::new();
        };
        let mut builder = RowBuilder::default();
        let mut rows = Vec::with_capacity(texts.len());
        for text in texts {
            let uuid = row_uuid(text).unwrap_or_default();
            let mut columns = Columns {
                table,
                builder: &mut builder,
                faults,
            };
            if let Some(RowChange::Whole(row)) = columns.whole(uuid, text.get(), false) {
                rows.push(row);
            }
        }
        rows
    }
}

fn row_uuid(text: &RawValue) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct Identity {
        #[serde(rename = "_uuid")]
        uuid: (String, String),
    }
    let identity: Identity = serde_json::from_str(text.get()).ok()?;
    parse_uuid(&identity.uuid.1)
}
