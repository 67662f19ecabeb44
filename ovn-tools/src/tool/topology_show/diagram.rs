//! The rows as a diagram.

use std::collections::HashMap;

use crate::tool::topology_show::shown::{DeviceShown, ProblemShown, ZoneShown};
use crate::topology::mermaid::{Diagram, Edge, Group, Node, NodeAt, Shape};

/// Draws the zones: routers as hexagons, switches as rectangles, other ports with round ends.
pub(super) fn diagram(zones: &[ZoneShown], problems: &[ProblemShown]) -> Diagram {
    let mut diagram = Diagram::default();
    let mut transit: HashMap<&str, NodeAt> = HashMap::new();
    let mut between_zones = Vec::new();
    for (place, zone) in zones.iter().enumerate() {
        let problems = problems
            .iter()
            .filter(|one| one.node == zone.node)
            .collect();
        let drawing = Drawing::new(zone, place, problems);
        for (device, at) in zone.devices().zip(0..) {
            let at = NodeAt(place, at);
            let first = *transit.entry(&device.name).or_insert(at);
            if device.transit && first != at {
                between_zones.push((first, at));
            }
        }
        diagram.edges.extend(drawing.edges);
        diagram.groups.push(Group {
            title: zone.node.clone(),
            nodes: drawing.nodes,
        });
    }
    diagram
        .edges
        .extend(between_zones.into_iter().map(|(from, to)| Edge {
            from,
            to,
            label: vec!["interconnect".to_owned()],
            dotted: true,
        }));
    diagram
}

/// One zone's part of the diagram.
struct Drawing<'d> {
    problems: Vec<&'d ProblemShown>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl<'d> Drawing<'d> {
    fn new(zone: &'d ZoneShown, place: usize, problems: Vec<&'d ProblemShown>) -> Self {
        let mut drawing = Self {
            problems,
            nodes: Vec::new(),
            edges: Vec::new(),
        };
        for (at, device) in zone.devices().enumerate() {
            let is_router = at < zone.routers.len();
            let (kind, shape) = match is_router {
                true => ("router", Shape::Hexagon),
                false => ("switch", Shape::Rectangle),
            };
            drawing.device(device, kind, shape);
        }
        for (at, device) in zone.devices().enumerate() {
            drawing.ports(device, NodeAt(place, at), place);
        }
        let places: HashMap<&str, usize> = zone.devices().map(|one| &*one.name).zip(0..).collect();
        for link in &zone.links {
            if let (Some(&from), Some(&to)) = (places.get(&*link.from), places.get(&*link.to)) {
                drawing.edges.push(Edge {
                    from: NodeAt(place, from),
                    to: NodeAt(place, to),
                    label: vec![link.from_port.clone(), link.addresses.clone()],
                    dotted: link.state.is_problem(),
                });
            }
        }
        drawing
    }

    fn device(&mut self, device: &DeviceShown, kind: &str, shape: Shape) {
        let reason = self.reason(&device.name, None);
        self.nodes.push(Node {
            label: vec![
                format!("{kind} {}", device.name),
                device
                    .chassis
                    .as_ref()
                    .map_or_else(String::new, |one| format!("on {one}")),
                reason.unwrap_or_default().to_owned(),
            ],
            shape,
            problem: reason.is_some(),
        });
    }

    fn ports(&mut self, device: &DeviceShown, at: NodeAt, place: usize) {
        for port in &device.ports {
            let reason = self.reason(&device.name, Some(&port.name));
            let last = match reason {
                Some(reason) => format!("{}: {reason}", port.state.name()),
                None => port.chassis.clone(),
            };
            let label = [&port.name, &port.addresses, &port.peer, &last];
            self.edges.push(Edge {
                from: at,
                to: NodeAt(place, self.nodes.len()),
                label: Vec::new(),
                dotted: port.state.is_problem(),
            });
            self.nodes.push(Node {
                label: label.map(String::clone).to_vec(),
                shape: Shape::Stadium,
                problem: port.state.is_problem(),
            });
        }
        if device.left_out > 0 {
            self.edges.push(Edge {
                from: at,
                to: NodeAt(place, self.nodes.len()),
                label: Vec::new(),
                dotted: true,
            });
            self.nodes.push(Node {
                label: vec![format!("… {} more ports", device.left_out)],
                shape: Shape::Stadium,
                problem: false,
            });
        }
    }

    fn reason(&self, device: &str, port: Option<&str>) -> Option<&'d str> {
        let mut problems = self.problems.iter();
        let problem = problems
            .find(|one| one.of.as_deref() == Some(device) && one.port.as_deref() == port)?;
        Some(&problem.reason)
    }
}
