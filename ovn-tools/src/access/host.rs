//! Programs on a node itself, which see its network: here for a database that was read from a unix
//! socket, and through the Kubernetes API for one that was read from a pod.

use ovsdb_client::endpoint::Endpoint;

#[cfg(feature = "kube")]
use crate::access::kubernetes;
use crate::access::{Source, in_words, program};
use crate::snapshot::DatabaseRead;

/// Runs a program on the node of a database and gives what it printed, all of it or nothing.
pub(super) async fn run(
    sources: &[Source],
    read: &DatabaseRead,
    program: &'static str,
    arguments: &[String],
) -> Result<String, String> {
    let source = sources
        .iter()
        .find(|source| *source.to_string() == *read.source);
    #[cfg(feature = "kube")]
    if let Some(Source::Kube(cluster)) = source {
        let pod = read.naming.pod.as_deref().unwrap_or_default();
        return kubernetes::run_on_node(cluster, pod, program, arguments)
            .await
            .map_err(|error| in_words(&error));
    }
    if let (Some(Source::Server { .. }), Ok(Endpoint::Unix(_))) = (source, read.address.parse()) {
        return program::run_here(program, arguments)
            .await
            .map_err(|error| in_words(&error));
    }
    Err(format!(
        "programs run on the host of a unix socket or on the node of a pod, and the database was read from {}",
        read.address
    ))
}
