//! Standalone logs: a schema, and the transactions since.
//!
//! **Source**: ovsdb(5), "Standalone Format"; `_is_diff` is undocumented there and written by
//! default since OVS 2.15.

use crate::dbfile::error::FileError;
use crate::dbfile::record::Record;
use crate::dbfile::step::Steps;
use crate::schema::DatabaseSchema;

/// The schema, its text where the file holds it, and the transactions of a standalone log's sound
/// records.
///
/// With `given`, a log whose first record is lost takes that schema, and all its records are
/// transactions.
pub(crate) fn read<'f>(
    records: Vec<Record<'f>>,
    hole: usize,
    given: Option<&DatabaseSchema>,
) -> Result<(DatabaseSchema, Option<&'f str>, Steps<'f>), FileError> {
    let first = *records.first().ok_or(FileError::Empty)?;
    let mut records = records.into_iter();
    let (schema, text) = match (DatabaseSchema::parse(first.body), given) {
        (Ok(schema), _) => {
            records.next();
            (schema, Some(first.body))
        }
        (Err(_), Some(given)) if hole < first.offset => (given.clone(), None),
        (Err(error), _) => return Err(error.into()),
    };
    Ok((schema, text, Steps::Records(records)))
}

#[cfg(test)]
mod tests;
