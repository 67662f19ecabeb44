//! Listings: answers that are rows under named columns, page by page.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::page::{Page, Place, mark};
use crate::report::{Block, Cell, Gap, Next, Origin, Report, Tone, ToolError, sources_of};
use crate::snapshot::Snapshot;

/// How many nodes a row names that it stands for.
/// **Default and why**: 3; a hundred would fill the answer with names.
const MAX_NODES: usize = 3;

/// The name of the column that says which nodes a row is on.
const NODE: &str = "node";

/// Rows under named columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Listing {
    /// What was found, in a sentence.
    pub summary: String,
    /// What is worth knowing beside the rows: near misses, and what does not fit.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub hints: Vec<String>,
    /// How many rows there are of each kind, most first, where that tells something.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub counts: Vec<Count>,
    /// The columns' names; `node` only where rows are of several.
    pub columns: Vec<String>,
    /// The rows, each as wide as `columns`; null where unset. A row of several nodes has the
    /// UUID of the first.
    pub rows: Vec<Vec<Json>>,
    /// How many rows there are, on this page or not.
    pub total: usize,
    /// How many are on this page.
    pub returned: usize,
    /// Whether rows come after this page.
    pub truncated: bool,
    /// What to send as `cursor` for the next page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// Calls that lead on.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub next: Vec<Next>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
    /// The databases; of many, those of the rows' nodes.
    pub sources: Vec<Origin>,
    #[serde(skip)]
    place: Place,
    #[serde(skip)]
    found: String,
    #[serde(skip)]
    origins: Vec<Origin>,
    #[serde(skip)]
    nodes: Vec<Option<String>>,
    /// The one of several nodes that all rows are on.
    #[serde(skip)]
    only_node: Option<String>,
}

/// How many rows are of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// The kind.
    pub of: String,
    /// How many.
    pub count: usize,
}

/// A row before it is listed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// What rows are sorted by, after it their cells.
    pub(crate) order: Vec<Rank>,
    /// The node.
    pub(crate) node: Option<String>,
    /// The first digits of the UUID; none for what is no single row.
    pub(crate) uuid: Option<String>,
    /// The cells.
    pub(crate) cells: Vec<Json>,
}

/// A part of what rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank {
    /// A number, the least first.
    Number(i64),
    /// A text.
    Text(String),
}

/// What a listing is made of.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    /// The names of the cells.
    pub(crate) columns: Vec<&'static str>,
    /// The rows in any order.
    pub(crate) lines: Vec<Line>,
    /// What is worth knowing beside the rows.
    pub(crate) hints: Vec<String>,
    /// Calls that lead on.
    pub(crate) next: Vec<Next>,
    /// What could not be read.
    pub(crate) gaps: Vec<Gap>,
}

impl Listing {
    /// Lists a draft, equal rows of several nodes once, as an answer to a
    /// [`question`](crate::page::question); `found` makes the summary from the number of rows.
    ///
    /// # Errors
    /// [`ToolError`] when the cursor belongs to another question.
    pub(crate) fn of(
        draft: Draft,
        page: &Page,
        question: u64,
        snapshot: &Snapshot,
        found: impl FnOnce(usize) -> String,
    ) -> Result<Self, ToolError> {
        let several = draft
            .lines
            .iter()
            .map(|line| &line.node)
            .collect::<BTreeSet<_>>()
            .len()
            > 1;
        let all: BTreeSet<&str> = snapshot.nodes().into_iter().collect();
        let has_uuid = draft.lines.iter().any(|line| line.uuid.is_some());
        let mut folded: BTreeMap<(Vec<Rank>, String), (Line, BTreeSet<String>)> = BTreeMap::new();
        for line in draft.lines {
            let cells = Json::from(line.cells.clone()).to_string();
            let node = line.node.clone();
            let entry = folded.entry((line.order.clone(), cells));
            let (first, nodes) = entry.or_insert_with(|| (line.clone(), BTreeSet::new()));
            // The row of the first node stands for the others.
            if (&line.node, &line.uuid) < (&first.node, &first.uuid) {
                *first = line;
            }
            nodes.extend(node);
        }
        let mut columns: Vec<String> = Vec::new();
        if several {
            columns.push(NODE.to_owned());
        }
        if has_uuid {
            columns.push("uuid".to_owned());
        }
        columns.extend(draft.columns.iter().map(|&name| name.to_owned()));
        let mut rows = Vec::new();
        let mut row_nodes = Vec::new();
        for (line, nodes) in folded.into_values() {
            let mut row = Vec::new();
            if several {
                row.push(place_of(&nodes, &all));
            }
            if has_uuid {
                row.push(line.uuid.into());
            }
            row.extend(line.cells);
            rows.push(row);
            row_nodes.push(line.node);
        }
        let only_node = row_nodes.first().cloned().flatten();
        let only_node = only_node.filter(|_| !several && all.len() > 1);
        let total = rows.len();
        let mut listing = Self {
            hints: draft.hints,
            columns,
            total,
            next: draft.next,
            gaps: [snapshot.gaps.clone(), draft.gaps].concat(),
            origins: snapshot.origins(),
            only_node,
            ..Self::default()
        };
        listing.turn(rows.into_iter().zip(row_nodes).collect(), page, question)?;
        listing.found = found(total);
        listing.settle();
        Ok(listing)
    }

