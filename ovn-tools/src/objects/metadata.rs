//! Metadata: what every object has.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::objects::wire;

/// Labels by their keys.
pub type Labels = BTreeMap<Box<str>, Box<str>>;

/// What names an object, and since when it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// Its namespace; `None` for what belongs to the cluster.
    pub namespace: Option<Box<str>>,
    /// Its name; never empty.
    pub name: Box<str>,
    /// Its UID; empty where the server gives none.
    pub uid: Box<str>,
    /// Its labels.
    pub labels: Labels,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// Whether it is being deleted.
    pub is_deleting: bool,
    /// Since when, or when a pod's time to end is over.
    pub deleted: Option<Timestamp>,
    /// What has to be done before it is gone.
    pub finalizers: Vec<Box<str>>,
}

impl Metadata {
    /// The metadata of an object; `None` where it has no name.
    pub(super) fn read(object: &Json) -> Option<Self> {
        let metadata = &object["metadata"];
        let time = |name: &str| metadata[name].as_str().and_then(|text| text.parse().ok());
        Some(Self {
            namespace: wire::text(&metadata["namespace"]),
            name: wire::text(&metadata["name"])?,
            uid: wire::text(&metadata["uid"]).unwrap_or_default(),
            labels: wire::table(&metadata["labels"]),
            created: time("creationTimestamp"),
            is_deleting: !metadata["deletionTimestamp"].is_null(),
            deleted: time("deletionTimestamp"),
            finalizers: wire::texts(&metadata["finalizers"]),
        })
    }

    /// `NAMESPACE/NAME`, or the name alone.
    pub fn full_name(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}/{}", self.name),
            None => self.name.to_string(),
        }
    }

    /// Whether it is called so.
    pub fn is_called(&self, namespace: Option<&str>, name: &str) -> bool {
        self.namespace.as_deref() == namespace && *self.name == *name
    }
}

/// An annotation as it stands.
pub(super) fn annotation<'j>(object: &'j Json, name: &str) -> Option<&'j str> {
    object["metadata"]["annotations"][name].as_str()
}
