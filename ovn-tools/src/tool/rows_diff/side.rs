//! Sides: what is compared with what.

use crate::database::Database;
use crate::moment::Moment;
use crate::report::{Gap, ToolError};
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::label::{labelled, no_database, no_node};

/// One side of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The node; `None` for all.
    pub node: Option<String>,
    /// The source or the address, as `sources_list` shows them; `None` for all.
    pub source: Option<String>,
    /// When; `None` for the present, or a recording's end.
    pub at: Option<Moment>,
}

/// Two databases that are compared.
#[derive(Clone, Debug)]
pub(super) struct Pair<'s> {
    /// What the answer calls them.
    pub(super) label: String,
    /// The one that is taken for old.
    pub(super) old: &'s DatabaseRead,
    /// The one that is taken for new.
    pub(super) new: &'s DatabaseRead,
}

/// The databases of both sides, paired: one with one, or else node by node.
///
/// # Errors
/// [`ToolError`] when a side has no database, or nothing tells which goes with which.
pub(super) fn pairs<'s>(
    database: Database,
    from: &Side,
    to: &Side,
    snapshot: &'s Snapshot,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Pair<'s>>, ToolError> {
    let olds = chosen(database, from, snapshot)?;
    let news = chosen(database, to, snapshot)?;
    if let ([(label, old)], [(other, new)]) = (olds.as_slice(), news.as_slice()) {
        let label = if label == other {
            label.clone()
        } else {
            format!("{label} → {other}")
        };
        return Ok(vec![Pair { label, old, new }]);
    }
    let mut pairs = Vec::new();
    for (label, old) in &olds {
        match news.iter().find(|(other, _)| other == label) {
            Some((_, new)) => pairs.push(Pair {
                label: label.clone(),
                old,
                new,
            }),
            None => gaps.push(alone(label, "new")),
        }
    }
    for (label, _) in &news {
        if !olds.iter().any(|(other, _)| other == label) {
            gaps.push(alone(label, "old"));
        }
    }
    if pairs.is_empty() {
        let names = |side: &[(String, &DatabaseRead)]| {
            let names: Vec<&str> = side.iter().map(|(label, _)| label.as_str()).collect();
            names.join(", ")
        };
        let message = format!(
            "nothing tells which databases to compare: the old side has {}, the new one {}",
            names(&olds),
            names(&news)
        );
        return Err(ToolError::new(message).hint("name a node or a source for each side"));
    }
    Ok(pairs)
}

fn alone(label: &str, other: &str) -> Gap {
    Gap {
        what: label.to_owned(),
        why: format!("there is no such database on the {other} side"),
    }
}

/// The databases of one side, each with its label.
fn chosen<'s>(
    database: Database,
    side: &Side,
    snapshot: &'s Snapshot,
) -> Result<Vec<(String, &'s DatabaseRead)>, ToolError> {
    let of = || {
        snapshot
            .of(database, None)
            .filter(|read| read.at == side.at)
    };
    if of().next().is_none() {
        return Err(no_database(database, snapshot));
    }
    let is_of = |read: &&DatabaseRead| match &side.source {
        Some(source) => {
            let names = [&*read.source, &*read.address];
            names.contains(&source.as_str())
                || read.source.split_once(':').map(|(_, rest)| rest) == Some(source)
        }
        None => true,
    };
    let reads = labelled(of().filter(is_of));
    if let (Some(source), true) = (&side.source, reads.is_empty()) {
        let mut names: Vec<&str> = of()
            .flat_map(|read| [&*read.source, &*read.address])
            .collect();
        names.sort_unstable();
        names.dedup();
        let error = ToolError::new(format!(
            "no database {database} of source `{source}` was read"
        ));
        return Err(error.hint(format!(
            "sources and addresses there are: {}",
            names.join(", ")
        )));
    }
    let Some(node) = &side.node else {
        return Ok(reads);
    };
    let labels: Vec<String> = reads.iter().map(|(label, _)| label.clone()).collect();
    let reads: Vec<_> = reads
        .into_iter()
        .filter(|(label, read)| label == node || read.node.as_deref() == Some(node))
        .collect();
    if reads.is_empty() {
        return Err(no_node(node, Some(database), &labels));
    }
    Ok(reads)
}
