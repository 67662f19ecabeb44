//! Dynamic tables: operations by name, for schemas that are known only when the program runs.

use uuid::Uuid;

use crate::operation::{Condition, Mutation};
use crate::row::Row;
use crate::schema::TableLayout;
use crate::transaction::{Step, Transaction};
use crate::value::Datum;

/// Which rows an operation is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Which {
    /// This one.
    Row(Uuid),
    /// Those that meet every condition; all rows where there is none.
    Where(Vec<Condition>),
}

impl Which {
    pub(crate) fn row(&self) -> Option<Uuid> {
        match self {
            Self::Row(uuid) => Some(*uuid),
            Self::Where(_) => None,
        }
    }

    pub(crate) fn conditions(&self) -> Vec<Condition> {
        match self {
            Self::Row(uuid) => vec![Condition::row(*uuid)],
            Self::Where(conditions) => conditions.clone(),
        }
    }
}

impl From<Uuid> for Which {
    fn from(uuid: Uuid) -> Self {
        Self::Row(uuid)
    }
}

impl From<Vec<Condition>> for Which {
    fn from(conditions: Vec<Condition>) -> Self {
        Self::Where(conditions)
    }
}

/// A table of a transaction, by its name.
#[derive(Debug)]
pub struct DynamicTable<'t> {
    transaction: &'t mut Transaction,
    name: Box<str>,
}

impl<'t> DynamicTable<'t> {
    pub(crate) fn new(transaction: &'t mut Transaction, name: &str) -> Self {
        Self {
            transaction,
            name: name.into(),
        }
    }

    /// The layout of the rows that are read here; `None` where the table is not replicated.
    pub fn layout(&self) -> Option<&TableLayout> {
        self.transaction.snapshot()?.layout().table(&self.name)
    }

    /// The row, this transaction's changes included.
    pub fn get(&self, uuid: Uuid) -> Option<&Row> {
        self.transaction.overlay.get(&self.name, uuid)
    }

    /// The rows, this transaction's changes included.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.transaction.overlay.rows(&self.name)
    }

    /// Adds a row and gives its UUID, as the module's documentation says of references.
    pub fn insert<'c>(&mut self, columns: impl IntoIterator<Item = (&'c str, Datum)>) -> Uuid {
        let (step, uuid) = self.transaction.push_insert(&self.name, None);
        for (column, value) in columns {
            self.transaction.set(step, &uuid.into(), column, value);
        }
        uuid
    }

    /// Sets columns.
    pub fn update<'c>(
        &mut self,
        rows: impl Into<Which>,
        columns: impl IntoIterator<Item = (&'c str, Datum)>,
    ) -> Step {
        let rows = rows.into();
        let step = self.transaction.push_update(&self.name, &rows);
        for (column, value) in columns {
            self.transaction.set(step, &rows, column, value);
        }
        step
    }

    /// Changes columns in place.
    pub fn mutate(&mut self, rows: impl Into<Which>, mutations: Vec<Mutation>) -> Step {
        self.transaction
            .push_mutate(&self.name, &rows.into(), mutations)
    }

    /// Removes rows.
    pub fn delete(&mut self, rows: impl Into<Which>) -> Step {
        self.transaction.push_delete(&self.name, &rows.into())
    }

    /// Lets the transaction conflict unless the column still holds what the snapshot says.
    pub fn verify(&mut self, uuid: Uuid, column: &str) {
        self.transaction.push_verify(&self.name, uuid, column);
    }

    /// Lets the transaction conflict unless the row is still there.
    pub fn verify_row(&mut self, uuid: Uuid) {
        self.transaction.push_verify_row(&self.name, uuid);
    }

    /// Lets the transaction conflict unless no row meets every condition.
    pub fn verify_none(&mut self, conditions: Vec<Condition>) {
        self.transaction.push_verify_none(&self.name, conditions);
    }
}
