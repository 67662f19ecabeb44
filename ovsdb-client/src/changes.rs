//! Change streams: what happens to the rows, batch by batch, at the pace of whoever listens.
//!
//! A stream begins with all rows as they are, so that replaying it always leads to the rows of
//! the replica. Nothing is dropped in silence: what happens when a listener is slow is chosen when
//! the stream is made; see [`Overflow`].

mod coalesce;
mod item;
mod publisher;
mod stream;

use std::time::Duration;

pub use self::item::ChangeItem;
pub(crate) use self::publisher::{MonitorReply, Publisher, Subscriber};
pub use self::stream::{ChangeStream, TypedBatch, TypedChange, TypedStream};

/// What happens while a listener is slower than the changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overflow {
    /// Waiting changes become one batch with the net effect on each row: it costs one entry for
    /// each row that changed meanwhile, and the listener always gets to the newest state.
    #[default]
    Coalesce,
    /// The client stops reading from the server until there is room again.
    ///
    /// Everything on this connection waits, answers to the server's probes included: a listener
    /// that blocks for longer than the server's patience (5 s over TCP) costs the connection.
    Block {
        /// How many batches wait at most.
        batches: usize,
        /// How long the client waits for room; then the stream ends.
        deadline: Duration,
    },
    /// Waiting batches are dropped and the listener is told so, with the rows as they are now.
    Lag {
        /// How many batches wait at most.
        batches: usize,
    },
}

#[cfg(test)]
mod tests;
