//! What is refused over TLS, by either side, and what is said of it.

use std::fmt::Write as _;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};
use ovn_tests::pki::{Authority, Validity};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovsdb_client::client::{Client, ClientError, Lost, ReadOnly};
use ovsdb_client::dial::{SecureEndpoint, Tls};
use tokio::net::TcpListener;

use crate::secure_server::{SecureServer, chain, refusal, tls};

#[tokio::test]
async fn a_server_that_cannot_be_trusted_is_refused_and_the_error_says_why() -> Result<()> {
    let [ours, theirs] = [Authority::new()?, Authority::new()?];
    let client = tls(&ours, &ours.issue("client")?);
    let mut refusals = String::new();
    let expired = ours.issue_valid("expired", Validity::Expired)?;
    let young = ours.issue_valid("young", Validity::NotYet)?;
    for (what, issued, client) in [
        ("another CA", theirs.issue("server")?, client.clone()),
        ("expired", expired, client.clone()),
        ("not yet valid", young, client.clone()),
        (
            "another host",
            ours.issue("server")?,
            client.check_host(true),
        ),
    ] {
        let server = SecureServer::start(&issued, ours.certificate())?;
        let refusal = refusal(&server, &client).await?;
        let refusal: String = refusal
            .split(' ')
            .map(|word| {
                if word.parse::<u64>().is_ok() {
                    "N"
                } else {
                    word
                }
            })
            .collect::<Vec<_>>()
            .join(" ")
            .replace(&ours.directory().display().to_string(), "DIRECTORY");
        writeln!(refusals, "{what}: {refusal}")?;
    }
    insta::assert_snapshot!(refusals, @r#"
    another CA: SERVER cannot be reached: the server's certificate does not come from a CA in DIRECTORY/ca.pem
    expired: SERVER cannot be reached: the server's certificate expired N days ago
    not yet valid: SERVER cannot be reached: the server's certificate becomes valid in N days
    another host: SERVER cannot be reached: the server's certificate is not for this host: invalid peer certificate: certificate not valid for name "127.0.0.1"; certificate is only valid for DnsName("server")
    "#);
    Ok(())
}

#[tokio::test]
async fn a_client_that_the_server_does_not_trust_is_told_why() -> Result<()> {
    let [ours, theirs] = [Authority::new()?, Authority::new()?];
    let expired = ours.issue_valid("expired", Validity::Expired)?;
    let stranger = theirs.issue("client")?;
    let clients = [
        ("no certificate", Tls::new(ours.certificate())),
        ("another CA", tls(&ours, &stranger)),
        ("expired", tls(&ours, &expired)),
    ];
    let mut refusals = String::new();
    for arguments in [&["--ssl-protocols=TLSv1.2"][..], &[]] {
        let issued = ours.issue("server")?;
        let server = SecureServer::start_at("127.0.0.1", &issued, ours.certificate(), arguments)?;
        for (what, client) in &clients {
            let refusal = refusal(&server, client).await?;
            writeln!(refusals, "{what} {arguments:?}: {refusal}")?;
        }
    }
    insta::assert_snapshot!(refusals, @r#"
    no certificate ["--ssl-protocols=TLSv1.2"]: SERVER cannot be reached: the server asks for a certificate, and none is configured
    another CA ["--ssl-protocols=TLSv1.2"]: SERVER cannot be reached: the server refused the certificate it was shown: received fatal alert: DecryptError
    expired ["--ssl-protocols=TLSv1.2"]: SERVER cannot be reached: the server refused the certificate it was shown: received fatal alert: CertificateExpired
    no certificate []: the stream failed: the server asks for a certificate, and none is configured
    another CA []: the stream failed: the server refused the certificate it was shown: received fatal alert: DecryptError
    expired []: the stream failed: the server refused the certificate it was shown: received fatal alert: CertificateExpired
    "#);
    Ok(())
}

#[tokio::test]
async fn files_that_are_of_no_use_are_named() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let other = authority.issue("other")?;
    let empty = authority.directory().join("empty.pem");
    fs::write(&empty, "")?;
    let broken = authority.directory().join("broken.pem");
    fs::write(&broken, "-----BEGIN CERTIFICATE-----\nMIIB\n")?;
    let ca = authority.certificate();
    let (key, certificate) = (&issued.private_key, &issued.certificate);
    let missing = &authority.directory().join("missing.pem");
    let mut refusals = String::new();
    for client in [
        Tls::new(missing),
        Tls::new(&empty),
        Tls::new(&broken),
        Tls::new(ca).identity(missing, certificate),
        Tls::new(ca).identity(certificate, certificate),
        Tls::new(ca).identity(key, key),
        Tls::new(ca).identity(key, &other.certificate),
    ] {
        let refusal = refusal(&server, &client).await?;
        let directory = authority.directory().display().to_string();
        writeln!(refusals, "{}", refusal.replace(&directory, "DIRECTORY"))?;
    }
    let client = Client::<ReadOnly>::builder().remotes(&server.endpoint)?;
    let error = client.reconnect(false).connect().await.unwrap_err();
    writeln!(
        refusals,
        "{}",
        chain(&error).replace(&server.endpoint, "SERVER")
    )?;
    insta::assert_snapshot!(refusals, @r#"
    SERVER cannot be reached: cannot read DIRECTORY/missing.pem: No such file or directory (os error 2)
    SERVER cannot be reached: DIRECTORY/empty.pem holds no certificate
    SERVER cannot be reached: DIRECTORY/broken.pem is no sound PEM file: a section has no END line
    SERVER cannot be reached: cannot read DIRECTORY/missing.pem: No such file or directory (os error 2)
    SERVER cannot be reached: DIRECTORY/server-cert.pem holds no unencrypted private key
    SERVER cannot be reached: DIRECTORY/server-privkey.pem holds no certificate
    SERVER cannot be reached: the private key in DIRECTORY/server-privkey.pem does not belong to the certificate in DIRECTORY/other-cert.pem
    there is no connection to the server: SERVER cannot be reached: TLS needs a private key, a certificate and a CA certificate, and none are configured
    "#);
    Ok(())
}

#[tokio::test]
async fn a_server_without_tls_is_told_apart() -> Result<()> {
    let authority = Authority::new()?;
    let server = DatabaseServer::setup()
        .database(Schema::northbound())
        .tcp()
        .start()?;
    let address = server.tcp().context("it was asked for")?;
    let server = SecureServer {
        endpoint: format!("ssl:{address}"),
        server,
    };
    let tls = tls(&authority, &authority.issue("client")?);
    insta::assert_snapshot!(refusal(&server, &tls).await?, @"SERVER cannot be reached: the other side does not seem to speak TLS");
    Ok(())
}

#[tokio::test]
async fn a_host_that_never_answers_the_handshake_is_given_up() -> Result<()> {
    let authority = Authority::new()?;
    let tls = tls(&authority, &authority.issue("client")?);
    let silent = TcpListener::bind("127.0.0.1:0").await?;
    let endpoint = format!("ssl:{}", silent.local_addr()?);
    let client = Client::<ReadOnly>::builder()
        .dial(SecureEndpoint::new(endpoint.parse()?, tls))
        .reconnect(false)
        .attempt(Duration::from_millis(100));
    let (error, held) = tokio::join!(client.connect(), silent.accept());
    held?;
    let Err(ClientError::Lost(lost)) = error else {
        panic!("{error:?}");
    };
    assert!(matches!(lost, Lost::DialTimeout { .. }), "{lost}");
    Ok(())
}
