//! `topology_show`: the logical network.

use clap::{Args, ValueEnum};
use ovn_tools::tool::topology_show::{Format, Params, TopologyShow};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Output, Toolset};

/// Shows the logical network: routers, switches, how they are linked, their ports with addresses
/// and where each is bound, and what is wrong with any of it.
///
/// Problems come first: ports that no chassis has claimed, that are down, or that name a peer
/// which does not exist.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopologyShowArguments {
    /// Show only the logical network of this node (interconnect zone).
    #[arg(long)]
    pub node: Option<String>,
    /// Show only this switch, router or port and what is directly linked to it: its name, its
    /// UUID or the first 8 or more digits of that. A pod's port is called `<namespace>_<pod>`.
    #[arg(long, value_name = "NAME|UUID")]
    pub of: Option<String>,
    /// How to show it.
    #[arg(long, value_enum, default_value_t)]
    #[serde(default)]
    #[schemars(extend("default" = "graph"))]
    pub format: TopologyFormat,
    /// Whether to list the ports that link nothing, such as those of pods; default true.
    #[arg(long, value_name = "BOOL")]
    pub ports: Option<bool>,
}

/// How to show a topology.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TopologyFormat {
    /// Routers, switches, links and ports as rows.
    #[default]
    #[value(name = "text", alias = "graph", help = "Text to read")]
    Graph,
    /// A Mermaid flowchart.
    Mermaid,
    /// The same as `--json`.
    #[serde(skip)]
    #[schemars(skip)]
    Json,
}

impl Arguments for TopologyShowArguments {
    type Tool = TopologyShow;
    const TITLE: &'static str = "Show topology";
    const TOOLSET: Toolset = Toolset::Ovn;

    fn params(self) -> Params {
        Params {
            node: self.node,
            of: self.of,
            format: match self.format {
                TopologyFormat::Mermaid => Format::Mermaid,
                TopologyFormat::Graph | TopologyFormat::Json => Format::Graph,
            },
            ports: self.ports,
        }
    }

    fn output(&self) -> Output {
        match self.format {
            TopologyFormat::Graph => Output::Blocks,
            TopologyFormat::Mermaid => Output::Verbatim,
            TopologyFormat::Json => Output::Json,
        }
    }
}
