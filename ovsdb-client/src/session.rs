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
//! A passive remote is not called but calls: *Dialling* becomes *Listening* then, which takes as
//! long as it takes. After a passive connection there is no wait, and a new one replaces the one
//! that is there.
//!
//! *Checking* is passed at once unless a database is replicated and the server has a `_Server`
//! database to say whether it will do.

mod backoff;
mod config;
mod conversation;
mod error;
mod event;
mod interest;
mod leader;
mod lock;
mod method;
mod notification;
mod opening;
mod probe;
mod purpose;
mod reading;
mod remotes;
mod replication;
mod serving;

use std::collections::{BTreeMap, VecDeque};
use std::time::{Duration, Instant};

use serde::Serialize;

use self::backoff::Backoff;
pub use self::backoff::BackoffConfig;
pub use self::config::SessionConfig;
use self::conversation::{Conversation, Message, Numbers};
pub use self::error::{MonitorError, SessionError};
pub use self::event::{CallId, Event, MonitorId, State};
pub use self::interest::{Interest, TableInterest};
use self::leader::Judge;
pub use self::leader::{DATABASE_COLUMNS, DATABASE_TABLE, Member, SERVER_DATABASE, Unsuitable};
pub use self::lock::LockStatus;
use self::lock::{Locks, News};
use self::opening::Opening;
use self::probe::Verdict;
use self::purpose::Purpose;
pub use self::reading::{Reading, ReadingError};
pub use self::remotes::Remote;
use self::remotes::Remotes;
use self::replication::Replication;
use crate::operation::Condition;
use crate::rpc::Envelope;
use crate::update::UpdateReader;

#[derive(Debug)]
enum Phase {
    Waiting {
        until: Instant,
    },
    Dialling {
        remote: Remote,
        /// `None` for a passive remote: it calls when it likes.
        until: Option<Instant>,
    },
    Connected(Box<Connected>),
    Closed,
}

#[derive(Debug)]
struct Connected {
    remote: Remote,
    /// Whether the remote has called.
    passive: bool,
    conversation: Conversation<Purpose>,
    /// Whether the server was told that this client knows of changing databases.
    aware: bool,
    /// The server's view of itself; `None` before anything needs it.
    server: ServerView,
}

/// What a conversation was.
#[derive(Clone, Copy, Debug)]
struct Ended {
    passive: bool,
    lived: Duration,
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
    tells_each: bool,
}

/// A client's conversation with its servers.
#[derive(Debug)]
pub struct Session {
    config: SessionConfig,
    remotes: Remotes,
    backoff: Backoff,
    phase: Phase,
    state: State,
    numbers: Numbers,
    databases: BTreeMap<MonitorId, Followed>,
    locks: Locks,
    events: VecDeque<Event>,
    /// Replies that came while rows were behind; see [`Session::release`].
    held: VecDeque<Event>,
    /// Why the connection is to be dropped by the owner.
    closing: Option<SessionError>,
}

