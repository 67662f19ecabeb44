//! Nodes and networks in the names of switches, routers and routes.

use std::fmt;

use crate::owner::ids::Ids;

const NETWORK: &str = "k8s.ovn.org/network";
const ATTACHMENT: &str = "k8s.ovn.org/nad";
const ROUTE_NODE: &str = "ic-node";
const PORT_NODE: &str = "node";

/// The network of pods that every cluster has.
const DEFAULT_NETWORK: &str = "default";

/// What stands before the node in the name of a gateway router.
const GATEWAY_ROUTER: &str = "GR_";

/// Another node of an interconnect cluster, as a port of the transit switch or a route names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InterconnectNode(pub Box<str>);

impl InterconnectNode {
    /// The node that a route of the cluster router leads to.
    pub fn of_route(ids: Ids<'_>) -> Option<Self> {
        Self::named(ids.get(ROUTE_NODE))
    }

    /// The node whose port of the transit switch this is.
    pub fn of_port(ids: Ids<'_>) -> Option<Self> {
        Self::named(ids.get(PORT_NODE))
    }

    fn named(name: Option<&str>) -> Option<Self> {
        let name = name.filter(|name| !name.is_empty())?;
        Some(Self(name.into()))
    }
}

impl fmt::Display for InterconnectNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The user-defined network that a row belongs to; `None` for the default network.
pub fn network_of(ids: Ids<'_>) -> Option<&str> {
    ids.get(NETWORK)
        .filter(|network| !network.is_empty() && *network != DEFAULT_NETWORK)
}

/// What attaches a pod to the network that a row is in, as `NAMESPACE/NAME`.
pub fn attachment_of(ids: Ids<'_>) -> Option<&str> {
    ids.get(ATTACHMENT)
}

/// The node whose gateway router is called so; of a user-defined network with its prefix.
pub fn gateway_router_node(name: &str) -> Option<&str> {
    name.strip_prefix(GATEWAY_ROUTER)
}
