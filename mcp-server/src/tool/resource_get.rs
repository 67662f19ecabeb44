//! `resource_get`: one object of a cluster.

use clap::Args;
use ovn_tools::tool::resource_get::{Params, ResourceGet};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::tool::{Arguments, Toolset};

/// Gets one object of the Kubernetes cluster, of any kind, with the annotations of OVN-Kubernetes as
/// values.
///
/// Secrets are never read, and values that may be keys are taken out.
#[derive(Clone, Debug, Args, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceGetArguments {
    /// Its kind: plural, singular or short name, with `.GROUP` where several groups have it.
    #[arg(long)]
    pub kind: String,
    /// Its name, or `namespace/name`.
    #[arg(long)]
    pub name: String,
    /// Its namespace, where `name` does not say.
    #[arg(long)]
    pub namespace: Option<String>,
    /// Only these fields, such as `spec.nodeName`; one that holds dots in brackets.
    #[arg(long, value_name = "FIELD")]
    #[serde(default)]
    pub fields: Vec<String>,
}

impl Arguments for ResourceGetArguments {
    type Tool = ResourceGet;
    const TITLE: &'static str = "Get an object of the cluster";
    const TOOLSET: Toolset = Toolset::Kubernetes;

    fn params(self) -> Params {
        Params {
            kind: self.kind,
            name: self.name,
            namespace: self.namespace,
            fields: self.fields,
        }
    }
}
