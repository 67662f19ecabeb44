//! The actor: one task that owns a client's streams and pumps its session.
//!
//! Everything that concerns the streams happens in this task, in the order of the wire. A new
//! snapshot is published before the reply that came after it is handed on.

mod command;
mod pace;
mod wait;
mod wire;

use std::collections::{HashMap, VecDeque};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::Serialize;
use thiserror::Error;
use tokio::sync::{mpsc, watch};
use tokio::time;

pub(crate) use self::command::{
    Answer, Command, ConditionsReply, Failure, LockWatch, Reply, Token, Transact,
};
use self::pace::Pace;
use self::wait::{Attempt, Woken, wait};
use self::wire::{Moved, Wire};
use crate::changes::Publisher;
use crate::dial::Dial;
use crate::rpc::RemoteError;
use crate::session::{CallId, Event, LockStatus, MonitorId, Remote, Session, SessionError, State};

/// How many commands wait for the actor before a sender waits too.
/// **Default and why**: 64; the actor blocks on nothing but its streams, so more would only hide
/// a slow server.
const COMMANDS: usize = 64;

/// How many bytes are read at once.
/// **Default and why**: 64 KiB, a unix socket's usual buffer; larger reads come back no fuller.
const READ_BYTES: usize = 64 * 1024;

/// How many replies are handed out before what is asked next is sent.
/// **Default and why**: 8; with many requests under way a server would otherwise have nothing to do
/// until the last of their replies is taken, and then all of it at once.
const REPLIES: usize = 8;

