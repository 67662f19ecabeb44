//! The objects of a cluster: what a text means there, and the first link of a chain.

use core::net::IpAddr;
use std::collections::BTreeSet;

use crate::address::Network;
use crate::check::{Found, Scene};
use crate::listing::Line;
use crate::objects::{
    DEFAULT_NETWORK, EgressFirewall, EgressIp, EndpointSlice, Namespace, NetworkAttachment,
    NetworkPolicy, Node, ObjectKind, Objects, Pod, PodNetworks, Service, Typed, UserDefinedNetwork,
};
use crate::report::Gap;
use crate::resource::conceal_text;
use crate::snapshot::Snapshot;
use crate::tool::object_locate::named::{At, BREAK};
use crate::tool::object_locate::target::{Meant, Target};

/// What stands before the kind of an object, where tables have their database.
const CLUSTER: &str = "k8s";

/// The name that the egress firewall of a namespace must have.
const FIREWALL: &str = "default";

/// How many endpoints or pods a line names.
/// **Default and why**: 5; their number stands beside.
const MAX_NAMED: usize = 5;

/// The place of the first object in a chain; rows begin at 1.
const FIRST_STEP: i64 = i64::MIN;

/// The clusters of a scene, each once.
pub(super) fn clusters<'s>(scene: &Scene<'s>) -> Vec<Objects<'s>> {
    let mut known = BTreeSet::new();
    let zones = scene.zones.iter();
    let objects = zones.filter_map(|zone| zone.objects.clone());
    objects
        .filter(|objects| known.insert(objects.source().map(str::to_owned)))
        .collect()
}

/// What a text means among the objects of a cluster: by its whole name or address, and by its name
/// without the namespace.
pub(super) fn meant(text: &str, objects: &Objects<'_>) -> Meant {
    let mut meant = Meant::default();
    let ip: Option<IpAddr> = text.parse().ok();
    let has = |ips: &[IpAddr]| ip.is_some_and(|ip| ips.contains(&ip));
    for pod in objects.all::<Pod>() {
        // Those on their nodes' own network have the nodes' addresses.
        let is_it = !pod.is_on_host && !pod.has_ended() && has(&pod.ips)
            || pod.port_name(DEFAULT_NETWORK) == text
            || !pod.metadata.uid.is_empty() && *pod.metadata.uid == *text;
        meant.add(text, is_it, &pod.metadata, || of_pod(pod));
    }
    for service in objects.all::<Service>() {
        let name = service.metadata.full_name();
        let is_it = has(&service.ips);
        meant.add(text, is_it, &service.metadata, || Target::Service(name));
    }
    for policy in objects.all::<NetworkPolicy>() {
        let name = policy.metadata.full_name();
        meant.add(text, false, &policy.metadata, || Target::Policy(name));
    }
    for egress_ip in objects.all::<EgressIp>() {
        let name = egress_ip.metadata.full_name();
        let is_it = has(&egress_ip.ips);
        meant.add(text, is_it, &egress_ip.metadata, || Target::EgressIp(name));
    }
    for firewall in objects.all::<EgressFirewall>() {
        // Every one of them has the same name.
        let namespace = firewall.metadata.namespace.as_deref().unwrap_or_default();
        if firewall.metadata.full_name() == text {
            meant
                .exact
                .insert(Target::EgressFirewall(namespace.to_owned()));
        }
    }
    for network in objects.all::<UserDefinedNetwork>() {
        let name = network.network();
        let is_it = name == text;
        meant.add(text, is_it, &network.metadata, || Target::Network(name));
    }
    for attachment in objects.all::<NetworkAttachment>() {
        if let Some(name) = &attachment.network {
            let is_it = **name == *text;
            let target = || Target::Network(name.to_string());
            meant.add(text, is_it, &attachment.metadata, target);
        }
    }
    for node in objects.all::<Node>() {
        let name = node.metadata.name.to_string();
        let is_it = has(&node.ips) || node.chassis.as_deref() == Some(text);
        meant.add(text, is_it, &node.metadata, || Target::Node(name));
    }
    for namespace in objects.all::<Namespace>() {
        let name = namespace.metadata.name.to_string();
        meant.add(text, false, &namespace.metadata, || Target::Namespace(name));
    }
    meant
}

