//! Services.

use std::fmt;

use crate::owner::ids::Ids;

const KIND: &str = "k8s.ovn.org/kind";
const OWNER: &str = "k8s.ovn.org/owner";

/// What stands before the service in the name of a load balancer.
const PREFIX: &str = "Service_";

/// The scope of a load balancer that every node has alike.
const CLUSTER_SCOPE: &str = "cluster";

/// A service of Kubernetes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Service {
    /// Its namespace.
    pub namespace: Box<str>,
    /// Its name.
    pub name: Box<str>,
}

impl Service {
    /// The service that a load balancer was made for.
    pub fn of(ids: Ids<'_>) -> Option<Self> {
        if ids.get(KIND) != Some("Service") {
            return None;
        }
        let (namespace, name) = ids.get(OWNER)?.split_once('/')?;
        let (namespace, name) = (namespace.into(), name.into());
        Some(Self { namespace, name })
    }

    /// Whether the load balancer of this name is one that every node has alike.
    pub fn is_cluster_wide(load_balancer: &str) -> bool {
        let scope = load_balancer.rsplit('_').next();
        load_balancer.contains(PREFIX) && scope == Some(CLUSTER_SCOPE)
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.namespace, self.name)
    }
}
