//! Remarks on a bundle: what of it an answer does not cover, and why.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::bundle::{Bundle, MAX_PROBLEMS};
use crate::database::Database;
use crate::report::Gap;
use crate::snapshot::DatabaseRead;

/// The most databases that a gap names.
/// **Default and why**: 10; `sources_list` names them all.
const MAX_NAMED: usize = 10;

/// The first of many gaps, and how many there are more.
pub(super) fn limited(mut gaps: Vec<Gap>, bundle: &Bundle) -> Vec<Gap> {
    if let Some(more @ 1..) = gaps.len().checked_sub(MAX_PROBLEMS) {
        gaps.truncate(MAX_PROBLEMS);
        gaps.push(Gap {
            what: bundle.path().display().to_string(),
            why: format!("{more} more such gaps"),
        });
    }
    gaps
}

/// Gaps for what could not be looked at.
pub(super) fn problems(bundle: &Bundle) -> impl Iterator<Item = Gap> {
    bundle.problems.iter().map(|problem| Gap {
        what: match &problem.place {
            Some(place) => bundle.address(place),
            None => bundle.path().display().to_string(),
        },
        why: problem.why.clone(),
    })
}

/// Gaps for databases that are none of ours.
pub(super) fn unknown(bundle: &Bundle) -> impl Iterator<Item = Gap> {
    let unknown = bundle.databases.iter().filter(|found| found.is_unknown());
    unknown.map(|found| Gap {
        what: bundle.address(&found.place),
        why: format!(
            "it holds the database {}, which the tools do not know",
            found.name.as_deref().unwrap_or_default()
        ),
    })
}

/// Gaps for copies of databases that are named for other nodes than the databases themselves, of
/// those with these numbers.
pub(super) fn copies(
    bundle: &Bundle,
    numbers: impl Iterator<Item = usize>,
) -> impl Iterator<Item = Gap> {
    let numbers: BTreeSet<usize> = numbers.collect();
    let databases = numbers.into_iter().map(|at| &bundle.databases[at]);
    databases.flat_map(|found| {
        let differ = found.differently_named_copies();
        differ.map(|copy| Gap {
            what: bundle.address(copy),
            why: format!(
                "it has the very content of {} and is not shown again",
                bundle.address(&found.place)
            ),
        })
    })
}

/// Gaps for databases of one kind that claim one node, or that no node is known of.
pub(super) fn rivals(databases: &[DatabaseRead]) -> Vec<Gap> {
    let mut claims: BTreeMap<(Option<&str>, Database), BTreeSet<&str>> = BTreeMap::new();
    for read in databases {
        let claim = (read.node.as_deref(), read.database);
        claims.entry(claim).or_default().insert(&read.address);
    }
    let rivals = claims
        .into_iter()
        .filter(|(_, addresses)| addresses.len() > 1);
    let gaps = rivals.map(|((node, database), addresses)| {
        let more = addresses.len().saturating_sub(MAX_NAMED);
        let mut places = addresses
            .into_iter()
            .take(MAX_NAMED)
            .collect::<Vec<&str>>()
            .join(", ");
        if more > 0 {
            places.push_str(&format!(" and {more} more"));
        }
        match node {
            Some(node) => Gap {
                what: format!("{database} of node {node}"),
                why: format!(
                    "several different databases claim to be it, each of which is shown on its \
                     own: {places}"
                ),
            },
            None => Gap {
                what: format!("the nodes of {database} databases"),
                why: format!("nothing tells to which nodes these belong: {places}"),
            },
        }
    });
    gaps.collect()
}
