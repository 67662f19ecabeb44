//! The answer: rows under named columns.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::report::{Block, Gap, Origin, Report};
use crate::tool::natural::cell;

/// The most databases that an answer names whether they have a row on its page or not.
/// **Default and why**: 4; a hundred of them would take more room than a page of rows.
const MAX_SOURCES: usize = 4;

/// Rows of one table, from one or several databases.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowsFound {
    /// How many rows match and where, in one sentence.
    pub summary: String,
    /// The columns' names. `_uuid` comes first, and `_node` next where several databases were
    /// searched; of groups of rows `_count`, and `_nodes` that have one, come last.
    pub columns: Vec<String>,
    /// The rows, each as wide as `columns`: null where a value is unset, an array for a set, an
    /// object for a map.
    pub rows: Vec<Vec<Json>>,
    /// How many rows match, on this page or not.
    pub total: usize,
    /// How many rows are on this page.
    pub returned: usize,
    /// Whether rows come after this page.
    pub truncated: bool,
    /// What to send as `cursor` for the next page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// Columns left out because no matching row has another value than the default (unset, 0,
    /// false, empty) in them.
    pub default_columns: Vec<String>,
    /// The databases that were searched; of many, those that the rows of this page come from.
    pub sources: Vec<Origin>,
    /// What could not be searched or shown.
    pub gaps: Vec<Gap>,
    /// What [`Report::keep`] needs.
    #[serde(skip)]
    pub(super) paging: Paging,
}

/// What is needed to cut a page short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paging {
    /// The summary without what it says about the page.
    pub(super) found: String,
    /// For each row of the page, the cursor that goes on after it.
    pub(super) cursors: Vec<String>,
    /// For each row of the page, the number of its database in `searched`.
    pub(super) origins: Vec<usize>,
    /// All databases that were searched.
    pub(super) searched: Vec<Origin>,
    /// The cursor that this page began with.
    pub(super) began: Option<String>,
    /// How many rows come after that cursor.
    pub(super) remaining: usize,
}

impl RowsFound {
    /// Makes what the answer says about its page fit the rows it has.
    pub(super) fn settle(&mut self) {
        self.returned = self.rows.len();
        let after = self.paging.remaining.saturating_sub(self.returned);
        self.truncated = after > 0;
        let last = self.returned.checked_sub(1);
        let reached = last.and_then(|last| self.paging.cursors.get(last));
        self.next_cursor = reached
            .or(self.paging.began.as_ref())
            .filter(|_| self.truncated)
            .cloned();
        let first = self.total.saturating_sub(self.paging.remaining) + 1;
        if self.paging.searched.len() <= MAX_SOURCES {
            self.sources.clone_from(&self.paging.searched);
        } else {
            let on_page: BTreeSet<usize> = self.paging.origins.iter().copied().collect();
            let searched = (0..).zip(&self.paging.searched);
            self.sources = searched
                .filter(|(number, _)| on_page.contains(number))
                .map(|(_, origin)| origin.clone())
                .collect();
        }
        self.summary.clone_from(&self.paging.found);
        if self.returned < self.total {
            self.summary.push_str(&match self.returned {
                0 => "; none of them is on this page".to_owned(),
                1 => format!("; row {first} is on this page"),
                count => format!("; rows {first} to {} are on this page", first + count - 1),
            });
        }
        if !self.gaps.is_empty() {
            self.summary.push_str("; not all could be read, see gaps");
        }
    }
}

impl Report for RowsFound {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        if !self.rows.is_empty() {
            let rows = self.rows.iter();
            blocks.push(Block::Table {
                columns: self.columns.clone(),
                rows: rows.map(|row| row.iter().map(cell).collect()).collect(),
            });
        }
        if self.truncated {
            let more = self.paging.remaining.saturating_sub(self.returned);
            blocks.push(Block::Line(match (&self.next_cursor, more) {
                (Some(cursor), 0) => format!("more: --cursor {cursor}"),
                (Some(cursor), more) => format!("{more} more: --cursor {cursor}"),
                (None, more) => format!("{more} more"),
            }));
        }
        if !self.default_columns.is_empty() {
            let columns = self.default_columns.join(", ");
            blocks.push(Block::Line(format!("default everywhere: {columns}")));
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!("gap: {}: {}", gap.what, gap.why)));
        }
        blocks
    }

    fn items(&self) -> usize {
        self.paging.cursors.len().min(self.rows.len())
    }

    fn keep(&mut self, keep: usize) {
        if keep >= self.items() {
            return;
        }
        self.rows.truncate(keep);
        self.paging.cursors.truncate(keep);
        self.paging.origins.truncate(keep);
        self.settle();
    }
}
