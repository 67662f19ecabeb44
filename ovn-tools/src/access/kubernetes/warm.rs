//! Warm streams: connections that are kept from one question to the next.
//!
//! There is one stream to each socket for each identity: what was opened with the rights of one
//! caller answers no other. It is closed when nobody has asked for a while, or when others need
//! its place.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex as Latch, PoisonError, Weak};
use std::time::Duration;

use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::unixctl::Unixctl;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep, timeout};

use crate::access::bearer::Identity;

/// How long a stream is kept without a question.
/// **Default and why**: 2 minutes; who asks one question after the other takes seconds between
/// them, and a bridge takes some 10 MB in the pod and 0.8 MB in the API server.
pub(super) const IDLE: Duration = Duration::from_secs(120);

/// How long to wait for a stream to be closed before looking whether one is free.
/// **Default and why**: 20 ms, less than what a new stream costs.
const FREED: Duration = Duration::from_millis(20);

/// A connection in its place.
#[derive(Debug)]
pub(super) struct Slot<T> {
    pub(super) warm: Option<T>,
    used: Instant,
    permit: Option<Arc<OwnedSemaphorePermit>>,
}

impl<T> Slot<T> {
    fn empty() -> Self {
        Self {
            warm: None,
            used: Instant::now(),
            permit: None,
        }
    }

    /// Keeps the place of a connection among the streams.
    pub(super) fn hold(&mut self, permit: OwnedSemaphorePermit) {
        self.permit = Some(Arc::new(permit));
        self.used = Instant::now();
    }

    /// A share in the place: while there is one, the connection is in use.
    pub(super) fn share(&self) -> Option<Arc<OwnedSemaphorePermit>> {
        self.permit.clone()
    }

    fn is_free(&self) -> bool {
        let shares = self.permit.as_ref().map_or(0, Arc::strong_count);
        self.warm.is_some() && shares <= 1
    }

    /// Gives a connection up.
    pub(super) fn close(&mut self) {
        self.warm = None;
        self.permit = None;
    }

    /// Says that it is used now.
    pub(super) fn touch(&mut self) {
        self.used = Instant::now();
    }
}

/// What a stream is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// With whose rights it was opened; `None` for those of this program.
    pub(super) identity: Option<Identity>,
    /// The socket's.
    pub(super) address: String,
}

/// The slots of one kind.
type Slots<T> = Latch<HashMap<Key, Arc<Mutex<Slot<T>>>>>;

/// The warm streams of one cluster.
#[derive(Debug)]
pub(super) struct Warm {
    streams: Arc<Semaphore>,
    idle: Duration,
    databases: Slots<Client<ReadOnly>>,
    controls: Slots<Unixctl>,
    sweeping: AtomicBool,
}

impl Warm {
    /// Of at most so many streams.
    pub(super) fn new(streams: usize, idle: Duration) -> Arc<Self> {
        Arc::new(Self {
            streams: Arc::new(Semaphore::new(streams)),
            idle,
            databases: Latch::default(),
            controls: Latch::default(),
            sweeping: AtomicBool::new(false),
        })
    }

    /// The slot of a database's socket; it is waited for while somebody else connects.
    pub(super) async fn database(
        self: &Arc<Self>,
        key: &Key,
    ) -> OwnedMutexGuard<Slot<Client<ReadOnly>>> {
        let slot = slot(&self.databases, key);
        self.sweep_later();
        slot.lock_owned().await
    }

    /// The slot of a control socket; it is waited for while somebody else asks.
    pub(super) async fn control(self: &Arc<Self>, key: &Key) -> OwnedMutexGuard<Slot<Unixctl>> {
        let slot = slot(&self.controls, key);
        self.sweep_later();
        slot.lock_owned().await
    }

    /// The right to one more stream; where there are too many, the one that was used longest ago
    /// is closed.
    pub(super) async fn admit(&self) -> Option<OwnedSemaphorePermit> {
        loop {
            if let Ok(permit) = Arc::clone(&self.streams).try_acquire_owned() {
                return Some(permit);
            }
            let databases = oldest(&self.databases);
            let controls = oldest(&self.controls);
            match (databases, controls) {
                (Some((database, mut slot)), Some((control, _))) if database <= control => {
                    slot.close();
                }
                (_, Some((_, mut slot))) => slot.close(),
                (Some((_, mut slot)), None) => slot.close(),
                // All of them are in use: one may be closed, or only become free.
                (None, None) => {
                    let closed = Arc::clone(&self.streams).acquire_owned();
                    if let Ok(permit) = timeout(FREED, closed).await {
                        return permit.ok();
                    }
                }
            }
        }
    }

    /// Has idle streams closed in time, by a task that lives as long as there are any.
    fn sweep_later(self: &Arc<Self>) {
        if self.sweeping.swap(true, Ordering::SeqCst) {
            return;
        }
        let (this, idle) = (Arc::downgrade(self), self.idle);
        tokio::spawn(async move {
            while let Some(wait) = sweep(&this, idle) {
                sleep(wait).await;
            }
        });
    }
}

/// Closes what is idle; gives how long to wait until something else may be, or nothing when all is
/// closed.
fn sweep(this: &Weak<Warm>, idle: Duration) -> Option<Duration> {
    let warm = this.upgrade()?;
    let next = || {
        let next = [
            close_idle(&warm.databases, idle),
            close_idle(&warm.controls, idle),
        ];
        next.into_iter().flatten().min()
    };
    if let Some(wait) = next() {
        return Some(wait);
    }
    warm.sweeping.store(false, Ordering::SeqCst);
    // A slot that was made meanwhile has seen this task still at work.
    let wait = next()?;
    let has_successor = warm.sweeping.swap(true, Ordering::SeqCst);
    (!has_successor).then_some(wait)
}

fn slot<T>(slots: &Slots<T>, key: &Key) -> Arc<Mutex<Slot<T>>> {
    let mut slots = slots.lock().unwrap_or_else(PoisonError::into_inner);
    let slot = slots.entry(key.clone());
    Arc::clone(slot.or_insert_with(|| Arc::new(Mutex::new(Slot::empty()))))
}

/// The connection that was used longest ago, of those that nobody uses.
fn oldest<T>(slots: &Slots<T>) -> Option<(Instant, OwnedMutexGuard<Slot<T>>)> {
    let slots = slots.lock().unwrap_or_else(PoisonError::into_inner);
    let free = slots
        .values()
        .filter_map(|slot| Arc::clone(slot).try_lock_owned().ok());
    free.filter(|slot| slot.is_free())
        .map(|slot| (slot.used, slot))
        .min_by_key(|(used, _)| *used)
}

fn close_idle<T>(slots: &Slots<T>, idle: Duration) -> Option<Duration> {
    let mut slots = slots.lock().unwrap_or_else(PoisonError::into_inner);
    let mut next = None;
    slots.retain(|_, slot| {
        // One that is locked is used just now.
        let left = match slot.try_lock() {
            Err(_) => idle,
            Ok(slot) if slot.warm.is_some() && !slot.is_free() => idle,
            Ok(mut slot) => {
                let left = idle.saturating_sub(slot.used.elapsed());
                if left.is_zero() {
                    slot.close();
                }
                left
            }
        };
        // Whoever has it from here is about to lock it.
        let keep = !left.is_zero() || Arc::strong_count(slot) > 1;
        if keep {
            let wait = left.max(Duration::from_millis(1));
            next = Some(next.map_or(wait, |known: Duration| known.min(wait)));
        }
        keep
    });
    next
}
