//! The listener: accepts connections and pumps a session for each.

use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UnixListener};
use tokio::sync::{mpsc, watch};
use tokio::time;
use uuid::{Builder, Uuid};

use crate::dial::Stream;
use crate::replica::Snapshot;
use crate::serve::config::ServeConfig;
use crate::serve::database::{Database, DatabaseError, Databases};
use crate::serve::session::ServerSession;

/// How many bytes are read at once.
/// **Default and why**: 16 KiB; requests are small.
const READ_BYTES: usize = 16 * 1024;

/// How long a listener rests when it cannot accept.
/// **Default and why**: 100 ms; the usual cause is too many open files, which passes.
const ACCEPT_REST: Duration = Duration::from_millis(100);

/// A server of databases. Dropping it, or [`Server::stop`], ends its listeners and connections.
#[derive(Debug)]
pub struct Server {
    databases: Databases,
    config: ServeConfig,
    /// The databases' rows, each with a number that grows when they are published.
    rows: watch::Sender<Vec<(u64, Snapshot)>>,
    /// Dropped to end every task.
    running: watch::Sender<()>,
    /// Every task holds one, so that their end can be waited for.
    alive: mpsc::Sender<()>,
    gone: mpsc::Receiver<()>,
}

/// No connections can be accepted at an address.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ListenError {
    /// The address is not this host's own.
    #[error("{0} is no loopback address, and nothing here asks who connects")]
    Exposed(SocketAddr),
    /// The operating system refused.
    #[error("cannot listen on {place}")]
    Io {
        /// The path or address.
        place: String,
        /// Why not.
        #[source]
        cause: io::Error,
    },
}

/// Rows cannot be published. The fault is the caller's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PublishError {
    /// No such database is served.
    #[error("there is no database called {0}")]
    Unknown(String),
    /// The rows are of another layout than the database's.
    #[error("the rows are of another layout than those of {0} before")]
    Layout(String),
}

impl Server {
    /// A server of these databases, which listens nowhere yet.
    ///
    /// # Errors
    /// [`DatabaseError`] when two databases have one name.
    pub fn new(
        databases: impl IntoIterator<Item = Database>,
        config: ServeConfig,
    ) -> Result<Self, DatabaseError> {
        let databases = Databases::new(databases, random_uuid())?;
        let rows = databases
            .iter()
            .map(|database| (0, database.snapshot().clone()))
            .collect();
        let (alive, gone) = mpsc::channel(1);
        Ok(Self {
            databases,
            config,
            rows: watch::channel(rows).0,
            running: watch::channel(()).0,
            alive,
            gone,
        })
    }

    /// The databases, with the rows they began with.
    pub fn databases(&self) -> &Databases {
        &self.databases
    }

    /// Accepts connections on a unix socket, in a task on the current tokio runtime. The socket's
    /// file goes when the server ends; who may connect is up to the rights of its folder.
    ///
    /// # Errors
    /// [`ListenError::Io`] when the socket cannot be made, as when the path exists.
    pub fn listen_unix(&self, path: impl AsRef<Path>) -> Result<(), ListenError> {
        let path = path.as_ref();
        let failed = |cause| ListenError::Io {
            place: path.display().to_string(),
            cause,
        };
        let listener = UnixListener::bind(path).map_err(failed)?;
        let file = SocketFile(path.to_owned());
        let connections = self.connections();
        self.spawn(async move {
            let _file = file;
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => connections.spawn(stream),
                    Err(error) => rest(&error).await,
                }
            }
        });
        Ok(())
    }

    /// Accepts connections on a loopback address, in a task on the current tokio runtime, and
    /// gives the address with the port that was asked for or, for port 0, picked.
    ///
    /// # Errors
    /// [`ListenError::Exposed`] for any other address; [`ListenError::Io`] when the port is taken.
    ///
    /// # Cancel safety
    /// Dropping the future listens nowhere.
    pub async fn listen_tcp(&self, address: SocketAddr) -> Result<SocketAddr, ListenError> {
        if !address.ip().is_loopback() {
            return Err(ListenError::Exposed(address));
        }
        let failed = |cause| ListenError::Io {
            place: address.to_string(),
            cause,
        };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        let connections = self.connections();
        self.spawn(async move {
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => {
                        // Answers are small and each is waited for.
                        let _ = stream.set_nodelay(true);
                        connections.spawn(stream);
                    }
                    Err(error) => rest(&error).await,
                }
            }
        });
        Ok(bound)
    }

    /// Serves a connection that is there already, in a task on the current tokio runtime.
    pub fn serve(&self, stream: impl Stream) {
        self.connections().spawn(stream);
    }

    /// Takes the rows of a database as they are now; every client that watches them is told what
    /// changed. A client that reads slowly is told several changes as one.
    ///
    /// # Errors
    /// [`PublishError`] when there is no such database, or its rows are of another layout.
    pub fn publish(&self, database: &str, snapshot: Snapshot) -> Result<(), PublishError> {
        let number = self
            .databases
            .number(database)
            .ok_or_else(|| PublishError::Unknown(database.to_owned()))?;
        let layout = self.databases.list()[number].snapshot().layout();
        if layout != snapshot.layout() {
            return Err(PublishError::Layout(database.to_owned()));
        }
        self.rows.send_modify(|rows| {
            let version = rows[number].0 + 1;
            rows[number] = (version, snapshot);
        });
        Ok(())
    }

    /// Stops listening, closes every connection and resolves when all is done.
    ///
    /// # Cancel safety
    /// A dropped future has stopped the server; only its end is not waited for.
    pub async fn stop(self) {
        let Self {
            running,
            alive,
            mut gone,
            ..
        } = self;
        drop(running);
        drop(alive);
        // Nobody sends: the channel only ends.
        gone.recv().await;
    }

    fn connections(&self) -> Connections {
        Connections {
            databases: self.databases.clone(),
            config: self.config.clone(),
            rows: self.rows.subscribe(),
            running: self.running.subscribe(),
            alive: self.alive.clone(),
        }
    }

    /// Runs a task until it or the server ends.
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut running = self.running.subscribe();
        let alive = self.alive.clone();
        tokio::spawn(async move {
            tokio::select! {
                () = task => {}
                _ = running.changed() => {}
            }
            drop(alive);
        });
    }
}

