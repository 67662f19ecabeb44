//! What goes wrong with TLS.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;
use tokio_rustls::rustls::{AlertDescription, CertificateError, Error};

/// TLS did not come about, or broke off. It comes as the inner error of an [`io::Error`].
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        cause: io::Error,
    },
    /// A file is damaged.
    #[error("{path} is no sound PEM file: {what}")]
    Pem {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: &'static str,
    },
    /// A file holds other things.
    #[error("{path} holds no {what}")]
    Absent {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
    },
    /// A CA certificate cannot be used.
    #[error("a CA certificate in {path} cannot be used")]
    Ca {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        cause: Error,
    },
    /// Key and certificate are not from the same hand. They may be being exchanged right now.
    #[error("the private key in {private_key} does not belong to the certificate in {certificate}")]
    Mismatch {
        /// The private key's file.
        private_key: PathBuf,
        /// The certificate's file.
        certificate: PathBuf,
    },
    /// The private key or the certificate is of a kind that cannot be used.
    #[error("the private key in {private_key} or the certificate in {certificate} cannot be used")]
    Identity {
        /// The private key's file.
        private_key: PathBuf,
        /// The certificate's file.
        certificate: PathBuf,
        /// What is wrong.
        #[source]
        cause: Error,
    },
    /// Waiting for servers needs a private key and a certificate.
    #[error("no private key and certificate are configured to show to a server that calls")]
    NoIdentity,
    /// The server's certificate comes from elsewhere.
    #[error("the server's certificate does not come from a CA in {ca_certificate}")]
    UnknownIssuer {
        /// The CA certificates' file.
        ca_certificate: PathBuf,
    },
    /// The server's certificate is too old.
    #[error("the server's certificate expired {} ago", Rough(*ago))]
    Expired {
        /// How long it has not been valid any more.
        ago: Duration,
    },
    /// The server's certificate is too young, or this host's clock is wrong.
    #[error("the server's certificate becomes valid in {}", Rough(*time))]
    NotYetValid {
        /// How long it is still not valid.
        time: Duration,
    },
    /// The server's certificate is for other hosts.
    #[error("the server's certificate is not for this host")]
    Host(#[source] Error),
    /// The server's certificate is of no use.
    #[error("the server's certificate cannot be used")]
    Certificate(#[source] Error),
    /// The server asks for a certificate.
    #[error("the server asks for a certificate, and none is configured")]
    CertificateRequired,
    /// The server does not like the certificate it was shown.
    #[error("the server refused the certificate it was shown")]
    Refused(#[source] Error),
    /// What came is no TLS, or the server ended the handshake without a word.
    #[error("the other side does not seem to speak TLS")]
    NotTls,
    /// The connection ended without the notice that TLS asks for.
    #[error("the connection was cut off")]
    CutOff,
    /// Something else.
    #[error("the TLS conversation failed")]
    Other(#[from] Error),
}

impl From<TlsError> for io::Error {
    fn from(error: TlsError) -> Self {
        let kind = match &error {
            TlsError::Read { cause, .. } => cause.kind(),
            TlsError::NoIdentity => io::ErrorKind::InvalidInput,
            TlsError::CertificateRequired | TlsError::Refused(_) => io::ErrorKind::PermissionDenied,
            TlsError::CutOff => io::ErrorKind::UnexpectedEof,
            _ => io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

/// What is needed to say what an error of rustls means here.
#[derive(Clone, Debug)]
pub(super) struct Explain {
    pub(super) ca_certificate: PathBuf,
    pub(super) has_identity: bool,
}

impl Explain {
    /// An error in the handshake.
    pub(super) fn handshake(&self, error: io::Error) -> io::Error {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return TlsError::NotTls.into();
        }
        self.stream(error)
    }

    /// An error of the stream.
    pub(super) fn stream(&self, error: io::Error) -> io::Error {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            return TlsError::CutOff.into();
        }
        match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(cause) => self.meaning(cause).into(),
            None => error,
        }
    }

    fn meaning(&self, cause: &Error) -> TlsError {
        match cause {
            Error::InvalidCertificate(why) => self.certificate(why, cause),
            Error::AlertReceived(alert) => match alert {
                AlertDescription::CertificateRequired => TlsError::CertificateRequired,
                // What TLS 1.2 has for it.
                AlertDescription::HandshakeFailure if !self.has_identity => {
                    TlsError::CertificateRequired
                }
                AlertDescription::AccessDenied
                | AlertDescription::BadCertificate
                | AlertDescription::CertificateExpired
                | AlertDescription::CertificateRevoked
                | AlertDescription::CertificateUnknown
                | AlertDescription::DecryptError
                | AlertDescription::UnknownCA
                | AlertDescription::UnsupportedCertificate => TlsError::Refused(cause.clone()),
                _ => TlsError::Other(cause.clone()),
            },
            Error::InvalidMessage(_) => TlsError::NotTls,
            Error::NoCertificatesPresented => TlsError::CertificateRequired,
            _ => TlsError::Other(cause.clone()),
        }
    }

    fn certificate(&self, why: &CertificateError, cause: &Error) -> TlsError {
        match why {
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                TlsError::UnknownIssuer {
                    ca_certificate: self.ca_certificate.clone(),
                }
            }
            CertificateError::ExpiredContext { time, not_after } => TlsError::Expired {
                ago: between(not_after.as_secs(), time.as_secs()),
            },
            CertificateError::NotValidYetContext { time, not_before } => TlsError::NotYetValid {
                time: between(time.as_secs(), not_before.as_secs()),
            },
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TlsError::Host(cause.clone())
            }
            _ => TlsError::Certificate(cause.clone()),
        }
    }
}

fn between(earlier: u64, later: u64) -> Duration {
    Duration::from_secs(later.saturating_sub(earlier))
}

/// A duration in its largest unit.
struct Rough(Duration);

impl fmt::Display for Rough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let units = [("day", 86_400), ("hour", 3_600), ("minute", 60)];
        let (unit, count) = units
            .into_iter()
            .find(|(_, length)| seconds >= *length)
            .map_or(("second", seconds), |(unit, length)| {
                (unit, seconds / length)
            });
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{count} {unit}{plural}")
    }
}
