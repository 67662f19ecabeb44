//! The session: a client's conversation with its servers, over any number of connections, as a
//! pure machine.
//!
//! Bytes, requests and the time go in; remotes to dial, bytes to send, events and the next
//! deadline come out. One owner pumps it. Events come in the order of the wire: what a server
//! sent before a reply is applied before that reply is given out, so a client reads its own
//! writes.
//!
//! ```text
//!            ┌────────────── wait over ──────────────┐
//!            │                                       ▼
//!        Waiting ◄─ attempt failed ── Dialling ── connected ──► Checking
//!            ▲                                                     │ the server will do
//!            │ connection lost, server dead or unsuitable          ▼
//!            └───────────────────────────────────────────────── Serving
//! ```
//!
//! *Checking* is passed at once unless a database is replicated and the server has a `_Server`
//! database to say whether it will do.

mod backoff;
mod conversation;
mod interest;
mod leader;
mod probe;
mod remotes;
mod replication;

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::value::RawValue;
use thiserror::Error;
use uuid::Uuid;

pub use self::backoff::BackoffConfig;
use self::conversation::{Conversation, Numbers};
pub use self::interest::{Interest, TableInterest};
use self::leader::Judge;
pub use self::leader::{DATABASE_COLUMNS, DATABASE_TABLE, Member, SERVER_DATABASE, Unsuitable};
use self::probe::Verdict;
pub use self::remotes::Remote;
use self::remotes::Remotes;
use self::replication::{Replication, Step, Wanted};
use crate::operation::Condition;
use crate::replica::{ChangeBatch, Snapshot};
use crate::rpc::{Envelope, EnvelopeError, FramingError, RemoteError};
use crate::schema::{SchemaError, Selection};
use crate::update::{Format, RowFault, UpdateError};
use crate::value::parse_uuid;

/// Which of the owner's requests an event answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(u64);

/// One of the session's replicated databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MonitorId(u64);

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
        /// The number that [`Session::set_conditions`] gave.
        set: u64,
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
    /// The server is asked whether it will do.
    Checking(Remote),
    /// The server answers requests and sends rows.
    Serving(Remote),
    /// The session is over.
    Closed,
}

