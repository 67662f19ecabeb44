//! Monitors: the rows of a replicated database, kept up to date.

use thiserror::Error;
use tokio::sync::{oneshot, watch};

use crate::changes::{ChangeStream, Overflow, TypedStream};
use crate::client::{Access, Client, ClientError, ReadOnly};
use crate::connection::Command;
use crate::operation::Condition;
use crate::replica::Snapshot;
use crate::session::MonitorId;
use crate::table::Table;

/// A replicated database. When the last handle of it is dropped, the server is told to stop with
/// the next update that it sends.
#[derive(Debug)]
pub struct Monitor<A: Access = ReadOnly> {
    id: MonitorId,
    snapshots: watch::Receiver<Snapshot>,
    client: Client<A>,
}

impl<A: Access> Clone for Monitor<A> {
    fn clone(&self) -> Self {
        Self {
            id: self.id,
            snapshots: self.snapshots.clone(),
            client: self.client.clone(),
        }
    }
}

impl<A: Access> Monitor<A> {
    pub(crate) fn new(
        id: MonitorId,
        snapshots: watch::Receiver<Snapshot>,
        client: Client<A>,
    ) -> Self {
        Self {
            id,
            snapshots,
            client,
        }
    }

    /// The client it belongs to.
    pub fn client(&self) -> &Client<A> {
        &self.client
    }

    /// The rows as of the last message, in constant time.
    ///
    /// While the connection is lost they stay as they were.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshots.borrow().clone()
    }

    /// Waits for a snapshot newer than the last one this waited for.
    ///
    /// # Errors
    /// [`Stopped`] when there will be none: the session has ended or the monitor broke.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn changed(&mut self) -> Result<Snapshot, Stopped> {
        self.snapshots.changed().await.map_err(|_| Stopped)?;
        Ok(self.snapshots.borrow_and_update().clone())
    }

    /// The changes of the whole database, beginning with all rows.
    ///
    /// # Errors
    /// [`ClientError::Lost`] when the session has ended.
    ///
    /// # Cancel safety
    /// Dropping the future makes no stream.
    pub async fn changes(&self, overflow: Overflow) -> Result<ChangeStream, ClientError> {
        self.subscribe(None, overflow).await
    }

    /// The changes of the table called `table`, beginning with all its rows.
    ///
    /// # Errors
    /// [`ClientError::Lost`] when the session has ended.
    ///
    /// # Cancel safety
    /// Dropping the future makes no stream.
    pub async fn changes_of(
        &self,
        table: &str,
        overflow: Overflow,
    ) -> Result<ChangeStream, ClientError> {
        self.subscribe(Some(table.into()), overflow).await
    }

    /// The changes of a generated table with typed rows, beginning with all of them. While the
    /// listener is slow, changes become one batch with their net effect.
    ///
    /// # Errors
    /// [`ClientError::Lost`] when the session has ended.
    ///
    /// # Cancel safety
    /// Dropping the future makes no stream.
    pub async fn typed_changes<T: Table>(&self) -> Result<TypedStream<T>, ClientError> {
        let table = T::DEFINITION.name.into();
        let changes = self.subscribe(Some(table), Overflow::Coalesce).await?;
        Ok(TypedStream::new(changes))
    }

    async fn subscribe(
        &self,
        table: Option<Box<str>>,
        overflow: Overflow,
    ) -> Result<ChangeStream, ClientError> {
        let (subscriber, stream) = ChangeStream::new(table, overflow);
        self.client
            .send(Command::Subscribe {
                monitor: self.id,
                subscriber,
            })
            .await?;
        Ok(stream)
    }

    /// Chooses other rows of a table from now on; resolves when they are here.
    ///
    /// A row must meet one of the conditions; with none, all rows come. A table that was not
    /// followed is from now on, and so are columns that the conditions name: all rows are asked
    /// for anew then, and those that were here make no change.
    ///
    /// # Errors
    /// [`ClientError::Monitor`] when the server refuses the conditions, which ends the monitor;
    /// [`ClientError::Lost`] when the session has ended.
    ///
    /// # Cancel safety
    /// Dropping the future does not take the conditions back.
    pub async fn set_conditions(
        &self,
        table: &str,
        conditions: Vec<Condition>,
    ) -> Result<(), ClientError> {
        let (reply, done) = oneshot::channel();
        self.client
            .send(Command::SetConditions {
                monitor: self.id,
                table: table.to_owned(),
                conditions,
                reply,
            })
            .await?;
        match done.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(ClientError::Monitor(error)),
            Err(_) => Err(ClientError::Lost(self.client.why_lost())),
        }
    }
}

/// A monitor will bring no more snapshots; [`Client::lost`] says why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the monitor has stopped")]
pub struct Stopped;
