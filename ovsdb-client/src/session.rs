//! The session: one connection's conversation with a server, as a pure machine.
//!
//! Bytes, requests and the time go in; bytes to send, events and the next deadline come out. One
//! owner pumps it. Events come in the order of the wire: what a server sent before a reply is
//! applied before that reply is given out, so a client reads its own writes.
//!
//! ```text
//!  monitor(request) ─► monitor_cond_since ──reply──► replicating ──update3──┐
//!                        │ "unknown method"             ▲   ▲  └────────────┘
//!                        ▼                              │   │
//!                      monitor_cond ────────reply───────┘   │  update2
//!                        │ "unknown method"                 │
//!                        ▼                                  │
//!                      monitor ─────────────reply───────────┘  update
//! ```

mod monitor;
mod probe;

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::value::RawValue;
use thiserror::Error;

use self::monitor::{Monitor, Step};
pub use self::monitor::{MonitorId, MonitorRequest, MonitorTable};
use self::probe::Probe;
use crate::replica::{ChangeBatch, Snapshot};
use crate::rpc::{
    Envelope, EnvelopeError, Framer, FramingError, RemoteError, encode_notification, encode_reply,
    encode_request,
};
use crate::update::{RowFault, UpdateError};

/// Which of the owner's requests an event answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(u64);

/// What came out of the conversation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// A request was answered.
    Reply {
        /// The request.
        call: CallId,
        /// The result, or the error.
        result: Result<Box<RawValue>, RemoteError>,
    },
    /// A monitor has all its rows, or more of them changed.
    Replicated {
        /// The monitor.
        monitor: MonitorId,
        /// The rows now.
        snapshot: Snapshot,
        /// What changed.
        batch: ChangeBatch,
        /// What of the message could not be read; everything else was.
        faults: Vec<RowFault>,
    },
    /// A monitor could not be set up, or its data cannot be trusted any more.
    MonitorFailed {
        /// The monitor, which is gone.
        monitor: MonitorId,
        /// Why.
        error: MonitorError,
    },
}

/// A monitor failed.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum MonitorError {
    /// The server refused it.
    #[error("the server refused the monitor")]
    Refused(#[source] RemoteError),
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

/// The conversation cannot go on; the connection must be dropped.
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
}

/// How a session behaves.
#[derive(Clone, Debug)]
pub struct SessionConfig {
    /// After how long a silence the server is asked for a sign of life, and after how long again
    /// the connection counts as dead; `None` never asks.
    /// **Default and why**: 5 s, what ovsdb-server and the C client use.
    pub probe: Option<Duration>,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            probe: Some(Duration::from_secs(5)),
        }
    }
}

/// What a request was for.
#[derive(Debug)]
enum Pending {
    Call(CallId),
    Monitor(MonitorId),
    Probe,
}

/// One connection's conversation.
#[derive(Debug)]
pub struct Session {
    framer: Framer,
    next_id: u64,
    pending: HashMap<u64, Pending>,
    monitors: HashMap<MonitorId, Monitor>,
    outbox: VecDeque<Vec<u8>>,
    events: VecDeque<Event>,
    probe: Probe,
}

impl Session {
    /// A conversation over a connection that was just made.
    pub fn new(config: &SessionConfig, now: Instant) -> Self {
        Self {
            framer: Framer::default(),
            next_id: 0,
            pending: HashMap::new(),
            monitors: HashMap::new(),
            outbox: VecDeque::new(),
            events: VecDeque::new(),
            probe: Probe::new(config.probe, now),
        }
    }

    /// Asks the server for something; the answer comes as [`Event::Reply`].
    ///
    /// # Errors
    /// When a parameter has no JSON form; nothing was sent then.
    pub fn call(
        &mut self,
        method: &str,
        params: &impl Serialize,
    ) -> Result<CallId, serde_json::Error> {
        let id = self.next_id;
        self.outbox.push_back(encode_request(id, method, params)?);
        self.next_id += 1;
        let call = CallId(id);
        self.pending.insert(id, Pending::Call(call));
        Ok(call)
    }

    /// Tells the server something that it does not answer.
    ///
    /// # Errors
    /// When a parameter has no JSON form; nothing was sent then.
    pub fn notify(
        &mut self,
        method: &str,
        params: &impl Serialize,
    ) -> Result<(), serde_json::Error> {
        self.outbox.push_back(encode_notification(method, params)?);
        Ok(())
    }

    /// Forgets a request: its late reply is passed over.
    pub fn forget(&mut self, call: CallId) {
        self.pending.remove(&call.0);
    }

