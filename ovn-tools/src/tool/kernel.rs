//! Asking kernels: the requests for listings of each node's kernel, and what they hold.

use crate::command::{Command, KernelListing};
use crate::database::Database;
use crate::dump::Listing;
use crate::report::ToolError;
use crate::snapshot::{Needs, Request, Snapshot};
use crate::tool::beside::{beside, node_of};

/// What is read of a node: enough to know that it is there.
pub(crate) fn needs() -> Needs {
    Needs::default().column(
        Database::Ovs,
        ovn_schemas::vswitch::open_vswitch::EXTERNAL_IDS,
    )
}

/// The requests for listings of the kernels of all nodes, or of one.
///
/// # Errors
/// [`ToolError`] when there is no such node.
pub(crate) fn requests(
    listings: &[KernelListing],
    node: Option<&str>,
    snapshot: &Snapshot,
) -> Result<Vec<Request>, ToolError> {
    let mut requests = Vec::new();
    for listing in listings {
        let command = Command::Kernel(*listing);
        requests.extend(beside(Database::Ovs, node, &command, snapshot)?);
    }
    Ok(requests)
}

/// What the kernels of nodes hold.
#[derive(Clone, Debug)]
pub(crate) struct Held<T> {
    /// Each with its node, in the order of the listings.
    pub(crate) items: Vec<(String, T)>,
    /// Lines that are none of them, with their nodes.
    pub(crate) unread: Vec<String>,
}

/// Reads the answers to a listing.
pub(crate) fn held<T>(
    listing: KernelListing,
    snapshot: &Snapshot,
    read: impl Fn(&str) -> Listing<T>,
) -> Held<T> {
    let mut held = Held {
        items: Vec::new(),
        unread: Vec::new(),
    };
    for (database, output) in snapshot.answers(|asked| *asked == Command::Kernel(listing)) {
        let node = node_of(database);
        let listing = read(&output.text);
        let other = listing.other.into_iter();
        held.unread
            .extend(other.map(|line| format!("{node}: {line}")));
        let items = listing.items.into_iter();
        held.items.extend(items.map(|item| (node.clone(), item)));
    }
    held
}

/// What a summary says of lines that could not be read: their number, and the first.
pub(crate) fn unread_words(unread: &[String]) -> String {
    match unread.first() {
        None => String::new(),
        Some(first) => format!("; {} lines could not be read, as {first:?}", unread.len()),
    }
}

/// The words in which a text stands, or nothing where it is empty.
pub(crate) fn words(parts: &[String]) -> Option<String> {
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let text = parts.join(" ");
    (!text.is_empty()).then_some(text)
}
