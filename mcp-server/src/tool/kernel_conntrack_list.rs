//! `kernel_conntrack_list`: the connections that kernels track.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::kernel_conntrack_list::{KernelConntrackList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the connections that the nodes' kernels track, with the port or router whose zone each is
/// in.
///
/// Runs conntrack on the host of a unix socket or in a privileged pod of the node, or reads what a
/// sosreport keeps.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KernelConntrackListArguments {
    /// Only those of this IP address, in either direction.
    #[arg(long, value_name = "IP")]
    pub address: Option<String>,
    /// Only those of this port, in either direction.
    #[arg(long)]
    pub port: Option<u16>,
    /// Only those of this protocol, such as `tcp`.
    #[arg(long)]
    pub protocol: Option<String>,
    /// Only those of this zone: its number, or the logical port or router that has it.
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Only those with an address translated.
    #[arg(long)]
    #[serde(default)]
    pub translated: bool,
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

impl Arguments for KernelConntrackListArguments {
    type Tool = KernelConntrackList;
    const TITLE: &'static str = "List connections of the kernel";
    const TOOLSET: Toolset = Toolset::Kernel;

    fn params(self) -> Params {
        Params {
            address: self.address,
            port: self.port,
            protocol: self.protocol,
            zone: self.zone,
            translated: self.translated,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