/// Why a connection ended.
#[derive(Clone, Debug, Error)]
#[non_exhaustive]
pub enum Lost {
    /// No connection could be made.
    #[error("{remote} cannot be reached")]
    Dial {
        /// The server.
        remote: Remote,
        /// What kept it.
        #[source]
        cause: Arc<io::Error>,
    },
    /// The connection attempt took too long.
    #[error("{remote} does not answer")]
    DialTimeout {
        /// The server.
        remote: Remote,
    },
    /// The server called again, and the new connection took the place of this one.
    #[error("the server has called again")]
    Replaced,
    /// The server closed it.
    #[error("the server closed the connection")]
    Closed,
    /// The stream failed.
    #[error("the stream failed")]
    Stream(#[source] Arc<io::Error>),
    /// The server broke the protocol, fell silent or will not do.
    #[error("the conversation broke off")]
    Session(#[source] Arc<SessionError>),
    /// The server gave the database up, to convert it or for good; the connection may stay.
    #[error("the server cancelled it with the database")]
    Canceled,
    /// The last handle of the client was dropped.
    #[error("the client was dropped")]
    Dropped,
}

/// Who waits for the answer to a request.
struct Waiting {
    token: Option<Token>,
    reply: Reply,
}

/// What a handle needs to reach its actor.
pub(crate) struct Handle<O> {
    pub(crate) commands: mpsc::Sender<Command<O>>,
    pub(crate) state: watch::Receiver<State>,
    pub(crate) lost: watch::Receiver<Option<Lost>>,
}

impl<O> Clone for Handle<O> {
    fn clone(&self) -> Self {
        Self {
            commands: self.commands.clone(),
            state: self.state.clone(),
            lost: self.lost.clone(),
        }
    }
}

/// Starts the actor of a session; it ends when the session does or nobody can send commands.
pub(crate) fn spawn<O: Serialize + Send + 'static>(
    session: Session,
    dials: Vec<Arc<dyn Dial>>,
    pace: Duration,
) -> Handle<O> {
    let (sender, commands) = mpsc::channel(COMMANDS);
    let (state, states) = watch::channel(session.state().clone());
    let (lost, watcher) = watch::channel(None);
    let actor = Actor {
        session,
        dials: by_name(dials),
        pace: Pace::new(pace),
        waiting: HashMap::new(),
        queue: VecDeque::new(),
        monitors: HashMap::new(),
        conditions: Vec::new(),
        locks: HashMap::new(),
        state,
        lost,
    };
    tokio::spawn(actor.run(commands));
    Handle {
        commands: sender,
        state: states,
        lost: watcher,
    }
}

fn by_name(dials: Vec<Arc<dyn Dial>>) -> HashMap<Remote, Arc<dyn Dial>> {
    dials
        .into_iter()
        .map(|dial| (dial.to_string().into(), dial))
        .collect()
}

struct Actor<O> {
    session: Session,
    dials: HashMap<Remote, Arc<dyn Dial>>,
    pace: Pace,
    waiting: HashMap<CallId, Waiting>,
    /// Requests that came while no server was there to take them.
    queue: VecDeque<Command<O>>,
    monitors: HashMap<MonitorId, Publisher>,
    conditions: Vec<(MonitorId, u64, ConditionsReply)>,
    locks: HashMap<Box<str>, watch::Sender<Result<LockStatus, RemoteError>>>,
    state: watch::Sender<State>,
    lost: watch::Sender<Option<Lost>>,
}

impl<O: Serialize> Actor<O> {
    async fn run(mut self, mut commands: mpsc::Receiver<Command<O>>) {
        let mut wire: Option<Wire> = None;
        let mut attempt: Option<Attempt> = None;
        let mut buffer = vec![0; READ_BYTES];
        let mut rest: Option<Instant> = None;
        loop {
            if let Some(error) = self.session.poll_close() {
                self.end(&mut wire, error.into()).await;
            }
            let all_told = self.publish().await;
            if *self.session.state() == State::Closed && all_told {
                break;
            }
            if let Some(remote) = self.session.poll_dial(now()) {
                attempt = self.dial(remote, attempt);
                continue;
            }
            if !self.is_wanted(attempt.as_ref(), wire.is_some()) {
                attempt = None;
            }
            if let Some(wire) = &mut wire {
                wire.fill(&mut self.session);
            }
            let mut deadline = self.session.poll_timeout();
            if !all_told {
                // Whoever was answered may ask again.
                tokio::task::yield_now().await;
                deadline = Some(now());
            }
            let woken = wait(
                &mut wire,
                &mut attempt,
                &mut commands,
                &mut buffer,
                rest.take().filter(|_| all_told),
                deadline,
            )
            .await;
            match woken {
                Woken::Dialled(result) => {
                    let done = attempt.take();
                    let result = result.map(Wire::new);
                    attempt = self.handle_dialled(&mut wire, done, result).await;
                }
                Woken::Moved(Ok(Moved::Sent)) => {}
                Woken::Moved(Ok(Moved::Read(0))) => self.end(&mut wire, Lost::Closed).await,
                Woken::Moved(Ok(Moved::Read(bytes))) => {
                    for (monitor, publisher) in &self.monitors {
                        self.session.tell_each(*monitor, publisher.has_listeners());
                    }
                    let now = now();
                    self.session.handle_input(&buffer[..bytes], now);
                    // Without rows that are followed nothing comes but answers, and whoever has one
                    // may ask again.
                    let follows = !self.monitors.is_empty();
                    let calm = follows && bytes < READ_BYTES && self.session.awaits_nothing();
                    rest = self.pace.rest(calm, now);
                }
                Woken::Moved(Err(error)) => {
                    self.end(&mut wire, Lost::Stream(Arc::new(error))).await;
                }
                Woken::Command(Some(command)) => {
                    rest = None;
                    self.handle_commands(command, &mut commands);
                }
                Woken::Command(None) => {
                    self.session.close();
                    self.lost.send_replace(Some(Lost::Dropped));
                }
                Woken::Time => {
                    if let Some(attempt) = &attempt
                        && wire.is_none()
                        && self.session.poll_timeout().is_some_and(|due| due <= now())
                    {
                        let remote = Arc::clone(&attempt.remote);
                        self.lost.send_replace(Some(Lost::DialTimeout { remote }));
                    }
                    self.session.handle_timeout(now());
                }
            }
        }
        if let Some(wire) = wire {
            wire.shut_down().await;
        }
    }

    /// Begins an attempt; one that waits for the same remote already goes on.
    fn dial(&mut self, remote: Remote, attempt: Option<Attempt>) -> Option<Attempt> {
        let Some(dial) = self.dials.get(&remote) else {
            self.session.handle_dial_failed(now());
            return None;
        };
        let passive = dial.is_passive();
        if passive {
            self.session.handle_listening();
            if let Some(attempt) = attempt.filter(|attempt| attempt.remote == remote) {
                return Some(attempt);
            }
        }
        Some(Attempt::new(remote, dial))
    }

    /// Whether anything is to come of an attempt: a connection, or in place of a passive one the
    /// next.
    fn is_wanted(&self, attempt: Option<&Attempt>, connected: bool) -> bool {
        match self.session.state() {
            State::Dialling(_) | State::Listening(_) => true,
            _ => connected && attempt.is_some_and(|attempt| attempt.passive),
        }
    }

