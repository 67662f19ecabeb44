//! Sources of a recording: what is read once, and what can be followed.

use std::time::Duration;

use jiff::Timestamp;
use ovsdb_client::changes::{ChangeItem, ChangeStream, Overflow};
use ovsdb_client::client::{Client, Monitor, ReadOnly};
use ovsdb_client::replica::{Cause, ChangeBatch};
use ovsdb_client::session::Interest;
use thiserror::Error;

use crate::access::{self, AccessError, Source};
use crate::database::Database;
use crate::node;
use crate::record::RecordError;
use crate::report::Gap;
use crate::snapshot::{Log, Needs};

/// How long one server may take to give all its rows.
/// **Default and why**: 60 s, as for every question; the largest databases seen take a few.
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// A database to record.
#[derive(Debug)]
pub(super) struct Opened {
    /// Which.
    pub(super) database: Database,
    /// The node it belongs to.
    pub(super) node: Option<String>,
    /// The source, in the notation of `--source`.
    pub(super) source: String,
    /// When its rows were read, or written.
    pub(super) moment: Option<Timestamp>,
    /// All rows.
    pub(super) first: ChangeBatch,
    /// How they came to be so; of a recording.
    pub(super) log: Option<Log>,
    /// Where further changes come from.
    pub(super) origin: Origin,
}

/// Where further changes come from.
#[derive(Debug)]
pub(super) enum Origin {
    /// None will come.
    Recorded,
    /// A running server.
    Live {
        /// The changes.
        stream: ChangeStream,
        /// What keeps them coming.
        monitor: Monitor<ReadOnly>,
    },
}

/// A server gave its rows not in time.
#[derive(Debug, Error)]
#[error("no complete answer within {READ_TIMEOUT:?}")]
struct TooSlow;

/// The server ended before its rows were here.
#[derive(Debug, Error)]
#[error("the connection ended before all rows were here")]
struct Ended;

/// All databases of the sources.
pub(super) async fn open(
    sources: &[Source],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Opened>, RecordError> {
    let mut opened = Vec::new();
    for source in sources {
        match source {
            Source::Server { .. } => opened.extend(live(source).await?),
            _ => opened.extend(once(source, gaps).await?),
        }
    }
    opened.sort_by(|a, b| (&a.node, a.database, &a.source).cmp(&(&b.node, b.database, &b.source)));
    Ok(opened)
}

async fn once(source: &Source, gaps: &mut Vec<Gap>) -> Result<Vec<Opened>, AccessError> {
    let needs = Database::ALL
        .into_iter()
        .fold(Needs::default().sound_history(), Needs::whole);
    let snapshot = access::read(std::slice::from_ref(source), &needs).await?;
    gaps.extend(snapshot.gaps);
    let opened = snapshot.databases.into_iter().map(|read| Opened {
        database: read.database,
        node: read.node.as_deref().map(str::to_owned),
        source: read.source.to_string(),
        moment: read.moment,
        first: ChangeBatch::of_all(&read.rows, Cause::Initial),
        log: read.log,
        origin: Origin::Recorded,
    });
    Ok(opened.collect())
}

/// The databases of a server, or of the first member of a cluster that answers.
async fn live(source: &Source) -> Result<Vec<Opened>, AccessError> {
    let mut last = None;
    for (endpoint, connecting) in access::connections(source) {
        let reading = async { followed(connecting.await?, source).await };
        let cause: Box<dyn std::error::Error + Send + Sync> =
            match tokio::time::timeout(READ_TIMEOUT, reading).await {
                Ok(Ok(opened)) => return Ok(opened),
                Ok(Err(error)) => error,
                Err(_) => TooSlow.into(),
            };
        last = Some(AccessError::Server { endpoint, cause });
    }
    last.map_or(Ok(Vec::new()), Err)
}

type Trouble = Box<dyn std::error::Error + Send + Sync>;

async fn followed(client: Client<ReadOnly>, source: &Source) -> Result<Vec<Opened>, Trouble> {
    let mut opened = Vec::new();
    for name in client.databases().await? {
        let Some(database) = Database::from_name(&name) else {
            continue;
        };
        let monitor = client
            .monitor(Interest::all_of(database.definition()))
            .await?;
        let mut stream = monitor.changes(Overflow::Coalesce).await?;
        let first = loop {
            match stream.next().await {
                Some(ChangeItem::Batch(batch)) => break batch,
                Some(_) => {}
                None => return Err(Ended.into()),
            }
        };
        opened.push(Opened {
            database,
            node: node::named(database, &monitor.snapshot()).map(|named| named.name),
            source: source.to_string(),
            moment: Some(Timestamp::now()),
            first,
            log: None,
            origin: Origin::Live { stream, monitor },
        });
    }
    Ok(opened)
}
