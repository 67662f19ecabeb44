//! The connection: one actor that owns one stream and pumps one session.
//!
//! Everything that concerns the stream happens in this task, in the order of the wire. A new
//! snapshot is published before the reply that came after it is handed on.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Instant;

use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use thiserror::Error;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time;

use crate::dial::Stream;
use crate::replica::Snapshot;
use crate::rpc::RemoteError;
use crate::session::{
    CallId, Event, MonitorError, MonitorId, MonitorRequest, Session, SessionConfig, SessionError,
};

/// How many commands wait for the actor before a sender waits too.
/// **Default and why**: 64; the actor never blocks on anything but the stream, so more would only
/// hide a slow server.
const COMMANDS: usize = 64;

/// How many bytes are read at once.
/// **Default and why**: 64 KiB, a unix socket's usual buffer; larger reads come back no fuller.
const READ_BYTES: usize = 64 * 1024;

/// Why a connection ended.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum Lost {
    /// The server closed it.
    #[error("the server closed the connection")]
    Closed,
    /// The stream failed.
    #[error("the stream failed")]
    Stream(#[source] Arc<io::Error>),
    /// The server broke the protocol or fell silent.
    #[error("the conversation broke off")]
    Session(#[source] Arc<SessionError>),
}

impl From<SessionError> for Lost {
    fn from(error: SessionError) -> Self {
        Self::Session(Arc::new(error))
    }
}

/// What a client asks of the actor.
#[derive(Debug)]
pub(crate) enum Command<O> {
    /// A method that changes nothing.
    Call {
        method: &'static str,
        params: Box<RawValue>,
        reply: oneshot::Sender<Result<Box<RawValue>, RemoteError>>,
    },
    /// A transaction.
    Transact {
        database: String,
        operations: Vec<O>,
        reply: TransactReply,
    },
    /// A monitor; the receiver comes when all rows are here.
    Monitor {
        request: MonitorRequest,
        reply: MonitorReply,
    },
}

type Answer = Result<Box<RawValue>, RemoteError>;
type TransactReply = oneshot::Sender<Result<Answer, serde_json::Error>>;
type MonitorReply = oneshot::Sender<Result<watch::Receiver<Snapshot>, Arc<MonitorError>>>;

/// Starts the actor for a stream; it ends when the stream does or nobody can send commands.
pub(crate) fn spawn<O: Serialize + Send + 'static>(
    stream: Box<dyn Stream>,
    config: &SessionConfig,
) -> (mpsc::Sender<Command<O>>, watch::Receiver<Option<Lost>>) {
    let (sender, commands) = mpsc::channel(COMMANDS);
    let (lost, watcher) = watch::channel(None);
    let actor = Actor {
        session: Session::new(config, now()),
        waiting: HashMap::new(),
        monitors: HashMap::new(),
    };
    tokio::spawn(async move {
        let end = actor.run(stream, commands).await;
        tracing::debug!(%end, "the connection ended");
        lost.send_replace(Some(end));
    });
    (sender, watcher)
}

/// Who waits for an answer.
enum Waiting {
    Call(oneshot::Sender<Answer>),
    Transact(TransactReply),
}

/// What is known of a monitor.
enum Publisher {
    /// Its first rows are awaited.
    Starting(MonitorReply),
    Running(watch::Sender<Snapshot>),
}

struct Actor {
    session: Session,
    waiting: HashMap<CallId, Waiting>,
    monitors: HashMap<MonitorId, Publisher>,
}

