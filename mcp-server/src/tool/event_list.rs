//! `event_list`: what a cluster tells of its objects.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::event_list::{EventList, Params};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the events of the Kubernetes cluster, the newest first, with how many there are of each
/// reason.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventListArguments {
    /// Only those of this namespace; default all.
    #[arg(long)]
    pub namespace: Option<String>,
    /// Only those about this object: its name, or `namespace/name`.
    #[arg(long)]
    pub object: Option<String>,
    /// Only those about objects of this kind, such as `Pod`.
    #[arg(long)]
    pub kind: Option<String>,
    /// Only those with this reason, such as `FailedCreatePodSandBox`.
    #[arg(long)]
    pub reason: Option<String>,
    /// Only warnings.
    #[arg(long)]
    #[serde(default)]
    pub warnings: bool,
    /// Only those in whose message this text stands.
    #[arg(long, value_name = "TEXT")]
    pub contains: Option<String>,
    /// The most rows of the page; default 50.
    #[arg(long, value_name = "ROWS")]
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<usize>,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
}

impl Arguments for EventListArguments {
    type Tool = EventList;
    const TITLE: &'static str = "List events";
    const TOOLSET: Toolset = Toolset::Kubernetes;

    fn params(self) -> Params {
        Params {
            namespace: self.namespace,
            object: self.object,
            kind: self.kind,
            reason: self.reason,
            warnings: self.warnings,
            contains: self.contains,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
