//! `ovs_show`: the bridges of each host.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::ovs_show::{OvsShow, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Shows the bridges of each host with their ports and interfaces: type, number, logical port, far
/// end, link and error; those that failed come first.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OvsShowArguments {
    /// Only this bridge.
    #[arg(long)]
    pub bridge: Option<String>,
    /// Only what this names: an interface, a port, a logical port, a MAC address or a far end.
    #[arg(long, value_name = "NAME")]
    pub of: Option<String>,
    /// Only interfaces that could not be made or whose link is down.
    #[arg(long)]
    #[serde(default)]
    pub failed: bool,
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

impl Arguments for OvsShowArguments {
    type Tool = OvsShow;
    const TITLE: &'static str = "Show bridges";
    const TOOLSET: Toolset = Toolset::Ovs;

    fn params(self) -> Params {
        Params {
            bridge: self.bridge,
            of: self.of,
            failed: self.failed,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
