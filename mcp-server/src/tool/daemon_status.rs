//! `daemon_status`: what the daemons say of themselves.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::daemon_status::{DaemonStatus, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Shows what ovn-northd, ovn-controller and ovs-vswitchd of each node say of themselves: version,
/// whether they are active and connected, what they hold.
///
/// Asks them over their control sockets, beside live databases.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DaemonStatusArguments {
    /// The most rows of the page; default 50.
    #[arg(long, value_name = "ROWS")]
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<usize>,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
}

impl Arguments for DaemonStatusArguments {
    type Tool = DaemonStatus;
    const TITLE: &'static str = "Show daemons";
    const TOOLSET: Toolset = Toolset::Ovs;

    fn params(self) -> Params {
        Params {
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
