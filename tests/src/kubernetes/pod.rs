//! Pods as the API server lists them.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use serde_json::{Value, json};

/// The containers of an upstream pod with all three databases.
const UPSTREAM: [&str; 6] = [
    "nb-ovsdb",
    "sb-ovsdb",
    "ovn-northd",
    "ovnkube-controller",
    "ovn-controller",
    "ovs-metrics-exporter",
];
/// Those of OpenShift.
const OPENSHIFT: [&str; 8] = [
    "ovn-controller",
    "ovn-acl-logging",
    "kube-rbac-proxy-node",
    "kube-rbac-proxy-ovn-metrics",
    "northd",
    "nbdb",
    "sbdb",
    "ovnkube-controller",
];

/// A pod whose containers see the files of a directory.
#[derive(Clone, Debug)]
pub struct Pod {
    /// The namespace.
    pub namespace: String,
    /// The name.
    pub name: String,
    /// The node it runs on.
    pub node: String,
    /// The names of the containers, in order.
    pub containers: Vec<String>,
    /// Where `/var/run/ovn` and `/var/run/openvswitch` lead.
    pub directory: PathBuf,
    /// The programs that the image has.
    pub programs: Vec<String>,
    /// Whether the containers run.
    pub running: bool,
    /// The labels.
    pub labels: BTreeMap<String, String>,
    /// The annotations.
    pub annotations: BTreeMap<String, String>,
    /// The logs by container, each line with its time in front as the kubelet keeps it
    /// (`2026-11-01T08:00:00Z text`); that of a container before its restart has `(previous)`
    /// after the name and a blank.
    pub logs: BTreeMap<String, String>,
    /// Where the pod's ports on its own loopback address lead.
    pub listens: BTreeMap<u16, SocketAddr>,
    /// Whether its containers are privileged.
    pub privileged: bool,
    /// What it was made of, where it was created through the API.
    pub made_of: Option<Value>,
    /// Its phase, such as `Running`.
    pub phase: String,
}

impl Pod {
    /// A pod of upstream OVN-Kubernetes with interconnect, whose image has python3.
    pub fn upstream(node: &str, directory: impl Into<PathBuf>) -> Self {
        Self::new("ovn-kubernetes", node, &UPSTREAM, directory.into())
    }

    /// A pod of OpenShift, whose image has python3.
    pub fn openshift(node: &str, directory: impl Into<PathBuf>) -> Self {
        Self::new(
            "openshift-ovn-kubernetes",
            node,
            &OPENSHIFT,
            directory.into(),
        )
    }

    fn new(namespace: &str, node: &str, containers: &[&str], directory: PathBuf) -> Self {
        Self {
            namespace: namespace.to_owned(),
            name: format!("ovnkube-node-{node}"),
            node: node.to_owned(),
            containers: containers.iter().map(|&name| name.to_owned()).collect(),
            directory,
            programs: vec!["python3".to_owned()],
            running: true,
            labels: [
                ("app", "ovnkube-node"),
                ("name", "ovnkube-node"),
                ("ovn-db-pod", "true"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
            annotations: BTreeMap::new(),
            logs: BTreeMap::new(),
            listens: BTreeMap::new(),
            privileged: true,
            made_of: None,
            phase: "Running".to_owned(),
        }
    }

    /// A pod with these containers, whose image has python3, of no layout that is known.
    pub fn plain(
        namespace: &str,
        name: &str,
        node: &str,
        containers: &[&str],
        directory: impl Into<PathBuf>,
    ) -> Self {
        Self {
            name: name.to_owned(),
            labels: BTreeMap::new(),
            ..Self::new(namespace, node, containers, directory.into())
        }
    }

    /// With these programs in the image instead.
    #[must_use]
    pub fn programs(mut self, programs: &[&str]) -> Self {
        self.programs = programs.iter().map(|&name| name.to_owned()).collect();
        self
    }

    /// As the API server tells it.
    pub(super) fn object(&self) -> Value {
        let image = format!("quay.io/ovn/{}", self.programs.join("-"));
        let mut object = match &self.made_of {
            Some(made_of) => made_of.clone(),
            None => {
                let containers = self.containers.iter().map(|name| {
                    json!({"name": name, "image": image, "securityContext": {"privileged": self.privileged}})
                });
                json!({"spec": {
                    "nodeName": self.node,
                    "hostNetwork": true,
                    "containers": containers.collect::<Vec<_>>(),
                }})
            }
        };
        object["apiVersion"] = json!("v1");
        object["kind"] = json!("Pod");
        object["metadata"]["name"] = json!(self.name);
        object["metadata"]["namespace"] = json!(self.namespace);
        object["metadata"]["uid"] = json!("5b1c8a2e-0000-4000-8000-000000000001");
        object["metadata"]["labels"] = json!(self.labels);
        if !self.annotations.is_empty() {
            object["metadata"]["annotations"] = json!(self.annotations);
        }
        let state = if self.running {
            json!({"running": {"startedAt": "2026-11-01T08:00:00Z"}})
        } else if self.phase == "Failed" {
            json!({"terminated": {"reason": "DeadlineExceeded", "exitCode": 137}})
        } else if self.made_of.is_some() {
            json!({"waiting": {"reason": "ContainerCreating"}})
        } else {
            json!({"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s"}})
        };
        let statuses = self.containers.iter().map(|name| {
            json!({
                "name": name,
                "image": image,
                "imageID": format!("{image}@sha256:0"),
                "ready": self.running,
                "restartCount": 0,
                "state": state,
            })
        });
        object["status"] =
            json!({"phase": self.phase, "containerStatuses": statuses.collect::<Vec<_>>()});
        object
    }
}
