//! What a transaction came to that did not succeed.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use thiserror::Error;
use uuid::Uuid;

use crate::client::{Access, Client, ClientError, Lost};
use crate::operation::{Condition, OperationResult, OutcomeError, ReadOperation, Select};
use crate::rpc::RemoteError;
use crate::transaction::{ConstraintError, Place, Plan};

/// A transaction did not succeed. Save for [`TransactionError::Unknown`] and
/// [`TransactionError::Canceled`], nothing of it was carried out.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TransactionError {
    /// The closure stopped it; nothing was sent.
    #[error("the transaction was stopped by its own closure")]
    Stopped(#[source] Box<dyn Error + Send + Sync>),
    /// It breaks a constraint that was checked here; nothing was sent. The same again will not do.
    #[error("the transaction breaks a constraint")]
    Constraint(#[from] ConstraintError),
    /// It breaks a constraint that only the server can check: a reference to no row, a second row
    /// of an index, a number that became too great. The same again will not do while the other rows
    /// are as they are.
    #[error("{place} breaks a constraint")]
    Violation {
        /// The operation, or the commit.
        place: Place,
        /// What the server said.
        #[source]
        error: RemoteError,
    },
    /// What was read had changed every time the server was to carry it out. To begin again is
    /// safe.
    #[error("other clients changed what was read, {attempts} times; last, {place}")]
    Conflict {
        /// How often the closure ran.
        attempts: u32,
        /// The check that failed last.
        place: Place,
    },
    /// This client does not have the lock. To begin again is safe once it has.
    #[error("lock {lock} is not held")]
    NotLocked {
        /// The lock's name.
        lock: Box<str>,
    },
    /// The server refused it for another reason, such as missing permission.
    #[error("{place} was refused")]
    Refused {
        /// The operation, or the commit.
        place: Place,
        /// What the server said.
        #[source]
        error: RemoteError,
    },
    /// The server cancelled it, as it does while it converts the database.
    ///
    /// A standalone server carried nothing out. In a cluster, a write that was under way between
    /// the members may still be: there it is as good as [`TransactionError::Unknown`].
    #[error("the server cancelled the transaction")]
    Canceled(#[source] InDoubt),
    /// The deadline came before anything was sent. To begin again is safe.
    #[error("no server took the transaction in time")]
    Expired,
    /// Whether it was carried out is not known; to begin again could do it twice.
    #[error("the transaction's outcome is unknown")]
    Unknown(#[source] InDoubt),
    /// There is no connection, or what was asked cannot be said; nothing was sent.
    #[error("the transaction could not be sent")]
    Unsent(#[from] ClientError),
}

/// The tags of errors that a transaction's own content causes.
const CONSTRAINTS: [&str; 7] = [
    "constraint violation",
    "referential integrity violation",
    "domain error",
    "range error",
    "duplicate uuid",
    "duplicate uuid-name",
    "ovsdb error",
];

impl TransactionError {
    pub(crate) fn stopped(stop: Stop) -> Self {
        Self::Stopped(stop.0)
    }

    pub(crate) fn refused(place: Place, error: RemoteError) -> Self {
        if CONSTRAINTS.contains(&error.tag.as_str()) {
            Self::Violation { place, error }
        } else {
            Self::Refused { place, error }
        }
    }

    /// Whether the same closure may simply be run again: nothing was carried out, and it may well
    /// succeed.
    pub fn may_repeat(&self) -> bool {
        matches!(
            self,
            Self::Conflict { .. }
                | Self::NotLocked { .. }
                | Self::Expired
                | Self::Unsent(ClientError::Lost(_))
        )
    }
}

/// Why a closure stops its transaction: any error, by `?`, or words.
#[derive(Debug)]
pub struct Stop(Box<dyn Error + Send + Sync>);

impl Stop {
    /// Stops for the reason given.
    pub fn because(reason: impl Into<String>) -> Self {
        Self(reason.into().into())
    }
}

impl<E: Error + Send + Sync + 'static> From<E> for Stop {
    fn from(error: E) -> Self {
        Self(Box::new(error))
    }
}

/// A transaction of which it is not known whether it was carried out.
#[derive(Clone, Debug)]
pub struct InDoubt {
    /// The database.
    database: Box<str>,
    /// The rows that it would have inserted, where the client chose their UUIDs.
    inserted: Vec<(Box<str>, Uuid)>,
    /// Why it is not known.
    pub cause: Doubt,
}

/// Why it is not known whether a transaction was carried out.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Doubt {
    /// The connection was lost before the reply came.
    Lost(Lost),
    /// The deadline came before the reply.
    Expired,
    /// The server cancelled it.
    Canceled,
    /// The server refused it as if it had been carried out before, which it may have been: a member
    /// of a cluster that loses its leader sends a transaction again by itself.
    Repeated,
    /// The reply cannot be read.
    Unreadable(Arc<OutcomeError>),
}

/// What became of a transaction that was in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// It was carried out: a row that it inserted is there.
    Committed,
    /// None of its rows is there. Either it was not carried out, or someone has deleted them since.
    /// In a cluster a write can also still be under way.
    Absent,
    /// It inserted no row whose UUID the client chose, by which it could be told.
    Undecidable,
}

impl InDoubt {
    pub(crate) fn new(database: &str, plan: &Plan, cause: Doubt) -> Self {
        let chosen = plan.inserted.iter().filter(|row| row.chosen);
        Self {
            database: database.into(),
            inserted: chosen.map(|row| (row.table.clone(), row.uuid)).collect(),
            cause,
        }
    }

    /// The rows that it would have inserted, table and UUID, where the client chose their UUIDs.
    pub fn inserted(&self) -> &[(Box<str>, Uuid)] {
        &self.inserted
    }

    /// Looks whether the rows that it would have inserted are there. A client that lost its
    /// connection waits for the next one.
    ///
    /// # Errors
    /// [`ClientError`] when the server cannot be asked.
    ///
    /// # Cancel safety
    /// Dropping the future changes nothing.
    pub async fn resolve<A>(&self, client: &Client<A>) -> Result<Resolution, ClientError>
    where
        A: Access<Operation: From<ReadOperation>>,
    {
        if self.inserted.is_empty() {
            return Ok(Resolution::Undecidable);
        }
        let selects = self.inserted.iter().map(|(table, uuid)| {
            let select = ReadOperation::Select(Select {
                table: table.clone(),
                conditions: vec![Condition::row(*uuid)],
                columns: Some(Vec::new()),
            });
            select.into()
        });
        let outcome = client.transact(&self.database, selects.collect()).await?;
        let found = outcome
            .results
            .iter()
            .any(|result| matches!(result, OperationResult::Rows(rows) if !rows.is_empty()));
        Ok(if found {
            Resolution::Committed
        } else {
            Resolution::Absent
        })
    }
}

impl fmt::Display for InDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.cause {
            Doubt::Lost(_) => "the connection was lost before the reply came",
            Doubt::Expired => "the deadline came before the reply",
            Doubt::Canceled => "it was cancelled while it was under way",
            Doubt::Repeated => "it was refused as if it had been carried out before",
            Doubt::Unreadable(_) => "the reply cannot be read",
        })
    }
}

impl Error for InDoubt {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.cause {
            Doubt::Lost(lost) => Some(lost),
            Doubt::Unreadable(error) => Some(error),
            Doubt::Expired | Doubt::Canceled | Doubt::Repeated => None,
        }
    }
}
