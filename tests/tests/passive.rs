//! Passive mode against real servers: they call, the client listens.

use std::fs;
use std::io::{ErrorKind, Read};
use std::net::TcpStream;
use std::os::unix::net::UnixListener;
use std::path::Path;

use anyhow::{Context, Result};
use ovn_schemas::nb;
use ovn_tests::pki::{Authority, Issued};
use ovn_tests::sandbox::{DatabaseServer, READY, Schema};
use ovsdb_client::client::{Client, Monitor, ReadOnly};
use ovsdb_client::dial::{Dial, Listener, SecureListener, Tls};
use ovsdb_client::session::{Interest, State};
use tempfile::TempDir;
use tokio::time::timeout;

/// Starts a server that calls `remote` and holds one switch.
fn server_calling(
    remote: &str,
    switch: &str,
    issued: Option<(&Issued, &Path)>,
) -> Result<DatabaseServer> {
    let mut setup = DatabaseServer::setup()
        .database(Schema::northbound())
        .argument(&format!("--remote={remote}"));
    if let Some((issued, ca)) = issued {
        setup = setup
            .argument(&format!("--private-key={}", issued.private_key.display()))
            .argument(&format!("--certificate={}", issued.certificate.display()))
            .argument(&format!("--ca-cert={}", ca.display()));
    }
    let server = setup.start()?;
    let insert = format!(
        r#"["OVN_Northbound", {{"op": "insert", "table": "{}", "row": {{"name": "{switch}"}}}}]"#,
        nb::logical_switch::DEFINITION.name
    );
    server.transact(&insert)?;
    Ok(server)
}

/// A client that waits for servers; nothing but their calls changes its connection.
fn start(dial: impl Dial) -> Client<ReadOnly> {
    Client::builder().dial(dial).probe(None).start()
}

async fn switches(client: &Client<ReadOnly>) -> Result<Monitor<ReadOnly>> {
    let monitor = client.monitor(Interest::all_of(&nb::DATABASE));
    Ok(timeout(READY, monitor).await??)
}

/// Waits until the replica holds this one switch.
async fn wait_for_switch(monitor: &mut Monitor<ReadOnly>, switch: &str) -> Result<()> {
    let arrived = async {
        loop {
            let snapshot = monitor.snapshot();
            let names = snapshot.rows::<nb::LogicalSwitch>();
            if names.map(|row| row.name().to_owned()).eq([switch]) {
                return Ok(());
            }
            monitor.changed().await?;
        }
    };
    timeout(READY, arrived)
        .await
        .with_context(|| format!("waiting for {switch}"))?
}

