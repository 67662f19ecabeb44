//! Kubernetes: the databases of every node of an OVN-Kubernetes cluster, through its API server.
//!
//! Nothing listens on TCP there: each node holds its databases behind unix sockets in a pod. A
//! small program in the container joins the socket to the streams of a command, which the API
//! server carries; over that the protocol of the databases is spoken as over any other stream.

mod channel;

mod ending;

mod conversation;

mod bridge;

mod messages;

mod exec_stream;

mod port_channel;

mod port_stream;

mod failure;

mod patience;

mod pod;

mod runner;

mod catalogue;

mod target;

mod stock_client;

mod pod_database;

mod layout;

mod chamber;

mod debug_pod;
mod listing;

mod connector;

mod warm;

mod session;

mod review;

mod opening;

mod one_shot;

mod execution;

mod debugging;

mod objects;

mod cluster;

mod inventory;

mod control;

mod reach;

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;
use ovsdb_client::client::{Client, ClientError, ReadOnly};
use ovsdb_client::session::State;
use tokio::time::timeout;

pub use self::cluster::Cluster;
pub use self::failure::KubernetesError;
pub use self::pod_database::{ParsePodDatabaseError, PodDatabase};
pub(crate) use self::reach::{Reach, Way, reach};
use crate::access::connected::{Connection, READ_TIMEOUT, TooSlow, read_one};
use crate::access::in_words;
use crate::access::kubernetes::chamber::Chamber;
use crate::access::kubernetes::layout::Place;
use crate::access::kubernetes::patience::wait_before_attempt;
use crate::access::kubernetes::pod::Pod;
use crate::access::kubernetes::session::{PodDial, Session};
use crate::access::kubernetes::target::Target;
use crate::access::kubernetes::warm::Warm;
use crate::command::{Bounds, Daemon};
use crate::objects::{ObjectQuestion, ObjectsRead};
use crate::report::Gap;
use crate::resource::{ResourceQuestion, ResourceRead};
use crate::snapshot::{Captured, DatabaseRead, Needs, Snapshot};

/// How long a connection to a pod's database may take.
/// **Default and why**: 35 s, more than three bridges that are tried in turn, so that their own
/// limits speak first.
const DIAL_TIMEOUT: Duration = Duration::from_secs(35);

/// How often a question is repeated whose stream was lost.
/// **Default and why**: 1; an API server that was restarted takes the second one, and what fails
/// twice is a fault to tell.
const MAX_REPETITIONS: u32 = 1;

/// After how long a silence a database's server is asked for a sign of life, and after how long
/// again its stream counts as lost.
/// **Default and why**: 10 s: load balancers forget streams that are silent for minutes, and a
/// server that makes 50 MB of JSON is silent for two seconds.
const PROBE: Duration = Duration::from_secs(10);

/// How many reasons are named where nothing could be read.
/// **Default and why**: 3; on a hundred nodes it is nearly always the same one.
const MAX_REASONS: usize = 3;

/// What the address says of a database that a program in its container reads, which nothing keeps
/// for the next question.
const BY_PROGRAM: &str = " (read anew for each question by ovsdb-client)";

/// What tells the node of a database whose rows do not.
const POD_REASON: &str = "node of the pod";

/// Reads the needed databases of a cluster. Those that cannot be read are gaps.
pub(super) async fn read(
    cluster: &Cluster,
    needs: &Needs,
    snapshot: &mut Snapshot,
) -> Result<(), KubernetesError> {
    let (session, warm) = (cluster.session().await?, cluster.warm().await);
    let layout = session.layout().await?;
    let source = cluster.to_string();
    let places = layout
        .places
        .into_iter()
        .filter(|place| needs.wants(place.database));
    let mut failed: Vec<Gap> = Vec::new();
    let mut count = 0;
    let mut reads = stream::iter(places)
        .map(|place| {
            let (session, warm, source) = (Arc::clone(&session), &warm, &source);
            async move {
                let place = Arc::new(place);
                let read = read_place(session, warm, Arc::clone(&place), source, needs).await;
                (place, read)
            }
        })
        .buffer_unordered(cluster.most_streams());
    while let Some((place, read)) = reads.next().await {
        match read {
            Ok(read) => {
                snapshot.databases.push(read);
                count += 1;
            }
            Err(why) => failed.push(Gap {
                what: format!("{}: {}", place.node, place.database),
                why,
            }),
        }
    }
    let missing = layout.missing.into_iter();
    let wanted = missing.filter(|missing| missing.database.is_none_or(|one| needs.wants(one)));
    failed.extend(wanted.map(|missing| missing.gap));
    // Whichever was read first, the answer is the same.
    failed.sort_by(|a, b| (&a.what, &a.why).cmp(&(&b.what, &b.why)));
    if count == 0 && !failed.is_empty() {
        return Err(KubernetesError::Nothing(some_of(&failed)));
    }
    snapshot.gaps.extend(failed.into_iter().map(|gap| Gap {
        what: format!("{source}: {}", gap.what),
        why: gap.why,
    }));
    Ok(())
}

