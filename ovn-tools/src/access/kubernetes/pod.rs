//! Pods and nodes: the few of their fields that tell where databases are.

use std::collections::BTreeMap;

use serde::Deserialize;

/// One page of a list.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub(super) struct Page<T> {
    #[serde(default)]
    pub(super) metadata: PageMetadata,
    #[serde(default = "Vec::new")]
    pub(super) items: Vec<T>,
}

/// Where the next page is.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PageMetadata {
    #[serde(rename = "continue", default)]
    pub(super) next: Option<String>,
}

/// A node of the cluster.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Node {
    pub(super) metadata: Metadata,
}

/// A pod.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Pod {
    pub(super) metadata: Metadata,
    #[serde(default)]
    pub(super) spec: Spec,
    #[serde(default)]
    pub(super) status: Status,
}

/// What names an object.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Metadata {
    pub(super) name: String,
    #[serde(default)]
    pub(super) namespace: String,
    #[serde(default)]
    pub(super) deletion_timestamp: Option<String>,
    #[serde(default)]
    pub(super) labels: BTreeMap<String, String>,
}

/// What a pod is to be.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Spec {
    #[serde(default)]
    pub(super) node_name: Option<String>,
    #[serde(default)]
    pub(super) host_network: bool,
    #[serde(default)]
    pub(super) containers: Vec<Container>,
}

impl Spec {
    /// The image of its containers, which its node has.
    pub(super) fn image(&self) -> Option<&str> {
        let mut images = self.containers.iter().map(|container| &*container.image);
        images.find(|image| !image.is_empty())
    }
}

/// A container as it is to be.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Container {
    pub(super) name: String,
    #[serde(default)]
    pub(super) image: String,
    #[serde(default)]
    pub(super) security_context: SecurityContext,
}

/// What a container may do.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct SecurityContext {
    #[serde(default)]
    pub(super) privileged: bool,
}

/// What a pod is.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Status {
    #[serde(default)]
    pub(super) phase: String,
    #[serde(default)]
    pub(super) reason: Option<String>,
    #[serde(default)]
    pub(super) container_statuses: Vec<ContainerStatus>,
}

/// What a container is.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContainerStatus {
    pub(super) name: String,
    #[serde(rename = "imageID", default)]
    pub(super) image_id: String,
    #[serde(default)]
    pub(super) state: State,
}

/// The one of these that there is.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct State {
    #[serde(default)]
    pub(super) running: Option<serde::de::IgnoredAny>,
    #[serde(default)]
    pub(super) waiting: Option<Reason>,
    #[serde(default)]
    pub(super) terminated: Option<Reason>,
}

/// Why a container does not run.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Reason {
    #[serde(default)]
    pub(super) reason: Option<String>,
}
