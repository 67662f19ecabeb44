//! Places: where in the timeline a record stands, and the cursors made of them.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::database::Database;
use crate::report::ToolError;
use crate::tool::seal::{seal, unseal};

/// The version of a cursor's form; another one is another product version's cursor.
const VERSION: u8 = 1;

/// A record's place: a total order, since labels are unique for each database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Place {
    /// When it was written in milliseconds since 1970, or the last one before it in its file that
    /// has a date.
    pub(super) date: i64,
    /// Which database.
    pub(super) database: Database,
    /// What the answer calls the database's node or file.
    pub(super) label: String,
    /// Its number in the file.
    pub(super) record: usize,
    /// Which of the things at that number: damage stands before the record.
    pub(super) part: u8,
}

#[derive(Serialize, Deserialize)]
struct Form(u8, u64, Place);

impl Place {
    /// Reads a cursor and checks that it belongs to the question with this fingerprint.
    ///
    /// # Errors
    /// [`ToolError`] when it is damaged or another question's.
    pub(super) fn parse(text: &str, question: u64) -> Result<Self, ToolError> {
        let again = "drop the cursor and ask again from the first page";
        match unseal(text) {
            Some(Form(VERSION, asked, place)) if asked == question => Ok(place),
            Some(Form(VERSION, ..)) => Err(ToolError::new(
                "the cursor belongs to another question: only limit and rows may change from page \
                 to page",
            )
            .hint(format!("{again}, or send the question it came from"))),
            Some(_) => Err(ToolError::new("the cursor is of another version").hint(again)),
            None => Err(ToolError::new("the cursor is damaged").hint(again)),
        }
    }

    /// The cursor that goes on after it.
    pub(super) fn cursor(&self, question: u64) -> String {
        seal(&Form(VERSION, question, self.clone()))
    }

    /// Its place under the wanted order.
    pub(super) fn compare(&self, other: &Self, newest_first: bool) -> Ordering {
        let oldest_first = self.cmp(other);
        if newest_first {
            oldest_first.reverse()
        } else {
            oldest_first
        }
    }
}
