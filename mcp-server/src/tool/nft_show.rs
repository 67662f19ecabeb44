//! `nft_show`: the rules of nftables on nodes.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::nft_show::{NftShow, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Shows the rules of nftables of the nodes' kernels, with their counters and hooks.
///
/// Runs nft on the host of a unix socket or in a privileged pod of the node, or reads what a
/// sosreport keeps.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NftShowArguments {
    /// Only those of this table.
    #[arg(long)]
    pub table: Option<String>,
    /// Only those of this chain.
    #[arg(long)]
    pub chain: Option<String>,
    /// Only those in which this text stands, such as an IP address.
    #[arg(long, value_name = "TEXT")]
    pub contains: Option<String>,
    /// Only those that counted packets.
    #[arg(long)]
    #[serde(default)]
    pub hit: bool,
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

impl Arguments for NftShowArguments {
    type Tool = NftShow;
    const TITLE: &'static str = "Show nftables";
    const TOOLSET: Toolset = Toolset::Kernel;

    fn params(self) -> Params {
        Params {
            table: self.table,
            chain: self.chain,
            contains: self.contains,
            hit: self.hit,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
