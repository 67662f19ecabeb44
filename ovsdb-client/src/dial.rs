//! Dialling: any byte stream will do.
//!
//! An [`Endpoint`] dials by itself where nothing but the address is needed; `ssl:` goes through a
//! `SecureEndpoint`, which adds keys and certificates. The passive kind is a [`Listener`], which
//! waits until a server calls, and for `pssl:` a `SecureListener`.

mod socket;

mod listener;

#[cfg(feature = "tls")]
mod tls;

#[cfg(feature = "tls")]
mod secure_endpoint;
#[cfg(feature = "tls")]
mod secure_listener;

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;

use thiserror::Error;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream};

pub use self::listener::Listener;
#[cfg(feature = "tls")]
pub use self::secure_endpoint::SecureEndpoint;
#[cfg(feature = "tls")]
pub use self::secure_listener::SecureListener;
#[cfg(feature = "tls")]
pub use self::tls::{Tls, TlsError};
use crate::endpoint::Endpoint;

/// A byte stream to a server.
pub trait Stream: Any + AsyncRead + AsyncWrite + Send + Unpin {}

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

    /// Whether the server calls, and [`Dial::dial`] waits for that as long as it takes.
    ///
    /// Such an attempt has no time limit, and while a connection is there the next one is waited
    /// for, to replace it.
    fn is_passive(&self) -> bool {
        false
    }
}

impl<D: Dial + ?Sized> Dial for Arc<D> {
    fn dial(&self) -> Dialling<'_> {
        (**self).dial()
    }

    fn is_passive(&self) -> bool {
        (**self).is_passive()
    }
}

/// TLS was asked for, and nothing says with which keys and certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("TLS needs a private key, a certificate and a CA certificate, and none are configured")]
pub struct TlsUnconfigured;

impl From<TlsUnconfigured> for io::Error {
    fn from(error: TlsUnconfigured) -> Self {
        Self::new(io::ErrorKind::InvalidInput, error)
    }
}

impl Dial for Endpoint {
    /// Dials a unix socket or TCP; for `ssl:` see `SecureEndpoint`.
    fn dial(&self) -> Dialling<'_> {
        Box::pin(async {
            Ok(match self {
                Self::Unix(path) => Box::new(UnixStream::connect(path).await?) as Box<dyn Stream>,
                Self::Tcp { host, port } => Box::new(dial_tcp(host, *port).await?),
                Self::Ssl { .. } => return Err(TlsUnconfigured.into()),
            })
        })
    }
}

async fn dial_tcp(host: &str, port: u16) -> io::Result<TcpStream> {
    let stream = TcpStream::connect((host, port)).await?;
    // Requests are small and each waits for its answer.
    stream.set_nodelay(true)?;
    Ok(stream)
}
