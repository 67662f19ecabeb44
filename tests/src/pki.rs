//! A certificate authority for tests of TLS.
//!
//! ```no_run
//! # fn main() -> anyhow::Result<()> {
//! use ovn_tests::pki::Authority;
//! use ovn_tests::sandbox::{DatabaseServer, Schema};
//!
//! let authority = Authority::new()?;
//! let issued = authority.issue("server")?;
//! let server = DatabaseServer::setup()
//!     .database(Schema::northbound())
//!     .argument("--remote=pssl:0:127.0.0.1")
//!     .argument(&format!("--private-key={}", issued.private_key.display()))
//!     .argument(&format!("--certificate={}", issued.certificate.display()))
//!     .argument(&format!("--ca-cert={}", authority.certificate().display()))
//!     .start()?;
//! # Ok(())
//! # }
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use tempfile::TempDir;

/// A CA with a directory of its own, which is removed with it.
pub struct Authority {
    directory: TempDir,
    certificate: PathBuf,
    issuer: Issuer<'static, KeyPair>,
}

/// The PEM files of a certificate that an [`Authority`] issued.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The private key.
    pub private_key: PathBuf,
    /// The certificate.
    pub certificate: PathBuf,
}

/// When a certificate is valid.
#[derive(Clone, Copy, Debug)]
pub enum Validity {
    /// Now.
    Now,
    /// Until the end of the year 2020.
    Expired,
    /// From the year 3000 on.
    NotYet,
}

impl Authority {
    /// Makes a CA; each has a key of its own and all have one name.
    ///
    /// # Errors
    ///
    /// The files cannot be written.
    pub fn new() -> Result<Self> {
        let directory =
            TempDir::with_prefix("pki-").context("cannot make a temporary directory")?;
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::CommonName, "ovnscope test CA");
        let key = KeyPair::generate()?;
        let certificate = directory.path().join("ca.pem");
        write(&certificate, &params.self_signed(&key)?.pem())?;
        Ok(Self {
            directory,
            certificate,
            issuer: Issuer::new(params, key),
        })
    }

    /// The CA's own certificate.
    pub fn certificate(&self) -> &Path {
        &self.certificate
    }

    /// The directory, for further files.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Issues a certificate that is valid now and for the host of this name or address.
    ///
    /// # Errors
    ///
    /// The files cannot be written.
    pub fn issue(&self, name: &str) -> Result<Issued> {
        self.issue_valid(name, Validity::Now)
    }

    /// Issues a certificate; an earlier one of the same name is overwritten.
    ///
    /// # Errors
    ///
    /// The files cannot be written.
    pub fn issue_valid(&self, name: &str, validity: Validity) -> Result<Issued> {
        let mut params = CertificateParams::new([name.to_owned()])?;
        match validity {
            Validity::Now => {}
            Validity::Expired => params.not_after = date_time_ymd(2020, 12, 31),
            Validity::NotYet => params.not_before = date_time_ymd(3000, 1, 1),
        }
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate()?;
        let issued = Issued {
            private_key: self.directory().join(format!("{name}-privkey.pem")),
            certificate: self.directory().join(format!("{name}-cert.pem")),
        };
        write(&issued.private_key, &key.serialize_pem())?;
        let certificate = params.signed_by(&key, &self.issuer)?;
        write(&issued.certificate, &certificate.pem())?;
        Ok(issued)
    }
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
