//! Owners: which object of the cluster or cloud a row stands for, told from its names and
//! `external_ids`.
//!
//! OVN-Kubernetes marks rows with `k8s.ovn.org/` keys and calls port groups and address sets by a
//! hash of such a mark; OpenStack Neutron marks rows with `neutron:` keys.

mod hash;

mod ids;

mod neutron;

mod node;

mod pod;

mod service;

mod egress_ip;

mod selected_pods;

mod mark;

mod names;

#[cfg(test)]
mod tests;

pub use self::egress_ip::EgressIpPod;
pub use self::hash::hashed_name;
pub use self::ids::Ids;
pub use self::mark::{Mark, describe, describe_port, object_of};
pub use self::names::{Names, without_family};
pub use self::node::{InterconnectNode, attachment_of, gateway_router_node, network_of};
pub use self::pod::Pod;
pub use self::selected_pods::{SelectedNamespaces, SelectedPods};
pub use self::service::Service;
