//! Typed operations: those of generated tables, in which a wrong type does not compile.

use std::marker::PhantomData;

use crate::operation::{Change, Clause, Condition};
use crate::table::{Column, ColumnValue, IntoValue, Ref, Table};
use crate::transaction::place::{Place, Step, Verb};
use crate::transaction::{Transaction, Which};
use crate::value::Datum;

impl Transaction {
    /// The row, this transaction's changes included; `None` where it is not here.
    pub fn get<T: Table>(&self, row: impl Into<Ref<T>>) -> Option<T> {
        let row = row.into();
        self.is_readable::<T>().then_some(())?;
        self.overlay
            .get(T::DEFINITION.name, row.uuid())
            .map(|row| T::from_row(row.clone()))
    }

    /// The rows of a table, this transaction's changes included: first those that the snapshot
    /// holds too, then those inserted.
    pub fn rows<T: Table>(&self) -> impl Iterator<Item = T> {
        let rows = self
            .is_readable::<T>()
            .then(|| self.overlay.rows(T::DEFINITION.name));
        rows.into_iter()
            .flatten()
            .map(|row| T::from_row(row.clone()))
    }

    /// Whether rows of the snapshot's layout can be read as `T`s.
    fn is_readable<T: Table>(&self) -> bool {
        self.snapshot().is_some_and(|base| {
            let layout = base.layout();
            *layout.schema.name == *T::DEFINITION.database
                && layout
                    .table(T::DEFINITION.name)
                    .is_some_and(|table| table.is_generated())
        })
    }

    /// Adds a row; columns that are not given take their default.
    pub fn insert<T: Table>(&mut self) -> Insert<'_, T> {
        self.insert_chosen(None)
    }

    /// Adds a row with this UUID. When every attempt of a transaction inserts the same one, the
    /// server refuses the second as a duplicate.
    pub fn insert_as<T: Table>(&mut self, reference: Ref<T>) -> Insert<'_, T> {
        self.insert_chosen(Some(reference))
    }

    fn insert_chosen<T: Table>(&mut self, chosen: Option<Ref<T>>) -> Insert<'_, T> {
        self.hold_table::<T>(Verb::Insert);
        let (step, uuid) = self.push_insert(T::DEFINITION.name, chosen.map(Ref::uuid));
        Insert {
            transaction: self,
            step,
            reference: Ref::new(uuid),
        }
    }

    /// Sets columns of a row.
    pub fn update<T: Table>(&mut self, row: impl Into<Ref<T>>) -> Update<'_, T> {
        self.update_rows(Which::Row(row.into().uuid()))
    }

    /// Sets columns of the rows that meet every clause; of all rows where there is none.
    pub fn update_where<T: Table>(
        &mut self,
        clauses: impl IntoIterator<Item = Clause<T>>,
    ) -> Update<'_, T> {
        self.update_rows(rows(clauses))
    }

    fn update_rows<T: Table>(&mut self, rows: Which) -> Update<'_, T> {
        self.hold_table::<T>(Verb::Update);
        let step = self.push_update(T::DEFINITION.name, &rows);
        Update {
            transaction: self,
            step,
            rows,
            marker: PhantomData,
        }
    }

    /// Changes columns of a row in place.
    pub fn mutate<T: Table>(&mut self, row: impl Into<Ref<T>>, change: Change<T>) -> Step {
        self.hold_table::<T>(Verb::Mutate);
        let rows = Which::Row(row.into().uuid());
        self.push_mutate(T::DEFINITION.name, &rows, change.into())
    }

    /// Changes columns in place, of the rows that meet every clause; of all rows where there is
    /// none.
    pub fn mutate_where<T: Table>(
        &mut self,
        clauses: impl IntoIterator<Item = Clause<T>>,
        change: Change<T>,
    ) -> Step {
        self.hold_table::<T>(Verb::Mutate);
        self.push_mutate(T::DEFINITION.name, &rows(clauses), change.into())
    }

    /// Removes a row.
    pub fn delete<T: Table>(&mut self, row: impl Into<Ref<T>>) -> Step {
        self.hold_table::<T>(Verb::Delete);
        self.push_delete(T::DEFINITION.name, &Which::Row(row.into().uuid()))
    }

    /// Removes the rows that meet every clause; all rows where there is none.
    pub fn delete_where<T: Table>(&mut self, clauses: impl IntoIterator<Item = Clause<T>>) -> Step {
        self.hold_table::<T>(Verb::Delete);
        self.push_delete(T::DEFINITION.name, &rows(clauses))
    }

    /// Lets the transaction conflict unless the column still holds what the snapshot says: what
    /// the closure read is then what the server has when it carries the transaction out.
    pub fn verify<T: Table, V: ColumnValue>(
        &mut self,
        row: impl Into<Ref<T>>,
        column: Column<T, V>,
    ) {
        self.hold_verify::<T>();
        self.push_verify(T::DEFINITION.name, row.into().uuid(), column.name());
    }

    /// Lets the transaction conflict unless the row is still there.
    pub fn verify_row<T: Table>(&mut self, row: impl Into<Ref<T>>) {
        self.hold_verify::<T>();
        self.push_verify_row(T::DEFINITION.name, row.into().uuid());
    }

    /// Lets the transaction conflict unless no row meets every clause, as when a name is to be
    /// taken that nobody may have.
    pub fn verify_none<T: Table>(&mut self, clauses: impl IntoIterator<Item = Clause<T>>) {
        self.hold_verify::<T>();
        let conditions = clauses.into_iter().map(Condition::from).collect();
        self.push_verify_none(T::DEFINITION.name, conditions);
    }

    fn hold_table<T: Table>(&mut self, verb: Verb) {
        let place = self.place(verb, T::DEFINITION.name, None);
        self.hold_database(&place, T::DEFINITION.database);
    }

    fn hold_verify<T: Table>(&mut self) {
        let place = Place::Verify {
            table: T::DEFINITION.name.into(),
            row: None,
        };
        self.hold_database(&place, T::DEFINITION.database);
    }
}

