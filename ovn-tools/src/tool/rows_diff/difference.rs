//! Differences: rows that only one side has, or that are not the same on both.

use std::collections::BTreeMap;

use ovsdb_client::schema::TableLayout;
use ovsdb_client::table::Row;

use crate::report::ToolError;
use crate::tool::change::Fate;
use crate::tool::rows_diff::compared::Compared;
use crate::tool::rows_diff::identity::{Identity, key_columns};
use crate::tool::rows_diff::naming::{Naming, refers};

/// A row that is not the same on both sides.
#[derive(Clone, Debug)]
pub(super) struct Difference<'s> {
    /// What tells it from other rows of its table; unique in the table together with `number`.
    pub(super) key: String,
    /// Which of the rows of this key.
    pub(super) number: usize,
    /// The old row.
    pub(super) old: Option<&'s Row>,
    /// The new row.
    pub(super) new: Option<&'s Row>,
    /// The number of the table's pair and the table's name, where it stands in the answer.
    pub(super) pair: usize,
    pub(super) table: &'s str,
}

impl Difference<'_> {
    /// What became of the row.
    pub(super) fn fate(&self) -> Fate {
        Fate::of(self.old, self.new)
    }
}

/// The rows of one key: old ones and new ones.
type Sides<'s> = [Vec<&'s Row>; 2];

/// The differences of one table, ascending by key.
///
/// # Errors
/// [`ToolError`] when the rows are to be told apart by columns that one side lacks.
pub(super) fn differences<'s>(
    table: &Compared<'s>,
    identity: &Identity,
    naming: &[Naming<'s>; 2],
) -> Result<Vec<Difference<'s>>, ToolError> {
    let by_content = *identity != Identity::Uuid;
    let columns = match identity {
        Identity::Uuid => Vec::new(),
        Identity::Index => key_columns(table.schema, table.old.layout()),
        Identity::Columns(names) => names.iter().map(|name| name.as_str().into()).collect(),
    };
    if let Some(lacking) = columns
        .iter()
        .find(|name| table.old.layout().column_number(name).is_none())
    {
        let message = format!(
            "the old side of {} has no column `{lacking}`",
            table.schema.name
        );
        return Err(ToolError::new(message).hint("tell rows apart by columns that both sides have"));
    }
    let compare = Compare::new(table, by_content, naming);
    let whole = by_content && columns.is_empty();
    let mut rows: BTreeMap<String, Sides<'s>> = BTreeMap::new();
    for (side, of) in [table.old, table.new].into_iter().enumerate() {
        for row in of.iter() {
            let key = match identity {
                Identity::Uuid => row.uuid().to_string(),
                _ if whole => compare.content(row, side),
                _ => naming[side].key(row, &table.schema.name, &columns),
            };
            rows.entry(key).or_default()[side].push(row);
        }
    }
    let mut found = Vec::new();
    for (key, [olds, news]) in rows {
        for (number, (old, new)) in paired(olds, news, &compare).into_iter().enumerate() {
            found.push(Difference {
                key: key.clone(),
                number,
                old,
                new,
                pair: table.pair,
                table: &table.schema.name,
            });
        }
    }
    Ok(found)
}

/// The rows of one key that differ. Equal ones go together first, then any two.
fn paired<'s>(
    olds: Vec<&'s Row>,
    mut news: Vec<&'s Row>,
    compare: &Compare<'_, 's>,
) -> Vec<(Option<&'s Row>, Option<&'s Row>)> {
    let mut left = Vec::new();
    for old in olds {
        match news.iter().position(|new| compare.same(old, new)) {
            Some(at) => {
                news.remove(at);
            }
            None => left.push(old),
        }
    }
    let both = left.len().max(news.len());
    (0..both)
        .map(|at| (left.get(at).copied(), news.get(at).copied()))
        .collect()
}

/// How two rows of a table are compared.
struct Compare<'t, 's> {
    table: &'t Compared<'s>,
    naming: &'t [Naming<'s>; 2],
    /// Whether references count as what they name.
    by_content: bool,
    /// Whether equal bytes are equal rows.
    same_layout: bool,
}

impl<'t, 's> Compare<'t, 's> {
    fn new(table: &'t Compared<'s>, by_content: bool, naming: &'t [Naming<'s>; 2]) -> Self {
        Self {
            table,
            naming,
            by_content,
            same_layout: table.old.layout() == table.new.layout(),
        }
    }

    fn same(&self, old: &Row, new: &Row) -> bool {
        if self.same_layout && !self.by_content && old == new {
            return true;
        }
        self.table
            .columns
            .iter()
            .all(|name| self.same_column(old, new, name))
    }

    fn same_column(&self, old: &Row, new: &Row, name: &str) -> bool {
        let layouts: [&TableLayout; 2] = [self.table.old.layout(), self.table.new.layout()];
        let [Some(old), Some(new)] = [old.value(layouts[0], name), new.value(layouts[1], name)]
        else {
            return true;
        };
        if self.by_content && refers(new.column_type()) {
            return self.naming[0].json(old) == self.naming[1].json(new);
        }
        old == new
    }

    /// The compared columns of a row as text.
    fn content(&self, row: &Row, side: usize) -> String {
        let rows = if side == 0 {
            self.table.old
        } else {
            self.table.new
        };
        let values = self.table.columns.iter().filter_map(|name| {
            let value = row.value(rows.layout(), name)?;
            (!value.is_default()).then(|| format!("{name}={}", self.naming[side].json(value)))
        });
        values.collect::<Vec<_>>().join(" ")
    }
}
