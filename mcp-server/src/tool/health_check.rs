//! `health_check`: what is wrong, and why.

use clap::{Args, ValueEnum};
use ovn_tools::check::Layer;
use ovn_tools::page::Page;
use ovn_tools::tool::health_check::{HealthCheck, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Finds what is wrong and names the cause: known faults of OVN, OVN-Kubernetes and Open vSwitch,
/// each with the rows that show it and the next call. Start here.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HealthCheckArguments {
    /// Only these checks, by id.
    #[arg(long = "check", value_name = "ID", value_delimiter = ',')]
    #[serde(default)]
    pub check: Vec<String>,
    /// Only checks of these layers.
    #[arg(long, value_enum, value_delimiter = ',')]
    #[serde(default)]
    pub layer: Vec<CheckLayer>,
    /// Only what concerns this pod (`namespace/name`), port, service, address, node or UUID.
    #[arg(long)]
    pub object: Option<String>,
    /// Only what is on this node.
    #[arg(long)]
    pub node: Option<String>,
    /// The `next_cursor` of the page before.
    #[arg(long)]
    pub cursor: Option<String>,
}

/// A part of the network that checks are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CheckLayer {
    #[expect(
        missing_docs,
        reason = "the names say it all, and descriptions cost room"
    )]
    Sync,
    #[expect(missing_docs, reason = "as above")]
    Network,
    #[expect(missing_docs, reason = "as above")]
    Pod,
    #[expect(missing_docs, reason = "as above")]
    Node,
    #[expect(missing_docs, reason = "as above")]
    Egressip,
    #[expect(missing_docs, reason = "as above")]
    Service,
    #[expect(missing_docs, reason = "as above")]
    Policy,
    #[expect(missing_docs, reason = "as above")]
    Ovs,
}

impl From<CheckLayer> for Layer {
    fn from(layer: CheckLayer) -> Self {
        match layer {
            CheckLayer::Sync => Self::Sync,
            CheckLayer::Network => Self::Network,
            CheckLayer::Pod => Self::Pod,
            CheckLayer::Node => Self::Node,
            CheckLayer::Egressip => Self::Egressip,
            CheckLayer::Service => Self::Service,
            CheckLayer::Policy => Self::Policy,
            CheckLayer::Ovs => Self::Ovs,
        }
    }
}

impl Arguments for HealthCheckArguments {
    type Tool = HealthCheck;
    const TITLE: &'static str = "Check health";
    const TOOLSET: Toolset = Toolset::Core;

    fn params(self) -> Params {
        Params {
            checks: self.check,
            layers: self.layer.into_iter().map(Layer::from).collect(),
            object: self.object,
            node: self.node,
            page: Page {
                cursor: self.cursor,
                limit: None,
            },
        }
    }
}
