//! The `rows_at` tool: rows of one table as they were at a moment of a recording.

use crate::moment::Moment;
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::rows_find::{self, RowsFind, RowsFound};

/// Finds rows by conditions in the past.
#[derive(Clone, Copy, Debug)]
pub struct RowsAt;

/// Which rows to find, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// The rows; its own `at` does not count.
    pub find: rows_find::Params,
    /// When.
    pub at: Moment,
}

impl Params {
    /// What `rows_find` is asked.
    fn question(&self) -> rows_find::Params {
        rows_find::Params {
            at: Some(self.at),
            ..self.find.clone()
        }
    }
}

impl Tool for RowsAt {
    const NAME: &'static str = "rows_at";
    type Params = Params;
    type Report = RowsFound;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        RowsFind::needs(&params.question())
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<RowsFound, ToolError> {
        RowsFind::conclude(&params.question(), snapshot)
    }
}
