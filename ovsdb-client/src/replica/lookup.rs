//! Lookups: the rows of a snapshot by key, through an index where one is kept.

use std::iter::FusedIterator;
use std::marker::PhantomData;
use std::ops::{Bound, RangeBounds};
use std::sync::Arc;

use uuid::Uuid;

use crate::replica::index::{
    Cell, Entries, IndexColumns, IndexError, Kept, KeyWriter, cells_of, hash,
};
use crate::replica::stored::{Rows, Stored};
use crate::replica::tree::{Cursor, Range};
use crate::replica::{Snapshot, TableRows};
use crate::row::Row;
use crate::schema::TableLayout;
use crate::table::{Index, IndexKey, IndexPart, Table};
use crate::value::Datum;
use crate::value::order::after;

impl Snapshot {
    /// The row with this key; of several that with the least UUID.
    ///
    /// `None` where there is none here: a replica may hold only some rows of a table, or none.
    ///
    /// **Cost**: that of [`Snapshot::lookup`] until the first row.
    pub fn find<T: Table, K: IndexKey>(&self, index: Index<T, K>, key: K::View<'_>) -> Option<T> {
        self.lookup(index, key).next()
    }

    /// The rows with this key, ascending by UUID.
    ///
    /// An unset value is found by `None`, and by the default where the column is a scalar. What
    /// the server has made optional counts as unset where it is, though the typed row shows the
    /// default.
    ///
    /// **Cost**: with an index that fits (the schema's own, or a declared one on the same columns)
    /// one search of it and one of the rows for each row given; without one, a scan of the table.
    /// See [`IndexSpec`](crate::replica::IndexSpec) for what is kept when.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "keys are written where they are looked up, without a `&` before each"
    )]
    pub fn lookup<'a, T: Table, K: IndexKey>(
        &'a self,
        index: Index<T, K>,
        key: K::View<'_>,
    ) -> impl Iterator<Item = T> + use<'a, T, K> {
        let rows = self.typed(index).map(|(stored, cells)| {
            let key = write_key::<K>(cells.as_slice(), &key);
            Found::new(stored, cells, key)
        });
        rows.into_iter()
            .flatten()
            .map(|row| T::from_row(row.clone()))
    }

    /// The rows with keys in a range, ascending by key and then by UUID; from the back, descending.
    ///
    /// Keys order as the server orders atoms: numbers by value, strings by bytes, unset before
    /// everything; several columns order one after the other.
    ///
    /// **Cost**: with an [`Ordered`](crate::replica::IndexSpec::Ordered) index on the same columns two searches of it
    /// and one of the rows for each row given; without one, a scan and a sort of what it finds,
    /// before the first row comes.
    pub fn range<'a, 'k, T: Table, K: IndexKey>(
        &'a self,
        index: Index<T, K>,
        keys: impl RangeBounds<K::View<'k>>,
    ) -> RowRange<'a, T> {
        let rows = self.typed(index).map(|(stored, cells)| {
            let write = |key: &K::View<'k>| write_key::<K>(cells.as_slice(), key);
            let (from, to) = (keys.start_bound().map(write), keys.end_bound().map(write));
            Ordered::new(stored, cells.as_slice(), from, to)
        });
        RowRange {
            rows: rows.unwrap_or_default(),
            marker: PhantomData,
        }
    }

    /// The table whose rows are found by these columns, for lookups by name.
    ///
    /// # Errors
    /// When the table or a column is not here, or a map has other keys.
    pub fn keyed(&self, columns: &IndexColumns) -> Result<Keyed<'_>, IndexError> {
        let table = columns.table();
        let rows = self.table(table).ok_or_else(|| IndexError::Table {
            table: table.into(),
        })?;
        let cells = cells_of(columns, rows.layout)?;
        let mut kept = rows
            .stored
            .slots
            .iter()
            .filter_map(|slot| slot.kept().cells());
        let cells = match kept.find(|kept| **kept == *cells) {
            Some(kept) => Cells::Kept(kept),
            None => Cells::Owned(cells.into()),
        };
        Ok(Keyed { rows, cells })
    }

    fn typed<T: Table, K>(&self, index: Index<T, K>) -> Option<(&Stored, Cells<'_>)> {
        let table = self.generated::<T>()?;
        let cells = Cells::of_parts(table.stored, table.layout, || index.parts())?;
        Some((table.stored, cells))
    }
}

fn write_key<K: IndexKey>(cells: &[Cell], key: &K::View<'_>) -> Vec<u8> {
    let mut writer = KeyWriter::new(cells);
    K::visit(key, &mut writer);
    writer.finish()
}

/// A table whose rows are found by some columns; see [`Snapshot::keyed`].
#[derive(Clone, Debug)]
pub struct Keyed<'a> {
    rows: TableRows<'a>,
    cells: Cells<'a>,
}

