//! The focus of a question about one object: which objects of the cluster have to do with it.
//!
//! What it is called tells which kinds it can be of; each is asked for by that name, so that a
//! pod costs one object and not a list of all. What is found leads on to what it depends on: a pod
//! to its node, its namespace and the policies there, a service to its slices.

use core::net::IpAddr;
use std::collections::BTreeSet;

use ovn_schemas::{nb, sb};
use ovsdb_client::table::{MapView, Table};
use ovsdb_client::value::Uuid;

use crate::address::{Mac, PortAddress};
use crate::database::Database;
use crate::objects::{
    AdminPolicy, EgressIp, Namespace, NetworkAttachment, NetworkPolicy, Node, ObjectKind,
    ObjectQuestion, ObjectScope, Objects, Pod, Service, Typed, UserDefinedNetwork,
};
use crate::owner::{self, Mark, network_of, object_of};
use crate::resource::ObjectName;
use crate::snapshot::Snapshot;

/// The kinds that have addresses.
const WITH_ADDRESS: [ObjectKind; 4] = [
    ObjectKind::Node,
    ObjectKind::Pod,
    ObjectKind::Service,
    ObjectKind::EgressIp,
];

/// The kinds in namespaces whose objects go by names of their own.
const IN_NAMESPACE: [ObjectKind; 6] = [
    ObjectKind::Pod,
    ObjectKind::Service,
    ObjectKind::NetworkPolicy,
    ObjectKind::EgressFirewall,
    ObjectKind::UserDefinedNetwork,
    ObjectKind::NetworkAttachment,
];

/// The kinds that a name alone may mean; all egress firewalls have the same.
const BY_NAME: [ObjectKind; 11] = [
    ObjectKind::Node,
    ObjectKind::Namespace,
    ObjectKind::Pod,
    ObjectKind::Service,
    ObjectKind::NetworkPolicy,
    ObjectKind::AdminNetworkPolicy,
    ObjectKind::BaselineAdminNetworkPolicy,
    ObjectKind::EgressIp,
    ObjectKind::UserDefinedNetwork,
    ObjectKind::ClusterUserDefinedNetwork,
    ObjectKind::NetworkAttachment,
];

/// The kinds of which a namespace has objects that rows are made from.
const OF_NAMESPACE: [ObjectKind; 7] = [
    ObjectKind::Pod,
    ObjectKind::Service,
    ObjectKind::EndpointSlice,
    ObjectKind::NetworkPolicy,
    ObjectKind::EgressFirewall,
    ObjectKind::UserDefinedNetwork,
    ObjectKind::NetworkAttachment,
];

/// The kinds of policies of administrators, which may be about any pod.
const OF_ADMINISTRATORS: [ObjectKind; 2] = [
    ObjectKind::AdminNetworkPolicy,
    ObjectKind::BaselineAdminNetworkPolicy,
];

/// From how many nodes on all are asked for at once.
/// **Default and why**: 8; as many small questions take about as long as a list of some hundred.
const MANY_NODES: usize = 8;

/// The shortest beginning of a UUID that counts as one.
/// **Default and why**: 8 digits, the first group, which answers show.
const SHORTEST_UUID: usize = 8;

/// How many digits a UUID has, its hyphens included.
const UUID_LENGTH: usize = 36;

/// The option by which a port says which incarnation of a pod it is for.
const INCARNATION: &str = "iface-id-ver";

/// What the names of networks of several namespaces begin with.
const CLUSTER_NETWORK: &str = "cluster_udn_";

/// What is asked about what a text may mean, before anything is known.
pub(crate) fn questions(text: &str) -> Vec<ObjectQuestion> {
    let text = text.trim();
    if text.parse::<IpAddr>().is_ok() {
        // No field selector finds all addresses of an object.
        return WITH_ADDRESS.map(ObjectQuestion::all).to_vec();
    }
    if let Some((namespace, name)) = text.split_once('/') {
        return match (namespace.parse(), name.parse()) {
            (Ok(namespace), Ok(name)) => in_namespace(&namespace, &name),
            _ => Vec::new(),
        };
    }
    let is_uuid = text.len() == UUID_LENGTH && is_hexadecimal(text);
    if is_uuid || Mac::parse(text).is_some() {
        return Vec::new();
    }
    if let Some(name) = text.strip_prefix(CLUSTER_NETWORK) {
        let kinds = [
            ObjectKind::ClusterUserDefinedNetwork,
            ObjectKind::NetworkAttachment,
        ];
        let name = name.parse::<ObjectName>();
        let named = |kind| Some(ObjectQuestion::named(kind, None, name.clone().ok()?));
        return kinds.into_iter().filter_map(named).collect();
    }
    // No name of an object holds an underscore: it is a port's, or a network's.
    if let Some((namespace, name)) = port_names(text) {
        return in_namespace(&namespace, &name);
    }
    let Ok(name) = text.parse::<ObjectName>() else {
        return Vec::new();
    };
    let named = |kind| ObjectQuestion::named(kind, None, name.clone());
    BY_NAME.map(named).to_vec()
}

