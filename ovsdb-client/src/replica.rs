//! The replica: a database's rows as the last message left them, and snapshots of it.
//!
//! A message is applied whole or not at all as far as any reader can see: readers hold
//! [`Snapshot`]s, and a new one exists only when the message is through. Snapshots are immutable,
//! numbered and shared with other threads; taking one costs a reference count, and holding one
//! costs what has changed since.
//!
//! # Finding rows
//!
//! By UUID ([`Snapshot::get`]), by key ([`Snapshot::find`], [`Snapshot::lookup`],
//! [`Snapshot::range`]; by name [`Snapshot::keyed`]), along references ([`Snapshot::follow`]) and
//! against them ([`Snapshot::referrers`], [`Snapshot::referrers_of`]). A row that is not here is
//! none, never an error: a condition may keep it out, or its table may not be replicated.
//!
//! An index never changes an answer, only its price: without one every lookup is a scan. Indexes
//! stand beside the rows in every snapshot and change with them. Several rows may have the same
//! key, even where the schema says that it is unique: servers send such in between.
//!
//! | index | kept | for |
//! | --- | --- | --- |
//! | the schema's own | once lookups by it have cost as much as it would (the fourth on) | equal keys |
//! | [`IndexSpec::Hash`] | from its declaration on | equal keys, of columns or keys of maps |
//! | [`IndexSpec::Ordered`] | from its declaration on | also ranges and beginnings of keys |
//! | [`IndexSpec::References`] | from its declaration on | referrers by one column |
//!
//! An index is declared on the [`Replica`] or on the [`Interest`](crate::session::Interest).
//! What is not kept costs nothing.
//!
//! # Memory
//!
//! Resident bytes a row, of 200 000 rows like those of OVN-Kubernetes, as they come from a server
//! at once (November 2026, x86-64, glibc; `cargo bench -p ovn-micro-benches --bench replica`):
//!
//! | table | its record ([`Row::bytes`]) | in the replica | a hash index | an ordered one | references |
//! | --- | --- | --- | --- | --- | --- |
//! | `Logical_Switch_Port`, by `name` (43 bytes) | 249 | 322 | 32 | 119 | |
//! | `ACL`, by a key of `external_ids` (83 bytes) | 500 | 567 | 32 | 151 | |
//! | `Logical_Flow`, by a key of `external_ids` (8 bytes) | 251 | 327 | 32 | 87 | 41 |
//!
//! So a row costs about 75 bytes more than its record: a reference count (16), its place in the
//! tree (38), and what the allocator rounds up. Rows that come 100 a message leave the nodes of the
//! tree about two thirds full, which is 16 to 20 bytes more. An ordered index takes the key and
//! about 75 bytes.
//!
//! # Time
//!
//! From the same runs, on a machine busy with other work and with far less cache than rows: use
//! the ratios. Processor time in nanoseconds; the ranges are those of the three tables.
//!
//! | what | without an index | hash | ordered | references |
//! | --- | --- | --- | --- | --- |
//! | all rows taken in at once, a row | 210 to 260 | + 470 to 500 | + 600 to 980 | + 390 |
//! | a row by UUID | 440 to 480 | | | |
//! | the next row | 3 | | 470 to 580 | |
//! | a row by key | 310 to 400 for each row of the table | 1 500 to 1 900 | 1 900 to 4 000 | |
//! | a row that refers to another one | 250 for each row of the table | | | 660 |
//! | a row changed, but not its key, one a message | 3 300 to 4 200 | the same | the same | the same |
//! | a row added, 100 a message | 2 300 to 2 600 | 5 500 to 6 100 | 3 300 to 6 000 | 4 800 |
//!
//! A message that changes rows copies the path to each in every tree that a snapshot shares, which
//! is most of what it costs.

mod change;
mod convert;
#[cfg(test)]
pub(crate) mod history;
mod index;
mod lookup;
mod reference;
mod stored;
mod tree;

use std::sync::Arc;

use uuid::Uuid;

pub use self::change::{Cause, ChangeBatch, RowChanged, TableChanges};
pub use self::index::{IndexColumns, IndexError, IndexSpec};
pub use self::lookup::{Keyed, RowRange};
pub use self::reference::Referrer;
use self::stored::{Rows, Stored};
use crate::row::{Row, RowBuilder};
use crate::schema::{DatabaseLayout, TableLayout};
use crate::table::{Ref, Table};
use crate::update::{Format, RowChange, Update, UpdateError};

