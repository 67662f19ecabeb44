//! Follows two tables of a database and prints what changes, whatever becomes of the server.

use std::io::{Write, stdout};

use ovsdb_client::changes::{ChangeItem, Overflow};
use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::operation::{Condition, Function};
use ovsdb_client::session::{Interest, TableInterest};

/// Prints the rows there are and then every change, until `out` takes no more.
pub async fn follow(remotes: &str, mut out: impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let builder = Client::<ReadOnly>::builder().remotes(remotes)?;
    let client = builder.connect().await?;
    let routers = Condition::compare("type", Function::Equal, "router");
    let interest = Interest::nothing("OVN_Northbound")
        .table_named("Logical_Switch", TableInterest::all())
        .table_named("Logical_Switch_Port", TableInterest::rows(vec![routers]));
    let monitor = client.monitor(interest).await?;
    let mut changes = monitor.changes(Overflow::Coalesce).await?;
    while let Some(ChangeItem::Batch(batch)) = changes.next().await {
        for (table, row) in batch.rows() {
            let columns: Vec<&str> = row.changed_columns(table).collect();
            let name = row.new.as_ref().and_then(|row| row.value(table, "name"));
            let name = name.map_or("(gone)".into(), |name| name.to_string());
            writeln!(out, "{:?} {} {name}: {columns:?}", batch.cause, table.name)?;
        }
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let remotes = std::env::args().nth(1).ok_or("which server?")?;
    follow(&remotes, stdout()).await
}
