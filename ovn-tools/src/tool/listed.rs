//! Lists: the answer of tools that show rows of one kind, page by page.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::page::{Page, Place, mark};
use crate::report::{Block, Gap, Next, Origin, Report, ToolError};
use crate::tool::natural::cell;

/// Rows under named columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Listed {
    /// What there is, in one sentence.
    pub summary: String,
    /// How many rows there are of each kind, most first, where that tells something.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub counts: Vec<Count>,
    /// The columns' names.
    pub columns: Vec<String>,
    /// The rows, each as wide as `columns`.
    pub rows: Vec<Vec<Json>>,
    /// How many rows there are, on this page or not.
    pub total: usize,
    /// How many rows are on this page.
    pub returned: usize,
    /// Whether rows come after this page.
    pub truncated: bool,
    /// What to send as `cursor` for the next page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// Where the rows came from.
    pub sources: Vec<Origin>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
    /// What to ask next.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub next: Vec<Next>,
    #[serde(skip)]
    paging: Paging,
}

/// How many rows are of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// The kind.
    pub of: String,
    /// How many.
    pub count: usize,
}

/// What cutting a page needs.
#[derive(Clone, Debug, Default, PartialEq)]
struct Paging {
    place: Place,
    found: String,
}

impl Listed {
    /// The page of all `rows` that is asked for. `question` are the texts that make the question,
    /// so that a cursor of another one is refused.
    pub(crate) fn page(
        found: String,
        columns: &[&str],
        rows: Vec<Vec<Json>>,
        page: &Page,
        question: &[&str],
    ) -> Result<Self, ToolError> {
        let total = rows.len();
        let count = total.to_string();
        let marks = question.iter().copied().chain([&*count]);
        let place = Place::of(page, mark(marks))?;
        let rows: Vec<Vec<Json>> = rows
            .into_iter()
            .skip(place.first)
            .take(place.limit)
            .collect();
        let mut listed = Self {
            columns: columns.iter().map(|&name| name.to_owned()).collect(),
            rows,
            total,
            paging: Paging { place, found },
            ..Self::default()
        };
        listed.settle();
        Ok(listed)
    }

    /// With where it came from and what is missing.
    #[must_use]
    pub(crate) fn from(mut self, sources: Vec<Origin>, gaps: Vec<Gap>) -> Self {
        (self.sources, self.gaps) = (sources, gaps);
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

    fn settle(&mut self) {
        self.returned = self.rows.len();
        let place = &self.paging.place;
        self.next_cursor = place.next(self.returned, self.total);
        self.truncated = self.next_cursor.is_some();
        self.summary.clone_from(&self.paging.found);
        if self.returned < self.total {
            let first = place.first + 1;
            let last = place.first + self.returned;
            self.summary.push_str(&match self.returned {
                0 => "; none of them is on this page".to_owned(),
                1 => format!("; row {first} is on this page"),
                _ => format!("; rows {first} to {last} are on this page"),
            });
        }
        if !self.gaps.is_empty() {
            self.summary.push_str("; not all could be read, see gaps");
        }
    }
}

impl Report for Listed {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        if !self.counts.is_empty() {
            let counts = self.counts.iter();
            let counts: Vec<String> = counts
                .map(|count| format!("{}: {}", count.of, count.count))
                .collect();
            blocks.push(Block::Line(counts.join(", ")));
        }
        if !self.rows.is_empty() {
            blocks.push(Block::Table {
                columns: self.columns.clone(),
                rows: self
                    .rows
                    .iter()
                    .map(|row| row.iter().map(cell).collect())
                    .collect(),
            });
        }
        if let Some(cursor) = &self.next_cursor {
            let more = self.total - self.paging.place.first - self.returned;
            blocks.push(Block::Line(format!("{more} more: --cursor {cursor}")));
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
        self.rows.truncate(keep);
        self.settle();
    }
}
