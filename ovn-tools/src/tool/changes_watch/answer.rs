//! The answer: how many rows of each table changed, then the rows.

use std::collections::{BTreeMap, BTreeSet};

use ovsdb_client::schema::Selection;
use ovsdb_client::table::Row;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::delta::{RowDelta, deltas, needed, shared_columns};
use crate::report::{Block, Cell, Gap, Origin, Report, ToolError, sources_of};
use crate::snapshot::{DatabaseRead, Needs, Snapshot, Watched};
use crate::tool::change::{ColumnChange, DEFAULT_ELEMENTS, Fate, columns_text, row_name};
use crate::tool::changes_watch::Params;
use crate::tool::changes_watch::cursor::Cursor;
use crate::tool::label::labelled;
use crate::tool::natural::value_json;

/// What has changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangesWatched {
    /// What has changed, in one sentence.
    pub summary: String,
    /// How many rows of each table changed; tables without a change are left out.
    pub tables: Vec<TableChanged>,
    /// The rows that changed: the net effect between the two moments.
    pub rows: Vec<RowChangedShown>,
    /// How many rows changed, on this page or not.
    pub total: usize,
    /// How many are on this page.
    pub returned: usize,
    /// Whether more come after this page, to be had at once with `cursor`.
    pub truncated: bool,
    /// What to send as `cursor` to go on from here without loss.
    pub cursor: String,
    /// The databases that are watched; of many those of the rows.
    pub sources: Vec<Origin>,
    /// What could not be watched.
    pub gaps: Vec<Gap>,
    #[serde(skip)]
    paging: Paging,
}

/// How many rows of a table changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableChanged {
    /// The node, where several are watched.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The table.
    pub table: String,
    /// How many rows came.
    pub inserted: usize,
    /// How many rows are not the same.
    pub changed: usize,
    /// How many rows went.
    pub deleted: usize,
}

/// A row that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowChangedShown {
    /// What became of it.
    pub fate: Fate,
    /// The node, where several are watched.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The table.
    pub table: String,
    /// The row's name, where it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// The row's UUID.
    pub uuid: String,
    /// The columns that changed: `old` and `new` value, or of a set or map what was `removed` and
    /// `added`. Of a row that came or went, those that are set.
    #[schemars(with = "BTreeMap<String, Map<String, Json>>")]
    pub columns: BTreeMap<String, ColumnChange>,
}

/// What is needed to cut a page short.
#[derive(Clone, Debug, Default, PartialEq)]
struct Paging {
    found: String,
    /// How many rows come before this page.
    first: usize,
    /// The cursor behind each row of the page, and behind none of them.
    cursors: Vec<String>,
    origins: Vec<Origin>,
    /// The node of each row.
    nodes: Vec<Option<String>>,
}

/// A watched database with its rows before and after.
struct Side<'s> {
    label: String,
    read: &'s DatabaseRead,
    watched: &'s Watched,
}

impl ChangesWatched {
    pub(super) fn new(
        params: &Params,
        needs: &Needs,
        snapshot: &Snapshot,
    ) -> Result<Self, ToolError> {
        let told = params.cursor()?.map_or(0, |cursor| cursor.told);
        let mut gaps = snapshot.gaps.clone();
        let sides = sides(params, snapshot);
        let several = sides.len() > 1;
        let mut tables = Vec::new();
        let mut rows: Vec<(RowChangedShown, Option<String>)> = Vec::new();
        let forgotten = sides.iter().filter(|side| side.watched.is_forgotten);
        let forgotten: Vec<&str> = forgotten.map(|side| side.label.as_str()).collect();
        if !forgotten.is_empty() {
            gaps.push(Gap {
                what: format!("changes on {} since the cursor", forgotten.join(", ")),
                why: "the moment of the cursor is no longer known: ovnscope was started anew, or \
                      nobody asked for too long; these databases are watched from now on, and \
                      `rows_find` shows how they are"
                    .to_owned(),
            });
        }
        for side in &sides {
            let node = several.then(|| side.label.clone());
            for (table, columns) in needed(&side.read.rows, params.database, needs) {
                let found = deltas(&side.watched.before, &side.read.rows, table, &columns);
                let count = |fate: Fate| {
                    let fates = found.iter().map(|one| Fate::of(one.old, one.new));
                    fates.filter(|one| *one == fate).count()
                };
                if found.is_empty() {
                    continue;
                }
                tables.push(TableChanged {
                    node: node.clone(),
                    table: table.to_owned(),
                    inserted: count(Fate::Inserted),
                    changed: count(Fate::Changed),
                    deleted: count(Fate::Deleted),
                });
                rows.extend(found.iter().map(|one| {
                    let shown = side.row(table, one, &columns, node.clone());
                    (shown, side.read.node.as_deref().map(str::to_owned))
                }));
            }
        }
        let total = rows.len();
        let watched: Vec<Watched> = sides.iter().map(|side| side.watched.clone()).collect();
        let page = rows.into_iter().skip(told).take(params.limit);
        let (rows, nodes): (Vec<_>, Vec<_>) = page.unzip();
        let cursors = (0..=rows.len())
            .map(|count| Cursor::behind(told + count, total, &watched, params).print());
        let mut answer = Self {
            total,
            gaps,
            paging: Paging {
                found: summary(&tables, total, sides.len(), params),
                first: told,
                cursors: cursors.collect(),
                origins: sides.iter().map(|side| side.read.origin()).collect(),
                nodes,
            },
            tables,
            rows,
            ..Self::default()
        };
        answer.settle();
        Ok(answer)
    }

