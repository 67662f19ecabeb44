//! Items: what a change stream gives, one after the other.

use crate::replica::{ChangeBatch, Snapshot};

/// What a change stream gives.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ChangeItem {
    /// What one message did, or the net effect of several.
    Batch(ChangeBatch),
    /// Batches were dropped, by [`Overflow::Lag`](crate::changes::Overflow::Lag): go on
    /// from the rows as they are now.
    Lagged {
        /// The generation of the first batch that was dropped.
        from: u64,
        /// The rows now, everything dropped included.
        snapshot: Snapshot,
    },
}
