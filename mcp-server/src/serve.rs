//! Serving MCP over standard input and output.

use std::error::Error;
use std::io;

use ovn_tools::access::{self, Source};
use rmcp::service::{QuitReason, RoleServer, ServerInitializeError, ServiceExt};
use rmcp::transport::IntoTransport;
use rmcp::transport::io::stdio_pipes;
use tokio::runtime;
use tokio::task::JoinError;

use crate::config::Config;
use crate::offer::Offer;
use crate::server::Server;

/// The threads that answer.
/// **Default and why**: 2; while one concludes from a large database the other keeps up with the
/// protocol, and each costs memory.
const WORKER_THREADS: usize = 2;

/// Serving ended badly.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The process lacks threads or descriptors.
    #[error("cannot start")]
    Runtime(#[source] io::Error),
    /// The client does not speak the protocol.
    #[error("the client did not begin as MCP clients do")]
    Initialize(#[source] Box<ServerInitializeError>),
    /// The server broke off. The fault is ovnscope's.
    #[error("the server broke off")]
    Broken(#[source] JoinError),
}

/// Serves one client on standard input and output until it closes standard input.
///
/// # Errors
/// [`ServeError`] as its variants say.
pub fn stdio(config: &Config, offer: Offer) -> Result<(), ServeError> {
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(WORKER_THREADS)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    let server = Server::new(config, offer);
    let sources: Vec<String> = config.sources.iter().map(Source::to_string).collect();
    tracing::info!(?sources, "serving on standard input and output");
    // The pipes belong to the runtime they are made in.
    let outcome = runtime.block_on(async {
        let outcome = connection(server, stdio_pipes()).await;
        access::close(&config.sources).await;
        outcome
    });
    // A read of standard input that nothing will end must not keep the process.
    runtime.shutdown_background();
    outcome
}

/// Serves one client over a transport, such as a pair of byte streams, until the client closes it.
///
/// # Errors
/// [`ServeError`] as its variants say.
///
/// # Cancel safety
/// Dropping the future ends the service; calls under way are dropped with it.
pub async fn connection<T, E, A>(server: Server, transport: T) -> Result<(), ServeError>
where
    T: IntoTransport<RoleServer, E, A>,
    E: Error + Send + Sync + 'static,
{
    let service = match server.serve(transport).await {
        Ok(service) => service,
        Err(ServerInitializeError::ConnectionClosed(_)) => return Ok(()),
        Err(error) => return Err(ServeError::Initialize(Box::new(error))),
    };
    match service.waiting().await {
        Ok(QuitReason::JoinError(error)) | Err(error) => Err(ServeError::Broken(error)),
        Ok(_) => Ok(()),
    }
}
