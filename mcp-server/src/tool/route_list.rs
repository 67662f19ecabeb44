//! `route_list`: routes and policies of routers.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::route_list::{Params, RouteList};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists routes and policies of logical routers in the order in which they match; says which hold
/// an address, or what comes nearest.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteListArguments {
    /// Only this router.
    #[arg(long)]
    pub router: Option<String>,
    /// Only what holds this address or network.
    #[arg(long)]
    pub to: Option<String>,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
    /// The `next_cursor` of the page before.
    #[arg(long)]
    pub cursor: Option<String>,
}

impl Arguments for RouteListArguments {
    type Tool = RouteList;
    const TITLE: &'static str = "List routes";
    const TOOLSET: Toolset = Toolset::Ovn;

    fn params(self) -> Params {
        Params {
            router: self.router,
            to: self.to,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: None,
            },
        }
    }
}
