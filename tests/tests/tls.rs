//! TLS against real servers.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::pin::Pin;
use std::process::Command;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ovn_schemas::nb;
use ovn_tests::pki::{Authority, Issued, Validity};
use ovn_tests::sandbox::{DatabaseServer, READY, Schema, wait_until};
use ovsdb_client::client::{Client, ClientError, Lost, ReadOnly, ReadWrite};
use ovsdb_client::dial::{Dial, Dialling, SecureEndpoint, Stream, Tls};
use ovsdb_client::operation::{Operation, OperationResult};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::session::{Interest, State};
use ovsdb_client::value::Datum;
use tempfile::TempDir;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpListener;

const NORTHBOUND: &str = "OVN_Northbound";

/// A server on `pssl:`, with what it shows and whom it trusts.
struct SecureServer {
    server: DatabaseServer,
    endpoint: String,
}

impl SecureServer {
    fn start(issued: &Issued, ca: &Path) -> Result<Self> {
        Self::start_at("127.0.0.1", issued, ca, &[])
    }

    fn start_at(host: &str, issued: &Issued, ca: &Path, arguments: &[&str]) -> Result<Self> {
        let mut setup = DatabaseServer::setup()
            .database(Schema::northbound())
            .argument(&format!("--remote=pssl:0:{host}"))
            .argument(&format!("--private-key={}", issued.private_key.display()))
            .argument(&format!("--certificate={}", issued.certificate.display()))
            .argument(&format!("--ca-cert={}", ca.display()));
        for argument in arguments {
            setup = setup.argument(argument);
        }
        let server = setup.start()?;
        let port = wait_until("the server listens", READY, || {
            let log = log(&server)?;
            let line = log
                .lines()
                .find_map(|line| line.split_once("listening on port "));
            Ok(line.and_then(|(_, port)| port.trim().parse::<u16>().ok()))
        })?;
        let endpoint = format!("ssl:{host}:{port}");
        Ok(Self { server, endpoint })
    }

    fn dial(&self, tls: &Tls) -> Result<SecureEndpoint> {
        Ok(SecureEndpoint::new(self.endpoint.parse()?, tls.clone()))
    }
}

fn log(server: &DatabaseServer) -> Result<String> {
    fs::read_to_string(server.daemon().log()).context("the server's log")
}

/// What shows `issued` and trusts `authority`.
fn tls(authority: &Authority, issued: &Issued) -> Tls {
    Tls::new(authority.certificate()).identity(&issued.private_key, &issued.certificate)
}

fn insert_switch(name: &str) -> Operation {
    Operation::Insert {
        table: nb::logical_switch::DEFINITION.name.into(),
        row: vec![(nb::logical_switch::NAME.name().into(), Datum::scalar(name))],
        uuid: None,
        uuid_name: None,
    }
}

fn switch_names(snapshot: &Snapshot) -> Vec<String> {
    let switches = snapshot.rows::<nb::LogicalSwitch>();
    switches.map(|switch| switch.name().to_owned()).collect()
}

/// Writes a switch, and reads it from a replica.
async fn check_use(dial: impl Dial) -> Result<()> {
    let client = Client::<ReadWrite>::connect(dial).await?;
    let monitor = client.monitor(Interest::all_of(&nb::DATABASE)).await?;
    client
        .transact(NORTHBOUND, vec![insert_switch("sw0")])
        .await?;
    assert_eq!(switch_names(&monitor.snapshot()), ["sw0"]);
    Ok(())
}

/// Why a server cannot be used, in a line; paths and numbers that differ each time left out.
async fn refusal(server: &SecureServer, tls: &Tls) -> Result<String> {
    let client = Client::<ReadOnly>::builder()
        .dial(server.dial(tls)?)
        .reconnect(false)
        .start();
    let mut state = client.state();
    // With TLS 1.3 the server's refusal comes after the connection is made.
    state.wait_for(|state| *state == State::Closed).await?;
    let lost = client.lost().context("nothing says why")?;
    Ok(chain(&lost).replace(&server.endpoint, "SERVER"))
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn a_database_is_replicated_and_written_over_tls() -> Result<()> {
    let authority = Authority::new()?;
    for arguments in [&[][..], &["--ssl-protocols=TLSv1.2"]] {
        let issued = authority.issue("server")?;
        let server =
            SecureServer::start_at("127.0.0.1", &issued, authority.certificate(), arguments)?;
        let tls = tls(&authority, &authority.issue("client")?);
        check_use(server.dial(&tls)?).await?;
    }
    Ok(())
}

#[tokio::test]
async fn tls_works_over_ipv6() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start_at("[::1]", &issued, authority.certificate(), &[])?;
    let tls = tls(&authority, &authority.issue("client")?);
    check_use(server.dial(&tls)?).await
}

#[tokio::test]
async fn the_builder_gives_its_tls_to_every_ssl_remote() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let client = Client::<ReadOnly>::builder()
        .remotes(&server.endpoint)?
        .tls(tls(&authority, &authority.issue("client")?))
        .connect()
        .await?;
    client.echo().await?;
    Ok(())
}