    /// Starts to replicate the tables of the request, by the newest method the server knows.
    pub fn monitor(&mut self, request: MonitorRequest) -> MonitorId {
        let id = MonitorId(self.next_id);
        self.monitors.insert(id, Monitor::new(id, request));
        self.advance(id);
        id
    }

    /// Stops a monitor. Its rows are forgotten; the server is told.
    pub fn cancel_monitor(&mut self, id: MonitorId) {
        if self.monitors.remove(&id).is_some() {
            let request = encode_request(self.next_id, "monitor_cancel", &[id]);
            if let Ok(request) = request {
                self.outbox.push_back(request);
                self.next_id += 1;
            }
        }
    }

    /// Sends the request for the monitor's present method.
    fn advance(&mut self, id: MonitorId) {
        let Some(monitor) = self.monitors.get(&id) else {
            return;
        };
        match monitor.encode(self.next_id) {
            Ok(request) => {
                self.outbox.push_back(request);
                self.pending.insert(self.next_id, Pending::Monitor(id));
                self.next_id += 1;
            }
            Err(error) => self.fail(id, MonitorError::Encode(error)),
        }
    }

    fn fail(&mut self, monitor: MonitorId, error: MonitorError) {
        self.monitors.remove(&monitor);
        self.events
            .push_back(Event::MonitorFailed { monitor, error });
    }

    /// Takes bytes that were read.
    ///
    /// # Errors
    /// [`SessionError`] when the conversation cannot go on. Events that came before stay to be
    /// taken.
    pub fn handle_input(&mut self, bytes: &[u8], now: Instant) -> Result<(), SessionError> {
        self.probe.heard(now);
        self.framer.push(bytes);
        while let Some(message) = self.framer.next_message()? {
            self.handle_message(&message)?;
        }
        Ok(())
    }

    fn handle_message(&mut self, message: &str) -> Result<(), SessionError> {
        match Envelope::decode(message)? {
            Envelope::Request { id, method, params } => {
                // Of the server's requests only `echo` exists; its answer goes out before
                // anything else is looked at.
                let reply = match method {
                    "echo" => encode_reply(id, &params),
                    _ => encode_reply(id, &[(); 0]),
                };
                if let Ok(reply) = reply {
                    self.outbox.push_front(reply);
                }
            }
            Envelope::Notification { method, params } => self.handle_notification(method, params),
            Envelope::Reply { id, result } => self.handle_reply(id, result),
        }
        Ok(())
    }

    fn handle_reply(&mut self, id: &RawValue, result: Result<&RawValue, &RawValue>) {
        let pending = id
            .get()
            .parse::<u64>()
            .ok()
            .and_then(|id| self.pending.remove(&id));
        match pending {
            // The answer to a request nobody waits for any more.
            None | Some(Pending::Probe) => {}
            Some(Pending::Call(call)) => {
                let result = result.map(ToOwned::to_owned).map_err(RemoteError::decode);
                self.events.push_back(Event::Reply { call, result });
            }
            Some(Pending::Monitor(id)) => {
                let Some(monitor) = self.monitors.get_mut(&id) else {
                    return;
                };
                let step = monitor.handle_reply(result);
                self.step(id, step);
            }
        }
    }

    fn handle_notification(&mut self, method: &str, params: &RawValue) {
        let Some((id, step)) = monitor::handle_notification(&mut self.monitors, method, params)
        else {
            tracing::debug!(method, "a notification that nobody asked for");
            return;
        };
        self.step(id, step);
    }

    fn step(&mut self, monitor: MonitorId, step: Step) {
        match step {
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
            Step::Retry => self.advance(monitor),
            Step::Failed(error) => self.fail(monitor, error),
        }
    }

    /// Takes the passing of time, at the moment that [`Session::poll_timeout`] gave.
    ///
    /// # Errors
    /// [`SessionError::Silent`] when the server gave no sign of life.
    pub fn handle_timeout(&mut self, now: Instant) -> Result<(), SessionError> {
        match self.probe.handle_timeout(now) {
            probe::Verdict::Wait => {}
            probe::Verdict::Ask => {
                let params: [(); 0] = [];
                if let Ok(request) = encode_request(self.next_id, "echo", &params) {
                    self.outbox.push_back(request);
                    self.pending.insert(self.next_id, Pending::Probe);
                    self.next_id += 1;
                }
            }
            probe::Verdict::Dead(silence) => return Err(SessionError::Silent(silence)),
        }
        Ok(())
    }

    /// When [`Session::handle_timeout`] is next due.
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.probe.deadline()
    }

    /// The next bytes to send.
    pub fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.outbox.pop_front()
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }
}

#[cfg(test)]
mod tests;