/// The owner's side of a replica: takes updates, gives snapshots.
#[derive(Debug)]
pub struct Replica {
    state: Arc<State>,
    declared: Vec<IndexSpec>,
    builder: RowBuilder,
}

#[derive(Clone, Debug)]
struct State {
    layout: Arc<DatabaseLayout>,
    /// By table number; what a message leaves alone is shared with the state before.
    tables: Vec<Arc<Stored>>,
    generation: u64,
}

/// How values in an update relate to those in the replica.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Columns that hold several values change by difference.
    Differences,
    /// Every value is the new one.
    Whole,
}

impl From<Format> for Values {
    fn from(format: Format) -> Self {
        match format {
            Format::Old => Self::Whole,
            Format::Differences => Self::Differences,
        }
    }
}

impl Replica {
    /// A replica without rows.
    pub fn new(layout: Arc<DatabaseLayout>) -> Self {
        let tables = layout.tables().iter();
        let tables = tables
            .map(|table| Arc::new(Stored::new(Rows::default(), &layout, table, &[], None)))
            .collect();
        Self {
            state: Arc::new(State {
                layout,
                tables,
                generation: 0,
            }),
            declared: Vec::new(),
            builder: RowBuilder::default(),
        }
    }

    /// The replica as it is now, in constant time.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(Arc::clone(&self.state))
    }

    /// The layout of its rows.
    pub fn layout(&self) -> &Arc<DatabaseLayout> {
        &self.state.layout
    }

    /// Keeps an index from now on, also across conversions.
    ///
    /// Snapshots taken before answer as they did. See the [module](self) for what it costs; twice
    /// the same index is one.
    ///
    /// # Errors
    /// When the present layout does not have the table or a column, or the column is not of a
    /// kind to be indexed so. The index is remembered for a layout that does.
    pub fn declare(&mut self, spec: IndexSpec) -> Result<(), IndexError> {
        let state = Arc::make_mut(&mut self.state);
        let table = spec.table();
        let kept = match state.layout.table_number(table) {
            Some(number) => {
                let layout = &state.layout.tables()[number];
                Arc::make_mut(&mut state.tables[number]).declare(&spec, layout)
            }
            None => Err(IndexError::Table {
                table: table.into(),
            }),
        };
        if !self.declared.contains(&spec) {
            self.declared.push(spec);
        }
        kept
    }

    /// Applies changes to the rows there are, and says what became of each row.
    ///
    /// A change to a row that is not there is passed over: with a condition on the rows, a server
    /// may say of a row that left what it no longer knows to be here.
    ///
    /// # Errors
    /// [`UpdateError::Layout`] when `update` was read for another layout than [`Replica::layout`].
    pub fn apply(
        &mut self,
        update: Update,
        values: Values,
        cause: Cause,
    ) -> Result<ChangeBatch, UpdateError> {
        self.check(&update)?;
        let state = Arc::make_mut(&mut self.state);
        state.generation += 1;
        let mut batch = ChangeBatch::new(cause, state.generation, Arc::clone(&state.layout));
        let differences = values == Values::Differences;
        for (number, rows) in update.tables {
            let layout = &state.layout.tables()[number];
            let table = Arc::make_mut(&mut state.tables[number]);
            let changed = change(table, layout, rows, differences, &mut self.builder);
            batch.push(number, changed);
        }
        Ok(batch)
    }

    /// Applies changes as [`Replica::apply`] does, and does not say what became of each row.
    pub(crate) fn advance(&mut self, update: Update, values: Values) -> Result<(), UpdateError> {
        self.check(&update)?;
        let state = Arc::make_mut(&mut self.state);
        state.generation += 1;
        let differences = values == Values::Differences;
        for (number, rows) in update.tables {
            let layout = &state.layout.tables()[number];
            let table = Arc::make_mut(&mut state.tables[number]);
            if table.slots.iter().any(index::Slot::is_kept) {
                change(table, layout, rows, differences, &mut self.builder);
                continue;
            }
            let tree = &mut table.rows;
            if let Some(fresh) = all_new(tree, &rows) {
                *tree = fresh;
                continue;
            }
            for (uuid, change) in rows {
                match change {
                    RowChange::Whole(row) => drop(tree.insert(uuid, row)),
                    RowChange::Delete => drop(tree.remove(&uuid)),
                    RowChange::Modify(delta) => {
                        let builder = &mut self.builder;
                        let change = |row: &Row| delta.apply(row, layout, differences, builder);
                        drop(tree.change(&uuid, change));
                    }
                }
            }
        }
        Ok(())
    }

    /// Takes `update` as all rows there are now, and says what differs from before: rows that
    /// stayed the same make no change, rows it does not name are gone.
    ///
    /// # Errors
    /// [`UpdateError::Layout`] when `update` was read for another layout than [`Replica::layout`].
    pub fn replace(&mut self, update: Update, cause: Cause) -> Result<ChangeBatch, UpdateError> {
        self.check(&update)?;
        let state = Arc::make_mut(&mut self.state);
        state.generation += 1;
        let mut batch = ChangeBatch::new(cause, state.generation, Arc::clone(&state.layout));
        let mut fresh: Vec<Rows> = state.tables.iter().map(|_| Rows::default()).collect();
        for (number, rows) in update.tables {
            fresh[number] = whole(rows, &state.tables[number].rows);
        }
        for (number, (table, fresh)) in state.tables.iter_mut().zip(fresh).enumerate() {
            let changed = difference(&table.rows, &fresh);
            if !changed.is_empty() {
                let table = Arc::make_mut(table);
                table.rows = fresh;
                table.index(&changed);
            }
            batch.push(number, changed);
        }
        Ok(batch)
    }

    fn check(&self, update: &Update) -> Result<(), UpdateError> {
        let (own, other) = (&self.state.layout, &update.layout);
        if Arc::ptr_eq(own, other) || own == other {
            Ok(())
        } else {
            Err(UpdateError::Layout)
        }
    }
}

