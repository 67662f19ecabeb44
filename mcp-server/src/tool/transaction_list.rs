//! `transaction_list`: the history of recorded databases.

use std::ops::RangeInclusive;

use clap::builder::RangedU64ValueParser;
use clap::{Args, ValueEnum};
use ovn_tools::tool::transaction_list::{DEFAULT_LIMIT, MAX_LIMIT, Order, Params, TransactionList};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, DatabaseName, TimeText, Toolset};

/// Lists the transactions of recorded databases as a timeline: when, who, which tables, how many
/// rows were inserted, changed and deleted.
///
/// With `rows` each changed row is shown, old and new values column by column. Compactions,
/// conversions, damage and entries not known to be committed are marked. A running server keeps no
/// history.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransactionListArguments {
    /// The database: `nb`, `sb`, `ovs`, or its full name; default all.
    #[arg(long, value_name = "DB")]
    pub db: Option<DatabaseName>,
    /// Read only the databases of this node; default all.
    #[arg(long)]
    pub node: Option<String>,
    /// Only transactions written at this time or later, such as `2026-11-21T09:00:00Z`.
    #[arg(long, value_name = "TIME")]
    pub since: Option<TimeText>,
    /// Only transactions written at this time or earlier.
    #[arg(long, value_name = "TIME")]
    pub until: Option<TimeText>,
    /// Only transactions that touch this table.
    #[arg(long)]
    pub table: Option<String>,
    /// Only transactions that touch this row: its UUID, or the first 8 or more digits of it.
    #[arg(long, value_name = "UUID")]
    pub row: Option<String>,
    /// Only transactions with this text in their comment or in a value they write or remove, in
    /// either case.
    #[arg(long)]
    pub text: Option<String>,
    /// Which come first.
    #[arg(long, value_enum, default_value_t)]
    #[serde(default)]
    #[schemars(extend("default" = "newest"))]
    pub order: TransactionOrder,
    /// Show each changed row with its columns.
    #[arg(long)]
    #[serde(default)]
    pub rows: bool,
    /// The most transactions of the page.
    #[arg(long, value_name = "COUNT", default_value_t = DEFAULT_LIMIT, value_parser = limits())]
    #[serde(default = "default_limit")]
    #[schemars(range(min = 1, max = MAX_LIMIT))]
    pub limit: usize,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
}

/// Which transactions come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TransactionOrder {
    /// The newest.
    #[default]
    Newest,
    /// The oldest.
    Oldest,
}

fn default_limit() -> usize {
    DEFAULT_LIMIT
}

fn limits() -> RangedU64ValueParser<usize> {
    let limits: RangeInclusive<u64> = 1..=MAX_LIMIT as u64;
    RangedU64ValueParser::new().range(limits)
}

impl Arguments for TransactionListArguments {
    type Tool = TransactionList;
    const TITLE: &'static str = "List transactions";
    const TOOLSET: Toolset = Toolset::History;

    fn params(self) -> Params {
        Params {
            database: self.db.map(|db| db.0),
            node: self.node,
            since: self.since.map(|time| time.0),
            until: self.until.map(|time| time.0),
            table: self.table,
            row: self.row,
            text: self.text,
            order: match self.order {
                TransactionOrder::Newest => Order::Newest,
                TransactionOrder::Oldest => Order::Oldest,
            },
            rows: self.rows,
            limit: self.limit,
            cursor: self.cursor,
        }
    }
}
