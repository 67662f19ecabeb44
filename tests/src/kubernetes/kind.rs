//! Kinds: what types of objects the cluster has, for paths and for discovery.

use serde_json::{Value, json};

/// A type of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The API group; empty for the core one.
    pub(super) group: &'static str,
    pub(super) version: &'static str,
    /// As paths have it.
    pub(super) plural: &'static str,
    pub(super) kind: &'static str,
    pub(super) namespaced: bool,
    pub(super) short: &'static str,
}

const fn namespaced(
    group: &'static str,
    version: &'static str,
    plural: &'static str,
    kind: &'static str,
    short: &'static str,
) -> Kind {
    Kind {
        group,
        version,
        plural,
        kind,
        namespaced: true,
        short,
    }
}

const fn of_cluster(kind: Kind) -> Kind {
    Kind {
        namespaced: false,
        ..kind
    }
}

const OVN: &str = "k8s.ovn.org";

/// All types.
pub(super) const KINDS: [Kind; 24] = [
    of_cluster(namespaced("", "v1", "nodes", "Node", "no")),
    of_cluster(namespaced("", "v1", "namespaces", "Namespace", "ns")),
    namespaced("", "v1", "pods", "Pod", "po"),
    namespaced("", "v1", "services", "Service", "svc"),
    namespaced("", "v1", "events", "Event", "ev"),
    namespaced("", "v1", "configmaps", "ConfigMap", "cm"),
    namespaced("", "v1", "secrets", "Secret", ""),
    namespaced("", "v1", "serviceaccounts", "ServiceAccount", "sa"),
    namespaced("", "v1", "endpoints", "Endpoints", "ep"),
    namespaced("apps", "v1", "daemonsets", "DaemonSet", "ds"),
    namespaced("apps", "v1", "deployments", "Deployment", "deploy"),
    namespaced(
        "discovery.k8s.io",
        "v1",
        "endpointslices",
        "EndpointSlice",
        "",
    ),
    namespaced(
        "networking.k8s.io",
        "v1",
        "networkpolicies",
        "NetworkPolicy",
        "netpol",
    ),
    of_cluster(namespaced(
        "policy.networking.k8s.io",
        "v1alpha1",
        "adminnetworkpolicies",
        "AdminNetworkPolicy",
        "anp",
    )),
    of_cluster(namespaced(
        "policy.networking.k8s.io",
        "v1alpha1",
        "baselineadminnetworkpolicies",
        "BaselineAdminNetworkPolicy",
        "banp",
    )),
    of_cluster(namespaced(OVN, "v1", "egressips", "EgressIP", "eip")),
    namespaced(OVN, "v1", "egressfirewalls", "EgressFirewall", ""),
    namespaced(OVN, "v1", "egressqoses", "EgressQoS", ""),
    namespaced(OVN, "v1", "egressservices", "EgressService", ""),
    namespaced(
        OVN,
        "v1",
        "userdefinednetworks",
        "UserDefinedNetwork",
        "udn",
    ),
    of_cluster(namespaced(
        OVN,
        "v1",
        "clusteruserdefinednetworks",
        "ClusterUserDefinedNetwork",
        "cudn",
    )),
    of_cluster(namespaced(
        OVN,
        "v1",
        "adminpolicybasedexternalroutes",
        "AdminPolicyBasedExternalRoute",
        "apbexternalroute",
    )),
    namespaced(
        "k8s.cni.cncf.io",
        "v1",
        "network-attachment-definitions",
        "NetworkAttachmentDefinition",
        "net-attach-def",
    ),
    of_cluster(namespaced(
        "apiextensions.k8s.io",
        "v1",
        "customresourcedefinitions",
        "CustomResourceDefinition",
        "crd",
    )),
];

impl Kind {
    /// The type of a path's group, version and plural.
    pub(super) fn of_path(group: &str, version: &str, plural: &str) -> Option<Self> {
        KINDS
            .into_iter()
            .find(|kind| kind.group == group && kind.version == version && kind.plural == plural)
    }

    /// The type of an object.
    pub(super) fn of_object(object: &Value) -> Option<Self> {
        KINDS.into_iter().find(|kind| {
            object["apiVersion"] == kind.group_version().as_str() && object["kind"] == kind.kind
        })
    }

    /// `v1`, `apps/v1`.
    pub(super) fn group_version(&self) -> String {
        match self.group {
            "" => self.version.to_owned(),
            group => format!("{group}/{}", self.version),
        }
    }
}

/// The versions of the core group.
pub(super) fn core_versions() -> Value {
    json!({"kind": "APIVersions", "versions": ["v1"]})
}

/// All other groups.
pub(super) fn groups() -> Value {
    let mut named: Vec<&str> = Vec::new();
    let mut groups = Vec::new();
    for kind in KINDS {
        if kind.group.is_empty() || named.contains(&kind.group) {
            continue;
        }
        named.push(kind.group);
        let version = json!({"groupVersion": kind.group_version(), "version": kind.version});
        groups
            .push(json!({"name": kind.group, "versions": [version], "preferredVersion": version}));
    }
    json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups})
}

/// The types of one group and version.
pub(super) fn resources(group: &str, version: &str) -> Option<Value> {
    let of_group = |kind: &Kind| kind.group == group && kind.version == version;
    let mut resources: Vec<Value> = KINDS
        .iter()
        .filter(|kind| of_group(kind))
        .map(|kind| {
            let short: Vec<&str> = [kind.short]
                .into_iter()
                .filter(|short| !short.is_empty())
                .collect();
            json!({
                "name": kind.plural,
                "singularName": kind.kind.to_lowercase(),
                "namespaced": kind.namespaced,
                "kind": kind.kind,
                "verbs": ["create", "delete", "get", "list", "patch", "update", "watch"],
                "shortNames": short,
            })
        })
        .collect();
    if resources.is_empty() {
        return None;
    }
    if group.is_empty() {
        for (name, verbs) in [
            ("pods/exec", json!(["create", "get"])),
            ("pods/log", json!(["get"])),
            ("pods/portforward", json!(["create", "get"])),
        ] {
            resources.push(json!({"name": name, "singularName": "", "namespaced": true, "kind": "Pod", "verbs": verbs}));
        }
    }
    let group_version = if group.is_empty() {
        version.to_owned()
    } else {
        format!("{group}/{version}")
    };
    Some(
        json!({"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": group_version, "resources": resources}),
    )
}