/// Changes rows of a table and its indexes, and says how.
fn change(
    table: &mut Stored,
    layout: &TableLayout,
    rows: Vec<(Uuid, RowChange)>,
    differences: bool,
    builder: &mut RowBuilder,
) -> Vec<RowChanged> {
    if let Some(fresh) = all_new(&table.rows, &rows) {
        table.rows = fresh;
        let changed: Vec<RowChanged> = rows.into_iter().map(came).collect();
        table.index(&changed);
        return changed;
    }
    let tree = &mut table.rows;
    let mut changed = Vec::with_capacity(rows.len());
    for (uuid, change) in rows {
        let (old, new) = match change {
            RowChange::Whole(row) => (tree.insert(uuid, row.clone()), Some(row)),
            RowChange::Delete => (tree.remove(&uuid), None),
            RowChange::Modify(delta) => {
                let change = |row: &Row| delta.apply(row, layout, differences, &mut *builder);
                let Some((old, new)) = tree.change(&uuid, change) else {
                    continue;
                };
                (Some(old), Some(new))
            }
        };
        if old != new {
            changed.push(RowChanged { uuid, old, new });
        }
    }
    table.index(&changed);
    changed
}

/// The rows of an empty table to which whole rows come, each once; `None` for any other changes.
///
/// Building a tree costs a fraction of as many inserts.
fn all_new(table: &Rows, rows: &[(Uuid, RowChange)]) -> Option<Rows> {
    if table.len() > 0 {
        return None;
    }
    let whole = |(uuid, change): &(Uuid, RowChange)| match change {
        RowChange::Whole(row) => Some((*uuid, row.clone())),
        RowChange::Modify(_) | RowChange::Delete => None,
    };
    let mut fresh = rows.iter().map(whole).collect::<Option<Vec<_>>>()?;
    fresh.sort_unstable_by_key(|(uuid, _)| *uuid);
    let twice = fresh.windows(2).any(|pair| pair[0].0 == pair[1].0);
    (!twice).then(|| Rows::from_sorted(fresh))
}

/// A row that came to where none was.
fn came((uuid, change): (Uuid, RowChange)) -> RowChanged {
    RowChanged {
        uuid,
        old: None,
        new: match change {
            RowChange::Whole(row) => Some(row),
            RowChange::Modify(_) | RowChange::Delete => None,
        },
    }
}

/// The tree of the rows given, of several with one UUID the last.
fn whole(rows: Vec<(Uuid, RowChange)>, old: &Rows) -> Rows {
    let mut fresh: Vec<(Uuid, Row)> = rows
        .into_iter()
        .filter_map(|(uuid, change)| match change {
            RowChange::Whole(row) => Some((uuid, row)),
            RowChange::Modify(_) | RowChange::Delete => None,
        })
        .collect();
    fresh.reverse();
    fresh.sort_by_key(|(uuid, _)| *uuid);
    fresh.dedup_by_key(|(uuid, _)| *uuid);
    // The old row's bytes serve on where nothing changed, so that snapshots share them.
    for (uuid, row) in &mut fresh {
        if let Some(old) = old.get(uuid)
            && old == row
        {
            *row = old.clone();
        }
    }
    Rows::from_sorted(fresh)
}