    /// Takes what came of an attempt, and goes on to wait for the next call of a passive remote.
    async fn handle_dialled(
        &mut self,
        wire: &mut Option<Wire>,
        attempt: Option<Attempt>,
        result: io::Result<Wire>,
    ) -> Option<Attempt> {
        let Attempt {
            remote, passive, ..
        } = attempt?;
        match result {
            Ok(new) => {
                let old = wire.replace(new);
                if let Some(old) = old {
                    tracing::info!(%remote, "the server has called again");
                    self.lost.send_replace(Some(Lost::Replaced));
                    self.session.handle_replaced(now());
                    old.shut_down().await;
                } else {
                    self.session.handle_dialled(now());
                }
                let dial = self.dials.get(&remote).filter(|_| passive)?;
                Some(Attempt::new(remote, dial))
            }
            Err(error) => {
                tracing::info!(%remote, %error, "a server cannot be reached");
                // A connection that is there does not suffer.
                if wire.is_none() {
                    let cause = Arc::new(error);
                    self.lost.send_replace(Some(Lost::Dial { remote, cause }));
                    self.session.handle_dial_failed(now());
                }
                None
            }
        }
    }

    /// Drops the connection and says why.
    async fn end(&mut self, wire: &mut Option<Wire>, reason: Lost) {
        tracing::info!(%reason, "the connection ended");
        self.lost.send_replace(Some(reason));
        self.session.handle_closed(now());
        if let Some(wire) = wire.take() {
            wire.shut_down().await;
        }
    }

    /// Takes a command, and with a request those that wait behind it: what is asked at the same
    /// time goes out in one write.
    fn handle_commands(&mut self, first: Command<O>, commands: &mut mpsc::Receiver<Command<O>>) {
        let mut next = Some(first);
        for _ in 0..COMMANDS {
            let Some(command) = next.take() else {
                return;
            };
            // Anything else may end the connection, which is to be seen before more is asked.
            if matches!(command, Command::Call { .. } | Command::Transact { .. }) {
                next = commands.try_recv().ok();
            }
            self.handle_command(command);
        }
        if let Some(command) = next {
            self.handle_command(command);
        }
    }

    fn handle_command(&mut self, command: Command<O>) {
        match command {
            Command::Call { .. } | Command::Transact { .. } => {
                self.queue.push_back(command);
                self.send_queued();
            }
            Command::Cancel { token, reply } => {
                let _ = reply.send(self.cancel(token));
            }
            Command::Lock {
                name,
                steals,
                reply,
            } => {
                if !self.session.lock(&name, steals) {
                    let _ = reply.send(None);
                    return;
                }
                let (sender, watch) = watch::channel(Ok(LockStatus::Waiting));
                if reply.send(Some(watch)).is_ok() {
                    self.locks.insert(name, sender);
                } else {
                    // Nobody is there any more to give it back.
                    self.session.unlock(&name);
                }
            }
            Command::Unlock { name } => {
                self.locks.remove(&name);
                self.session.unlock(&name);
            }
            Command::Monitor { interest, reply } => {
                let monitor = self.session.monitor(interest);
                let complete = self.session.is_complete(monitor);
                self.monitors
                    .entry(monitor)
                    .or_default()
                    .await_rows(monitor, complete, reply);
            }
            Command::SetConditions {
                monitor,
                table,
                conditions,
                reply,
            } => {
                let set = self.session.set_conditions(monitor, &table, conditions);
                if let Some(set) = set {
                    self.conditions.push((monitor, set, reply));
                }
            }
            Command::Subscribe {
                monitor,
                subscriber,
            } => {
                if let Some(publisher) = self.monitors.get_mut(&monitor) {
                    publisher.subscribe(subscriber);
                }
            }
            Command::Reconnect => self.session.force_reconnect(),
            Command::ForgetCluster => self.session.forget_cluster(),
            Command::SetRemotes(dials) => {
                let remotes = dials.iter().map(|dial| dial.to_string().into()).collect();
                self.dials = by_name(dials);
                self.session.set_remotes(remotes, now());
            }
        }
    }

