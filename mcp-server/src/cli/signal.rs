//! Signals that ask the program to end.

use std::io;

use tokio::signal::unix::{SignalKind, signal};

/// Resolves at the next signal that asks the program to end: SIGINT, SIGTERM or SIGHUP, which
/// from now on do not end it by themselves.
///
/// # Errors
/// When the operating system refuses.
pub(super) fn any() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    })
}
