//! The answer: how many rows differ in each table, and then the rows.

use std::collections::BTreeMap;

use ovsdb_client::table::Row;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::report::{Block, Cell, Gap, Origin, Report, Tone};
use crate::snapshot::DatabaseRead;
use crate::tool::change::{ColumnChange, Fate, columns_text, row_name};
use crate::tool::natural::value_json;
use crate::tool::rows_diff::Params;
use crate::tool::rows_diff::compared::Compared;
use crate::tool::rows_diff::difference::Difference;
use crate::tool::rows_diff::identity::Identity;
use crate::tool::rows_diff::naming::Naming;
use crate::tool::rows_diff::place::Place;
use crate::tool::rows_diff::side::Pair;

/// The most databases of a side that an answer names.
/// **Default and why**: 4; a hundred of them would take more room than a page of rows.
const MAX_SOURCES: usize = 4;

/// The rows that differ between two sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowsDiffered {
    /// How many rows differ, in one sentence.
    pub summary: String,
    /// How many rows of each table differ; tables without a difference are left out.
    pub tables: Vec<TableCounted>,
    /// The rows that differ.
    pub rows: Vec<RowDiffered>,
    /// How many rows differ, on this page or not.
    pub total: usize,
    /// How many are on this page.
    pub returned: usize,
    /// Whether some come after this page.
    pub truncated: bool,
    /// What to send as `cursor` for the next page.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_cursor: Option<String>,
    /// What tells which two rows are one row.
    pub identity: String,
    /// Where the old rows are from; of many databases the first.
    pub from: Vec<Origin>,
    /// Where the new rows are from; of many databases the first.
    pub to: Vec<Origin>,
    /// What could not be compared.
    pub gaps: Vec<Gap>,
    /// What [`Report::keep`] needs.
    #[serde(skip)]
    paging: Paging,
}

/// How many rows of a table differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableCounted {
    /// The node, where several are compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The table.
    pub table: String,
    /// How many rows only the new side has.
    pub inserted: usize,
    /// How many rows are not the same.
    pub changed: usize,
    /// How many rows only the old side has.
    pub deleted: usize,
    /// How many rows the old side has.
    pub old_rows: usize,
    /// How many rows the new side has.
    pub new_rows: usize,
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowDiffered {
    /// What became of it.
    pub fate: Fate,
    /// The node, where several are compared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The table.
    pub table: String,
    /// The row's name, where it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// The row's UUID; the old and the new one where they are not the same.
    pub uuid: Vec<String>,
    /// The columns that differ: `old` and `new` value, or of a set or map what was `removed` and
    /// `added`. Of a row that only one side has, those that are set.
    #[schemars(with = "BTreeMap<String, Map<String, Json>>")]
    pub columns: BTreeMap<String, ColumnChange>,
}

impl TableCounted {
    /// The counts of a table; none where nothing differs.
    pub(super) fn of(
        table: &Compared<'_>,
        differences: &[Difference<'_>],
        one_of_several: bool,
    ) -> Option<Self> {
        let count = |fate: Fate| {
            differences
                .iter()
                .filter(|found| found.fate() == fate)
                .count()
        };
        (!differences.is_empty()).then(|| Self {
            node: one_of_several.then(|| table.label.to_owned()),
            table: table.schema.name.to_string(),
            inserted: count(Fate::Inserted),
            changed: count(Fate::Changed),
            deleted: count(Fate::Deleted),
            old_rows: table.old.len(),
            new_rows: table.new.len(),
        })
    }
}

/// What was found.
pub(super) struct Found<'f, 's> {
    /// The databases.
    pub(super) pairs: &'f [Pair<'s>],
    /// The tables.
    pub(super) tables: &'f [Compared<'s>],
    /// The names of the rows of each pair.
    pub(super) namings: &'f [[Naming<'s>; 2]],
    /// The counts.
    pub(super) counts: Vec<TableCounted>,
    /// The differences, in order.
    pub(super) differences: Vec<Difference<'s>>,
}

/// What is needed to cut a page short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Paging {
    /// The summary without what it says about the page.
    found: String,
    /// For each row of the page, the cursor that goes on after it.
    cursors: Vec<String>,
    /// The cursor that this page began with.
    began: Option<String>,
    /// How many rows come after that cursor.
    remaining: usize,
    /// How many elements of a value are shown.
    elements: usize,
}

