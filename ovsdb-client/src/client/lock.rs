//! Locks: a name that a server gives to one client at a time.

use std::fmt;

use thiserror::Error;
use tokio::runtime;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::oneshot;

use crate::client::{Client, Lost, ReadWrite};
use crate::connection::{Command, Handle, LockWatch};
use crate::operation::Operation;
use crate::rpc::RemoteError;
use crate::session::LockStatus;

/// A lock that this client asked for; dropping it gives it back.
///
/// After a reconnect it is asked for again. What must happen under the lock goes into transactions
/// that assert it ([`crate::client::Transact::lock`]): between the look at the status and the
/// write, another client may have stolen it.
///
/// **Locks are each server's own**: in a cluster every member grants the same name. Let the client
/// keep to the leader ([`crate::session::Member::Leader`]), and remember that the leader can change.
///
/// **Source**: RFC 7047 §4.1.8 to §4.1.10 and §5.2.10.
pub struct Lock {
    name: Box<str>,
    status: LockWatch,
    handle: Handle<Operation>,
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status.borrow();
        f.debug_struct("Lock")
            .field("name", &self.name)
            .field("status", &*status)
            .finish_non_exhaustive()
    }
}

/// A lock is not to be had.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum LockError {
    /// The name is none: a letter or underscore, and then letters, digits and underscores.
    #[error("{0:?} is no name for a lock")]
    Name(Box<str>),
    /// The client has asked for this lock and not yet given it back.
    #[error("this client asked for lock {0} already")]
    Asked(Box<str>),
    /// The server refuses, as one does whose databases are read-only.
    #[error("the server refused the lock")]
    Refused(#[source] RemoteError),
    /// The session has ended.
    #[error("the connection was lost for good")]
    Lost(#[source] Lost),
}

impl Client<ReadWrite> {
    /// Asks for a lock; [`Lock::held`] waits until it is granted.
    ///
    /// A client that only reads has no use for one:
    ///
    /// ```compile_fail,E0599
    /// # use ovsdb_client::client::{Client, ReadOnly};
    /// # async fn example(client: Client<ReadOnly>) {
    /// client.lock("name").await;
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`LockError`] when the name is none, or this client asked for it already.
    ///
    /// # Cancel safety
    /// Dropping the future gives the lock back.
    pub async fn lock(&self, name: &str) -> Result<Lock, LockError> {
        self.ask(name, false).await
    }

    /// Takes a lock from whoever has it, who is told. After a reconnect it is asked for, not stolen,
    /// again.
    ///
    /// # Errors
    /// [`LockError`] when the name is none, or this client asked for it already.
    ///
    /// # Cancel safety
    /// Dropping the future gives the lock back.
    pub async fn steal(&self, name: &str) -> Result<Lock, LockError> {
        self.ask(name, true).await
    }

    async fn ask(&self, name: &str, steals: bool) -> Result<Lock, LockError> {
        if !is_name(name) {
            return Err(LockError::Name(name.into()));
        }
        let lost = || LockError::Lost(self.why_lost());
        let (reply, answer) = oneshot::channel();
        let command = Command::Lock {
            name: name.into(),
            steals,
            reply,
        };
        self.handle
            .commands
            .send(command)
            .await
            .map_err(|_| lost())?;
        let status = answer.await.map_err(|_| lost())?;
        let status = status.ok_or_else(|| LockError::Asked(name.into()))?;
        Ok(Lock {
            name: name.into(),
            status,
            handle: self.handle.clone(),
        })
    }
}

fn is_name(name: &str) -> bool {
    let mut letters = name.bytes();
    letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == b'_')
}

impl Lock {
    /// The lock's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it stands.
    ///
    /// # Errors
    /// [`LockError`] when it is not to be had any more.
    pub fn status(&self) -> Result<LockStatus, LockError> {
        let status = self.status.borrow().clone();
        match (status, self.status.has_changed()) {
            (Err(error), _) => Err(LockError::Refused(error)),
            (Ok(_), Err(_)) => Err(LockError::Lost(self.why_lost())),
            (Ok(status), Ok(_)) => Ok(status),
        }
    }

    /// Whether this client has it, as far as is known here.
    pub fn is_held(&self) -> bool {
        matches!(self.status(), Ok(LockStatus::Held))
    }

    /// Waits until this client has it.
    ///
    /// # Errors
    /// [`LockError`] when it is not to be had any more.
    ///
    /// # Cancel safety
    /// Dropping the future leaves the client in the queue.
    pub async fn held(&mut self) -> Result<(), LockError> {
        self.reach(|status| status == LockStatus::Held).await
    }

    /// Waits until this client does not have it: it was stolen, or the connection was lost.
    ///
    /// # Errors
    /// [`LockError`] when it is not to be had any more.
    ///
    /// # Cancel safety
    /// Dropping the future changes nothing.
    pub async fn lost(&mut self) -> Result<(), LockError> {
        self.reach(|status| status != LockStatus::Held).await
    }

    async fn reach(&mut self, wanted: impl Fn(LockStatus) -> bool) -> Result<(), LockError> {
        let reached = |status: &Result<LockStatus, RemoteError>| match status {
            Ok(status) => wanted(*status),
            Err(_) => true,
        };
        let status = self.status.wait_for(reached).await;
        match status.map(|status| status.clone()) {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(LockError::Refused(error)),
            Err(_) => Err(LockError::Lost(self.why_lost())),
        }
    }

    fn why_lost(&self) -> Lost {
        let lost = self.handle.lost.borrow().clone();
        lost.unwrap_or(Lost::Closed)
    }

    /// Where the lock stands, for a transaction that asserts it.
    pub(crate) fn watch(&self) -> LockWatch {
        self.status.clone()
    }

    /// Gives the lock back, or the place in the queue.
    pub fn unlock(self) {
        drop(self);
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if self.status.borrow().is_err() {
            // The server refused it: there is nothing to give back.
            return;
        }
        let unlock = Command::Unlock {
            name: self.name.clone(),
        };
        let commands = self.handle.commands.clone();
        // The queue is full only while the server takes nothing; then a task waits in our stead.
        if let Err(TrySendError::Full(unlock)) = commands.try_send(unlock)
            && let Ok(runtime) = runtime::Handle::try_current()
        {
            runtime.spawn(async move {
                let _ = commands.send(unlock).await;
            });
        }
    }
}
