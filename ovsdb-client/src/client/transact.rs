//! Transactions by closure: read, change, and begin again where someone else was faster.

mod completed;
mod error;

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{self, Instant};
use uuid::Uuid;

pub use self::completed::{Completed, Ending};
pub use self::error::{Doubt, InDoubt, Resolution, Stop, TransactionError};
use crate::client::{Client, ClientError, Lock, LockStatus, Lost, Monitor, ReadWrite};
use crate::connection::LockWatch;
use crate::operation::{OperationResult, Outcome};
use crate::replica::Snapshot;
use crate::schema::DatabaseSchema;
use crate::transaction::{Naming, Place, Plan, Refusal, Transaction};

/// How often a transaction begins again after a conflict.
///
/// **Default and why**: 8. Of clients that all change the same row one gets through every time, so
/// eight others at once can be outlasted; more would hide that they work against each other.
pub const RETRIES: u32 = 8;

/// A transaction that is to be run.
///
/// The closure may run several times, each time over a fresh snapshot, and so must have no effect
/// of its own that cannot be repeated.
#[derive(Debug)]
#[must_use = "nothing is sent before run()"]
pub struct Transact<F> {
    client: Client<ReadWrite>,
    source: Source,
    body: F,
    retries: u32,
    deadline: Option<Duration>,
    naming: Naming,
    lock: Option<(Box<str>, LockWatch)>,
}

/// Where the closure reads.
#[derive(Debug)]
enum Source {
    Monitor(Monitor<ReadWrite>),
    Schema(Arc<DatabaseSchema>),
}

/// What came of one attempt.
enum Attempt {
    Committed(Vec<OperationResult>),
    Aborted(Vec<OperationResult>),
    Conflict(Place),
}

impl Monitor<ReadWrite> {
    /// Changes the replicated database by a closure that reads the replica.
    ///
    /// What the closure read and relies upon it names with [`Transaction::verify`]; when another
    /// client changed that meanwhile, the server carries nothing out, and the closure runs again
    /// over a snapshot that shows the change. When [`Transact::run`] returns, snapshots of this
    /// monitor show what the transaction changed.
    ///
    /// ```no_run
    /// # use ovsdb_client::client::{Monitor, ReadWrite, TransactionError};
    /// # use ovsdb_client::table::{Column, Table};
    /// # async fn example<T: Table>(
    /// #     monitor: Monitor<ReadWrite>, counter: T, count: Column<T, i64>,
    /// # ) -> Result<(), TransactionError> {
    /// let done = monitor
    ///     .transaction(|tx| {
    ///         let row = tx.get(&counter);
    ///         let next = row.map_or(0, |row| row.get(count)) + 1;
    ///         tx.verify(&counter, count);
    ///         tx.update(&counter).set(count, next);
    ///         Ok(next)
    ///     })
    ///     .retries(20)
    ///     .run()
    ///     .await?;
    /// println!("counted to {}", done.value);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A value of another type than the column's does not compile:
    ///
    /// ```compile_fail,E0277
    /// # use ovsdb_client::client::{Monitor, ReadWrite};
    /// # use ovsdb_client::table::{Column, Table};
    /// fn example<T: Table>(monitor: Monitor<ReadWrite>, row: T, count: Column<T, i64>) {
    ///     monitor.transaction(|tx| {
    ///         tx.update(&row).set(count, "one");
    ///         Ok(())
    ///     });
    /// }
    /// ```
    ///
    /// And neither does writing by a client that only reads:
    ///
    /// ```compile_fail,E0599
    /// # use ovsdb_client::client::{Monitor, ReadOnly};
    /// fn example(monitor: Monitor<ReadOnly>) {
    ///     monitor.transaction(|tx| Ok(()));
    /// }
    /// ```
    pub fn transaction<V, F>(&self, body: F) -> Transact<F>
    where
        F: FnMut(&mut Transaction) -> Result<V, Stop>,
    {
        let source = Source::Monitor(self.clone());
        Transact::new(self.client().clone(), source, body)
    }
}

impl Client<ReadWrite> {
    /// Changes a database by a closure that reads nothing: its schema is enough, as
    /// [`Client::schema`] gives it.
    ///
    /// Rows cannot be read or verified inside, and that nothing changes is not noticed before the
    /// server says so.
    pub fn transaction<V, F>(&self, schema: Arc<DatabaseSchema>, body: F) -> Transact<F>
    where
        F: FnMut(&mut Transaction) -> Result<V, Stop>,
    {
        Transact::new(self.clone(), Source::Schema(schema), body)
    }
}