impl<'a> Keyed<'a> {
    /// Whether an index answers a lookup now.
    pub fn is_indexed(&self) -> bool {
        self.is_kept(|kept| kept.is_on(self.cells.as_slice()))
    }

    /// Whether an index answers for a range now.
    pub fn is_ordered(&self) -> bool {
        self.is_kept(|kept| kept.is_ordered_on(self.cells.as_slice()))
    }

    fn is_kept(&self, is_it: impl Fn(&Kept) -> bool) -> bool {
        let mut slots = self.rows.stored.slots.iter();
        slots.any(|slot| is_it(slot.kept()) && slot.is_kept())
    }

    /// The rows with this key, ascending by UUID; otherwise as [`Snapshot::lookup`].
    ///
    /// A part is the column's value; of the key of a map, a set of its value or of nothing.
    ///
    /// # Errors
    /// When a part is no value of its column, or there are not as many as columns.
    pub fn lookup(
        &self,
        key: &[Datum],
    ) -> Result<impl Iterator<Item = &'a Row> + use<'a>, IndexError> {
        let cells = self.cells.as_slice();
        if key.len() < cells.len() {
            return Err(IndexError::Length {
                given: key.len(),
                columns: cells.len(),
            });
        }
        let key = KeyWriter::of_data(cells, key)?;
        Ok(Found::new(self.rows.stored, self.cells.clone(), key))
    }

    /// The rows with keys between these, ascending by key and then by UUID; from the back,
    /// descending; otherwise as [`Snapshot::range`]. A key with fewer parts than there are columns
    /// stands for all that begin with it: as both bounds it gives exactly those.
    ///
    /// # Errors
    /// When a part is no value of its column, or there are more of them.
    pub fn range(
        &self,
        from: Bound<&[Datum]>,
        to: Bound<&[Datum]>,
    ) -> Result<impl DoubleEndedIterator<Item = &'a Row> + use<'a>, IndexError> {
        let cells = self.cells.as_slice();
        let write = |bound: Bound<&[Datum]>| {
            Ok(match bound {
                Bound::Included(key) => Bound::Included(KeyWriter::of_data(cells, key)?),
                Bound::Excluded(key) => Bound::Excluded(KeyWriter::of_data(cells, key)?),
                Bound::Unbounded => Bound::Unbounded,
            })
        };
        let (from, to) = (write(from)?, write(to)?);
        Ok(Ordered::new(self.rows.stored, cells, from, to))
    }
}

/// The cells of a key: those of an index, or some made for the lookup.
#[derive(Clone, Debug)]
enum Cells<'a> {
    Kept(&'a [Cell]),
    Owned(Arc<[Cell]>),
}

impl<'a> Cells<'a> {
    /// The cells of an index that a table may keep, or else new ones.
    fn of_parts<I: Iterator<Item = IndexPart>>(
        stored: &'a Stored,
        layout: &TableLayout,
        parts: impl Fn() -> I,
    ) -> Option<Self> {
        let is_of = |cells: &[Cell]| {
            let mut parts = parts();
            let mut cells = cells.iter();
            cells.all(|cell| parts.next().is_some_and(|part| cell.is(part)))
                && parts.next().is_none()
        };
        let mut kept = stored.slots.iter().filter_map(|slot| slot.kept().cells());
        if let Some(cells) = kept.find(|cells| is_of(cells)) {
            return Some(Self::Kept(cells));
        }
        let cells = parts().map(|part| Cell::of_part(layout, part));
        let cells = cells.collect::<Option<Arc<[Cell]>>>()?;
        (!cells.is_empty()).then_some(Self::Owned(cells))
    }

    fn as_slice(&self) -> &[Cell] {
        match self {
            Self::Kept(cells) => cells,
            Self::Owned(cells) => cells,
        }
    }
}

/// A row's key, made anew for each row in the same bytes.
struct KeyOf<'a> {
    cells: Cells<'a>,
    key: Vec<u8>,
}

impl KeyOf<'_> {
    fn row(&mut self, row: &Row) -> &[u8] {
        self.key.clear();
        for cell in self.cells.as_slice() {
            cell.push(row, &mut self.key);
        }
        &self.key
    }
}

/// The rows with a key, ascending by UUID.
struct Found<'a> {
    rows: &'a Rows,
    key: Vec<u8>,
    key_of: KeyOf<'a>,
    by: By<'a>,
}