/// A pod by its port, which it may have or not; one on its node's network has none.
fn of_pod(pod: &Pod) -> Target {
    let name = pod.metadata.full_name();
    match pod.is_on_host {
        true => Target::HostPod(name),
        false => Target::Port {
            name: pod.port_name(DEFAULT_NETWORK),
            words: format!("pod {name}"),
        },
    }
}

/// An object as a line of the chain.
struct Shown {
    kind: ObjectKind,
    says: String,
    is_missing: bool,
}

/// Adds the objects of what is located before its rows: what they say, and whether the rows agree,
/// as the diagnostics found that compare both.
pub(super) fn follow(
    target: &Target,
    objects: &Objects<'_>,
    found: &[Found],
    place: i64,
    lines: &mut Vec<Line>,
) {
    let object = target.words();
    let shown = shown(target, objects);
    let own = found
        .iter()
        .find(|one| one.object == object && !one.objects.is_empty());
    // Before all rows, in the order in which one object is made from the other.
    for (step, one) in (FIRST_STEP..).zip(shown) {
        let link = match own {
            Some(finding) if step == FIRST_STEP => {
                format!("{BREAK}{} ({})", finding.cause, finding.check)
            }
            _ if one.is_missing => format!("{BREAK}the cluster does not have it"),
            _ => "ok".to_owned(),
        };
        let line = At {
            object: &object,
            place,
            step,
        };
        let row = format!("{CLUSTER}.{}", one.kind);
        // What a label says may be a key as well as any other text.
        let (says, _) = conceal_text(&one.says);
        lines.push(line.line(None, None, row, says, Some(link)));
    }
}

/// The kinds of objects that a chain begins with.
fn kinds(target: &Target) -> &'static [ObjectKind] {
    match target {
        Target::Port { words, .. } if words.starts_with("pod ") => &[ObjectKind::Pod],
        Target::HostPod(_) => &[ObjectKind::Pod],
        Target::Service(_) => &[ObjectKind::Service, ObjectKind::EndpointSlice],
        Target::Policy(_) => &[ObjectKind::NetworkPolicy],
        Target::EgressIp(_) => &[ObjectKind::EgressIp],
        Target::EgressFirewall(_) => &[ObjectKind::EgressFirewall],
        Target::Network(_) => &[ObjectKind::NetworkAttachment],
        Target::Node(_) => &[ObjectKind::Node],
        Target::Namespace(_) => &[ObjectKind::Namespace],
        Target::Port { .. }
        | Target::Named(_)
        | Target::Set { .. }
        | Target::Address(_)
        | Target::Row { .. } => &[],
    }
}

/// What could not be read of the objects of what is located.
pub(super) fn gaps(found: &[Target], snapshot: &Snapshot) -> Vec<Gap> {
    let wanted: BTreeSet<ObjectKind> = found.iter().flat_map(kinds).copied().collect();
    let reads = snapshot.objects.iter();
    // Where nothing is found, any of them may be the reason.
    let reads = reads.filter(|read| wanted.contains(&read.question.kind) || found.is_empty());
    reads.filter_map(|read| read.gap()).collect()
}

fn shown(target: &Target, objects: &Objects<'_>) -> Vec<Shown> {
    let name = target.name();
    let mut all = Vec::new();
    for kind in kinds(target) {
        let says = match kind {
            ObjectKind::Pod => one::<Pod>(objects, &name, pod),
            ObjectKind::Service => one::<Service>(objects, &name, service),
            ObjectKind::EndpointSlice => {
                all.extend(slices(objects, &name));
                continue;
            }
            ObjectKind::NetworkPolicy => {
                one::<NetworkPolicy>(objects, &name, |own| policy(objects, own))
            }
            ObjectKind::EgressIp => one::<EgressIp>(objects, &name, egress_ip),
            ObjectKind::EgressFirewall => firewall(objects, &name),
            ObjectKind::Node => one::<Node>(objects, &name, node),
            ObjectKind::Namespace => one::<Namespace>(objects, &name, |own| {
                let pods = objects.all::<Pod>();
                let pods = pods.filter(|pod| pod.metadata.namespace.as_deref() == Some(&name));
                format!("{}, {} pods", own.metadata.name, pods.count())
            }),
            _ => {
                all.extend(networks(objects, &name));
                continue;
            }
        };
        match (says, knows(objects, *kind, &name)) {
            (Some(says), _) => all.push(Shown {
                kind: *kind,
                says,
                is_missing: false,
            }),
            (None, true) => all.push(Shown {
                kind: *kind,
                says: format!("no {kind} {name}"),
                is_missing: true,
            }),
            // Nobody knows; a gap says why.
            (None, false) => {}
        }
    }
    all
}

