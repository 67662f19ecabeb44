//! Programs on a node itself, which see its network: here for a database that was read from a unix
//! socket, and through the Kubernetes API for one that was read from a pod.

use ovsdb_client::endpoint::Endpoint;

#[cfg(feature = "kube")]
use crate::access::kubernetes::{self, Cluster};
use crate::access::{Source, capturing, in_words, program};
use crate::command::Bounds;
use crate::snapshot::{Captured, DatabaseRead};

/// Runs a program on the node of a database and gives what it printed, all of it or nothing.
pub(super) async fn run(
    sources: &[Source],
    read: &DatabaseRead,
    program: &'static str,
    arguments: &[String],
) -> Result<String, String> {
    match way(sources, read)? {
        #[cfg(feature = "kube")]
        Way::Pod(cluster, pod) => kubernetes::run_on_node(cluster, pod, program, arguments)
            .await
            .map_err(|error| in_words(&error)),
        Way::Here => program::run_here(program, arguments)
            .await
            .map_err(|error| in_words(&error)),
    }
}

/// Runs a program on the node of a database until it ends or a bound is reached, and gives what it
/// printed until then.
pub(super) async fn capture(
    sources: &[Source],
    read: &DatabaseRead,
    program: &'static str,
    arguments: &[String],
    bounds: Bounds,
) -> Result<Captured, String> {
    match way(sources, read)? {
        #[cfg(feature = "kube")]
        Way::Pod(cluster, pod) => {
            kubernetes::capture_on_node(cluster, pod, program, arguments, bounds)
                .await
                .map_err(|error| in_words(&error))
        }
        Way::Here => capturing::capture_here(program, arguments, bounds)
            .await
            .map_err(|error| in_words(&error)),
    }
}

/// The way to a node.
enum Way<'a> {
    /// Through a pod of a cluster.
    #[cfg(feature = "kube")]
    Pod(&'a Cluster, &'a str),
    /// It is this machine.
    Here,
}

fn way<'a>(sources: &'a [Source], read: &'a DatabaseRead) -> Result<Way<'a>, String> {
    let source = sources
        .iter()
        .find(|source| *source.to_string() == *read.source);
    #[cfg(feature = "kube")]
    if let Some(Source::Kube(cluster)) = source {
        let pod = read.naming.pod.as_deref().unwrap_or_default();
        return Ok(Way::Pod(cluster, pod));
    }
    if let (Some(Source::Server { .. }), Ok(Endpoint::Unix(_))) = (source, read.address.parse()) {
        return Ok(Way::Here);
    }
    Err(format!(
        "programs run on the host of a unix socket or on the node of a pod, and the database was read from {}",
        read.address
    ))
}
