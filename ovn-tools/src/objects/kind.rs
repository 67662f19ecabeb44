//! Kinds: the closed list of those that rows are made from, and questions about them.

use std::fmt;

use crate::resource::ObjectName;

/// A kind of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectKind {
    /// A node of the cluster.
    Node,
    /// A namespace.
    Namespace,
    /// A pod.
    Pod,
    /// A service.
    Service,
    /// Endpoints of a service.
    EndpointSlice,
    /// A network policy.
    NetworkPolicy,
    /// A network policy of administrators.
    AdminNetworkPolicy,
    /// What holds where no other policy decides.
    BaselineAdminNetworkPolicy,
    /// An egress IP.
    EgressIp,
    /// The egress firewall of a namespace.
    EgressFirewall,
    /// A network of a namespace.
    UserDefinedNetwork,
    /// A network of several namespaces.
    ClusterUserDefinedNetwork,
    /// What attaches pods to a network.
    NetworkAttachment,
}

impl ObjectKind {
    /// All of them, in the order in which one is made from the other.
    pub const ALL: [Self; 13] = [
        Self::Node,
        Self::Namespace,
        Self::Pod,
        Self::Service,
        Self::EndpointSlice,
        Self::NetworkPolicy,
        Self::AdminNetworkPolicy,
        Self::BaselineAdminNetworkPolicy,
        Self::EgressIp,
        Self::EgressFirewall,
        Self::UserDefinedNetwork,
        Self::ClusterUserDefinedNetwork,
        Self::NetworkAttachment,
    ];

    /// As objects have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Node => "Node",
            Self::Namespace => "Namespace",
            Self::Pod => "Pod",
            Self::Service => "Service",
            Self::EndpointSlice => "EndpointSlice",
            Self::NetworkPolicy => "NetworkPolicy",
            Self::AdminNetworkPolicy => "AdminNetworkPolicy",
            Self::BaselineAdminNetworkPolicy => "BaselineAdminNetworkPolicy",
            Self::EgressIp => "EgressIP",
            Self::EgressFirewall => "EgressFirewall",
            Self::UserDefinedNetwork => "UserDefinedNetwork",
            Self::ClusterUserDefinedNetwork => "ClusterUserDefinedNetwork",
            Self::NetworkAttachment => "NetworkAttachmentDefinition",
        }
    }

    /// As paths have it.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Node => "nodes",
            Self::Namespace => "namespaces",
            Self::Pod => "pods",
            Self::Service => "services",
            Self::EndpointSlice => "endpointslices",
            Self::NetworkPolicy => "networkpolicies",
            Self::AdminNetworkPolicy => "adminnetworkpolicies",
            Self::BaselineAdminNetworkPolicy => "baselineadminnetworkpolicies",
            Self::EgressIp => "egressips",
            Self::EgressFirewall => "egressfirewalls",
            Self::UserDefinedNetwork => "userdefinednetworks",
            Self::ClusterUserDefinedNetwork => "clusteruserdefinednetworks",
            Self::NetworkAttachment => "network-attachment-definitions",
        }
    }

    /// The version of the group.
    pub fn version(self) -> &'static str {
        match self {
            Self::AdminNetworkPolicy | Self::BaselineAdminNetworkPolicy => "v1alpha1",
            _ => "v1",
        }
    }

    /// Whether a cluster may well be without the kind, and then has none of its objects.
    pub fn is_optional(self) -> bool {
        matches!(
            self,
            Self::AdminNetworkPolicy | Self::BaselineAdminNetworkPolicy
        )
    }

    /// The group; empty for the core one.
    pub fn group(self) -> &'static str {
        match self {
            Self::Node | Self::Namespace | Self::Pod | Self::Service => "",
            Self::EndpointSlice => "discovery.k8s.io",
            Self::NetworkPolicy => "networking.k8s.io",
            Self::AdminNetworkPolicy | Self::BaselineAdminNetworkPolicy => {
                "policy.networking.k8s.io"
            }
            Self::EgressIp
            | Self::EgressFirewall
            | Self::UserDefinedNetwork
            | Self::ClusterUserDefinedNetwork => "k8s.ovn.org",
            Self::NetworkAttachment => "k8s.cni.cncf.io",
        }
    }

    /// As a right names it: `pods`, `egressips.k8s.ovn.org`.
    pub fn resource(self) -> String {
        match self.group() {
            "" => self.plural().to_owned(),
            group => format!("{}.{group}", self.plural()),
        }
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A question about objects of a kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ObjectQuestion {
    /// The kind.
    pub kind: ObjectKind,
    /// Which of them.
    pub scope: ObjectScope,
}

/// Which objects of a kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectScope {
    /// All.
    All,
    /// Those of a namespace.
    InNamespace {
        /// The namespace.
        namespace: ObjectName,
    },
    /// Pods on a node.
    OnNode {
        /// The node.
        node: ObjectName,
    },
    /// Those of a name: one in a namespace, or one in each.
    Named {
        /// The namespace; none for what belongs to the cluster, and for any namespace.
        namespace: Option<ObjectName>,
        /// Its name.
        name: ObjectName,
    },
    /// Those that belong to a service.
    OfService {
        /// Its namespace.
        namespace: ObjectName,
        /// Its name.
        service: ObjectName,
    },
}

impl ObjectQuestion {
    /// All objects of a kind.
    pub fn all(kind: ObjectKind) -> Self {
        let scope = ObjectScope::All;
        Self { kind, scope }
    }

    /// Those of a namespace.
    pub fn in_namespace(kind: ObjectKind, namespace: ObjectName) -> Self {
        let scope = ObjectScope::InNamespace { namespace };
        Self { kind, scope }
    }

    /// The one of a name, of each namespace where none is given.
    pub fn named(kind: ObjectKind, namespace: Option<ObjectName>, name: ObjectName) -> Self {
        let scope = ObjectScope::Named { namespace, name };
        Self { kind, scope }
    }
}

impl ObjectScope {
    /// Whether an object of these names is among those that are asked for.
    pub fn covers(&self, namespace: Option<&str>, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::InNamespace { namespace: own } => namespace == Some(own.as_str()),
            Self::Named {
                namespace: own,
                name: named,
            } => {
                let is_there = own
                    .as_ref()
                    .is_none_or(|own| namespace == Some(own.as_str()));
                is_there && named.as_str() == name
            }
            // Their names tell nothing of their node or service.
            Self::OnNode { .. } | Self::OfService { .. } => false,
        }
    }
}

impl fmt::Display for ObjectQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.resource();
        match &self.scope {
            ObjectScope::All => write!(f, "list of {kind}"),
            ObjectScope::OnNode { node } => write!(f, "list of {kind} on {node}"),
            ObjectScope::InNamespace { namespace } => write!(f, "list of {kind} in {namespace}"),
            ObjectScope::Named {
                namespace: Some(namespace),
                name,
            } => write!(f, "{kind} {namespace}/{name}"),
            ObjectScope::Named {
                namespace: None,
                name,
            } => write!(f, "{kind} {name}"),
            ObjectScope::OfService { namespace, service } => {
                write!(f, "{kind} of {namespace}/{service}")
            }
        }
    }
}