enum By<'a> {
    Hash(u64, Cursor<'a, (u64, Uuid), ()>),
    /// Every entry has the key.
    Order(Range<'a, Arc<[u8]>, ()>),
    Scan(Range<'a, Uuid, Row>),
}

impl<'a> Found<'a> {
    fn new(stored: &'a Stored, cells: Cells<'a>, key: Vec<u8>) -> Self {
        let by = by_index(stored, cells.as_slice(), &key);
        let room = Vec::with_capacity(key.len());
        Self {
            rows: &stored.rows,
            key,
            key_of: KeyOf { cells, key: room },
            by: by.unwrap_or_else(|| By::Scan(stored.rows.iter())),
        }
    }
}

fn by_index<'a>(stored: &'a Stored, cells: &[Cell], key: &[u8]) -> Option<By<'a>> {
    let slots = stored.slots.iter();
    let mut fitting = slots.filter(|slot| slot.kept().is_on(cells));
    match fitting.find_map(|slot| slot.entries(&stored.rows))? {
        Entries::Hash(entries) => {
            let hash = hash(key);
            Some(By::Hash(hash, entries.seek(&(hash, Uuid::nil()))))
        }
        Entries::Ordered(entries) => Some(By::Order(
            entries.range(key, after(key.to_vec()).as_deref()),
        )),
        Entries::References(_) => None,
    }
}

impl<'a> Iterator for Found<'a> {
    type Item = &'a Row;

    fn next(&mut self) -> Option<&'a Row> {
        match &mut self.by {
            By::Hash(hash, entries) => loop {
                let ((found, uuid), ()) = entries.next()?;
                if found != hash {
                    return None;
                }
                // Another key may have the same hash.
                if let Some(row) = self.rows.get(uuid)
                    && self.key_of.row(row) == self.key
                {
                    return Some(row);
                }
            },
            By::Order(entries) => row_of(self.rows, entries.next()),
            By::Scan(rows) => {
                let (key_of, key) = (&mut self.key_of, &self.key);
                rows.map(|(_, row)| row).find(|row| key_of.row(row) == key)
            }
        }
    }
}

/// The row of an entry, whose last bytes are the UUID.
fn row_of<'a>(rows: &'a Rows, entry: Option<(&'a Arc<[u8]>, &'a ())>) -> Option<&'a Row> {
    let (entry, ()) = entry?;
    rows.get(&Uuid::from_bytes(*entry.last_chunk()?))
}

/// The rows with keys in a range, ascending by key.
#[derive(Debug)]
enum Ordered<'a> {
    Index(&'a Rows, Range<'a, Arc<[u8]>, ()>),
    Sorted(std::vec::IntoIter<&'a Row>),
}

impl Default for Ordered<'_> {
    fn default() -> Self {
        Self::Sorted(Vec::new().into_iter())
    }
}

impl<'a> Ordered<'a> {
    fn new(stored: &'a Stored, cells: &[Cell], from: Bound<Vec<u8>>, to: Bound<Vec<u8>>) -> Self {
        // Every bound becomes the first key within the range, or the first one behind it.
        let from = match from {
            Bound::Included(key) => Some(key),
            Bound::Excluded(key) => after(key),
            Bound::Unbounded => Some(Vec::new()),
        };
        let to = match to {
            Bound::Included(key) => after(key),
            Bound::Excluded(key) => Some(key),
            Bound::Unbounded => None,
        };
        let Some(from) = from else {
            return Self::default();
        };
        let slots = stored.slots.iter();
        let mut fitting = slots.filter(|slot| slot.kept().is_ordered_on(cells));
        if let Some(Entries::Ordered(entries)) = fitting.find_map(|slot| slot.entries(&stored.rows))
        {
            return Self::Index(&stored.rows, entries.range(&*from, to.as_deref()));
        }
        let mut rows = Vec::new();
        let mut key = Vec::new();
        for (_, row) in stored.rows.iter() {
            key.clear();
            for cell in cells {
                cell.push(row, &mut key);
            }
            if key >= from && to.as_ref().is_none_or(|to| key < *to) {
                rows.push((key.clone(), row));
            }
        }
        // The sort is stable, so that rows of one key stay in the order of their UUIDs.
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
        let rows: Vec<&Row> = rows.into_iter().map(|(_, row)| row).collect();
        Self::Sorted(rows.into_iter())
    }
}

impl<'a> Iterator for Ordered<'a> {
    type Item = &'a Row;

    fn next(&mut self) -> Option<&'a Row> {
        match self {
            Self::Index(rows, entries) => row_of(rows, entries.next()),
            Self::Sorted(rows) => rows.next(),
        }
    }
}

impl DoubleEndedIterator for Ordered<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        match self {
            Self::Index(rows, entries) => row_of(rows, entries.next_back()),
            Self::Sorted(rows) => rows.next_back(),
        }
    }
}

/// The rows of [`Snapshot::range`].
#[derive(Debug)]
pub struct RowRange<'a, T> {
    rows: Ordered<'a>,
    marker: PhantomData<fn() -> T>,
}

impl<T: Table> Iterator for RowRange<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.rows.next().map(|row| T::from_row(row.clone()))
    }
}

impl<T: Table> DoubleEndedIterator for RowRange<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        self.rows.next_back().map(|row| T::from_row(row.clone()))
    }
}

impl<T: Table> FusedIterator for RowRange<'_, T> {}

#[cfg(test)]
mod tests;
