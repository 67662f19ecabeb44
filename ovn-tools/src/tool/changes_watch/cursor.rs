//! Cursors: the moment up to which changes have been told, of each database, as text.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::database::Database;
use crate::report::ToolError;
use crate::snapshot::{Since, Watched};
use crate::tool::changes_watch::Params;
use crate::tool::seal::{fingerprint, seal, unseal};

/// The version of the form below; another one is another product version's cursor.
const VERSION: u8 = 1;

/// Where an answer ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    version: u8,
    question: u64,
    /// The databases.
    places: Vec<Place>,
    /// How many of the changes between the moments have been told.
    pub(super) told: usize,
}

/// Where an answer ended in one database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    address: String,
    from: u64,
    /// The moment up to which changes are being told, page by page.
    upto: Option<u64>,
}

impl Cursor {
    /// The cursor behind so many of all changes.
    pub(super) fn behind(told: usize, total: usize, watched: &[Watched], params: &Params) -> Self {
        let is_done = told >= total;
        let places = watched.iter().map(|one| Place {
            address: one.address.clone(),
            from: if is_done { one.upto } else { one.from },
            upto: (!is_done).then_some(one.upto),
        });
        Self {
            version: VERSION,
            question: question(params),
            places: places.collect(),
            told: if is_done { 0 } else { told },
        }
    }

    /// Reads a cursor and checks that it belongs to the question.
    ///
    /// # Errors
    /// [`ToolError`] when it is damaged or another question's.
    pub(super) fn parse(text: &str, params: &Params) -> Result<Self, ToolError> {
        let again = "leave the cursor out to begin anew";
        let damaged = || ToolError::new("the cursor is damaged").hint(again);
        let cursor: Self = unseal(text).ok_or_else(damaged)?;
        if cursor.version != VERSION {
            return Err(ToolError::new("the cursor is of another version").hint(again));
        }
        if cursor.question != question(params) {
            return Err(ToolError::new(
                "the cursor belongs to another question: database, tables and node must stay the \
                 same (wait and limit may change)",
            )
            .hint(again));
        }
        Ok(cursor)
    }

    /// The text.
    pub(super) fn print(&self) -> String {
        seal(self)
    }

    /// The moments.
    pub(super) fn since(&self, database: Database) -> Vec<Since> {
        let places = self.places.iter().map(|place| Since {
            address: place.address.clone(),
            database,
            from: place.from,
            upto: place.upto,
        });
        places.collect()
    }
}

fn question(params: &Params) -> u64 {
    let question = vec![
        Json::from(params.database.short_name()),
        Json::from(params.tables.as_slice()),
        Json::from(params.node.as_deref()),
    ];
    fingerprint(Json::from(question).to_string().as_bytes())
}
