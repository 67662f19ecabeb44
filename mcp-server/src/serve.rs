//! Serving MCP: over standard input and output, or over HTTP.

use std::error::Error;
use std::io;

use rmcp::service::{QuitReason, RoleServer, ServerInitializeError, ServiceExt};
use rmcp::transport::IntoTransport;
use rmcp::transport::io::stdio_pipes;
use tokio::runtime::{self, Runtime};
use tokio::task::JoinError;

use crate::http::{Listener, Settings};
use crate::listen::ListenError;
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
    /// Nobody can be served at the address.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The server broke off. The fault is ovnscope's.
    #[error("the server broke off")]
    Broken(#[source] JoinError),
}

/// Serves one client on standard input and output until it closes standard input.
///
/// # Errors
/// [`ServeError`] as its variants say.
pub fn stdio(server: Server) -> Result<(), ServeError> {
    let runtime = runtime()?;
    tracing::info!("serving on standard input and output");
    // The pipes belong to the runtime they are made in.
    let outcome = runtime.block_on(async { connection(server, stdio_pipes()).await });
    // A read of standard input that nothing will end must not keep the process.
    runtime.shutdown_background();
    outcome
}

/// Serves any number of clients over HTTP until what `started` gives, told the URL, resolves.
///
/// # Errors
/// [`ServeError`] as its variants say; what `started` fails with ends the start.
pub fn http<F: Future<Output = ()>>(
    server: Server,
    settings: Settings,
    started: impl FnOnce(&str) -> io::Result<F>,
) -> Result<(), ServeError> {
    let runtime = runtime()?;
    let outcome = runtime.block_on(async {
        let listener = Listener::bind(settings).await?;
        let stop = started(&listener.url()).map_err(ServeError::Runtime)?;
        listener.serve(server, stop).await;
        Ok(())
    });
    // What reads for calls that were broken off must not keep the process.
    runtime.shutdown_background();
    outcome
}

fn runtime() -> Result<Runtime, ServeError> {
    runtime::Builder::new_multi_thread()
        .worker_threads(WORKER_THREADS)
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)
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
