//! `datapath_flow_list`: the flows cached in the datapath.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::datapath_flow_list::{DatapathFlowList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the flows that the datapath has cached, most used first, and how many of them drop.
///
/// Asks ovs-vswitchd over its control socket, beside a live Open_vSwitch database.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatapathFlowListArguments {
    /// Only those whose match holds this text, such as an address.
    #[arg(long = "match", value_name = "TEXT")]
    #[serde(rename = "match")]
    pub condition: Option<String>,
    /// Only those whose actions hold this text, such as `drop`.
    #[arg(long, value_name = "TEXT")]
    pub actions: Option<String>,
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

impl Arguments for DatapathFlowListArguments {
    type Tool = DatapathFlowList;
    const TITLE: &'static str = "List datapath flows";
    const TOOLSET: Toolset = Toolset::Ovs;

    fn params(self) -> Params {
        Params {
            condition: self.condition,
            actions: self.actions,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
