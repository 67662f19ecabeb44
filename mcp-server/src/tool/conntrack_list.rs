//! `conntrack_list`: the connections known to the datapath.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::conntrack_list::{ConntrackList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the connections known to the datapath, with the port or router whose zone each is in and
/// what was translated.
///
/// Asks ovs-vswitchd and ovn-controller over their control sockets.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConntrackListArguments {
    /// Only those of this IP address, in either direction.
    #[arg(long, value_name = "IP")]
    pub address: Option<String>,
    /// Only those of this port, in either direction.
    #[arg(long)]
    pub port: Option<u16>,
    /// Only those of this zone: its number, or the logical port or router that has it.
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// Only those with an address or port translated.
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

impl Arguments for ConntrackListArguments {
    type Tool = ConntrackList;
    const TITLE: &'static str = "List connections";
    const TOOLSET: Toolset = Toolset::Ovs;

    fn params(self) -> Params {
        Params {
            address: self.address,
            port: self.port,
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
