//! `schema_describe`: tables, and the columns of one.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::schema_describe::{Params, SchemaDescribe};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, DatabaseName, Toolset};

/// Describes the schemas: all tables with their row counts, or one table's columns with types,
/// values, references and indexes.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SchemaDescribeArguments {
    /// Only this database.
    #[arg(long, value_name = "DB")]
    pub db: Option<DatabaseName>,
    /// The table to describe in detail.
    #[arg(long)]
    pub table: Option<String>,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
}

impl Arguments for SchemaDescribeArguments {
    type Tool = SchemaDescribe;
    const TITLE: &'static str = "Describe schemas";
    const TOOLSET: Toolset = Toolset::Core;

    fn params(self) -> Params {
        Params {
            database: self.db.map(|db| db.0),
            table: self.table,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: None,
            },
        }
    }
}
