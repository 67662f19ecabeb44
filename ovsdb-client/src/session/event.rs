//! Events: what comes out of a session.

use serde_json::value::RawValue;

use crate::replica::{ChangeBatch, Snapshot};
use crate::rpc::RemoteError;
use crate::session::error::MonitorError;
use crate::session::lock::LockStatus;
use crate::session::remotes::Remote;
use crate::update::RowFault;

/// Which of the owner's requests an event answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub(crate) u64);

/// One of the session's replicated databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MonitorId(pub(crate) u64);

/// What came out of the conversation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// The state changed.
    State(State),
    /// A request was answered.
    Reply {
        /// The request.
        call: CallId,
        /// The result, or the error.
        result: Result<Box<RawValue>, RemoteError>,
    },
    /// A request was sent and the connection went before its answer came.
    Unanswered {
        /// The request.
        call: CallId,
    },
    /// A database has all its rows, or some of them changed.
    Replicated {
        /// Which database.
        monitor: MonitorId,
        /// The rows now.
        snapshot: Snapshot,
        /// What changed.
        batch: ChangeBatch,
        /// What of the message could not be read; everything else was.
        faults: Vec<RowFault>,
    },
    /// The rows of conditions that were set are here.
    Conditions {
        /// Which database.
        monitor: MonitorId,
        /// The number that [`set_conditions`](crate::session::Session::set_conditions) gave.
        set: u64,
    },
    /// A lock was granted, lost, or stolen by another client; or the server refuses it, and it is
    /// forgotten.
    Lock {
        /// The lock's name.
        name: Box<str>,
        /// Where it stands.
        status: Result<LockStatus, RemoteError>,
    },
    /// A database cannot be replicated, and is forgotten.
    MonitorFailed {
        /// Which database.
        monitor: MonitorId,
        /// Why.
        error: MonitorError,
    },
}

/// Where the session stands; see the module's picture.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// No connection; the next attempt comes after a wait.
    Waiting,
    /// A connection is being made.
    Dialling(Remote),
    /// A passive remote is waited for: the server calls.
    Listening(Remote),
    /// The server is asked whether it will do.
    Checking(Remote),
    /// The server answers requests and sends rows.
    Serving(Remote),
    /// The session is over.
    Closed,
}
