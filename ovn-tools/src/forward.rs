//! Forwarding: the databases and control sockets of a cluster's nodes as unix sockets on this
//! machine, for any program that speaks to such.
//!
//! Sockets are made in a folder of their own that nobody else may enter. Each client gets a stream
//! of its own to the pod. Unless writes are allowed, a proxy in between lets through what only
//! reads, and refuses the rest as a read-only server does.

mod reading;

mod judge;

mod boundary;

mod connection;

use std::env;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ovsdb_client::dial::Dial;
use tempfile::TempDir;
use thiserror::Error;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use crate::access::{self, Cluster, KubernetesError, Reach, Source, Way};
use crate::database::Database;
use crate::forward::judge::Speech;
use crate::report::Gap;

/// How many clients are served at a time.
/// **Default and why**: 64; each has a stream of its own, and so a process in the pod. Further ones
/// wait.
const MAX_CLIENTS: usize = 64;

/// How many notes wait to be read.
/// **Default and why**: 64; who does not read them loses notes, never rows.
const NOTES: usize = 64;

/// The longest path of a socket, in bytes, that a kernel takes.
const MAX_PATH: usize = 107;

/// What is forwarded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Of which nodes; may be empty where there is one only.
    pub nodes: Vec<String>,
    /// Which databases; all where neither these nor control sockets are chosen.
    pub databases: Vec<Database>,
    /// Whether control sockets are.
    pub control: bool,
    /// Whether clients may change what they reach.
    pub writes: bool,
}

/// Nothing can be forwarded.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ForwardError {
    /// The source is no cluster.
    #[error("{0} is no cluster whose sockets could be forwarded")]
    NoCluster(String),
    /// More than one cluster.
    #[error("sockets of one cluster are forwarded at a time, and several were named")]
    Clusters,
    /// The cluster cannot be asked.
    #[error("cannot reach the cluster {cluster}")]
    Cluster {
        /// The source, in the notation of `--source`.
        cluster: String,
        /// What is wrong.
        #[source]
        cause: KubernetesError,
    },
    /// There are several nodes and none was named.
    #[error("the cluster has {} nodes, and none was named", .0.len())]
    Nodes(Vec<String>),
    /// There is no such node.
    #[error("there is no node `{node}` with a database")]
    NoNode {
        /// What was named.
        node: String,
        /// Those there are.
        nodes: Vec<String>,
    },
    /// Nothing that was chosen is there.
    #[error("there is no socket to forward")]
    Nothing(Vec<Gap>),
    /// The folder cannot be made.
    #[error("cannot make a folder for the sockets")]
    Folder(#[source] io::Error),
    /// A socket cannot be made.
    #[error("cannot listen on {}", path.display())]
    Listen {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        #[source]
        cause: io::Error,
    },
}

impl ForwardError {
    /// What to send instead.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoCluster(_) => Some(
                "name one with --source kube or --source kube:CONTEXT; sockets of this machine \
                 need no forwarding, and `ovnscope serve` serves recordings"
                    .to_owned(),
            ),
            Self::Clusters => Some("name one with --source kube:CONTEXT".to_owned()),
            Self::Nodes(nodes) => Some(format!("name one with --node: {}", nodes.join(", "))),
            Self::NoNode { nodes, .. } => Some(format!("the nodes are {}", nodes.join(", "))),
            Self::Nothing(gaps) if !gaps.is_empty() => {
                let gaps = gaps.iter().map(|gap| format!("{}: {}", gap.what, gap.why));
                Some(gaps.collect::<Vec<_>>().join("; "))
            }
            _ => None,
        }
    }
}

/// A socket on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Socket {
    /// The node it leads to.
    pub node: String,
    /// The database behind it; `None` for a control socket.
    pub database: Option<Database>,
    /// Where it is.
    pub path: PathBuf,
}

/// Forwarded sockets. Dropping it ends all connections and removes the folder.
#[derive(Debug)]
pub struct Forwarded {
    /// The sockets, by node.
    pub sockets: Vec<Socket>,
    /// What could not be forwarded.
    pub gaps: Vec<Gap>,
    /// What happens: connections that fail, requests that are refused.
    pub notes: mpsc::Receiver<String>,
    folder: TempDir,
    serving: JoinSet<()>,
}

impl Forwarded {
    /// Where the sockets are.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Ends it: no connection is left, and no file.
    ///
    /// # Errors
    /// When the folder cannot be removed.
    ///
    /// # Cancel safety
    /// A dropped future has ended the connections.
    pub async fn stop(mut self) -> io::Result<()> {
        self.serving.shutdown().await;
        self.folder.close()
    }
}

