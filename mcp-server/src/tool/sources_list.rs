//! `sources_list`: which databases there are.

use clap::Args;
use ovn_tools::tool::sources_list::{Params, SourcesList};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the nodes, the databases of each, and how fresh they are. Start here.
///
/// For each node (zone or host): its databases with their schema version and when they were read
/// or recorded, and how far a change has come: whether northd has processed the last change of
/// the Northbound database and whether every chassis has caught up.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourcesListArguments {}

impl Arguments for SourcesListArguments {
    type Tool = SourcesList;
    const TITLE: &'static str = "List sources";
    const TOOLSET: Toolset = Toolset::Core;

    fn params(self) -> Params {
        Params {}
    }
}
