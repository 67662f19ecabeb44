//! The replica: a database's rows as the last message left them, and snapshots of it.
//!
//! A message is applied whole or not at all as far as any reader can see: readers hold
//! [`Snapshot`]s, and a new one exists only when the message is through.

mod change;
mod convert;
#[cfg(test)]
pub(crate) mod history;
mod tree;

use std::sync::Arc;

use uuid::Uuid;

pub use self::change::{Cause, ChangeBatch, RowChanged, TableChanges};
use self::tree::Tree;
use crate::row::{Row, RowBuilder};
use crate::schema::{DatabaseLayout, TableLayout};
use crate::table::{Ref, Table};
use crate::update::{Format, RowChange, Update};

/// The owner's side of a replica: takes updates, gives snapshots.
#[derive(Debug)]
pub struct Replica {
    state: Arc<State>,
    builder: RowBuilder,
}

#[derive(Clone, Debug)]
struct State {
    layout: Arc<DatabaseLayout>,
    tables: Vec<Tree>,
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
        let tables = layout.tables().iter().map(|_| Tree::default()).collect();
        Self {
            state: Arc::new(State {
                layout,
                tables,
                generation: 0,
            }),
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

    /// Applies changes to the rows there are, and says what became of each row.
    ///
    /// A change to a row that is not there is passed over: with a condition on the rows, a server
    /// may say of a row that left what it no longer knows to be here.
    pub fn apply(&mut self, update: Update, values: Values, cause: Cause) -> ChangeBatch {
        let state = Arc::make_mut(&mut self.state);
        state.generation += 1;
        let mut batch = ChangeBatch::new(cause, state.generation, Arc::clone(&state.layout));
        for (number, rows) in update.tables {
            let table = &state.layout.tables()[number];
            let tree = &mut state.tables[number];
            let mut changed = Vec::with_capacity(rows.len());
            for (uuid, change) in rows {
                let (old, new) = match change {
                    RowChange::Whole(row) => (tree.insert(uuid, row.clone()), Some(row)),
                    RowChange::Delete => (tree.remove(uuid), None),
                    RowChange::Modify(delta) => {
                        let Some(row) = tree.get(uuid) else {
                            continue;
                        };
                        let differences = values == Values::Differences;
                        let row = delta.apply(row, table, differences, &mut self.builder);
                        (tree.insert(uuid, row.clone()), Some(row))
                    }
                };
                if old != new {
                    changed.push(RowChanged { uuid, old, new });
                }
            }
            batch.push(number, changed);
        }
        batch
    }

    /// Takes `update` as all rows there are now, and says what differs from before: rows that
    /// stayed the same make no change, rows it does not name are gone.
    pub fn replace(&mut self, update: Update, cause: Cause) -> ChangeBatch {
        let state = Arc::make_mut(&mut self.state);
        state.generation += 1;
        let mut batch = ChangeBatch::new(cause, state.generation, Arc::clone(&state.layout));
        let mut fresh: Vec<Tree> = state.tables.iter().map(|_| Tree::default()).collect();
        for (number, rows) in update.tables {
            for (uuid, change) in rows {
                let RowChange::Whole(row) = change else {
                    continue;
                };
                // The old row's bytes serve on where nothing changed, so that snapshots share them.
                let row = match state.tables[number].get(uuid) {
                    Some(old) if *old == row => old.clone(),
                    _ => row,
                };
                fresh[number].insert(uuid, row);
            }
        }
        for (number, (old, new)) in state.tables.iter().zip(&fresh).enumerate() {
            batch.push(number, difference(old, new));
        }
        state.tables = fresh;
        batch
    }
}

/// What turns the rows of one tree into those of another, ascending by UUID.
fn difference(old: &Tree, new: &Tree) -> Vec<RowChanged> {
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
        Some(TableRows {
            layout: &self.0.layout.tables()[number],
            tree: &self.0.tables[number],
        })
    }

    /// The tables, ascending by name.
    pub fn tables(&self) -> impl Iterator<Item = TableRows<'_>> {
        self.0
            .layout
            .tables()
            .iter()
            .zip(&self.0.tables)
            .map(|(layout, tree)| TableRows { layout, tree })
    }

    /// The rows of the generated table `T`, ascending by UUID; none where it is not replicated or
    /// the layout was made without it.
    pub fn rows<T: Table>(&self) -> impl Iterator<Item = T> + use<'_, T> {
        self.generated::<T>()
            .into_iter()
            .flat_map(|table| table.tree.iter())
            .map(|(_, row)| T::from_row(row.clone()))
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
    tree: &'a Tree,
}

impl<'a> TableRows<'a> {
    /// The table's layout.
    pub fn layout(&self) -> &'a TableLayout {
        self.layout
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.tree.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row with this UUID.
    pub fn get(&self, uuid: Uuid) -> Option<&'a Row> {
        self.tree.get(uuid)
    }

    /// The rows, ascending by UUID.
    pub fn iter(&self) -> impl Iterator<Item = &'a Row> + use<'a> {
        self.tree.iter().map(|(_, row)| row)
    }
}

#[cfg(test)]
mod tests;
