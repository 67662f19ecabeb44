//! `acl_list`: access rules in the order in which they decide.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::acl_list::{AclList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists access rules (ACLs) in the order in which they decide, with owners, where they apply, and
/// what the names in their matches stand for.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AclListArguments {
    /// Only what applies to this pod (`namespace/name`) or port, or belongs to this policy,
    /// namespace, port group or switch.
    #[arg(long)]
    pub of: Option<String>,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
    /// The `next_cursor` of the page before.
    #[arg(long)]
    pub cursor: Option<String>,
}

impl Arguments for AclListArguments {
    type Tool = AclList;
    const TITLE: &'static str = "List access rules";
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