#[tokio::test]
async fn a_server_that_calls_over_tcp_is_replicated() -> Result<()> {
    for host in ["127.0.0.1", "[::1]"] {
        let listener = Listener::new(format!("ptcp:0:{host}").parse()?);
        let address = listener.bind()?.context("TCP has an address")?;
        let client = start(listener);
        let mut state = client.state();
        let listening = State::Listening(format!("ptcp:0:{host}").into());
        timeout(READY, state.wait_for(|state| *state == listening)).await??;
        let _server = server_calling(&format!("tcp:{address}"), "sw0", None)?;
        wait_for_switch(&mut switches(&client).await?, "sw0").await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_calls_over_tls_is_replicated() -> Result<()> {
    let authority = Authority::new()?;
    let issued = authority.issue("client")?;
    let tls = Tls::new(authority.certificate()).identity(&issued.private_key, &issued.certificate);
    let listener = SecureListener::new("pssl:0:127.0.0.1".parse()?, tls);
    let address = listener.bind()?.context("TCP has an address")?;
    let remote = format!("ssl:{address}");
    let client = start(listener);

    // Neither one that says nothing nor one that is not trusted is in the way.
    let mut stalled = TcpStream::connect(address)?;
    let stranger = Authority::new()?;
    let _refused = server_calling(
        &remote,
        "stranger",
        Some((&stranger.issue("server")?, authority.certificate())),
    )?;
    let issued = authority.issue("server")?;
    let _server = server_calling(&remote, "sw0", Some((&issued, authority.certificate())))?;
    wait_for_switch(&mut switches(&client).await?, "sw0").await?;
    stalled.set_read_timeout(Some(READY))?;
    let given_up = tokio::task::spawn_blocking(move || stalled.read(&mut [0])).await?;
    assert!(matches!(given_up, Ok(0)), "{given_up:?}");
    Ok(())
}

#[tokio::test]
async fn a_server_that_calls_a_unix_socket_is_replicated() -> Result<()> {
    let directory = TempDir::with_prefix("punix-")?;
    let path = directory.path().join("db.sock");
    // What a program that was killed leaves behind.
    drop(UnixListener::bind(&path)?);
    assert!(path.exists());
    let client = Client::builder()
        .remotes(&format!("punix:{}", path.display()))?
        .start();
    let _server = server_calling(&format!("unix:{}", path.display()), "sw0", None)?;
    let mut monitor = switches(&client).await?;
    wait_for_switch(&mut monitor, "sw0").await?;
    let mut state = client.state();
    drop((client, monitor));
    while timeout(READY, state.changed()).await?.is_ok() {}
    assert!(!path.exists(), "the socket's file goes with the client");
    Ok(())
}

#[tokio::test]
async fn a_second_server_that_calls_replaces_the_first() -> Result<()> {
    let listener = Listener::new("ptcp:0:127.0.0.1".parse()?);
    let address = listener.bind()?.context("TCP has an address")?;
    let remote = format!("tcp:{address}");
    let client = start(listener);
    let first = server_calling(&remote, "first", None)?;
    let mut monitor = switches(&client).await?;
    wait_for_switch(&mut monitor, "first").await?;
    // So that it neither closes the connection nor calls again.
    first.pause()?;
    let mut second = server_calling(&remote, "second", None)?;
    wait_for_switch(&mut monitor, "second").await?;

    // One that was lost may call again.
    second.restart()?;
    let answered = async { while client.echo().await.is_err() {} };
    timeout(READY, answered).await?;
    Ok(())
}

#[tokio::test]
async fn a_replaced_connection_says_so_to_who_waits_on_it() -> Result<()> {
    let listener = Listener::new("ptcp:0:127.0.0.1".parse()?);
    let address = listener.bind()?.context("TCP has an address")?;
    let client = start(listener);
    // A server that never answers.
    let _silent = TcpStream::connect(address)?;
    let mut state = client.state();
    timeout(
        READY,
        state.wait_for(|state| matches!(state, State::Serving(_))),
    )
    .await??;
    let call = client.echo();
    let replace = async {
        // The call is on its way when the next server calls.
        tokio::task::yield_now().await;
        TcpStream::connect(address)
    };
    let (called, _next) = timeout(READY, async { tokio::join!(call, replace) }).await?;
    let error = called.expect_err("nobody answered");
    let cause = std::error::Error::source(&error).map(ToString::to_string);
    insta::assert_snapshot!(cause.unwrap_or_default(), @"the server has called again");
    Ok(())
}

#[tokio::test]
async fn a_place_that_is_taken_is_left_alone() -> Result<()> {
    let directory = TempDir::with_prefix("punix-")?;
    let path = |name: &str| directory.path().join(name);
    let bind = |name: &str| -> Result<_> {
        let endpoint = format!("punix:{}", path(name).display()).parse()?;
        Ok(Listener::new(endpoint).bind().map_err(|error| error.kind()))
    };
    fs::write(path("file"), "precious")?;
    assert_eq!(bind("file")?, Err(ErrorKind::AddrInUse));
    assert_eq!(fs::read_to_string(path("file"))?, "precious");

    let live = UnixListener::bind(path("live"))?;
    assert_eq!(bind("live")?, Err(ErrorKind::AddrInUse));
    live.set_nonblocking(true)?;
    let called = live.accept().map_err(|error| error.kind());
    assert!(
        matches!(called, Err(ErrorKind::WouldBlock)),
        "nobody was disturbed"
    );

    let replaced = Listener::new(format!("punix:{}", path("moved").display()).parse()?);
    replaced.bind()?;
    fs::remove_file(path("moved"))?;
    let successor = UnixListener::bind(path("moved"))?;
    drop(replaced);
    assert!(path("moved").exists(), "the file is another program's now");
    drop(successor);

    let tcp = Listener::new("ptcp:0:127.0.0.1".parse()?);
    let address = tcp.bind()?.context("TCP has an address")?;
    let second = Listener::new(format!("ptcp:{}:127.0.0.1", address.port()).parse()?);
    let client = Client::<ReadOnly>::builder().dial(second).reconnect(false);
    let error = timeout(READY, client.connect())
        .await?
        .expect_err("the port is taken");
    let lost = std::error::Error::source(&error).map(ToString::to_string);
    assert_eq!(
        lost.unwrap_or_default(),
        format!("ptcp:{}:127.0.0.1 cannot be reached", address.port())
    );
    Ok(())
}

#[tokio::test]
async fn waiting_for_servers_over_tls_needs_a_certificate_before_anybody_calls() -> Result<()> {
    let authority = Authority::new()?;
    let endpoint = || "pssl:0:127.0.0.1".parse();
    let mut errors = Vec::new();
    let without = SecureListener::new(endpoint()?, Tls::new(authority.certificate()));
    for error in [
        Listener::new(endpoint()?).dial().await.err(),
        without.dial().await.err(),
    ] {
        errors.push(error.context("it was refused")?.to_string());
    }
    insta::assert_snapshot!(errors.join("\n"), @r"
    TLS needs a private key, a certificate and a CA certificate, and none are configured
    no private key and certificate are configured to show to a server that calls
    ");
    Ok(())
}
