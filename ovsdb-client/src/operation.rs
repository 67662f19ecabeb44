//! Operations: what a transaction asks of the server, and what the server says of each.
//!
//! **Source**: RFC 7047 §5.2; ovsdb-server(7) §5 for `assert`, `insert` with `uuid` and the
//! conditions beyond the RFC.

mod change;
mod clause;
mod condition;
mod encode;
mod mutation;
mod outcome;

use std::time::Duration;

use uuid::Uuid;

pub use self::change::{Change, Integers, Numbers};
pub use self::clause::{Clause, Ordered};
pub(crate) use self::condition::UUID_COLUMN;
pub use self::condition::{Condition, Function};
pub use self::mutation::{Mutation, Mutator};
pub use self::outcome::{OperationResult, Outcome, OutcomeError, TransactError};
use crate::value::Datum;

/// Columns with their values.
pub type Columns = Vec<(Box<str>, Datum)>;

/// One of the ten operations of a transaction.
///
/// **Shape**: every operation names its table itself; a transaction is an array of them that is
/// carried out whole or not at all.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Operation {
    /// Adds a row. Columns left out take their default.
    Insert {
        /// The table.
        table: Box<str>,
        /// The columns given.
        row: Columns,
        /// The row's UUID where the client chooses it (servers since OVS 2.13).
        uuid: Option<Uuid>,
        /// A name for the row within this transaction.
        uuid_name: Option<Box<str>>,
    },
    /// Reads rows.
    Select(Select),
    /// Sets columns of matching rows.
    Update {
        /// The table.
        table: Box<str>,
        /// Which rows; all where empty.
        conditions: Vec<Condition>,
        /// The columns given.
        row: Columns,
    },
    /// Changes columns of matching rows in place.
    Mutate {
        /// The table.
        table: Box<str>,
        /// Which rows; all where empty.
        conditions: Vec<Condition>,
        /// The changes.
        mutations: Vec<Mutation>,
    },
    /// Removes matching rows.
    Delete {
        /// The table.
        table: Box<str>,
        /// Which rows; all where empty.
        conditions: Vec<Condition>,
    },
    /// Goes on only when the rows are, or are not, as given.
    Wait(Wait),
    /// Asks for the transaction to be on disk before the reply.
    Commit {
        /// Whether it must be on disk.
        durable: bool,
    },
    /// Undoes the transaction, which makes it a rehearsal.
    Abort,
    /// Leaves a note in the log.
    Comment(Box<str>),
    /// Goes on only while the client holds the lock.
    Assert {
        /// The lock's name.
        lock: Box<str>,
    },
}

/// Reads rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Select {
    /// The table.
    pub table: Box<str>,
    /// Which rows; all where empty.
    pub conditions: Vec<Condition>,
    /// Which columns; `None` for all, `_uuid` and `_version` included.
    pub columns: Option<Vec<Box<str>>>,
}

/// Holds a transaction back until rows are, or are not, as given.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// The table.
    pub table: Box<str>,
    /// Which rows; all where empty.
    pub conditions: Vec<Condition>,
    /// Which columns are compared; `None` for all.
    pub columns: Option<Vec<Box<str>>>,
    /// Whether the rows must be these (`==`) or must not be (`!=`).
    pub until: Until,
    /// The rows.
    pub rows: Vec<Columns>,
    /// How long the server waits, in whole milliseconds; `None` for ever.
    /// With zero the test is made once.
    pub timeout: Option<Duration>,
}

/// What a [`Wait`] waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// The rows are as given.
    Equal,
    /// The rows are not as given.
    NotEqual,
}

/// The operations that change nothing; a read-only client can send no others.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ReadOperation {
    /// Reads rows.
    Select(Select),
    /// Fails the transaction at once unless the rows are, or are not, as given.
    /// The time-out of the [`Wait`] is sent as zero, whatever it says: a read never waits.
    Check(Wait),
    /// Leaves a note; without a change beside it nothing is written.
    Comment(Box<str>),
    /// Undoes the transaction.
    Abort,
}

impl From<ReadOperation> for Operation {
    fn from(operation: ReadOperation) -> Self {
        match operation {
            ReadOperation::Select(select) => Self::Select(select),
            ReadOperation::Check(wait) => Self::Wait(Wait {
                timeout: Some(Duration::ZERO),
                ..wait
            }),
            ReadOperation::Comment(comment) => Self::Comment(comment),
            ReadOperation::Abort => Self::Abort,
        }
    }
}
