//! Serving: databases of any source, as they were at a moment, for the stock tools.
//!
//! What is served is read once and never changes; writes are refused as a read-only ovsdb-server
//! refuses them.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use ovsdb_client::serve::{self, DatabaseError, ListenError, ServeConfig};
use thiserror::Error;

use crate::access::{self, AccessError, Source};
use crate::database::Database;
use crate::moment::Moment;
use crate::report::Gap;
use crate::snapshot::{DatabaseRead, Needs, Snapshot};

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Listen {
    /// On a unix socket that is made at this path.
    Unix(PathBuf),
    /// On a loopback address; port 0 picks one.
    Tcp(SocketAddr),
}

/// A text names no place to listen at.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is no place to listen at: write unix:PATH or tcp:127.0.0.1:PORT")]
pub struct ParseListenError(String);

impl FromStr for Listen {
    type Err = ParseListenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ParseListenError(text.to_owned());
        match text.split_once(':') {
            Some(("unix" | "punix", path)) if !path.is_empty() => Ok(Self::Unix(path.into())),
            Some(("tcp", address)) => Ok(Self::Tcp(address.parse().map_err(|_| wrong())?)),
            _ => Err(wrong()),
        }
    }
}

/// The place as a client names it.
impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
            Self::Tcp(address) => write!(f, "tcp:{address}"),
        }
    }
}

/// Databases cannot be served.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ServeError {
    /// A source cannot be read.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// There is nothing to serve.
    #[error("there is no database to serve{}", node.as_ref().map_or_else(String::new, |node| format!(" of node `{node}`")))]
    Nothing {
        /// The node that was asked for.
        node: Option<String>,
        /// The nodes there are.
        nodes: Vec<String>,
        /// What could not be read.
        gaps: Vec<Gap>,
    },
    /// Several databases have one name, which one server cannot tell apart.
    #[error("there are {} databases called {}, and one server can serve one of them", of.len(), database.full_name())]
    Several {
        /// Which.
        database: Database,
        /// What they belong to: nodes, or addresses where no node is known.
        of: Vec<String>,
        /// Whether all of these are nodes.
        nodes: bool,
    },
    /// A database cannot be served.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// No connections can be accepted.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// A server listens there already.
    #[error("a server listens on {0} already")]
    Taken(Listen),
}

impl ServeError {
    /// What to send instead.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Several {
                of, nodes: true, ..
            } => Some(format!("name one with --node: {}", of.join(", "))),
            Self::Several { of, .. } => Some(format!(
                "name a source that holds one of them: {}",
                of.join(", ")
            )),
            Self::Nothing { gaps, nodes, .. } => {
                let gaps = gaps.iter().map(|gap| format!("{}: {}", gap.what, gap.why));
                let mut hints: Vec<String> = gaps.collect();
                if !nodes.is_empty() {
                    hints.push(format!("the nodes are {}", nodes.join(", ")));
                }
                (!hints.is_empty()).then(|| hints.join("; "))
            }
            Self::Listen(ListenError::Exposed(_)) => {
                Some("listen on 127.0.0.1 or [::1], or on a unix socket".to_owned())
            }
            Self::Taken(_) => Some("choose another path, or end that server".to_owned()),
            _ => None,
        }
    }
}

/// A running server. Dropping it ends it.
#[derive(Debug)]
pub struct Served {
    server: serve::Server,
    /// The databases, in order.
    pub databases: Vec<DatabaseRead>,
    /// Where clients find it.
    pub places: Vec<Listen>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
}

