//! Limits: how much of the machine the MCP server may take.

use std::time::Duration;

/// How many tools run at once; further calls wait for their turn.
/// **Default and why**: 16; each holds the rows it reads, and an agent asks a few things at a
/// time.
pub const MAX_CALLS: usize = 16;
/// How long a call may take, the wait for its turn included.
/// **Default and why**: 300 s; the largest bundles are read in less, and no client waits longer.
pub const CALL_TIME: Duration = Duration::from_secs(300);
/// How many connections are served at once over HTTP; more are answered that they are too many.
/// **Default and why**: 128; some for each of many agents, a fraction of the descriptors of a
/// process.
pub const MAX_CONNECTIONS: usize = 128;
/// How many connections at once are told that they are too many; more are closed without a word.
/// **Default and why**: 32; the word is a courtesy that must not become the way in.
pub const MAX_REFUSED: usize = 32;
/// How many sessions are kept at once where sessions are kept at all.
/// **Default and why**: 128, one for each connection; each costs some 100 kB.
pub const MAX_SESSIONS: usize = 128;
/// After how long without a request a session ends.
/// **Default and why**: 300 s; clients seldom say that they are gone, and one that comes back
/// begins anew.
pub const SESSION_IDLE: Duration = Duration::from_secs(300);
/// How long the body of a request may be, in bytes.
/// **Default and why**: 1 MiB; the largest question, a list of columns and conditions, takes some
/// kilobytes.
pub const MAX_BODY_BYTES: usize = 1 << 20;
/// How long the body of a request may be on its way.
/// **Default and why**: 30 s; a megabyte over a slow line.
pub const BODY_TIME: Duration = Duration::from_secs(30);
/// How long a connection may be without a request, or with half of one's head.
/// **Default and why**: 60 s; what clients and proxies keep unused connections for.
pub const HEAD_TIME: Duration = Duration::from_secs(60);
/// How long calls under way may go on once the server is told to end.
/// **Default and why**: 5 s; most answers come sooner, and whoever stops services waits for about
/// ten.
pub const GRACE: Duration = Duration::from_secs(5);
/// How long nobody is let in when the operating system cannot open another connection.
/// **Default and why**: 100 ms; until then others may have ended.
pub const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// The limits that can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many tools run at once; default [`MAX_CALLS`].
    pub calls: usize,
    /// How long a call may take; default [`CALL_TIME`].
    pub call_time: Duration,
    /// How many connections are served at once over HTTP; default [`MAX_CONNECTIONS`].
    pub connections: usize,
    /// How long the body of a request may be on its way over HTTP; default [`BODY_TIME`].
    pub body_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls: MAX_CALLS,
            call_time: CALL_TIME,
            connections: MAX_CONNECTIONS,
            body_time: BODY_TIME,
        }
    }
}
