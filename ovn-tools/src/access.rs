//! Access: reads sources into snapshots.

mod bearer;

mod connected;

mod control;

#[cfg(feature = "kube")]
mod kubernetes;

mod tls_files;

mod warm;

mod source;

mod manifest;

pub mod bundle;

mod recorded;

mod demo;

mod direct;

mod watching;

mod program;

mod capturing;

mod host;

pub use self::bearer::{Bearer, BearerError, Identity, MAX_BEARER};
#[cfg(feature = "kube")]
pub use self::kubernetes::{Cluster, KubernetesError, ParsePodDatabaseError, PodDatabase};
#[cfg(feature = "kube")]
pub(crate) use self::kubernetes::{Reach, Way, reach};
pub use self::manifest::{DatabaseRecorded, MANIFEST_FILE, Manifest, ManifestError, Redactions};
pub use self::source::{ParseSourceError, Source};
pub use self::tls_files::TlsFiles;
pub use self::warm::{IDLE_TIME, MAX_MARKS, MAX_ROWS, MAX_TABLES, Warm};

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::{StreamExt, stream};
use ovsdb_client::client::{Client, ClientError, ReadOnly};
use thiserror::Error;

use crate::access::bundle::{Progress, Silent};
use crate::command::{Call, Command, Daemon};
use crate::objects::ObjectQuestion;
use crate::report::Gap;
use crate::snapshot::{
    CaptureRead, Captured, DatabaseRead, DropsRead, Needs, Output, Request, Snapshot,
};

/// Why a server answers nothing about the past, and what does.
const NO_PAST: &str = "a running server knows only the present: read the database's file with \
                       recorded:PATH, or record the server with `ovnscope record --follow`";

