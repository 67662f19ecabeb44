//! How pods leave: egress IPs and egress firewalls.

use core::net::IpAddr;

use serde_json::Value as Json;

use crate::objects::label::Selector;
use crate::objects::metadata::Metadata;
use crate::objects::wire;

/// An egress IP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EgressIp {
    /// Its names.
    pub metadata: Metadata,
    /// The addresses that are asked for.
    pub ips: Vec<IpAddr>,
    /// The namespaces that it is for.
    pub namespaces: Selector,
    /// The pods of them that it is for.
    pub pods: Selector,
    /// Which node has which of the addresses.
    pub assigned: Vec<EgressAssignment>,
}

/// A node that has an address of an egress IP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EgressAssignment {
    /// The node.
    pub node: Box<str>,
    /// The address.
    pub ip: IpAddr,
}

/// The egress firewall of a namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EgressFirewall {
    /// Its names; the namespace tells what it is about.
    pub metadata: Metadata,
    /// How many rules it has.
    pub rules: usize,
    /// What OVN-Kubernetes says of it.
    pub status: Option<Box<str>>,
}

impl EgressIp {
    pub(super) fn read(object: &Json) -> Option<Self> {
        let spec = &object["spec"];
        let assigned = wire::items(&object["status"]["items"]).filter_map(|one| {
            Some(EgressAssignment {
                node: wire::text(&one["node"])?,
                ip: wire::ip(&one["egressIP"])?,
            })
        });
        Some(Self {
            metadata: Metadata::read(object)?,
            ips: wire::ips(&spec["egressIPs"]),
            namespaces: Selector::read(&spec["namespaceSelector"]),
            pods: Selector::read(&spec["podSelector"]),
            assigned: assigned.collect(),
        })
    }
}

impl EgressFirewall {
    pub(super) fn read(object: &Json) -> Option<Self> {
        Some(Self {
            metadata: Metadata::read(object)?,
            rules: wire::items(&object["spec"]["egress"]).count(),
            status: wire::text(&object["status"]["status"]),
        })
    }
}
