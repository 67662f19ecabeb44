//! Standalone logs: a schema, and the transactions since.
//!
//! **Source**: ovsdb(5), "Standalone Format"; `_is_diff` is undocumented there and written by
//! default since OVS 2.15.

use crate::dbfile::error::FileError;
use crate::dbfile::record::Record;
use crate::dbfile::step::{Body, Step};
use crate::schema::DatabaseSchema;

/// The schema and the transactions of a standalone log's sound records.
///
/// With `given`, a log whose first record is lost takes that schema, and all its records are
/// transactions.
pub(crate) fn read<'f>(
    records: &[Record<'f>],
    hole: usize,
    given: Option<&DatabaseSchema>,
) -> Result<(DatabaseSchema, Vec<Step<'f>>), FileError> {
    let (first, rest) = records.split_first().ok_or(FileError::Empty)?;
    let (schema, transactions) = match (DatabaseSchema::parse(first.body), given) {
        (Ok(schema), _) => (schema, rest),
        (Err(_), Some(given)) if hole < first.offset => (given.clone(), records),
        (Err(error), _) => return Err(error.into()),
    };
    let steps = transactions
        .iter()
        .map(|record| Step {
            record: record.number,
            offset: record.offset,
            end: record.end,
            raft: None,
            body: Body::Transaction(record.body),
        })
        .collect();
    Ok((schema, steps))
}

#[cfg(test)]
mod tests;
