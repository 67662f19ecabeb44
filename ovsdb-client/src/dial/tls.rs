//! TLS, as Open vSwitch uses it: both sides show certificates, and one CA vouches for them.
//!
//! **Source**: ovsdb-client(1), "PKI options"; `lib/stream-ssl.c` of Open vSwitch.

mod error;
mod material;
mod stream;
mod verify;

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use self::error::Explain;
pub use self::error::TlsError;
use self::material::{Configs, Contents, Files, Identity};
use self::stream::TlsStream;
use crate::dial::Stream;

/// The files that prove who is there, and how they are used; clones share what was read.
///
/// The files hold PEM. They are read again for each new connection, so exchanging them needs no
/// restart; a connection that is there stays. While only some of them are exchanged, new
/// connections fail.
///
/// **Names**: a server's certificate must come from the CA, but need not be for the host that is
/// dialled, as in all OVS programs: a PKI made with `ovs-pki` certifies that a program belongs to
/// the deployment and names no hosts. [`Tls::check_host`] asks for more.
///
/// Connections are never resumed: each one shows certificates anew, so one that is not trusted
/// any more is of no use at once.
#[derive(Clone)]
pub struct Tls {
    files: Files,
    check_host: bool,
    /// What was last made of the files, and from which contents.
    last: Arc<Mutex<Option<(Contents, Configs)>>>,
}

impl Tls {
    /// Trusts servers with a certificate from this CA. The file may hold several CA certificates.
    pub fn new(ca_certificate: impl Into<PathBuf>) -> Self {
        Self {
            files: Files {
                identity: None,
                ca_certificate: ca_certificate.into(),
            },
            check_host: false,
            last: Arc::default(),
        }
    }

    /// Shows this certificate, which the private key belongs to. After the certificate the file
    /// may hold those that lead to its CA.
    ///
    /// Without it only a server that asks for no certificate can be called, which is not what
    /// ovsdb-server does unless it is told `--ca-cert=none`; and no server can be waited for.
    #[must_use]
    pub fn identity(
        mut self,
        private_key: impl Into<PathBuf>,
        certificate: impl Into<PathBuf>,
    ) -> Self {
        self.files.identity = Some(Identity {
            private_key: private_key.into(),
            certificate: certificate.into(),
        });
        self.last = Arc::default();
        self
    }

    /// Whether the server's certificate must be for the host that is dialled.
    /// **Default and why**: false, as in all OVS programs; see above.
    #[must_use]
    pub fn check_host(mut self, check: bool) -> Self {
        self.check_host = check;
        self.last = Arc::default();
        self
    }

    /// Calls a server over a stream to `host`, which is at `address`.
    pub(super) async fn connect<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
        host: &str,
        address: IpAddr,
    ) -> io::Result<TlsStream<S>> {
        let configs = self.configs().await?;
        let name = match ServerName::try_from(host) {
            Ok(name) => name.to_owned(),
            // An address with a scope, such as fe80::1%eth0, is none that a certificate holds.
            Err(_) => address.into(),
        };
        let explain = self.explain();
        match TlsConnector::from(configs.client)
            .connect(name, stream)
            .await
        {
            Ok(stream) => Ok(TlsStream::new(stream.into(), explain)),
            Err(error) => Err(explain.handshake(error)),
        }
    }

    /// Calls a server over a stream that is there already, such as one through a tunnel; `host` is
    /// what the server is called there.
    ///
    /// # Errors
    /// What kept the connection from being secured, [`TlsError`] among it.
    ///
    /// # Cancel safety
    /// Dropping the future closes the stream.
    pub async fn call(&self, stream: Box<dyn Stream>, host: &str) -> io::Result<Box<dyn Stream>> {
        let stream = self
            .connect(stream, host, Ipv4Addr::LOCALHOST.into())
            .await?;
        Ok(Box::new(stream))
    }

    /// Answers a server that called.
    pub(super) async fn accept<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        stream: S,
    ) -> io::Result<TlsStream<S>> {
        let config = self.configs().await?.server.ok_or(TlsError::NoIdentity)?;
        let explain = self.explain();
        match TlsAcceptor::from(config).accept(stream).await {
            Ok(stream) => Ok(TlsStream::new(stream.into(), explain)),
            Err(error) => Err(explain.handshake(error)),
        }
    }

    /// Whether [`Tls::accept`] has what it needs.
    pub(super) async fn check_identity(&self) -> io::Result<()> {
        self.configs().await?.server.ok_or(TlsError::NoIdentity)?;
        Ok(())
    }

    fn explain(&self) -> Explain {
        Explain {
            ca_certificate: self.files.ca_certificate.clone(),
            has_identity: self.files.identity.is_some(),
        }
    }

    /// What the files say now.
    async fn configs(&self) -> io::Result<Configs> {
        let tls = self.clone();
        let read = task::spawn_blocking(move || tls.read());
        Ok(read.await??)
    }

    fn read(&self) -> Result<Configs, TlsError> {
        let contents = self.files.read()?;
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, configs)) = &*last
            && *known == contents
        {
            return Ok(configs.clone());
        }
        let configs = Configs::new(&self.files, &contents, self.check_host)?;
        tracing::debug!(tls = ?self, "keys and certificates read");
        *last = Some((contents, configs.clone()));
        Ok(configs)
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The contents are secret.
        f.debug_struct("Tls")
            .field("files", &self.files)
            .field("check_host", &self.check_host)
            .finish_non_exhaustive()
    }
}
