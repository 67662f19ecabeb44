//! Networks of users, and what attaches pods to them.

use serde_json::Value as Json;

use crate::objects::metadata::Metadata;
use crate::objects::wire;

/// The plug-in whose networks are OVN's.
const PLUGIN: &str = "ovn-k8s-cni-overlay";

/// What the names of networks of several namespaces begin with.
const CLUSTER_LEAD: &str = "cluster_udn_";

/// A user-defined network: of a namespace, or of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDefinedNetwork {
    /// Its names.
    pub metadata: Metadata,
    /// `Layer2`, `Layer3` or `Localnet`.
    pub topology: Box<str>,
    /// `Primary` or `Secondary`; empty where it does not say.
    pub role: Box<str>,
}

/// A network-attachment definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkAttachment {
    /// Its names.
    pub metadata: Metadata,
    /// The network of OVN that it attaches to; `None` for those of other plug-ins.
    pub network: Option<Box<str>>,
}

impl UserDefinedNetwork {
    pub(super) fn read(object: &Json) -> Option<Self> {
        // That of several namespaces holds the network below another member.
        let spec = match &object["spec"]["network"] {
            Json::Null => &object["spec"],
            network => network,
        };
        let topology = wire::text(&spec["topology"]).unwrap_or_default();
        let member = match &*topology {
            "Layer2" => "layer2",
            "Layer3" => "layer3",
            _ => "localnet",
        };
        Some(Self {
            metadata: Metadata::read(object)?,
            role: wire::text(&spec[member]["role"]).unwrap_or_default(),
            topology,
        })
    }

    /// The name of the network, by which rows are marked.
    pub fn network(&self) -> String {
        match &self.metadata.namespace {
            Some(namespace) => format!("{namespace}_{}", self.metadata.name),
            None => format!("{CLUSTER_LEAD}{}", self.metadata.name),
        }
    }
}

impl NetworkAttachment {
    pub(super) fn read(object: &Json) -> Option<Self> {
        let config = wire::inner(object["spec"]["config"].as_str());
        let own = config["type"] == PLUGIN;
        Some(Self {
            metadata: Metadata::read(object)?,
            network: wire::text(&config["name"]).filter(|_| own),
        })
    }
}

/// What the names of a network's switches and routers begin with.
///
/// **Source**: ovn-kubernetes, `util.GetUserDefinedNetworkPrefix`.
pub fn network_prefix(network: &str) -> String {
    format!("{}_", network.replace(['-', '/'], "."))
}
