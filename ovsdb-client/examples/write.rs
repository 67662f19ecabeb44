//! Adds a port to a switch in one transaction, and reads it back.

use std::io::{Write, stdout};

use ovsdb_client::client::{Client, ReadWrite};
use ovsdb_client::operation::{Condition, Function, Mutation, Mutator, Operation, OperationResult};
use ovsdb_client::session::Interest;
use ovsdb_client::value::{Atom, Datum};

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
    let insert = Operation::Insert {
        table: "Logical_Switch_Port".into(),
        row: vec![("name".into(), Datum::scalar(port))],
        uuid: None,
        uuid_name: Some("new".into()),
    };
    let put = Operation::Mutate {
        table: "Logical_Switch".into(),
        conditions: vec![Condition::compare("name", Function::Equal, switch)],
        mutations: vec![Mutation {
            column: "ports".into(),
            mutator: Mutator::Insert,
            value: Datum::scalar(Atom::NamedUuid("new".into())),
        }],
    };
    let outcome = client.transact("OVN_Northbound", vec![insert, put]).await?;
    let [OperationResult::Inserted(uuid), OperationResult::Count(1)] = outcome.results[..] else {
        return Err("there is no such switch".into());
    };
    // The snapshot shows it already: a client reads its own writes.
    let snapshot = monitor.snapshot();
    let ports = snapshot.table("Logical_Switch_Port").ok_or("no ports")?;
    let row = ports.get(uuid).ok_or("the port is not here")?;
    let name = row.value(ports.layout(), "name").ok_or("no names")?;
    writeln!(out, "{uuid} is {name}")?;
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
