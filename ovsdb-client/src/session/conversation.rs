//! The conversation over one connection: framing, request ids, what waits to be sent, the probe.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::value::RawValue;

use crate::rpc::{
    EnvelopeError, Framer, FramingError, MAX_DEPTH, encode_notification, encode_reply,
    encode_request,
};
use crate::session::error::SessionError;
use crate::session::opening::{Opening, opening};
use crate::session::probe::{Probe, Verdict};
use crate::update::{Fault, Update, UpdateError, UpdateReader};
use crate::value::scan::Stop;

/// One connection's side of the conversation; `T` says what each pending request is for.
#[derive(Debug)]
pub(crate) struct Conversation<T> {
    framer: Framer,
    /// Reads the updates that the message at the front holds, and how deep they may nest.
    reader: Option<(UpdateReader, usize)>,
    /// The updates of the message at the front, once they are whole.
    updates: Option<Result<Update, UpdateError>>,
    pending: HashMap<u64, T>,
    outbox: VecDeque<Vec<u8>>,
    probe: Probe,
    connected: Instant,
    heard: Instant,
}

/// A message of the server.
#[derive(Debug)]
pub(crate) struct Message {
    /// Its text, with `null` in place of updates that were read while they came.
    pub(crate) text: String,
    pub(crate) updates: Option<Result<Update, UpdateError>>,
}

/// The number of the next request. It goes on over connections, so that a request's number names
/// it for good.
#[derive(Debug, Default)]
pub(crate) struct Numbers(u64);

impl Numbers {
    /// A number that was not given before.
    pub(crate) fn take(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

impl<T> Conversation<T> {
    pub(crate) fn new(probe: Option<Duration>, now: Instant) -> Self {
        Self {
            framer: Framer::default(),
            reader: None,
            updates: None,
            pending: HashMap::new(),
            outbox: VecDeque::new(),
            probe: Probe::new(probe, now),
            connected: now,
            heard: now,
        }
    }

    /// From the start of the connection to its last sign of life.
    pub(crate) fn lived(&self) -> Duration {
        self.heard.duration_since(self.connected)
    }

    /// Sends a request whose reply is `purpose`'s.
    pub(crate) fn request(
        &mut self,
        id: u64,
        purpose: T,
        method: &str,
        params: &impl Serialize,
    ) -> Result<(), serde_json::Error> {
        self.outbox.push_back(encode_request(id, method, params)?);
        self.pending.insert(id, purpose);
        Ok(())
    }

    /// Sends a notification.
    pub(crate) fn notify(
        &mut self,
        method: &str,
        params: &impl Serialize,
    ) -> Result<(), serde_json::Error> {
        self.outbox.push_back(encode_notification(method, params)?);
        Ok(())
    }

    /// Answers a request of the server, before anything else that waits.
    pub(crate) fn answer(&mut self, id: &RawValue, method: &str, params: &RawValue) {
        // Of the server's requests only `echo` exists; anything else gets an empty answer rather
        // than none.
        let reply = match method {
            "echo" => encode_reply(id, &params),
            _ => encode_reply(id, &[(); 0]),
        };
        if let Ok(reply) = reply {
            self.outbox.push_front(reply);
        }
    }

    /// What the request with this id was for; it is pending no longer.
    pub(crate) fn settle(&mut self, id: &RawValue) -> Option<T> {
        self.pending.remove(&id.get().parse().ok()?)
    }

    /// Whether the request waits for its reply.
    pub(crate) fn is_pending(&self, id: u64) -> bool {
        self.pending.contains_key(&id)
    }

    /// Forgets a request: its late reply is passed over. Gives whether it waited for one.
    pub(crate) fn forget(&mut self, id: u64) -> bool {
        self.pending.remove(&id).is_some()
    }

    /// What all pending requests were for, in the order they were sent.
    pub(crate) fn into_pending(self) -> impl Iterator<Item = T> {
        let mut pending: Vec<(u64, T)> = self.pending.into_iter().collect();
        pending.sort_by_key(|(id, _)| *id);
        pending.into_iter().map(|(_, purpose)| purpose)
    }

    /// Takes bytes that were read.
    pub(crate) fn push(&mut self, bytes: &[u8], now: Instant) {
        self.probe.heard(now);
        self.heard = now;
        self.framer.push(bytes);
    }

    /// The next whole message. Of one that opens with updates `begin` says who reads them while
    /// they come; it is given what the request was for that they answer. Nothing of them is told
    /// before the message is whole.
    pub(crate) fn next_message(
        &mut self,
        begin: impl FnOnce(Opening, Option<&T>) -> Option<UpdateReader>,
    ) -> Result<Option<Message>, SessionError> {
        if let Some(front) = self.framer.front() {
            match opening(front) {
                Err(Stop::End) => return Ok(None),
                Err(Stop::Odd) => {}
                Ok((opening, place)) => {
                    let purpose = match opening {
                        Opening::Answer { id, .. } => self.pending.get(&id),
                        Opening::Told { .. } => None,
                    };
                    if let Some(reader) = begin(opening, purpose) {
                        self.framer.leave_out(place.at, place.depth);
                        self.reader = Some((reader, MAX_DEPTH.saturating_sub(place.depth)));
                    }
                }
            }
        }
        if let Some((mut reader, depth)) = self.reader.take() {
            let progress = reader.read(self.framer.value(), depth)?;
            self.framer.pass(progress.bytes);
            if !progress.done {
                self.reader = Some((reader, depth));
                return Ok(None);
            }
            self.updates = Some(reader.into_update());
        }
        let text = self.framer.next_message()?;
        Ok(text.map(|text| Message {
            text,
            updates: self.updates.take(),
        }))
    }

    /// Whether no request waits for its reply and no message has come in part.
    pub(crate) fn awaits_nothing(&self) -> bool {
        self.pending.is_empty() && self.reader.is_none() && self.framer.pending() == 0
    }

    /// When [`Conversation::handle_timeout`] is next due; `rows` says what asks for rows.
    pub(crate) fn deadline(&self, rows: impl Fn(&T) -> bool) -> Option<Instant> {
        self.probe.deadline(self.pending.values().any(rows))
    }

    /// Whether the server is to be asked for a sign of life or is dead.
    pub(crate) fn handle_timeout(&mut self, rows: impl Fn(&T) -> bool, now: Instant) -> Verdict {
        let for_rows = self.pending.values().any(rows);
        self.probe.handle_timeout(for_rows, now)
    }

    /// The next bytes to send.
    pub(crate) fn poll_transmit(&mut self) -> Option<Vec<u8>> {
        self.outbox.pop_front()
    }
}

impl From<Fault> for SessionError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Syntax(error) => EnvelopeError::Json(error).into(),
            Fault::Encoding => FramingError::Encoding.into(),
            Fault::Depth => FramingError::Depth.into(),
        }
    }
}