/// The first reasons, and how many there are besides.
fn some_of(gaps: &[Gap]) -> String {
    let shown = gaps.iter().take(MAX_REASONS);
    let mut shown: Vec<String> = shown
        .map(|gap| format!("{}: {}", gap.what, gap.why))
        .collect();
    let more = gaps.len().saturating_sub(MAX_REASONS);
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    shown.join("; ")
}

async fn read_place(
    session: Arc<Session>,
    warm: &Arc<Warm>,
    place: Arc<Place>,
    source: &str,
    needs: &Needs,
) -> Result<DatabaseRead, String> {
    let dial = PodDial {
        session: Arc::clone(&session),
        target: place.target.clone(),
        place: Arc::clone(&place),
    };
    let address = dial.to_string();
    session.remember_place(&address, &place);
    // What no stream leads to, a program in the container may still read.
    let once = async || {
        let Target::Socket(path) = &place.target else {
            return None;
        };
        let address = format!("{address}{BY_PROGRAM}");
        session.remember_place(&address, &place);
        let _in_use = warm.admit().await;
        let read = session.read_once(&place, path, source, &address, needs);
        Some(read.await)
    };
    let reading = async {
        let mut attempt = 0;
        loop {
            let (client, _in_use, connection) = connected(warm, &address, &dial).await?;
            let database = place.database;
            let read = read_one(&client, database, source, &address, needs, connection).await;
            match read {
                // What is asked only reads, so it may be asked again.
                Err(error @ ClientError::Lost(_)) if attempt < MAX_REPETITIONS => {
                    tracing::debug!(%error, address, "a stream to a pod was lost");
                    warm.database(&session.key(&address)).await.close();
                    if connection == Connection::New {
                        wait_before_attempt(attempt).await;
                        attempt += 1;
                    }
                }
                read => return read,
            }
        }
    };
    let is_bridgeless = || session.is_bridgeless(&place.image);
    let reading = async {
        // A port besides the socket is worth a try each time: it gives a stream.
        let known = if is_bridgeless() && place.port.is_none() {
            None
        } else {
            match reading.await {
                Ok(read) => return Ok(read),
                Err(error) => Some(in_words(&error)),
            }
        };
        let read = match is_bridgeless() {
            true => once().await,
            false => None,
        };
        match (read, known) {
            (Some(Ok(read)), _) => Ok(read),
            // Without this program, too, it is the bridge that is missing.
            (Some(Err(KubernetesError::NoBridge)) | None, Some(known)) => Err(known),
            (Some(Err(error)), _) => Err(in_words(&error)),
            (None, None) => Err(in_words(&KubernetesError::NoBridge)),
        }
    };
    let mut read = match timeout(READ_TIMEOUT, reading).await {
        Ok(read) => read?,
        Err(_) => return Err(in_words(&TooSlow)),
    };
    if read.node.is_none() && place.is_per_node {
        read.node = Some(place.node.as_str().into());
        read.naming.reason = Some(POD_REASON.into());
    }
    read.naming.pod = Some(format!("{}/{}", place.namespace, place.pod).into());
    Ok(read)
}

/// The connection with a database: the one that is kept, or a new one, which is kept from now on.
/// The connection is in use for as long as what is in the middle.
async fn connected(
    warm: &Arc<Warm>,
    address: &str,
    dial: &PodDial,
) -> Result<(Client<ReadOnly>, Option<impl Sized + use<>>, Connection), ClientError> {
    let mut slot = warm.database(&dial.session.key(address)).await;
    slot.touch();
    if let Some(client) = &slot.warm
        && matches!(*client.state().borrow(), State::Serving(_))
        && dial.session.may_go_on(dial).await
    {
        return Ok((client.clone(), slot.share(), Connection::Kept));
    }
    slot.close();
    let permit = warm.admit().await;
    let client = Client::<ReadOnly>::builder()
        .dial(dial.clone())
        .reconnect(false)
        .attempt(DIAL_TIMEOUT)
        .probe(Some(PROBE))
        .connect()
        .await?;
    if let Some(permit) = permit {
        slot.hold(permit);
        slot.warm = Some(client.clone());
    }
    Ok((client, slot.share(), Connection::New))
}

/// Asks the daemon beside the server that a database was read from.
pub(super) async fn ask(
    cluster: &Cluster,
    read: &DatabaseRead,
    daemon: Daemon,
    method: &str,
    arguments: &[String],
) -> Result<String, String> {
    let asking = async {
        let (session, warm) = (cluster.session().await?, cluster.warm().await);
        let gone = || KubernetesError::NoPod(read.address.to_string());
        let place = session.place_of(&read.address).ok_or_else(gone)?;
        control::ask(&session, &warm, &place, daemon, method, arguments).await
    };
    asking.await.map_err(|error| in_words(&error))
}

