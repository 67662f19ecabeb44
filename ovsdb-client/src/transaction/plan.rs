//! Plans: a finished transaction as the operations to send, and what their results say of it.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::operation::{Condition, Mutation, Operation, OperationResult, TransactError};
use crate::transaction::place::Place;
use crate::transaction::{ConstraintError, Inserted, Problem, Transaction, check};
use crate::value::{Atom, Datum};

/// What the server says of a wait that is not met at once.
const TIMED_OUT: &str = "timed out";
/// What the server says of an assertion of a lock that the client does not hold.
const NOT_OWNER: &str = "not owner";
/// What the server says of an insert of a row that is there.
const DUPLICATE_UUID: &str = "duplicate uuid";
/// What the server says of an abort.
const ABORTED: &str = "aborted";

/// A transaction ready to be sent.
#[derive(Debug)]
pub struct Plan {
    /// What is to be sent.
    pub operations: Vec<Operation>,
    /// The rows to be inserted.
    pub inserted: Vec<Inserted>,
    /// Whether anything may change; where not, there is nothing to send.
    pub changes: bool,
    /// Whether the server will undo it all.
    pub rehearses: bool,
    /// Which operation each is.
    places: Vec<Place>,
    /// How many operations come before the program's own.
    before: usize,
    /// How many the program gave.
    steps: usize,
}

/// What a server's refusal means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It was a rehearsal, and every operation succeeded.
    Aborted,
    /// What was read does not hold any more.
    Conflict(Place),
    /// The client does not hold the lock.
    NotLocked(Box<str>),
    /// The server will not have it.
    Refused(Place),
}

impl Transaction {
    /// Ends the collecting.
    ///
    /// # Errors
    /// The first [`ConstraintError`].
    pub fn finish(mut self) -> Result<Plan, ConstraintError> {
        let inserts: Vec<(Place, BTreeSet<Box<str>>)> = self
            .steps
            .iter()
            .filter_map(|(operation, place)| match operation {
                Operation::Insert { row, .. } => {
                    let given = row.iter().map(|(column, _)| column.clone()).collect();
                    Some((place.clone(), given))
                }
                _ => None,
            })
            .collect();
        for (place, given) in inserts {
            self.hold(&place, |table| {
                check::defaults(table, |column| given.contains(column))
            });
        }
        if self.comments.iter().any(|comment| comment.contains('\0')) {
            self.refuse(Place::Comment, None, Problem::Nul);
        }
        self.check()?;
        Ok(self.plan())
    }

    fn plan(self) -> Plan {
        let changes = self.overlay.is_changed();
        let names: BTreeMap<Uuid, Box<str>> = self
            .inserted
            .iter()
            .filter(|row| !row.chosen)
            .map(|row| (row.uuid, name(row.uuid)))
            .collect();
        let steps = self.steps.len();
        let mut all: Vec<(Operation, Place)> = Vec::new();
        for lock in self.asserts {
            let place = Place::Assert { lock: lock.clone() };
            all.push((Operation::Assert { lock }, place));
        }
        for guard in self.guards {
            all.push((Operation::Wait(guard.wait), guard.place));
        }
        let before = all.len();
        for (mut operation, place) in self.steps {
            if !names.is_empty() {
                rename(&mut operation, &names);
            }
            all.push((operation, place));
        }
        if !self.comments.is_empty() {
            let comment = self.comments.join("\n");
            all.push((Operation::Comment(comment.into()), Place::Comment));
        }
        if self.durable {
            all.push((Operation::Commit { durable: true }, Place::Durable));
        }
        if self.aborts {
            all.push((Operation::Abort, Place::Abort));
        }
        let (operations, places) = all.into_iter().unzip();
        Plan {
            operations,
            inserted: self.inserted,
            changes,
            rehearses: self.aborts,
            places,
            before,
            steps,
        }
    }
}

impl Plan {
    /// Which operation the server means.
    fn place(&self, operation: Option<usize>) -> Place {
        operation
            .and_then(|number| self.places.get(number).cloned())
            .unwrap_or(Place::Commit)
    }

    /// What the server's refusal means.
    pub fn refusal(&self, error: &TransactError) -> Refusal {
        match (self.place(error.operation), error.error.tag.as_str()) {
            (Place::Abort, ABORTED) => Refusal::Aborted,
            (place @ Place::Verify { .. }, TIMED_OUT) => Refusal::Conflict(place),
            (Place::Assert { lock }, NOT_OWNER) => Refusal::NotLocked(lock),
            (place, _) => Refusal::Refused(place),
        }
    }

    /// Whether the server refused it because it had carried it out already: a row is there whose
    /// UUID was made for this attempt.
    pub fn is_repeated(&self, error: &TransactError) -> bool {
        let Place::Step { step, .. } = self.place(error.operation) else {
            return false;
        };
        let fresh = |row: &Inserted| row.fresh && row.step == step;
        error.error.tag == DUPLICATE_UUID && self.inserted.iter().any(fresh)
    }

    /// The results of the program's own operations, by [`crate::transaction::Step`].
    pub fn own(&self, results: Vec<OperationResult>) -> Vec<OperationResult> {
        let own = results.into_iter().skip(self.before);
        own.take(self.steps).collect()
    }
}

/// The name within the transaction of a row whose references hold this UUID.
pub(crate) fn name(uuid: Uuid) -> Box<str> {
    format!("row{}", uuid.simple()).into()
}

/// Puts names where references to new rows stand.
fn rename(operation: &mut Operation, names: &BTreeMap<Uuid, Box<str>>) {
    match operation {
        Operation::Insert { row, .. } => {
            row.iter_mut()
                .for_each(|(_, value)| rename_datum(value, names));
        }
        Operation::Update {
            row, conditions, ..
        } => {
            row.iter_mut()
                .for_each(|(_, value)| rename_datum(value, names));
            rename_conditions(conditions, names);
        }
        Operation::Mutate {
            conditions,
            mutations,
            ..
        } => {
            for Mutation { value, .. } in mutations {
                rename_datum(value, names);
            }
            rename_conditions(conditions, names);
        }
        Operation::Delete { conditions, .. } => rename_conditions(conditions, names),
        _ => {}
    }
}

fn rename_conditions(conditions: &mut [Condition], names: &BTreeMap<Uuid, Box<str>>) {
    for condition in conditions {
        if let Condition::Clause { value, .. } = condition {
            rename_datum(value, names);
        }
    }
}

fn rename_datum(datum: &mut Datum, names: &BTreeMap<Uuid, Box<str>>) {
    let rename = |atom: &mut Atom| {
        if let Atom::Uuid(uuid) = atom
            && let Some(name) = names.get(uuid)
        {
            *atom = Atom::NamedUuid(name.clone());
        }
    };
    match datum {
        Datum::Set(atoms) => atoms.iter_mut().for_each(rename),
        Datum::Map(pairs) => {
            for (key, value) in pairs {
                rename(key);
                rename(value);
            }
        }
    }
}
