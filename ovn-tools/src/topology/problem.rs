//! What is wrong with a zone's graph.

use ovn_schemas::{nb, sb};
use ovsdb_client::table::Table;

use crate::topology::graph::{
    Attachment, DeviceId, Mismatch, Place, Port, PortId, PortKind, State, Unbound, Zone,
};

/// Something wrong with a device, a port or a binding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What sort of thing.
    pub kind: ProblemKind,
    /// The router or switch it is about; `None` for a binding without a port.
    pub device: Option<DeviceId>,
    /// The port it is about; `None` for a device as a whole.
    pub port: Option<PortId>,
    /// The device, port or binding by name.
    pub name: Box<str>,
    /// What is wrong, in words.
    pub reason: String,
}

/// What sort of thing is wrong, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A port is bound to no chassis.
    Unbound,
    /// The Southbound database holds no binding for a port.
    Unprocessed,
    /// A port is bound and yet not up.
    Down,
    /// A reference leads nowhere.
    Dangling,
    /// Something is administratively down.
    Disabled,
    /// A binding is left over.
    Stray,
}

impl Zone {
    /// What is wrong: devices and ports in their order, then bindings that are left over.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (place, device) in self.devices.iter().enumerate() {
            let mut push = |kind, reason| {
                problems.push(Problem {
                    kind,
                    device: Some(DeviceId(place)),
                    port: None,
                    name: device.label.clone(),
                    reason,
                });
            };
            if let Some(Place::Missing(name)) = &device.pinned {
                let reason = format!("its chassis {name} does not exist");
                push(ProblemKind::Dangling, reason);
            }
            if !device.enabled {
                let reason = format!("{} is false", nb::logical_router::ENABLED.name());
                push(ProblemKind::Disabled, reason);
            }
            for &id in &device.ports {
                self.port_problems(id, &mut problems);
            }
        }
        for stray in &self.strays {
            problems.push(Problem {
                kind: ProblemKind::Stray,
                device: None,
                port: None,
                name: stray.name.clone(),
                reason: format!(
                    "a {} without a logical port: northd has not removed it",
                    sb::PortBinding::DEFINITION.name
                ),
            });
        }
        problems
    }

    fn port_problems(&self, id: PortId, problems: &mut Vec<Problem>) {
        let port = self.port(id);
        let first = problems.len();
        let mut push = |kind, reason| {
            problems.push(Problem {
                kind,
                device: Some(port.device),
                port: Some(id),
                name: port.label().into(),
                reason,
            });
        };
        if port.kind == PortKind::Absent {
            push(ProblemKind::Dangling, "the row does not exist".to_owned());
        }
        if let Some(reason) = self.attachment_problem(port) {
            push(ProblemKind::Dangling, reason);
        }
        if let Some((kind, reason)) = self.state_problem(port, &port.state) {
            push(kind, reason);
        }
        if let Some(redirect) = &port.redirect
            && let Some((kind, reason)) = self.state_problem(port, &redirect.state)
        {
            push(kind, format!("its gateway: {reason}"));
        }
        for candidate in &port.candidates {
            if let Place::Missing(name) = &candidate.place {
                let reason = format!("its gateway chassis {name} does not exist");
                push(ProblemKind::Dangling, reason);
            }
        }
        if !port.enabled {
            let reason = format!("{} is false", nb::logical_switch_port::ENABLED.name());
            push(ProblemKind::Disabled, reason);
        }
        problems[first..].sort_by_key(|problem| problem.kind);
    }

    fn attachment_problem(&self, port: &Port) -> Option<String> {
        Some(match (&port.attachment, &port.kind) {
            (Attachment::Missing(name), PortKind::Container) => {
                format!("parent {name} does not exist")
            }
            (Attachment::Missing(name), _) => format!("peer {name} does not exist"),
            (Attachment::Unset, PortKind::RouterPort) => "no port is attached to it".to_owned(),
            (Attachment::Unset, PortKind::Router | PortKind::Switch) => {
                "it names no peer".to_owned()
            }
            (Attachment::Unset, _) => "it names no physical network".to_owned(),
            (Attachment::Mismatch(peer, mismatch), _) => {
                let peer = self.port(*peer);
                let (name, kind) = (&peer.name, peer.kind.name());
                match mismatch {
                    Mismatch::Kind => format!("peer {name} is of the wrong kind: {kind}"),
                    Mismatch::Itself => "it names itself as its peer".to_owned(),
                    Mismatch::OneWay => format!("peer {name} does not name it as its own peer"),
                    Mismatch::Taken => format!("another port is the peer of {name}"),
                }
            }
            _ => return None,
        })
    }

    fn state_problem(&self, port: &Port, state: &State) -> Option<(ProblemKind, String)> {
        let up = sb::port_binding::UP.name();
        Some(match state {
            State::Unbound(Unbound::NoBinding) => (
                ProblemKind::Unprocessed,
                format!(
                    "no {}: northd has not processed it",
                    sb::PortBinding::DEFINITION.name
                ),
            ),
            State::Unbound(Unbound::NoChassis { asked }) => {
                let claim = match port.kind {
                    PortKind::Remote => "no chassis is set",
                    _ => "no chassis claims it",
                };
                let reason = match asked {
                    None => claim.to_owned(),
                    Some(Place::Missing(name)) => {
                        format!("{claim}: the requested chassis {name} does not exist")
                    }
                    Some(place) => format!("{claim} (requested: {})", self.place_label(place)),
                };
                (ProblemKind::Unbound, reason)
            }
            State::Unbound(Unbound::ChassisMissing(uuid)) => (
                ProblemKind::Unbound,
                format!("its chassis row {uuid} does not exist"),
            ),
            State::Down { noted: false } => (ProblemKind::Down, format!("{up} is false")),
            State::Down { noted: true } => (
                ProblemKind::Down,
                format!("{up} is false in nb only: northd has not noted it"),
            ),
            State::Bound | State::NotApplicable | State::Unknown => return None,
        })
    }
}