impl<F> Transact<F> {
    fn new(client: Client<ReadWrite>, source: Source, body: F) -> Self {
        Self {
            client,
            source,
            body,
            retries: RETRIES,
            deadline: None,
            naming: Naming::default(),
            lock: None,
        }
    }

    /// How often it begins again after a conflict. **Default**: [`RETRIES`].
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// How long all attempts together may take, the wait for a server included.
    /// **Default**: no limit; a cluster without a majority can keep a write waiting for ever.
    ///
    /// What is under way then is cancelled, yet may have been carried out:
    /// [`TransactionError::Unknown`].
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Who chooses the UUIDs of new rows. **Default**: the client.
    pub fn naming(mut self, naming: Naming) -> Self {
        self.naming = naming;
        self
    }

    /// Lets the transaction fail unless this client has the lock: at once where that is known here,
    /// and otherwise by the server.
    pub fn lock(mut self, lock: &Lock) -> Self {
        self.lock = Some((lock.name().into(), lock.watch()));
        self
    }

    /// Runs the closure and sends what it put together, again after a conflict.
    ///
    /// **In a cluster** a member that loses its leader sends a transaction again by itself, so that
    /// OVSDB carries out at least once, not exactly. An insert that the client chose the UUID of
    /// cannot be repeated, and a transaction with one is recognized when it was refused for what it
    /// had done itself. One of updates only is not: a counter, say, can count twice when the leader
    /// is lost, as with every OVSDB client. Where that matters, insert a row in the same
    /// transaction.
    ///
    /// # Errors
    /// [`TransactionError`], whose variants are the outcomes other than success.
    ///
    /// # Cancel safety
    /// A dropped future does not take back what was sent. Prefer [`Transact::deadline`] to a
    /// time-out around it, which cannot say whether anything was sent.
    pub async fn run<V>(mut self) -> Result<Completed<V>, TransactionError>
    where
        F: FnMut(&mut Transaction) -> Result<V, Stop>,
    {
        let until = self.deadline.map(|limit| Instant::now() + limit);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let base = self.source.snapshot();
            let generation = base.as_ref().map(Snapshot::generation);
            let schema = self.source.schema(base.as_ref());
            let mut transaction = Transaction::new(schema, base, self.naming, Uuid::new_v4);
            self.assert_lock(&mut transaction)?;
            let value = (self.body)(&mut transaction).map_err(TransactionError::stopped)?;
            let mut plan = transaction.finish()?;
            if !plan.changes {
                return Ok(Completed::unchanged(value, attempts));
            }
            match self.attempt(&mut plan, until).await? {
                Attempt::Committed(results) => {
                    let ending = Ending::Committed;
                    return Ok(Completed::new(value, ending, attempts, &plan, results));
                }
                Attempt::Aborted(results) => {
                    let ending = Ending::Aborted;
                    return Ok(Completed::new(value, ending, attempts, &plan, results));
                }
                Attempt::Conflict(place) => {
                    let again = attempts <= self.retries
                        && self.source.await_news(generation, &place, until).await?;
                    if !again {
                        return Err(TransactionError::Conflict { attempts, place });
                    }
                }
            }
        }
    }

    fn assert_lock(&self, transaction: &mut Transaction) -> Result<(), TransactionError> {
        let Some((name, watch)) = &self.lock else {
            return Ok(());
        };
        if !matches!(*watch.borrow(), Ok(LockStatus::Held)) {
            return Err(TransactionError::NotLocked { lock: name.clone() });
        }
        transaction.assert(name);
        Ok(())
    }

    /// Sends the plan's operations and reads what came of them.
    async fn attempt(
        &self,
        plan: &mut Plan,
        until: Option<Instant>,
    ) -> Result<Attempt, TransactionError> {
        let database = self.source.database();
        let operations = std::mem::take(&mut plan.operations);
        let doubt = |doubt| InDoubt::new(&database, plan, doubt);
        let lost = |lost| match (lost, plan.rehearses) {
            (Lost::Canceled, _) => TransactionError::Canceled(doubt(Doubt::Canceled)),
            // Carried out or not, it was undone.
            (lost, true) => ClientError::Lost(lost).into(),
            (lost, false) => TransactionError::Unknown(doubt(Doubt::Lost(lost))),
        };
        let count = operations.len();
        tracing::debug!(db = database, operations = count, "a transaction is sent");
        let mut submitted = self.client.submit(&database, operations).await?;
        let reply = match in_time(until, submitted.reply()).await {
            None => {
                // A rehearsal is undone whether it was sent or not.
                let sent = submitted.give_up().await.unwrap_or(true) && !plan.rehearses;
                return Err(match sent {
                    true => TransactionError::Unknown(doubt(Doubt::Expired)),
                    false => TransactionError::Expired,
                });
            }
            Some(Ok(reply)) => reply,
            Some(Err(ClientError::InDoubt(reason))) => return Err(lost(reason)),
            Some(Err(ClientError::Remote(error))) => {
                return Err(TransactionError::refused(Place::Whole, error));
            }
            Some(Err(error)) => return Err(error.into()),
        };
        let unreadable =
            |error| TransactionError::Unknown(doubt(Doubt::Unreadable(Arc::new(error))));
        let error = match Outcome::decode(count, &reply).map_err(unreadable)? {
            Ok(outcome) => return Ok(Attempt::Committed(plan.own(outcome.results))),
            Err(error) => error,
        };
        if self.source.shows(plan) {
            return Ok(Attempt::Committed(Vec::new()));
        }
        if plan.is_repeated(&error) {
            return Err(TransactionError::Unknown(doubt(Doubt::Repeated)));
        }
        match plan.refusal(&error) {
            Refusal::Aborted => {
                let tried = error.operation.unwrap_or_default();
                let results = Outcome::decode_before(tried, &reply).map_err(unreadable)?;
                Ok(Attempt::Aborted(plan.own(results)))
            }
            Refusal::Conflict(place) => Ok(Attempt::Conflict(place)),
            Refusal::NotLocked(lock) => Err(TransactionError::NotLocked { lock }),
            Refusal::Refused(place) => Err(TransactionError::refused(place, error.error)),
        }
    }
}