/// What a program on the node of a pod of OVN-Kubernetes prints, all of it or nothing: in a
/// privileged container of the pod, or else in a debug pod.
///
/// `pod` is `NAMESPACE/NAME`.
pub(super) async fn run_on_node(
    cluster: &Cluster,
    pod: &str,
    program: &'static str,
    arguments: &[String],
) -> Result<String, KubernetesError> {
    let (session, pod, argv) = on_node(cluster, pod, program, arguments).await?;
    let first = match Chamber::of(&pod) {
        Ok(chamber) => match session.run(&chamber, program, &argv).await {
            Err(error @ KubernetesError::NotInstalled { .. }) => error,
            outcome => return outcome,
        },
        Err(error) => error,
    };
    let (Some(node), Some(image)) = (&pod.spec.node_name, pod.spec.image()) else {
        return Err(first);
    };
    let second = session.run_in_debug_pod(node, image, program, &argv).await;
    second.map_err(|second| neither(first, &second))
}

/// What a program on the node of a pod of OVN-Kubernetes prints until it ends or a bound is
/// reached, in the same places as [`run_on_node`].
pub(super) async fn capture_on_node(
    cluster: &Cluster,
    pod: &str,
    program: &'static str,
    arguments: &[String],
    bounds: Bounds,
) -> Result<Captured, KubernetesError> {
    let (session, pod, argv) = on_node(cluster, pod, program, arguments).await?;
    let first = match Chamber::of(&pod) {
        Ok(chamber) => match session.capture(&chamber, program, &argv, bounds).await {
            Err(error @ KubernetesError::NotInstalled { .. }) => error,
            outcome => return outcome,
        },
        Err(error) => error,
    };
    let (Some(node), Some(image)) = (&pod.spec.node_name, pod.spec.image()) else {
        return Err(first);
    };
    let second = session.capture_in_debug_pod(node, image, program, &argv, bounds);
    second.await.map_err(|second| neither(first, &second))
}

/// The pod on a node, and a program's arguments behind its name.
async fn on_node(
    cluster: &Cluster,
    pod: &str,
    program: &'static str,
    arguments: &[String],
) -> Result<(Arc<Session>, Pod, Vec<String>), KubernetesError> {
    let session = cluster.session().await?;
    let Some((namespace, name)) = pod.split_once('/') else {
        return Err(KubernetesError::NoPod(pod.to_owned()));
    };
    let pod = session.pod(namespace, name).await?;
    let mut argv = vec![program.to_owned()];
    argv.extend_from_slice(arguments);
    Ok((session, pod, argv))
}

fn neither(first: KubernetesError, second: &KubernetesError) -> KubernetesError {
    KubernetesError::Neither {
        first: Box::new(first),
        second: in_words(second),
    }
}

/// Deletes what was made in a cluster for questions that were asked.
pub(super) async fn close(cluster: &Cluster) {
    for session in cluster.open_sessions().await {
        session.end_debug_pods().await;
    }
}

/// Asks the API server for the objects that rows are made from. What it does not answer says why.
pub(super) async fn ask_objects(
    cluster: &Cluster,
    questions: Vec<ObjectQuestion>,
) -> Vec<ObjectsRead> {
    inventory::take(cluster, questions).await
}

/// How many questions an API server is asked at once.
/// **Default and why**: 8; it serves others too, and lists are long.
const MAX_QUESTIONS: usize = 8;

/// Asks the API server. What it does not answer is a gap.
pub(super) async fn ask_resources(
    cluster: &Cluster,
    questions: &[ResourceQuestion],
    snapshot: &mut Snapshot,
) {
    let source = cluster.to_string();
    snapshot.clusters.push(source.clone());
    let session = match cluster.session().await {
        Ok(session) => session,
        Err(error) => {
            snapshot.gaps.push(Gap {
                what: source,
                why: in_words(&error),
            });
            return;
        }
    };
    let asking = questions.iter().cloned().map(|question| {
        let session = Arc::clone(&session);
        async move {
            let answer = session.answer(&question).await;
            (question, answer)
        }
    });
    let mut answers = stream::iter(asking).buffered(MAX_QUESTIONS);
    while let Some((question, answer)) = answers.next().await {
        match answer {
            Ok(answer) => snapshot.resources.push(ResourceRead {
                source: source.clone(),
                question,
                answer,
            }),
            Err(error) => snapshot.gaps.push(Gap {
                what: format!("{source}: {question}"),
                why: in_words(&error),
            }),
        }
    }
}
