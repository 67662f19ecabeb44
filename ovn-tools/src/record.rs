//! Recording: databases of any source into one portable bundle.
//!
//! A bundle is a folder of standalone OVSDB files, one for each database, with a
//! [manifest](crate::access::Manifest) beside them; or the same packed as `.tar.gz`.
//! [`Recording::begin`] takes consistent snapshots, [`Recording::follow`] adds what changes, and
//! [`Recording::finish`] puts the bundle in its place. Until then everything stands under a
//! temporary name in the target's folder, and is gone when the recording is dropped.

mod schema;

mod log;

mod source;

mod bundle;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use ovsdb_client::changes::ChangeItem;
use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::dbfile::WriteError;
use thiserror::Error;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::access::{AccessError, Manifest, ManifestError, Redactions, Source, in_words};
use crate::record::bundle::{Bundle, Target};
use crate::record::log::DatabaseLog;
use crate::record::schema::Tables;
use crate::record::source::{Origin, open};
use crate::redact::{KEPT, Redactor};
use crate::report::Gap;

/// How many batches of changes wait to be written.
/// **Default and why**: 64; writing is quicker than any server tells changes, so this only has to
/// last while the disk rests.
const WAITING_BATCHES: usize = 64;

/// What is recorded, and how.
#[derive(Clone, Debug, Default)]
pub struct RecordOptions {
    /// The tables to record, of whichever database; all where none is named. Those that tell which
    /// node a database belongs to are always there.
    pub tables: Vec<String>,
    /// The key by which names and addresses are replaced; `None` leaves them as they are.
    pub redact: Option<[u8; 32]>,
}

/// A bundle cannot be made. Nothing of it is left.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RecordError {
    /// A source cannot be read.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// The sources hold no database.
    #[error("the sources hold no database to record")]
    Nothing {
        /// What could not be read.
        gaps: Vec<Gap>,
    },
    /// No database has this table.
    #[error("no database has a table `{0}`")]
    NoTable(String),
    /// Something stands where the bundle is to go.
    #[error("{0} exists already")]
    Exists(String),
    /// A file cannot be written.
    #[error("cannot write {place}")]
    Io {
        /// The file or folder.
        place: String,
        /// Why not.
        #[source]
        cause: std::io::Error,
    },
    /// A value has no form in a file.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The manifest has no JSON form.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

impl RecordError {
    /// What to send instead.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Nothing { gaps } => {
                let gaps = gaps.iter().map(|gap| format!("{}: {}", gap.what, gap.why));
                let gaps: Vec<String> = gaps.collect();
                (!gaps.is_empty()).then(|| gaps.join("; "))
            }
            Self::NoTable(_) => Some("name tables as the schema spells them".to_owned()),
            Self::Exists(_) => Some("choose another place, or remove it first".to_owned()),
            _ => None,
        }
    }
}

/// A recording that is being made.
#[derive(Debug)]
pub struct Recording {
    bundle: Bundle,
    begun: Timestamp,
    logs: Vec<DatabaseLog>,
    redactor: Option<Redactor>,
    /// What is told of the databases by their numbers; `None` where nothing more will be.
    changes: mpsc::Receiver<(usize, Option<ChangeItem>)>,
    /// The servers of the databases that are followed.
    servers: Vec<(usize, Client<ReadOnly>)>,
    /// What forwards the changes; ended when it is dropped.
    tasks: JoinSet<()>,
    /// What could not be recorded, and why.
    pub gaps: Vec<Gap>,
}

/// A finished bundle.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// What it says of itself.
    pub manifest: Manifest,
    /// What could not be recorded, and why.
    pub gaps: Vec<Gap>,
}

