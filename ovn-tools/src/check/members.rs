//! Members: which addresses a set must hold and which it may, by the pods and nodes that selectors
//! mean.

use core::net::IpAddr;
use std::collections::{BTreeMap, BTreeSet};

use ovn_schemas::nb;

use crate::address::Network;
use crate::check::cluster::{all, has_primary_network, is_settled_pod, is_standing, texts};
use crate::check::egress_ip::holds_family;
use crate::check::scene::{Scene, Zone};
use crate::objects::{DEFAULT_NETWORK, Namespace, Node, ObjectKind, Pod, PodSelector, Selector};

/// How many addresses at the beginning of a node's subnet are never those of pods: of the gateway,
/// of the management port and of hybrid overlays.
const NETWORK_ADDRESSES: u32 = 3;

/// The pods and nodes of a cluster as selectors look at them.
#[derive(Debug)]
pub(crate) struct Population<'s> {
    namespaces: BTreeMap<&'s str, &'s Namespace>,
    pods: BTreeMap<&'s str, Vec<&'s Pod>>,
    /// All nodes.
    pub(crate) nodes: Vec<&'s Node>,
    lacking: BTreeSet<ObjectKind>,
}

/// What a set should hold.
#[derive(Clone, Debug)]
pub(crate) struct Members {
    must: BTreeSet<Network>,
    may: BTreeSet<Network>,
    /// Whether all that it may hold is known.
    is_whole: bool,
}

/// How a set differs from what it should hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// What it must hold and does not.
    pub(crate) missing: Vec<String>,
    /// What it holds and nothing that is meant has.
    pub(crate) gone: Vec<String>,
}

impl<'s> Population<'s> {
    /// That of the cluster of a zone.
    pub(crate) fn of(zone: &Zone<'s>) -> Self {
        let mut pods: BTreeMap<&str, Vec<&Pod>> = BTreeMap::new();
        for pod in all::<Pod>(zone) {
            let namespace = pod.metadata.namespace.as_deref().unwrap_or_default();
            pods.entry(namespace).or_default().push(pod);
        }
        let kinds = [ObjectKind::Namespace, ObjectKind::Pod, ObjectKind::Node];
        let lacks = |kind: &ObjectKind| {
            let objects = zone.objects.as_ref();
            objects.is_none_or(|objects| objects.lacks(*kind).is_some())
        };
        Self {
            namespaces: all::<Namespace>(zone)
                .map(|one| (&*one.metadata.name, one))
                .collect(),
            pods,
            nodes: all::<Node>(zone).collect(),
            lacking: kinds.into_iter().filter(lacks).collect(),
        }
    }

    /// Whether all objects of a kind are known.
    pub(crate) fn knows(&self, kind: ObjectKind) -> bool {
        !self.lacking.contains(&kind)
    }

    /// The namespaces that a selector means; `None` where it is not understood.
    pub(crate) fn namespaces(&self, selector: &Selector) -> Option<Vec<&'s str>> {
        let mut meant = Vec::new();
        for (name, namespace) in &self.namespaces {
            if selector.selects(&namespace.metadata.labels)? {
                meant.push(*name);
            }
        }
        Some(meant)
    }

    /// The pods that a selector means in some namespaces; `None` where it is not understood.
    pub(crate) fn pods_in(&self, namespaces: &[&str], selector: &Selector) -> Option<Vec<&'s Pod>> {
        let mut meant = Vec::new();
        for pod in namespaces.iter().filter_map(|name| self.pods.get(name)) {
            for pod in pod {
                if selector.selects(&pod.metadata.labels)? {
                    meant.push(*pod);
                }
            }
        }
        Some(meant)
    }

    /// The pods that selectors of both mean; `None` where they are not understood.
    pub(crate) fn selected(&self, selector: &PodSelector) -> Option<Vec<&'s Pod>> {
        let namespaces = self.namespaces(&selector.namespaces)?;
        self.pods_in(&namespaces, &selector.pods)
    }

    /// The nodes that a selector means; `None` where it is not understood.
    pub(crate) fn nodes_selected(&self, selector: &Selector) -> Option<Vec<&'s Node>> {
        let mut meant = Vec::new();
        for node in &self.nodes {
            if selector.selects(&node.metadata.labels)? {
                meant.push(*node);
            }
        }
        Some(meant)
    }

    /// The pod that has an address in the default network.
    pub(crate) fn with_address(&self, address: IpAddr) -> Option<&'s Pod> {
        let mut pods = self.pods.values().flatten().copied();
        pods.find(|pod| {
            let noted = pod.network(DEFAULT_NETWORK);
            let noted = noted.is_some_and(|place| place.ips.contains(&address));
            noted || !pod.is_on_host && pod.ips.contains(&address)
        })
    }

    /// Whether the pods of a namespace have the default network for their first, as far as is
    /// known.
    fn is_on_default_network(&self, pod: &Pod) -> bool {
        let namespace = pod.metadata.namespace.as_deref().unwrap_or_default();
        let namespace = self.namespaces.get(namespace);
        namespace.is_some_and(|one| !has_primary_network(one))
    }
}

