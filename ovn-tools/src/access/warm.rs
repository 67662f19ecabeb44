//! Warm replicas: the databases of a server that stay followed from one question to the next.
//!
//! A question to a server that is followed already costs one round trip: whatever was committed
//! before the server answers it is here by then, because a server sends its updates in order.
//! A lost connection is made anew at the next question.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Weak};
use std::time::Duration;

use ovsdb_client::client::{Client, ClientError, Monitor, ReadOnly};
use ovsdb_client::replica;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep_until};

use crate::database::Database;

/// How long a server is followed after the last question to it.
/// **Default and why**: 10 min; an agent that thinks or waits for its user asks again within
/// that, and whoever has gone costs the server no more after it.
pub const IDLE_TIME: Duration = Duration::from_mins(10);
/// The most tables of one server that are followed beyond a question.
/// **Default and why**: 128; the databases of a node have some 85 together, so this bounds only
/// servers that hold many more.
pub const MAX_TABLES: usize = 128;
/// The most rows of one server that are followed beyond a question.
/// **Default and why**: 2 000 000, about 1 GB; the largest databases seen hold a tenth.
pub const MAX_ROWS: usize = 2_000_000;
/// How many moments of one source are kept for those who watch it.
/// **Default and why**: 64; a moment shares the rows that have not changed since, and a watcher
/// needs two at a time.
pub const MAX_MARKS: usize = 64;

/// What is kept of one source. Clones share it; two are equal, since it is no part of what the
/// source is.
#[derive(Clone, Default)]
pub struct Warm {
    kept: Option<Arc<Mutex<Kept>>>,
    /// Whether many questions are to come, so that each brings all rows for those after it.
    is_for_many: bool,
}

#[derive(Default)]
struct Kept {
    /// By address.
    servers: BTreeMap<String, Server>,
    /// The oldest first.
    marks: VecDeque<Mark>,
    last_mark: u64,
}

struct Server {
    client: Client<ReadOnly>,
    monitors: BTreeMap<Database, Monitor<ReadOnly>>,
    used: Instant,
}

/// A database as it was at a moment, under a number.
struct Mark {
    number: u64,
    address: String,
    database: Database,
    rows: replica::Snapshot,
    made: Instant,
}

impl Warm {
    /// One that keeps what it is given.
    pub(crate) fn keeping() -> Self {
        Self {
            kept: Some(Arc::default()),
            is_for_many: false,
        }
    }

    /// What keeps the same for many questions: what one reads is there for the next.
    pub(crate) fn for_many(self) -> Self {
        Self {
            is_for_many: true,
            ..self
        }
    }

    /// Whether many questions are to come.
    pub(crate) fn is_for_many(&self) -> bool {
        self.is_for_many
    }

    /// Whether anything is kept.
    pub(crate) fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    /// The client of a server and whether it was kept, or else a new one.
    pub(crate) async fn client(
        &self,
        address: &str,
        connecting: impl Future<Output = Result<Client<ReadOnly>, ClientError>>,
    ) -> Result<(Client<ReadOnly>, bool), ClientError> {
        let Some(kept) = &self.kept else {
            return Ok((connecting.await?, false));
        };
        // Held while connecting, so that questions at once make one connection.
        let mut servers = kept.lock().await;
        if let Some(server) = servers.servers.get_mut(address) {
            server.used = Instant::now();
            return Ok((server.client.clone(), true));
        }
        let server = Server {
            client: connecting.await?,
            monitors: BTreeMap::new(),
            used: Instant::now(),
        };
        let client = server.client.clone();
        servers.servers.insert(address.to_owned(), server);
        release_when_idle(Arc::downgrade(kept), address.to_owned());
        Ok((client, false))
    }

    /// Gives a server up, so that the next question connects anew.
    pub(crate) async fn forget(&self, address: &str) {
        if let Some(mut kept) = self.lock().await {
            kept.servers.remove(address);
        }
    }

    /// Keeps following a database; gives the server up where that is too much.
    pub(crate) async fn hold(&self, address: &str, database: Database, monitor: Monitor<ReadOnly>) {
        let Some(mut kept) = self.lock().await else {
            return;
        };
        let Some(server) = kept.servers.get_mut(address) else {
            return;
        };
        server.monitors.insert(database, monitor);
        let (mut tables, mut rows) = (0, 0);
        for monitor in server.monitors.values() {
            for table in monitor.snapshot().tables() {
                tables += 1;
                rows += table.len();
            }
        }
        if tables > MAX_TABLES || rows > MAX_ROWS {
            tracing::info!(address, tables, rows, "too much to be followed on");
            kept.servers.remove(address);
        }
    }

    /// What is followed of a database, by address.
    pub(crate) async fn monitors(&self, database: Database) -> Vec<(String, Monitor<ReadOnly>)> {
        let Some(kept) = self.lock().await else {
            return Vec::new();
        };
        let servers = kept.servers.iter();
        let monitors = servers.filter_map(|(address, server)| {
            Some((address.clone(), server.monitors.get(&database)?.clone()))
        });
        monitors.collect()
    }

    /// Remembers a database as it is, and gives the number by which it can be had.
    pub(crate) async fn mark(
        &self,
        address: &str,
        database: Database,
        rows: &replica::Snapshot,
    ) -> u64 {
        let Some(mut kept) = self.lock().await else {
            return 0;
        };
        // The same moment is remembered once, however often nothing has changed.
        let known = kept.marks.iter_mut().rev().find(|mark| {
            mark.address == address
                && mark.database == database
                && mark.rows.generation() == rows.generation()
                && Arc::ptr_eq(mark.rows.layout(), rows.layout())
        });
        if let Some(mark) = known {
            mark.made = Instant::now();
            return mark.number;
        }
        kept.last_mark += 1;
        let number = kept.last_mark;
        if kept.marks.len() == MAX_MARKS {
            kept.marks.pop_front();
        }
        kept.marks.push_back(Mark {
            number,
            address: address.to_owned(),
            database,
            rows: rows.clone(),
            made: Instant::now(),
        });
        number
    }

    /// A database as it was when it was given this number; `None` where that is forgotten.
    pub(crate) async fn marked(
        &self,
        number: u64,
        address: &str,
        database: Database,
    ) -> Option<replica::Snapshot> {
        let mut kept = self.lock().await?;
        let mark = kept.marks.iter_mut().find(|mark| {
            mark.number == number && mark.address == address && mark.database == database
        })?;
        mark.made = Instant::now();
        Some(mark.rows.clone())
    }

    async fn lock(&self) -> Option<MutexGuard<'_, Kept>> {
        Some(self.kept.as_ref()?.lock().await)
    }
}

/// Gives a server and old marks up when nobody has asked for [`IDLE_TIME`].
fn release_when_idle(kept: Weak<Mutex<Kept>>, address: String) {
    tokio::spawn(async move {
        while let Some(strong) = kept.upgrade() {
            let mut inner = strong.lock().await;
            let now = Instant::now();
            inner.marks.retain(|mark| mark.made + IDLE_TIME > now);
            let due = match inner.servers.get(&address) {
                Some(server) => server.used + IDLE_TIME,
                None => return,
            };
            if due <= now {
                tracing::debug!(address, "nobody asks any more");
                inner.servers.remove(&address);
                return;
            }
            drop(inner);
            drop(strong);
            sleep_until(due).await;
        }
    });
}

impl PartialEq for Warm {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Warm {}

impl fmt::Debug for Warm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Warm({})", self.keeps())
    }
}
