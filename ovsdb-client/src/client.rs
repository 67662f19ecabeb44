//! The client: a cheap, cloneable handle that keeps to one server at a time and finds the next.
//!
//! What a client may send is part of its type. A [`Client<ReadOnly>`] has no way to put a changing
//! operation into a message; a program that wants to write says so with [`ReadWrite`].
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use ovsdb_client::client::{Client, ReadOnly};
//! use ovsdb_client::session::Interest;
//!
//! let client = Client::<ReadOnly>::builder()
//!     .remotes("tcp:10.0.0.1:6641,tcp:10.0.0.2:6641")?
//!     .connect()
//!     .await?;
//! let monitor = client.monitor(Interest::everything("OVN_Northbound")).await?;
//! for table in monitor.snapshot().tables() {
//!     println!("{}: {} rows", table.layout().name, table.len());
//! }
//! # Ok(())
//! # }
//! ```

mod access;
mod builder;
mod error;
mod lock;
mod monitor;
mod read;
mod submit;
mod transact;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use tokio::sync::{oneshot, watch};

pub use self::access::{Access, ReadOnly, ReadWrite};
pub use self::builder::Builder;
pub use self::error::ClientError;
pub use self::lock::{Lock, LockError};
pub use self::monitor::{Monitor, Stopped};
pub use self::submit::Submitted;
pub use self::transact::{
    Completed, Doubt, Ending, InDoubt, RETRIES, Resolution, Stop, Transact, TransactionError,
};
pub use crate::connection::Lost;
use crate::connection::{Answer, Command, Failure, Handle, Token};
use crate::dial::Dial;
use crate::operation::Outcome;
use crate::schema::DatabaseSchema;
pub use crate::session::LockStatus;
use crate::session::{Interest, State};

/// How long the one attempt of [`Client::connect`] may take.
/// **Default and why**: 10 s; there is no other server to go to, and a host that drops packets
/// would otherwise hold the caller for minutes.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A handle to one session; clones share it. The connection closes when the last handle, monitors
/// included, is dropped.
pub struct Client<A: Access = ReadOnly> {
    handle: Handle<A::Operation>,
}

impl<A: Access> fmt::Debug for Client<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.handle.state.borrow();
        f.debug_struct("Client").field("state", &*state).finish()
    }
}

impl<A: Access> Clone for Client<A> {
    fn clone(&self) -> Self {
        Self {
            handle: self.handle.clone(),
        }
    }
}

impl<A: Access> Client<A> {
    /// Settings for a client.
    pub fn builder() -> Builder<A> {
        Builder::new()
    }

    /// Connects once, without making a lost connection anew.
    ///
    /// # Errors
    /// [`ClientError::Lost`] when no connection could be made.
    ///
    /// # Cancel safety
    /// Dropping the future gives the attempt up.
    pub async fn connect(dial: impl Dial) -> Result<Self, ClientError> {
        Self::builder()
            .dial(dial)
            .reconnect(false)
            .attempt(CONNECT_TIMEOUT)
            .connect()
            .await
    }

    /// Where the session stands, now and whenever it changes.
    pub fn state(&self) -> watch::Receiver<State> {
        self.handle.state.clone()
    }

    /// Why the last connection ended or could not be made; `None` while one serves.
    pub fn lost(&self) -> Option<Lost> {
        self.handle.lost.borrow().clone()
    }

    /// Gives the present connection up for another one.
    pub async fn reconnect(&self) {
        // When the actor is gone there is nothing to reconnect.
        let _ = self.handle.commands.send(Command::Reconnect).await;
    }

    /// Takes servers of any cluster, and with fewer rows than were seen before, from now on.
    ///
    /// A client keeps to the cluster it met first and never goes back in time: a server of another
    /// cluster, or with an older index, is left. After a restore from a backup that is all there
    /// is, and this is how to say so.
    pub async fn forget_cluster(&self) {
        let _ = self.handle.commands.send(Command::ForgetCluster).await;
    }