impl RowsDiffered {
    /// The answer to a question with this fingerprint.
    pub(super) fn new(
        found: Found<'_, '_>,
        params: &Params,
        identity: &Identity,
        question: u64,
        after: Option<&Place>,
        gaps: Vec<Gap>,
    ) -> Self {
        let place = |difference: &Difference<'_>| Place {
            pair: difference.pair,
            table: difference.table.to_owned(),
            key: difference.key.clone(),
            number: difference.number,
        };
        let first = after.map_or(0, |after| {
            found
                .differences
                .partition_point(|difference| place(difference) <= *after)
        });
        let remaining = &found.differences[first..];
        let page = remaining.iter().take(params.limit);
        let by_content = *identity != Identity::Uuid;
        let origins = |side: fn(&Pair<'_>) -> Origin| {
            found
                .pairs
                .iter()
                .take(MAX_SOURCES)
                .map(side)
                .collect::<Vec<_>>()
        };
        let mut answer = Self {
            summary: String::new(),
            rows: page
                .clone()
                .map(|difference| row(difference, &found, by_content, params.elements))
                .collect(),
            total: found.differences.len(),
            returned: 0,
            truncated: false,
            next_cursor: None,
            identity: match identity {
                Identity::Uuid => "UUID".to_owned(),
                Identity::Index => {
                    "index, else name, else all columns; references by what they name".to_owned()
                }
                Identity::Columns(names) => names.join(", "),
            },
            from: origins(|pair| pair.old.origin()),
            to: origins(|pair| pair.new.origin()),
            gaps,
            paging: Paging {
                found: summary(&found, params),
                cursors: page
                    .map(|difference| place(difference).cursor(question))
                    .collect(),
                began: params.cursor.clone(),
                remaining: remaining.len(),
                elements: params.elements,
            },
            tables: found.counts,
        };
        answer.settle();
        answer
    }

    /// Makes what the answer says about its page fit what is on it.
    fn settle(&mut self) {
        self.returned = self.rows.len();
        let after = self.paging.remaining.saturating_sub(self.returned);
        self.truncated = after > 0;
        let last = self.returned.checked_sub(1);
        let reached = last.and_then(|last| self.paging.cursors.get(last));
        self.next_cursor = reached
            .or(self.paging.began.as_ref())
            .filter(|_| self.truncated)
            .cloned();
        self.summary.clone_from(&self.paging.found);
        if self.returned < self.total {
            let first = self.total.saturating_sub(self.paging.remaining) + 1;
            self.summary.push_str(&match self.returned {
                0 => "; none of them is on this page".to_owned(),
                count => format!("; {first} to {} are on this page", first + count - 1),
            });
        }
        let left_out = self.rows.iter().flat_map(|row| row.columns.values());
        let left_out = left_out.map(|change| change.left_out).max();
        if let Some(left_out @ 1..) = left_out {
            let shown = self.paging.elements;
            let all = shown.saturating_add(left_out);
            self.summary.push_str(&format!(
                "; of long values the first {shown} elements are shown and the rest is counted, \
                 elements={all} shows all"
            ));
        }
        if !self.gaps.is_empty() {
            self.summary
                .push_str("; not all could be compared, see gaps");
        }
    }
}

/// A differing row as the answer shows it.
fn row(
    difference: &Difference<'_>,
    found: &Found<'_, '_>,
    by_content: bool,
    most: usize,
) -> RowDiffered {
    let fate = difference.fate();
    let is_of = |table: &&Compared<'_>| {
        table.pair == difference.pair && *table.schema.name == *difference.table
    };
    let naming = &found.namings[difference.pair];
    let mut shown = RowDiffered {
        fate,
        node: None,
        table: difference.table.to_owned(),
        name: None,
        uuid: Vec::new(),
        columns: BTreeMap::new(),
    };
    for side in [difference.old, difference.new].into_iter().flatten() {
        let uuid = side.uuid().to_string();
        if !shown.uuid.contains(&uuid) {
            shown.uuid.push(uuid);
        }
    }
    let Some(table) = found.tables.iter().find(is_of) else {
        return shown;
    };
    shown.node = (found.pairs.len() > 1).then(|| table.label.to_owned());
    let layouts = [table.old.layout(), table.new.layout()];
    let value = |side: usize, row: Option<&Row>, name: &str| {
        let value = row?.value(layouts[side], name)?;
        Some(if by_content {
            (value.is_default(), naming[side].json(value))
        } else {
            (value.is_default(), value_json(value))
        })
    };
    for name in &table.columns {
        let sides = [
            value(0, difference.old, name),
            value(1, difference.new, name),
        ];
        let change = match sides {
            [Some((_, old)), Some((_, new))] if old != new => ColumnChange::between(old, new, most),
            [Some((false, only)), None] | [None, Some((false, only))] => {
                ColumnChange::whole(fate, only, most)
            }
            _ => continue,
        };
        shown.columns.insert((*name).to_owned(), change);
    }
    shown.name = match (difference.old, difference.new) {
        (_, Some(new)) => row_name(new, table.schema, layouts[1]),
        (Some(old), None) => row_name(old, table.schema, layouts[0]),
        (None, None) => None,
    };
    shown
}

