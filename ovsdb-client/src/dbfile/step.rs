//! Steps: the parts of a file that change rows, in the order in which they do.

use uuid::Uuid;

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
    Rows(Update),
}
