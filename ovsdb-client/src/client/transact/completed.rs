//! What a transaction gave.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::operation::OperationResult;
use crate::table::Ref;
use crate::transaction::{Plan, Step};

/// A transaction that came to a good end.
#[derive(Clone, Debug)]
pub struct Completed<V> {
    /// What the closure gave.
    pub value: V,
    /// How it ended.
    pub ending: Ending,
    /// How often the closure ran.
    pub attempts: u32,
    results: Vec<OperationResult>,
    /// The UUIDs that the server chose, by those that stood for them.
    chosen: BTreeMap<Uuid, Uuid>,
}

/// How a transaction ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The server carried it out.
    Committed,
    /// Nothing was sent, since nothing would have changed in the snapshot.
    Unchanged,
    /// It was a rehearsal: the server tried every operation and undid them.
    Aborted,
}

impl<V> Completed<V> {
    pub(crate) fn unchanged(value: V, attempts: u32) -> Self {
        Self {
            value,
            ending: Ending::Unchanged,
            attempts,
            results: Vec::new(),
            chosen: BTreeMap::new(),
        }
    }

    pub(crate) fn new(
        value: V,
        ending: Ending,
        attempts: u32,
        plan: &Plan,
        results: Vec<OperationResult>,
    ) -> Self {
        let chosen = plan
            .inserted
            .iter()
            .filter_map(|row| match results.get(row.step.number()) {
                Some(OperationResult::Inserted(uuid)) => Some((row.uuid, *uuid)),
                _ => None,
            })
            .collect();
        Self {
            value,
            ending,
            attempts,
            results,
            chosen,
        }
    }

    /// What the operation gave; `None` when nothing was sent, and when a member of a cluster carried
    /// the transaction out but lost the answer.
    pub fn result(&self, step: Step) -> Option<&OperationResult> {
        self.results.get(step.number())
    }

    /// How many rows an update, mutation or deletion matched, changed or not. A row that another
    /// client deleted meanwhile does not match.
    pub fn count(&self, step: Step) -> Option<u64> {
        match self.result(step)? {
            OperationResult::Count(count) => Some(*count),
            _ => None,
        }
    }

    /// The row behind a reference that an insert gave; the same where the client chose it.
    #[must_use]
    pub fn reference<T>(&self, reference: Ref<T>) -> Ref<T> {
        Ref::new(self.uuid(reference.uuid()))
    }

    /// The row behind a UUID that an insert gave; the same where the client chose it.
    #[must_use]
    pub fn uuid(&self, uuid: Uuid) -> Uuid {
        self.chosen.get(&uuid).copied().unwrap_or(uuid)
    }
}
