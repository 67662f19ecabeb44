//! The actor's side: hands each batch to everyone who listens to a database.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::time;

use crate::changes::coalesce::Coalesced;
use crate::changes::item::ChangeItem;
use crate::replica::{Cause, ChangeBatch, Snapshot};
use crate::session::{MonitorError, MonitorId};

/// Where the answer to a request to follow a database goes.
pub(crate) type MonitorReply =
    oneshot::Sender<Result<(MonitorId, watch::Receiver<Snapshot>), Arc<MonitorError>>>;

/// Everyone who listens to one database.
#[derive(Debug, Default)]
pub(crate) struct Publisher {
    /// Those who wait for the first rows.
    starting: Vec<MonitorReply>,
    snapshots: Option<watch::Sender<Snapshot>>,
    subscribers: Vec<Subscriber>,
}

/// The sending end of one change stream.
#[derive(Debug)]
pub(crate) struct Subscriber {
    /// The one table listened to; `None` for all.
    pub(crate) table: Option<Box<str>>,
    pub(crate) sink: Sink,
}

#[derive(Debug)]
pub(crate) enum Sink {
    Coalesce {
        pending: Arc<Mutex<Coalesced>>,
        wake: mpsc::Sender<()>,
    },
    Block {
        items: mpsc::Sender<ChangeItem>,
        deadline: Duration,
    },
    Lag {
        items: mpsc::Sender<ChangeItem>,
        dropped: Arc<Mutex<Option<Dropped>>>,
    },
}

/// Batches that found no room: what the listener is told of them when it has taken the rest.
///
/// Its lock is held from the look at the room to the note that there was none, and on the other
/// side from the look for an item to the look for this note, so that neither misses the other.
#[derive(Debug)]
pub(crate) struct Dropped {
    /// The generation of the first of them.
    pub(crate) from: u64,
    /// The rows after the last of them.
    pub(crate) snapshot: Snapshot,
}

impl Publisher {
    /// Answers when all rows are here, at once where by `complete` they are already.
    pub(crate) fn await_rows(&mut self, monitor: MonitorId, complete: bool, reply: MonitorReply) {
        match &self.snapshots {
            Some(sender) if complete => drop(reply.send(Ok((monitor, sender.subscribe())))),
            _ => self.starting.push(reply),
        }
    }

    /// Adds a listener, who gets all rows as they are first.
    pub(crate) fn subscribe(&mut self, mut subscriber: Subscriber) {
        if let Some(sender) = &self.snapshots {
            let batch = ChangeBatch::of_all(&sender.borrow(), Cause::Initial);
            let batch = subscriber.select(batch);
            // A new stream has room for its first item.
            let sent = match &mut subscriber.sink {
                Sink::Coalesce { pending, wake } => {
                    pending
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .add(batch);
                    wake.try_send(()).is_ok()
                }
                Sink::Block { items, .. } | Sink::Lag { items, .. } => {
                    items.try_send(ChangeItem::Batch(batch)).is_ok()
                }
            };
            if !sent {
                return;
            }
        }
        self.subscribers.push(subscriber);
    }

    /// Whether somebody is to hear of every change.
    pub(crate) fn has_listeners(&self) -> bool {
        !self.subscribers.is_empty()
    }

    /// Tells everyone; false when nobody is left to tell.
    pub(crate) async fn publish(
        &mut self,
        monitor: MonitorId,
        snapshot: Snapshot,
        batch: ChangeBatch,
    ) -> bool {
        match &self.snapshots {
            Some(sender) => {
                sender.send_replace(snapshot.clone());
            }
            None => {
                self.snapshots = Some(watch::Sender::new(snapshot.clone()));
            }
        }
        for reply in std::mem::take(&mut self.starting) {
            self.await_rows(monitor, true, reply);
        }
        let mut kept = Vec::with_capacity(self.subscribers.len());
        for mut subscriber in std::mem::take(&mut self.subscribers) {
            let batch = subscriber.select(batch.clone());
            if (batch.is_empty() && batch.cause == Cause::Delta)
                || subscriber.send(batch, &snapshot).await
            {
                kept.push(subscriber);
            }
        }
        self.subscribers = kept;
        let watched = self
            .snapshots
            .as_ref()
            .is_some_and(|sender| sender.receiver_count() > 0);
        watched || !self.subscribers.is_empty()
    }

    /// Tells everyone that there will be no rows.
    pub(crate) fn fail(self, error: &Arc<MonitorError>) {
        for reply in self.starting {
            let _ = reply.send(Err(Arc::clone(error)));
        }
    }
}

impl Subscriber {
    /// The part of a batch that concerns this listener.
    fn select(&self, mut batch: ChangeBatch) -> ChangeBatch {
        if let Some(table) = &self.table {
            let number = batch.layout().table_number(table);
            batch.tables.retain(|changes| Some(changes.table) == number);
        }
        batch
    }

    /// Hands a batch on by the listener's rule; false when the listener is gone.
    async fn send(&mut self, batch: ChangeBatch, snapshot: &Snapshot) -> bool {
        match &mut self.sink {
            Sink::Coalesce { pending, wake } => {
                pending
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .add(batch);
                // A wake-up that already waits will do.
                !matches!(
                    wake.try_send(()),
                    Err(mpsc::error::TrySendError::Closed(()))
                )
            }
            Sink::Block { items, deadline } => {
                let sending = items.send(ChangeItem::Batch(batch));
                matches!(time::timeout(*deadline, sending).await, Ok(Ok(())))
            }
            Sink::Lag { items, dropped } => {
                let mut dropped = dropped.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(dropped) = &mut *dropped {
                    dropped.snapshot = snapshot.clone();
                    return !items.is_closed();
                }
                let from = batch.generation;
                match items.try_send(ChangeItem::Batch(batch)) {
                    Ok(()) => true,
                    Err(mpsc::error::TrySendError::Full(_)) => {
                        let snapshot = snapshot.clone();
                        *dropped = Some(Dropped { from, snapshot });
                        true
                    }
                    Err(mpsc::error::TrySendError::Closed(_)) => false,
                }
            }
        }
    }
}
