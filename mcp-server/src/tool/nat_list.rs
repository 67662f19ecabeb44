//! `nat_list`: address translation.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::nat_list::{NatList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists NAT with owners, and whether it takes effect.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NatListArguments {
    /// Only this router.
    #[arg(long)]
    pub router: Option<String>,
    /// Only what concerns this address, pod (`namespace/name`) or egress IP.
    #[arg(long)]
    pub of: Option<String>,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
    /// The `next_cursor` of the page before.
    #[arg(long)]
    pub cursor: Option<String>,
}

impl Arguments for NatListArguments {
    type Tool = NatList;
    const TITLE: &'static str = "List NAT";
    const TOOLSET: Toolset = Toolset::Ovn;

    fn params(self) -> Params {
        Params {
            router: self.router,
            of: self.of,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: None,
            },
        }
    }
}
