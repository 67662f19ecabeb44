//! Objects: what a cluster's API server says there is, as far as rows are made from it.
//!
//! Like the tables of a database these are a closed list of kinds, each with the fields that
//! matter; nothing else of an object is kept, and Secrets are not among them. A tool says which
//! of them it needs ([`ObjectQuestion`]), and gets what was read of each cluster ([`ObjectsRead`]),
//! or why it was not.
//!
//! **Source**: Kubernetes 1.36; ovn-kubernetes, `go-controller/pkg/crd` and
//! `go-controller/pkg/util/{node_annotations,pod_annotation,multi_network}.go`.

mod wire;

mod label;

mod metadata;

mod kind;

mod network;

mod pod;

mod node;

mod service;

mod policy;

mod admin_policy;

mod egress;

mod object;

mod view;

#[cfg(test)]
mod tests;

pub use self::admin_policy::{AdminPeer, AdminPolicy, AdminReport, AdminRule};
pub use self::egress::{EgressAssignment, EgressFirewall, EgressIp};
pub use self::kind::{ObjectKind, ObjectQuestion, ObjectScope};
pub(crate) use self::label::Requirement;
pub use self::label::{PodSelector, Selector};
pub use self::metadata::{Labels, Metadata};
pub use self::network::{NetworkAttachment, UserDefinedNetwork, network_prefix};
pub use self::node::Node;
pub use self::object::{Namespace, Object, Typed};
pub use self::pod::{DEFAULT_NETWORK, Pod, PodNetwork, PodNetworks};
pub use self::policy::NetworkPolicy;
pub use self::service::{EndpointSlice, Service, ServiceEndpoint, ServicePort, SlicePort};
pub use self::view::{ObjectList, Objects, ObjectsRead};
