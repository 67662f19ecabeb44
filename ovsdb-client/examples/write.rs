//! Adds a port to a switch in one transaction, which begins again when others were faster.

use std::io::{Write, stdout};
use std::time::Duration;

use ovsdb_client::client::{Client, ReadWrite, Stop};
use ovsdb_client::operation::{Mutation, Mutator};
use ovsdb_client::row::Row;
use ovsdb_client::session::Interest;
use ovsdb_client::value::Datum;

/// Adds the port called `port` to the switch called `switch`, and writes to `out` what is here then.
pub async fn add_port(
    remotes: &str,
    switch: &str,
    port: &str,
    mut out: impl Write,
) -> Result<(), Box<dyn std::error::Error>> {
    let builder = Client::<ReadWrite>::builder().remotes(remotes)?;
    let client = builder.connect().await?;
    let monitor = client
        .monitor(Interest::everything("OVN_Northbound"))
        .await?;
    let name = Datum::scalar(switch);
    let transaction = monitor.transaction(|tx| {
        let switches = tx.table("Logical_Switch");
        let layout = switches
            .layout()
            .ok_or_else(|| Stop::because("no switches"))?;
        let is_it = |row: &&Row| {
            row.value(layout, "name")
                .is_some_and(|v| v.to_datum() == name)
        };
        let switch = switches.rows().find(is_it).map(Row::uuid);
        let switch = switch.ok_or_else(|| Stop::because("there is no such switch"))?;
        let new = tx
            .table("Logical_Switch_Port")
            .insert([("name", Datum::scalar(port))]);
        let put = Mutation {
            column: "ports".into(),
            mutator: Mutator::Insert,
            value: Datum::scalar(new),
        };
        let mut switches = tx.table("Logical_Switch");
        switches.mutate(switch, vec![put]);
        switches.verify_row(switch);
        Ok(new)
    });
    let done = transaction.deadline(Duration::from_secs(5)).run().await?;
    // The snapshot shows it already: a client reads its own writes.
    let snapshot = monitor.snapshot();
    let ports = snapshot.table("Logical_Switch_Port").ok_or("no ports")?;
    let row = ports.get(done.value).ok_or("the port is not here")?;
    let name = row.value(ports.layout(), "name").ok_or("no names")?;
    writeln!(out, "{} is {name}", row.uuid())?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let remotes = arguments.next().ok_or("which server?")?;
    let switch = arguments.next().ok_or("which switch?")?;
    let port = arguments.next().ok_or("which port?")?;
    add_port(&remotes, &switch, &port, stdout()).await
}
