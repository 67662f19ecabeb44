//! `object_locate`: the rows of an object in every layer.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::object_locate::{ObjectLocate, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Finds the rows of whatever is known: a pod, service, policy, egress IP, node, IP, MAC, UUID,
/// port or hashed name; linked from layer to layer, with the break between them.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectLocateArguments {
    /// Such as `shop/cart-0`, `10.244.0.5`, `a4322231855293774466` or the first 8 digits of a UUID.
    #[arg(long)]
    pub object: String,
    /// Only this node.
    #[arg(long)]
    pub node: Option<String>,
    /// The `next_cursor` of the page before.
    #[arg(long)]
    pub cursor: Option<String>,
}

impl Arguments for ObjectLocateArguments {
    type Tool = ObjectLocate;
    const TITLE: &'static str = "Locate an object";
    const TOOLSET: Toolset = Toolset::Core;

    fn params(self) -> Params {
        Params {
            object: self.object,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: None,
            },
        }
    }
}
