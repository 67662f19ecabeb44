//! The `resource_list` tool: the objects of a kind, as rows.

use serde_json::{Value as Json, json};

use crate::listing::Listing;
use crate::page::{self, Page};
use crate::report::ToolError;
use crate::resource::{FieldPath, ResourceQuestion};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::cluster::{Objects, named, optional, parsed};

/// Lists objects.
#[derive(Clone, Copy, Debug)]
pub struct ResourceList;

/// Which objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// The kind.
    pub kind: String,
    /// Only those of this namespace.
    pub namespace: Option<String>,
    /// Only those with these labels.
    pub labels: Option<String>,
    /// Only those with these fields.
    pub fields: Option<String>,
    /// The fields to show.
    pub columns: Vec<String>,
    /// Which part of the answer.
    pub page: Page,
}

/// The fields that are shown of a kind unless the question names some, beside namespace and name.
fn usual(kind: &str) -> &'static [&'static str] {
    match kind {
        "Pod" => &[
            "status.phase",
            "spec.nodeName",
            "status.podIPs.ip",
            "status.containerStatuses.restartCount",
        ],
        "Node" => &[
            "status.addresses.address",
            "metadata.annotations[k8s.ovn.org/node-subnets]",
            "metadata.annotations[k8s.ovn.org/node-chassis-id]",
        ],
        "Service" => &[
            "spec.type",
            "spec.clusterIPs",
            "spec.ports.port",
            "spec.selector",
        ],
        "EndpointSlice" => &[
            "endpoints.addresses",
            "endpoints.conditions.ready",
            "ports.port",
        ],
        "NetworkPolicy" => &["spec.podSelector", "spec.policyTypes"],
        "EgressIP" => &["spec.egressIPs", "status.items"],
        "EgressFirewall" => &["spec.egress", "status.status"],
        "DaemonSet" | "Deployment" => &[
            "status.replicas",
            "status.readyReplicas",
            "status.numberReady",
        ],
        "NetworkAttachmentDefinition" => &["spec.config"],
        _ => &["metadata.creationTimestamp"],
    }
}

impl Tool for ResourceList {
    const NAME: &'static str = "resource_list";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        paths(params.columns.iter().map(String::as_str))?;
        Ok(Needs::default().resource(ResourceQuestion::List {
            kind: parsed("kind", &params.kind)?,
            namespace: optional("namespace", params.namespace.as_deref())?,
            labels: optional("labels", params.labels.as_deref())?,
            fields: optional("fields", params.fields.as_deref())?,
        }))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let found = Objects::of(snapshot)?;
        let chosen = paths(params.columns.iter().map(String::as_str))?;
        let shown = match chosen.is_empty() {
            true => paths(usual(found.kind).iter().copied())?,
            false => chosen,
        };
        let mut objects = found.objects.clone();
        let key = |object: &Json| {
            (
                named(object, "namespace").to_owned(),
                named(object, "name").to_owned(),
            )
        };
        objects.sort_by_key(|(source, object)| (*source, key(object)));
        let is_namespaced = objects
            .iter()
            .any(|(_, object)| !named(object, "namespace").is_empty());
        let rows: Vec<Vec<Json>> = objects
            .iter()
            .map(|(source, object)| {
                let (namespace, name) = key(object);
                let mut row = Vec::new();
                if found.several {
                    row.push(json!(source));
                }
                if is_namespaced {
                    row.push(json!(namespace));
                }
                row.push(json!(name));
                row.extend(shown.iter().map(|path| path.of(object)));
                row
            })
            .collect();
        let mut columns: Vec<String> = Vec::new();
        if found.several {
            columns.push("cluster".to_owned());
        }
        if is_namespaced {
            columns.push("namespace".to_owned());
        }
        columns.push("name".to_owned());
        columns.extend(shown.iter().map(ToString::to_string));
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let question = page::question(Self::NAME, params, |asked| &mut asked.page);
        let summary = format!("{} {} {}", rows.len(), found.kind, found.remarks());
        Listing::page(summary, &columns, rows, &params.page, question, snapshot)
    }
}

fn paths<'t>(texts: impl Iterator<Item = &'t str>) -> Result<Vec<FieldPath>, ToolError> {
    texts.map(|text| parsed("columns", text)).collect()
}