impl Recording {
    /// Writes a consistent snapshot of every database of the sources.
    ///
    /// The bundle is a folder where the target ends in `/`, and else a `.tar.gz`.
    ///
    /// # Errors
    /// [`RecordError`] as its variants say.
    ///
    /// # Cancel safety
    /// Dropping the future leaves nothing behind.
    pub async fn begin(
        sources: &[Source],
        options: &RecordOptions,
        target: &Path,
    ) -> Result<Self, RecordError> {
        let bundle = Bundle::begin(Target::of(target)?)?;
        let begun = Timestamp::now();
        let mut redactor = options.redact.map(Redactor::new);
        let mut gaps = Vec::new();
        let databases = open(sources, &mut gaps).await?;
        if databases.is_empty() {
            return Err(RecordError::Nothing { gaps });
        }
        let schemas: Vec<_> = databases
            .iter()
            .map(|database| &*database.first.layout().schema)
            .collect();
        let tables = Tables::of(&options.tables, &schemas)?;
        let (sender, changes) = mpsc::channel(WAITING_BATCHES);
        let mut tasks = JoinSet::new();
        let mut logs: Vec<DatabaseLog> = Vec::new();
        let mut servers = Vec::new();
        for database in databases {
            let number = logs.len();
            let taken: Vec<&str> = logs.iter().map(DatabaseLog::path).collect();
            let (log, gap) =
                DatabaseLog::begin(&database, &tables, &bundle, &taken, redactor.as_mut())?;
            logs.push(log);
            gaps.extend(gap);
            if let Origin::Live {
                mut stream,
                monitor,
            } = database.origin
            {
                servers.push((number, monitor.client().clone()));
                let sender = sender.clone();
                tasks.spawn(async move {
                    // The rows are told for as long as the monitor is held.
                    let _monitor = monitor;
                    while let Some(item) = stream.next().await {
                        if sender.send((number, Some(item))).await.is_err() {
                            return;
                        }
                    }
                    // Who waits for changes hears that none will come; nobody else has to.
                    let _ = sender.send((number, None)).await;
                });
            }
        }
        Ok(Self {
            bundle,
            begun,
            logs,
            redactor,
            changes,
            servers,
            tasks,
            gaps,
        })
    }

    /// Whether any of the databases can be followed.
    pub fn is_live(&self) -> bool {
        !self.tasks.is_empty()
    }

    /// Adds what changes in running servers' databases until the time is up.
    ///
    /// A server that is lost is connected with again, or another one of its cluster; what changed
    /// A server that is lost is connected with again, or another one of its cluster; what changed
    /// meanwhile comes as one transaction, and is told among the gaps.
    ///
    /// # Errors
    /// [`RecordError`] when something cannot be written.
    ///
    /// # Cancel safety
    /// What was told until the future is dropped is recorded.
    pub async fn follow(&mut self, time: Duration) -> Result<(), RecordError> {
        let end = Instant::now() + time;
        loop {
            let next = tokio::time::timeout_at(end, self.changes.recv()).await;
            match next {
                Ok(Some((number, item))) => self.write(number, item)?,
                Ok(None) => {
                    self.gaps.push(Gap {
                        what: "changes".to_owned(),
                        why: "no server is followed any more".to_owned(),
                    });
                    return Ok(());
                }
                Err(_) => return Ok(()),
            }
        }
    }

    fn write(&mut self, number: usize, item: Option<ChangeItem>) -> Result<(), RecordError> {
        let Some(log) = self.logs.get_mut(number) else {
            return Ok(());
        };
        let batch = match item {
            Some(ChangeItem::Batch(batch)) => batch,
            Some(_) => return Ok(()),
            None => {
                self.gaps.push(Gap {
                    what: format!("changes of {} after {}", log.path(), Timestamp::now()),
                    why: "the server tells no more of this database".to_owned(),
                });
                return Ok(());
            }
        };
        if let Some(gap) = log.append(
            &batch,
            Timestamp::now(),
            &self.bundle,
            self.redactor.as_mut(),
        )? {
            self.gaps.push(gap);
        }
        Ok(())
    }

    /// Writes the manifest and puts the bundle in its place.
    ///
    /// # Errors
    /// [`RecordError`] when something cannot be written, or something came to stand in the place.
    pub fn finish(mut self) -> Result<Recorded, RecordError> {
        self.tasks.abort_all();
        for (number, server) in &self.servers {
            if let (Some(log), Some(lost)) = (self.logs.get(*number), server.lost()) {
                self.gaps.push(Gap {
                    what: format!("the last changes of {}", log.path()),
                    why: format!(
                        "the server was lost and not found again: {}",
                        in_words(&lost)
                    ),
                });
            }
        }
        // What came before the end belongs to it.
        while let Ok((number, item)) = self.changes.try_recv() {
            self.write(number, item)?;
        }
        let redactor = self.redactor.as_ref();
        let databases = self.logs.iter().map(DatabaseLog::recorded).collect();
        let manifest = Manifest::new(self.begun, databases, redactor.map(redactions));
        self.bundle.finish(&manifest)?;
        Ok(Recorded {
            manifest,
            gaps: self.gaps,
        })
    }
}

/// What the manifest says of what was replaced.
fn redactions(redactor: &Redactor) -> Redactions {
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let replaced = redactor.replaced();
    Redactions {
        names: count(replaced.names),
        ip_addresses: count(replaced.ip_addresses),
        mac_addresses: count(replaced.mac_addresses),
        kept: KEPT.map(str::to_owned).into(),
    }
}
