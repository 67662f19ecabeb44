//! Backoff: how long to wait before the next connection attempt.
//!
//! The first round over all remotes is immediate; then the wait grows from the least to the most,
//! doubling while that stays under the most. A connection that lived at least as long as the last
//! wait starts the growth anew, one that died at once does not.
//!
//! **Source**: behaviour of the C library's `reconnect` module, which every OVS daemon uses.

use std::time::Duration;

/// The bounds of the wait between connection attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackoffConfig {
    /// The first wait that is not zero.
    /// **Default and why**: 1 s, as in all OVS programs.
    pub least: Duration,
    /// The longest wait.
    /// **Default and why**: 8 s, as in all OVS programs.
    pub most: Duration,
}

impl Default for BackoffConfig {
    fn default() -> Self {
        Self {
            least: Duration::from_secs(1),
            most: Duration::from_secs(8),
        }
    }
}

/// Where in the growth the waits are.
#[derive(Debug)]
pub(crate) struct Backoff {
    config: BackoffConfig,
    current: Duration,
    /// How many attempts are still free of any wait.
    free: usize,
}

impl Backoff {
    /// A backoff whose first `remotes` attempts are free.
    pub(crate) fn new(config: BackoffConfig, remotes: usize) -> Self {
        Self {
            config,
            current: Duration::ZERO,
            free: remotes,
        }
    }

    /// The wait before the present attempt.
    pub(crate) fn current(&self) -> Duration {
        self.current
    }

    /// Makes the next `remotes` attempts free: the connection was given up for a good reason, and
    /// another server should be found at once.
    pub(crate) fn reset(&mut self, remotes: usize) {
        self.current = Duration::ZERO;
        // One of the tries is used up by the connection that is given up now.
        self.free = remotes + 1;
    }

    /// The wait after an attempt failed (`None`) or a connection ended after it `lived`, which is
    /// counted to its last sign of life.
    pub(crate) fn next(&mut self, lived: Option<Duration>) -> Duration {
        if self.free > 1 {
            self.free -= 1;
            self.current = Duration::ZERO;
        } else if self.current < self.config.least
            || lived.is_some_and(|lived| lived >= self.current)
        {
            self.current = self.config.least;
        } else if self.current < self.config.most / 2 {
            self.current *= 2;
        } else {
            self.current = self.config.most;
        }
        self.current
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(backoff: &mut Backoff, lives: &[Option<u64>]) -> Vec<u64> {
        lives
            .iter()
            .map(|lived| backoff.next(lived.map(Duration::from_secs)).as_secs())
            .collect()
    }

    #[test]
    fn the_waits_for_a_dead_remote_grow_to_the_most() {
        let mut backoff = Backoff::new(BackoffConfig::default(), 1);
        assert_eq!(waits(&mut backoff, &[None; 6]), [1, 2, 4, 8, 8, 8]);
    }

    #[test]
    fn all_remotes_are_tried_before_the_first_wait() {
        let mut backoff = Backoff::new(BackoffConfig::default(), 3);
        assert_eq!(waits(&mut backoff, &[None; 6]), [0, 0, 1, 2, 4, 8]);
    }

    #[test]
    fn a_connection_that_dies_at_once_does_not_reset_the_growth_and_a_long_one_does() {
        let mut backoff = Backoff::new(BackoffConfig::default(), 1);
        let lives = [None, None, None, Some(3), Some(60), None];
        assert_eq!(waits(&mut backoff, &lives), [1, 2, 4, 8, 1, 2]);
    }

    #[test]
    fn a_connection_given_up_for_a_good_reason_costs_no_wait() {
        let mut backoff = Backoff::new(BackoffConfig::default(), 2);
        waits(&mut backoff, &[None; 5]);
        backoff.reset(2);
        assert_eq!(waits(&mut backoff, &[Some(1), None, None]), [0, 0, 1]);
    }
}
