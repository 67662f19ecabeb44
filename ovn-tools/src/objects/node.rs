//! Nodes, with what OVN-Kubernetes noted on them.

use core::net::IpAddr;

use serde_json::Value as Json;

use crate::address::Network;
use crate::objects::metadata::{Metadata, annotation};
use crate::objects::pod::DEFAULT_NETWORK;
use crate::objects::wire;

/// A node of the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its names.
    pub metadata: Metadata,
    /// The addresses in its status.
    pub ips: Vec<IpAddr>,
    /// Whether it says that it is ready; `None` where it says nothing.
    pub is_ready: Option<bool>,
    /// Whether OVN-Kubernetes has noted anything on it.
    pub is_annotated: bool,
    /// The zone that it is in.
    pub zone: Option<Box<str>>,
    /// The name of its chassis.
    pub chassis: Option<Box<str>>,
    /// The subnets of its pods in the default network.
    pub subnets: Vec<Network>,
    /// The addresses of its gateway router on the join switch of the default network.
    pub join: Vec<Network>,
    /// Its addresses on the transit switch.
    pub transit: Vec<Network>,
    /// The addresses of the host in all networks; `None` where OVN-Kubernetes has not noted them.
    pub host: Option<Vec<IpAddr>>,
}

/// What the annotations of OVN-Kubernetes begin with.
const LEAD: &str = "k8s.ovn.org/";

impl Node {
    pub(super) fn read(object: &Json) -> Option<Self> {
        let status = &object["status"];
        let addresses = wire::items(&status["addresses"]);
        let mut conditions = wire::items(&status["conditions"]);
        let ready = conditions.find(|one| one["type"] == "Ready");
        let noted = |name: &str| annotation(object, &format!("{LEAD}{name}"));
        let annotations = object["metadata"]["annotations"].as_object();
        let subnets = wire::inner(noted("node-subnets"));
        let joins = wire::inner(noted("node-gateway-router-lrp-ifaddrs"));
        let join = match &joins[DEFAULT_NETWORK] {
            // Before user-defined networks there was one of a node.
            Json::Null => wire::networks(&wire::inner(noted("node-gateway-router-lrp-ifaddr"))),
            join => wire::networks(join),
        };
        Some(Self {
            metadata: Metadata::read(object)?,
            ips: addresses
                .filter_map(|one| wire::ip(&one["address"]))
                .collect(),
            is_ready: ready.map(|one| one["status"] == "True"),
            is_annotated: annotations
                .is_some_and(|all| all.keys().any(|name| name.starts_with(LEAD))),
            zone: noted("zone-name")
                .filter(|zone| !zone.is_empty())
                .map(Box::from),
            chassis: noted("node-chassis-id")
                .filter(|chassis| !chassis.is_empty())
                .map(Box::from),
            subnets: wire::networks(&subnets[DEFAULT_NETWORK]),
            join,
            transit: wire::networks(&wire::inner(noted("node-transit-switch-port-ifaddr"))),
            host: noted("host-cidrs").map(|text| {
                let networks = wire::networks(&wire::inner(Some(text)));
                networks.into_iter().map(|one| one.address).collect()
            }),
        })
    }
}
