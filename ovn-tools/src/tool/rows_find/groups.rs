//! Groups: rows that are alike in some columns, counted.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::report::ToolError;
use crate::tool::rows_find::columns::Shown;
use crate::tool::rows_find::order::Key;
use crate::tool::rows_find::search::Search;
use crate::tool::rows_find::selection::Picked;

/// The column that says how many rows a group has.
pub(super) const COUNT_COLUMN: &str = "_count";
/// The column that says on which nodes a group has rows.
pub(super) const NODES_COLUMN: &str = "_nodes";
/// How many nodes a group names.
/// **Default and why**: 5; the odd ones out are few, and a hundred names would fill the answer.
const MAX_NAMED: usize = 5;
/// The most groups that are kept apart.
/// **Default and why**: 100 000; columns in which every row is another make no groups, and each
/// costs memory.
const MAX_GROUPS: usize = 100_000;

/// Rows that are alike.
#[derive(Debug)]
pub(super) struct Group {
    /// What they have in common.
    pub(super) values: Vec<Json>,
    /// How many there are.
    pub(super) count: usize,
    /// The numbers of the searches that have one.
    pub(super) searches: BTreeSet<usize>,
}

/// How groups are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The largest first.
    Count,
    /// By their values, the largest first among those that begin alike.
    Value,
}

/// The groups of the rows that match.
///
/// # Errors
/// [`ToolError`] when there are more of them than can be kept.
pub(super) fn groups(
    searches: &[Search<'_>],
    shown: &[Shown<'_>],
    by: By,
) -> Result<Vec<Group>, ToolError> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for (number, search) in searches.iter().enumerate() {
        let layout = search.searched.layout();
        for row in search.searched.rows.iter() {
            if !search.predicates.iter().all(|one| one.holds(row, layout)) {
                continue;
            }
            let picked = Picked {
                key: Key {
                    parts: Vec::new(),
                    node: &search.searched.label,
                    uuid: row.uuid(),
                },
                search: number,
                row,
            };
            let values: Vec<Json> = shown
                .iter()
                .map(|column| column.value(&picked, searches))
                .collect();
            let text = Json::from(values.clone()).to_string();
            if groups.len() == MAX_GROUPS && !groups.contains_key(&text) {
                return Err(
                    ToolError::new(format!("there are more than {MAX_GROUPS} groups"))
                        .hint("group by columns with fewer values, or add conditions"),
                );
            }
            let group = groups.entry(text).or_insert_with(|| Group {
                values,
                count: 0,
                searches: BTreeSet::new(),
            });
            group.count += 1;
            group.searches.insert(number);
        }
    }
    let first = |group: &Group| group.values.first().map(ToString::to_string);
    // Stable, so that groups of one size or beginning stay in the order of their values.
    let mut groups: Vec<Group> = groups.into_values().collect();
    match by {
        By::Count => groups.sort_by_key(|group| std::cmp::Reverse(group.count)),
        By::Value => groups.sort_by(|a, b| {
            let sizes = b.searches.len().cmp(&a.searches.len());
            first(a).cmp(&first(b)).then(sizes)
        }),
    }
    Ok(groups)
}

/// The nodes of a group in a few words; those that differ from the others by name.
pub(super) fn nodes(group: &Group, searches: &[Search<'_>]) -> String {
    let label = |number: &usize| searches.get(*number).map(|one| one.searched.label.clone());
    let all = searches.len();
    let here = group.searches.len();
    let named = |numbers: &mut dyn Iterator<Item = usize>| {
        let labels: Vec<String> = numbers.filter_map(|number| label(&number)).collect();
        labels.join(", ")
    };
    if here == all && all > 1 {
        return format!("all {all}");
    }
    if here <= MAX_NAMED {
        return named(&mut group.searches.iter().copied());
    }
    let mut others = (0..all).filter(|number| !group.searches.contains(number));
    if all - here <= MAX_NAMED {
        return format!("{here} of {all}, not {}", named(&mut others));
    }
    let mut first = group.searches.iter().copied().take(MAX_NAMED);
    format!("{here} of {all}, such as {}", named(&mut first))
}
