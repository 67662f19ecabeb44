//! The server's side of one connection, as a pure machine.
//!
//! Bytes, new snapshots and the time go in; bytes to send and the next deadline come out. What has
//! changed is always told before anything else is answered, so that a client that asks for
//! something has heard of everything before it.

mod method;

use std::collections::VecDeque;
use std::fmt;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use self::method::unknown_method;
use crate::replica::Snapshot;
use crate::rpc::Framer;
use crate::serve::config::{CloseReason, MAX_REQUEST, ServeConfig};
use crate::serve::database::Databases;
use crate::serve::fault::{Emission, Fault, Treatment};
use crate::serve::message::{Answer, ECHO, Message, encode_answer, encode_echo, raw};
use crate::serve::monitor::Monitor;
use crate::serve::refusal::Refusal;
use crate::serve::transact::{Outcome, transact};

/// A transaction that waits for rows to be as it wants them.
#[derive(Debug)]
struct Waiting {
    id: Json,
    database: usize,
    params: Vec<Json>,
    since: Instant,
    limit: Option<Duration>,
}

/// The server's side of one connection.
///
/// The owner takes everything that [`ServerSession::poll_transmit`] gives before it hands in more
/// input or another snapshot, as a real server does; what happens meanwhile is told as one change.
pub struct ServerSession {
    databases: Databases,
    snapshots: Vec<Snapshot>,
    config: ServeConfig,
    framer: Framer,
    monitors: Vec<Monitor>,
    waiting: Vec<Waiting>,
    aware: bool,
    outbox: VecDeque<Emission>,
    /// Until when a fault holds the output back.
    held: Option<Instant>,
    fault: Option<Box<dyn Fault>>,
    heard: Instant,
    asked: bool,
    closing: Option<CloseReason>,
}

impl fmt::Debug for ServerSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerSession")
            .field("monitors", &self.monitors.len())
            .field("waiting", &self.waiting.len())
            .field("closing", &self.closing)
            .finish_non_exhaustive()
    }
}

impl ServerSession {
    /// The server's side of a connection that was just made.
    pub fn new(databases: Databases, config: ServeConfig, now: Instant) -> Self {
        let snapshots = databases
            .iter()
            .map(|database| database.snapshot().clone())
            .collect();
        let fault = config.faults.as_ref().map(|faults| faults());
        Self {
            databases,
            snapshots,
            config,
            framer: Framer::default(),
            monitors: Vec::new(),
            waiting: Vec::new(),
            aware: false,
            outbox: VecDeque::new(),
            held: None,
            fault,
            heard: now,
            asked: false,
            closing: None,
        }
    }

    /// Takes bytes that were read.
    pub fn handle_input(&mut self, bytes: &[u8], now: Instant) {
        self.heard = now;
        self.asked = false;
        self.framer.push(bytes);
        while self.closing.is_none() {
            match self.framer.next_message() {
                Ok(Some(text)) => self.handle_message(&text, now),
                Ok(None) => {
                    if self.framer.pending() > MAX_REQUEST {
                        self.closing = Some(CloseReason::TooGreat);
                    }
                    return;
                }
                Err(error) => self.closing = Some(error.into()),
            }
        }
    }

    fn handle_message(&mut self, text: &str, now: Instant) {
        match Message::decode(text) {
            Ok(Message::Request { id, method, params }) => {
                self.handle_request(&id, &method, params, now);
            }
            // The one notification that a server heeds.
            Ok(Message::Notification { method, params }) => {
                if let ("cancel", [id]) = (&*method, &*params) {
                    self.cancel(id);
                }
            }
            Ok(Message::Echoed) => {}
            Err(error) => self.closing = Some(error.into()),
        }
    }

    fn handle_request(&mut self, id: &Json, method: &str, params: Vec<Json>, now: Instant) {
        let treatment = match &mut self.fault {
            Some(fault) => fault.request(method),
            None => Treatment::Serve,
        };
        let answer = match treatment {
            Treatment::Serve if method == "transact" => self.transact(id, params, now),
            Treatment::Serve => Some(self.answer(method, &params)),
            Treatment::Unknown => Some(unknown_method()),
            Treatment::Ignore => None,
            Treatment::Close => {
                self.closing = Some(CloseReason::Fault);
                None
            }
        };
        if let Some(answer) = answer {
            self.send(method, encode_answer(id, &answer));
        }
    }

    fn transact(&mut self, id: &Json, params: Vec<Json>, now: Instant) -> Option<Answer> {
        let database = match self.database("transact", &params) {
            Ok(database) => database,
            Err(error) => return Some(Err(error)),
        };
        if self.waiting.iter().any(|waiting| waiting.id == *id) {
            let details = "transact: duplicate request ID";
            return Some(Err(raw(&Refusal::syntax(&Json::from(params), details))));
        }
        let mut waiting = Waiting {
            id: id.clone(),
            database,
            params,
            since: now,
            limit: None,
        };
        let answer = self.attempt(&mut waiting, now);
        if answer.is_none() {
            self.waiting.push(waiting);
        }
        answer
    }

