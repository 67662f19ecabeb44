//! The listener's side of a change stream.

use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::changes::Overflow;
use crate::changes::coalesce::Coalesced;
use crate::changes::item::ChangeItem;
use crate::changes::publisher::{Dropped, Sink, Subscriber};
use crate::replica::{Cause, ChangeBatch};
use crate::table::Table;

/// The changes of one database, or of one of its tables.
///
/// It ends when the client does. Dropping it tells the client to stop.
#[derive(Debug)]
pub struct ChangeStream(Source);

#[derive(Debug)]
enum Source {
    Coalesce {
        pending: Arc<Mutex<Coalesced>>,
        wake: mpsc::Receiver<()>,
    },
    Items(mpsc::Receiver<ChangeItem>),
    Lag {
        items: mpsc::Receiver<ChangeItem>,
        dropped: Arc<Mutex<Option<Dropped>>>,
    },
}

impl ChangeStream {
    /// Both ends of a stream.
    pub(crate) fn new(table: Option<Box<str>>, overflow: Overflow) -> (Subscriber, Self) {
        let (sink, source) = match overflow {
            Overflow::Coalesce => {
                let pending = Arc::default();
                let (sender, receiver) = mpsc::channel(1);
                let sink = Sink::Coalesce {
                    pending: Arc::clone(&pending),
                    wake: sender,
                };
                let wake = receiver;
                (sink, Source::Coalesce { pending, wake })
            }
            Overflow::Block { batches, deadline } => {
                let (items, receiver) = mpsc::channel(batches.max(1));
                (Sink::Block { items, deadline }, Source::Items(receiver))
            }
            Overflow::Lag { batches } => {
                let (items, receiver) = mpsc::channel(batches.max(1));
                let dropped = Arc::default();
                let source = Source::Lag {
                    items: receiver,
                    dropped: Arc::clone(&dropped),
                };
                (Sink::Lag { items, dropped }, source)
            }
        };
        (Subscriber { table, sink }, Self(source))
    }

    /// The next item; `None` when the client has ended.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<ChangeItem> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl Stream for ChangeStream {
    type Item = ChangeItem;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<ChangeItem>> {
        match &mut self.0 {
            Source::Items(items) => items.poll_recv(context),
            Source::Lag { items, dropped } => {
                let mut dropped = dropped.lock().unwrap_or_else(PoisonError::into_inner);
                match items.poll_recv(context) {
                    Poll::Ready(Some(item)) => Poll::Ready(Some(item)),
                    // Everything before the gap was taken, so now the gap is told.
                    end => match dropped.take() {
                        Some(Dropped { from, snapshot }) => {
                            Poll::Ready(Some(ChangeItem::Lagged { from, snapshot }))
                        }
                        None => end,
                    },
                }
            }
            Source::Coalesce { pending, wake } => loop {
                let woken = wake.poll_recv(context);
                let batch = pending
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .take();
                match (batch, woken) {
                    (Some(batch), _) => return Poll::Ready(Some(ChangeItem::Batch(batch))),
                    (None, Poll::Ready(None)) => return Poll::Ready(None),
                    (None, Poll::Pending) => return Poll::Pending,
                    // A wake-up for what was taken already.
                    (None, Poll::Ready(Some(()))) => {}
                }
            },
        }
    }
}

/// The changes of one generated table, with typed rows.
#[derive(Debug)]
pub struct TypedStream<T> {
    changes: ChangeStream,
    marker: PhantomData<fn() -> T>,
}

/// What one message did to the rows of a generated table, or the net effect of several.
#[derive(Clone, Debug)]
pub struct TypedBatch<T> {
    /// Why.
    pub cause: Cause,
    /// The generation of the snapshot that first shows it.
    pub generation: u64,
    /// The rows.
    pub rows: Vec<TypedChange<T>>,
}

/// One row of a generated table before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedChange<T> {
    /// The row is new.
    Insert(T),
    /// The row is another.
    Modify {
        /// Before.
        old: T,
        /// After.
        new: T,
    },
    /// The row is gone.
    Delete(T),
}

impl<T: Table> TypedStream<T> {
    pub(crate) fn new(changes: ChangeStream) -> Self {
        Self {
            changes,
            marker: PhantomData,
        }
    }

    /// The next batch; `None` when the client has ended.
    ///
    /// # Cancel safety
    /// Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<TypedBatch<T>> {
        self.changes.next().await.map(typed)
    }
}

impl<T: Table> Stream for TypedStream<T> {
    type Item = TypedBatch<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.changes)
            .poll_next(context)
            .map(|item| item.map(typed))
    }
}

fn typed<T: Table>(item: ChangeItem) -> TypedBatch<T> {
    let batch = match item {
        ChangeItem::Batch(batch) => batch,
        // The typed stream is made with the coalescing rule only, which never lags.
        ChangeItem::Lagged { snapshot, .. } => ChangeBatch::of_all(&snapshot, Cause::Resync),
    };
    let rows = batch
        .table(T::DEFINITION.name)
        .iter()
        .filter_map(|change| {
            let old = change.old.clone().map(T::from_row);
            let new = change.new.clone().map(T::from_row);
            Some(match (old, new) {
                (None, Some(new)) => TypedChange::Insert(new),
                (Some(old), Some(new)) => TypedChange::Modify { old, new },
                (Some(old), None) => TypedChange::Delete(old),
                (None, None) => return None,
            })
        })
        .collect();
    TypedBatch {
        cause: batch.cause,
        generation: batch.generation,
        rows,
    }
}

impl<T: Table> TypedChange<T> {
    /// The row's UUID.
    pub fn uuid(&self) -> Uuid {
        match self {
            Self::Insert(row) | Self::Delete(row) | Self::Modify { new: row, .. } => row.uuid(),
        }
    }
}
