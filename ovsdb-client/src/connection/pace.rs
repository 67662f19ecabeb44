//! Pace: how often a server is read that tells of many changes one by one.
//!
//! Each time a process wakes costs more than to take one change in. Who reads changes together that
//! come together wakes less often.

use std::time::{Duration, Instant};

/// How far apart reads are while changes come in faster.
#[derive(Debug)]
pub(super) struct Pace {
    interval: Duration,
    /// From when on what comes was read at once.
    ready: Option<Instant>,
}

impl Pace {
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            interval,
            ready: None,
        }
    }

    /// Something was read. Until when the next read is to rest, if it is: the first change after a
    /// silence is never held back, nor is a reply. `calm` says that nothing is asked of the server
    /// and that no message has come in part.
    pub(super) fn rest(&mut self, calm: bool, now: Instant) -> Option<Instant> {
        let ready = self.ready.replace(now)?;
        let is_busy = now.saturating_duration_since(ready) < self.interval;
        let until = (calm && is_busy).then(|| now + self.interval)?;
        self.ready = Some(until);
        Some(until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTERVAL: Duration = Duration::from_millis(1);

    fn micros(micros: u64) -> Duration {
        Duration::from_micros(micros)
    }

    #[test]
    fn changes_that_come_faster_than_the_pace_are_read_that_far_apart() {
        let start = Instant::now();
        let mut pace = Pace::new(INTERVAL);
        assert_eq!(pace.rest(true, start), None);
        let mut now = start + micros(100);
        for _ in 0..3 {
            let until = pace.rest(true, now).unwrap();
            assert_eq!(until, now + INTERVAL);
            // A timer may be late.
            now = until + micros(900);
        }
    }

    #[test]
    fn the_first_change_after_a_silence_is_followed_by_no_rest() {
        let start = Instant::now();
        let mut pace = Pace::new(INTERVAL);
        pace.rest(true, start);
        let until = pace.rest(true, start + micros(10)).unwrap();
        assert_eq!(pace.rest(true, until + INTERVAL), None);
    }

    #[test]
    fn replies_and_parts_of_messages_are_never_waited_for() {
        let start = Instant::now();
        let mut pace = Pace::new(INTERVAL);
        pace.rest(true, start);
        assert_eq!(pace.rest(false, start + micros(10)), None);
    }

    #[test]
    fn without_a_pace_everything_is_read_as_it_comes() {
        let now = Instant::now();
        let mut pace = Pace::new(Duration::ZERO);
        assert_eq!(pace.rest(true, now), None);
        assert_eq!(pace.rest(true, now), None);
    }
}
