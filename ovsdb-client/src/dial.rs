//! Dialling: any byte stream will do.

use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};

use crate::endpoint::Endpoint;

/// A byte stream to a server.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin + 'static> Stream for S {}

/// A connection attempt under way.
pub type Dialling<'a> = Pin<Box<dyn Future<Output = io::Result<Box<dyn Stream>>> + Send + 'a>>;

/// Makes byte streams to a server; implement it to reach servers by other ways.
///
/// Its text form names the server in states, logs and errors.
pub trait Dial: fmt::Display + Send + Sync + 'static {
    /// Makes one connection.
    ///
    /// # Errors
    /// What kept the connection from being made.
    ///
    /// # Cancel safety
    /// Dropping the future gives the attempt up.
    fn dial(&self) -> Dialling<'_>;
}

impl Dial for Endpoint {
    fn dial(&self) -> Dialling<'_> {
        Box::pin(async {
            Ok(match self {
                Self::Unix(path) => Box::new(UnixStream::connect(path).await?) as Box<dyn Stream>,
                Self::Tcp { host, port } => {
                    let stream = TcpStream::connect((host.as_str(), *port)).await?;
                    // Requests are small and each waits for its answer.
                    stream.set_nodelay(true)?;
                    Box::new(stream)
                }
            })
        })
    }
}
