//! Steps: the parts of a file that change rows, in the order in which they do.

use std::collections::VecDeque;
use std::vec;

use uuid::Uuid;

use crate::dbfile::record::Record;
use crate::update::Update;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileKind {
    /// The log of a standalone (or active-backup) database, or what `ovsdb-client backup` made.
    Standalone,
    /// The log of a cluster's member.
    Clustered,
    /// The output of `ovsdb-client dump -f json`.
    Dump,
}

/// Where a transaction stands in a cluster's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RaftPosition {
    /// The term of the leader that wrote it.
    pub term: u64,
    /// Its index, the same on all members.
    pub index: u64,
    /// Its ID, the same on all members; clients know it as the last transaction ID of
    /// `monitor_cond_since`.
    pub eid: Uuid,
    /// Whether the file says that it was committed.
    pub committed: bool,
}

/// A step of a file's history, not yet read.
#[derive(Debug)]
pub(crate) struct Step<'f> {
    /// How many sound records stand before the one that holds it.
    pub(crate) record: usize,
    /// Where that record begins and ends.
    pub(crate) offset: usize,
    pub(crate) end: usize,
    pub(crate) raft: Option<RaftPosition>,
    pub(crate) body: Body<'f>,
}

/// What a step does.
#[derive(Debug)]
pub(crate) enum Body<'f> {
    /// Changes rows: an object of tables.
    Transaction(&'f str),
    /// Changes the schema, the rows or both: `[schema or null, transaction or null]`.
    Commit(&'f str),
    /// Brings all rows there are.
    Rows(Box<Update>),
}

/// The steps of a file that are still to be taken.
#[derive(Debug)]
pub(crate) enum Steps<'f> {
    /// Records that are transactions each; as many as a standalone log has, they are not turned
    /// into steps before their time.
    Records(vec::IntoIter<Record<'f>>),
    Listed(VecDeque<Step<'f>>),
}

impl<'f> Steps<'f> {
    pub(crate) fn next(&mut self) -> Option<Step<'f>> {
        match self {
            Self::Records(records) => records.next().map(|record| Step {
                record: record.number,
                offset: record.offset,
                end: record.end,
                raft: None,
                body: Body::Transaction(record.body),
            }),
            Self::Listed(steps) => steps.pop_front(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Records(records) => records.len(),
            Self::Listed(steps) => steps.len(),
        }
    }

    /// Takes no further step.
    pub(crate) fn clear(&mut self) {
        *self = Self::Listed(VecDeque::new());
    }

    /// Ends with the step of this transaction ID; false where there is none.
    pub(crate) fn end_with(&mut self, id: Uuid) -> bool {
        let Self::Listed(steps) = self else {
            return false;
        };
        let is = |step: &Step<'_>| step.raft.is_some_and(|raft| raft.eid == id);
        let at = steps.iter().position(is);
        steps.truncate(at.map_or(0, |at| at + 1));
        at.is_some()
    }
}