    /// Lists rows as they are, the first cell of each its node, as an answer to a
    /// [`question`](crate::page::question).
    ///
    /// # Errors
    /// [`ToolError`] when the cursor belongs to another question.
    pub(crate) fn page(
        found: String,
        columns: &[&str],
        rows: Vec<Vec<Json>>,
        page: &Page,
        question: u64,
        snapshot: &Snapshot,
    ) -> Result<Self, ToolError> {
        let at = columns.iter().position(|&column| column == NODE);
        let node_of = |row: &Vec<Json>| {
            let node = row.get(at?)?.as_str();
            node.map(str::to_owned)
        };
        let rows: Vec<(Vec<Json>, Option<String>)> = rows
            .into_iter()
            .map(|row| {
                let node = node_of(&row);
                (row, node)
            })
            .collect();
        let nodes: BTreeSet<&Option<String>> = rows.iter().map(|(_, node)| node).collect();
        let several = nodes.len() > 1;
        let only_node = nodes.first().and_then(|node| (*node).clone());
        let mut listing = Self {
            total: rows.len(),
            found,
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            gaps: snapshot.gaps.clone(),
            origins: snapshot.origins(),
            only_node: only_node.filter(|_| !several && snapshot.nodes().len() > 1),
            ..Self::default()
        };
        listing.turn(rows, page, question)?;
        if let Some(at) = at.filter(|_| !several) {
            listing.columns.remove(at);
            for row in &mut listing.rows {
                row.remove(at);
            }
        }
        listing.settle();
        Ok(listing)
    }

    /// With what else could not be read.
    #[must_use]
    pub(crate) fn missing(mut self, gaps: Vec<Gap>) -> Self {
        self.gaps.extend(gaps);
        self.settle();
        self
    }

    /// With how many rows there are of each kind, most first.
    #[must_use]
    pub(crate) fn counted(mut self, counts: impl IntoIterator<Item = (String, usize)>) -> Self {
        self.counts = counts
            .into_iter()
            .map(|(of, count)| Count { of, count })
            .collect();
        self.counts
            .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.of.cmp(&b.of)));
        self
    }

    /// With what is worth knowing beside the rows, and calls that lead on.
    #[must_use]
    pub(crate) fn advised(mut self, hints: Vec<String>, next: Vec<Next>) -> Self {
        self.hints.extend(hints);
        self.next.extend(next);
        self
    }

    /// Turns to the page that is asked for, of all rows with their nodes.
    fn turn(
        &mut self,
        rows: Vec<(Vec<Json>, Option<String>)>,
        page: &Page,
        question: u64,
    ) -> Result<(), ToolError> {
        self.place = Place::of(page, question, rows.len(), |at| {
            mark([Json::from(rows[at].0.clone()).to_string().as_str()])
        })?;
        self.gaps.extend(self.place.gap());
        let rows = rows.into_iter().skip(self.place.first);
        (self.rows, self.nodes) = rows.take(self.place.limit).unzip();
        Ok(())
    }

    fn settle(&mut self) {
        self.returned = self.rows.len();
        self.next_cursor = self.place.next(self.returned, self.total);
        self.truncated = self.next_cursor.is_some();
        self.summary.clone_from(&self.found);
        if let Some(node) = &self.only_node
            && !self.summary.contains(node.as_str())
        {
            self.summary.push_str(&format!("; all on {node}"));
        }
        if self.returned < self.total {
            let first = self.place.first + 1;
            let last = self.place.first + self.returned;
            self.summary.push_str(&match self.returned {
                0 => "; none of them is on this page".to_owned(),
                1 => format!("; row {first} is on this page"),
                _ => format!("; rows {first} to {last} are on this page"),
            });
        }
        if !self.gaps.is_empty() {
            self.summary.push_str("; not all could be read, see gaps");
        }
        let nodes = self.nodes.iter().map(Option::as_deref);
        self.sources = sources_of(&self.origins, nodes);
    }
}

