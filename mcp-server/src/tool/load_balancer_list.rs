//! `load_balancer_list`: virtual IPs.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::load_balancer_list::{LoadBalancerList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists virtual IPs of services and load balancers, their backends, and where they apply.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoadBalancerListArguments {
    /// Only this service (`namespace/name`), load balancer, virtual IP or backend.
    #[arg(long)]
    pub of: Option<String>,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
    /// The `next_cursor` of the page before.
    #[arg(long)]
    pub cursor: Option<String>,
}

impl Arguments for LoadBalancerListArguments {
    type Tool = LoadBalancerList;
    const TITLE: &'static str = "List load balancers";
    const TOOLSET: Toolset = Toolset::Ovn;

    fn params(self) -> Params {
        Params {
            of: self.of,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: None,
            },
        }
    }
}
