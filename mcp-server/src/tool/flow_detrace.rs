//! `flow_detrace`: the configuration behind OpenFlow cookies.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::flow_detrace::{FlowDetrace, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Finds the logical flow and the ACL, load balancer, NAT, route or policy behind the cookies of
/// OpenFlow flows.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowDetraceArguments {
    /// Cookies such as `0x19856ee8`, or lines of a flow listing or trace that hold them.
    #[arg(long, value_name = "TEXT", required = true)]
    pub cookies: Vec<String>,
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

impl Arguments for FlowDetraceArguments {
    type Tool = FlowDetrace;
    const TITLE: &'static str = "Trace flows back";
    const TOOLSET: Toolset = Toolset::Ovs;

    fn params(self) -> Params {
        Params {
            cookies: self.cookies,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
