//! Selections: the rows of one page out of all that match.

use std::collections::{BTreeSet, BinaryHeap};

use ovsdb_client::table::Row;

use crate::tool::rows_find::order::{Key, OrderBy};
use crate::tool::rows_find::predicate::Predicate;
use crate::tool::rows_find::search::Search;

/// What a search through all databases found.
#[derive(Debug, Default)]
pub(super) struct Selection<'s> {
    /// The rows of the page, in order.
    pub(super) picked: Vec<Picked<'s>>,
    /// How many rows match.
    pub(super) matching: usize,
    /// How many rows match and come after the cursor.
    pub(super) remaining: usize,
    /// The numbers of the searches with a matching row.
    pub(super) found_in: Vec<usize>,
    /// The columns that differ from their default in a matching row, where that was asked.
    pub(super) used: BTreeSet<&'s str>,
}

/// A row of the page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Picked<'s> {
    /// Its place.
    pub(super) key: Key<'s>,
    /// The number of its search.
    pub(super) search: usize,
    /// The row.
    pub(super) row: &'s Row,
}

/// What a page holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'p> {
    /// What to sort by.
    pub(super) order: &'p [OrderBy],
    /// The page begins after this key.
    pub(super) after: Option<&'p Key<'p>>,
    /// The most rows.
    pub(super) limit: usize,
    /// Whether to note the columns in use.
    pub(super) notes_columns: bool,
}

impl<'s> Selection<'s> {
    /// Looks at every row once and keeps no more than a page of them.
    pub(super) fn new(searches: &'s [Search<'s>], page: Page<'_>) -> Self {
        let mut selection = Self::default();
        let mut first: BinaryHeap<Picked<'s>> = BinaryHeap::with_capacity(page.limit + 1);
        for (number, search) in searches.iter().enumerate() {
            let layout = search.searched.layout();
            let matching_before = selection.matching;
            // Columns leave this list at their first value, so most rows test a few of them only.
            let mut unused: Vec<&'s str> = if page.notes_columns {
                layout.present().map(|(_, column)| &*column.name).collect()
            } else {
                Vec::new()
            };
            for row in search.searched.rows.iter() {
                let matches = |predicate: &Predicate<'_>| predicate.holds(row, layout);
                if !search.predicates.iter().all(matches) {
                    continue;
                }
                selection.matching += 1;
                unused.retain(|name| {
                    let is_default = row.value(layout, name).is_none_or(|v| v.is_default());
                    if !is_default {
                        selection.used.insert(name);
                    }
                    is_default
                });
                let key = search.key(row, page.order);
                if page.after.is_some_and(|after| key <= *after) {
                    continue;
                }
                selection.remaining += 1;
                if first.len() == page.limit && first.peek().is_some_and(|last| last.key <= key) {
                    continue;
                }
                first.push(Picked {
                    key,
                    search: number,
                    row,
                });
                if first.len() > page.limit {
                    first.pop();
                }
            }
            if selection.matching > matching_before {
                selection.found_in.push(number);
            }
        }
        selection.picked = first.into_sorted_vec();
        selection
    }
}