/// The names in such certificates are no host names, so only the chain can be checked.
#[tokio::test]
async fn certificates_that_ovs_pki_makes_are_good_on_both_sides() -> Result<()> {
    let directory = TempDir::with_prefix("ovs-pki-")?;
    let path = |name: &str| directory.path().join(name);
    let pki = |arguments: &[&str]| -> Result<()> {
        let done = Command::new("ovs-pki")
            .arg(format!("--dir={}", path("pki").display()))
            .arg(format!("--log={}", path("log").display()))
            .args(arguments)
            .current_dir(directory.path())
            .output()
            .context("cannot run ovs-pki; is it installed?")?;
        ensure!(
            done.status.success(),
            "ovs-pki: {}",
            String::from_utf8_lossy(&done.stderr)
        );
        Ok(())
    };
    pki(&["init"])?;
    let issue = |name: &str| -> Result<Issued> {
        pki(&["req+sign", name, "switch"])?;
        Ok(Issued {
            private_key: path(&format!("{name}-privkey.pem")),
            certificate: path(&format!("{name}-cert.pem")),
        })
    };
    let ca = path("pki/switchca/cacert.pem");
    let server = SecureServer::start(&issue("sc")?, &ca)?;
    let client = issue("cc")?;
    let tls = Tls::new(&ca).identity(&client.private_key, &client.certificate);
    check_use(server.dial(&tls)?).await?;
    assert!(
        refusal(&server, &tls.check_host(true))
            .await?
            .contains("is not for this host")
    );
    Ok(())
}

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
async fn a_client_whose_host_is_certified_passes_the_check_of_the_host() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("127.0.0.1")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let tls = tls(&authority, &authority.issue("client")?).check_host(true);
    check_use(server.dial(&tls)?).await
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

#[tokio::test]
async fn files_that_are_exchanged_count_for_the_next_connection() -> Result<()> {
    let [old, new] = [Authority::new()?, Authority::new()?];
    let servers = [
        SecureServer::start(&old.issue("server")?, old.certificate())?,
        SecureServer::start(&new.issue("server")?, new.certificate())?,
    ];
    let directory = TempDir::with_prefix("rotation-")?;
    let path = |name: &str| directory.path().join(name);
    let tls = Tls::new(path("ca.pem")).identity(path("key.pem"), path("cert.pem"));
    let mut present: Option<Client> = None;
    for (authority, [good, bad]) in [(&old, [0, 1]), (&new, [1, 0])] {
        let issued = authority.issue("client")?;
        fs::copy(authority.certificate(), path("ca.pem"))?;
        fs::copy(&issued.private_key, path("key.pem"))?;
        fs::copy(&issued.certificate, path("cert.pem"))?;
        if let Some(present) = &present {
            present.echo().await.context("a connection stays")?;
        }
        let client = Client::connect(servers[good].dial(&tls)?).await?;
        client.echo().await?;
        present = Some(client);
        let refusal = refusal(&servers[bad], &tls).await?;
        assert!(refusal.contains("does not come from a CA"), "{refusal}");
    }
    Ok(())
}

#[tokio::test]
async fn a_request_that_is_larger_than_every_buffer_is_answered() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let tls = tls(&authority, &authority.issue("client")?);
    let client = Client::<ReadWrite>::connect(server.dial(&tls)?).await?;
    for bytes in [16 << 10, 64 << 10, (1 << 20) + 1, 16 << 20] {
        let operation = Operation::Comment("x".repeat(bytes).into());
        let transaction = client.transact(NORTHBOUND, vec![operation]);
        let outcome = tokio::time::timeout(READY, transaction).await??;
        assert!(matches!(outcome.results[..], [OperationResult::Done]));
    }
    Ok(())
}

/// What the server logs of connections that end otherwise than TLS wants.
const UNCLEAN: [&str; 2] = ["SSL_read", "WARN"];

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_client_is_clean_for_the_server() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let server = SecureServer::start(&issued, authority.certificate())?;
    let dial = server.dial(&tls(&authority, &authority.issue("client")?))?;
    check_use(dial.clone()).await?;
    wait_for_no_sessions(&server.server)?;
    let log_text = log(&server.server)?;
    for word in UNCLEAN {
        assert!(!log_text.contains(word), "{log_text}");
    }

    Client::<ReadOnly>::connect(Abrupt(dial))
        .await?
        .echo()
        .await?;
    wait_for_no_sessions(&server.server)?;
    let log_text = log(&server.server)?;
    assert!(
        log_text.contains(UNCLEAN[0]),
        "this test would not see an unclean end: {log_text}"
    );
    Ok(())
}

fn wait_for_no_sessions(server: &DatabaseServer) -> Result<()> {
    wait_until("the server has no client", READY, || {
        let usage = server.daemon().appctl(&["memory/show"])?;
        Ok((!usage.contains("sessions:")).then_some(()))
    })
}

/// Dials, and ends what it dialled without a word.
struct Abrupt(SecureEndpoint);

impl std::fmt::Display for Abrupt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Dial for Abrupt {
    fn dial(&self) -> Dialling<'_> {
        Box::pin(async {
            let stream = self.0.dial().await?;
            Ok(Box::new(AbruptStream(stream)) as Box<dyn Stream>)
        })
    }
}

struct AbruptStream(Box<dyn Stream>);

impl AsyncRead for AbruptStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut TaskContext<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl AsyncWrite for AbruptStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut TaskContext<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut TaskContext<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut TaskContext<'_>) -> Poll<std::io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_server_that_is_killed_is_told_from_one_that_closes() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("server")?;
    let mut server = SecureServer::start(&issued, authority.certificate())?;
    let dial = server.dial(&tls(&authority, &authority.issue("client")?))?;
    let client = Client::<ReadOnly>::connect(dial).await?;
    client.echo().await?;
    server.server.kill()?;
    let mut state = client.state();
    state.wait_for(|state| *state == State::Closed).await?;
    let lost = client.lost().context("nothing says why")?;
    insta::assert_snapshot!(chain(&lost), @"the stream failed: the connection was cut off");
    Ok(())
}
