//! `ofproto_trace`: what the flows of a bridge do with a packet.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::ofproto_trace::{OfprotoTrace, Params};
use ovn_tools::tool::openflow_list::INTEGRATION_BRIDGE;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, StateText, Toolset};

/// Traces a packet through the OpenFlow tables of a bridge, each step with the stage and the
/// configuration it was made from.
///
/// Asks ovs-vswitchd over its control socket. `packet_trace` builds packets for you and needs no
/// live switch.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfprotoTraceArguments {
    /// The bridge.
    #[arg(long, default_value = INTEGRATION_BRIDGE)]
    #[serde(default = "integration_bridge")]
    pub bridge: String,
    /// The packet, in the notation of ovs-fields(7), such as
    /// `in_port=p1,tcp,dl_src=…,dl_dst=…,nw_src=…,nw_dst=…,tp_dst=80`.
    #[arg(long)]
    pub flow: String,
    /// What each pass through conntrack finds: `new`, `est`, `est,rpl`; default a new connection.
    #[arg(long, value_name = "STATE")]
    #[serde(default)]
    pub conntrack: Vec<StateText>,
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

fn integration_bridge() -> String {
    INTEGRATION_BRIDGE.to_owned()
}

impl Arguments for OfprotoTraceArguments {
    type Tool = OfprotoTrace;
    const TITLE: &'static str = "Trace OpenFlow";
    const TOOLSET: Toolset = Toolset::Ovs;

    fn params(self) -> Params {
        Params {
            bridge: self.bridge,
            flow: self.flow,
            conntrack: self.conntrack.iter().map(|state| state.0).collect(),
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