/// What else is asked now that these rows and objects are known.
pub(crate) fn further(text: &str, snapshot: &Snapshot) -> Vec<ObjectQuestion> {
    let text = text.trim();
    let mut about = questions(text);
    let (meant, nodes) = of_rows(text, snapshot);
    about.extend(meant);
    let mut all: BTreeSet<ObjectQuestion> = about.iter().cloned().collect();
    let nodes = nodes
        .iter()
        .filter_map(|node| named(ObjectKind::Node, node));
    all.extend(nodes);
    let sources: BTreeSet<&str> = snapshot.objects.iter().map(|read| &*read.source).collect();
    for source in sources {
        if let Some(objects) = Objects::of(&snapshot.objects, source) {
            Related {
                ip: text.parse().ok(),
                about: &about,
                objects: &objects,
                all: &mut all,
            }
            .follow();
        }
    }
    // What is among all of its kind needs no question of its own.
    let is_whole = |kind| all.contains(&ObjectQuestion::all(kind));
    let narrowed = all
        .iter()
        .filter(|question| question.scope == ObjectScope::All || !is_whole(question.kind));
    narrowed.cloned().collect()
}

fn in_namespace(namespace: &ObjectName, name: &ObjectName) -> Vec<ObjectQuestion> {
    let named = |kind| ObjectQuestion::named(kind, Some(namespace.clone()), name.clone());
    IN_NAMESPACE.map(named).to_vec()
}

/// The namespace and the name in that of a port: `NAMESPACE_NAME`, after the prefix of a network.
fn port_names(text: &str) -> Option<(ObjectName, ObjectName)> {
    let mut parts = text.rsplit('_');
    let (name, namespace) = (parts.next()?, parts.next()?);
    Some((namespace.parse().ok()?, name.parse().ok()?))
}

fn is_hexadecimal(text: &str) -> bool {
    let mut digits = text.bytes().filter(|&byte| byte != b'-');
    digits.all(|digit| digit.is_ascii_hexdigit())
}

/// What rows tell of a text that names one of them, or that they hold: what is asked about it, and
/// the nodes that they are on where it is a pod.
fn of_rows<'s>(text: &str, snapshot: &'s Snapshot) -> (Vec<ObjectQuestion>, BTreeSet<&'s str>) {
    let (mut all, mut nodes) = (Vec::new(), BTreeSet::new());
    if text.is_empty() || text.parse::<IpAddr>().is_ok() {
        return (all, nodes);
    }
    let digits: String = text.chars().filter(|&c| c != '-').collect();
    let digits = digits.to_ascii_lowercase();
    let is_uuid = digits.len() >= SHORTEST_UUID && is_hexadecimal(text);
    let is_row = |uuid: Uuid| is_uuid && uuid.simple().to_string().starts_with(&digits);
    let mac = Mac::parse(text);
    // `NAMESPACE/NAME` is a port and a network by the same change.
    let port = owner::Pod::port_meant(text);
    for read in snapshot.of(Database::Nb, None) {
        for row in read.rows.rows::<nb::LogicalSwitchPort>() {
            let addresses = row.addresses();
            let mut addresses = addresses.iter().map(PortAddress::parse);
            let is_it = row.name() == port
                || is_row(row.uuid())
                || row.options().get(INCARNATION) == Some(text)
                || mac.is_some() && addresses.any(|address| address.mac() == mac);
            if is_it && let Some(pod) = owner::Pod::of_port(row.name(), row.external_ids()) {
                all.extend(named(ObjectKind::Pod, &pod.to_string()));
                // Of a pod that is gone nothing else tells the node.
                nodes.extend(read.node.as_deref());
            }
        }
        for row in read.rows.rows::<nb::LoadBalancer>() {
            if row.name() == text || is_row(row.uuid()) {
                all.extend(of_ids(row.external_ids()));
            }
        }
        for row in read.rows.rows::<nb::PortGroup>() {
            if row.name() == text.trim_start_matches('@') || is_row(row.uuid()) {
                all.extend(of_ids(row.external_ids()));
            }
        }
        for row in read.rows.rows::<nb::AddressSet>() {
            if row.name() == text.trim_start_matches('$') || is_row(row.uuid()) {
                all.extend(of_ids(row.external_ids()));
            }
        }
        if is_uuid {
            let acls = read.rows.rows::<nb::Acl>();
            for row in acls.filter(|row| is_row(row.uuid())) {
                all.extend(of_ids(row.external_ids()));
            }
            let nats = read.rows.rows::<nb::Nat>();
            for row in nats.filter(|row| is_row(row.uuid())) {
                all.extend(of_ids(row.external_ids()));
            }
            let policies = read.rows.rows::<nb::LogicalRouterPolicy>();
            for row in policies.filter(|row| is_row(row.uuid())) {
                all.extend(of_ids(row.external_ids()));
            }
        }
        let mut switches = read.rows.rows::<nb::LogicalSwitch>();
        if switches.any(|row| network_of(row.external_ids()) == Some(port.as_str())) {
            all.push(ObjectQuestion::all(ObjectKind::NetworkAttachment));
        }
    }
    for read in snapshot.of(Database::Sb, None) {
        for row in read.rows.rows::<sb::Chassis>() {
            if row.name() == text || is_row(row.uuid()) {
                all.extend(named(ObjectKind::Node, row.hostname()));
            }
        }
        let bindings = read.rows.rows::<sb::PortBinding>();
        for row in bindings.filter(|row| is_row(row.uuid())) {
            if let Some((namespace, name)) = port_names(row.logical_port()) {
                all.push(ObjectQuestion::named(
                    ObjectKind::Pod,
                    Some(namespace),
                    name,
                ));
            }
        }
    }
    (all, nodes)
}

