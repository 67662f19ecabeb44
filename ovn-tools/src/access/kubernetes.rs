//! Kubernetes: the databases of every node of an OVN-Kubernetes cluster, through its API server.
//!
//! Nothing listens on TCP there: each node holds its databases behind unix sockets in a pod. A
//! small program in the container joins the socket to the streams of a command, which the API
//! server carries; over that the protocol of the databases is spoken as over any other stream.

mod channel;

mod ending;

mod conversation;

mod bridge;

mod exec_stream;

mod failure;

mod pod;

mod runner;

mod layout;

mod connector;

mod session;

mod execution;

mod cluster;

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;
use ovsdb_client::client::{Client, ReadOnly};
use tokio::time::timeout;

pub use self::cluster::Cluster;
pub use self::failure::KubernetesError;
use crate::access::connected::{READ_TIMEOUT, TooSlow, read_one};
use crate::access::in_words;
use crate::access::kubernetes::execution::Chamber;
use crate::access::kubernetes::layout::Place;
use crate::access::kubernetes::session::{PodDial, Session};
use crate::report::Gap;
use crate::snapshot::{DatabaseRead, Needs, Snapshot};

/// How many pods are read at once.
/// **Default and why**: 32; a hundred streams opened at once took a second and 0.8 MB each in the
/// API server, which others use too.
const MAX_STREAMS: usize = 32;

/// How long a connection to a pod's database may take.
/// **Default and why**: 35 s, more than three bridges that are tried in turn, so that their own
/// limits speak first.
const DIAL_TIMEOUT: Duration = Duration::from_secs(35);

/// How many reasons are named where nothing could be read.
/// **Default and why**: 3; on a hundred nodes it is nearly always the same one.
const MAX_REASONS: usize = 3;

/// What tells the node of a database whose rows do not.
const POD_REASON: &str = "node of the pod";

/// Reads the needed databases of a cluster. Those that cannot be read are gaps.
pub(super) async fn read(
    cluster: &Cluster,
    needs: &Needs,
    snapshot: &mut Snapshot,
) -> Result<(), KubernetesError> {
    let session = cluster.session().await?;
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
            let (session, source) = (Arc::clone(&session), &source);
            async move {
                let place = Arc::new(place);
                let read = read_place(session, Arc::clone(&place), source, needs).await;
                (place, read)
            }
        })
        .buffer_unordered(MAX_STREAMS);
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
    place: Arc<Place>,
    source: &str,
    needs: &Needs,
) -> Result<DatabaseRead, String> {
    let dial = PodDial {
        session,
        path: place.path.to_owned(),
        place: Arc::clone(&place),
    };
    let address = dial.to_string();
    let reading = async {
        let client = Client::<ReadOnly>::builder()
            .dial(dial)
            .reconnect(false)
            .attempt(DIAL_TIMEOUT)
            .connect()
            .await?;
        read_one(&client, place.database, source, &address, needs).await
    };
    let mut read = match timeout(READ_TIMEOUT, reading).await {
        Ok(Ok(read)) => read,
        Ok(Err(error)) => return Err(in_words(&error)),
        Err(_) => return Err(in_words(&TooSlow)),
    };
    if read.node.is_none() && place.is_per_node {
        read.node = Some(place.node.as_str().into());
        read.naming.reason = Some(POD_REASON.into());
    }
    read.naming.pod = Some(format!("{}/{}", place.namespace, place.pod).into());
    Ok(read)
}

/// What a program on the node of a pod of OVN-Kubernetes prints, all of it or nothing.
///
/// `pod` is `NAMESPACE/NAME`.
pub(super) async fn run_on_node(
    cluster: &Cluster,
    pod: &str,
    program: &'static str,
    arguments: &[String],
) -> Result<String, KubernetesError> {
    let session = cluster.session().await?;
    let Some((namespace, name)) = pod.split_once('/') else {
        return Err(KubernetesError::NoPod(pod.to_owned()));
    };
    let pod = session.pod(namespace, name).await?;
    let chamber = Chamber::of(&pod)?;
    let mut argv = vec![program.to_owned()];
    argv.extend_from_slice(arguments);
    session.run(&chamber, program, &argv).await
}