impl Members {
    /// None yet, of a set of which all that it may hold will be known.
    pub(crate) fn new() -> Self {
        Self {
            must: BTreeSet::new(),
            may: BTreeSet::new(),
            is_whole: true,
        }
    }

    /// Of a set that may hold what is not known.
    pub(crate) fn not_whole(&mut self) {
        self.is_whole = false;
    }

    /// Adds pods with their addresses in the default network.
    pub(crate) fn pods(&mut self, pods: &[&Pod], population: &Population<'_>, scene: &Scene<'_>) {
        for pod in pods.iter().filter(|pod| !pod.is_on_host) {
            let noted = pod.network(DEFAULT_NETWORK);
            let noted: &[IpAddr] = noted.map_or(&[], |place| &place.ips);
            self.may(pod.ips.iter().chain(noted));
            let is_settled = is_settled_pod(pod, scene) && &*pod.phase == "Running";
            if is_settled && pod.node.is_some() && population.is_on_default_network(pod) {
                // What the annotation and the status do not agree in is told elsewhere.
                let agreed = noted
                    .iter()
                    .filter(|ip| pod.ips.is_empty() || pod.ips.contains(ip));
                self.must.extend(agreed.copied().map(Network::host));
            }
        }
    }

    /// Adds the addresses of the hosts of nodes.
    pub(crate) fn hosts(&mut self, nodes: &[&Node], scene: &Scene<'_>) {
        for node in nodes {
            self.may(&node.ips);
            match &node.host {
                Some(host) => self.may(host),
                None => self.is_whole = false,
            }
            if is_standing(&node.metadata, scene) {
                let host = node.host.iter().flatten();
                // Others come and go with the interfaces of the host.
                let lasting = host.filter(|ip| node.ips.contains(ip));
                self.must.extend(lasting.copied().map(Network::host));
            }
        }
    }

    /// Adds the addresses that nodes have in the networks of pods and of gateways, which it may
    /// hold for what is on the hosts themselves.
    pub(crate) fn of_nodes(&mut self, nodes: &[&Node]) {
        for node in nodes {
            self.may(&node.ips);
            self.may(node.host.iter().flatten());
            self.may(node.join.iter().map(|one| &one.address));
            let first = node.subnets.iter().flat_map(first_addresses);
            self.may.extend(first.map(Network::host));
        }
    }

    /// Adds networks that it holds as such.
    pub(crate) fn networks(&mut self, networks: &[Network]) {
        let networks = networks.iter().map(Network::canonical);
        self.must.extend(networks.clone());
        self.may.extend(networks);
    }

    /// Adds addresses that it may hold.
    pub(crate) fn may<'i>(&mut self, ips: impl IntoIterator<Item = &'i IpAddr>) {
        self.may.extend(ips.into_iter().copied().map(Network::host));
    }

    /// How a set differs; `None` where it does not, or nothing tells.
    pub(crate) fn difference(&self, set: &nb::AddressSet) -> Option<Difference> {
        let held = set.addresses();
        let held = held.iter().filter_map(Network::parse);
        let held: BTreeSet<Network> = held.map(|one| one.canonical()).collect();
        let lacking = self.must.difference(&held);
        let missing = texts(lacking.filter(|one| holds_family(set, one.address)));
        let gone = match self.is_whole {
            true => texts(held.difference(&self.may)),
            false => Vec::new(),
        };
        let is_same = missing.is_empty() && gone.is_empty();
        (!is_same).then_some(Difference { missing, gone })
    }
}

/// The addresses at the beginning of a node's subnet, which are the network's own.
fn first_addresses(subnet: &Network) -> impl Iterator<Item = IpAddr> + use<> {
    let base = subnet.canonical().address;
    (1..=NETWORK_ADDRESSES).filter_map(move |number| match base {
        IpAddr::V4(base) => {
            let address = u32::from(base).checked_add(number)?;
            Some(IpAddr::V4(address.into()))
        }
        IpAddr::V6(base) => {
            let address = u128::from(base).checked_add(number.into())?;
            Some(IpAddr::V6(address.into()))
        }
    })
}