/// A database cannot be replicated.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MonitorError {
    /// The server refused it.
    #[error("the server refused the monitor")]
    Refused(#[source] RemoteError),
    /// The server does not hold the database.
    #[error("the server does not hold the database")]
    Unavailable(#[source] RemoteError),
    /// The database's schema cannot be read.
    #[error("the database's schema cannot be read")]
    Schema(#[source] SchemaError),
    /// The server sent what is no table updates.
    #[error("the server's rows cannot be read")]
    Unreadable(#[source] UpdateError),
    /// The server sent other parameters than its protocol says.
    #[error("the server's update has an unknown form")]
    Form(#[source] serde_json::Error),
    /// The request itself has no JSON form.
    #[error("the monitor's conditions cannot be sent")]
    Encode(#[source] serde_json::Error),
}

/// Why a connection ended.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SessionError {
    /// The bytes are no messages.
    #[error("the server's bytes are no messages")]
    Framing(#[from] FramingError),
    /// A message is no JSON-RPC.
    #[error("the server's message is no JSON-RPC")]
    Envelope(#[from] EnvelopeError),
    /// The server said nothing for two probe intervals.
    #[error("the server has been silent for {0:?}")]
    Silent(Duration),
    /// The server is not one to stay with.
    #[error("the server will not do")]
    Unsuitable(#[from] Unsuitable),
    /// The owner asked for another connection.
    #[error("another connection was asked for")]
    Asked,
}

/// How a session behaves.
#[derive(Clone, Debug)]
pub struct SessionConfig {
    /// After how long a silence the server is asked for a sign of life, and after how long again
    /// the connection counts as dead; `None` never asks.
    /// **Default and why**: 5 s, what ovsdb-server and the C client use.
    pub probe: Option<Duration>,
    /// Whether a lost connection is made anew.
    /// **Default**: true.
    pub reconnect: bool,
    /// The waits between attempts.
    pub backoff: BackoffConfig,
    /// Which members of a cluster will do.
    pub member: Member,
    /// Whether the remotes are tried in another order by every client.
    /// **Default and why**: true, so that the clients of a cluster spread over its members.
    pub shuffle: bool,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            probe: Some(Duration::from_secs(5)),
            reconnect: true,
            backoff: BackoffConfig::default(),
            member: Member::default(),
            shuffle: true,
        }
    }
}

/// What a request was for.
#[derive(Clone, Copy, Debug)]
enum Purpose {
    Call(CallId),
    Probe,
    Aware,
    ServerSchema,
    ServerMonitor,
    Schema(MonitorId),
    Monitor(MonitorId),
    Conditions(MonitorId),
    CancelMonitor,
}

#[derive(Debug)]
enum Phase {
    Waiting { until: Instant },
    Dialling { remote: Remote, until: Instant },
    Connected(Box<Connected>),
    Closed,
}

#[derive(Debug)]
struct Connected {
    remote: Remote,
    conversation: Conversation<Purpose>,
    /// The server's view of itself; `None` before anything needs it.
    server: ServerView,
}

#[derive(Debug)]
enum ServerView {
    /// Nothing needs it yet.
    Unasked,
    Asked(Box<Replication>),
    /// The server has none: it is older than `_Server`.
    Absent,
}

#[derive(Debug)]
struct Followed {
    replication: Replication,
    judge: Judge,
}

/// A client's conversation with its servers.
#[derive(Debug)]
pub struct Session {
    config: SessionConfig,
    remotes: Remotes,
    backoff: backoff::Backoff,
    phase: Phase,
    state: State,
    numbers: Numbers,
    databases: BTreeMap<MonitorId, Followed>,
    events: VecDeque<Event>,
    /// Why the connection is to be dropped by the owner.
    closing: Option<SessionError>,
}

impl Session {
    /// A session that will talk to one of `remotes`, tried in turn; `seed` orders them.
    pub fn new(config: SessionConfig, remotes: Vec<Remote>, seed: u64, now: Instant) -> Self {
        let remotes = Remotes::new(remotes, config.shuffle.then_some(seed));
        Self {
            backoff: backoff::Backoff::new(config.backoff.clone(), remotes.len()),
            remotes,
            config,
            phase: Phase::Waiting { until: now },
            state: State::Waiting,
            numbers: Numbers::default(),
            databases: BTreeMap::new(),
            events: VecDeque::new(),
            closing: None,
        }
    }

    /// Where the session stands.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether requests can be sent now.
    pub fn is_serving(&self) -> bool {
        matches!(self.state, State::Serving(_))
    }

    fn set_state(&mut self, state: State) {
        if self.state != state {
            tracing::debug!(?state, "the session's state");
            self.state = state.clone();
            self.events.push_back(Event::State(state));
        }
    }

    /// Takes other remotes from now on. A connection to one that is still among them stays.
    pub fn set_remotes(&mut self, remotes: Vec<Remote>) {
        self.remotes.set(remotes);
        let gone = match &self.phase {
            Phase::Connected(connected) => !self.remotes.contains(&connected.remote),
            _ => false,
        };
        if gone {
            self.force_reconnect();
        }
    }

    /// Gives the present connection up for another one, without a wait where rows were coming.
    pub fn force_reconnect(&mut self) {
        self.give_up(SessionError::Asked);
    }

    /// Marks the connection as one to drop; the owner sees it in [`Session::poll_close`].
    fn give_up(&mut self, reason: SessionError) {
        if self.closing.is_some() {
            return;
        }
        let Phase::Connected(_) = self.phase else {
            return;
        };
        let served = self
            .databases
            .values()
            .any(|followed| followed.replication.is_running());
        if served || matches!(reason, SessionError::Asked) {
            // Rows were coming, so a good server exists; failing before that waits, lest
            // unsuitable servers be asked in a storm.
            self.backoff.reset(self.remotes.len());
        }
        self.closing = Some(reason);
    }

    /// The remote to dial now, when it is time for an attempt.
    pub fn poll_dial(&mut self, now: Instant) -> Option<Remote> {
        let Phase::Waiting { until } = self.phase else {
            return None;
        };
        if now < until {
            return None;
        }
        let remote = self.remotes.next()?;
        self.phase = Phase::Dialling {
            remote: remote.clone(),
            until: now + self.backoff.attempt(),
        };
        self.set_state(State::Dialling(remote.clone()));
        Some(remote)
    }

    /// The connection is made.
    pub fn handle_dialled(&mut self, now: Instant) {
        let Phase::Dialling { remote, .. } = &self.phase else {
            return;
        };
        let remote = remote.clone();
        self.phase = Phase::Connected(Box::new(Connected {
            remote: remote.clone(),
            conversation: Conversation::new(self.config.probe, now),
            server: ServerView::Unasked,
        }));
        if self.databases.is_empty() {
            self.set_state(State::Serving(remote));
        } else {
            self.set_state(State::Checking(remote));
        }
        self.advance();
    }

    /// The connection could not be made, or not in time.
    pub fn handle_dial_failed(&mut self, now: Instant) {
        self.leave(None, now);
    }

    /// The connection is gone, or was dropped as [`Session::poll_close`] asked.
    pub fn handle_closed(&mut self, now: Instant) {
        let phase = std::mem::replace(&mut self.phase, Phase::Closed);
        let mut lived = None;
        if let Phase::Connected(connected) = phase {
            lived = Some(connected.conversation.lived());
            for purpose in connected.conversation.into_pending() {
                if let Purpose::Call(call) = purpose {
                    self.events.push_back(Event::Unanswered { call });
                }
            }
        }
        for followed in self.databases.values_mut() {
            followed.replication.reset();
        }
        self.closing = None;
        self.leave(lived, now);
    }

    /// Goes on to the next attempt, or ends.
    fn leave(&mut self, lived: Option<Duration>, now: Instant) {
        if !self.config.reconnect {
            self.phase = Phase::Closed;
            self.set_state(State::Closed);
            return;
        }
        let wait = self.backoff.next(lived);
        self.phase = Phase::Waiting { until: now + wait };
        self.set_state(State::Waiting);
    }

    /// Ends the session for good.
    pub fn close(&mut self) {
        self.phase = Phase::Closed;
        self.set_state(State::Closed);
    }

    /// Why the connection is to be dropped now; [`Session::handle_closed`] is to follow.
    pub fn poll_close(&mut self) -> Option<SessionError> {
        self.closing.take()
    }

    /// Asks the server for something; the answer comes as [`Event::Reply`], or
    /// [`Event::Unanswered`] when the connection goes first. `None` when there is no server to
    /// ask; nothing was sent then.
    ///
    /// # Errors
    /// When a parameter has no JSON form; nothing was sent then.
    pub fn call(
        &mut self,
        method: &str,
        params: &impl Serialize,
    ) -> Result<Option<CallId>, serde_json::Error> {
        let Phase::Connected(connected) = &mut self.phase else {
            return Ok(None);
        };
        let id = self.numbers.take();
        let call = CallId(id);
        connected
            .conversation
            .request(id, Purpose::Call(call), method, params)?;
        Ok(Some(call))
    }

    /// Asks the server to cancel a transaction that waits. Its reply may still come, or, from
    /// servers that were not told that this client knows of changing databases, never.
    pub fn cancel(&mut self, call: CallId) {
        if let Phase::Connected(connected) = &mut self.phase {
            // A number always has a JSON form.
            let _ = connected.conversation.notify("cancel", &[call.0]);
            connected.conversation.forget(call.0);
        }
    }

    /// Replicates a database, or more of one that is replicated already.
    pub fn monitor(&mut self, interest: Interest) -> MonitorId {
        let known = self
            .databases
            .iter_mut()
            .find(|(_, followed)| followed.replication.database() == interest.database());
        if let Some((&id, followed)) = known {
            if let Some(old) = followed.replication.widen(interest) {
                self.cancel_wire(old);
            }
            self.advance();
            return id;
        }
        let id = MonitorId(self.numbers.take());
        let judge = Judge::new(interest.database(), self.config.member);
        let replication = Replication::new(interest);
        self.databases.insert(id, Followed { replication, judge });
        self.advance();
        id
    }

    /// Stops to replicate a database; its rows are forgotten and the server is told.
    pub fn cancel_monitor(&mut self, id: MonitorId) {
        if let Some(followed) = self.databases.remove(&id)
            && let Some(wire) = followed.replication.wire()
        {
            self.cancel_wire(wire);
        }
    }

    fn cancel_wire(&mut self, wire: u64) {
        if let Phase::Connected(connected) = &mut self.phase {
            let id = self.numbers.take();
            // A number always has a JSON form.
            let _ = connected.conversation.request(
                id,
                Purpose::CancelMonitor,
                "monitor_cancel",
                &[wire],
            );
        }
    }

    /// Chooses other rows of a table from now on; [`Event::Conditions`] with the number given, or
    /// a greater one, says when they are here. `None` where nothing is replicated by that id.
    pub fn set_conditions(
        &mut self,
        monitor: MonitorId,
        table: &str,
        conditions: Vec<Condition>,
    ) -> Option<u64> {
        let followed = self.databases.get_mut(&monitor)?;
        let set = followed.replication.set_conditions(table, conditions);
        self.advance();
        Some(set)
    }

    /// Takes bytes that were read. When they break the protocol, [`Session::poll_close`] says so;
    /// events that came before stay to be taken.
    pub fn handle_input(&mut self, bytes: &[u8], now: Instant) {
        if let Phase::Connected(connected) = &mut self.phase {
            connected.conversation.push(bytes, now);
        }
        while self.closing.is_none() {
            let Phase::Connected(connected) = &mut self.phase else {
                return;
            };
            let handled = match connected.conversation.next_message() {
                Ok(None) => return,
                Ok(Some(message)) => self.handle_message(&message),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = handled {
                self.give_up(error);
            }
        }
    }

    fn handle_message(&mut self, message: &str) -> Result<(), SessionError> {
        let Phase::Connected(connected) = &mut self.phase else {
            return Ok(());
        };
        match Envelope::decode(message)? {
            Envelope::Request { id, method, params } => {
                connected.conversation.answer(id, method, params);
            }
            Envelope::Notification { method, params } => self.handle_notification(method, params),
            Envelope::Reply { id, result } => {
                // The answer to a request nobody waits for any more is passed over.
                if let Some(purpose) = connected.conversation.settle(id) {
                    self.handle_reply(purpose, result);
                }
            }
        }
        self.advance();
        Ok(())
    }

    fn handle_reply(&mut self, purpose: Purpose, result: Result<&RawValue, &RawValue>) {
        match purpose {
            Purpose::Call(call) => {
                let result = result.map(ToOwned::to_owned).map_err(RemoteError::decode);
                self.events.push_back(Event::Reply { call, result });
            }
            Purpose::Probe | Purpose::Aware | Purpose::CancelMonitor => {}
            Purpose::ServerSchema => self.server_step(|server| server.handle_schema(result)),
            Purpose::ServerMonitor => self.server_step(|server| server.handle_monitor(result)),
            Purpose::Schema(id) => self.step(id, |database| database.handle_schema(result)),
            Purpose::Monitor(id) => self.step(id, |database| database.handle_monitor(result)),
            Purpose::Conditions(id) => {
                self.step(id, |database| database.handle_conditions(result));
            }
        }
    }

    fn handle_notification(&mut self, method: &str, params: &RawValue) {
        let Some((wire, update)) = Notification::decode(method, params) else {
            tracing::debug!(method, "a notification that nobody asked for");
            return;
        };
        if let Phase::Connected(connected) = &self.phase
            && let ServerView::Asked(server) = &connected.server
            && server.is_wire(wire)
        {
            self.server_step(|server| update.apply(server));
            return;
        }
        let id = self
            .databases
            .iter()
            .find(|(_, followed)| followed.replication.is_wire(wire))
            .map(|(id, _)| *id);
        if let Some(id) = id {
            self.step(id, |database| update.apply(database));
        }
    }

    /// Lets a message act on a database and tells what came of it.
    fn step(&mut self, monitor: MonitorId, act: impl FnOnce(&mut Replication) -> Step) {
        let Some(followed) = self.databases.get_mut(&monitor) else {
            return;
        };
        match act(&mut followed.replication) {
            Step::Quiet => {}
            Step::Replicated {
                snapshot,
                batch,
                faults,
            } => {
                for fault in &faults {
                    tracing::warn!(
                        table = &*fault.table,
                        row = &*fault.row,
                        problem = fault.problem,
                        "a part of an update cannot be read"
                    );
                }
                self.events.push_back(Event::Replicated {
                    monitor,
                    snapshot,
                    batch,
                    faults,
                });
            }
            Step::Conditions(set) => self.events.push_back(Event::Conditions { monitor, set }),
            Step::Unavailable(_) if self.config.reconnect => {
                let database = followed.replication.database().into();
                self.give_up(Unsuitable::Absent(database).into());
            }
            Step::Unavailable(error) => self.fail(monitor, MonitorError::Unavailable(error)),
            Step::Failed(error) => self.fail(monitor, error),
        }
    }

    fn fail(&mut self, monitor: MonitorId, error: MonitorError) {
        self.databases.remove(&monitor);
        self.events
            .push_back(Event::MonitorFailed { monitor, error });
    }

    /// Lets a message act on the server's view of itself.
    fn server_step(&mut self, act: impl FnOnce(&mut Replication) -> Step) {
        let Phase::Connected(connected) = &mut self.phase else {
            return;
        };
        let ServerView::Asked(server) = &mut connected.server else {
            return;
        };
        match act(server) {
            // Without a view of itself the server is older than clusters: it will do.
            Step::Unavailable(_) | Step::Failed(_) => connected.server = ServerView::Absent,
            Step::Quiet | Step::Conditions(_) => {}
            Step::Replicated { snapshot, .. } => {
                for followed in self.databases.values_mut() {
                    if let Err(reason) = followed.judge.judge(&snapshot) {
                        self.give_up(reason.into());
                        return;
                    }
                }
            }
        }
    }

    /// Sends whatever is due by what is known now.
    fn advance(&mut self) {
        if self.databases.is_empty() || self.closing.is_some() {
            return;
        }
        let Phase::Connected(connected) = &mut self.phase else {
            return;
        };
        let checked = match &mut connected.server {
            ServerView::Unasked => {
                // Told so, the server keeps the connection when a database comes, goes or is
                // converted, and says what it cancels.
                let id = self.numbers.take();
                let _ = connected.conversation.request(
                    id,
                    Purpose::Aware,
                    "set_db_change_aware",
                    &[true],
                );
                connected.server = ServerView::Asked(Box::new(Replication::new(server_interest())));
                false
            }
            ServerView::Asked(server) => server.is_running(),
            ServerView::Absent => true,
        };
        if let ServerView::Asked(server) = &mut connected.server {
            let sent = send(&mut connected.conversation, &mut self.numbers, server, None);
            if sent.is_err() {
                connected.server = ServerView::Absent;
            }
        }
        if !checked {
            return;
        }
        let remote = connected.remote.clone();
        let mut failed = Vec::new();
        for (&id, followed) in &mut self.databases {
            let replication = &mut followed.replication;
            let numbers = &mut self.numbers;
            if let Err(error) = send(&mut connected.conversation, numbers, replication, Some(id)) {
                failed.push((id, error));
            }
        }
        for (id, error) in failed {
            self.fail(id, MonitorError::Encode(error));
        }
        self.set_state(State::Serving(remote));
    }

    /// Takes the passing of time, at the moment that [`Session::poll_timeout`] gave.
    pub fn handle_timeout(&mut self, now: Instant) {
        match &mut self.phase {
            Phase::Dialling { until, .. } if now >= *until => self.handle_dial_failed(now),
            Phase::Connected(connected) => match connected.conversation.handle_timeout(now) {
                Verdict::Wait => {}
                Verdict::Ask => {
                    let id = self.numbers.take();
                    let params: [(); 0] = [];
                    // An empty array always has a JSON form.
                    let _ = connected
                        .conversation
                        .request(id, Purpose::Probe, "echo", &params);
                }
                Verdict::Dead(silence) => self.give_up(SessionError::Silent(silence)),
            },
            _ => {}
        }
    }

    /// When [`Session::handle_timeout`] or [`Session::poll_dial`] is next due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        match &self.phase {
            Phase::Waiting { until } | Phase::Dialling { until, .. } => Some(*until),
            Phase::Connected(connected) => connected.conversation.deadline(),
            Phase::Closed => None,
        }
    }

    /// The next bytes to send.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        match &mut self.phase {
            Phase::Connected(connected) => connected.conversation.poll_transmit(),
            _ => None,
        }
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }
}

fn server_interest() -> Interest {
    Interest::nothing(SERVER_DATABASE).table_named(
        DATABASE_TABLE,
        TableInterest {
            columns: Selection::Named(DATABASE_COLUMNS.map(Into::into).to_vec()),
            conditions: Vec::new(),
        },
    )
}

/// Sends what a replication wants sent; `None` for the server's view of itself.
fn send(
    conversation: &mut Conversation<Purpose>,
    numbers: &mut Numbers,
    replication: &mut Replication,
    monitor: Option<MonitorId>,
) -> Result<(), serde_json::Error> {
    let id = numbers.take();
    let purpose = |of: fn(MonitorId) -> Purpose, server: Purpose| match monitor {
        Some(monitor) => of(monitor),
        None => server,
    };
    match replication.poll_request(id)? {
        None => Ok(()),
        Some(Wanted::Schema) => {
            let purpose = purpose(Purpose::Schema, Purpose::ServerSchema);
            let database = [replication.database().to_owned()];
            conversation.request(id, purpose, "get_schema", &database)
        }
        Some(Wanted::Monitor(method, params)) => {
            let purpose = purpose(Purpose::Monitor, Purpose::ServerMonitor);
            conversation.request(id, purpose, method.name(), &params)
        }
        Some(Wanted::Conditions(params)) => {
            let purpose = purpose(Purpose::Conditions, Purpose::ServerMonitor);
            conversation.request(id, purpose, "monitor_cond_change", &params)
        }
    }
}

/// A notification about a monitor.
enum Notification<'m> {
    Update(Format, Option<Uuid>, &'m RawValue),
    Canceled,
}

impl<'m> Notification<'m> {
    /// The monitor's identifier on the wire and what is said of it.
    fn decode(method: &str, params: &'m RawValue) -> Option<(u64, Self)> {
        let text = params.get();
        Some(match method {
            "update" | "update2" => {
                let (wire, updates) = serde_json::from_str(text).ok()?;
                let format = if method == "update" {
                    Format::Old
                } else {
                    Format::Differences
                };
                (wire, Self::Update(format, None, updates))
            }
            "update3" => {
                let (wire, last, updates): (u64, &str, &RawValue) =
                    serde_json::from_str(text).ok()?;
                let last = parse_uuid(last);
                (wire, Self::Update(Format::Differences, last, updates))
            }
            "monitor_canceled" => {
                let (wire,) = serde_json::from_str(text).ok()?;
                (wire, Self::Canceled)
            }
            _ => return None,
        })
    }

    fn apply(self, replication: &mut Replication) -> Step {
        match self {
            Self::Update(format, last, updates) => replication.handle_update(format, last, updates),
            Self::Canceled => {
                replication.reset();
                Step::Quiet
            }
        }
    }
}

#[cfg(test)]
mod tests;
