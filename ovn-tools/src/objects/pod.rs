//! Pods, with the addresses that OVN-Kubernetes gave them.

use core::net::IpAddr;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::address::{Mac, Network};
use crate::objects::metadata::{Metadata, annotation};
use crate::objects::network::network_prefix;
use crate::objects::wire;

/// The annotation that holds a pod's addresses.
const NETWORKS: &str = "k8s.ovn.org/pod-networks";

/// The network that every pod has.
pub const DEFAULT_NETWORK: &str = "default";

/// A pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pod {
    /// Its names.
    pub metadata: Metadata,
    /// The node that it is to run on; `None` while it waits for one.
    pub node: Option<Box<str>>,
    /// Whether it shares the network of its node, and so has no port.
    pub is_on_host: bool,
    /// `Pending`, `Running`, `Succeeded`, `Failed` or `Unknown`.
    pub phase: Box<str>,
    /// The addresses in its status.
    pub ips: Vec<IpAddr>,
    /// What OVN-Kubernetes noted of its networks.
    pub networks: PodNetworks,
}

/// What OVN-Kubernetes noted of a pod's networks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PodNetworks {
    /// Nothing.
    Absent,
    /// What is not to be read.
    Broken,
    /// By network: `default`, or `NAMESPACE/NAME` of what attaches it.
    Noted(BTreeMap<Box<str>, PodNetwork>),
}

/// A pod's place in one network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodNetwork {
    /// Its addresses.
    pub ips: Vec<IpAddr>,
    /// Its MAC address.
    pub mac: Option<Mac>,
}

impl Pod {
    pub(super) fn read(object: &Json) -> Option<Self> {
        let (spec, status) = (&object["spec"], &object["status"]);
        let ips = wire::items(&status["podIPs"]).filter_map(|one| wire::ip(&one["ip"]));
        let mut ips: Vec<IpAddr> = ips.collect();
        if ips.is_empty() {
            ips.extend(wire::ip(&status["podIP"]));
        }
        Some(Self {
            metadata: Metadata::read(object)?,
            node: wire::text(&spec["nodeName"]),
            is_on_host: spec["hostNetwork"] == true,
            phase: wire::text(&status["phase"]).unwrap_or_default(),
            ips,
            networks: PodNetworks::read(annotation(object, NETWORKS)),
        })
    }

    /// Whether it has ended, so that its addresses are free.
    pub fn has_ended(&self) -> bool {
        matches!(&*self.phase, "Succeeded" | "Failed")
    }

    /// Its place in a network.
    pub fn network(&self, network: &str) -> Option<&PodNetwork> {
        match &self.networks {
            PodNetworks::Noted(networks) => networks.get(network),
            PodNetworks::Absent | PodNetworks::Broken => None,
        }
    }

    /// The name of its port in a network.
    pub fn port_name(&self, network: &str) -> String {
        let prefix = match network {
            DEFAULT_NETWORK => String::new(),
            network => network_prefix(network),
        };
        let namespace = self.metadata.namespace.as_deref().unwrap_or_default();
        format!("{prefix}{namespace}_{}", self.metadata.name)
    }
}

impl PodNetworks {
    fn read(text: Option<&str>) -> Self {
        let Some(text) = text else {
            return Self::Absent;
        };
        let Ok(Json::Object(networks)) = serde_json::from_str(text) else {
            return Self::Broken;
        };
        let networks = networks.into_iter().map(|(name, network)| {
            let mut addresses = wire::networks(&network["ip_addresses"]);
            if addresses.is_empty() {
                addresses.extend(wire::networks(&network["ip_address"]));
            }
            let place = PodNetwork {
                ips: addresses.iter().map(|one: &Network| one.address).collect(),
                mac: network["mac_address"].as_str().and_then(Mac::parse),
            };
            (name.into(), place)
        });
        Self::Noted(networks.collect())
    }
}
