//! The answer for people: a tree of each zone.

use std::collections::HashMap;

use crate::report::{Block, Cell, Report, Tone};
use crate::tool::topology_show::shown::{
    DeviceShown, PortShown, ProblemShown, Standing, TopologyShown, ZoneShown,
};

/// The columns of a zone's tree.
const COLUMNS: [&str; 6] = [
    "logical network",
    "type",
    "addresses",
    "attached to",
    "chassis",
    "state",
];

/// The columns of the problems that stand in no tree.
const PROBLEM_COLUMNS: [&str; 4] = ["node", "of", "name", "problem"];

/// The reason of each problem by node, device and port.
type Reasons<'r> = HashMap<(Option<&'r str>, Option<&'r str>, Option<&'r str>), &'r ProblemShown>;

impl Report for TopologyShown {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        let mut reasons: Reasons<'_> = self.problems.iter().map(|one| (key(one), one)).collect();
        for zone in &self.zones {
            if let Some(node) = &zone.node {
                blocks.push(Block::Heading(node.clone()));
            }
            blocks.push(Tree::draw(zone, &mut reasons));
        }
        if let Some(mermaid) = &self.mermaid {
            blocks.push(Block::Verbatim(mermaid.clone()));
        }
        // What no row of a tree could tell.
        let rest = self
            .problems
            .iter()
            .filter(|one| reasons.contains_key(&key(one)));
        let rows: Vec<Vec<Cell>> = rest.map(problem_row).collect();
        if !rows.is_empty() {
            blocks.push(Block::Heading("problems".to_owned()));
            blocks.push(Block::Table {
                columns: PROBLEM_COLUMNS.map(str::to_owned).to_vec(),
                rows,
            });
        }
        if self.truncated {
            let (returned, total) = (self.returned, self.total);
            let how = "; name a node, or a switch, router or port to see all of it";
            blocks.push(Block::Line(format!(
                "{returned} of {total} rows are shown{how}"
            )));
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!(
                "not covered: {}: {}",
                gap.what, gap.why
            )));
        }
        blocks
    }

    fn items(&self) -> usize {
        self.count()
    }

    fn keep(&mut self, keep: usize) {
        self.cut(keep);
    }
}

fn key(problem: &ProblemShown) -> (Option<&str>, Option<&str>, Option<&str>) {
    (
        problem.node.as_deref(),
        problem.of.as_deref(),
        problem.port.as_deref(),
    )
}

fn problem_row(problem: &ProblemShown) -> Vec<Cell> {
    let name = problem.port.as_deref().unwrap_or_default();
    vec![
        Cell::plain(problem.node.as_deref().unwrap_or_default()),
        Cell::plain(problem.of.as_deref().unwrap_or_default()),
        Cell::plain(name),
        state(problem.state, Some(problem)),
    ]
}

/// A zone's tree under the pen.
struct Tree<'z, 'r> {
    zone: &'z ZoneShown,
    reasons: &'r mut Reasons<'z>,
    rows: Vec<Vec<Cell>>,
}

impl<'z> Tree<'z, '_> {
    fn draw(zone: &'z ZoneShown, reasons: &mut Reasons<'z>) -> Block {
        let mut tree = Tree {
            zone,
            reasons,
            rows: Vec::new(),
        };
        for device in &zone.routers {
            tree.device("router", device);
        }
        for device in &zone.switches {
            tree.device("switch", device);
        }
        if zone.left_out > 0 {
            let text = format!("… {} more routers, switches and links", zone.left_out);
            tree.rows.push(faint(&text));
        }
        Block::Table {
            columns: COLUMNS.map(str::to_owned).to_vec(),
            rows: tree.rows,
        }
    }

    fn device(&mut self, kind: &str, device: &'z DeviceShown) {
        let problem = self.reason(device, None);
        let about = if device.transit { "transit" } else { "" };
        self.rows.push(vec![
            Cell::plain(format!("{kind} {}", device.name)),
            Cell::toned(about, Tone::Faint),
            Cell::plain(""),
            Cell::plain(""),
            Cell::plain(device.chassis.as_deref().unwrap_or_default()),
            problem.map_or_else(|| Cell::plain(""), |one| state(one.state, Some(one))),
        ]);
        let mut rows = self.links(device);
        for port in &device.ports {
            rows.push(self.port(device, port));
        }
        if device.left_out > 0 {
            rows.push(faint(&format!("… {} more ports", device.left_out)));
        }
        let last = rows.len().saturating_sub(1);
        for (place, mut row) in rows.into_iter().enumerate() {
            let branch = if place == last { "└─" } else { "├─" };
            if let Some(first) = row.first_mut() {
                first.text = format!("{branch} {}", first.text);
            }
            self.rows.push(row);
        }
    }

    fn links(&mut self, device: &'z DeviceShown) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        let zone = self.zone;
        for link in &zone.links {
            let ends = [
                (&link.from, &link.from_port, &link.to, &link.to_port, true),
                (&link.to, &link.to_port, &link.from, &link.from_port, false),
            ];
            for (here, port, there, peer, is_from) in ends {
                if *here != device.name {
                    continue;
                }
                let problem = self.reason(device, Some(port));
                let text = |at_from: &str| Cell::plain(if is_from { at_from } else { "" });
                rows.push(vec![
                    Cell::plain(port),
                    Cell::toned("link", Tone::Faint),
                    text(&link.addresses),
                    Cell::plain(format!("{} {there} ({peer})", self.kind(there))),
                    text(&link.chassis),
                    problem.map_or_else(|| Cell::plain(""), |one| state(one.state, Some(one))),
                ]);
            }
        }
        rows
    }

    fn port(&mut self, device: &'z DeviceShown, port: &'z PortShown) -> Vec<Cell> {
        let problem = self.reason(device, Some(&port.name));
        vec![
            Cell::plain(&port.name),
            Cell::toned(&port.kind, Tone::Faint),
            Cell::plain(&port.addresses),
            Cell::plain(&port.peer),
            Cell::plain(&port.chassis),
            state(port.state, problem),
        ]
    }

    /// What is wrong with a device or port; each problem is told once.
    fn reason(
        &mut self,
        device: &'z DeviceShown,
        port: Option<&'z str>,
    ) -> Option<&'z ProblemShown> {
        let node = self.zone.node.as_deref();
        self.reasons.remove(&(node, Some(&device.name), port))
    }

    fn kind(&self, device: &str) -> &'static str {
        let is_router = self.zone.routers.iter().any(|one| one.name == device);
        if is_router { "router" } else { "switch" }
    }
}

fn state(standing: Standing, problem: Option<&ProblemShown>) -> Cell {
    let name = standing.name();
    match (standing, problem) {
        (Standing::Disabled, Some(problem)) => {
            Cell::toned(format!("{name}: {}", problem.reason), Tone::Warning)
        }
        (_, Some(problem)) => Cell::toned(format!("{name}: {}", problem.reason), Tone::Bad),
        (Standing::Bound, None) => Cell::toned(name, Tone::Good),
        (Standing::Linked | Standing::NotApplicable, None) => Cell::plain(""),
        (Standing::Unknown, None) => Cell::toned(name, Tone::Warning),
        (_, None) => Cell::toned(name, Tone::Bad),
    }
}

fn faint(text: &str) -> Vec<Cell> {
    let mut row = vec![Cell::toned(text, Tone::Faint)];
    row.resize_with(COLUMNS.len(), || Cell::plain(""));
    row
}
