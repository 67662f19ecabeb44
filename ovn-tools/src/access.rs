//! Access: reads sources into snapshots.

mod tls_files;

mod source;

pub mod bundle;

mod recorded;

mod demo;

mod direct;

pub use self::source::{ParseSourceError, Source};
pub use self::tls_files::TlsFiles;

use std::sync::Arc;

use thiserror::Error;

use crate::access::bundle::{Progress, Silent};
use crate::snapshot::{Needs, Snapshot};

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
    for source in sources {
        match source {
            Source::Demo => demo::read(needs, &mut snapshot)?,
            Source::Recorded(path) => recorded::read(path, needs, progress, &mut snapshot).await?,
            Source::Server { endpoints, tls } => {
                direct::read(source, endpoints, tls.as_ref(), needs, &mut snapshot).await?;
            }
        }
    }
    snapshot.sort();
    Ok(snapshot)
}