    /// Makes what the answer says about its page fit what is on it.
    fn settle(&mut self) {
        self.returned = self.rows.len();
        let last = self.paging.first + self.returned;
        self.truncated = last < self.total;
        let cursor = self.paging.cursors.get(self.returned);
        self.cursor = cursor.cloned().unwrap_or_default();
        self.summary.clone_from(&self.paging.found);
        if self.returned < self.total {
            let first = self.paging.first + 1;
            self.summary.push_str(&match self.returned {
                0 => "; none of them is on this page".to_owned(),
                _ => format!("; {first} to {last} are on this page"),
            });
        }
        if !self.gaps.is_empty() {
            self.summary
                .push_str("; not all could be watched, see gaps");
        }
        let nodes = self.paging.nodes.iter().map(Option::as_deref);
        self.sources = sources_of(&self.paging.origins, nodes.take(self.returned));
    }
}

/// The databases that are asked for, by label.
fn sides<'s>(params: &Params, snapshot: &'s Snapshot) -> Vec<Side<'s>> {
    let reads = labelled(snapshot.of(params.database, None));
    let mut sides: Vec<Side<'_>> = reads
        .into_iter()
        .filter(|(label, read)| {
            let node = params.node.as_deref();
            node.is_none() || node == Some(label) || node == read.node.as_deref()
        })
        .filter_map(|(label, read)| {
            let watched = snapshot.watched.iter().find(|watched| {
                watched.database == read.database && *watched.address == *read.address
            })?;
            Some(Side {
                label,
                read,
                watched,
            })
        })
        .collect();
    sides.sort_by(|a, b| a.label.cmp(&b.label));
    sides
}

impl Side<'_> {
    /// A row as the answer shows it.
    fn row(
        &self,
        table: &str,
        delta: &RowDelta<'_>,
        columns: &Selection,
        node: Option<String>,
    ) -> RowChangedShown {
        let fate = Fate::of(delta.old, delta.new);
        let mut shown = RowChangedShown {
            fate,
            node,
            table: table.to_owned(),
            name: None,
            uuid: self.read.short_uuid(table, delta.uuid),
            columns: BTreeMap::new(),
        };
        let (before, after) = (&self.watched.before, &self.read.rows);
        let (Some(old), Some(new)) = (before.table(table), after.table(table)) else {
            return shown;
        };
        let layouts = [old.layout(), new.layout()];
        let value = |side: usize, row: Option<&Row>, name: &str| {
            let value = row?.value(layouts[side], name)?;
            Some((value.is_default(), value_json(value)))
        };
        for name in shared_columns(layouts[0], layouts[1], columns) {
            let change = match (value(0, delta.old, name), value(1, delta.new, name)) {
                (Some((_, old)), Some((_, new))) if old != new => {
                    ColumnChange::between(old, new, DEFAULT_ELEMENTS)
                }
                (Some((false, only)), None) | (None, Some((false, only))) => {
                    ColumnChange::whole(fate, only, DEFAULT_ELEMENTS)
                }
                _ => continue,
            };
            shown.columns.insert(name.to_owned(), change);
        }
        let schema = after.layout().schema.table(table);
        shown.name = schema.and_then(|schema| match (delta.old, delta.new) {
            (_, Some(row)) => row_name(row, schema, layouts[1]),
            (Some(row), None) => row_name(row, schema, layouts[0]),
            (None, None) => None,
        });
        shown
    }
}

/// `3 rows of 2 tables changed (1 inserted, 2 changed)`.
fn summary(tables: &[TableChanged], total: usize, databases: usize, params: &Params) -> String {
    let place = match databases {
        1 => String::new(),
        count => format!(" on {count} databases"),
    };
    let since = match (&params.cursor, params.wait.as_secs()) {
        (Some(_), _) => "since the cursor".to_owned(),
        (None, 0) => "yet: send the cursor to learn what does from now on".to_owned(),
        (None, seconds) => format!("within {seconds} s"),
    };
    if total == 0 {
        return format!("nothing has changed{place} {since}");
    }
    let names: BTreeSet<&str> = tables.iter().map(|table| table.table.as_str()).collect();
    let sum = |of: fn(&TableChanged) -> usize| tables.iter().map(of).sum::<usize>();
    let parts = [
        (sum(|table| table.inserted), "inserted"),
        (sum(|table| table.changed), "changed"),
        (sum(|table| table.deleted), "deleted"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let rows = if total == 1 { "row" } else { "rows" };
    let named: Vec<&str> = names.into_iter().collect();
    format!(
        "{total} {rows} of {}{place}: {}",
        named.join(", "),
        parts.join(", ")
    )
}

impl Report for ChangesWatched {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Summary(self.summary.clone())];
        if !self.rows.is_empty() {
            let rows = self.rows.iter().map(|row| {
                let name = row.name.clone().unwrap_or_else(|| row.uuid.clone());
                vec![
                    Cell::plain(row.fate.sign()),
                    Cell::plain(row.node.clone().unwrap_or_default()),
                    Cell::plain(&row.table),
                    Cell::plain(name),
                    Cell::plain(columns_text(&row.columns)),
                ]
            });
            let columns = ["", "node", "table", "row", "columns"];
            blocks.push(Block::Table {
                columns: columns.map(str::to_owned).to_vec(),
                rows: rows.collect(),
            });
        }
        blocks.push(Block::Line(format!("go on: --cursor {}", self.cursor)));
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
            self.settle();
        }
    }
}