/// A value as a field of a table for people.
pub(crate) fn cell(value: &Json) -> Cell {
    match value {
        Json::Null => Cell::toned("-", Tone::Faint),
        Json::String(text) if text.is_empty() => Cell::toned("-", Tone::Faint),
        Json::String(text) => Cell::plain(
            text.escape_debug()
                .to_string()
                .replace("\\\"", "\"")
                .replace("\\'", "'"),
        ),
        value => Cell::plain(value.to_string()),
    }
}

/// The nodes that a row stands for, in a few words.
fn place_of(nodes: &BTreeSet<String>, all: &BTreeSet<&str>) -> Json {
    match nodes.len() {
        0 => Json::Null,
        count if count > 1 && count == all.len() => format!("all {count}").into(),
        count if count > MAX_NODES => format!("{count} of {}", all.len()).into(),
        _ => nodes.iter().cloned().collect::<Vec<_>>().join(", ").into(),
    }
}

impl Line {
    /// A row of a table.
    pub(crate) fn new(node: Option<&str>, uuid: Option<String>, cells: Vec<Json>) -> Self {
        Self {
            order: Vec::new(),
            node: node.map(str::to_owned),
            uuid,
            cells,
        }
    }

    /// What it is sorted by.
    #[must_use]
    pub(crate) fn by(mut self, order: impl IntoIterator<Item = Rank>) -> Self {
        self.order = order.into_iter().collect();
        self
    }
}

impl From<i64> for Rank {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Rank {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Report for Listing {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        for hint in &self.hints {
            blocks.push(Block::Line(format!("hint: {hint}")));
        }
        if !self.counts.is_empty() {
            let counts = self.counts.iter();
            let counts: Vec<String> = counts
                .map(|count| format!("{}: {}", count.of, count.count))
                .collect();
            blocks.push(Block::Line(counts.join(", ")));
        }
        if !self.rows.is_empty() {
            let rows = self.rows.iter();
            blocks.push(Block::Table {
                columns: self.columns.clone(),
                rows: rows.map(|row| row.iter().map(cell).collect()).collect(),
            });
        }
        if let Some(cursor) = &self.next_cursor {
            let more = self.total - self.place.first - self.returned;
            blocks.push(Block::Line(format!("{more} more: --cursor {cursor}")));
        }
        for next in &self.next {
            blocks.push(Block::Line(format!(
                "next: {}: {}",
                next.command(),
                next.why
            )));
        }
        for gap in &self.gaps {
            blocks.push(Block::Line(format!("gap: {}: {}", gap.what, gap.why)));
        }
        blocks
    }

    fn items(&self) -> usize {
        self.rows.len()
    }

    fn keep(&mut self, keep: usize) {
        if keep < self.rows.len() {
            self.rows.truncate(keep);
            self.nodes.truncate(keep);
            self.settle();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(node: &str, uuid: &str, cell: &str) -> Line {
        Line::new(Some(node), Some(uuid.to_owned()), vec![cell.into()]).by([cell.into()])
    }

    #[test]
    fn equal_rows_of_several_nodes_are_told_once() {
        let lines = vec![
            line("b", "2", "x"),
            line("a", "1", "x"),
            line("b", "3", "y"),
        ];
        let draft = Draft {
            columns: vec!["what"],
            lines,
            ..Draft::default()
        };
        let listing = Listing::of(draft, &Page::default(), 0, &Snapshot::default(), |total| {
            format!("{total} rows")
        })
        .unwrap();
        assert_eq!(listing.summary, "2 rows");
        assert_eq!(
            Json::from(listing.rows[0].clone()),
            serde_json::json!(["a, b", "1", "x"])
        );
        assert_eq!(
            Json::from(listing.rows[1].clone()),
            serde_json::json!(["b", "3", "y"])
        );
    }
}
