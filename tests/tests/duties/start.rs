//! Clients as these tests want them: quick to try again and to notice silence.

use std::time::Duration;

use anyhow::Result;
use ovn_tests::duty;
use ovn_tests::gate::Gate;
use ovn_tests::sandbox::{Cluster, DatabaseServer, READY, Schema, wait_until};
use ovsdb_client::client::{Access, Builder, Client, Monitor, ReadOnly, ReadWrite};
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::session::{BackoffConfig, Interest, State};

/// The waits between attempts: short enough for tests, long enough to leave the servers room.
const BACKOFF: BackoffConfig = BackoffConfig {
    least: Duration::from_millis(50),
    most: Duration::from_millis(200),
};

/// Settings that every client of these tests has.
pub(crate) fn builder<A: Access>() -> Builder<A> {
    Client::builder().backoff(BACKOFF).shuffle(false)
}

/// An endpoint in its text form.
pub(crate) fn endpoint(server: &DatabaseServer) -> Result<Endpoint> {
    Ok(server.endpoint().parse()?)
}

/// A standalone server of the small database.
pub(crate) fn standalone() -> Result<DatabaseServer> {
    DatabaseServer::setup().database(Schema::duty()).start()
}

/// A cluster of three members of the small database.
pub(crate) fn cluster() -> Result<Cluster> {
    Cluster::start(Schema::duty())
}

/// A client that writes at one server only and does not come back.
pub(crate) async fn writer(server: &DatabaseServer) -> Result<Client<ReadWrite>> {
    Ok(Client::connect(endpoint(server)?).await?)
}

/// A client through a gate, and everything it replicates.
pub(crate) async fn reader(gate: &Gate) -> Result<Monitor<ReadOnly>> {
    let client = builder::<ReadOnly>().dial(gate.clone()).connect().await?;
    Ok(client.monitor(everything()).await?)
}

/// All rows of the small database.
pub(crate) fn everything() -> Interest {
    Interest::everything(duty::DATABASE)
}

/// Waits until a client is served by one of its servers, and says by which.
pub(crate) fn await_server<A: Access>(
    client: &Client<A>,
    suits: impl Fn(&str) -> bool,
) -> Result<String> {
    let state = client.state();
    wait_until("the client is served", READY, || {
        Ok(match &*state.borrow() {
            State::Serving(remote) if suits(remote) => Some(remote.to_string()),
            _ => None,
        })
    })
}
