//! Commands: what the handles of a client ask of its actor.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use tokio::sync::{oneshot, watch};

use crate::changes::{MonitorReply, Subscriber};
use crate::connection::Lost;
use crate::dial::Dial;
use crate::operation::Condition;
use crate::rpc::RemoteError;
use crate::session::{Interest, LockStatus, MonitorError, MonitorId};

/// What a client asks of the actor.
pub(crate) enum Command<O> {
    /// A method other than a transaction.
    Call {
        method: &'static str,
        params: Box<RawValue>,
        reply: Reply,
    },
    /// A transaction.
    Transact {
        database: String,
        operations: Vec<O>,
        /// What [`Command::Cancel`] calls it by.
        token: Token,
        reply: Reply,
    },
    /// Gives a transaction up; the answer is whether it may have been sent.
    Cancel {
        token: Token,
        reply: oneshot::Sender<bool>,
    },
    /// A lock; the answer is `None` when this client asked for it already.
    Lock {
        name: Box<str>,
        steals: bool,
        reply: oneshot::Sender<Option<LockWatch>>,
    },
    /// A lock to give back.
    Unlock { name: Box<str> },
    /// A database to replicate; the answer comes when all rows are here.
    Monitor {
        interest: Interest,
        reply: MonitorReply,
    },
    /// Other rows of a table; the answer comes when they are here.
    SetConditions {
        monitor: MonitorId,
        table: String,
        conditions: Vec<Condition>,
        reply: ConditionsReply,
    },
    /// A change stream.
    Subscribe {
        monitor: MonitorId,
        subscriber: Subscriber,
    },
    /// Another connection.
    Reconnect,
    /// Servers of any cluster and age will do again.
    ForgetCluster,
    /// Other servers.
    SetRemotes(Vec<Arc<dyn Dial>>),
}

/// The server's answer to a request.
pub(crate) type Answer = Result<Box<RawValue>, RemoteError>;
/// What came of a request: its answer, or why there is none.
pub(crate) type Reply = oneshot::Sender<Result<Answer, Failure>>;

/// Where it is told that the rows of conditions are here.
pub(crate) type ConditionsReply = oneshot::Sender<Result<(), Arc<MonitorError>>>;

/// Why a request has no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// It has no JSON form, and was not sent.
    Encode(serde_json::Error),
    /// It was not sent, and never will be.
    Unsent,
    /// It was sent, and the connection went.
    Unanswered(Lost),
}

/// Where a lock stands, or why the server refused it.
pub(crate) type LockWatch = watch::Receiver<Result<LockStatus, RemoteError>>;

/// A name for a transaction that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token(u64);

impl Token {
    /// A name that was not given before.
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// The parameters of `transact`: the database and then each operation.
pub(crate) struct Transact<'a, O> {
    pub(crate) database: &'a str,
    pub(crate) operations: &'a [O],
}

impl<O: Serialize> Serialize for Transact<'_, O> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut params = serializer.serialize_seq(Some(1 + self.operations.len()))?;
        params.serialize_element(self.database)?;
        for operation in self.operations {
            params.serialize_element(operation)?;
        }
        params.end()
    }
}
