//! `openflow_list`: the flows of a bridge.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::openflow_list::{INTEGRATION_BRIDGE, OpenflowList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the OpenFlow flows of a bridge, parsed: how many in each table, then the flows.
///
/// Asks ovs-vswitchd over its control socket, beside a live Open_vSwitch database.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenflowListArguments {
    /// The bridge.
    #[arg(long, default_value = INTEGRATION_BRIDGE)]
    #[serde(default = "integration_bridge")]
    pub bridge: String,
    /// Only this table.
    #[arg(long)]
    pub table: Option<u8>,
    /// Only those whose match holds this text, such as an address.
    #[arg(long = "match", value_name = "TEXT")]
    #[serde(rename = "match")]
    pub condition: Option<String>,
    /// Only those whose actions hold this text.
    #[arg(long, value_name = "TEXT")]
    pub actions: Option<String>,
    /// Only those that have met packets.
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

fn integration_bridge() -> String {
    INTEGRATION_BRIDGE.to_owned()
}

impl Arguments for OpenflowListArguments {
    type Tool = OpenflowList;
    const TITLE: &'static str = "List OpenFlow flows";
    const TOOLSET: Toolset = Toolset::Ovs;

    fn params(self) -> Params {
        Params {
            bridge: self.bridge,
            table: self.table,
            condition: self.condition,
            actions: self.actions,
            hit: self.hit,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
