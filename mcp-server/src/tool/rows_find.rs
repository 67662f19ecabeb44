//! `rows_find`: rows of one table.

use std::ops::RangeInclusive;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use ovn_tools::tool::rows_find::{DEFAULT_LIMIT, MAX_LIMIT, Params, RowsFind};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, DatabaseName, Toolset};

/// Finds rows of one table of `OVN_Northbound`, `OVN_Southbound` or `Open_vSwitch` by conditions,
/// on one node or on all nodes at once.
///
/// The answer has `columns` and `rows`, with `_node` where several databases were searched. Name
/// the `columns` you want to make room for more rows.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowsFindArguments {
    /// The database: `nb` (Northbound), `sb` (Southbound), `ovs` (a host's bridges and
    /// interfaces), or its full name.
    #[arg(long, value_name = "DB")]
    pub db: DatabaseName,
    /// The table, as the schema spells it, such as `Logical_Switch_Port`.
    #[arg(long)]
    pub table: String,
    /// What rows must be like, all of it: `COLUMN OPERATOR VALUE`, such as `type == router`,
    /// `external_ids:k8s.ovn.org/name == web`, `ports includes 5b3c9e21`. A map's key follows a
    /// colon. Operators: `==`, `!=`, `<`, `<=`, `>`, `>=`, `includes`, `excludes`, `contains`
    /// (text within strings, in either case), `in`. Values: a word, a JSON string, `[a, b]`,
    /// `{k=v}`, `[]` for unset. UUIDs may be cut to 8 digits.
    #[arg(long = "where", value_name = "CONDITION")]
    #[serde(default, rename = "where")]
    pub conditions: Vec<String>,
    /// The columns to show: `COLUMN`, `COLUMN:KEY` for one key of a map, `ports.name` for a column
    /// of the rows referred to. Default: those that are set in any of the rows.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    #[serde(default)]
    pub columns: Vec<String>,
    /// What to sort by: `COLUMN` or `COLUMN:KEY`, descending after `-`. Default: the name.
    #[arg(
        long,
        value_name = "COLUMN",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    #[serde(default)]
    pub order: Vec<String>,
    /// Count rows by these columns instead, the largest groups first; `_node` counts by node.
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    #[serde(default)]
    pub group_by: Vec<String>,
    /// Tell equal rows of several nodes once, and name the nodes that differ.
    #[arg(long)]
    #[serde(default)]
    pub fold: bool,
    /// Whether UUIDs of rows are told whole.
    #[arg(skip)]
    #[serde(skip)]
    pub whole_uuids: bool,
    /// The most rows of the page.
    #[arg(long, value_name = "ROWS", default_value_t = DEFAULT_LIMIT, value_parser = limits())]
    #[serde(default = "default_limit")]
    #[schemars(range(min = 1, max = MAX_LIMIT))]
    pub limit: usize,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
    /// Search only the databases of this node; default all.
    #[arg(long)]
    pub node: Option<String>,
}

fn default_limit() -> usize {
    DEFAULT_LIMIT
}

fn limits() -> RangedU64ValueParser<usize> {
    let limits: RangeInclusive<u64> = 1..=MAX_LIMIT as u64;
    RangedU64ValueParser::new().range(limits)
}

impl Arguments for RowsFindArguments {
    type Tool = RowsFind;
    const TITLE: &'static str = "Find rows";
    const TOOLSET: Toolset = Toolset::Core;

    fn tell_all(&mut self) {
        self.whole_uuids = true;
    }

    fn params(self) -> Params {
        Params {
            database: self.db.0,
            table: self.table,
            conditions: self.conditions,
            columns: self.columns,
            group_by: self.group_by,
            fold: self.fold,
            whole_uuids: self.whole_uuids,
            order: self.order,
            limit: self.limit,
            cursor: self.cursor,
            node: self.node,
            at: None,
        }
    }
}
