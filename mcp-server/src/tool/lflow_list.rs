//! `lflow_list`: logical flows.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::lflow_list::{LflowList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists logical flows, parsed, each with the Northbound row it comes from; without a filter, how
/// many flows each stage has.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LflowListArguments {
    /// Only this switch or router.
    #[arg(long)]
    pub datapath: Option<String>,
    /// Only this stage, such as `ls_in_acl`; a part of its name will do.
    #[arg(long)]
    pub stage: Option<String>,
    /// Only flows that match on this field, such as `ip4.src`.
    #[arg(long)]
    pub field: Option<String>,
    /// Only flows with this action, such as `ct_lb_mark` or `drop`.
    #[arg(long)]
    pub action: Option<String>,
    /// Only flows with this text in match or actions.
    #[arg(long)]
    pub text: Option<String>,
    /// Only flows of this Northbound row: 8 or more digits of its UUID.
    #[arg(long)]
    pub of: Option<String>,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
    /// The `next_cursor` of the page before.
    #[arg(long)]
    pub cursor: Option<String>,
}

impl Arguments for LflowListArguments {
    type Tool = LflowList;
    const TITLE: &'static str = "List logical flows";
    const TOOLSET: Toolset = Toolset::Ovn;

    fn params(self) -> Params {
        Params {
            datapath: self.datapath,
            stage: self.stage,
            field: self.field,
            action: self.action,
            text: self.text,
            of: self.of,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: None,
            },
        }
    }
}
