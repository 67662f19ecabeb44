//! Dialling: any byte stream will do.

use std::future::Future;
use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};

use crate::endpoint::Endpoint;

/// How long a connection attempt may take.
/// **Default and why**: 10 s; a host that drops packets would otherwise hold the caller for
/// minutes.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A byte stream to a server.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> Stream for S {}

/// Makes byte streams to a server; implement it to reach servers by other ways.
pub trait Dial: Send + Sync {
    /// Makes one connection.
    ///
    /// # Errors
    /// What kept the connection from being made.
    fn dial(&self) -> impl Future<Output = io::Result<Box<dyn Stream>>> + Send;
}

impl Dial for Endpoint {
    async fn dial(&self) -> io::Result<Box<dyn Stream>> {
        let connect = async {
            Ok(match self {
                Self::Unix(path) => Box::new(UnixStream::connect(path).await?) as Box<dyn Stream>,
                Self::Tcp { host, port } => {
                    let stream = TcpStream::connect((host.as_str(), *port)).await?;
                    // Requests are small and each waits for its answer.
                    stream.set_nodelay(true)?;
                    Box::new(stream)
                }
            })
        };
        match tokio::time::timeout(CONNECT_TIMEOUT, connect).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::new(
                io::ErrorKind::TimedOut,
                format!("no answer within {CONNECT_TIMEOUT:?}"),
            )),
        }
    }
}