/// Forwards sockets, in tasks on the current tokio runtime. The pods' sockets are reached when
/// clients come.
///
/// # Errors
/// [`ForwardError`] as its variants say.
///
/// # Cancel safety
/// Dropping the future leaves nothing behind.
pub async fn start(sources: &[Source], options: &Options) -> Result<Forwarded, ForwardError> {
    let cluster = the_cluster(sources)?;
    let reach = access::reach(cluster)
        .await
        .map_err(|cause| ForwardError::Cluster {
            cluster: cluster.to_string(),
            cause,
        })?;
    let nodes = chosen_nodes(&reach, &options.nodes)?;
    let all = options.databases.is_empty() && !options.control;
    let mut ways: Vec<Way> = Vec::new();
    let mut gaps = Vec::new();
    for node in &nodes {
        for database in Database::ALL {
            if all || options.databases.contains(&database) {
                match reach.database(node, database) {
                    Ok(way) => ways.push(way),
                    Err(gap) => gaps.push(gap),
                }
            }
        }
        if all || options.control {
            let (found, missing) = reach.controls(node).await;
            ways.extend(found);
            gaps.extend(missing);
        }
    }
    if ways.is_empty() {
        return Err(ForwardError::Nothing(gaps));
    }
    let folder = folder()?;
    let (told, notes) = mpsc::channel(NOTES);
    let clients = Arc::new(Semaphore::new(MAX_CLIENTS));
    let mut serving = JoinSet::new();
    let mut sockets = Vec::new();
    for way in ways {
        let place = match nodes.as_slice() {
            [_] => folder.path().to_owned(),
            _ => private(folder.path().join(&way.node))?,
        };
        let path = place.join(&way.file);
        // Two pods of one node may both have such a socket.
        if sockets.iter().any(|known: &Socket| known.path == path) {
            continue;
        }
        let listener = listen(&path)?;
        sockets.push(Socket {
            node: way.node.clone(),
            database: way.database,
            path,
        });
        let gate = Gate {
            speech: match way.database {
                Some(_) => Speech::Database,
                None => Speech::Control,
            },
            writes: options.writes,
            clients: Arc::clone(&clients),
            told: told.clone(),
        };
        serving.spawn(serve(listener, way, gate));
    }
    Ok(Forwarded {
        sockets,
        gaps,
        notes,
        folder,
        serving,
    })
}

fn the_cluster(sources: &[Source]) -> Result<&Cluster, ForwardError> {
    match sources {
        [Source::Kube(cluster)] => Ok(cluster),
        [Source::Kube(_), Source::Kube(_), ..] => Err(ForwardError::Clusters),
        sources => {
            let other = sources
                .iter()
                .find(|source| !matches!(source, Source::Kube(_)));
            Err(ForwardError::NoCluster(
                other.map_or_else(String::new, Source::to_string),
            ))
        }
    }
}

fn chosen_nodes(reach: &Reach, named: &[String]) -> Result<Vec<String>, ForwardError> {
    let nodes = reach.nodes();
    match (named, nodes.as_slice()) {
        ([], [only]) => Ok(vec![only.clone()]),
        ([], _) => Err(ForwardError::Nodes(nodes)),
        (named, _) => {
            let mut chosen: Vec<String> = Vec::new();
            for node in named {
                if !nodes.contains(node) {
                    return Err(ForwardError::NoNode {
                        node: node.clone(),
                        nodes,
                    });
                }
                if !chosen.contains(node) {
                    chosen.push(node.clone());
                }
            }
            Ok(chosen)
        }
    }
}

/// A folder that nobody else may enter: in the user's own runtime directory where there is one.
fn folder() -> Result<TempDir, ForwardError> {
    let place = env::var_os("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|path| path.is_dir())
        .unwrap_or_else(env::temp_dir);
    let folder = tempfile::Builder::new()
        .prefix("ovnscope-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir_in(&place)
        .or_else(|_| {
            tempfile::Builder::new()
                .prefix("ovnscope-")
                .permissions(Permissions::from_mode(0o700))
                .tempdir()
        });
    folder.map_err(ForwardError::Folder)
}

fn private(path: PathBuf) -> Result<PathBuf, ForwardError> {
    let made = fs::DirBuilder::new()
        .mode(0o700)
        .recursive(true)
        .create(&path);
    made.map_err(ForwardError::Folder)?;
    Ok(path)
}

fn listen(path: &Path) -> Result<UnixListener, ForwardError> {
    let failed = |cause| ForwardError::Listen {
        path: path.to_owned(),
        cause,
    };
    if path.as_os_str().len() > MAX_PATH {
        let long = io::Error::new(
            io::ErrorKind::InvalidInput,
            "the path is longer than the 107 bytes a socket may have: set TMPDIR to a shorter one",
        );
        return Err(failed(long));
    }
    let listener = UnixListener::bind(path).map_err(failed)?;
    // The folder keeps others out in between.
    fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(failed)?;
    Ok(listener)
}

/// What a client meets.
#[derive(Clone)]
struct Gate {
    speech: Speech,
    writes: bool,
    clients: Arc<Semaphore>,
    told: mpsc::Sender<String>,
}

async fn serve(listener: UnixListener, way: Way, gate: Gate) {
    let way = Arc::new(way);
    let mut connections = JoinSet::new();
    loop {
        let Ok(permit) = Arc::clone(&gate.clients).acquire_owned().await else {
            return;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
        };
        let local = match accepted {
            Ok((local, _)) => local,
            Err(error) => {
                tell(&gate, &way, &error.to_string());
                // Such as too many open files: what is open may end.
                drop(permit);
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let (way, gate) = (Arc::clone(&way), gate.clone());
        connections.spawn(async move {
            let _permit = permit;
            if let Err(error) = connect(local, &way, &gate).await {
                tell(&gate, &way, &error.to_string());
            }
        });
    }
}

/// How long is waited when no connection can be accepted.
/// **Default and why**: 200 ms; what holds it up takes longer than no time to pass.
const ACCEPT_PAUSE: std::time::Duration = std::time::Duration::from_millis(200);

async fn connect(local: UnixStream, way: &Way, gate: &Gate) -> io::Result<()> {
    let remote = way.dial.dial().await?;
    if gate.writes {
        return connection::carry(local, remote).await;
    }
    let told = |what: String| tell(gate, way, &what);
    connection::guard(local, remote, gate.speech, told).await
}

fn tell(gate: &Gate, way: &Way, what: &str) {
    // Who does not read the notes has no use for them.
    let _ = gate
        .told
        .try_send(format!("{} of {}: {what}", way.file, way.node));
}
