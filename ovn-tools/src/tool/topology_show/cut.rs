//! Cutting an answer down to whole rows.

use std::collections::HashSet;

use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::{Map, Value as Json, json};

use crate::database::Database;
use crate::report::Next;
use crate::tool::Tool;
use crate::tool::health_check::HealthCheck;
use crate::tool::rows_find::RowsFind;
use crate::tool::topology_show::diagram::diagram;
use crate::tool::topology_show::shown::{
    DeviceShown, LINK_COLUMNS, PORT_COLUMNS, PortShown, ProblemShown, ZoneShown,
};
use crate::tool::topology_show::{Format, TopologyShow, TopologyShown};

/// How many problems come before everything else.
/// **Default and why**: 20, about a third of a default answer; where hundreds of ports are unbound,
/// a picture of the network says more than the hundredth of them.
const FIRST_PROBLEMS: usize = 20;

/// The most calls suggested for what was left out.
/// **Default and why**: 3, for the largest parts; counts beside the rows tell of the others.
const MAX_NEXT: usize = 3;

impl TopologyShown {
    /// Counts the rows and gives the answer its form; called once, when it is complete.
    pub(super) fn settle(&mut self) {
        if self.asked.format == Format::Mermaid {
            self.drawn = std::mem::take(&mut self.zones);
        }
        self.total = self.count();
        self.form();
    }

    /// How many rows there are: devices, links, other ports, and problems. A port or link with a
    /// problem counts as that problem.
    pub(super) fn count(&self) -> usize {
        let rows = |zone: &ZoneShown| {
            let links = zone.links.iter().filter(|link| !link.state.is_problem());
            let sound = |device: &DeviceShown| sound_ports(device).count();
            zone.devices()
                .map(|device| 1 + sound(device))
                .sum::<usize>()
                + links.count()
        };
        self.rows().iter().map(rows).sum::<usize>() + self.problems.len()
    }

    /// Keeps so many rows: the first problems, then routers and switches, links, the other
    /// problems, and of the ports the first of each router and switch.
    pub(super) fn cut(&mut self, keep: usize) {
        let mut left = keep;
        let mut take = |there: usize| {
            let taken = there.min(left);
            left -= taken;
            taken
        };
        let mut zones = std::mem::take(self.rows_mut());
        let links = zones.iter().flat_map(|zone| &zone.links);
        let first_problems = take(self.problems.len().min(FIRST_PROBLEMS));
        let devices = take(zones.iter().flat_map(ZoneShown::devices).count());
        let links = take(links.filter(|link| !link.state.is_problem()).count());
        let more_problems = take(self.problems.len() - first_problems);
        let ports = first_ports(&zones, left);

        self.problems.truncate(first_problems + more_problems);
        let problems: HashSet<(Option<&str>, Option<&str>)> = self
            .problems
            .iter()
            .map(|problem| (problem.node.as_deref(), problem.port.as_deref()))
            .collect();
        let (mut device_place, mut link_place) = (0, 0);
        for (zone_place, zone) in zones.iter_mut().enumerate() {
            let node = zone.node.as_deref();
            let before = zone.devices().count() + zone.links.len();
            let mut keep_device = |device: &mut DeviceShown| {
                let place = device_place;
                device_place += 1;
                let there = device.ports.len();
                let mut port_place = 0;
                device.ports.retain(|port| {
                    if port.state.is_problem() {
                        return problems.contains(&(node, Some(&port.name)));
                    }
                    port_place += 1;
                    ports.contains(&(zone_place, place, port_place - 1))
                });
                device.left_out += there - device.ports.len();
                place < devices
            };
            zone.routers.retain_mut(&mut keep_device);
            zone.switches.retain_mut(&mut keep_device);
            zone.links.retain(|link| {
                if link.state.is_problem() {
                    let mut ends = [&link.from_port, &link.to_port].into_iter();
                    return ends.any(|end| problems.contains(&(node, Some(end))));
                }
                link_place += 1;
                link_place <= links
            });
            zone.left_out += before - zone.devices().count() - zone.links.len();
        }
        *self.rows_mut() = zones;
        self.form();
    }

    /// What follows from the rows: counts, columns, the flowchart, and how to see the rest.
    fn form(&mut self) {
        self.returned = self.count();
        self.truncated = self.returned < self.total;
        self.next = self.diagnosis().into_iter().collect();
        if self.truncated {
            self.next.extend(self.next());
        }
        if self.asked.format == Format::Mermaid {
            self.mermaid = Some(diagram(&self.drawn, &self.problems).flowchart());
        }
        let links = self.zones.iter().any(|zone| !zone.links.is_empty());
        self.link_columns = columns(&LINK_COLUMNS, links);
        let mut devices = self.zones.iter().flat_map(ZoneShown::devices);
        let ports = devices.any(|device| !device.ports.is_empty());
        self.port_columns = columns(&PORT_COLUMNS, ports);
    }

