//! Asking daemons: the requests for one command on each node, and the answers of all.

use crate::command::{Command, Word};
use crate::database::Database;
use crate::report::ToolError;
use crate::snapshot::{DatabaseRead, Request, Snapshot};
use crate::tool::near;

/// The requests for a command beside the databases of one kind, on `node` only where one is
/// given.
///
/// # Errors
/// [`ToolError`] when there is no such database.
pub(crate) fn beside(
    database: Database,
    node: Option<&str>,
    command: &Command,
    snapshot: &Snapshot,
) -> Result<Vec<Request>, ToolError> {
    let requests: Vec<Request> = snapshot
        .places(database, node)
        .map(|(place, _)| Request {
            database: place,
            command: command.clone(),
        })
        .collect();
    if requests.is_empty() {
        return Err(none(database, node, snapshot));
    }
    Ok(requests)
}

/// No database of that kind was read.
pub(crate) fn none(database: Database, node: Option<&str>, snapshot: &Snapshot) -> ToolError {
    let name = database.full_name();
    let Some(node) = node else {
        let error = ToolError::new(format!("no {name} was read"));
        let gaps: Vec<String> = snapshot
            .gaps
            .iter()
            .map(|gap| format!("{}: {}", gap.what, gap.why))
            .collect();
        return if gaps.is_empty() {
            error.hint("name its source with --source, such as unix:/run/openvswitch/db.sock")
        } else {
            error.hint(gaps.join("; "))
        };
    };
    let nodes: Vec<&str> = snapshot
        .of(database, None)
        .filter_map(|read| read.node.as_deref())
        .collect();
    let error = ToolError::new(format!("no {name} of node `{node}` was read"));
    let known = format!("nodes there are: {}", nodes.join(", "));
    match near::did_you_mean(node, nodes) {
        Some(near) => error.hint(format!("{near} {known}")),
        None => error.hint(known),
    }
}

/// An argument of a command.
///
/// # Errors
/// [`ToolError`] when it cannot be one, with the parameter's name.
pub(crate) fn word(parameter: &str, text: &str) -> Result<Word, ToolError> {
    text.parse()
        .map_err(|error| ToolError::new(format!("`{parameter}`: {error}")))
}

/// What the node of a database is called in a row.
pub(crate) fn node_of(read: &DatabaseRead) -> String {
    read.node.as_ref().unwrap_or(&read.address).to_string()
}
