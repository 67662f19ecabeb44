//! Rows from the graph.

use std::collections::{BTreeMap, BTreeSet};

use crate::tool::topology_show::select::Selection;
use crate::tool::topology_show::shown::{
    DeviceShown, LinkShown, PortShown, ProblemShown, Standing, ZoneShown,
};
use crate::topology::{
    Attachment, ChassisId, Device, DeviceId, DeviceKind, Link, Place, Port, PortId, Problem,
    ProblemKind, State, Topology, Zone,
};

/// The selected part of a topology as rows, with its problems.
#[derive(Debug)]
pub(super) struct Selected<'t> {
    /// The zones of which something is selected.
    pub(super) zones: Vec<ZoneShown>,
    /// The problems, each with its zone and that zone's place in `zones`.
    pub(super) problems: Vec<(usize, &'t Zone, Problem)>,
}

impl<'t> Selected<'t> {
    /// The rows; without `ports` those that link nothing are left out.
    pub(super) fn new(topology: &'t Topology, selections: &[Selection], ports: bool) -> Self {
        let mut selected = Self {
            zones: Vec::new(),
            problems: Vec::new(),
        };
        let whole = selections
            .iter()
            .zip(&topology.zones)
            .all(|(selection, zone)| {
                selection.devices.len() == zone.devices.len()
                    && selection.ports.len() == zone.ports.len()
            });
        for (zone, selection) in topology.zones.iter().zip(selections) {
            if selection.is_empty() && !whole {
                continue;
            }
            let mut problems = zone.problems();
            let builder = Builder {
                zone,
                selection,
                standing: standings(&problems),
                linked: zone.links().flat_map(|link| [link.from, link.to]).collect(),
            };
            problems.retain(|problem| match (problem.device, problem.port) {
                (_, Some(port)) => selection.ports.contains(&port),
                (Some(device), None) => selection.devices.contains(&device),
                (None, None) => whole,
            });
            let place = selected.zones.len();
            let problems = problems.into_iter().map(|problem| (place, zone, problem));
            selected.problems.extend(problems);
            selected.zones.push(builder.zone(ports));
        }
        selected
    }

    /// The problems as the answer lists them, those of one port in one.
    pub(super) fn problems_shown(&self) -> Vec<ProblemShown> {
        let mut shown: Vec<ProblemShown> = Vec::new();
        let mut last = None;
        for (place, zone, problem) in &self.problems {
            let key = (*place, problem.device, problem.port);
            match shown.last_mut() {
                Some(before) if problem.device.is_some() && last == Some(key) => {
                    before.reason.push_str("; ");
                    before.reason.push_str(&problem.reason);
                }
                _ => shown.push(ProblemShown {
                    node: zone.node.as_deref().map(str::to_owned),
                    of: problem.device.map(|id| zone.device(id).label.to_string()),
                    port: (problem.port.is_some() || problem.device.is_none())
                        .then(|| problem.name.to_string()),
                    state: standing(problem.kind),
                    reason: problem.reason.clone(),
                    zone: *place,
                }),
            }
            last = Some(key);
        }
        shown
    }
}

/// Makes the rows of one zone.
struct Builder<'t> {
    zone: &'t Zone,
    selection: &'t Selection,
    /// The ports with something wrong.
    standing: BTreeMap<PortId, Standing>,
    linked: BTreeSet<PortId>,
}

