//! The listener for servers that call over TLS.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::time::Duration;

use tokio::time;

use crate::dial::listener::{Listener, accept};
use crate::dial::socket::Caller;
use crate::dial::tls::Tls;
use crate::dial::{Dial, Dialling, Stream};
use crate::endpoint::PassiveEndpoint;

/// How long a caller may take for the TLS handshake.
/// **Default and why**: 10 s; it takes three messages, and the next caller ends the wait anyway.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// A [`Listener`] with the keys and certificates for `pssl:`; another endpoint does not use them.
///
/// Only a server with a certificate of the CA is taken. A caller whose handshake fails is logged
/// and forgotten, and one that stalls gives way to the next.
#[derive(Clone, Debug)]
pub struct SecureListener {
    listener: Listener,
    tls: Tls,
}

type Handshake = Pin<Box<dyn Future<Output = io::Result<Box<dyn Stream>>> + Send>>;

impl SecureListener {
    /// A listener that is not bound yet.
    pub fn new(endpoint: PassiveEndpoint, tls: Tls) -> Self {
        let listener = Listener::new(endpoint);
        Self { listener, tls }
    }

    /// Binds the socket; see [`Listener::bind`].
    ///
    /// # Errors
    /// What kept it from being bound.
    pub fn bind(&self) -> io::Result<Option<SocketAddr>> {
        self.listener.bind()
    }

    async fn wait_for_server(&self) -> io::Result<Box<dyn Stream>> {
        // Better now than when somebody calls.
        self.tls.check_identity().await?;
        let socket = self.listener.socket()?;
        let mut handshake: Option<(Caller, Handshake)> = None;
        loop {
            let shaken = async {
                match &mut handshake {
                    Some((caller, handshake)) => (*caller, handshake.await),
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                (stream, caller) = accept(&socket) => {
                    handshake = Some((caller, self.shake_hands(stream)));
                }
                (caller, result) = shaken => match result {
                    Ok(stream) => {
                        tracing::info!(endpoint = %self, %caller, "a server called");
                        return Ok(stream);
                    }
                    Err(error) => {
                        tracing::warn!(endpoint = %self, %caller, %error, "a caller was refused");
                        handshake = None;
                    }
                }
            }
        }
    }

    fn shake_hands(&self, stream: Box<dyn Stream>) -> Handshake {
        let tls = self.tls.clone();
        Box::pin(async move {
            let stream = time::timeout(HANDSHAKE, tls.accept(stream)).await??;
            Ok(Box::new(stream) as Box<dyn Stream>)
        })
    }
}

impl fmt::Display for SecureListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.listener.fmt(f)
    }
}

impl Dial for SecureListener {
    fn dial(&self) -> Dialling<'_> {
        if self.listener.is_secure() {
            Box::pin(self.wait_for_server())
        } else {
            self.listener.dial()
        }
    }

    fn is_passive(&self) -> bool {
        true
    }
}
