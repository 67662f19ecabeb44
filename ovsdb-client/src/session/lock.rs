//! Locks: names of which a server gives each to one client at a time.
//!
//! ```text
//!            asked for, or again after a reconnect
//!  Waiting ─────────────── granted ──────────────► Held
//!     ▲                       ▲                     │  │
//!     │                       └─ the thief let go ─┐│  │ another client stole it
//!     └── connection lost ─────────────────────────┼┘  ▼
//!                     └──────────────────────── Stolen
//! ```
//!
//! A lock dies with its connection and is asked for again, never stolen again, on the next one.
//! After it was stolen the client stays in the server's queue.
//!
//! **Locks are each server's own**: in a cluster every member grants the same name to a client of
//! its own. They mean something among clients of one server, or of the leader only.
//!
//! **Source**: RFC 7047 §4.1.8 to §4.1.10; that a victim stays queued, from ovsdb-server 3.1 and
//! 3.5.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::rpc::RemoteError;

/// Where a lock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LockStatus {
    /// Another client has it, or the server has not answered yet.
    Waiting,
    /// This client has it.
    Held,
    /// Another client took it away.
    Stolen,
}

/// The locks that a session wants.
#[derive(Debug, Default)]
pub(crate) struct Locks(BTreeMap<Box<str>, Slot>);

#[derive(Debug)]
struct Slot {
    status: LockStatus,
    /// Whether it is to be taken from whoever has it; once.
    steals: bool,
    /// Whether the present server was asked.
    asked: bool,
}

/// What became of a lock.
pub(crate) type News = (Box<str>, Result<LockStatus, RemoteError>);

impl Locks {
    /// Wants a lock; false when it is wanted already, since a server refuses a second request.
    pub(crate) fn want(&mut self, name: &str, steals: bool) -> bool {
        if self.0.contains_key(name) {
            return false;
        }
        let slot = Slot {
            status: LockStatus::Waiting,
            steals,
            asked: false,
        };
        self.0.insert(name.into(), slot);
        true
    }

    /// Wants a lock no more; whether the present server is to be told.
    pub(crate) fn leave(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some_and(|slot| slot.asked)
    }

    /// The next lock to ask for, with the method to do it by.
    pub(crate) fn poll_request(&mut self) -> Option<(Box<str>, &'static str)> {
        let (name, slot) = self.0.iter_mut().find(|(_, slot)| !slot.asked)?;
        slot.asked = true;
        let method = if slot.steals { "steal" } else { "lock" };
        slot.steals = false;
        Some((name.clone(), method))
    }

    /// Takes the answer to a request.
    pub(crate) fn handle_reply(
        &mut self,
        name: &str,
        result: Result<&RawValue, &RawValue>,
    ) -> Option<News> {
        #[derive(Deserialize)]
        struct Answer {
            locked: bool,
        }
        match result {
            Ok(answer) => {
                let answer: Answer = serde_json::from_str(answer.get()).ok()?;
                answer.locked.then(|| self.tell(name, LockStatus::Held))?
            }
            Err(error) => {
                let (name, _) = self.0.remove_entry(name)?;
                Some((name, Err(RemoteError::decode(error))))
            }
        }
    }

    /// Takes a notification; `None` also when it is about something else.
    pub(crate) fn handle_notification(&mut self, method: &str, params: &RawValue) -> Option<News> {
        let status = match method {
            "locked" => LockStatus::Held,
            "stolen" => LockStatus::Stolen,
            _ => return None,
        };
        let (name,): (String,) = serde_json::from_str(params.get()).ok()?;
        self.tell(&name, status)
    }

    fn tell(&mut self, name: &str, status: LockStatus) -> Option<News> {
        let slot = self.0.get_mut(name)?;
        slot.status = status;
        Some((name.into(), Ok(status)))
    }

    /// The connection is gone, and every lock with it; gives those that were held or stolen.
    pub(crate) fn reset(&mut self) -> Vec<News> {
        let mut news = Vec::new();
        for (name, slot) in &mut self.0 {
            slot.asked = false;
            if slot.status != LockStatus::Waiting {
                slot.status = LockStatus::Waiting;
                news.push((name.clone(), Ok(LockStatus::Waiting)));
            }
        }
        news
    }
}
