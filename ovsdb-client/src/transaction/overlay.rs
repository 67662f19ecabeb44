//! The overlay: a snapshot with a transaction's own changes laid over it.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::operation::Mutation;
use crate::replica::{Snapshot, TableRows};
use crate::row::{Row, RowBuilder};
use crate::schema::{ColumnType, TableLayout};
use crate::transaction::effect::mutated;
use crate::value::{Atom, Datum, Value, packed};

/// The rows as the transaction sees them.
#[derive(Debug)]
pub(crate) struct Overlay {
    base: Option<Snapshot>,
    /// The rows that differ from the snapshot's, by table and UUID; `None` for a deleted one.
    rows: BTreeMap<(usize, Uuid), Option<Row>>,
    /// Whether an operation may change what cannot be followed here.
    opaque: bool,
}

impl Overlay {
    pub(crate) fn new(base: Option<Snapshot>) -> Self {
        Self {
            base,
            rows: BTreeMap::new(),
            opaque: false,
        }
    }

    /// The rows beneath.
    pub(crate) fn base(&self) -> Option<&Snapshot> {
        self.base.as_ref()
    }

    /// Takes note of an operation whose effect is not known here.
    pub(crate) fn set_opaque(&mut self) {
        self.opaque = true;
    }

    /// Whether anything may differ from the snapshot when the transaction is through.
    pub(crate) fn is_changed(&self) -> bool {
        self.opaque
            || self
                .rows
                .iter()
                .any(|(&(table, uuid), row)| self.base_row(table, uuid) != row.as_ref())
    }

    fn base_row(&self, table: usize, uuid: Uuid) -> Option<&Row> {
        let base = self.base.as_ref()?;
        table_at(base, table)?.get(uuid)
    }

    fn number(&self, table: &str) -> Option<usize> {
        self.base.as_ref()?.layout().table_number(table)
    }

    fn row(&self, table: usize, uuid: Uuid) -> Option<&Row> {
        match self.rows.get(&(table, uuid)) {
            Some(row) => row.as_ref(),
            None => self.base_row(table, uuid),
        }
    }

    /// The row of the table, the transaction's changes included.
    pub(crate) fn get(&self, table: &str, uuid: Uuid) -> Option<&Row> {
        self.row(self.number(table)?, uuid)
    }

    /// The rows of the table, the transaction's changes included: first those that the snapshot
    /// holds too, then those inserted; ascending by UUID within both.
    pub(crate) fn rows(&self, table: &str) -> impl Iterator<Item = &Row> {
        let number = self.number(table);
        let base = number
            .and_then(|number| table_at(self.base.as_ref()?, number))
            .into_iter()
            .flat_map(|rows| rows.iter());
        let known = base.filter_map(move |row| self.row(number?, row.uuid()));
        let range = number.map(|number| (number, Uuid::nil())..=(number, Uuid::max()));
        let inserted = range
            .into_iter()
            .flat_map(|range| self.rows.range(range))
            .filter(|((table, uuid), _)| self.base_row(*table, *uuid).is_none())
            .filter_map(|(_, row)| row.as_ref());
        known.chain(inserted)
    }

    /// Adds a row of defaults.
    pub(crate) fn insert(&mut self, table: &str, uuid: Uuid) {
        let Some((number, layout)) = self.layout(table) else {
            self.opaque = true;
            return;
        };
        let mut builder = RowBuilder::default();
        for (column, default) in layout.absents() {
            builder.put(column, default);
        }
        let row = builder.row(uuid);
        // Where the row is there already, the server is to say so.
        self.opaque |= self.base_row(number, uuid).is_some();
        self.rows.insert((number, uuid), Some(row));
    }

    /// Sets a column of a row; the value is of the column's type.
    pub(crate) fn set(&mut self, table: &str, uuid: Uuid, column: &str, datum: &Datum) {
        self.revise(table, uuid, column, |_| Some(datum.clone()));
    }

    /// Carries out a mutation on a row; it is one that the column takes.
    pub(crate) fn mutate(&mut self, table: &str, uuid: Uuid, mutation: &Mutation) {
        self.revise(table, uuid, &mutation.column, |value| {
            mutated(&value.to_datum(), mutation.mutator, &mutation.value)
        });
    }

    /// Takes a row away.
    pub(crate) fn delete(&mut self, table: &str, uuid: Uuid) {
        match self.number(table) {
            Some(number) if self.row(number, uuid).is_some() => {
                self.rows.insert((number, uuid), None);
            }
            // With conditions on the rows, the server may have what is not here.
            _ => self.opaque = true,
        }
    }

    fn layout(&self, table: &str) -> Option<(usize, &TableLayout)> {
        let number = self.number(table)?;
        let layout = self.base.as_ref()?.layout();
        Some((number, layout.tables().get(number)?))
    }

    fn revise(
        &mut self,
        table: &str,
        uuid: Uuid,
        column: &str,
        new: impl FnOnce(Value<'_>) -> Option<Datum>,
    ) {
        match self.revised(table, uuid, column, new) {
            Some((number, row)) => {
                self.rows.insert((number, uuid), Some(row));
            }
            None => self.opaque = true,
        }
    }

    fn revised(
        &self,
        table: &str,
        uuid: Uuid,
        column: &str,
        new: impl FnOnce(Value<'_>) -> Option<Datum>,
    ) -> Option<(usize, Row)> {
        let (number, layout) = self.layout(table)?;
        let column = layout.column_number(column)?;
        let column_type = &layout.column(column)?.column_type;
        let row = self.row(number, uuid)?;
        let new = new(Value::new(column_type, row.payload(column)))?;
        let mut builder = RowBuilder::default();
        for (other, payload) in row.entries() {
            builder.put(other, payload);
        }
        builder.put(column, &packed(column_type, &new));
        Some((number, builder.row(uuid)))
    }
}

fn table_at(base: &Snapshot, number: usize) -> Option<TableRows<'_>> {
    base.table(&base.layout().tables().get(number)?.name)
}

/// The bytes in which rows hold a value of this type.
fn packed(column_type: &ColumnType, datum: &Datum) -> Vec<u8> {
    let mut payload = Vec::new();
    let mut push = |atom: &Atom| {
        if let Some(atom) = atom.borrow() {
            packed::push_atom(&mut payload, atom);
        }
    };
    match datum {
        Datum::Set(atoms) => atoms.iter().for_each(push),
        Datum::Map(pairs) => {
            for (key, value) in pairs {
                push(key);
                push(value);
            }
        }
    }
    column_type.drop_default(&mut payload, 0);
    payload
}
