//! The files: private key, certificate and CA certificate.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::rustls::client::Resumption;
use tokio_rustls::rustls::crypto::{CryptoProvider, ring};
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use tokio_rustls::rustls::{ClientConfig, Error, RootCertStore, ServerConfig};

use crate::dial::tls::error::TlsError;
use crate::dial::tls::verify::ChainVerifier;

/// Which files are used.
#[derive(Clone, Debug)]
pub(super) struct Files {
    pub(super) identity: Option<Identity>,
    pub(super) ca_certificate: PathBuf,
}

/// The files with which the client shows who it is.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) private_key: PathBuf,
    pub(super) certificate: PathBuf,
}

/// What the files hold.
#[derive(PartialEq, Eq)]
pub(super) struct Contents {
    identity: Option<(Vec<u8>, Vec<u8>)>,
    ca_certificate: Vec<u8>,
}

impl Files {
    /// Reads the files.
    ///
    /// Their contents and not their times tell whether they changed: a link that is pointed at
    /// another folder, as Kubernetes does it, need not bring a later time.
    pub(super) fn read(&self) -> Result<Contents, TlsError> {
        let identity = match &self.identity {
            Some(identity) => Some((read(&identity.private_key)?, read(&identity.certificate)?)),
            None => None,
        };
        Ok(Contents {
            identity,
            ca_certificate: read(&self.ca_certificate)?,
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|cause| TlsError::Read {
        path: path.to_owned(),
        cause,
    })
}

/// What rustls makes of the files.
#[derive(Clone)]
pub(super) struct Configs {
    /// For calling servers.
    pub(super) client: Arc<ClientConfig>,
    /// For servers that call; it needs an identity.
    pub(super) server: Option<Arc<ServerConfig>>,
}

impl Configs {
    pub(super) fn new(
        files: &Files,
        contents: &Contents,
        check_host: bool,
    ) -> Result<Self, TlsError> {
        let provider = Arc::new(ring::default_provider());
        let roots = roots(files, contents)?;
        let identity = match (&files.identity, &contents.identity) {
            (Some(files), Some(contents)) => Some(PemIdentity::parse(files, contents)?),
            _ => None,
        };
        let server = match &identity {
            Some(identity) => Some(Arc::new(server(identity, &roots, &provider)?)),
            None => None,
        };
        let client = client(identity, roots, &provider, check_host)?;
        Ok(Self {
            client: Arc::new(client),
            server,
        })
    }
}

fn client(
    identity: Option<PemIdentity<'_>>,
    roots: Arc<RootCertStore>,
    provider: &Arc<CryptoProvider>,
    check_host: bool,
) -> Result<ClientConfig, TlsError> {
    let algorithms = provider.signature_verification_algorithms;
    let verifier = ChainVerifier::new(roots, algorithms, check_host);
    let builder = ClientConfig::builder_with_provider(Arc::clone(provider))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match identity {
        Some(identity) => identity.explain(builder.with_client_auth_cert(
            identity.certificates.clone(),
            identity.private_key.clone_key(),
        ))?,
        None => builder.with_no_client_auth(),
    };
    config.resumption = Resumption::disabled();
    Ok(config)
}

fn server(
    identity: &PemIdentity<'_>,
    roots: &Arc<RootCertStore>,
    provider: &Arc<CryptoProvider>,
) -> Result<ServerConfig, TlsError> {
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::clone(roots), Arc::clone(provider))
            .build()
            .map_err(|error| Error::General(error.to_string()))?;
    let builder = ServerConfig::builder_with_provider(Arc::clone(provider))
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(verifier);
    let mut config = identity.explain(builder.with_single_cert(
        identity.certificates.clone(),
        identity.private_key.clone_key(),
    ))?;
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(config)
}

fn roots(files: &Files, contents: &Contents) -> Result<Arc<RootCertStore>, TlsError> {
    let path = &files.ca_certificate;
    let mut roots = RootCertStore::empty();
    for certificate in certificates(path, &contents.ca_certificate)? {
        roots.add(certificate).map_err(|cause| TlsError::Ca {
            path: path.clone(),
            cause,
        })?;
    }
    Ok(Arc::new(roots))
}

fn certificates(path: &Path, contents: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(contents).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => Err(TlsError::Absent {
            path: path.to_owned(),
            what: "certificate",
        }),
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(damaged(path, &error)),
    }
}

fn damaged(path: &Path, error: &pem::Error) -> TlsError {
    let what = match error {
        pem::Error::MissingSectionEnd { .. } => "a section has no END line",
        pem::Error::IllegalSectionStart { .. } => "a BEGIN line is wrong",
        pem::Error::Base64Decode(_) => "a section is no base64",
        _ => "a section cannot be read",
    };
    TlsError::Pem {
        path: path.to_owned(),
        what,
    }
}

/// A certificate, those that lead to its CA, and its private key.
struct PemIdentity<'a> {
    files: &'a Identity,
    certificates: Vec<CertificateDer<'static>>,
    private_key: PrivateKeyDer<'static>,
}

impl<'a> PemIdentity<'a> {
    fn parse(
        files: &'a Identity,
        (private_key, certificate): &(Vec<u8>, Vec<u8>),
    ) -> Result<Self, TlsError> {
        let path = &files.private_key;
        let private_key =
            PrivateKeyDer::from_pem_slice(private_key).map_err(|error| match error {
                pem::Error::NoItemsFound => TlsError::Absent {
                    path: path.clone(),
                    what: "unencrypted private key",
                },
                error => damaged(path, &error),
            })?;
        Ok(Self {
            files,
            certificates: certificates(&files.certificate, certificate)?,
            private_key,
        })
    }

    fn explain<T>(&self, result: Result<T, Error>) -> Result<T, TlsError> {
        result.map_err(|cause| match cause {
            Error::InconsistentKeys(_) => TlsError::Mismatch {
                private_key: self.files.private_key.clone(),
                certificate: self.files.certificate.clone(),
            },
            cause => TlsError::Identity {
                private_key: self.files.private_key.clone(),
                certificate: self.files.certificate.clone(),
                cause,
            },
        })
    }
}
