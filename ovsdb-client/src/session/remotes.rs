//! The remotes: the servers of one server or cluster, tried in turn.

use std::sync::Arc;

/// The name of a server that can be dialled, such as `tcp:10.0.0.1:6641`.
pub type Remote = Arc<str>;

/// Remotes in the order in which they are tried, over and over.
#[derive(Debug)]
pub(crate) struct Remotes {
    remotes: Vec<Remote>,
    next: usize,
    /// What orders them; `None` keeps the order given.
    seed: Option<u64>,
}

impl Remotes {
    pub(crate) fn new(names: Vec<Remote>, seed: Option<u64>) -> Self {
        let mut remotes = Self {
            remotes: Vec::new(),
            next: 0,
            seed,
        };
        remotes.set(names);
        remotes
    }

    /// Takes these from now on, beginning with the first of their order.
    pub(crate) fn set(&mut self, mut remotes: Vec<Remote>) {
        if let Some(mut seed) = self.seed {
            // Fisher and Yates, by a xorshift that is good enough to spread clients.
            for last in (1..remotes.len()).rev() {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                let span = u64::try_from(last + 1).unwrap_or(u64::MAX);
                remotes.swap(last, usize::try_from(seed % span).unwrap_or_default());
            }
        }
        self.remotes = remotes;
        self.next = 0;
    }

    pub(crate) fn len(&self) -> usize {
        self.remotes.len()
    }

    pub(crate) fn contains(&self, remote: &Remote) -> bool {
        self.remotes.contains(remote)
    }

    /// The remote to try now; `None` where there is none at all.
    pub(crate) fn next(&mut self) -> Option<Remote> {
        let remote = self.remotes.get(self.next)?.clone();
        self.next = (self.next + 1) % self.remotes.len();
        Some(remote)
    }
}