/// Whether it is known of what is located that it is there, or that it is not.
fn knows(objects: &Objects<'_>, kind: ObjectKind, name: &str) -> bool {
    match (kind, name.split_once('/')) {
        // It is called by its namespace, and has the name of all of them.
        (ObjectKind::EgressFirewall, _) => objects.knows(kind, Some(name), FIREWALL),
        (_, Some((namespace, name))) => objects.knows(kind, Some(namespace), name),
        (_, None) => objects.knows(kind, None, name),
    }
}

/// What the object of a name says.
fn one<'s, T: Typed + 's>(
    objects: &Objects<'s>,
    name: &str,
    says: impl Fn(&'s T) -> String,
) -> Option<String> {
    let mut all = objects.all::<T>();
    let found = all.find(|object| object.metadata().full_name() == name)?;
    let deleting = match found.metadata().is_deleting {
        true => ", being deleted",
        false => "",
    };
    Some(format!("{}{deleting}", says(found)))
}

fn pod(pod: &Pod) -> String {
    let mut says = vec![match &pod.node {
        Some(node) => format!("node {node}"),
        None => "no node yet".to_owned(),
    }];
    says.push(pod.phase.to_string());
    if pod.is_on_host {
        says.push("on the network of its node".to_owned());
        says.extend((!pod.ips.is_empty()).then(|| joined(&pod.ips)));
        return says.join("  ");
    }
    match &pod.networks {
        PodNetworks::Absent => says.push("no addresses noted".to_owned()),
        PodNetworks::Broken => says.push("its annotation is not to be read".to_owned()),
        PodNetworks::Noted(networks) => says.extend(networks.iter().map(|(name, place)| {
            let mac = place.mac.map_or(String::new(), |mac| format!(" {mac}"));
            format!("{name}: {}{mac}", joined(&place.ips))
        })),
    }
    if !pod.metadata.uid.is_empty() {
        says.push(format!("uid {}", pod.metadata.uid));
    }
    says.join("  ")
}

fn service(service: &Service) -> String {
    let ports = service.ports.iter();
    let ports: Vec<String> = ports
        .map(|port| format!("{}/{}", port.port, port.protocol))
        .collect();
    let address = match service.ips.as_slice() {
        [] => "no address".to_owned(),
        ips => joined(ips),
    };
    let selector = service.selector.iter();
    let selector: Vec<String> = selector
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let selector = match selector.is_empty() {
        true => "no selector".to_owned(),
        false => format!("selector {}", selector.join(",")),
    };
    format!(
        "{} {address}  {}  {selector}",
        service.kind,
        ports.join(" ")
    )
}

fn slices(objects: &Objects<'_>, service: &str) -> Vec<Shown> {
    let own = objects.all::<EndpointSlice>().filter(|slice| {
        let namespace = slice.metadata.namespace.as_deref().unwrap_or_default();
        let of = slice.service.as_deref().unwrap_or_default();
        format!("{namespace}/{of}") == service
    });
    let shown = own.map(|slice| {
        let ports = slice.ports.iter().filter_map(|port| port.port);
        let ports: Vec<String> = ports.map(|port| port.to_string()).collect();
        let ready = slice.endpoints.iter().filter(|one| one.is_ready).count();
        let named = slice.endpoints.iter().take(MAX_NAMED).map(|one| {
            let state = match (one.is_ready, one.is_serving) {
                (true, _) => "",
                (false, true) => " (ending)",
                (false, false) => " (not ready)",
            };
            let node = one.node.as_deref();
            let node = node.map_or(String::new(), |node| format!(" on {node}"));
            format!("{}{node}{state}", joined(&one.ips))
        });
        Shown {
            kind: ObjectKind::EndpointSlice,
            says: format!(
                "{}: {ready} of {} ready, port {}: {}",
                slice.metadata.name,
                slice.endpoints.len(),
                ports.join(" "),
                named.collect::<Vec<_>>().join(", ")
            ),
            is_missing: false,
        }
    });
    shown.collect()
}

fn policy(objects: &Objects<'_>, policy: &NetworkPolicy) -> String {
    let pods = objects.all::<Pod>().filter(|pod| {
        pod.metadata.namespace == policy.metadata.namespace
            && !pod.is_on_host
            && !pod.has_ended()
            && policy.selector.selects(&pod.metadata.labels) == Some(true)
    });
    let pods: Vec<&str> = pods.map(|pod| &*pod.metadata.name).collect();
    let named = pods.iter().take(MAX_NAMED).copied();
    let named = named.collect::<Vec<_>>().join(", ");
    let rules = [("ingress", policy.ingress), ("egress", policy.egress)];
    let rules: Vec<String> = rules
        .into_iter()
        .filter_map(|(direction, rules)| Some(format!("{} {direction} rules", rules?)))
        .collect();
    format!(
        "selects {}: {} pods {named}  {}",
        policy.selector,
        pods.len(),
        rules.join(", ")
    )
}

fn egress_ip(object: &EgressIp) -> String {
    let assigned = object.assigned.iter();
    let assigned: Vec<String> = assigned
        .map(|one| format!("{} on {}", one.ip, one.node))
        .collect();
    let assigned = match assigned.is_empty() {
        true => "no node has it".to_owned(),
        false => assigned.join(", "),
    };
    format!(
        "{}  {assigned}  namespaces {}  pods {}",
        joined(&object.ips),
        object.namespaces,
        object.pods
    )
}

fn firewall(objects: &Objects<'_>, namespace: &str) -> Option<String> {
    let mut all = objects.all::<EgressFirewall>();
    let own = all.find(|one| one.metadata.namespace.as_deref() == Some(namespace))?;
    let status = own.status.as_deref().unwrap_or("no status");
    Some(format!("{} rules  {status}", own.rules))
}

fn node(node: &Node) -> String {
    let mut says = vec![joined(&node.ips)];
    let mut add = |name: &str, value: Option<String>| {
        says.extend(value.map(|value| format!("{name} {value}")));
    };
    let several = |networks: &[Network]| {
        let texts: Vec<String> = networks.iter().map(ToString::to_string).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    };
    add("zone", node.zone.as_deref().map(str::to_owned));
    add("chassis", node.chassis.as_deref().map(str::to_owned));
    add("subnets", several(&node.subnets));
    add("join", several(&node.join));
    add("transit", several(&node.transit));
    if node.is_ready == Some(false) {
        add("not", Some("ready".to_owned()));
    }
    says.retain(|one| !one.is_empty());
    says.join("  ")
}

fn networks(objects: &Objects<'_>, network: &str) -> Vec<Shown> {
    let own = objects
        .all::<UserDefinedNetwork>()
        .filter(|one| one.network() == network);
    let own = own.map(|one| Shown {
        kind: match one.metadata.namespace {
            Some(_) => ObjectKind::UserDefinedNetwork,
            None => ObjectKind::ClusterUserDefinedNetwork,
        },
        says: format!(
            "{}  {} {}",
            one.metadata.full_name(),
            one.topology,
            one.role
        ),
        is_missing: false,
    });
    let attachments = objects
        .all::<NetworkAttachment>()
        .filter(|one| one.network.as_deref() == Some(network));
    let attachments = attachments.map(|one| Shown {
        kind: ObjectKind::NetworkAttachment,
        says: one.metadata.full_name(),
        is_missing: false,
    });
    own.chain(attachments).collect()
}

fn joined(ips: &[IpAddr]) -> String {
    let texts: Vec<String> = ips.iter().map(ToString::to_string).collect();
    texts.join(" ")
}
