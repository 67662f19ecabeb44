//! `changes_watch`: what changed since a cursor.

use std::ops::RangeInclusive;
use std::time::Duration;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use ovn_tools::tool::changes_watch::{
    ChangesWatch, DEFAULT_LIMIT, DEFAULT_WAIT, MAX_LIMIT, MAX_WAIT, Params,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, DatabaseName, Toolset};

/// Tells what changed in a running server's database since a cursor, or waits for a change.
///
/// Counts by table come first, then the rows with old and new values: the net effect between two
/// moments. The answer's `cursor` goes on without loss; the first call makes one. Recordings do
/// not change: see `transaction_list`.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangesWatchArguments {
    /// The database.
    #[arg(long, value_name = "DB")]
    pub db: DatabaseName,
    /// The tables; default all.
    #[arg(long, value_name = "TABLE", value_delimiter = ',')]
    #[serde(default)]
    pub tables: Vec<String>,
    /// The `cursor` of the answer before, with the same database, tables and node; default now.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
    /// The most seconds to wait for a change where there is none yet.
    #[arg(long, value_name = "SECONDS", default_value_t = default_wait(), value_parser = waits())]
    #[serde(default = "default_wait")]
    #[schemars(range(min = 0, max = MAX_WAIT.as_secs()))]
    pub wait: u64,
    /// The most rows of the page.
    #[arg(long, value_name = "ROWS", default_value_t = DEFAULT_LIMIT, value_parser = limits())]
    #[serde(default = "default_limit")]
    #[schemars(range(min = 1, max = MAX_LIMIT))]
    pub limit: usize,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
}

fn default_wait() -> u64 {
    DEFAULT_WAIT.as_secs()
}

fn default_limit() -> usize {
    DEFAULT_LIMIT
}

fn waits() -> RangedU64ValueParser<u64> {
    RangedU64ValueParser::new().range(0..=MAX_WAIT.as_secs())
}

fn limits() -> RangedU64ValueParser<usize> {
    let limits: RangeInclusive<u64> = 1..=MAX_LIMIT as u64;
    RangedU64ValueParser::new().range(limits)
}

impl Arguments for ChangesWatchArguments {
    type Tool = ChangesWatch;
    const TITLE: &'static str = "Watch changes";
    const TOOLSET: Toolset = Toolset::History;

    fn params(self) -> Params {
        Params {
            database: self.db.0,
            tables: self.tables,
            node: self.node,
            cursor: self.cursor,
            wait: Duration::from_secs(self.wait),
            limit: self.limit,
        }
    }
}