/// Waits until then at the longest.
async fn in_time<T>(until: Option<Instant>, future: impl Future<Output = T>) -> Option<T> {
    match until {
        Some(until) => time::timeout_at(until, future).await.ok(),
        None => Some(future.await),
    }
}

impl Source {
    fn snapshot(&self) -> Option<Snapshot> {
        match self {
            Self::Monitor(monitor) => Some(monitor.snapshot()),
            Self::Schema(_) => None,
        }
    }

    fn schema(&self, base: Option<&Snapshot>) -> Arc<DatabaseSchema> {
        match (self, base) {
            (Self::Schema(schema), _) => Arc::clone(schema),
            (Self::Monitor(_), Some(base)) => Arc::clone(&base.layout().schema),
            (Self::Monitor(monitor), None) => Arc::clone(&monitor.snapshot().layout().schema),
        }
    }

    /// Whether a row is here that only this attempt can have inserted.
    ///
    /// A member of a cluster that loses its leader sends a transaction again by itself, and the
    /// second time is refused for what the first had done. The replica shows that by now.
    fn shows(&self, plan: &Plan) -> bool {
        let Some(snapshot) = self.snapshot() else {
            return false;
        };
        plan.inserted.iter().any(|row| {
            let table = snapshot.table(&row.table);
            row.fresh && table.is_some_and(|table| table.get(row.uuid).is_some())
        })
    }

    fn database(&self) -> String {
        self.schema(None).name.to_string()
    }

    /// Waits until the replica shows what was in conflict; false when it will never.
    ///
    /// The server sends the change before it refuses the transaction, so the wait is over at once,
    /// unless the replica is just being fetched anew.
    async fn await_news(
        &self,
        generation: Option<u64>,
        place: &Place,
        until: Option<Instant>,
    ) -> Result<bool, TransactionError> {
        let (Self::Monitor(monitor), Some(generation)) = (self, generation) else {
            return Ok(false);
        };
        if monitor.snapshot().generation() != generation {
            return Ok(true);
        }
        if !matches!(place, Place::Verify { row: Some(_), .. }) {
            // What is in the way may be what is not replicated.
            return Ok(false);
        }
        let mut monitor = monitor.clone();
        let newer = async {
            while monitor.snapshot().generation() == generation {
                let changed = monitor.changed().await;
                changed.map_err(|_| ClientError::Lost(monitor.client().why_lost()))?;
            }
            Ok(true)
        };
        in_time(until, newer)
            .await
            .unwrap_or(Err(TransactionError::Expired))
    }
}
