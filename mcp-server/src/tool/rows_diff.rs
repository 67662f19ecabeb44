//! `rows_diff`: what differs between two moments, nodes or sources.

use std::ops::RangeInclusive;

use clap::builder::RangedU64ValueParser;
use clap::{Args, ValueEnum};
use ovn_tools::tool::rows_diff::{
    DEFAULT_ELEMENTS, DEFAULT_LIMIT, Identity, MAX_ELEMENTS, MAX_LIMIT, Params, RowsDiff, Side,
};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, DatabaseName, MomentText, Toolset};

/// Compares the rows of a database between two moments of a recording, two nodes or two sources.
///
/// Counts for each table come first, then the rows: inserted, deleted, or changed with old and new
/// values. Name what differs between the sides: `from_node` and `to_node`, `from_source` and
/// `to_source`, or `from_at` and `to_at`.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowsDiffArguments {
    /// The database: `nb`, `sb`, `ovs`, or its full name.
    #[arg(long, value_name = "DB")]
    pub db: DatabaseName,
    /// The table; default all.
    #[arg(long)]
    pub table: Option<String>,
    /// The node of the old rows, and of the new ones unless `to_node` says otherwise.
    #[arg(long, value_name = "NODE")]
    pub from_node: Option<String>,
    /// The node of the new rows.
    #[arg(long, value_name = "NODE")]
    pub to_node: Option<String>,
    /// The source or address of the old rows, as `sources_list` shows it, and of the new ones
    /// unless `to_source` says otherwise.
    #[arg(long, value_name = "SOURCE")]
    pub from_source: Option<String>,
    /// The source or address of the new rows.
    #[arg(long, value_name = "SOURCE")]
    pub to_source: Option<String>,
    /// When the old rows were so: a time such as `2026-11-21T09:00:00Z`, `record:12`, or a
    /// transaction's ID. Default: now, or a recording's end.
    #[arg(long, value_name = "MOMENT")]
    pub from_at: Option<MomentText>,
    /// When the new rows were so. Default: now, or a recording's end.
    #[arg(long, value_name = "MOMENT")]
    pub to_at: Option<MomentText>,
    /// Which two rows are one row. Default: `uuid` between two moments, else `index`.
    #[arg(long, value_enum)]
    pub identity: Option<RowIdentity>,
    /// Tell rows apart by these columns of the table.
    #[arg(
        long,
        value_name = "COLUMN",
        value_delimiter = ',',
        conflicts_with = "identity"
    )]
    #[serde(default)]
    pub key: Vec<String>,
    /// Columns that make no difference, such as `external_ids`.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    #[serde(default)]
    pub ignore: Vec<String>,
    /// How many elements to show of one value; what is left out is counted.
    #[arg(long, value_name = "COUNT", default_value_t = DEFAULT_ELEMENTS, value_parser = elements())]
    #[serde(default = "default_elements")]
    #[schemars(range(min = 1, max = MAX_ELEMENTS))]
    pub elements: usize,
    /// The most rows of the page.
    #[arg(long, value_name = "ROWS", default_value_t = DEFAULT_LIMIT, value_parser = limits())]
    #[serde(default = "default_limit")]
    #[schemars(range(min = 1, max = MAX_LIMIT))]
    pub limit: usize,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
}

/// Which two rows are one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RowIdentity {
    /// Those of one UUID.
    Uuid,
    /// Those of one index or name; references count as what they name.
    Index,
}

fn default_limit() -> usize {
    DEFAULT_LIMIT
}

fn default_elements() -> usize {
    DEFAULT_ELEMENTS
}

fn elements() -> RangedU64ValueParser<usize> {
    let elements: RangeInclusive<u64> = 1..=MAX_ELEMENTS as u64;
    RangedU64ValueParser::new().range(elements)
}

fn limits() -> RangedU64ValueParser<usize> {
    let limits: RangeInclusive<u64> = 1..=MAX_LIMIT as u64;
    RangedU64ValueParser::new().range(limits)
}

impl Arguments for RowsDiffArguments {
    type Tool = RowsDiff;
    const TITLE: &'static str = "Compare rows";
    const TOOLSET: Toolset = Toolset::Core;

    fn params(self) -> Params {
        let identity = match self.identity {
            _ if !self.key.is_empty() => Some(Identity::Columns(self.key)),
            Some(RowIdentity::Uuid) => Some(Identity::Uuid),
            Some(RowIdentity::Index) => Some(Identity::Index),
            None => None,
        };
        Params {
            database: self.db.0,
            table: self.table,
            from: Side {
                node: self.from_node,
                source: self.from_source,
                at: self.from_at.map(|at| at.0),
            },
            to: Side {
                node: self.to_node,
                source: self.to_source,
                at: self.to_at.map(|at| at.0),
            },
            identity,
            ignore: self.ignore,
            elements: self.elements,
            limit: self.limit,
            cursor: self.cursor,
        }
    }
}