impl Session {
    /// A session that will talk to one of `remotes`, tried in turn; `seed` orders them.
    pub fn new(config: SessionConfig, remotes: Vec<Remote>, seed: u64, now: Instant) -> Self {
        let remotes = Remotes::new(remotes, config.shuffle.then_some(seed));
        Self {
            backoff: Backoff::new(config.backoff.clone(), remotes.len()),
            remotes,
            config,
            phase: Phase::Waiting { until: now },
            state: State::Waiting,
            numbers: Numbers::default(),
            databases: BTreeMap::new(),
            locks: Locks::default(),
            events: VecDeque::new(),
            held: VecDeque::new(),
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

    /// Takes other remotes from now on. A connection to one that is still among them stays; where
    /// there is none, the new ones are tried at once.
    pub fn set_remotes(&mut self, remotes: Vec<Remote>, now: Instant) {
        self.remotes.set(remotes);
        match &self.phase {
            Phase::Connected(connected) if !self.remotes.contains(&connected.remote) => {
                self.force_reconnect();
            }
            Phase::Dialling { remote, .. } if !self.remotes.contains(remote) => {
                self.backoff.reset(self.remotes.len());
                self.handle_dial_failed(now);
            }
            Phase::Waiting { .. } => {
                self.backoff.reset(self.remotes.len());
                self.phase = Phase::Waiting { until: now };
            }
            _ => {}
        }
    }

    /// Takes servers of any cluster and with any rows again, as after a restore from a backup:
    /// otherwise one that is behind what was seen, or of another cluster, is left.
    pub fn forget_cluster(&mut self) {
        for followed in self.databases.values_mut() {
            followed.judge.forget();
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
        let chosen = match reason {
            SessionError::Asked => true,
            // Rows were coming, so a good server exists; failing before that waits, lest
            // unsuitable servers be asked in a storm.
            SessionError::Unsuitable(_) => served,
            // A server that breaks off of itself may do so again.
            _ => false,
        };
        if chosen {
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
            until: Some(now + self.backoff.current().max(self.config.attempt)),
        };
        self.set_state(State::Dialling(remote.clone()));
        Some(remote)
    }

    /// The remote that was to be dialled is passive: the owner waits until it calls, and the
    /// attempt has no end of its own.
    pub fn handle_listening(&mut self) {
        if let Phase::Dialling { remote, until } = &mut self.phase {
            *until = None;
            let remote = remote.clone();
            self.set_state(State::Listening(remote));
        }
    }

    /// The connection is made.
    pub fn handle_dialled(&mut self, now: Instant) {
        if let Phase::Dialling { remote, until } = &self.phase {
            self.begin(remote.clone(), until.is_none(), now);
        }
    }

    /// The passive remote has called again: the new connection takes the place of the one that is
    /// there, as in all OVS programs.
    pub fn handle_replaced(&mut self, now: Instant) {
        if let Phase::Connected(connected) = &self.phase {
            let (remote, passive) = (connected.remote.clone(), connected.passive);
            self.end_conversation();
            self.set_state(State::Listening(remote.clone()));
            self.begin(remote, passive, now);
        }
    }

    fn begin(&mut self, remote: Remote, passive: bool, now: Instant) {
        self.phase = Phase::Connected(Box::new(Connected {
            remote: remote.clone(),
            passive,
            conversation: Conversation::new(self.config.probe, now),
            aware: !self.config.change_aware,
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
        let ended = self.end_conversation();
        self.leave(ended, now);
    }

    /// Forgets the conversation, and says what it was where there was one.
    fn end_conversation(&mut self) -> Option<Ended> {
        let phase = std::mem::replace(&mut self.phase, Phase::Closed);
        let mut ended = None;
        // These were answered, whatever else is lost.
        self.events.append(&mut self.held);
        if let Phase::Connected(connected) = phase {
            ended = Some(Ended {
                passive: connected.passive,
                lived: connected.conversation.lived(),
            });
            for purpose in connected.conversation.into_pending() {
                if let Purpose::Call(call) = purpose {
                    self.events.push_back(Event::Unanswered { call });
                }
            }
        }
        for followed in self.databases.values_mut() {
            followed.replication.reset();
        }
        for news in self.locks.reset() {
            self.tell_lock(news);
        }
        self.closing = None;
        ended
    }

    /// Goes on to the next attempt, or ends.
    fn leave(&mut self, ended: Option<Ended>, now: Instant) {
        if !self.config.reconnect {
            self.close();
            return;
        }
        let wait = match ended {
            // Whoever calls does the waiting.
            Some(Ended { passive: true, .. }) => {
                self.backoff.reset(self.remotes.len());
                Duration::ZERO
            }
            ended => self.backoff.next(ended.map(|ended| ended.lived)),
        };
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
        self.be_aware();
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

    /// Asks the server to cancel a transaction that waits. It is answered in any case: by its
    /// result when that was on the way already, or by the error `canceled`.
    ///
    /// A server that was not told that this client knows of changing databases does not answer what
    /// it cancelled. Therefore an echo follows: when its reply comes first, there is no other.
    pub fn cancel(&mut self, call: CallId) {
        let id = self.numbers.take();
        if let Phase::Connected(connected) = &mut self.phase
            && connected.conversation.is_pending(call.0)
        {
            // Numbers and empty arrays always have a JSON form.
            let _ = connected.conversation.notify("cancel", &[call.0]);
            let purpose = Purpose::Cancelled(call);
            let _ = connected
                .conversation
                .request(id, purpose, "echo", &[(); 0]);
        }
    }

    /// Asks for a lock, on this connection and on any after it; [`Event::Lock`] says where it
    /// stands. With `steals` it is taken from whoever has it, this once. False when this session
    /// asked for it already.
    ///
    /// The name is a letter or underscore and then letters, digits and underscores.
    pub fn lock(&mut self, name: &str, steals: bool) -> bool {
        let wanted = self.locks.want(name, steals);
        self.advance();
        wanted
    }

    /// Gives a lock back, or its place in the queue.
    pub fn unlock(&mut self, name: &str) {
        if self.locks.leave(name)
            && let Phase::Connected(connected) = &mut self.phase
        {
            let id = self.numbers.take();
            // A string always has a JSON form.
            let _ = connected
                .conversation
                .request(id, Purpose::Unlock, "unlock", &[name]);
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
        let followed = Followed {
            replication,
            judge,
            tells_each: true,
        };
        self.databases.insert(id, followed);
        self.judge();
        self.advance();
        id
    }

    /// Whether all rows that are wanted of a database have been here, if only before the
    /// connection was lost.
    pub fn is_complete(&self, monitor: MonitorId) -> bool {
        self.databases
            .get(&monitor)
            .is_some_and(|followed| followed.replication.is_complete())
    }

    /// Stops to replicate a database; its rows are forgotten and the server is told.
    pub fn cancel_monitor(&mut self, id: MonitorId) {
        if let Some(followed) = self.databases.remove(&id)
            && let Some(wire) = followed.replication.wire()
        {
            self.cancel_wire(wire);
        }
        self.release();
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
        let (set, old) = followed.replication.set_conditions(table, conditions);
        if let Some(old) = old {
            self.cancel_wire(old);
        }
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
            let databases = &self.databases;
            let message = connected
                .conversation
                .next_message(|opening, purpose| reader(databases, opening, purpose));
            let handled = match message {
                Ok(None) => return,
                Ok(Some(message)) => self.handle_message(message),
                Err(error) => Err(error),
            };
            if let Err(error) = handled {
                self.give_up(error);
            }
        }
    }

    fn handle_message(&mut self, message: Message) -> Result<(), SessionError> {
        let Phase::Connected(connected) = &mut self.phase else {
            return Ok(());
        };
        let Message { text, updates } = message;
        match Envelope::decode(&text)? {
            Envelope::Request { id, method, params } => {
                connected.conversation.answer(id, method, params);
            }
            Envelope::Notification { method, params } => {
                self.handle_notification(method, params, updates)?;
            }
            Envelope::Reply { id, result } => {
                // The answer to a request nobody waits for any more is passed over.
                if let Some(purpose) = connected.conversation.settle(id) {
                    self.handle_reply(purpose, result, updates);
                }
            }
        }
        self.advance();
        self.release();
        Ok(())
    }

    /// Takes the passing of time, at the moment that [`Session::poll_timeout`] gave.
    pub fn handle_timeout(&mut self, now: Instant) {
        match &mut self.phase {
            Phase::Dialling {
                until: Some(until), ..
            } if now >= *until => self.handle_dial_failed(now),
            Phase::Connected(connected) => match connected
                .conversation
                .handle_timeout(Purpose::is_for_rows, now)
            {
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
            // Without a remote there is nothing to wait for.
            Phase::Waiting { .. } if self.remotes.len() == 0 => None,
            Phase::Waiting { until } => Some(*until),
            Phase::Dialling { until, .. } => *until,
            Phase::Connected(connected) => connected.conversation.deadline(Purpose::is_for_rows),
            Phase::Closed => None,
        }
    }

    /// Whether nothing is asked that is not answered yet and no message has come in part: what comes
    /// next is what the server tells of itself.
    pub fn awaits_nothing(&self) -> bool {
        match &self.phase {
            Phase::Connected(connected) => connected.conversation.awaits_nothing(),
            _ => false,
        }
    }

    /// The next bytes to send.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        match &mut self.phase {
            Phase::Connected(connected) => connected.conversation.poll_transmit(),
            _ => None,
        }
    }

    /// The identifier on the wire of the monitor of the server's own database.
    #[cfg(test)]
    fn server_wire(&self) -> Option<u64> {
        match &self.phase {
            Phase::Connected(connected) => match &connected.server {
                ServerView::Asked(server) => server.wire(),
                _ => None,
            },
            _ => None,
        }
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }
}

/// Who reads the updates that a message opens with, if they are for one of these databases.
fn reader(
    databases: &BTreeMap<MonitorId, Followed>,
    opening: Opening,
    purpose: Option<&Purpose>,
) -> Option<UpdateReader> {
    match (opening, purpose) {
        (Opening::Answer { since, .. }, Some(Purpose::Monitor(id))) => {
            databases.get(id)?.replication.answer_reader(since)
        }
        (Opening::Answer { .. }, _) => None,
        (Opening::Told { wire, format }, _) => databases
            .values()
            .find(|followed| followed.replication.is_wire(wire))?
            .replication
            .update_reader(format),
    }
}

#[cfg(test)]
mod tests;
