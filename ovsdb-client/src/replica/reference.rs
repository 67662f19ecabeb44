//! References: the rows that a row refers to, and those that refer to it.

use uuid::Uuid;

use crate::replica::index::{Entries, Kept};
use crate::replica::stored::Rows;
use crate::replica::tree::{Cursor, Range};
use crate::replica::{Snapshot, TableRows};
use crate::row::Row;
use crate::schema::{BaseType, TableLayout};
use crate::table::{Column, Ref, References, Table};
use crate::value::AtomRef;
use crate::value::packed::{Atoms, Pairs};

impl Snapshot {
    /// The rows that `row` refers to by a column, each with its reference, in the order of the
    /// column: ascending by UUID in a set, by key in a map.
    ///
    /// A row that is not here is `None`: references can dangle on a real server, and a replica
    /// may hold only some rows of a table or none. The zero UUID, which a required reference shows
    /// where the column was not read, is no reference.
    ///
    /// **Cost**: one search by UUID a reference.
    pub fn follow<'a, S: Table, V: References>(
        &'a self,
        row: &'a S,
        column: Column<S, V>,
    ) -> impl Iterator<Item = (Ref<V::Target>, Option<V::Target>)> + use<'a, S, V> {
        let table = self.generated::<V::Target>();
        V::references(row.get(column))
            .filter(|reference| !reference.uuid().is_nil())
            .map(move |reference| {
                let row = table.and_then(|table| table.get(reference.uuid()));
                (reference, row.map(|row| V::Target::from_row(row.clone())))
            })
    }

    /// The rows of table `S` that refer to `target` by a column, ascending by UUID, whether the
    /// row that they refer to is here or not.
    ///
    /// **Cost**: with a declared [`References`](crate::replica::IndexSpec::References) index on
    /// the column one search of it and one of the rows for each row given; without one, a scan of
    /// `S`.
    pub fn referrers<'a, S: Table, V: References>(
        &'a self,
        target: Ref<V::Target>,
        column: Column<S, V>,
    ) -> impl Iterator<Item = S> + use<'a, S, V> {
        let target = target.uuid();
        self.generated::<S>()
            .filter(|_| !target.is_nil())
            .into_iter()
            .flat_map(move |table| Referring::new(table, column.number(), target))
            .map(|row| S::from_row(row.clone()))
            // The UUID may also be a key of the map, which refers elsewhere.
            .filter(move |row| {
                let mut references = V::references(row.get(column));
                references.any(|reference| reference.uuid() == target)
            })
    }

    /// Who refers to the row `uuid` of the table called `table`, by whatever column: ascending by
    /// table, column and UUID, whether the row is here or not.
    ///
    /// A row that refers by several columns, or by a map's key and its value, comes for each
    /// column once.
    ///
    /// **Cost**: as [`Snapshot::referrers`] for each column that refers to the table.
    pub fn referrers_of(&self, table: &str, uuid: Uuid) -> Vec<Referrer<'_>> {
        let mut referrers = Vec::new();
        if uuid.is_nil() {
            return referrers;
        }
        for rows in self.tables() {
            let layout = rows.layout();
            for (number, column) in layout.present() {
                let column_type = &column.column_type;
                let refers = |base: &BaseType| {
                    let reference = base.reference.as_ref();
                    reference.is_some_and(|reference| *reference.table == *table)
                };
                let key = refers(&column_type.key);
                let value = column_type.value.as_ref().is_some_and(refers);
                if !key && !value {
                    continue;
                }
                let found = Referring::new(rows, number, uuid).filter(|row| {
                    let value_of = row.value(layout, &column.name);
                    value_of.is_some_and(|found| {
                        key && found.atoms().any(|atom| atom == AtomRef::Uuid(uuid))
                            || value && found.pairs().any(|(_, atom)| atom == AtomRef::Uuid(uuid))
                    })
                });
                referrers.extend(found.map(|row| Referrer {
                    table: layout,
                    column: &column.name,
                    row,
                }));
            }
        }
        referrers
    }
}

/// A row that refers to another one; see [`Snapshot::referrers_of`].
#[derive(Clone, Copy, Debug)]
pub struct Referrer<'a> {
    /// The layout of the table in which it is.
    pub table: &'a TableLayout,
    /// The column by which it refers.
    pub column: &'a str,
    /// The row.
    pub row: &'a Row,
}

/// The rows that hold a UUID in a column, as a map's key or as anything else, ascending by their
/// own.
struct Referring<'a> {
    rows: &'a Rows,
    target: Uuid,
    by: By<'a>,
}

enum By<'a> {
    Index(Cursor<'a, (Uuid, Uuid), ()>),
    Scan(Range<'a, Uuid, Row>, &'a TableLayout, u16),
}

impl<'a> Referring<'a> {
    fn new(table: TableRows<'a>, column: u16, target: Uuid) -> Self {
        let rows = &table.stored.rows;
        let slots = table.stored.slots.iter();
        let mut fitting = slots
            .filter(|slot| matches!(slot.kept(), Kept::References(number, _) if *number == column));
        let by = match fitting.find_map(|slot| slot.entries(rows)) {
            Some(Entries::References(entries)) => By::Index(entries.seek(&(target, Uuid::nil()))),
            _ => By::Scan(rows.iter(), table.layout, column),
        };
        Self { rows, target, by }
    }
}

impl<'a> Iterator for Referring<'a> {
    type Item = &'a Row;

    fn next(&mut self) -> Option<&'a Row> {
        match &mut self.by {
            By::Index(entries) => {
                let ((target, source), ()) = entries.next()?;
                if *target != self.target {
                    return None;
                }
                self.rows.get(source)
            }
            By::Scan(rows, layout, column) => {
                let kinds = layout.column(*column)?.column_type.kinds();
                let target = AtomRef::Uuid(self.target);
                let mut rows = rows.map(|(_, row)| row);
                rows.find(|row| {
                    let payload = row.payload(*column);
                    match kinds {
                        (kind, None) => Atoms::new(payload, kind).any(|atom| atom == target),
                        (key, Some(value)) => Pairs::new(payload, key, value)
                            .any(|(key, value)| key == target || value == target),
                    }
                })
            }
        }
    }
}

#[cfg(test)]
mod tests;
