//! What is asked of the tools over the logical network: a node, and databases that are there.

use crate::check::{Scene, Zone};
use crate::report::ToolError;
use crate::snapshot::Snapshot;
use crate::tool::near;

/// Refuses a node of which no database was read.
///
/// # Errors
/// [`ToolError`] with the nodes there are.
pub(crate) fn node(asked: Option<&str>, snapshot: &Snapshot) -> Result<(), ToolError> {
    let nodes = snapshot.nodes();
    let Some(node) = asked.filter(|node| !nodes.contains(node)) else {
        return Ok(());
    };
    let error = ToolError::new(format!("no database of node `{node}` was read"));
    Err(if nodes.is_empty() {
        error.hint("the databases there are belong to no node: leave `node` out")
    } else {
        let near = near::did_you_mean(node, nodes.iter().copied()).unwrap_or_default();
        let hint = format!("{near} nodes there are: {}", nodes.join(", "));
        error.hint(hint.trim_start())
    })
}

/// The zones of a node, or all, that have a Northbound database.
///
/// # Errors
/// [`ToolError`] when there is none.
pub(crate) fn northbound<'z, 's>(
    scene: &'z Scene<'s>,
    node: Option<&str>,
) -> Result<Vec<&'z Zone<'s>>, ToolError> {
    let zones = scene.zones.iter();
    let zones = zones.filter(|zone| zone.nb.is_some() && (node.is_none() || zone.node == node));
    let zones: Vec<&Zone<'s>> = zones.collect();
    if zones.is_empty() {
        return Err(ToolError::new("no OVN_Northbound database was read")
            .hint("`sources_list` shows which databases there are"));
    }
    Ok(zones)
}

/// `1 row`, `3 rows`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

/// ` on worker-a`, or nothing for all nodes.
pub(crate) fn on(node: Option<&str>) -> String {
    node.map_or_else(String::new, |node| format!(" on {node}"))
}
