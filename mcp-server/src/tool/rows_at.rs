//! `rows_at`: rows of one table in the past.

use clap::Args;
use ovn_tools::tool::rows_at::{Params, RowsAt};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, MomentText, RowsFindArguments, Toolset};

/// Finds rows of one table as they were at a moment of a recorded database's history.
///
/// The question and the answer are those of `rows_find`. `transaction_list` shows which moments
/// there are. A running server knows only the present.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
pub struct RowsAtArguments {
    /// When: a time such as `2026-11-21T09:00:00Z`, `record:12` for the file up to that record, or
    /// a transaction's ID.
    #[arg(long, value_name = "MOMENT")]
    pub at: MomentText,
    /// The rows.
    #[command(flatten)]
    #[serde(flatten)]
    pub find: RowsFindArguments,
}

impl Arguments for RowsAtArguments {
    type Tool = RowsAt;
    const TITLE: &'static str = "Find rows in the past";
    const TOOLSET: Toolset = Toolset::History;

    fn tell_all(&mut self) {
        self.find.tell_all();
    }

    fn params(self) -> Params {
        Params {
            find: self.find.params(),
            at: self.at.0,
        }
    }
}
