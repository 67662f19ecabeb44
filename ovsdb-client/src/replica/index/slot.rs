//! Slots: the indexes of one table, each kept or to be kept once it is asked for.

use std::hash::{DefaultHasher, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use uuid::Uuid;

use crate::replica::change::RowChanged;
use crate::replica::index::cell::Cell;
use crate::replica::tree::Tree;
use crate::row::Row;
use crate::value::packed::{Atoms, Pairs};
use crate::value::{AtomRef, Kind};

/// How many lookups are answered by scans before an index of the schema is kept.
///
/// **Default and why**: 3; to make an index costs as much as one and a half scans, and a lookup
/// that finds its row scans half of the table on average. A program that looks up once or twice
/// does not pay for an index, and no program pays more than twice.
const SCANS: u32 = 3;

/// From how many changes on an index may be made anew instead of changed.
const REBUILD_LEAST: usize = 256;
/// Which share of the rows must have changed for that.
///
/// **Default and why**: an eighth; an entry costs less than an eighth of its insertion when all are
/// sorted at once (480 ns and some 4 µs).
const REBUILD_SHARE: usize = 8;

/// An index's place beside the rows of one table.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    definition: Arc<Definition>,
    entries: OnceLock<Entries>,
}

/// What all the snapshots have in common about an index.
#[derive(Debug)]
struct Definition {
    kept: Kept,
    /// How many more lookups are answered without it.
    scans: AtomicU32,
}

/// What an index is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Hash(Box<[Cell]>),
    Ordered(Box<[Cell]>),
    /// The column and the kinds of its atoms.
    References(u16, (Kind, Option<Kind>)),
}

/// The entries of an index, each once and ascending.
#[derive(Clone, Debug)]
pub(crate) enum Entries {
    /// The hash of the key, and the row.
    Hash(Tree<(u64, Uuid), ()>),
    /// The key with the row's UUID behind it.
    Ordered(Tree<Arc<[u8]>, ()>),
    /// A UUID that a row holds, and the row.
    References(Tree<(Uuid, Uuid), ()>),
}

type Rows = Tree<Uuid, Row>;

impl Slot {
    /// The slot of an index that is kept when it was looked up by some times.
    pub(crate) fn on_demand(kept: Kept) -> Self {
        Self {
            definition: Arc::new(Definition {
                kept,
                scans: AtomicU32::new(SCANS),
            }),
            entries: OnceLock::new(),
        }
    }

    pub(crate) fn kept(&self) -> &Kept {
        &self.definition.kept
    }

    /// Whether it is kept here already.
    pub(crate) fn is_kept(&self) -> bool {
        self.entries.get().is_some()
    }

    /// Keeps it from now on.
    pub(crate) fn keep(&self, rows: &Rows) {
        self.definition.scans.store(0, Ordering::Relaxed);
        self.entries.get_or_init(|| self.kept().build(rows));
    }

    /// The entries for a lookup; `None` when a scan is to answer it.
    pub(crate) fn entries(&self, rows: &Rows) -> Option<&Entries> {
        if let Some(entries) = self.entries.get() {
            return Some(entries);
        }
        let less = |scans: u32| scans.checked_sub(1);
        let scans = &self.definition.scans;
        if scans
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less)
            .is_ok()
        {
            return None;
        }
        Some(self.entries.get_or_init(|| self.kept().build(rows)))
    }

    /// Brings it to the rows as they are after these changes.
    pub(crate) fn change(&mut self, rows: &Rows, changes: &[RowChanged]) {
        let kept = &self.definition.kept;
        match self.entries.get_mut() {
            Some(entries)
                if changes.len() >= REBUILD_LEAST
                    && changes.len() >= rows.len() / REBUILD_SHARE =>
            {
                *entries = kept.build(rows);
            }
            Some(entries) => {
                for change in changes {
                    kept.change(entries, change);
                }
            }
            // A reader wanted it of a snapshot that these rows have left behind.
            None if self.definition.scans.load(Ordering::Relaxed) == 0 => self.keep(rows),
            None => {}
        }
    }
}

impl Kept {
    /// The cells of the key; `None` for references.
    pub(crate) fn cells(&self) -> Option<&[Cell]> {
        match self {
            Self::Hash(cells) | Self::Ordered(cells) => Some(cells),
            Self::References(..) => None,
        }
    }

    /// Whether keys of these cells are in it.
    pub(crate) fn is_on(&self, cells: &[Cell]) -> bool {
        self.cells() == Some(cells)
    }

    /// Whether it has keys of these cells in order.
    pub(crate) fn is_ordered_on(&self, cells: &[Cell]) -> bool {
        matches!(self, Self::Ordered(_)) && self.is_on(cells)
    }

