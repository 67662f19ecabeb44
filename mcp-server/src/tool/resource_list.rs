//! `resource_list`: the objects of a kind.

use clap::Args;
use ovn_tools::page::Page;
use ovn_tools::tool::resource_list::{Params, ResourceList};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Lists the objects of any kind of the Kubernetes cluster as rows, selected by labels and fields.
///
/// Secrets are never read, and values that may be keys are taken out.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceListArguments {
    /// The kind: plural, singular or short name, with `.GROUP` where several groups have it.
    #[arg(long)]
    pub kind: String,
    /// Only those of this namespace; default all.
    #[arg(long)]
    pub namespace: Option<String>,
    /// Only those with these labels: `app=web,tier in (a,b),!old`.
    #[arg(long, value_name = "SELECTOR")]
    pub labels: Option<String>,
    /// Only those with these fields: `spec.nodeName=worker-a`.
    #[arg(long, value_name = "SELECTOR")]
    pub fields: Option<String>,
    /// The fields to show, such as `status.podIP`; default those that tell most of the kind.
    #[arg(long, value_name = "FIELD")]
    #[serde(default)]
    pub columns: Vec<String>,
    /// The most rows of the page; default 50.
    #[arg(long, value_name = "ROWS")]
    #[schemars(range(min = 1, max = 1000))]
    pub limit: Option<usize>,
    /// The `next_cursor` of the page before.
    #[arg(long, allow_hyphen_values = true)]
    pub cursor: Option<String>,
}

impl Arguments for ResourceListArguments {
    type Tool = ResourceList;
    const TITLE: &'static str = "List objects of the cluster";
    const TOOLSET: Toolset = Toolset::Kubernetes;

    fn params(self) -> Params {
        Params {
            kind: self.kind,
            namespace: self.namespace,
            labels: self.labels,
            fields: self.fields,
            columns: self.columns,
            page: Page {
                cursor: self.cursor,
                limit: self.limit,
            },
        }
    }
}