    /// The call that says why the ports with problems fail.
    fn diagnosis(&self) -> Option<Next> {
        let first = self.problems.first()?;
        let same = |of: fn(&ProblemShown) -> Option<&str>| {
            let value = of(first);
            let is_same = self.problems.iter().all(|problem| of(problem) == value);
            value.filter(|_| is_same)
        };
        let object = same(|problem| problem.port.as_deref().or(problem.of.as_deref()));
        let node = same(|problem| problem.node.as_deref());
        Some(Next::to(
            HealthCheck::NAME,
            [("object", json!(object)), ("node", json!(node))],
            "why it is so, with the rows that show it",
        ))
    }

    fn next(&self) -> Vec<Next> {
        let mut next = Vec::new();
        let mut parts: Vec<(&ZoneShown, &DeviceShown)> = self
            .rows()
            .iter()
            .flat_map(|zone| zone.devices().map(move |device| (zone, device)))
            .filter(|(_, device)| device.left_out > 0)
            .collect();
        parts.sort_by_key(|(_, device)| std::cmp::Reverse(device.left_out));
        if self.asked.of.is_none() {
            for (zone, device) in parts.into_iter().take(MAX_NEXT) {
                let arguments = [
                    ("of", Some(device.name.as_str())),
                    ("node", zone.node.as_deref()),
                ];
                let count = device.left_out;
                next.push(self.again(&arguments, format!("{count} more ports of {}", device.name)));
            }
        }
        let zones = self.rows().iter().filter(|zone| zone.left_out > 0);
        if self.asked.node.is_none() && self.rows().len() > 1 {
            for zone in zones.take(MAX_NEXT - next.len()) {
                let Some(node) = &zone.node else { continue };
                let why = format!("{} more routers, switches and links", zone.left_out);
                next.push(self.again(&[("node", Some(node))], why));
            }
        }
        if next.is_empty() {
            next.push(self.as_rows());
        }
        next
    }

    /// The same question about less.
    fn again(&self, arguments: &[(&str, Option<&str>)], why: String) -> Next {
        let mut map = Map::new();
        for (name, value) in arguments {
            if let Some(value) = value {
                map.insert((*name).to_owned(), Json::from(*value));
            }
        }
        if self.asked.format == Format::Mermaid {
            map.insert("format".to_owned(), json!(self.asked.format));
        }
        Next {
            tool: TopologyShow::NAME.to_owned(),
            arguments: map,
            why,
        }
    }

    /// The ports as plain rows, page by page.
    fn as_rows(&self) -> Next {
        let mut arguments = Map::new();
        arguments.insert("db".to_owned(), json!(Database::Nb));
        let table = nb::LogicalSwitchPort::DEFINITION.name;
        arguments.insert("table".to_owned(), Json::from(table));
        if let Some(node) = &self.asked.node {
            arguments.insert("node".to_owned(), Json::from(node.as_str()));
        }
        Next {
            tool: RowsFind::NAME.to_owned(),
            arguments,
            why: "all switch ports, page by page".to_owned(),
        }
    }

    /// The rows that are shown or drawn.
    fn rows(&self) -> &Vec<ZoneShown> {
        match self.asked.format {
            Format::Graph => &self.zones,
            Format::Mermaid => &self.drawn,
        }
    }

    fn rows_mut(&mut self) -> &mut Vec<ZoneShown> {
        match self.asked.format {
            Format::Graph => &mut self.zones,
            Format::Mermaid => &mut self.drawn,
        }
    }
}

fn sound_ports(device: &DeviceShown) -> impl Iterator<Item = &PortShown> {
    device.ports.iter().filter(|port| !port.state.is_problem())
}

/// So many sound ports, by zone, device and place: the first of every device, then the second.
fn first_ports(zones: &[ZoneShown], count: usize) -> HashSet<(usize, usize, usize)> {
    let mut ports = Vec::new();
    let mut device_place = 0;
    for (zone_place, zone) in zones.iter().enumerate() {
        for device in zone.devices() {
            for port_place in 0..sound_ports(device).count() {
                ports.push((port_place, zone_place, device_place));
            }
            device_place += 1;
        }
    }
    ports.sort_unstable();
    let first = ports.into_iter().take(count);
    first
        .map(|(port, zone, device)| (zone, device, port))
        .collect()
}

fn columns(names: &[&str], needed: bool) -> Vec<String> {
    let names = names.iter().filter(|_| needed);
    names.map(|&name| name.to_owned()).collect()
}
