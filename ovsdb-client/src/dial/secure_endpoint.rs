//! An endpoint together with what TLS needs.

use std::fmt;

use crate::dial::tls::Tls;
use crate::dial::{Dial, Dialling, Stream, dial_tcp};
use crate::endpoint::Endpoint;

/// An endpoint with the keys and certificates for it; one without TLS does not use them.
#[derive(Clone, Debug)]
pub struct SecureEndpoint {
    endpoint: Endpoint,
    tls: Tls,
}

impl SecureEndpoint {
    /// Joins the two.
    pub fn new(endpoint: Endpoint, tls: Tls) -> Self {
        Self { endpoint, tls }
    }
}

impl fmt::Display for SecureEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.endpoint.fmt(f)
    }
}

impl Dial for SecureEndpoint {
    fn dial(&self) -> Dialling<'_> {
        let Endpoint::Ssl { host, port } = &self.endpoint else {
            return self.endpoint.dial();
        };
        Box::pin(async move {
            let stream = dial_tcp(host, *port).await?;
            let address = stream.peer_addr()?.ip();
            let stream = self.tls.connect(stream, host, address).await?;
            Ok(Box::new(stream) as Box<dyn Stream>)
        })
    }
}
