//! `ct_zone_list`: whose conntrack zones are which.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::ct_zone_list::{CtZoneList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the conntrack zones that ovn-controller has given to logical ports and routers.
///
/// From ovn-controller where it runs, and from what the integration bridge remembers.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CtZoneListArguments {
    /// Only those whose port or router has this text in its name.
    #[arg(long, value_name = "TEXT")]
    pub user: Option<String>,
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

impl Arguments for CtZoneListArguments {
    type Tool = CtZoneList;
    const TITLE: &'static str = "List conntrack zones";
    const TOOLSET: Toolset = Toolset::Ovs;

    fn params(self) -> Params {
        Params {
            user: self.user,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
