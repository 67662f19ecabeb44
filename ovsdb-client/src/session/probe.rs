//! The probe: asks a silent server for a sign of life, and gives it up after as long again.

use std::time::{Duration, Instant};

/// How many times longer than usual a server may be silent that was asked for rows.
/// **Default and why**: 12, which makes 5 s a minute: a server makes 25 to 30 MB of JSON a second on
/// its one thread and says nothing until a reply is whole. Whoever gave up earlier would ask anew,
/// and keep it busy with replies that nobody reads.
const ROWS_PATIENCE: u32 = 12;

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

    /// When something is to be done; `for_rows` says whether the server was asked for rows.
    pub(crate) fn deadline(&self, for_rows: bool) -> Option<Instant> {
        let interval = self.interval?;
        Some(match self.asked {
            None => self.heard + interval,
            Some(asked) if for_rows => asked + interval.saturating_mul(ROWS_PATIENCE),
            Some(asked) => asked + interval,
        })
    }

    pub(crate) fn handle_timeout(&mut self, for_rows: bool, now: Instant) -> Verdict {
        match (self.deadline(for_rows), self.asked) {
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