    /// Takes other servers from now on, in this order where they are not shuffled; a connection to one of them stays.
    pub async fn set_remotes(&self, dials: Vec<Arc<dyn Dial>>) {
        let _ = self.handle.commands.send(Command::SetRemotes(dials)).await;
    }

    fn why_lost(&self) -> Lost {
        self.lost().unwrap_or(Lost::Closed)
    }

    async fn send(&self, command: Command<A::Operation>) -> Result<(), ClientError> {
        match self.handle.commands.send(command).await {
            Ok(()) => Ok(()),
            Err(_) => Err(ClientError::Lost(self.why_lost())),
        }
    }

    /// Waits for what came of a request; `writes` says whether it may have changed something.
    async fn answer(
        &self,
        answer: impl Future<Output = Result<Result<Answer, Failure>, oneshot::error::RecvError>>,
        writes: bool,
    ) -> Result<Box<RawValue>, ClientError> {
        match answer.await {
            // The server only stopped following it: a commit under way may still complete.
            Ok(Ok(Err(error))) if writes && error.is_canceled() => {
                Err(ClientError::InDoubt(Lost::Canceled))
            }
            Ok(Ok(result)) => result.map_err(ClientError::Remote),
            Ok(Err(Failure::Encode(error))) => Err(ClientError::Encode(Arc::new(error))),
            Ok(Err(Failure::Unsent)) => Err(ClientError::Lost(self.why_lost())),
            Ok(Err(Failure::Unanswered(lost))) if writes => Err(ClientError::InDoubt(lost)),
            Ok(Err(Failure::Unanswered(lost))) => Err(ClientError::Lost(lost)),
            Err(_) if writes => Err(ClientError::InDoubt(self.why_lost())),
            Err(_) => Err(ClientError::Lost(self.why_lost())),
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
        self.answer(answer, false).await
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

    /// Asks the server for a sign of life.
    ///
    /// # Errors
    /// [`ClientError`] when the connection is lost.
    ///
    /// # Cancel safety
    /// A late answer to a dropped future is passed over.
    pub async fn echo(&self) -> Result<(), ClientError> {
        let params = encode(&[(); 0])?;
        self.call("echo", params).await.map(drop)
    }

    /// Carries out operations, whole or not at all.
    ///
    /// When the future resolves, snapshots of this client's monitors show what the transaction
    /// changed: the server sends a client's own update before the reply. Without a server the
    /// request waits for one; put a time-out round it where that must end.
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
            token: Token::new(),
            reply,
        })
        .await?;
        let result = self.answer(answer, A::MAY_WRITE).await?;
        Ok(Outcome::decode(count, &result)??)
    }

    /// Replicates a database; resolves when all rows are here.
    ///
    /// There is one monitor a database: a second interest in the same one widens the first, and
    /// both handles show the same rows.
    ///
    /// # Errors
    /// [`ClientError::Monitor`] when the server refuses; [`ClientError::Lost`] when the session
    /// has ended.
    ///
    /// # Cancel safety
    /// Dropping the future gives the interest up with the next update.
    pub async fn monitor(&self, interest: Interest) -> Result<Monitor<A>, ClientError> {
        let (reply, answer) = oneshot::channel();
        self.send(Command::Monitor { interest, reply }).await?;
        match answer.await {
            Ok(Ok((id, snapshots))) => Ok(Monitor::new(id, snapshots, self.clone())),
            Ok(Err(error)) => Err(ClientError::Monitor(error)),
            Err(_) => Err(ClientError::Lost(self.why_lost())),
        }
    }
}

fn encode(params: &impl serde::Serialize) -> Result<Box<RawValue>, ClientError> {
    serde_json::value::to_raw_value(params).map_err(|error| ClientError::Encode(Arc::new(error)))
}

fn decode<T: DeserializeOwned>(json: &RawValue) -> Result<T, ClientError> {
    serde_json::from_str(json.get()).map_err(|error| ClientError::Answer(Arc::new(error)))
}
