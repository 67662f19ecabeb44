//! Network policies of administrators, which belong to the cluster.
//!
//! **Source**: network-policy-api, `apis/v1alpha1`; ovn-kubernetes,
//! `go-controller/pkg/ovn/controller/admin_network_policy/{types,status}.go`.

use serde_json::Value as Json;

use crate::address::Network;
use crate::objects::label::{PodSelector, Selector};
use crate::objects::metadata::Metadata;
use crate::objects::wire;

/// What the conditions begin with by which nodes say how they fare with a policy.
const REPORT: &str = "Ready-In-Zone-";

/// A network policy of administrators, or the baseline of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminPolicy {
    /// Its names.
    pub metadata: Metadata,
    /// Whether it is the baseline, which decides where nothing else does.
    pub is_baseline: bool,
    /// Its place among the others, the first being 0; the baseline has none.
    pub priority: Option<u64>,
    /// The pods that it is about; `None` where it says so in a way that is not known.
    pub subject: Option<PodSelector>,
    /// The rules for what comes in.
    pub ingress: Vec<AdminRule>,
    /// The rules for what goes out.
    pub egress: Vec<AdminRule>,
    /// What the nodes say of it, by node.
    pub reports: Vec<AdminReport>,
}

/// A rule of such a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminRule {
    /// `Allow`, `Deny` or `Pass`.
    pub action: Box<str>,
    /// Whom it is about; `None` stands for one that is not known.
    pub peers: Vec<Option<AdminPeer>>,
    /// Whether it names ports by their names alone, so that the pods decide what it comes to.
    pub is_by_port_name: bool,
}

/// Whom a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AdminPeer {
    /// Pods.
    Pods(PodSelector),
    /// Nodes, with the addresses of their hosts.
    Nodes(Selector),
    /// Networks anywhere.
    Networks(Vec<Network>),
}

/// What a node says of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminReport {
    /// The node, or before one zone was one node, the zone.
    pub zone: Box<str>,
    /// Whether it carries the policy out.
    pub is_ready: bool,
    /// In its words.
    pub message: Box<str>,
}

impl AdminPolicy {
    pub(super) fn read(object: &Json) -> Option<Self> {
        let spec = &object["spec"];
        let rules = |name: &str| wire::items(&spec[name]).map(AdminRule::read).collect();
        let conditions = wire::items(&object["status"]["conditions"]);
        let subject = &spec["subject"];
        Some(Self {
            metadata: Metadata::read(object)?,
            is_baseline: false,
            priority: spec["priority"].as_u64(),
            subject: pods(subject),
            ingress: rules("ingress"),
            egress: rules("egress"),
            reports: conditions.filter_map(AdminReport::read).collect(),
        })
    }

    pub(super) fn read_baseline(object: &Json) -> Option<Self> {
        let read = Self::read(object)?;
        Some(Self {
            is_baseline: true,
            priority: None,
            ..read
        })
    }
}

impl AdminRule {
    fn read(rule: &Json) -> Self {
        let peers = wire::items(&rule["from"]).chain(wire::items(&rule["to"]));
        let mut ports = wire::items(&rule["ports"]).peekable();
        let has_ports = ports.peek().is_some();
        Self {
            action: wire::text(&rule["action"]).unwrap_or_default(),
            peers: peers.map(AdminPeer::read).collect(),
            is_by_port_name: has_ports && ports.all(|port| !port["namedPort"].is_null()),
        }
    }
}

impl AdminPeer {
    fn read(peer: &Json) -> Option<Self> {
        if let Some(pods) = pods(peer) {
            return Some(Self::Pods(pods));
        }
        if !peer["nodes"].is_null() {
            return Some(Self::Nodes(Selector::read(&peer["nodes"])));
        }
        let texts = peer["networks"].as_array()?;
        let networks = texts.iter().map(|text| Network::parse(text.as_str()?));
        Some(Self::Networks(networks.collect::<Option<Vec<_>>>()?))
    }
}

impl AdminReport {
    fn read(condition: &Json) -> Option<Self> {
        let zone = condition["type"].as_str()?.strip_prefix(REPORT)?;
        Some(Self {
            zone: zone.into(),
            is_ready: condition["status"] == "True",
            message: wire::text(&condition["message"]).unwrap_or_default(),
        })
    }
}

/// The pods that a subject or a peer names: all of some namespaces, or some of them.
fn pods(of: &Json) -> Option<PodSelector> {
    match (&of["namespaces"], &of["pods"]) {
        (Json::Null, Json::Null) => None,
        (Json::Null, pods) => Some(PodSelector {
            namespaces: Selector::read(&pods["namespaceSelector"]),
            pods: Selector::read(&pods["podSelector"]),
        }),
        (namespaces, _) => Some(PodSelector {
            namespaces: Selector::read(namespaces),
            pods: Selector::default(),
        }),
    }
}