/// A source cannot be read. What is wrong stands in the chain of causes.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AccessError {
    /// A recorded database cannot be read.
    #[error("cannot read {path}")]
    Recorded {
        /// The file, folder or archive.
        path: String,
        /// What is wrong.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A server cannot be read.
    #[error("cannot read from {endpoint}")]
    Server {
        /// The endpoint.
        endpoint: String,
        /// What is wrong.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A Kubernetes cluster cannot be read, and no other source could be.
    #[cfg(feature = "kube")]
    #[error("cannot read from the cluster {cluster}")]
    Cluster {
        /// The source, in the notation of `--source`.
        cluster: String,
        /// What is wrong.
        #[source]
        cause: KubernetesError,
    },
}

/// The connections by which a server's databases are followed, one for each member of a cluster:
/// where it listens, and what connects with it first and later with any of them; none for other
/// sources.
pub(crate) fn connections(
    source: &Source,
) -> Vec<(
    String,
    impl Future<Output = Result<Client<ReadOnly>, ClientError>>,
)> {
    let (endpoints, tls) = match source {
        Source::Server { endpoints, tls, .. } => (endpoints.as_slice(), tls.as_ref()),
        _ => (&[][..], None),
    };
    let connections = endpoints.iter().enumerate().map(|(first, endpoint)| {
        let connecting = direct::follow(first, endpoints, tls);
        (endpoint.to_string(), connecting)
    });
    connections.collect()
}

/// Reads what is needed from every source.
///
/// # Errors
/// [`AccessError`] when a source cannot be read at all.
///
/// # Cancel safety
/// Dropping the future closes the connections it opened; nothing stays behind.
pub async fn read(sources: &[Source], needs: &Needs) -> Result<Snapshot, AccessError> {
    let silent: Arc<dyn Progress> = Arc::new(Silent);
    read_telling(sources, needs, &silent).await
}

/// Reads what is needed from every source and tells how far it has come.
///
/// # Errors
/// [`AccessError`] when a source cannot be read at all.
///
/// # Cancel safety
/// Dropping the future closes the connections it opened and ends what its threads do soon; nothing
/// stays behind.
pub async fn read_telling(
    sources: &[Source],
    needs: &Needs,
    progress: &Arc<dyn Progress>,
) -> Result<Snapshot, AccessError> {
    let mut snapshot = Snapshot::default();
    #[cfg(feature = "kube")]
    let mut unread = Vec::new();
    // A question to API servers alone opens no database.
    let is_of_databases = needs.databases().next().is_some() || needs.resources().is_empty();
    let all_rows = needs.with_all_rows();
    for source in sources {
        let all_rows = all_rows.as_ref().filter(|_| source.is_for_many());
        let needs = all_rows.unwrap_or(needs);
        #[cfg(feature = "kube")]
        if let Source::Kube(cluster) = source
            && !needs.resources().is_empty()
        {
            kubernetes::ask_resources(cluster, needs.resources(), &mut snapshot).await;
        }
        if let Source::Recorded(path) = source
            && !needs.resources().is_empty()
        {
            recorded::ask_resources(path, needs.resources(), &mut snapshot).await;
        }
        if !is_of_databases {
            continue;
        }
        match source {
            Source::Demo => demo::read(needs, &mut snapshot)?,
            Source::Recorded(path) => recorded::read(path, needs, progress, &mut snapshot).await?,
            Source::Server { .. } => {
                if knows(source, needs, &mut snapshot) {
                    direct::read(source, needs, &mut snapshot).await?;
                }
            }
            #[cfg(feature = "kube")]
            Source::Kube(cluster) => {
                if !knows(source, needs, &mut snapshot) {
                    continue;
                }
                let name = source.to_string();
                if !snapshot.clusters.contains(&name) {
                    snapshot.clusters.push(name);
                }
                let questions = needs.object_questions().cloned().collect();
                // Both at once: as little as can be happens between a row and its object.
                let (read, objects) = tokio::join!(
                    kubernetes::read(cluster, needs, &mut snapshot),
                    kubernetes::ask_objects(cluster, questions)
                );
                snapshot.objects.extend(objects);
                if let Err(cause) = read {
                    unread.push((cluster, cause));
                }
            }
        }
    }
    #[cfg(feature = "kube")]
    forgive(unread, &mut snapshot)?;
    if let Some(watch) = needs.watches() {
        watching::watch(sources, needs, watch, &mut snapshot).await;
    }
    snapshot.sort();
    Ok(snapshot)
}

/// Asks the clusters among the sources, live or recorded, for objects; what they do not answer says why.
///
/// # Cancel safety
/// Dropping the future closes the connections it opened; nothing stays behind.
pub async fn ask_objects(
    sources: &[Source],
    questions: Vec<ObjectQuestion>,
    snapshot: &mut Snapshot,
) {
    for source in sources {
        match source {
            #[cfg(feature = "kube")]
            Source::Kube(cluster) => {
                let read = kubernetes::ask_objects(cluster, questions.clone()).await;
                snapshot.objects.extend(read);
            }
            Source::Recorded(path) if !questions.is_empty() => {
                recorded::ask_objects(path, snapshot).await;
            }
            _ => {}
        }
    }
}

/// Whether the present of a running server is asked for; what is asked of the past is a gap.
fn knows(source: &Source, needs: &Needs, snapshot: &mut Snapshot) -> bool {
    for moment in needs.moments().iter().flatten() {
        snapshot.gaps.push(Gap {
            what: format!("{source} at {moment}"),
            why: NO_PAST.to_owned(),
        });
    }
    needs.moments().contains(&None)
}

/// Clusters that cannot be read are gaps, unless nothing at all was read.
#[cfg(feature = "kube")]
fn forgive(
    unread: Vec<(&Cluster, KubernetesError)>,
    snapshot: &mut Snapshot,
) -> Result<(), AccessError> {
    for (cluster, cause) in unread {
        if snapshot.databases.is_empty() {
            return Err(AccessError::Cluster {
                cluster: cluster.to_string(),
                cause,
            });
        }
        snapshot.gaps.push(Gap {
            what: cluster.to_string(),
            why: in_words(&cause),
        });
    }
    Ok(())
}

/// How many nodes are asked at once.
/// **Default and why**: 16; most of the time is waiting, and each node holds one answer.
const MAX_LANES: usize = 16;

/// Has the requests carried out and puts the answers into the snapshot, which was read from the
/// sources. Those beside one database go one after the other; several databases are asked at once,
/// and captures go on beside everything else. A request that gets no answer becomes a gap.
///
/// # Cancel safety
/// Dropping the future closes the connections it opened and ends the programs it started.
pub async fn perform(sources: &[Source], requests: Vec<Request>, snapshot: &mut Snapshot) {
    let mut lanes: BTreeMap<_, Vec<(usize, Request)>> = BTreeMap::new();
    for (at, request) in requests.into_iter().enumerate() {
        let is_capture = matches!(request.command, Command::Capture(_));
        let lane = (request.database, is_capture.then_some(at));
        lanes.entry(lane).or_default().push((at, request));
    }
    let databases = &snapshot.databases;
    let answering = lanes.into_values().map(|lane| async move {
        let mut answers = Vec::new();
        for (at, request) in lane {
            if let Some(read) = databases.get(request.database) {
                let answer = answer(sources, &request, read).await;
                answers.push((at, request, answer));
            }
        }
        answers
    });
    let answered: Vec<_> = stream::iter(answering)
        .buffer_unordered(MAX_LANES)
        .collect()
        .await;
    let mut answers: Vec<_> = answered.into_iter().flatten().collect();
    answers.sort_by_key(|(at, ..)| *at);
    // What fails beside one server for one reason is one gap.
    let mut failed: BTreeMap<(usize, String), Vec<String>> = BTreeMap::new();
    for (_, request, answer) in answers {
        match (answer, &request.command) {
            (Ok(Answer::Captured(captured)), Command::Capture(capture)) => {
                snapshot.captures.push(CaptureRead {
                    database: request.database,
                    capture: capture.clone(),
                    captured,
                });
            }
            (Ok(Answer::Captured(captured)), Command::Drops(trace)) => {
                snapshot.drops.push(DropsRead {
                    database: request.database,
                    trace: trace.clone(),
                    outcome: Ok(captured),
                });
            }
            // Whoever asked tries another way, and tells of both.
            (Err(why), Command::Drops(trace)) => snapshot.drops.push(DropsRead {
                database: request.database,
                trace: trace.clone(),
                outcome: Err(why),
            }),
            // Only these are answered with one.
            (Ok(Answer::Captured(_)), _) => {}
            (Ok(Answer::Text(text)), _) => snapshot.outputs.push(Output { request, text }),
            (Err(why), command) => {
                let commands = failed.entry((request.database, why)).or_default();
                let command = command.to_string();
                // What is asked twice fails twice.
                if !commands.contains(&command) {
                    commands.push(command);
                }
            }
        }
    }
    for ((place, why), commands) in failed {
        let read = &snapshot.databases[place];
        let node = read.node.as_deref().unwrap_or(&read.address);
        let what = format!("{node}: {}", commands.join(", "));
        snapshot.gaps.push(Gap { what, why });
    }
}

/// What came of a request.
enum Answer {
    Text(String),
    Captured(Captured),
}

/// Ends what was made at the sources for questions that were asked, such as debug pods on the nodes
/// of a cluster. What it cannot end ends by its own deadline.
pub async fn close(sources: &[Source]) {
    for source in sources {
        match source {
            #[cfg(feature = "kube")]
            Source::Kube(cluster) => kubernetes::close(cluster).await,
            _ => {}
        }
    }
}

async fn answer(
    sources: &[Source],
    request: &Request,
    read: &DatabaseRead,
) -> Result<Answer, String> {
    let text = match request.command.call() {
        Call::Capture { .. } if read.recorded => {
            Err("packets can be captured on a live node only, and this was recorded".to_owned())
        }
        Call::Capture {
            program,
            arguments,
            bounds,
        } => {
            let captured = host::capture(sources, read, program, &arguments, bounds).await?;
            return Ok(Answer::Captured(captured));
        }
        Call::Control { .. } | Call::Host { .. } if read.recorded => {
            recorded::output(read, &request.command).await
        }
        Call::Host { program, arguments } => host::run(sources, read, program, &arguments).await,
        Call::Control {
            daemon,
            method,
            arguments,
        } => ask(sources, read, daemon, method, &arguments).await,
        Call::Pause { time } => {
            tokio::time::sleep(time).await;
            Ok(String::new())
        }
        Call::Program { program, arguments } => program::run(read, program, &arguments)
            .await
            .map_err(|error| in_words(&error)),
    };
    text.map(Answer::Text)
}

/// Asks the daemon beside the server that the database was read from.
async fn ask(
    sources: &[Source],
    read: &DatabaseRead,
    daemon: Daemon,
    method: &str,
    arguments: &[String],
) -> Result<String, String> {
    let source = sources
        .iter()
        .find(|source| *source.to_string() == *read.source);
    match source {
        #[cfg(feature = "kube")]
        Some(Source::Kube(cluster)) => {
            kubernetes::ask(cluster, read, daemon, method, arguments).await
        }
        _ => control::ask(read, daemon, method, arguments)
            .await
            .map_err(|error| in_words(&error)),
    }
}

/// An error with its causes, on one line.
pub(crate) fn in_words(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
