//! Objects of any of the kinds.

use serde_json::Value as Json;

use crate::objects::admin_policy::AdminPolicy;
use crate::objects::egress::{EgressFirewall, EgressIp};
use crate::objects::kind::ObjectKind;
use crate::objects::metadata::Metadata;
use crate::objects::network::{NetworkAttachment, UserDefinedNetwork};
use crate::objects::node::Node;
use crate::objects::pod::Pod;
use crate::objects::policy::NetworkPolicy;
use crate::objects::service::{EndpointSlice, Service};

/// A namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// Its names, and its labels.
    pub metadata: Metadata,
}

/// An object of one of the kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Object {
    /// A node.
    Node(Box<Node>),
    /// A namespace.
    Namespace(Box<Namespace>),
    /// A pod.
    Pod(Box<Pod>),
    /// A service.
    Service(Box<Service>),
    /// Endpoints of a service.
    EndpointSlice(Box<EndpointSlice>),
    /// A network policy.
    NetworkPolicy(Box<NetworkPolicy>),
    /// A network policy of administrators, or the baseline of one.
    AdminPolicy(Box<AdminPolicy>),
    /// An egress IP.
    EgressIp(Box<EgressIp>),
    /// An egress firewall.
    EgressFirewall(Box<EgressFirewall>),
    /// A network of one namespace or of several.
    UserDefinedNetwork(Box<UserDefinedNetwork>),
    /// What attaches pods to a network.
    NetworkAttachment(Box<NetworkAttachment>),
}

impl Object {
    /// Reads an object of a kind; `None` where it does not even have a name.
    pub fn read(kind: ObjectKind, object: &Json) -> Option<Self> {
        Some(match kind {
            ObjectKind::Node => Self::Node(Node::read(object)?.into()),
            ObjectKind::Namespace => {
                let metadata = Metadata::read(object)?;
                Self::Namespace(Namespace { metadata }.into())
            }
            ObjectKind::Pod => Self::Pod(Pod::read(object)?.into()),
            ObjectKind::Service => Self::Service(Service::read(object)?.into()),
            ObjectKind::EndpointSlice => Self::EndpointSlice(EndpointSlice::read(object)?.into()),
            ObjectKind::NetworkPolicy => Self::NetworkPolicy(NetworkPolicy::read(object)?.into()),
            ObjectKind::AdminNetworkPolicy => Self::AdminPolicy(AdminPolicy::read(object)?.into()),
            ObjectKind::BaselineAdminNetworkPolicy => {
                Self::AdminPolicy(AdminPolicy::read_baseline(object)?.into())
            }
            ObjectKind::EgressIp => Self::EgressIp(EgressIp::read(object)?.into()),
            ObjectKind::EgressFirewall => {
                Self::EgressFirewall(EgressFirewall::read(object)?.into())
            }
            ObjectKind::UserDefinedNetwork | ObjectKind::ClusterUserDefinedNetwork => {
                Self::UserDefinedNetwork(UserDefinedNetwork::read(object)?.into())
            }
            ObjectKind::NetworkAttachment => {
                Self::NetworkAttachment(NetworkAttachment::read(object)?.into())
            }
        })
    }
}

macro_rules! metadata {
    ($($name:ident),*) => {
        impl Object {
            /// What names it.
            pub fn metadata(&self) -> &Metadata {
                match self {
                    $(Self::$name(object) => &object.metadata,)*
                }
            }
        }
    };
}

/// The type of objects of one kind.
pub trait Typed: Sized {
    /// The object, if it is of this type.
    fn of(object: &Object) -> Option<&Self>;

    /// What names it.
    fn metadata(&self) -> &Metadata;
}

macro_rules! typed {
    ($($name:ident),*) => {$(
        impl Typed for $name {
            fn of(object: &Object) -> Option<&Self> {
                match object {
                    Object::$name(object) => Some(object),
                    _ => None,
                }
            }

            fn metadata(&self) -> &Metadata {
                &self.metadata
            }
        }
    )*};
}

typed!(
    Node,
    Namespace,
    Pod,
    Service,
    EndpointSlice,
    NetworkPolicy,
    AdminPolicy,
    EgressIp,
    EgressFirewall,
    UserDefinedNetwork,
    NetworkAttachment
);

metadata!(
    Node,
    Namespace,
    Pod,
    Service,
    EndpointSlice,
    NetworkPolicy,
    AdminPolicy,
    EgressIp,
    EgressFirewall,
    UserDefinedNetwork,
    NetworkAttachment
);
