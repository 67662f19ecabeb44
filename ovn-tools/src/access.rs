//! Access: reads sources into snapshots.

mod demo;
mod direct;
mod manifest;
mod recorded;
mod source;
mod tls_files;

pub use self::manifest::{DatabaseRecorded, MANIFEST_FILE, Manifest, ManifestError, Redactions};
pub use self::source::{ParseSourceError, Source};
pub use self::tls_files::TlsFiles;

use ovsdb_client::client::{Client, ClientError, ReadOnly};
use thiserror::Error;

use crate::report::Gap;
use crate::snapshot::{Needs, Snapshot};

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
        /// The file.
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
}

/// The connections with a server, or with each member of a cluster: where it listens, and what
/// connects; none for other sources.
pub(crate) fn connections(
    source: &Source,
) -> Vec<(
    String,
    impl Future<Output = Result<Client<ReadOnly>, ClientError>>,
)> {
    let (endpoints, tls) = match source {
        Source::Server { endpoints, tls } => (endpoints.as_slice(), tls.as_ref()),
        _ => (&[][..], None),
    };
    let connections = endpoints.iter().map(|endpoint| {
        let connecting = direct::connect(endpoint.clone(), tls);
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
    let mut snapshot = Snapshot::default();
    for source in sources {
        match source {
            Source::Demo => demo::read(needs, &mut snapshot)?,
            Source::Recorded(path) => recorded::read(path, needs, &mut snapshot).await?,
            Source::Server { endpoints, tls } => {
                for moment in needs.moments().iter().flatten() {
                    snapshot.gaps.push(Gap {
                        what: format!("{source} at {moment}"),
                        why: NO_PAST.to_owned(),
                    });
                }
                if needs.moments().contains(&None) {
                    direct::read(source, endpoints, tls.as_ref(), needs, &mut snapshot).await?;
                }
            }
        }
    }
    snapshot.sort();
    Ok(snapshot)
}
