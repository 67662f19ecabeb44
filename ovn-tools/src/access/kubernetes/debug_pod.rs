//! Debug pods: what one looks like, and which rights it takes.
//!
//! A debug pod is for programs that no container of OVN-Kubernetes has. It sees the node's network
//! and processes, and the node's files under `/host`, which it cannot change. It ends by itself,
//! is deleted at the end, and what is left of one that was not is swept at the next start.
//!
//! It runs in a namespace of its own, which is never made here: that it is there, and that it
//! takes privileged pods, is the cluster's consent.

use std::collections::HashMap;
use std::time::Instant;

use serde_json::{Value as Json, json};

use crate::access::kubernetes::chamber::Chamber;

/// The namespace of debug pods.
pub(super) const NAMESPACE: &str = "ovnscope-debug";

/// The label of a namespace that says which pods it takes, and the value that is needed.
const ENFORCE: &str = "pod-security.kubernetes.io/enforce";
const PRIVILEGED: &str = "privileged";

/// The label by which debug pods are found again.
pub(super) const LABEL: &str = "app.kubernetes.io/managed-by=ovnscope";

/// The container of a debug pod.
pub(super) const CONTAINER: &str = "debug";

/// Where the node's files are in it.
const HOST: &str = "/host";

/// How long a debug pod lives, in seconds, whatever becomes of who made it.
/// **Default and why**: 900, a quarter of an hour: longer than an investigation keeps asking the
/// same node, and short enough for one that is forgotten.
const LIFE_SECONDS: u32 = 900;

/// What is needed in the namespace: verbs, resources and their parts.
pub(super) const RIGHTS: [(&str, &str, &str); 6] = [
    ("create", "pods", ""),
    ("get", "pods", ""),
    ("list", "pods", ""),
    ("delete", "pods", ""),
    ("get", "pods", "exec"),
    ("create", "pods", "exec"),
];

/// The debug pods of a session.
#[derive(Debug, Default)]
pub(super) struct DebugPods {
    /// By node.
    pub(super) kept: HashMap<String, Kept>,
    /// Whether what others left behind was swept.
    pub(super) swept: bool,
}

/// A debug pod that is kept for further questions.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) chamber: Chamber,
    /// When it was last asked for.
    pub(super) used: Instant,
}

/// A debug pod for a node. The image is that of the node's pod of OVN-Kubernetes, so that nothing
/// is pulled.
pub(super) fn manifest(node: &str, image: &str) -> Json {
    json!({
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "generateName": "ovnscope-",
            "namespace": NAMESPACE,
            "labels": {"app.kubernetes.io/managed-by": "ovnscope"},
            // OpenShift goes by it, where the user or the service account may use it.
            "annotations": {"openshift.io/required-scc": PRIVILEGED},
        },
        "spec": {
            "nodeName": node,
            "hostNetwork": true,
            "hostPID": true,
            "restartPolicy": "Never",
            "activeDeadlineSeconds": LIFE_SECONDS,
            "terminationGracePeriodSeconds": 0,
            "automountServiceAccountToken": false,
            "enableServiceLinks": false,
            "tolerations": [{"operator": "Exists"}],
            "containers": [{
                "name": CONTAINER,
                "image": image,
                "imagePullPolicy": "IfNotPresent",
                "command": ["sleep", LIFE_SECONDS.to_string()],
                "securityContext": {"privileged": true, "runAsUser": 0},
                "volumeMounts": [{"name": "host", "mountPath": HOST, "readOnly": true}],
            }],
            "volumes": [{"name": "host", "hostPath": {"path": "/", "type": "Directory"}}],
        },
    })
}

/// The program of the node itself with its arguments, as a debug pod runs it.
pub(super) fn on_host(argv: &[String]) -> Vec<String> {
    let lead = ["chroot", HOST].map(str::to_owned);
    lead.into_iter().chain(argv.iter().cloned()).collect()
}

/// Whether a namespace takes privileged pods, and says so itself.
pub(super) fn takes_privileged(namespace: &Json) -> bool {
    namespace["metadata"]["labels"][ENFORCE] == PRIVILEGED
}

/// A right in words.
pub(super) fn told(verb: &str, resource: &str, part: &str) -> String {
    match part {
        "" => format!("{verb} {resource}"),
        part => format!("{verb} {resource}/{part}"),
    }
}

/// Whether a pod has ended, so that nobody uses it any more.
pub(super) fn has_ended(phase: &str) -> bool {
    ["Succeeded", "Failed"].contains(&phase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debug_pod_ends_by_itself_and_cannot_change_the_node() {
        let pod = manifest("n1", "image@sha256:0");
        let spec = &pod["spec"];
        assert_eq!(spec["activeDeadlineSeconds"], LIFE_SECONDS);
        assert_eq!(spec["restartPolicy"], "Never");
        assert_eq!(spec["automountServiceAccountToken"], false);
        let containers = spec["containers"].as_array().expect("containers");
        assert_eq!(containers.len(), 1);
        assert_eq!(containers[0]["volumeMounts"][0]["readOnly"], true);
        assert_eq!(pod["metadata"]["namespace"], NAMESPACE);
        let (name, value) = LABEL.split_once('=').expect("a label");
        assert_eq!(pod["metadata"]["labels"][name], value);
        assert!(takes_privileged(
            &json!({"metadata": {"labels": {ENFORCE: PRIVILEGED}}})
        ));
        assert!(!takes_privileged(&json!({"metadata": {"labels": {}}})));
        assert!(!takes_privileged(&Json::Null));
    }
}
