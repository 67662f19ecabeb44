//! A real server on `pssl:`, and what the tests do with it.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use ovn_schemas::nb;
use ovn_tests::pki::{Authority, Issued};
use ovn_tests::sandbox::{DatabaseServer, READY, Schema, wait_until};
use ovsdb_client::client::{Client, ReadOnly, ReadWrite};
use ovsdb_client::dial::{Dial, SecureEndpoint, Tls};
use ovsdb_client::operation::Operation;
use ovsdb_client::replica::Snapshot;
use ovsdb_client::session::{Interest, State};
use ovsdb_client::value::Datum;
use tokio::time::timeout;

pub(crate) const NORTHBOUND: &str = "OVN_Northbound";

/// A server on `pssl:`, with what it shows and whom it trusts.
pub(crate) struct SecureServer {
    pub(crate) server: DatabaseServer,
    pub(crate) endpoint: String,
}

impl SecureServer {
    pub(crate) fn start(issued: &Issued, ca: &Path) -> Result<Self> {
        Self::start_at("127.0.0.1", issued, ca, &[])
    }

    pub(crate) fn start_at(
        host: &str,
        issued: &Issued,
        ca: &Path,
        arguments: &[&str],
    ) -> Result<Self> {
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

    pub(crate) fn dial(&self, tls: &Tls) -> Result<SecureEndpoint> {
        Ok(SecureEndpoint::new(self.endpoint.parse()?, tls.clone()))
    }
}

pub(crate) fn log(server: &DatabaseServer) -> Result<String> {
    fs::read_to_string(server.daemon().log()).context("the server's log")
}

/// What shows `issued` and trusts `authority`.
pub(crate) fn tls(authority: &Authority, issued: &Issued) -> Tls {
    Tls::new(authority.certificate()).identity(&issued.private_key, &issued.certificate)
}

pub(crate) fn insert_switch(name: &str) -> Operation {
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
pub(crate) async fn check_use(dial: impl Dial) -> Result<()> {
    let client = Client::<ReadWrite>::connect(dial).await?;
    let monitor = client.monitor(Interest::all_of(&nb::DATABASE)).await?;
    client
        .transact(NORTHBOUND, vec![insert_switch("sw0")])
        .await?;
    assert_eq!(switch_names(&monitor.snapshot()), ["sw0"]);
    Ok(())
}

/// Why a server cannot be used, in a line; paths and numbers that differ each time left out.
pub(crate) async fn refusal(server: &SecureServer, tls: &Tls) -> Result<String> {
    let client = Client::<ReadOnly>::builder()
        .dial(server.dial(tls)?)
        .reconnect(false)
        .start();
    let mut state = client.state();
    // With TLS 1.3 the server's refusal comes after the connection is made.
    let closed = state.wait_for(|state| *state == State::Closed);
    timeout(READY, closed)
        .await
        .context("it was not refused")??;
    let lost = client.lost().context("nothing says why")?;
    Ok(chain(&lost).replace(&server.endpoint, "SERVER"))
}

pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}
