//! A northbound database, and a client that may write to it.

use std::error::Error;

use anyhow::Result;
use ovn_schemas::nb;
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovsdb_client::client::{Client, Monitor, ReadWrite};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::session::Interest;

pub(crate) const NORTHBOUND: &str = "OVN_Northbound";

/// The schema that the tables were generated from, which is newer than that of Debian's OVN.
pub(crate) const NEWEST: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../schemas/ovsschema/ovn-nb.ovsschema"
);

pub(crate) struct Northbound {
    pub(crate) server: DatabaseServer,
    pub(crate) client: Client<ReadWrite>,
    pub(crate) monitor: Monitor<ReadWrite>,
}

/// A server of the newest schema.
pub(crate) async fn northbound() -> Result<Northbound> {
    northbound_of(Schema::at(NEWEST)).await
}

pub(crate) async fn northbound_of(schema: Schema) -> Result<Northbound> {
    let server = DatabaseServer::setup().database(schema).start()?;
    let (client, monitor) = join(&server).await?;
    Ok(Northbound {
        server,
        client,
        monitor,
    })
}

/// One more client.
pub(crate) async fn join(
    server: &DatabaseServer,
) -> Result<(Client<ReadWrite>, Monitor<ReadWrite>)> {
    let client = Client::<ReadWrite>::builder()
        .remotes(&server.endpoint())?
        .connect()
        .await?;
    let monitor = client.monitor(Interest::all_of(&nb::DATABASE)).await?;
    Ok((client, monitor))
}

pub(crate) fn switch_names(snapshot: &Snapshot) -> Vec<String> {
    let switches = snapshot.rows::<nb::LogicalSwitch>();
    let mut names: Vec<String> = switches.map(|switch| switch.name().to_owned()).collect();
    names.sort();
    names
}

/// An error with what caused it.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}
