//! How a session behaves.

use std::time::Duration;

use crate::session::backoff::BackoffConfig;
use crate::session::leader::Member;

/// How a session behaves.
#[derive(Clone, Debug)]
pub struct SessionConfig {
    /// After how long a silence the server is asked for a sign of life, and after how long again
    /// the connection counts as dead; `None` never asks. A server that was asked for the rows of a
    /// monitor may be silent for twelve times as long, since it says nothing before it has made
    /// all of the reply.
    /// **Default and why**: 5 s, what ovsdb-server and the C client use.
    pub probe: Option<Duration>,
    /// Whether a lost connection is made anew.
    /// **Default**: true.
    pub reconnect: bool,
    /// The waits between attempts.
    pub backoff: BackoffConfig,
    /// How long a connection attempt may take at least; it may take as long as the wait before it.
    /// **Default and why**: 1 s, as in all OVS programs: the next server may be alive.
    pub attempt: Duration,
    /// Which members of a cluster will do.
    pub member: Member,
    /// Whether servers are told that this client knows of databases that come, go or are converted.
    /// **Default and why**: true: the connection then outlives such changes, and transactions that
    /// they cancel are answered. Servers of before OVS 2.9 do not know the method, and that is all.
    pub change_aware: bool,
    /// Whether the remotes are tried in another order by every client.
    /// **Default and why**: true, so that the clients of a cluster spread over its members.
    pub shuffle: bool,
}

impl Default for SessionConfig {
    fn default() -> Self {
        Self {
            probe: Some(Duration::from_secs(5)),
            reconnect: true,
            backoff: BackoffConfig::default(),
            attempt: Duration::from_secs(1),
            member: Member::default(),
            change_aware: true,
            shuffle: true,
        }
    }
}
