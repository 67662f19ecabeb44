//! The `topology_show` tool: the logical network, and which of its ports are bound where.

mod build;
mod cut;
mod diagram;
mod draw;
mod select;
mod shown;
mod summary;

#[cfg(test)]
mod tests;

pub use self::shown::{
    DeviceShown, LinkShown, PortShown, ProblemShown, Standing, TopologyShown, ZoneShown,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::database::Database;
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot};
use crate::tool::topology_show::build::Selected;
use crate::tool::topology_show::select::Selection;
use crate::tool::{Tool, near};
use crate::topology::{Hit, Topology, with_needs};

/// Shows the logical network: routers, switches, how they are linked, their ports with addresses,
/// the chassis each is bound to, and what is wrong with any of it.
#[derive(Clone, Copy, Debug)]
pub struct TopologyShow;

/// What of the logical network to show, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Params {
    /// Only the logical network of this node (interconnect zone).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// Only this switch, router or port and what is directly linked to it: its name, or a UUID or
    /// the first 8 or more digits of one. A pod's port is called `<namespace>_<pod>`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub of: Option<String>,
    /// `graph` for rows, `mermaid` for a Mermaid flowchart instead of them.
    #[serde(default)]
    pub format: Format,
    /// Whether to list the ports that link nothing (pods, localnet, remote ports); default true.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub ports: Option<bool>,
}

/// How to show a topology.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Routers, switches, links and ports as rows.
    #[default]
    Graph,
    /// A Mermaid flowchart.
    Mermaid,
}

impl Tool for TopologyShow {
    const NAME: &'static str = "topology_show";
    type Params = Params;
    type Report = TopologyShown;

    fn needs(_params: &Params) -> Result<Needs, ToolError> {
        Ok(with_needs(Needs::default()))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<TopologyShown, ToolError> {
        let node = params.node.as_deref();
        let topology = Topology::read(snapshot, node);
        if topology.zones.is_empty() {
            return Err(no_zone(node, snapshot));
        }
        let hits = match params.of.as_deref() {
            Some(of) => Some(found(of, &topology)?),
            None => None,
        };
        let selections = Selection::of_zones(&topology, hits.as_deref());
        let selected = Selected::new(&topology, &selections, params.ports.unwrap_or(true));
        let mut shown = TopologyShown {
            summary: summary::summary(&topology, hits.as_deref(), &selected),
            problems: selected.problems_shown(),
            zones: selected.zones,
            sources: snapshot
                .databases
                .iter()
                .filter(|read| node.is_none() || read.node.as_deref() == node)
                .map(|read| read.origin())
                .collect(),
            gaps: [snapshot.gaps.clone(), topology.gaps].concat(),
            asked: params.clone(),
            ..TopologyShown::default()
        };
        shown.settle();
        Ok(shown)
    }
}

fn found(of: &str, topology: &Topology) -> Result<Vec<Hit>, ToolError> {
    let hits = topology.find(of);
    if !hits.is_empty() {
        return Ok(hits);
    }
    let error = ToolError::new(format!(
        "no switch, router or port is called `{of}` or has a UUID that begins so"
    ));
    Err(
        match near::did_you_mean(&of.replace('/', "_"), topology.names()) {
            Some(hint) => error.hint(hint),
            None => error.hint("leave `of` out to see what there is"),
        },
    )
}

fn no_zone(node: Option<&str>, snapshot: &Snapshot) -> ToolError {
    let full_name = Database::Nb.full_name();
    let mut nodes: Vec<&str> = snapshot
        .of(Database::Nb, None)
        .filter_map(|read| read.node.as_deref())
        .collect();
    nodes.dedup();
    let others = snapshot.of(Database::Nb, None).count();
    match node {
        Some(node) if others > 0 => {
            let error = ToolError::new(format!("no {full_name} of node `{node}` was read"));
            if nodes.is_empty() {
                return error.hint(
                    "the databases there are belong to no node in particular: leave `node` out",
                );
            }
            let known = format!("nodes there are: {}", nodes.join(", "));
            match near::did_you_mean(node, nodes) {
                Some(near) => error.hint(format!("{near} {known}")),
                None => error.hint(known),
            }
        }
        _ => {
            let error = ToolError::new(format!("no {full_name} was read"));
            let gaps = snapshot.gaps.iter();
            let gaps: Vec<String> = gaps
                .map(|gap| format!("{}: {}", gap.what, gap.why))
                .collect();
            if gaps.is_empty() {
                error
            } else {
                error.hint(gaps.join("; "))
            }
        }
    }
}
