//! `socket_list`: the sockets of nodes.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::socket_list::{Params, SocketList};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the sockets of TCP, UDP and the like on the nodes, with the programs that hold them.
///
/// Runs ss on the host of a unix socket or in a privileged pod of the node, or reads what a
/// sosreport keeps.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SocketListArguments {
    /// Only those with this IP address at either end.
    #[arg(long, value_name = "IP")]
    pub address: Option<String>,
    /// Only those with this port at either end.
    #[arg(long)]
    pub port: Option<u16>,
    /// Only those of this protocol, such as `tcp`.
    #[arg(long)]
    pub protocol: Option<String>,
    /// Only those that a program of this name holds.
    #[arg(long)]
    pub program: Option<String>,
    /// Only those in this state, such as `LISTEN`.
    #[arg(long)]
    pub state: Option<String>,
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

impl Arguments for SocketListArguments {
    type Tool = SocketList;
    const TITLE: &'static str = "List sockets";
    const TOOLSET: Toolset = Toolset::Kernel;

    fn params(self) -> Params {
        Params {
            address: self.address,
            port: self.port,
            protocol: self.protocol,
            program: self.program,
            state: self.state,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
