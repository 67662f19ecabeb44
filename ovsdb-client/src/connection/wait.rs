//! Waiting: for the first thing that happens to a connection.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::mpsc;
use tokio::time;

use crate::connection::command::Command;
use crate::connection::wire::{Moved, Wire};
use crate::dial::{Dial, Dialling, Stream};
use crate::session::Remote;

/// A connection that is being made.
pub(super) struct Attempt {
    pub(super) remote: Remote,
    pub(super) passive: bool,
    dialling: Dialling<'static>,
}

/// What the actor waited for.
pub(super) enum Woken<O> {
    Dialled(io::Result<Box<dyn Stream>>),
    Moved(io::Result<Moved>),
    Command(Option<Command<O>>),
    Time,
}

impl Attempt {
    pub(super) fn new(remote: Remote, dial: &Arc<dyn Dial>) -> Self {
        let dial = Arc::clone(dial);
        Self {
            remote,
            passive: dial.is_passive(),
            dialling: Box::pin(async move { dial.dial().await }),
        }
    }
}

/// Waits for the first thing to happen; of the stream nothing does before it has rested.
pub(super) async fn wait<O>(
    wire: &mut Option<Wire>,
    attempt: &mut Option<Attempt>,
    commands: &mut mpsc::Receiver<Command<O>>,
    buffer: &mut [u8],
    rest: Option<Instant>,
    deadline: Option<Instant>,
) -> Woken<O> {
    let dialled = async {
        match attempt {
            Some(attempt) => (&mut attempt.dialling).await,
            None => std::future::pending().await,
        }
    };
    let moved = async {
        match wire {
            Some(wire) => {
                if let Some(until) = rest {
                    wire.rest()?;
                    time::sleep_until(until.into()).await;
                }
                wire.pump(buffer).await
            }
            None => std::future::pending().await,
        }
    };
    let time = async {
        match deadline {
            Some(deadline) => time::sleep_until(deadline.into()).await,
            None => std::future::pending().await,
        }
    };
    let happened = async {
        tokio::select! {
            result = dialled => Woken::Dialled(result),
            result = moved => Woken::Moved(result),
            command = commands.recv() => Woken::Command(command),
        }
    };
    // After a stall of the process everything is due at once: a peer whose bytes wait to be read
    // is not silent.
    tokio::select! {
        biased;
        woken = happened => woken,
        () = time => Woken::Time,
    }
}
