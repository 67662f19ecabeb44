//! The listener: waits for servers that call.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time;

use crate::dial::socket::{Caller, Socket};
use crate::dial::{Dial, Dialling, Stream, TlsUnconfigured};
use crate::endpoint::PassiveEndpoint;

/// How long a listener rests when it cannot take a caller.
/// **Default and why**: 100 ms; the usual cause is too many open files, which passes.
const ACCEPT_REST: Duration = Duration::from_millis(100);

/// A passive endpoint that is listened on; clones share it.
///
/// The socket is bound once, by [`Listener::bind`] or the first attempt, and closed when the last
/// clone is dropped. Whoever calls over `ptcp:` is taken for the server. A unix socket can be
/// called by this user only; its file is removed with it, and one that an earlier program left
/// behind gives way.
///
/// It has no TLS: for `pssl:` see `SecureListener`.
#[derive(Clone, Debug)]
pub struct Listener {
    endpoint: PassiveEndpoint,
    socket: Arc<Mutex<Option<Arc<Socket>>>>,
}

impl Listener {
    /// A listener that is not bound yet.
    pub fn new(endpoint: PassiveEndpoint) -> Self {
        Self {
            endpoint,
            socket: Arc::default(),
        }
    }

    /// Binds the socket now, on the current tokio runtime, and says at which address: with port 0
    /// the kernel has picked one. `None` for a unix socket.
    ///
    /// # Errors
    /// What kept it from being bound.
    pub fn bind(&self) -> io::Result<Option<SocketAddr>> {
        Ok(self.socket()?.address())
    }

    pub(super) fn is_secure(&self) -> bool {
        matches!(self.endpoint, PassiveEndpoint::Ssl(_))
    }

    pub(super) fn socket(&self) -> io::Result<Arc<Socket>> {
        let mut bound = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(socket) = &*bound {
            return Ok(Arc::clone(socket));
        }
        let socket = match &self.endpoint {
            PassiveEndpoint::Unix(path) => Socket::bind_unix(path)?,
            PassiveEndpoint::Tcp(address) | PassiveEndpoint::Ssl(address) => {
                Socket::bind_tcp(*address)?
            }
        };
        if let Some(address) = socket.address() {
            tracing::info!(endpoint = %self, %address, "a server may call now");
        }
        Ok(Arc::clone(bound.insert(Arc::new(socket))))
    }
}

/// The next connection and who calls, however long it takes.
pub(super) async fn accept(socket: &Socket) -> (Box<dyn Stream>, Caller) {
    loop {
        match socket.accept().await {
            Ok(called) => return called,
            Err(error) => {
                tracing::warn!(%error, "a caller cannot be taken");
                time::sleep(ACCEPT_REST).await;
            }
        }
    }
}

impl fmt::Display for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.endpoint.fmt(f)
    }
}

impl Dial for Listener {
    fn dial(&self) -> Dialling<'_> {
        Box::pin(async move {
            if self.is_secure() {
                return Err(TlsUnconfigured.into());
            }
            let socket = self.socket()?;
            let (stream, caller) = accept(&socket).await;
            tracing::info!(endpoint = %self, %caller, "a server called");
            Ok(stream)
        })
    }

    fn is_passive(&self) -> bool {
        true
    }
}