impl Served {
    /// Ends it: no connection is left, and no socket's file.
    ///
    /// # Cancel safety
    /// A dropped future has ended the server; only its end is not waited for.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}

/// Reads the sources and serves their databases, in tasks on the current tokio runtime.
///
/// `at` is the moment of recorded databases; `node` chooses between nodes, and databases that
/// belong to no node go with any.
///
/// # Errors
/// [`ServeError`] as its variants say.
///
/// # Cancel safety
/// Dropping the future leaves nothing behind.
pub async fn start(
    sources: &[Source],
    at: Option<Moment>,
    node: Option<&str>,
    listens: &[Listen],
) -> Result<Served, ServeError> {
    let needs = Database::ALL
        .into_iter()
        .fold(Needs::default().at(at), Needs::whole);
    let snapshot = access::read(sources, &needs).await?;
    let databases = chosen(&snapshot, node)?;
    let mut served = Vec::new();
    for read in &databases {
        served.push(match &read.schema_text {
            Some(text) => serve::Database::with_schema(text, read.rows.clone())?,
            None => serve::Database::new(read.rows.clone())?,
        });
    }
    let server = serve::Server::new(served, ServeConfig::default())?;
    let mut places = Vec::new();
    for listen in listens {
        places.push(match listen {
            Listen::Unix(path) => {
                clear(path)?;
                server.listen_unix(path)?;
                listen.clone()
            }
            Listen::Tcp(address) => Listen::Tcp(server.listen_tcp(*address).await?),
        });
    }
    Ok(Served {
        server,
        databases,
        places,
        gaps: snapshot.gaps,
    })
}

/// One database of each name.
fn chosen(snapshot: &Snapshot, node: Option<&str>) -> Result<Vec<DatabaseRead>, ServeError> {
    let is_known = |node: &str| snapshot.nodes().contains(&node);
    let is_of = |read: &&DatabaseRead| match (node, read.node.as_deref()) {
        (Some(node), Some(of)) => node == of,
        // What belongs to no node goes with any that is there.
        (Some(node), None) => is_known(node),
        (None, _) => true,
    };
    let chosen: Vec<&DatabaseRead> = snapshot.databases.iter().filter(is_of).collect();
    if chosen.is_empty() {
        return Err(ServeError::Nothing {
            node: node.map(str::to_owned),
            nodes: snapshot.nodes().into_iter().map(str::to_owned).collect(),
            gaps: snapshot.gaps.clone(),
        });
    }
    for database in Database::ALL {
        let reads: Vec<_> = chosen
            .iter()
            .filter(|read| read.database == database)
            .collect();
        if reads.len() > 1 {
            let mut nodes: Vec<&str> = reads
                .iter()
                .filter_map(|read| read.node.as_deref())
                .collect();
            nodes.dedup();
            let told = nodes.len() == reads.len();
            let of = reads.iter().map(|read| match &read.node {
                Some(node) if told => node.to_string(),
                _ => read.address.to_string(),
            });
            return Err(ServeError::Several {
                database,
                of: of.collect(),
                nodes: told,
            });
        }
    }
    Ok(chosen.into_iter().cloned().collect())
}

/// Removes a socket that nobody listens on any more, as ovsdb-server does.
fn clear(path: &Path) -> Result<(), ServeError> {
    let is_socket = std::fs::symlink_metadata(path).is_ok_and(|meta| meta.file_type().is_socket());
    if !is_socket {
        return Ok(());
    }
    match UnixStream::connect(path) {
        Ok(_) => Err(ServeError::Taken(Listen::Unix(path.to_owned()))),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            // Where it cannot be removed, listening says why.
            let _ = std::fs::remove_file(path);
            Ok(())
        }
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        match text.parse::<Listen>() {
            Ok(listen) => listen.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn places_read_and_print_in_one_notation() {
        for text in ["unix:/run/x.sock", "tcp:127.0.0.1:6641", "tcp:[::1]:0"] {
            assert_eq!(check(text), text);
        }
        assert_eq!(check("punix:a"), "unix:a");
        for text in [
            "",
            "unix:",
            "/run/x.sock",
            "tcp:6641",
            "tcp:localhost:6641",
            "ssl:127.0.0.1:1",
        ] {
            assert!(
                check(text).contains("write unix:PATH or tcp:127.0.0.1:PORT"),
                "{text}"
            );
        }
    }
}