impl Builder<'_> {
    fn zone(&self, ports: bool) -> ZoneShown {
        let mut shown = ZoneShown {
            node: self.zone.node.as_deref().map(str::to_owned),
            ..ZoneShown::default()
        };
        for &id in &self.selection.devices {
            let device = self.device(id, ports);
            match self.zone.device(id).kind {
                DeviceKind::Router => shown.routers.push(device),
                DeviceKind::Switch => shown.switches.push(device),
            }
        }
        let selected = |port: PortId| self.selection.ports.contains(&port);
        for link in self.zone.links() {
            if selected(link.from) && selected(link.to) {
                shown.links.push(self.link(link));
            }
        }
        shown
    }

    fn device(&self, id: DeviceId, ports: bool) -> DeviceShown {
        let device = self.zone.device(id);
        let shown =
            |id: &&PortId| ports && self.selection.ports.contains(id) && !self.linked.contains(id);
        DeviceShown {
            name: device.label.to_string(),
            chassis: device
                .pinned
                .as_ref()
                .map(|place| self.zone.place_label(place).to_owned()),
            transit: device.transit,
            port_count: device.ports.len(),
            ports: device
                .ports
                .iter()
                .filter(shown)
                .map(|&id| self.port(id))
                .collect(),
            left_out: 0,
        }
    }

    fn port(&self, id: PortId) -> PortShown {
        let port = self.zone.port(id);
        PortShown {
            name: port.label().into_owned(),
            kind: port.kind.name().to_owned(),
            addresses: port.addresses.join(", "),
            peer: self.peer(port),
            chassis: self.chassis(port),
            state: self.standing.get(&id).copied().unwrap_or(match port.state {
                State::Bound => Standing::Bound,
                State::NotApplicable => Standing::NotApplicable,
                _ => Standing::Unknown,
            }),
        }
    }

    fn link(&self, link: Link) -> LinkShown {
        let (from, to) = (self.zone.port(link.from), self.zone.port(link.to));
        let wrong = |id| self.standing.get(&id).copied();
        // The far end of a gateway router's link repeats the router's MAC address.
        let near = from.addresses.join(", ");
        let far = to.addresses.iter().filter(|far| !near.contains(&***far));
        let mut addresses: Vec<&str> = far.map(|far| &**far).collect();
        if !near.is_empty() {
            addresses.insert(0, &near);
        }
        LinkShown {
            from: self.zone.device(from.device).label.to_string(),
            from_port: from.label().into_owned(),
            to: self.zone.device(to.device).label.to_string(),
            to_port: to.label().into_owned(),
            addresses: addresses.join(", "),
            chassis: self.gateway(from),
            state: wrong(link.from)
                .or(wrong(link.to))
                .unwrap_or(Standing::Linked),
        }
    }

    fn peer(&self, port: &Port) -> String {
        match &port.attachment {
            Attachment::Missing(name) => name.to_string(),
            Attachment::Peer(peer) | Attachment::Mismatch(peer, _) => {
                self.zone.port(*peer).label().into_owned()
            }
            Attachment::Network { name, tag: None } => name.to_string(),
            Attachment::Network {
                name,
                tag: Some(tag),
            } => format!("{name} VLAN {tag}"),
            Attachment::Parents(parents) => parents.join(","),
            Attachment::Nothing | Attachment::Unset => String::new(),
        }
    }

    /// The chassis of a port that links nothing.
    fn chassis(&self, port: &Port) -> String {
        if port.redirect.is_some() {
            return self.gateway(port);
        }
        self.with_candidates(self.labels(&port.chassis), port)
    }

    /// The chassis of a router's port: none where it is on all of them, or where it is on the one
    /// that its router is tied to.
    fn gateway(&self, port: &Port) -> String {
        let device: &Device = self.zone.device(port.device);
        let chassis = match &port.redirect {
            Some(redirect) => &redirect.chassis,
            None => &port.chassis,
        };
        if let ([only], Some(Place::Chassis(pinned))) = (chassis.as_slice(), &device.pinned)
            && only == pinned
        {
            return String::new();
        }
        self.with_candidates(self.labels(chassis), port)
    }

    /// Adds the chassis that might be the gateway instead.
    fn with_candidates(&self, chassis: String, port: &Port) -> String {
        let label = |place| self.zone.place_label(place);
        match port.candidates.as_slice() {
            [] => chassis,
            [only] if label(&only.place) == chassis => chassis,
            candidates => {
                let candidates: Vec<String> = candidates
                    .iter()
                    .map(|one| format!("{} {}", label(&one.place), one.priority))
                    .collect();
                let chassis = match (chassis.as_str(), self.zone.bindings_known) {
                    ("", true) => "none",
                    ("", false) => "one",
                    (chassis, _) => chassis,
                };
                format!("{chassis} of {}", candidates.join(", "))
            }
        }
    }

    fn labels(&self, chassis: &[ChassisId]) -> String {
        let labels: Vec<String> = chassis
            .iter()
            .map(|id| {
                let chassis = &self.zone.chassis[id.0];
                let remote = if chassis.remote { " (remote)" } else { "" };
                format!("{}{remote}", chassis.label)
            })
            .collect();
        labels.join(", ")
    }
}

/// The gravest thing that is wrong with each port.
fn standings(problems: &[Problem]) -> BTreeMap<PortId, Standing> {
    let mut standings = BTreeMap::new();
    for problem in problems {
        if let Some(port) = problem.port {
            standings.entry(port).or_insert(standing(problem.kind));
        }
    }
    standings
}

fn standing(kind: ProblemKind) -> Standing {
    match kind {
        ProblemKind::Unbound => Standing::Unbound,
        ProblemKind::Unprocessed => Standing::Unprocessed,
        ProblemKind::Down => Standing::Down,
        ProblemKind::Dangling => Standing::Dangling,
        ProblemKind::Disabled => Standing::Disabled,
        ProblemKind::Stray => Standing::Stray,
    }
}