    fn build(&self, rows: &Rows) -> Entries {
        let rows = rows.iter().map(|(_, row)| row);
        match self {
            Self::Hash(cells) => {
                let mut key = Vec::new();
                Entries::Hash(tree(
                    rows.map(|row| hash_entry(cells, row, &mut key)).collect(),
                ))
            }
            Self::Ordered(cells) => {
                let mut key = Vec::new();
                Entries::Ordered(tree(rows.map(|row| entry(cells, row, &mut key)).collect()))
            }
            Self::References(column, kinds) => Entries::References(tree(
                rows.flat_map(|row| {
                    targets(row, *column, *kinds).map(|target| (target, row.uuid()))
                })
                .collect(),
            )),
        }
    }

    fn change(&self, entries: &mut Entries, change: &RowChanged) {
        let (old, new) = (change.old.as_ref(), change.new.as_ref());
        if let (Some(old), Some(new)) = (old, new)
            && self.is_same(old, new)
        {
            return;
        }
        match (self, entries) {
            (Self::Hash(cells), Entries::Hash(tree)) => {
                let entry = |row: &Row| hash_entry(cells, row, &mut Vec::new());
                replace(tree, old.map(entry), new.map(entry));
            }
            (Self::Ordered(cells), Entries::Ordered(tree)) => {
                let entry = |row: &Row| entry(cells, row, &mut Vec::new());
                replace(tree, old.map(entry), new.map(entry));
            }
            (Self::References(column, kinds), Entries::References(tree)) => {
                let targets = |row: Option<&Row>| {
                    let mut targets: Vec<Uuid> = row
                        .into_iter()
                        .flat_map(|row| targets(row, *column, *kinds))
                        .collect();
                    targets.sort_unstable();
                    targets
                };
                let (old, new) = (targets(old), targets(new));
                for target in old
                    .iter()
                    .filter(|target| new.binary_search(target).is_err())
                {
                    tree.remove(&(*target, change.uuid));
                }
                for target in new
                    .iter()
                    .filter(|target| old.binary_search(target).is_err())
                {
                    tree.insert((*target, change.uuid), ());
                }
            }
            // Entries are made by `build`, which makes each kind for its own.
            _ => {}
        }
    }

    fn is_same(&self, old: &Row, new: &Row) -> bool {
        match self {
            Self::Hash(cells) | Self::Ordered(cells) => {
                cells.iter().all(|cell| cell.is_same(old, new))
            }
            Self::References(column, _) => old.payload(*column) == new.payload(*column),
        }
    }
}

/// Takes one entry out and puts another one in, where they differ.
fn replace<K: Ord + Clone>(tree: &mut Tree<K, ()>, old: Option<K>, new: Option<K>) {
    if old == new {
        return;
    }
    if let Some(old) = old {
        tree.remove(&old);
    }
    if let Some(new) = new {
        tree.insert(new, ());
    }
}

fn tree<K: Ord + Clone>(mut keys: Vec<K>) -> Tree<K, ()> {
    keys.sort_unstable();
    keys.dedup();
    Tree::from_sorted(keys.into_iter().map(|key| (key, ())).collect())
}

/// The hash of a key.
pub(crate) fn hash(key: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(key);
    hasher.finish()
}

fn push_key(cells: &[Cell], row: &Row, key: &mut Vec<u8>) {
    key.clear();
    for cell in cells {
        cell.push(row, key);
    }
}

fn hash_entry(cells: &[Cell], row: &Row, key: &mut Vec<u8>) -> (u64, Uuid) {
    push_key(cells, row, key);
    (hash(key), row.uuid())
}

fn entry(cells: &[Cell], row: &Row, key: &mut Vec<u8>) -> Arc<[u8]> {
    push_key(cells, row, key);
    key.extend_from_slice(row.uuid().as_bytes());
    Arc::from(key.as_slice())
}

/// The UUIDs in a column, but not the zero one, which stands where there is no reference.
fn targets(row: &Row, column: u16, kinds: (Kind, Option<Kind>)) -> impl Iterator<Item = Uuid> {
    let payload = row.payload(column);
    let (sets, maps) = match kinds {
        (kind, None) => (Some(Atoms::new(payload, kind)), None),
        (key, Some(value)) => (None, Some(Pairs::new(payload, key, value))),
    };
    let pairs = maps
        .into_iter()
        .flatten()
        .flat_map(|(key, value)| [key, value]);
    let atoms = sets.into_iter().flatten().chain(pairs);
    atoms.filter_map(|atom| match atom {
        AtomRef::Uuid(uuid) if !uuid.is_nil() => Some(uuid),
        _ => None,
    })
}
