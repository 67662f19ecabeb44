//! The probe: asks a silent server for a sign of life, and gives it up after as long again.

use std::time::{Duration, Instant};

/// When the server was last heard, and whether it was asked since.
#[derive(Debug)]
pub(crate) struct Probe {
    interval: Option<Duration>,
    heard: Instant,
    asked: Option<Instant>,
}

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing yet.
    Wait,
    /// Send an echo.
    Ask,
    /// The server has been silent for so long.
    Dead(Duration),
}

impl Probe {
    pub(crate) fn new(interval: Option<Duration>, now: Instant) -> Self {
        Self {
            interval,
            heard: now,
            asked: None,
        }
    }

    /// Any byte is a sign of life.
    pub(crate) fn heard(&mut self, now: Instant) {
        self.heard = now;
        self.asked = None;
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        Some(self.asked.unwrap_or(self.heard) + self.interval?)
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant) -> Verdict {
        match (self.deadline(), self.asked) {
            (Some(deadline), _) if now < deadline => Verdict::Wait,
            (None, _) => Verdict::Wait,
            (Some(_), None) => {
                self.asked = Some(now);
                Verdict::Ask
            }
            (Some(_), Some(_)) => Verdict::Dead(now.duration_since(self.heard)),
        }
    }
}
