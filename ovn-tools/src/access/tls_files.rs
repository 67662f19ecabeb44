//! The files that TLS needs.

use std::path::PathBuf;

use ovsdb_client::dial::Tls;

/// The PEM files for `ssl:` sources. All three are needed, as in all OVS programs.
///
/// They are read again for each connection, so they can be exchanged at any time. A server's
/// certificate must come from the CA; whether it is for the host that is called is not looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFiles {
    /// The private key, unencrypted.
    pub private_key: PathBuf,
    /// The certificate that belongs to the private key.
    pub certificate: PathBuf,
    /// The certificate of the CA that the server's certificate comes from.
    pub ca_certificate: PathBuf,
}

impl TlsFiles {
    pub(super) fn tls(&self) -> Tls {
        Tls::new(&self.ca_certificate).identity(&self.private_key, &self.certificate)
    }
}
