//! Transactions: what is to be changed, checked as it is put together, and read over a snapshot.
//!
//! A [`Transaction`] is handed to the closure of `Monitor::transaction` or `Client::transaction`;
//! it collects operations, becomes a [`Plan`] and sends nothing itself. A constraint that is broken is found when the
//! operation is given; the first one makes the transaction fail before anything is sent.
//!
//! # What is read inside
//!
//! [`Transaction::get`], [`Transaction::rows`] and the readers of [`DynamicTable`] show the
//! snapshot with the changes that this transaction made **to rows by their reference** laid over
//! it: inserts (columns that were not given hold their default), updates, mutations whose
//! arithmetic does not fail, and deletes.
//! They do not show what operations *by condition* (`…_where`) do, which rows the server will take
//! away because nothing refers to them any more, or which weak references it will clear. Columns
//! that are not replicated read as their default.
//!
//! # References to new rows
//!
//! An insert gives a [`Ref`](crate::table::Ref) at once, which any other operation of the
//! transaction can use, before or after. By default the client chooses the row's UUID (`uuid` of
//! ovsdb-server(7), servers since OVS 2.13), so the reference holds after the commit as well, and
//! what became of a transaction whose connection was lost can be found out. With [`Naming::Named`]
//! the server chooses (`uuid-name` of RFC 7047 §5.2.1), and what the commit gives translates the
//! reference.
//!
//! **Source**: RFC 7047 §5.2; `ovsdb_idl_txn` of the C client for `verify` and for what counts as
//! no change.

mod check;
mod constraint;
mod dynamic;
mod effect;
mod overlay;
mod place;
mod plan;
mod typed;

use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

pub(crate) use self::check::taken;
pub use self::constraint::{ConstraintError, Problem};
pub use self::dynamic::{DynamicTable, Which};
use self::overlay::Overlay;
pub use self::place::{Place, Step, Verb};
pub use self::plan::{Plan, Refusal};
pub use self::typed::{Insert, Update};
use crate::operation::{Columns, Condition, Mutation, Operation, UUID_COLUMN, Until, Wait};
use crate::replica::Snapshot;
use crate::schema::{ColumnSchema, DatabaseSchema, TableSchema};
use crate::value::{Datum, Kind};

/// Who chooses the UUIDs of new rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Naming {
    /// The client. Servers before OVS 2.13 refuse such inserts.
    #[default]
    Chosen,
    /// The server; within the transaction the rows go by names.
    Named,
}

/// The operations of one transaction, as they are put together.
#[derive(Debug)]
pub struct Transaction {
    schema: Arc<DatabaseSchema>,
    overlay: Overlay,
    naming: Naming,
    /// Gives UUIDs that were never given before.
    fresh: fn() -> Uuid,
    asserts: Vec<Box<str>>,
    guards: Vec<Guard>,
    steps: Vec<(Operation, Place)>,
    /// The rows inserted, in their order.
    inserted: Vec<Inserted>,
    comments: Vec<String>,
    durable: bool,
    aborts: bool,
    fault: Option<ConstraintError>,
}

/// A test that what was read still holds.
#[derive(Clone, Debug)]
struct Guard {
    wait: Wait,
    place: Place,
}

/// A row that a transaction inserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inserted {
    /// The operation.
    pub step: Step,
    /// The table.
    pub table: Box<str>,
    /// The UUID that its references hold until the commit.
    pub uuid: Uuid,
    /// Whether that is its UUID for good.
    pub chosen: bool,
    /// Whether it was chosen for this attempt, so that nobody else can have a row of it.
    pub fresh: bool,
}

impl Transaction {
    /// A transaction without operations, for programs with a runtime of their own; `fresh` gives
    /// UUIDs that were never given before.
    pub fn new(
        schema: Arc<DatabaseSchema>,
        base: Option<Snapshot>,
        naming: Naming,
        fresh: fn() -> Uuid,
    ) -> Self {
        Self {
            schema,
            overlay: Overlay::new(base),
            naming,
            fresh,
            asserts: Vec::new(),
            guards: Vec::new(),
            steps: Vec::new(),
            inserted: Vec::new(),
            comments: Vec::new(),
            durable: false,
            aborts: false,
            fault: None,
        }
    }