/// What turns the rows of one tree into those of another, ascending by UUID.
fn difference(old: &Rows, new: &Rows) -> Vec<RowChanged> {
    let mut changes = Vec::new();
    let (mut olds, mut news) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let (old, new) = match (olds.peek(), news.peek()) {
            (None, None) => return changes,
            (Some(_), None) => (olds.next(), None),
            (None, Some(_)) => (None, news.next()),
            (Some((a, _)), Some((b, _))) if a < b => (olds.next(), None),
            (Some((a, _)), Some((b, _))) if a > b => (None, news.next()),
            (Some(_), Some(_)) => (olds.next(), news.next()),
        };
        let Some((uuid, _)) = old.or(new) else {
            return changes;
        };
        let (old, new) = (old.map(|(_, row)| row), new.map(|(_, row)| row));
        if old != new {
            changes.push(RowChanged {
                uuid: *uuid,
                old: old.cloned(),
                new: new.cloned(),
            });
        }
    }
}

/// A database at one moment: immutable, consistent across its tables, cheap to hold and to clone.
#[derive(Clone, Debug)]
pub struct Snapshot(Arc<State>);

impl Snapshot {
    /// The layout of the rows.
    pub fn layout(&self) -> &Arc<DatabaseLayout> {
        &self.0.layout
    }

    /// How many messages the replica had applied; grows by one with each.
    pub fn generation(&self) -> u64 {
        self.0.generation
    }

    /// The table called `name`, `None` where it is not replicated.
    pub fn table(&self, name: &str) -> Option<TableRows<'_>> {
        let number = self.0.layout.table_number(name)?;
        Some(self.table_at(number))
    }

    /// The tables, ascending by name.
    pub fn tables(&self) -> impl Iterator<Item = TableRows<'_>> {
        (0..self.0.tables.len()).map(|number| self.table_at(number))
    }

    pub(crate) fn table_at(&self, number: usize) -> TableRows<'_> {
        TableRows {
            layout: &self.0.layout.tables()[number],
            stored: &self.0.tables[number],
        }
    }

    /// The rows of the generated table `T`, ascending by UUID; none where it is not replicated or
    /// the layout was made without it.
    pub fn rows<T: Table>(&self) -> impl Iterator<Item = T> + use<'_, T> {
        self.generated::<T>()
            .into_iter()
            .flat_map(|table| table.iter())
            .map(|row| T::from_row(row.clone()))
    }

    /// The row that `reference` names. `None` where it is not here: references can dangle on a real
    /// server, and a replica may hold only some rows.
    pub fn get<T: Table>(&self, reference: Ref<T>) -> Option<T> {
        self.generated::<T>()?
            .get(reference.uuid())
            .map(|row| T::from_row(row.clone()))
    }

    /// The table whose rows can be read as `T`s. Another database's table of the same name, or one
    /// whose columns are numbered otherwise, would read as something else.
    fn generated<T: Table>(&self) -> Option<TableRows<'_>> {
        let database = &self.0.layout.schema.name;
        self.table(T::DEFINITION.name)
            .filter(|table| **database == *T::DEFINITION.database && table.layout.is_generated())
    }
}

/// The rows of one table in a snapshot.
#[derive(Clone, Copy, Debug)]
pub struct TableRows<'a> {
    layout: &'a TableLayout,
    stored: &'a Stored,
}

impl<'a> TableRows<'a> {
    /// The table's layout.
    pub fn layout(&self) -> &'a TableLayout {
        self.layout
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.stored.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row with this UUID.
    pub fn get(&self, uuid: Uuid) -> Option<&'a Row> {
        self.stored.rows.get(&uuid)
    }

    /// The rows beside this UUID, whether there is one of it or not: the last one before it and
    /// the first one after it.
    pub fn beside(&self, uuid: Uuid) -> [Option<&'a Row>; 2] {
        let rows = &self.stored.rows;
        let before = rows.range(&Uuid::nil(), Some(&uuid)).next_back();
        let after = rows.range(&uuid, None).find(|(other, _)| **other != uuid);
        [before, after].map(|found| found.map(|(_, row)| row))
    }

    /// The rows, ascending by UUID.
    pub fn iter(&self) -> impl Iterator<Item = &'a Row> + use<'a> {
        self.stored.rows.iter().map(|(_, row)| row)
    }
}

#[cfg(test)]
mod tests;