/// `3 rows of 2 tables differ (1 inserted, 2 changed) between a and b`.
fn summary(found: &Found<'_, '_>, params: &Params) -> String {
    let total = |of: fn(&TableCounted) -> usize| found.counts.iter().map(of).sum::<usize>();
    let counts = [
        (total(|table| table.inserted), "inserted"),
        (total(|table| table.changed), "changed"),
        (total(|table| table.deleted), "deleted"),
    ];
    let of = match &params.table {
        Some(table) => table.clone(),
        None => format!("database {}", params.database),
    };
    let rows = found.differences.len();
    let how_many = match rows {
        0 => format!("no row of {of} differs"),
        _ => {
            let counts = counts.iter().filter(|(count, _)| *count > 0);
            let counts: Vec<String> = counts
                .map(|(count, word)| format!("{count} {word}"))
                .collect();
            let noun = if rows == 1 { "row of" } else { "rows of" };
            let verb = if rows == 1 { "differs" } else { "differ" };
            format!("{rows} {noun} {of} {verb} ({})", counts.join(", "))
        }
    };
    let place = match found.pairs {
        [only] => {
            let (from, to) = (side_text(only, false), side_text(only, true));
            format!(" between {from} and {to}")
        }
        pairs => {
            let sides = [params.from.at, params.to.at].map(|at| match at {
                Some(at) => at.to_string(),
                None => "the end".to_owned(),
            });
            format!(
                " on {} nodes between {} and {}",
                pairs.len(),
                sides[0],
                sides[1]
            )
        }
    };
    format!("{how_many}{place}")
}

/// `worker-a at record:3`.
fn side_text(pair: &Pair<'_>, is_new: bool) -> String {
    let (read, other) = if is_new {
        (pair.new, pair.old)
    } else {
        (pair.old, pair.new)
    };
    let name = |read: &DatabaseRead| read.node.as_ref().unwrap_or(&read.address).to_string();
    let name = if name(read) == name(other) && read.address != other.address {
        format!("{} ({})", name(read), read.address)
    } else {
        name(read)
    };
    match (read.at, read.recorded) {
        (Some(at), _) => format!("{name} at {at}"),
        (None, true) => format!("the end of {name}"),
        (None, false) => format!("{name} now"),
    }
}

impl Report for RowsDiffered {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        let with_nodes = self.tables.iter().any(|table| table.node.is_some());
        if self.tables.len() > 1 {
            blocks.push(counts(&self.tables, with_nodes));
        }
        if !self.rows.is_empty() {
            blocks.push(rows(&self.rows, with_nodes));
        }
        if self.truncated
            && let Some(cursor) = &self.next_cursor
        {
            let more = self.paging.remaining.saturating_sub(self.returned);
            blocks.push(Block::Line(format!("{more} more: --cursor {cursor}")));
        }
        if self.total > 0 {
            blocks.push(Block::Line(format!(
                "rows are told apart by: {}",
                self.identity
            )));
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
        self.settle();
    }
}

fn counts(tables: &[TableCounted], with_nodes: bool) -> Block {
    let mut columns = vec!["table", "inserted", "changed", "deleted", "rows"];
    if with_nodes {
        columns.insert(0, "node");
    }
    let number = |count: usize| match count {
        0 => Cell::toned("0", Tone::Faint),
        count => Cell::plain(count.to_string()),
    };
    let rows = tables.iter().map(|table| {
        let sizes = if table.old_rows == table.new_rows {
            table.new_rows.to_string()
        } else {
            format!("{} → {}", table.old_rows, table.new_rows)
        };
        let mut row = vec![
            Cell::plain(&table.table),
            number(table.inserted),
            number(table.changed),
            number(table.deleted),
            Cell::plain(sizes),
        ];
        if with_nodes {
            row.insert(0, Cell::plain(table.node.clone().unwrap_or_default()));
        }
        row
    });
    Block::Table {
        columns: columns.into_iter().map(str::to_owned).collect(),
        rows: rows.collect(),
    }
}

fn rows(rows: &[RowDiffered], with_nodes: bool) -> Block {
    let mut columns = vec!["", "table", "row", "columns"];
    if with_nodes {
        columns.insert(1, "node");
    }
    let rows = rows.iter().map(|row| {
        let name = row.name.clone().or_else(|| row.uuid.first().cloned());
        let mut cells = vec![
            Cell::plain(row.fate.sign()),
            Cell::plain(&row.table),
            Cell::plain(name.unwrap_or_default()),
            Cell::plain(columns_text(&row.columns)),
        ];
        if with_nodes {
            cells.insert(1, Cell::plain(row.node.clone().unwrap_or_default()));
        }
        cells
    });
    Block::Table {
        columns: columns.into_iter().map(str::to_owned).collect(),
        rows: rows.collect(),
    }
}