    /// The snapshot as it was before this transaction; `None` for one without a monitor.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        self.overlay.base()
    }

    /// The server's schema.
    pub fn schema(&self) -> &DatabaseSchema {
        &self.schema
    }

    /// Whether everything so far keeps the constraints that can be checked here.
    ///
    /// # Errors
    /// The first [`ConstraintError`]; without asking, the transaction fails with it in the end.
    pub fn check(&self) -> Result<(), ConstraintError> {
        match &self.fault {
            Some(fault) => Err(fault.clone()),
            None => Ok(()),
        }
    }

    /// A table by its name, for schemas that are known only when the program runs.
    pub fn table<'t>(&'t mut self, name: &str) -> DynamicTable<'t> {
        DynamicTable::new(self, name)
    }

    /// Leaves a note in the server's log, where it has something to log. Several become one, a line
    /// each.
    pub fn comment(&mut self, comment: impl Into<String>) {
        self.comments.push(comment.into());
    }

    /// Asks for the transaction to be on disk before the reply.
    pub fn durable(&mut self) {
        self.durable = true;
    }

    /// Makes the transaction a rehearsal: the server tries every operation and undoes them.
    ///
    /// What is tested at the commit only is not rehearsed: references, indexes, the number of rows.
    pub fn abort(&mut self) {
        self.aborts = true;
    }

    /// Lets the transaction fail unless the client holds the lock of this name.
    ///
    /// `Transact::lock` of a transaction under way takes a lock as such, and does not even try
    /// while it is not held.
    pub fn assert(&mut self, lock: &str) {
        if self.asserts.iter().all(|known| **known != *lock) {
            self.asserts.push(lock.into());
        }
    }

    fn refuse(&mut self, place: Place, column: Option<Box<str>>, problem: Problem) {
        self.fault.get_or_insert(ConstraintError {
            place,
            column,
            problem,
        });
    }

    /// Runs a check and takes note of what it finds; whether it found nothing.
    fn hold(
        &mut self,
        place: &Place,
        check: impl FnOnce(&TableSchema) -> Result<(), check::Fault>,
    ) -> bool {
        let (Place::Step { table, .. } | Place::Verify { table, .. }) = place else {
            return true;
        };
        let found = match self.schema.table(table) {
            Some(table) => check(table),
            None => Err((None, Problem::TableAbsent)),
        };
        match found {
            Ok(()) => true,
            Err((column, problem)) => {
                self.refuse(place.clone(), column, problem);
                false
            }
        }
    }

    /// Whether a generated table of this database is meant.
    fn hold_database(&mut self, place: &Place, database: &str) {
        if *database != *self.schema.name {
            let problem = Problem::OtherDatabase {
                table: database.into(),
                database: self.schema.name.clone(),
            };
            self.refuse(place.clone(), None, problem);
        }
    }

    fn place(&self, verb: Verb, table: &str, row: Option<Uuid>) -> Place {
        Place::Step {
            step: Step(self.steps.len()),
            verb,
            table: table.into(),
            row,
        }
    }

    fn push(&mut self, operation: Operation, place: Place) -> Step {
        let step = Step(self.steps.len());
        self.steps.push((operation, place));
        step
    }

    /// Adds a row; `chosen` is its UUID where the program says so.
    fn push_insert(&mut self, table: &str, chosen: Option<Uuid>) -> (Step, Uuid) {
        let place = self.place(Verb::Insert, table, None);
        self.hold(&place, |_| Ok(()));
        let uuid = chosen.unwrap_or_else(self.fresh);
        let is_chosen = chosen.is_some() || self.naming == Naming::Chosen;
        let operation = Operation::Insert {
            table: table.into(),
            row: Columns::new(),
            uuid: is_chosen.then_some(uuid),
            uuid_name: (!is_chosen).then(|| plan::name(uuid)),
        };
        let step = self.push(operation, place);
        self.inserted.push(Inserted {
            step,
            table: table.into(),
            uuid,
            chosen: is_chosen,
            fresh: is_chosen && chosen.is_none(),
        });
        self.overlay.insert(table, uuid);
        (step, uuid)
    }

    /// Sets columns of some rows; those are given by [`Transaction::set`].
    fn push_update(&mut self, table: &str, rows: &Which) -> Step {
        let place = self.place(Verb::Update, table, rows.row());
        self.hold_rows(&place, rows);
        let operation = Operation::Update {
            table: table.into(),
            conditions: rows.conditions(),
            row: Columns::new(),
        };
        self.push(operation, place)
    }

    /// Sets a column in the insert or update that was given last with this number.
    fn set(&mut self, step: Step, rows: &Which, name: &str, datum: Datum) {
        let Some((operation, place)) = self.steps.get(step.0) else {
            return;
        };
        let place = place.clone();
        let inserts = matches!(operation, Operation::Insert { .. });
        let kept = self.hold(&place, |table| {
            let column = check::column(table, name)?;
            changeable(column, inserts)
                .and_then(|()| taken(&column.column_type, &datum))
                .map_err(|problem| (Some(column.name.clone()), problem))
        });
        let Some((Operation::Insert { table, row, .. } | Operation::Update { table, row, .. }, _)) =
            self.steps.get_mut(step.0)
        else {
            return;
        };
        if kept {
            match rows {
                Which::Row(uuid) => self.overlay.set(table, *uuid, name, &datum),
                Which::Where(_) => self.overlay.set_opaque(),
            }
        }
        match row.iter_mut().find(|(column, _)| **column == *name) {
            Some((_, value)) => *value = datum,
            None => row.push((name.into(), datum)),
        }
    }

    fn push_mutate(&mut self, table: &str, rows: &Which, mutations: Vec<Mutation>) -> Step {
        let place = self.place(Verb::Mutate, table, rows.row());
        self.hold_rows(&place, rows);
        for mutation in &mutations {
            let kept = self.hold(&place, |table| check::mutation(table, mutation));
            match rows {
                Which::Row(uuid) if kept => self.overlay.mutate(table, *uuid, mutation),
                _ => self.overlay.set_opaque(),
            }
        }
        let operation = Operation::Mutate {
            table: table.into(),
            conditions: rows.conditions(),
            mutations,
        };
        self.push(operation, place)
    }

    fn push_delete(&mut self, table: &str, rows: &Which) -> Step {
        let place = self.place(Verb::Delete, table, rows.row());
        self.hold_rows(&place, rows);
        match rows {
            Which::Row(uuid) => self.overlay.delete(table, *uuid),
            Which::Where(_) => self.overlay.set_opaque(),
        }
        let operation = Operation::Delete {
            table: table.into(),
            conditions: rows.conditions(),
        };
        self.push(operation, place)
    }

    fn hold_rows(&mut self, place: &Place, rows: &Which) {
        match rows {
            Which::Row(_) => {
                self.hold(place, |_| Ok(()));
            }
            Which::Where(conditions) => {
                self.hold(place, |table| {
                    conditions
                        .iter()
                        .try_for_each(|condition| check::condition(table, condition))
                });
            }
        }
    }

    /// Makes sure that a column of a row still holds what the snapshot says.
    fn push_verify(&mut self, table: &str, uuid: Uuid, name: &str) {
        if self.inserted.iter().any(|row| row.uuid == uuid) {
            // Nobody else can know the row.
            return;
        }
        let place = Place::Verify {
            table: table.into(),
            row: Some(uuid),
        };
        let read = self.overlay.base().and_then(|base| base.table(table));
        let datum = match read.map(|rows| (rows.layout(), rows.get(uuid))) {
            Some((layout, Some(row))) => match row.value(layout, name) {
                Some(value) => Ok(value.to_datum()),
                None => Err(Problem::NotReplicated),
            },
            Some((_, None)) => Err(Problem::RowAbsent),
            None => Err(Problem::NotReplicated),
        };
        let kept = self.hold(&place, |table| {
            let column_type = &check::column(table, name)?.column_type;
            let value = column_type.value.as_ref();
            match &datum {
                Err(problem) => Err(problem.clone()),
                Ok(_) if column_type.key.kind == Kind::Real => Err(Problem::Inexact),
                Ok(_) if value.is_some_and(|value| value.kind == Kind::Real) => {
                    Err(Problem::Inexact)
                }
                Ok(_) => Ok(()),
            }
            .map_err(|problem| (Some(name.into()), problem))
        });
        if let (true, Ok(datum)) = (kept, datum) {
            let row = vec![(name.into(), datum)];
            self.push_guard(place, vec![Condition::row(uuid)], name, vec![row]);
        }
    }

    /// Makes sure that a row is still there.
    fn push_verify_row(&mut self, table: &str, uuid: Uuid) {
        if self.inserted.iter().any(|row| row.uuid == uuid) {
            return;
        }
        let place = Place::Verify {
            table: table.into(),
            row: Some(uuid),
        };
        if self.hold(&place, |_| Ok(())) {
            let name = UUID_COLUMN;
            let row = vec![(name.into(), Datum::scalar(uuid))];
            self.push_guard(place, vec![Condition::row(uuid)], name, vec![row]);
        }
    }

    /// Makes sure that no row meets the conditions.
    fn push_verify_none(&mut self, table: &str, conditions: Vec<Condition>) {
        let place = Place::Verify {
            table: table.into(),
            row: None,
        };
        let kept = self.hold(&place, |table| {
            conditions
                .iter()
                .try_for_each(|condition| check::condition(table, condition))
        });
        if kept {
            let name = UUID_COLUMN;
            self.push_guard(place, conditions, name, Vec::new());
        }
    }

    fn push_guard(
        &mut self,
        place: Place,
        conditions: Vec<Condition>,
        column: &str,
        rows: Vec<Columns>,
    ) {
        let (Place::Verify { table, .. } | Place::Step { table, .. }) = &place else {
            return;
        };
        let wait = Wait {
            table: table.clone(),
            conditions,
            columns: Some(vec![column.into()]),
            until: Until::Equal,
            rows,
            timeout: Some(Duration::ZERO),
        };
        if self.guards.iter().all(|guard| guard.wait != wait) {
            self.guards.push(Guard { wait, place });
        }
    }
}

/// Whether a column may be set.
fn changeable(column: &ColumnSchema, inserts: bool) -> Result<(), Problem> {
    if column.mutable || inserts {
        Ok(())
    } else {
        Err(Problem::Immutable)
    }
}
