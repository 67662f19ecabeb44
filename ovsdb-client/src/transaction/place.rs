//! Places: which operation of a transaction something is said of.

use std::fmt;

use uuid::Uuid;

/// The number of an operation, counted from 0 in the order in which the program gave them.
///
/// **Shape**: only what the program itself gave counts, not what the transaction adds to it, such
/// as checks and comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step(pub(crate) usize);

impl Step {
    /// The number, from 0.
    pub fn number(self) -> usize {
        self.0
    }
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verb {
    /// Adds a row.
    Insert,
    /// Sets columns.
    Update,
    /// Changes columns in place.
    Mutate,
    /// Removes rows.
    Delete,
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Insert => "insert into",
            Self::Update => "update of",
            Self::Mutate => "mutation of",
            Self::Delete => "deletion from",
        })
    }
}

/// Where in a transaction something went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// One of the operations that the program gave.
    Step {
        /// Its number.
        step: Step,
        /// What it does.
        verb: Verb,
        /// The table.
        table: Box<str>,
        /// The row, where it is about one.
        row: Option<Uuid>,
    },
    /// The test whether what the program read still holds.
    Verify {
        /// The table.
        table: Box<str>,
        /// The row, where it is about one.
        row: Option<Uuid>,
    },
    /// The test whether the client holds a lock.
    Assert {
        /// The lock's name.
        lock: Box<str>,
    },
    /// The comment.
    Comment,
    /// The demand to be on disk before the reply.
    Durable,
    /// The undoing that makes it a rehearsal.
    Abort,
    /// The commit, after every operation had succeeded.
    Commit,
    /// The transaction as a whole, before any operation was looked at.
    Whole,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = match self {
            Self::Step {
                step,
                verb,
                table,
                row,
            } => {
                write!(f, "operation {}, {verb} {table}", step.0)?;
                row
            }
            Self::Verify { table, row } => {
                write!(f, "the check of {table}")?;
                row
            }
            Self::Assert { lock } => return write!(f, "the assertion of lock {lock}"),
            Self::Comment => return f.write_str("the comment"),
            Self::Durable => return f.write_str("the demand for durability"),
            Self::Abort => return f.write_str("the abort"),
            Self::Commit => return f.write_str("the commit"),
            Self::Whole => return f.write_str("the transaction"),
        };
        match row {
            Some(row) => write!(f, " {row}"),
            None => Ok(()),
        }
    }
}
