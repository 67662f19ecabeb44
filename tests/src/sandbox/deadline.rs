//! Waiting for what a server will do soon, never longer than a deadline and never a fixed time.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// How long a daemon may take to open its sockets, or a port to come up.
///
/// **Default and why**: 30 s; it takes a tenth of a second on an idle machine, and the rest is for a
/// machine whose two cores compile and run other tests meanwhile.
pub const READY: Duration = Duration::from_secs(30);

/// How long a daemon that was asked to stop may take before it is killed: 5 s.
pub(crate) const STOP: Duration = Duration::from_secs(5);

/// The pause between two looks, 10 ms: short beside a daemon's start, long beside a look.
const POLL: Duration = Duration::from_millis(10);

/// Looks again and again until `look` finds something, and returns it.
///
/// # Errors
///
/// What `look` failed with, at once; or, after `limit`, that `what` did not happen.
pub fn wait_until<T>(
    what: &str,
    limit: Duration,
    mut look: impl FnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + limit;
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if Instant::now() >= deadline {
            bail!("gave up after {limit:?} waiting until {what}");
        }
        thread::sleep(POLL);
    }
}
