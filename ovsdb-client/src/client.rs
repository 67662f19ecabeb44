//! The client: a cheap, cloneable handle to one connection.
//!
//! What a client may send is part of its type. A [`Client<ReadOnly>`] has no way to put a changing
//! operation into a message; a program that wants to write says so with [`ReadWrite`].
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::sync::Arc;
//!
//! use ovsdb_client::client::{Client, ReadOnly};
//! use ovsdb_client::schema::DatabaseLayout;
//!
//! let endpoint: ovsdb_client::endpoint::Endpoint = "unix:/run/ovn/ovnnb_db.sock".parse()?;
//! let client = Client::<ReadOnly>::connect(&endpoint).await?;
//! let schema = Arc::new(client.schema("OVN_Northbound").await?);
//! let monitor = client.monitor(Arc::new(DatabaseLayout::new(schema, &[])).into()).await?;
//! for table in monitor.snapshot().tables() {
//!     println!("{}: {} rows", table.layout().name, table.len());
//! }
//! # Ok(())
//! # }
//! ```

mod access;

use std::io;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot, watch};

pub use self::access::{Access, ReadOnly, ReadWrite};
pub use crate::connection::Lost;
use crate::connection::{self, Command};
use crate::dial::{Dial, Stream};
use crate::operation::{Outcome, OutcomeError, TransactError};
use crate::replica::Snapshot;
use crate::rpc::RemoteError;
use crate::schema::{DatabaseLayout, DatabaseSchema, SchemaError};
use crate::session::{MonitorError, MonitorRequest, SessionConfig};

