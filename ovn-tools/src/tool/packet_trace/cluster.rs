//! What the cluster says of the ends of a packet's way, where rows alone do not tell.

use core::net::IpAddr;

use crate::objects::{
    EndpointSlice, NetworkPolicy, Node, ObjectKind, ObjectQuestion, ObjectScope, Objects, Pod,
    Service, Typed,
};
use crate::resource::ObjectName;
use crate::snapshot::{Needs, Snapshot};

/// How many pods behind a service a hint names.
/// **Default and why**: 3; any of them will do.
const MAX_NAMED: usize = 3;

/// Adds what is asked of clusters about the ends: those that are named as `NAMESPACE/NAME`.
pub(super) fn with_ends(mut needs: Needs, from: &str, to: &str) -> Needs {
    for (text, is_target) in [(from, false), (to, true)] {
        let Some((namespace, name)) = names(text) else {
            continue;
        };
        let one = |kind| ObjectQuestion {
            kind,
            scope: ObjectScope::Named {
                namespace: Some(namespace.clone()),
                name: name.clone(),
            },
        };
        needs = needs.some_objects(one(ObjectKind::Pod));
        if is_target {
            needs = needs
                .some_objects(one(ObjectKind::Service))
                .some_objects(ObjectQuestion {
                    kind: ObjectKind::EndpointSlice,
                    scope: ObjectScope::OfService {
                        namespace,
                        service: name,
                    },
                });
        }
    }
    needs
}

/// What else is asked of clusters: the nodes of the pods that are ends, and the network policies
/// that have decided.
pub(super) fn further<'n>(
    policies: impl IntoIterator<Item = &'n str>,
    snapshot: &Snapshot,
) -> Vec<ObjectQuestion> {
    let mut all = Vec::new();
    for (_, objects) in clusters(snapshot) {
        let nodes = objects.all::<Pod>().filter_map(|pod| pod.node.as_deref());
        let nodes = nodes.filter_map(|node| node.parse().ok());
        all.extend(nodes.map(|node| ObjectQuestion::named(ObjectKind::Node, None, node)));
    }
    let policies = policies.into_iter().filter_map(names);
    all.extend(policies.map(|(namespace, name)| {
        ObjectQuestion::named(ObjectKind::NetworkPolicy, Some(namespace), name)
    }));
    all.sort();
    all.dedup();
    all
}

/// `NAMESPACE/NAME`.
fn names(text: &str) -> Option<(ObjectName, ObjectName)> {
    let (namespace, name) = text.split_once('/')?;
    Some((namespace.parse().ok()?, name.parse().ok()?))
}

/// The clusters, each with its source.
fn clusters(snapshot: &Snapshot) -> impl Iterator<Item = (&str, Objects<'_>)> {
    let mut sources: Vec<&str> = snapshot
        .objects
        .iter()
        .map(|read| read.source.as_str())
        .collect();
    sources.dedup();
    let all = sources.into_iter();
    all.filter_map(|source| Some((source, Objects::of(&snapshot.objects, source)?)))
}

fn find<'s, T: Typed + 's>(text: &str, snapshot: &'s Snapshot) -> Option<(&'s str, &'s T)> {
    let (namespace, name) = text.split_once('/')?;
    clusters(snapshot).find_map(|(source, objects)| {
        let found = objects.find::<T>(Some(namespace), name)?;
        Some((source, found))
    })
}

/// The pod that is meant, with the source of its cluster.
pub(super) fn pod<'s>(text: &str, snapshot: &'s Snapshot) -> Option<(&'s str, &'s Pod)> {
    find(text, snapshot)
}

/// The service that is meant.
pub(super) fn service<'s>(text: &str, snapshot: &'s Snapshot) -> Option<&'s Service> {
    find(text, snapshot).map(|(_, service)| service)
}

/// Whether the clusters were asked for an end, and none has a pod or a service of that name.
pub(super) fn has_none(text: &str, is_target: bool, snapshot: &Snapshot) -> bool {
    let is_about = |question: &ObjectQuestion, kind| {
        question.kind == kind
            && matches!(&question.scope, ObjectScope::Named { namespace: Some(namespace), name } if format!("{namespace}/{name}") == text)
    };
    let answered = |kind| {
        let reads = snapshot.objects.iter();
        let mut own = reads
            .filter(|read| is_about(&read.question, kind))
            .peekable();
        own.peek().is_some()
            && own.all(|read| {
                read.outcome
                    .as_ref()
                    .is_ok_and(|list| list.objects.is_empty())
            })
    };
    answered(ObjectKind::Pod) && (!is_target || answered(ObjectKind::Service))
}

/// The zone of the node that a pod runs on: its own under interconnect.
pub(super) fn zone_of<'s>(pod: &'s Pod, source: &str, snapshot: &'s Snapshot) -> Option<&'s str> {
    let node = pod.node.as_deref()?;
    let objects = Objects::of(&snapshot.objects, source)?;
    let noted = objects
        .find::<Node>(None, node)
        .and_then(|node| node.zone.as_deref());
    Some(noted.unwrap_or(node))
}

/// The endpoints of a service that are ready, of how many, and the pods that they are.
pub(super) fn endpoints(service: &Service, snapshot: &Snapshot) -> (usize, usize, Vec<String>) {
    let namespace = service.metadata.namespace.as_deref().unwrap_or_default();
    let of = |slice: &&EndpointSlice| {
        slice.metadata.namespace == service.metadata.namespace
            && slice.service.as_deref() == Some(&*service.metadata.name)
    };
    let (mut ready, mut all, mut pods) = (0, 0, Vec::new());
    for (_, objects) in clusters(snapshot) {
        for slice in objects.all::<EndpointSlice>().filter(of) {
            all += slice.endpoints.len();
            ready += slice.endpoints.iter().filter(|one| one.is_ready).count();
            let named = slice.endpoints.iter().filter_map(|one| one.pod.as_deref());
            pods.extend(named.map(|pod| format!("{namespace}/{pod}")));
        }
    }
    pods.truncate(MAX_NAMED);
    (ready, all, pods)
}

/// Why a service without an address of its own cannot be sent to, and what can.
pub(super) fn no_address(service: &Service, snapshot: &Snapshot) -> (String, String) {
    let name = service.metadata.full_name();
    let (_, _, pods) = endpoints(service, snapshot);
    let what = match &*service.kind {
        "ExternalName" => "is a name for a host outside of the cluster",
        _ => "is headless: it has no address",
    };
    let hint = match pods.is_empty() {
        true => "name a pod or an address".to_owned(),
        false => format!("name one of its pods: {}", pods.join(", ")),
    };
    (format!("`to`: service {name} {what}"), hint)
}

/// The address of a family among some.
pub(super) fn of_family(ips: &[IpAddr], other: Option<IpAddr>) -> Option<IpAddr> {
    let mut ips = ips.iter();
    match other {
        Some(other) => ips.find(|ip| ip.is_ipv4() == other.is_ipv4()).copied(),
        None => ips.next().copied(),
    }
}

/// What the cluster says of a network policy that rows name; `None` where it has it, or nobody
/// knows.
pub(super) fn gone_policy(name: &str, source: &str, snapshot: &Snapshot) -> Option<&'static str> {
    let objects = Objects::of(&snapshot.objects, source)?;
    let mut all = objects.all::<NetworkPolicy>();
    let is_there = all.any(|policy| policy.metadata.full_name() == name);
    let (namespace, name) = name.split_once('/')?;
    let is_known = objects.knows(ObjectKind::NetworkPolicy, Some(namespace), name);
    (is_known && !is_there).then_some("which the cluster does not have any more")
}