impl Actor {
    async fn run<O: Serialize>(
        mut self,
        stream: Box<dyn Stream>,
        mut commands: mpsc::Receiver<Command<O>>,
    ) -> Lost {
        let (mut reader, mut writer) = tokio::io::split(stream);
        let mut buffer = vec![0; READ_BYTES];
        let mut unsent: Vec<u8> = Vec::new();
        let mut sent = 0;
        loop {
            if sent == unsent.len() {
                unsent.clear();
                sent = 0;
                while let Some(message) = self.session.poll_transmit() {
                    unsent.extend_from_slice(&message);
                }
            }
            let deadline = self.session.poll_timeout();
            // Reading goes on while a write is stuck: a server stops reading from a client that
            // does not read, and each would wait for the other.
            tokio::select! {
                written = writer.write(&unsent[sent..]), if sent < unsent.len() => match written {
                    Ok(bytes) => sent += bytes,
                    Err(error) => return Lost::Stream(Arc::new(error)),
                },
                read = reader.read(&mut buffer) => match read {
                    Ok(0) => return Lost::Closed,
                    Ok(bytes) => {
                        let input = self.session.handle_input(&buffer[..bytes], now());
                        self.publish();
                        if let Err(error) = input {
                            return error.into();
                        }
                    }
                    Err(error) => return Lost::Stream(Arc::new(error)),
                },
                command = commands.recv() => match command {
                    Some(command) => {
                        self.handle_command(command);
                        self.publish();
                    }
                    None => {
                        // The peer sees a clean end; what it still sends is of no use to anyone.
                        let _ = writer.shutdown().await;
                        return Lost::Closed;
                    }
                },
                () = wait_until(deadline) => {
                    if let Err(error) = self.session.handle_timeout(now()) {
                        return error.into();
                    }
                }
            }
        }
    }

    fn handle_command<O: Serialize>(&mut self, command: Command<O>) {
        match command {
            Command::Call {
                method,
                params,
                reply,
            } => {
                // Raw JSON always has a JSON form, so this cannot fail; if it did, the dropped
                // sender would tell.
                if let Ok(call) = self.session.call(method, &params) {
                    self.waiting.insert(call, Waiting::Call(reply));
                }
            }
            Command::Transact {
                database,
                operations,
                reply,
            } => {
                let params = Transact {
                    database: &database,
                    operations: &operations,
                };
                match self.session.call("transact", &params) {
                    Ok(call) => {
                        self.waiting.insert(call, Waiting::Transact(reply));
                    }
                    Err(error) => {
                        let _ = reply.send(Err(error));
                    }
                }
            }
            Command::Monitor { request, reply } => {
                let monitor = self.session.monitor(request);
                self.monitors.insert(monitor, Publisher::Starting(reply));
            }
        }
    }

    /// Hands on what the session has to say, in its order.
    fn publish(&mut self) {
        while let Some(event) = self.session.poll_event() {
            match event {
                Event::Reply { call, result } => match self.waiting.remove(&call) {
                    Some(Waiting::Call(reply)) => drop(reply.send(result)),
                    Some(Waiting::Transact(reply)) => drop(reply.send(Ok(result))),
                    None => {}
                },
                Event::Replicated {
                    monitor, snapshot, ..
                } => self.replicated(monitor, snapshot),
                Event::MonitorFailed { monitor, error } => {
                    tracing::warn!(%error, "a monitor failed");
                    if let Some(Publisher::Starting(reply)) = self.monitors.remove(&monitor) {
                        let _ = reply.send(Err(Arc::new(error)));
                    }
                }
            }
        }
    }

    fn replicated(&mut self, monitor: MonitorId, snapshot: Snapshot) {
        let wanted = match self.monitors.remove(&monitor) {
            Some(Publisher::Starting(reply)) => {
                let (sender, receiver) = watch::channel(snapshot);
                let sent = reply.send(Ok(receiver)).is_ok();
                self.monitors.insert(monitor, Publisher::Running(sender));
                sent
            }
            Some(Publisher::Running(sender)) => {
                let sent = sender.send(snapshot).is_ok();
                self.monitors.insert(monitor, Publisher::Running(sender));
                sent
            }
            None => return,
        };
        if !wanted {
            self.monitors.remove(&monitor);
            self.session.cancel_monitor(monitor);
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

/// The parameters of `transact`: the database and then each operation.
struct Transact<'a, O> {
    database: &'a str,
    operations: &'a [O],
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