/// The object that a row is marked with.
fn of_ids(ids: MapView<'_, String, String>) -> Vec<ObjectQuestion> {
    if let Some((kind, name)) = object_of(ids) {
        return named(kind, &name).into_iter().collect();
    }
    let namespace = Mark::of(ids).and_then(|mark| mark.namespace());
    let namespace = namespace.and_then(|name| named(ObjectKind::Namespace, name));
    namespace.into_iter().collect()
}

/// An object by its whole name.
fn named(kind: ObjectKind, name: &str) -> Option<ObjectQuestion> {
    let (namespace, name) = match name.split_once('/') {
        Some((namespace, name)) => (Some(namespace.parse().ok()?), name),
        None => (None, name),
    };
    Some(ObjectQuestion::named(kind, namespace, name.parse().ok()?))
}

/// What the objects of one cluster lead on to.
struct Related<'f, 's> {
    /// The address that is asked about.
    ip: Option<IpAddr>,
    about: &'f [ObjectQuestion],
    objects: &'f Objects<'s>,
    all: &'f mut BTreeSet<ObjectQuestion>,
}

impl<'s> Related<'_, 's> {
    fn follow(&mut self) {
        let mut nodes: BTreeSet<&str> = BTreeSet::new();
        // Those on their nodes' own network have the nodes' addresses.
        let has = |pod: &Pod, ip| !pod.is_on_host && !pod.has_ended() && pod.ips.contains(&ip);
        let pods = self.meant(ObjectKind::Pod, has);
        for &pod in &pods {
            self.namespace_of(pod);
            self.in_namespace_of(pod, ObjectKind::NetworkPolicy);
            self.all.insert(ObjectQuestion::all(ObjectKind::EgressIp));
            self.all.extend(OF_ADMINISTRATORS.map(ObjectQuestion::all));
            nodes.extend(pod.node.as_deref());
            let carriers = self.objects.all::<EgressIp>();
            let carriers =
                carriers.filter(|one| one.pods.selects(&pod.metadata.labels) == Some(true));
            nodes.extend(carriers.flat_map(|one| one.assigned.iter().map(|item| &*item.node)));
        }
        for service in self.meant::<Service>(ObjectKind::Service, |one, ip| one.ips.contains(&ip)) {
            self.namespace_of(service);
            self.slices_of(service);
        }
        let no_address = |_: &NetworkPolicy, _| false;
        for policy in self.meant(ObjectKind::NetworkPolicy, no_address) {
            self.namespace_of(policy);
            self.in_namespace_of(policy, ObjectKind::Pod);
            nodes.extend(self.nodes_of(policy.metadata.namespace.as_deref()));
        }
        let egress_ips =
            self.meant::<EgressIp>(ObjectKind::EgressIp, |one, ip| one.ips.contains(&ip));
        let no_address = |_: &AdminPolicy, _| false;
        let mut kinds = OF_ADMINISTRATORS.into_iter();
        let is_policy = kinds.any(|kind| !self.meant(kind, no_address).is_empty());
        if is_policy || !egress_ips.is_empty() {
            // What it selects may be anywhere.
            for kind in [ObjectKind::Namespace, ObjectKind::Pod, ObjectKind::Node] {
                self.all.insert(ObjectQuestion::all(kind));
            }
        }
        for namespace in self.meant(ObjectKind::Namespace, |_: &Namespace, _| false) {
            if let Ok(name) = namespace.metadata.name.parse::<ObjectName>() {
                let of = |kind| ObjectQuestion::in_namespace(kind, name.clone());
                self.all.extend(OF_NAMESPACE.map(of));
                nodes.extend(self.nodes_of(Some(name.as_str())));
            }
        }
        let networks = [
            ObjectKind::UserDefinedNetwork,
            ObjectKind::ClusterUserDefinedNetwork,
        ];
        let is_network = networks.into_iter().any(|kind| {
            !self
                .meant(kind, |_: &UserDefinedNetwork, _| false)
                .is_empty()
        });
        let attached = self.meant(ObjectKind::NetworkAttachment, |_: &NetworkAttachment, _| {
            false
        });
        if is_network || attached.iter().any(|one| one.network.is_some()) {
            self.all
                .insert(ObjectQuestion::all(ObjectKind::NetworkAttachment));
        }
        let own = self.meant::<Node>(ObjectKind::Node, |node, ip| node.ips.contains(&ip));
        // Not every address of a node is asked for its pods, which are listed for it anyway.
        let by_name = own.iter().filter(|_| self.ip.is_none());
        let by_name = by_name.filter_map(|node| node.metadata.name.parse().ok());
        self.all.extend(by_name.map(|node| ObjectQuestion {
            kind: ObjectKind::Pod,
            scope: ObjectScope::OnNode { node },
        }));
        self.nodes(&nodes, &own);
    }

    /// The nodes of the pods of a namespace.
    fn nodes_of(&self, namespace: Option<&str>) -> Vec<&'s str> {
        let pods = self.objects.all::<Pod>();
        let own = pods.filter(|pod| pod.metadata.namespace.as_deref() == namespace);
        own.filter_map(|pod| pod.node.as_deref()).collect()
    }

    /// The objects of a kind that the question is about.
    fn meant<T: Typed + 's>(
        &self,
        kind: ObjectKind,
        has: impl Fn(&T, IpAddr) -> bool,
    ) -> Vec<&'s T> {
        let found = self.objects.all::<T>().filter(|object| {
            let of = object.metadata();
            let is_named = self.about.iter().any(|question| {
                question.kind == kind
                    && question.scope != ObjectScope::All
                    && question.scope.covers(of.namespace.as_deref(), &of.name)
            });
            is_named || self.ip.is_some_and(|ip| has(object, ip))
        });
        found.collect()
    }

    fn namespace_of<T: Typed>(&mut self, object: &T) {
        let namespace = object.metadata().namespace.as_deref();
        self.all
            .extend(namespace.and_then(|name| named(ObjectKind::Namespace, name)));
    }

    fn in_namespace_of<T: Typed>(&mut self, object: &T, kind: ObjectKind) {
        let namespace = object.metadata().namespace.as_deref();
        if let Some(Ok(namespace)) = namespace.map(str::parse) {
            self.all
                .insert(ObjectQuestion::in_namespace(kind, namespace));
        }
    }

    fn slices_of(&mut self, service: &Service) {
        let of = &service.metadata;
        let namespace = of.namespace.as_deref().map(str::parse);
        if let (Some(Ok(namespace)), Ok(service)) = (namespace, of.name.parse()) {
            self.all.insert(ObjectQuestion {
                kind: ObjectKind::EndpointSlice,
                scope: ObjectScope::OfService { namespace, service },
            });
        }
    }

    /// The nodes that are spoken of: each by its name, all where there are many, or where one does
    /// not say which zone it is in, so that the others have to tell.
    fn nodes(&mut self, names: &BTreeSet<&str>, own: &[&Node]) {
        let no_zone = |name: &&str| {
            let node = self.objects.find::<Node>(None, name);
            self.objects.knows(ObjectKind::Node, None, name)
                && node.is_none_or(|node| node.zone.is_none())
        };
        let is_untold = names.iter().any(no_zone) || own.iter().any(|node| node.zone.is_none());
        if is_untold || names.len() > MANY_NODES {
            self.all.insert(ObjectQuestion::all(ObjectKind::Node));
        }
        let names = names.iter();
        self.all
            .extend(names.filter_map(|name| named(ObjectKind::Node, name)));
    }
}
