//! Services and their endpoints.

use core::net::IpAddr;

use jiff::Timestamp;
use serde_json::Value as Json;

use crate::objects::metadata::{Labels, Metadata, annotation};
use crate::objects::wire;

/// The label that names a slice's service.
const OF_SERVICE: &str = "kubernetes.io/service-name";

/// A service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its names.
    pub metadata: Metadata,
    /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`.
    pub kind: Box<str>,
    /// Its own addresses; none for one that is headless.
    pub ips: Vec<IpAddr>,
    /// Its ports.
    pub ports: Vec<ServicePort>,
    /// The pods behind it; empty where its endpoints are not made from pods.
    pub selector: Labels,
    /// Whether another program than OVN-Kubernetes carries it out.
    pub is_of_another_proxy: bool,
    /// Whether pods reach only endpoints of their own node.
    pub is_local: bool,
}

/// A port of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePort {
    /// Its name; empty where there is only one.
    pub name: Box<str>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: Box<str>,
    /// Its number.
    pub port: u16,
}

/// Endpoints of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointSlice {
    /// Its names.
    pub metadata: Metadata,
    /// The service, in the same namespace.
    pub service: Option<Box<str>>,
    /// The ports, the same of all endpoints.
    pub ports: Vec<SlicePort>,
    /// The endpoints.
    pub endpoints: Vec<ServiceEndpoint>,
    /// When something last changed that it was made anew for.
    pub changed: Option<Timestamp>,
}

/// A port of endpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlicePort {
    /// The name of the service's port; empty where there is only one.
    pub name: Box<str>,
    /// `TCP`, `UDP` or `SCTP`.
    pub protocol: Box<str>,
    /// Its number at the endpoints; `None` for all.
    pub port: Option<u16>,
}

/// An endpoint of a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceEndpoint {
    /// Its addresses: one, since all of a list count as the same.
    pub ips: Vec<IpAddr>,
    /// Whether it takes new connections.
    pub is_ready: bool,
    /// Whether it still serves those it has, ready or not.
    pub is_serving: bool,
    /// The node that it is on.
    pub node: Option<Box<str>>,
    /// The pod that it is.
    pub pod: Option<Box<str>>,
}

/// The annotation that says when a slice was last made anew.
const CHANGED: &str = "endpoints.kubernetes.io/last-change-trigger-time";

/// What a port without a protocol means.
const DEFAULT_PROTOCOL: &str = "TCP";

/// The label by which another proxy takes a service over.
const PROXY: &str = "service.kubernetes.io/service-proxy-name";

fn protocol(value: &Json) -> Box<str> {
    wire::text(value).unwrap_or_else(|| DEFAULT_PROTOCOL.into())
}

impl Service {
    pub(super) fn read(object: &Json) -> Option<Self> {
        let spec = &object["spec"];
        let metadata = Metadata::read(object)?;
        // A headless service has the word `None` for an address.
        let mut ips = wire::ips(&spec["clusterIPs"]);
        if ips.is_empty() {
            ips.extend(wire::ip(&spec["clusterIP"]));
        }
        let ports = wire::items(&spec["ports"]).filter_map(|one| {
            Some(ServicePort {
                name: wire::text(&one["name"]).unwrap_or_default(),
                protocol: protocol(&one["protocol"]),
                port: wire::port(&one["port"])?,
            })
        });
        Some(Self {
            kind: wire::text(&spec["type"]).unwrap_or_else(|| "ClusterIP".into()),
            ips,
            ports: ports.collect(),
            selector: wire::table(&spec["selector"]),
            is_of_another_proxy: metadata.labels.contains_key(PROXY),
            is_local: spec["internalTrafficPolicy"] == "Local",
            metadata,
        })
    }
}

impl EndpointSlice {
    pub(super) fn read(object: &Json) -> Option<Self> {
        let metadata = Metadata::read(object)?;
        let ports = wire::items(&object["ports"]).map(|one| SlicePort {
            name: wire::text(&one["name"]).unwrap_or_default(),
            protocol: protocol(&one["protocol"]),
            port: wire::port(&one["port"]),
        });
        let endpoints = wire::items(&object["endpoints"]).map(|one| {
            let conditions = &one["conditions"];
            // A condition that is not there means that all is well.
            let is_ready = conditions["ready"] != false;
            ServiceEndpoint {
                ips: wire::ips(&one["addresses"]),
                is_ready,
                is_serving: conditions["serving"].as_bool().unwrap_or(is_ready),
                node: wire::text(&one["nodeName"]),
                pod: wire::text(&one["targetRef"]["name"])
                    .filter(|_| one["targetRef"]["kind"] == "Pod"),
            }
        });
        Some(Self {
            service: metadata.labels.get(OF_SERVICE).cloned(),
            ports: ports.collect(),
            endpoints: endpoints.collect(),
            changed: annotation(object, CHANGED).and_then(|text| text.parse().ok()),
            metadata,
        })
    }
}
