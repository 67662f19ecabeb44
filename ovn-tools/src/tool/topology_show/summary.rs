//! The verdict in one or two sentences.

use ovn_schemas::sb;
use ovsdb_client::table::Table;

use crate::tool::topology_show::build::Selected;
use crate::topology::{Attachment, DeviceKind, Found, Hit, Problem, ProblemKind, Topology, Zone};

/// The most names given for one sort of problem.
/// **Default and why**: 3; the list of problems holds the others.
const MAX_NAMES: usize = 3;

/// The sorts of problems, the gravest first.
const KINDS: [ProblemKind; 6] = [
    ProblemKind::Unbound,
    ProblemKind::Unprocessed,
    ProblemKind::Down,
    ProblemKind::Dangling,
    ProblemKind::Disabled,
    ProblemKind::Stray,
];

/// What was found: how much there is of the network, or what was asked for, and what is wrong.
pub(super) fn summary(
    topology: &Topology,
    hits: Option<&[Hit]>,
    selected: &Selected<'_>,
) -> String {
    let subject = match hits {
        None => network(topology),
        Some([hit]) => one(&topology.zones[hit.zone], hit.found),
        Some(hits) => several(topology, hits),
    };
    let mut parts = vec![subject];
    // One port's problems are told in full.
    if let Some(
        [
            Hit {
                found: Found::Port(id),
                ..
            },
        ],
    ) = hits
    {
        let own = selected
            .problems
            .iter()
            .filter(|(_, _, problem)| problem.port == Some(*id));
        let own: Vec<String> = own.map(|(_, _, problem)| problem.reason.clone()).collect();
        if !own.is_empty() {
            parts.push(own.join("; "));
            return parts.join("; ");
        }
    }
    let several_zones = topology.zones.len() > 1;
    for kind in KINDS {
        let of_kind = selected
            .problems
            .iter()
            .filter(|(_, _, problem)| problem.kind == kind);
        let names: Vec<String> = of_kind
            .map(|(_, zone, problem)| named(zone, problem, several_zones))
            .collect();
        if !names.is_empty() {
            parts.push(phrase(kind, &names));
        }
    }
    if parts.len() == 1 {
        parts.push("no problem found".to_owned());
    }
    if topology.zones.iter().any(|zone| !zone.bindings_known) {
        parts.push("where ports are bound is not known".to_owned());
    }
    parts.join("; ")
}

fn network(topology: &Topology) -> String {
    let of_kind = |kind| {
        let devices = topology.zones.iter().flat_map(|zone| &zone.devices);
        devices.filter(|device| device.kind == kind).count()
    };
    let counts = format!(
        "{}, {}, {}",
        counted(of_kind(DeviceKind::Switch), "switch", "switches"),
        counted(of_kind(DeviceKind::Router), "router", "routers"),
        counted(
            topology.zones.iter().map(|zone| zone.ports.len()).sum(),
            "port",
            "ports"
        ),
    );
    match topology.zones.as_slice() {
        [zone] => match &zone.node {
            Some(node) => format!("{node}: {counts}"),
            None => counts,
        },
        zones if zones.iter().all(|zone| zone.node.is_some()) => {
            format!("{} nodes: {counts}", zones.len())
        }
        zones => format!("{} logical networks: {counts}", zones.len()),
    }
}

fn one(zone: &Zone, found: Found) -> String {
    match found {
        Found::Device(id) => {
            let device = zone.device(id);
            let mut peers: Vec<String> = Vec::new();
            for &port in &device.ports {
                if let Attachment::Peer(peer) = zone.port(port).attachment {
                    let far = zone.device_of(peer);
                    peers.push(format!("{} {}", far.kind.name(), far.label));
                }
            }
            peers.dedup();
            let ports = counted(device.ports.len(), "port", "ports");
            let linked = if peers.is_empty() {
                "linked to nothing".to_owned()
            } else {
                format!("linked to {}", some_of(&peers))
            };
            format!("{}: {ports}, {linked}", title(zone, found))
        }
        Found::Port(id) => {
            let port = zone.port(id);
            let mut facts = vec![port.kind.name().to_owned()];
            facts.extend(port.addresses.iter().map(|address| address.to_string()));
            if let Attachment::Peer(peer) = port.attachment {
                let far = zone.device_of(peer);
                let (kind, device) = (far.kind.name(), &far.label);
                facts.push(format!(
                    "peer {} of {kind} {device}",
                    zone.port(peer).label()
                ));
            }
            let chassis: Vec<&str> = port
                .chassis
                .iter()
                .map(|id| &*zone.chassis[id.0].label)
                .collect();
            if !chassis.is_empty() {
                facts.push(format!("bound to {}", chassis.join(", ")));
            }
            format!("{}: {}", title(zone, found), facts.join(", "))
        }
    }
}

fn several(topology: &Topology, hits: &[Hit]) -> String {
    let titles: Vec<String> = hits
        .iter()
        .map(|hit| title(&topology.zones[hit.zone], hit.found))
        .collect();
    format!("{} found: {}", hits.len(), some_of(&titles))
}

/// `switch join on worker-a`, `port shop_cart-0 of switch worker-a on worker-a`.
fn title(zone: &Zone, found: Found) -> String {
    let node = match &zone.node {
        Some(node) => format!(" on {node}"),
        None => String::new(),
    };
    match found {
        Found::Device(id) => {
            let device = zone.device(id);
            format!("{} {}{node}", device.kind.name(), device.label)
        }
        Found::Port(id) => {
            let device = zone.device_of(id);
            let (kind, name) = (device.kind.name(), &device.label);
            format!("port {} of {kind} {name}{node}", zone.port(id).label())
        }
    }
}

fn named(zone: &Zone, problem: &Problem, several_zones: bool) -> String {
    match &zone.node {
        Some(node) if several_zones => format!("{} on {node}", problem.name),
        _ => problem.name.to_string(),
    }
}

fn phrase(kind: ProblemKind, names: &[String]) -> String {
    let binding = sb::PortBinding::DEFINITION.name;
    let (one, many) = match kind {
        ProblemKind::Unbound => ("port is bound nowhere", "ports are bound nowhere"),
        ProblemKind::Unprocessed => ("port has no binding", "ports have no binding"),
        ProblemKind::Down => ("port is bound but not up", "ports are bound but not up"),
        ProblemKind::Dangling => ("reference leads nowhere", "references lead nowhere"),
        ProblemKind::Disabled => ("is disabled", "are disabled"),
        _ => ("is left over", "are left over"),
    };
    let counted = counted(names.len(), one, many);
    match kind {
        ProblemKind::Stray => format!("{counted} as {binding}: {}", some_of(names)),
        _ => format!("{counted}: {}", some_of(names)),
    }
}

/// The first few, and how many more there are.
fn some_of(names: &[String]) -> String {
    let shown = names.iter().take(MAX_NAMES).cloned().collect::<Vec<_>>();
    let shown = shown.join(", ");
    match names.len().checked_sub(MAX_NAMES) {
        Some(more) if more > 0 => format!("{shown} and {more} more"),
        _ => shown,
    }
}

fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}
