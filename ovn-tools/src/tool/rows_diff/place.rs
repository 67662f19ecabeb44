//! Places: where in the answer a differing row stands, and the cursors made of them.

use serde::{Deserialize, Serialize};

use crate::report::ToolError;
use crate::tool::seal::{seal, unseal};

/// The version of a cursor's form; another one is another product version's cursor.
const VERSION: u8 = 1;

/// A row's place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Place {
    /// The number of its pair of databases.
    pub(super) pair: usize,
    /// Its table.
    pub(super) table: String,
    /// Its key.
    pub(super) key: String,
    /// Which of the rows of that key.
    pub(super) number: usize,
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
                "the cursor belongs to another question: only the limit may change from page to page",
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
}