    /// Gives a transaction up; false when it was surely never sent.
    fn cancel(&mut self, token: Token) -> bool {
        let mut waiting = self.waiting.iter();
        if let Some((call, _)) = waiting.find(|(_, waiting)| waiting.token == Some(token)) {
            self.session.cancel(*call);
            return true;
        }
        let queued = self.queue.iter().position(
            |command| matches!(command, Command::Transact { token: other, .. } if *other == token),
        );
        match queued.and_then(|at| self.queue.remove(at)) {
            Some(Command::Transact { reply, .. }) => {
                let _ = reply.send(Err(Failure::Unsent));
                false
            }
            _ => true,
        }
    }

    /// Sends what waited for a server.
    fn send_queued(&mut self) {
        while self.session.is_serving()
            && let Some(command) = self.queue.pop_front()
        {
            let (call, token, reply) = match command {
                Command::Call {
                    method,
                    params,
                    reply,
                } => (self.session.call(method, &params), None, reply),
                Command::Transact {
                    database,
                    operations,
                    token,
                    reply,
                } => {
                    let params = Transact {
                        database: &database,
                        operations: &operations,
                    };
                    (self.session.call("transact", &params), Some(token), reply)
                }
                _ => continue,
            };
            match call {
                Ok(Some(call)) => {
                    self.waiting.insert(call, Waiting { token, reply });
                }
                Ok(None) => drop(reply.send(Err(Failure::Unsent))),
                Err(error) => drop(reply.send(Err(Failure::Encode(error)))),
            }
        }
    }

    /// Hands on what the session has to say, in its order, up to some replies; false when there is
    /// more.
    async fn publish(&mut self) -> bool {
        let mut replies = 0;
        while replies < REPLIES {
            let Some(event) = self.session.poll_event() else {
                return true;
            };
            match event {
                Event::State(state) => {
                    if state == State::Closed {
                        self.fail_queued();
                    }
                    if matches!(state, State::Serving(_)) {
                        self.lost.send_replace(None);
                    }
                    self.state.send_replace(state);
                    self.send_queued();
                }
                Event::Reply { call, result } => {
                    replies += 1;
                    if let Some(Waiting { reply, .. }) = self.waiting.remove(&call) {
                        let _ = reply.send(Ok(result));
                    }
                }
                Event::Unanswered { call } => {
                    if let Some(Waiting { reply, .. }) = self.waiting.remove(&call) {
                        // By the time the caller looks, there may be another connection.
                        let lost = self.lost.borrow().clone().unwrap_or(Lost::Closed);
                        let _ = reply.send(Err(Failure::Unanswered(lost)));
                    }
                }
                Event::Replicated {
                    monitor,
                    snapshot,
                    batch,
                    ..
                } => {
                    if let Some(publisher) = self.monitors.get_mut(&monitor)
                        && !publisher.publish(monitor, snapshot, batch).await
                    {
                        self.monitors.remove(&monitor);
                        self.session.cancel_monitor(monitor);
                    }
                }
                Event::Conditions { monitor, set } => {
                    let due = self
                        .conditions
                        .extract_if(.., |(id, number, _)| *id == monitor && *number <= set);
                    for (_, _, reply) in due {
                        let _ = reply.send(Ok(()));
                    }
                }
                Event::Lock { name, status } => {
                    let refused = status.is_err();
                    if let Some(sender) = self.locks.get(&name) {
                        let _ = sender.send_replace(status);
                    }
                    if refused {
                        self.locks.remove(&name);
                    }
                }
                Event::MonitorFailed { monitor, error } => {
                    tracing::warn!(%error, "a database cannot be replicated");
                    let error = Arc::new(error);
                    let waiting = self.conditions.extract_if(.., |(id, ..)| *id == monitor);
                    for (_, _, reply) in waiting {
                        let _ = reply.send(Err(Arc::clone(&error)));
                    }
                    if let Some(publisher) = self.monitors.remove(&monitor) {
                        publisher.fail(&error);
                    }
                }
            }
        }
        false
    }

    fn fail_queued(&mut self) {
        for command in std::mem::take(&mut self.queue) {
            if let Command::Call { reply, .. } | Command::Transact { reply, .. } = command {
                let _ = reply.send(Err(Failure::Unsent));
            }
        }
    }
}

impl From<SessionError> for Lost {
    fn from(error: SessionError) -> Self {
        Self::Session(Arc::new(error))
    }
}

/// The runtime's clock, which tests can hold still.
pub(crate) fn now() -> Instant {
    time::Instant::now().into_std()
}
