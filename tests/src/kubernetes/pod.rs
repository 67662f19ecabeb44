//! Pods as the API server lists them.

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
        let containers: Vec<Value> = self
            .containers
            .iter()
            .map(|name| json!({"name": name, "image": image, "securityContext": {"privileged": true}}))
            .collect();
        let state = if self.running {
            json!({"running": {"startedAt": "2026-11-01T08:00:00Z"}})
        } else {
            json!({"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 5m0s"}})
        };
        let statuses: Vec<Value> = self
            .containers
            .iter()
            .map(|name| {
                json!({
                    "name": name,
                    "image": image,
                    "imageID": format!("{image}@sha256:0"),
                    "ready": self.running,
                    "restartCount": 0,
                    "state": state,
                })
            })
            .collect();
        json!({
            "metadata": {
                "name": self.name,
                "namespace": self.namespace,
                "uid": "5b1c8a2e-0000-4000-8000-000000000001",
                "labels": {"app": "ovnkube-node", "name": "ovnkube-node", "ovn-db-pod": "true"},
            },
            "spec": {"nodeName": self.node, "hostNetwork": true, "containers": containers},
            "status": {"phase": "Running", "containerStatuses": statuses},
        })
    }
}