/// The file of a unix socket, which goes with the listener.
struct SocketFile(PathBuf);

impl Drop for SocketFile {
    fn drop(&mut self) {
        // It may be gone already, and nothing is lost when it stays.
        let _ = fs::remove_file(&self.0);
    }
}

async fn rest(error: &io::Error) {
    tracing::warn!(%error, "a connection could not be accepted");
    time::sleep(ACCEPT_REST).await;
}

/// What each new connection needs.
#[derive(Clone)]
struct Connections {
    databases: Databases,
    config: ServeConfig,
    rows: watch::Receiver<Vec<(u64, Snapshot)>>,
    running: watch::Receiver<()>,
    alive: mpsc::Sender<()>,
}

impl Connections {
    fn spawn(&self, stream: impl Stream) {
        let mut connection = self.clone();
        tokio::spawn(async move {
            let ended = connection.run(stream).await;
            if let Err(error) = ended {
                tracing::debug!(%error, "a client's stream failed");
            }
            drop(connection.alive);
        });
    }

    async fn run(&mut self, stream: impl Stream) -> io::Result<()> {
        let (mut reader, mut writer) = tokio::io::split(stream);
        let mut session = ServerSession::new(self.databases.clone(), self.config.clone(), now());
        let mut published = vec![0; self.databases.list().len()];
        let mut buffer = vec![0; READ_BYTES];
        let mut unsent: Vec<u8> = Vec::new();
        let mut sent = 0;
        self.rows.mark_changed();
        loop {
            if sent == unsent.len() {
                unsent = session.poll_transmit(now()).unwrap_or_default();
                sent = 0;
            }
            let idle = unsent.is_empty();
            if idle && let Some(reason) = session.close_reason() {
                tracing::debug!(%reason, "a connection is closed");
                return writer.shutdown().await;
            }
            let deadline = session.poll_timeout();
            // As a real server, nothing is read from a client that does not read, and what changes
            // meanwhile is told as one.
            tokio::select! {
                written = writer.write(&unsent[sent..]), if !idle => sent += written?,
                read = reader.read(&mut buffer), if idle => match read? {
                    0 => return writer.shutdown().await,
                    bytes => {
                        // What changed before a request is told before it is answered.
                        self.publish(&mut session, &mut published);
                        session.handle_input(&buffer[..bytes], now());
                    }
                },
                changed = self.rows.changed(), if idle => match changed {
                    Ok(()) => self.publish(&mut session, &mut published),
                    Err(_) => return writer.shutdown().await,
                },
                () = wait_until(deadline), if idle => session.handle_timeout(now()),
                _ = self.running.changed() => return writer.shutdown().await,
            }
        }
    }

    /// Hands the session the rows that it does not know yet.
    fn publish(&mut self, session: &mut ServerSession, published: &mut [u64]) {
        let rows = self.rows.borrow_and_update().clone();
        let names = self.databases.iter().map(Database::name);
        for ((name, known), (version, snapshot)) in names.zip(published).zip(rows) {
            if *known != version {
                *known = version;
                session.publish(name, snapshot, now());
            }
        }
    }
}

/// The runtime's clock, which tests can hold still.
fn now() -> Instant {
    time::Instant::now().into_std()
}

async fn wait_until(deadline: Option<Instant>) {
    match deadline {
        Some(deadline) => time::sleep_until(deadline.into()).await,
        None => std::future::pending().await,
    }
}

/// A UUID that is another one for each server: the standard library's hasher has random keys.
fn random_uuid() -> Uuid {
    let [high, low] = [0u8, 1].map(|half| RandomState::new().hash_one(half));
    let random = u128::from(high) << 64 | u128::from(low);
    Builder::from_random_bytes(random.to_be_bytes()).into_uuid()
}