fn rows<T>(clauses: impl IntoIterator<Item = Clause<T>>) -> Which {
    Which::Where(clauses.into_iter().map(Condition::from).collect())
}

/// A row that is being inserted. It is inserted whether or not the reference is asked for.
#[derive(Debug)]
pub struct Insert<'t, T> {
    transaction: &'t mut Transaction,
    step: Step,
    reference: Ref<T>,
}

impl<T: Table> Insert<'_, T> {
    /// Sets a column.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the row is inserted already"
    )]
    pub fn set<V: ColumnValue>(self, column: Column<T, V>, value: impl IntoValue<V>) -> Self {
        let row = Which::Row(self.reference.uuid());
        self.transaction
            .set(self.step, &row, column.name(), value.into_datum());
        self
    }

    /// The reference to the new row, as the module's documentation says of references.
    pub fn reference(self) -> Ref<T> {
        self.reference
    }

    /// The operation.
    pub fn step(&self) -> Step {
        self.step
    }
}

/// Rows whose columns are being set.
#[derive(Debug)]
pub struct Update<'t, T> {
    transaction: &'t mut Transaction,
    step: Step,
    rows: Which,
    marker: PhantomData<fn() -> T>,
}

impl<T: Table> Update<'_, T> {
    /// Sets a column.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the update is given already"
    )]
    pub fn set<V: ColumnValue>(self, column: Column<T, V>, value: impl IntoValue<V>) -> Self {
        self.put(column.name(), value.into_datum())
    }

    /// Empties a column that can be empty.
    #[expect(
        clippy::return_self_not_must_use,
        reason = "the update is given already"
    )]
    pub fn clear<V: ColumnValue>(self, column: Column<T, V>) -> Self {
        let empty = match column.definition().value {
            Some(_) => Datum::map([]),
            None => Datum::set([]),
        };
        self.put(column.name(), empty)
    }

    fn put(self, column: &str, value: Datum) -> Self {
        self.transaction.set(self.step, &self.rows, column, value);
        self
    }

    /// The operation.
    pub fn step(&self) -> Step {
        self.step
    }
}
