//! `iptables_show`: the rules of iptables on nodes.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::iptables_show::{IptablesShow, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Shows the rules of iptables of the nodes' kernels, with their counters.
///
/// Runs iptables-save on the host of a unix socket or in a privileged pod of the node, or reads
/// what a sosreport keeps.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IptablesShowArguments {
    /// Those of IPv6 instead of those of IPv4.
    #[arg(long)]
    #[serde(default)]
    pub ipv6: bool,
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

impl Arguments for IptablesShowArguments {
    type Tool = IptablesShow;
    const TITLE: &'static str = "Show iptables";
    const TOOLSET: Toolset = Toolset::Kernel;

    fn params(self) -> Params {
        Params {
            ipv6: self.ipv6,
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