    fn attempt(&self, waiting: &mut Waiting, now: Instant) -> Option<Answer> {
        let elapsed = now.saturating_duration_since(waiting.since);
        // A server counts in whole milliseconds.
        let elapsed = Duration::from_millis(u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX));
        let database = &self.databases.list()[waiting.database];
        let snapshot = &self.snapshots[waiting.database];
        match transact(database, snapshot, &waiting.params, elapsed) {
            Outcome::Done(results) => Some(Ok(results)),
            Outcome::Waits(limit) => {
                waiting.limit = limit;
                None
            }
        }
    }

    /// Tries the waiting transactions that `which` chooses again.
    fn retry(&mut self, now: Instant, which: impl Fn(&Waiting) -> bool) {
        for mut waiting in std::mem::take(&mut self.waiting) {
            let answer = if which(&waiting) {
                self.attempt(&mut waiting, now)
            } else {
                None
            };
            match answer {
                Some(answer) => self.send("transact", encode_answer(&waiting.id, &answer)),
                None => self.waiting.push(waiting),
            }
        }
    }

    /// Gives a waiting transaction up. It is answered only where the client said that it knows of
    /// changing databases; a real server does no better.
    fn cancel(&mut self, id: &Json) {
        if let Some(number) = self.waiting.iter().position(|waiting| waiting.id == *id) {
            let waiting = self.waiting.remove(number);
            if self.aware {
                let answer = Err(raw(&"canceled"));
                self.send("transact", encode_answer(&waiting.id, &answer));
            }
        }
    }

    /// Takes the rows of a database as they are now, and tells every monitor what changed.
    ///
    /// The snapshot is of the same layout as the one before. A name that is not served is passed
    /// over.
    pub fn publish(&mut self, database: &str, snapshot: Snapshot, now: Instant) {
        let Some(number) = self.databases.number(database) else {
            return;
        };
        let old = std::mem::replace(&mut self.snapshots[number], snapshot);
        let database = &self.databases.list()[number];
        let notices: Vec<(&'static str, Vec<u8>)> = self
            .monitors
            .iter()
            .filter(|monitor| monitor.database == number)
            .filter_map(|monitor| {
                let notice = monitor.change(database, &old, &self.snapshots[number])?;
                Some((monitor.version.notice(), notice))
            })
            .collect();
        for (method, notice) in notices {
            self.send(method, notice);
        }
        self.retry(now, |waiting| waiting.database == number);
    }

    fn send(&mut self, method: &str, message: Vec<u8>) {
        match &mut self.fault {
            Some(fault) => self.outbox.extend(fault.send(method, message)),
            None => self.outbox.push_back(Emission::Bytes(message)),
        }
    }

    /// Takes the passing of time, at the moment that [`ServerSession::poll_timeout`] gave.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.retry(now, |waiting| {
            waiting.deadline().is_some_and(|deadline| now >= deadline)
        });
        if let Some(deadline) = self.probe_deadline()
            && now >= deadline
        {
            if self.asked {
                let silence = now.saturating_duration_since(self.heard);
                self.closing = Some(CloseReason::Silent(silence));
            } else {
                self.asked = true;
                self.send(ECHO, encode_echo());
            }
        }
    }

    fn probe_deadline(&self) -> Option<Instant> {
        let interval = self.config.probe?;
        Some(self.heard + interval * if self.asked { 2 } else { 1 })
    }

    /// When [`ServerSession::handle_timeout`] or [`ServerSession::poll_transmit`] is next due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        let waiting = self.waiting.iter().filter_map(Waiting::deadline);
        waiting.chain(self.probe_deadline()).chain(self.held).min()
    }

    /// The next bytes to send, which are to be written by themselves.
    pub fn poll_transmit(&mut self, now: Instant) -> Option<Vec<u8>> {
        if self.held.is_some_and(|held| now < held) {
            return None;
        }
        self.held = None;
        loop {
            match self.outbox.pop_front()? {
                // A message that a fault swallowed.
                Emission::Bytes(bytes) if bytes.is_empty() => {}
                Emission::Bytes(bytes) => return Some(bytes),
                Emission::Pause(pause) => {
                    self.held = Some(now + pause);
                    return None;
                }
                Emission::Close => {
                    self.outbox.clear();
                    self.closing = Some(CloseReason::Fault);
                    return None;
                }
            }
        }
    }

    /// Why the connection is to be closed now, once nothing is left to send.
    pub fn close_reason(&self) -> Option<&CloseReason> {
        self.closing.as_ref().filter(|_| self.outbox.is_empty())
    }
}

impl Waiting {
    fn deadline(&self) -> Option<Instant> {
        self.limit.map(|limit| self.since + limit)
    }
}

#[cfg(test)]
mod tests;
