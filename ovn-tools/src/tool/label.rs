//! Labels: what answers call the databases of one kind.

use std::collections::{BTreeMap, BTreeSet};

use crate::database::Database;
use crate::report::{Gap, ToolError};
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::near;

/// The most databases that a gap names.
/// **Default and why**: 10; the same gap on a hundred nodes is one fact, not a hundred.
const MAX_NAMED: usize = 10;

/// The databases, each with a label of its own: its node, or else its address.
pub(crate) fn labelled<'s>(
    reads: impl Iterator<Item = &'s DatabaseRead>,
) -> Vec<(String, &'s DatabaseRead)> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let name = |read: &DatabaseRead| read.node.as_ref().unwrap_or(&read.address).to_string();
    let reads: Vec<&DatabaseRead> = reads.collect();
    let mut labelled = Vec::with_capacity(reads.len());
    for read in &reads {
        let plain = name(read);
        let is_shared = reads.iter().filter(|other| name(other) == plain).count() > 1;
        let wanted = if is_shared && plain.as_str() != &*read.address {
            format!("{plain} ({})", read.address)
        } else {
            plain
        };
        let numbered = (2..).map(|number: u32| format!("{wanted} #{number}"));
        let label = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|label| taken.insert(label.clone()))
            .unwrap_or_default();
        labelled.push((label, *read));
    }
    labelled
}

/// Gaps in `what`, one for each reason, naming the databases it holds for.
pub(crate) fn gaps_by_reason(
    what: &str,
    reasons: impl IntoIterator<Item = (String, String)>,
) -> Vec<Gap> {
    let mut by_reason: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (label, why) in reasons {
        by_reason.entry(why).or_default().push(label);
    }
    by_reason
        .into_iter()
        .map(|(why, labels)| {
            let named = labels.iter().take(MAX_NAMED).cloned();
            let mut what = format!("{what} on {}", named.collect::<Vec<String>>().join(", "));
            if let Some(more @ 1..) = labels.len().checked_sub(MAX_NAMED) {
                what.push_str(&format!(" and {more} more"));
            }
            Gap { what, why }
        })
        .collect()
}

/// The error for a database of which none was read.
pub(crate) fn no_database(database: Database, snapshot: &Snapshot) -> ToolError {
    let name = database.full_name();
    if !snapshot.gaps.is_empty() {
        let gaps: Vec<String> = snapshot
            .gaps
            .iter()
            .map(|gap| format!("{}: {}", gap.what, gap.why))
            .collect();
        return ToolError::new(format!("no database {database} ({name}) could be read"))
            .hint(gaps.join("; "));
    }
    let error = ToolError::new(format!("the sources hold no database {database} ({name})"));
    let mut others: Vec<&str> = snapshot
        .databases
        .iter()
        .map(|read| read.database.short_name())
        .collect();
    others.sort_unstable();
    others.dedup();
    if others.is_empty() {
        return error;
    }
    error.hint(format!("databases there are: {}", others.join(", ")))
}

/// The error for a node of which no such database, or none at all, was read.
pub(crate) fn no_node(node: &str, database: Option<Database>, labels: &[String]) -> ToolError {
    let which = database.map_or_else(String::new, |database| format!(" {database}"));
    let error = ToolError::new(format!("no database{which} of node `{node}` was read"));
    let near = near::did_you_mean(node, labels.iter().map(String::as_str));
    let known = match database {
        Some(database) => format!("nodes with database {database}: {}", labels.join(", ")),
        None => format!("the nodes are {}", labels.join(", ")),
    };
    error.hint(near.map_or(known.clone(), |near| format!("{near} {known}")))
}