/// A request failed.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum ClientError {
    /// No connection could be made. Trying again later may help.
    #[error("no connection could be made")]
    Dial(#[source] Arc<io::Error>),
    /// The connection was lost before the answer came. Asking again on a new one is safe.
    #[error("the connection was lost")]
    Lost(#[source] Lost),
    /// The connection was lost while a transaction that may change something was under way:
    /// whether it was carried out is not known, and sending it again could do it twice.
    #[error("the connection was lost and the transaction's outcome is unknown")]
    InDoubt(#[source] Lost),
    /// The server answered with an error.
    #[error("the server refused the request")]
    Remote(#[source] RemoteError),
    /// The server carried nothing of the transaction out.
    #[error("the transaction was refused")]
    Transact(#[from] TransactError),
    /// The monitor was refused or broke.
    #[error("the monitor failed")]
    Monitor(#[source] Arc<MonitorError>),
    /// The server's answer has an unknown form.
    #[error("the server's answer cannot be read")]
    Answer(#[source] Arc<dyn std::error::Error + Send + Sync>),
    /// The request has no JSON form; nothing was sent.
    #[error("the request cannot be sent")]
    Encode(#[source] Arc<serde_json::Error>),
}

impl From<OutcomeError> for ClientError {
    fn from(error: OutcomeError) -> Self {
        Self::Answer(Arc::new(error))
    }
}

impl From<SchemaError> for ClientError {
    fn from(error: SchemaError) -> Self {
        Self::Answer(Arc::new(error))
    }
}

/// A handle to one connection; clones share it. The connection closes when the last is dropped.
#[derive(Debug)]
pub struct Client<A: Access = ReadOnly> {
    commands: mpsc::Sender<Command<A::Operation>>,
    lost: watch::Receiver<Option<Lost>>,
}

impl<A: Access> Clone for Client<A> {
    fn clone(&self) -> Self {
        Self {
            commands: self.commands.clone(),
            lost: self.lost.clone(),
        }
    }
}

impl<A: Access> Client<A> {
    /// Connects and starts a task on the current tokio runtime that serves the connection.
    ///
    /// # Errors
    /// [`ClientError::Dial`] when no connection could be made.
    ///
    /// # Cancel safety
    /// Dropping the future gives the attempt up.
    pub async fn connect(dial: &impl Dial) -> Result<Self, ClientError> {
        let stream = dial
            .dial()
            .await
            .map_err(|error| ClientError::Dial(Arc::new(error)))?;
        Ok(Self::over(stream, &SessionConfig::default()))
    }

    /// Speaks OVSDB over a stream that is there already, in a task on the current tokio runtime.
    pub fn over(stream: Box<dyn Stream>, config: &SessionConfig) -> Self {
        let (commands, lost) = connection::spawn::<A::Operation>(stream, config);
        Self { commands, lost }
    }

    /// Why the connection was lost; `None` while it lives.
    pub fn lost(&self) -> Option<Lost> {
        self.lost.borrow().clone()
    }

    async fn why_lost(&self) -> Lost {
        let mut lost = self.lost.clone();
        match lost.wait_for(Option::is_some).await {
            Ok(lost) => lost.clone().unwrap_or(Lost::Closed),
            Err(_) => Lost::Closed,
        }
    }

    async fn send(&self, command: Command<A::Operation>) -> Result<(), ClientError> {
        match self.commands.send(command).await {
            Ok(()) => Ok(()),
            // Nothing was sent, so even a transaction is not in doubt.
            Err(_) => Err(ClientError::Lost(self.why_lost().await)),
        }
    }

    async fn call(
        &self,
        method: &'static str,
        params: Box<RawValue>,
    ) -> Result<Box<RawValue>, ClientError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Call {
            method,
            params,
            reply,
        })
        .await?;
        match answer.await {
            Ok(result) => result.map_err(ClientError::Remote),
            Err(_) => Err(ClientError::Lost(self.why_lost().await)),
        }
    }

    /// The names of the databases that the server holds, `_Server` included.
    ///
    /// # Errors
    /// [`ClientError`] when the connection is lost or the server refuses.
    ///
    /// # Cancel safety
    /// A late answer to a dropped future is passed over.
    pub async fn databases(&self) -> Result<Vec<String>, ClientError> {
        let params = encode(&[(); 0])?;
        decode(&self.call("list_dbs", params).await?)
    }

    /// The schema of a database.
    ///
    /// # Errors
    /// [`ClientError`] when the connection is lost, or the server has no such database.
    ///
    /// # Cancel safety
    /// A late answer to a dropped future is passed over.
    pub async fn schema(&self, database: &str) -> Result<DatabaseSchema, ClientError> {
        let params = encode(&[database])?;
        let schema = self.call("get_schema", params).await?;
        Ok(DatabaseSchema::parse(schema.get())?)
    }

    /// The UUID of the server process.
    ///
    /// # Errors
    /// [`ClientError`] when the connection is lost or the server refuses.
    ///
    /// # Cancel safety
    /// A late answer to a dropped future is passed over.
    pub async fn server_id(&self) -> Result<String, ClientError> {
        // The manual shows null for the parameters, on which a server closes the connection.
        let params = encode(&[(); 0])?;
        decode(&self.call("get_server_id", params).await?)
    }

    /// Carries out operations, whole or not at all.
    ///
    /// When the future resolves, snapshots of this client's monitors show what the transaction
    /// changed: the server sends a client's own update before the reply.
    ///
    /// # Errors
    /// [`ClientError::Transact`] when the server refused; [`ClientError::InDoubt`] when the
    /// connection was lost after operations that may change something were sent.
    ///
    /// # Cancel safety
    /// A dropped future does not take the transaction back.
    pub async fn transact(
        &self,
        database: &str,
        operations: Vec<A::Operation>,
    ) -> Result<Outcome, ClientError> {
        let count = operations.len();
        let (reply, answer) = oneshot::channel();
        self.send(Command::Transact {
            database: database.to_owned(),
            operations,
            reply,
        })
        .await?;
        match answer.await {
            Ok(Ok(result)) => {
                let result = result.map_err(ClientError::Remote)?;
                Ok(Outcome::decode(count, &result)??)
            }
            Ok(Err(error)) => Err(ClientError::Encode(Arc::new(error))),
            Err(_) => {
                let lost = self.why_lost().await;
                Err(if A::MAY_WRITE {
                    ClientError::InDoubt(lost)
                } else {
                    ClientError::Lost(lost)
                })
            }
        }
    }

    /// Replicates tables; resolves when all their rows are here.
    ///
    /// # Errors
    /// [`ClientError::Monitor`] when the server refuses; [`ClientError::Lost`] when the
    /// connection is lost.
    ///
    /// # Cancel safety
    /// Dropping the future cancels the monitor.
    pub async fn monitor(&self, request: MonitorRequest) -> Result<Monitor, ClientError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Monitor { request, reply }).await?;
        match answer.await {
            Ok(Ok(snapshots)) => Ok(Monitor { snapshots }),
            Ok(Err(error)) => Err(ClientError::Monitor(error)),
            Err(_) => Err(ClientError::Lost(self.why_lost().await)),
        }
    }
}

/// A replica that is kept up to date. Dropping it cancels the monitor.
#[derive(Clone, Debug)]
pub struct Monitor {
    snapshots: watch::Receiver<Snapshot>,
}

impl Monitor {
    /// The rows as of the last message, in constant time.
    pub fn snapshot(&self) -> Snapshot {
        self.snapshots.borrow().clone()
    }

    /// Waits for a snapshot newer than the last one this waited for.
    ///
    /// # Errors
    /// [`Stopped`] when there will be none: the connection is lost or the monitor broke.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn changed(&mut self) -> Result<Snapshot, Stopped> {
        self.snapshots.changed().await.map_err(|_| Stopped)?;
        Ok(self.snapshots.borrow_and_update().clone())
    }
}

/// A monitor will bring no more snapshots; [`Client::lost`] says whether the connection is to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the monitor has stopped")]
pub struct Stopped;

impl From<Arc<DatabaseLayout>> for MonitorRequest {
    fn from(layout: Arc<DatabaseLayout>) -> Self {
        Self {
            layout,
            tables: Vec::new(),
        }
    }
}

fn encode(params: &impl serde::Serialize) -> Result<Box<RawValue>, ClientError> {
    serde_json::value::to_raw_value(params).map_err(|error| ClientError::Encode(Arc::new(error)))
}

fn decode<T: DeserializeOwned>(json: &RawValue) -> Result<T, ClientError> {
    serde_json::from_str(json.get()).map_err(|error| ClientError::Answer(Arc::new(error)))
}
