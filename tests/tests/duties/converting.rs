//! Converting: databases that change their schema, go and come while a client looks on.

use std::fs;

use anyhow::{Context, Result, bail, ensure};
use ovn_tests::duty::{DATABASE, ITEM, PART, await_agreement, await_numbers, insert, named};
use ovn_tests::gate::Gate;
use ovn_tests::sandbox::{DatabaseServer, READY, Schema, wait_until};
use ovsdb_client::changes::{ChangeItem, Overflow};
use ovsdb_client::client::{ClientError, Lost, Monitor, ReadWrite};
use ovsdb_client::operation::{Operation, Until, Wait};
use ovsdb_client::replica::Cause;
use ovsdb_client::value::{AtomRef, Datum};

use crate::start::{builder, cluster, endpoint, everything, standalone};

/// Converts the small database to a schema with another column and without a table.
fn convert(server: &DatabaseServer) -> Result<()> {
    let text = fs::read_to_string(Schema::duty().path())?;
    let mut schema: serde_json::Value = serde_json::from_str(&text)?;
    schema["version"] = "2.0.0".into();
    schema["tables"][ITEM]["columns"]["colour"] = serde_json::json!({"type": "string"});
    let tables = schema["tables"].as_object_mut().context("tables")?;
    tables.remove(PART);
    let item = tables.get_mut(ITEM).context("the table")?;
    item["columns"]
        .as_object_mut()
        .context("columns")?
        .remove("parts");
    let file = tempfile::NamedTempFile::new()?;
    fs::write(file.path(), schema.to_string())?;
    let path = file.path().to_str().context("UTF-8")?;
    server.ovsdb_client("convert", &[path])?;
    Ok(())
}

/// A transaction that waits for what never comes.
fn never() -> Operation {
    Operation::Wait(Wait {
        table: ITEM.into(),
        conditions: vec![named("never")],
        columns: Some(vec!["number".into()]),
        until: Until::Equal,
        rows: vec![vec![("number".into(), Datum::scalar(1))]],
        timeout: None,
    })
}

fn colour(monitor: &Monitor<ReadWrite>) -> Option<String> {
    let rows = monitor.snapshot();
    let table = rows.table(ITEM)?;
    let row = table.iter().next()?;
    match row.value(table.layout(), "colour")?.atoms().next()? {
        AtomRef::String(colour) => Some(colour.to_owned()),
        _ => None,
    }
}

/// The rows come anew by the new schema on the same connection, and what waited is cancelled.
async fn check(server: &DatabaseServer) -> Result<()> {
    let gate = Gate::before(endpoint(server)?);
    let client = builder::<ReadWrite>().dial(gate.clone()).connect().await?;
    let monitor = client.monitor(everything()).await?;
    client.transact(DATABASE, vec![insert("kept", 1)]).await?;
    let mut changes = monitor.changes(Overflow::Lag { batches: 100 }).await?;
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { client.transact(DATABASE, vec![never()]).await }
    });
    wait_until("the transaction waits", READY, || {
        Ok((gate.calls("transact").len() == 2).then_some(()))
    })?;
    convert(server)?;
    match waiting.await? {
        Err(ClientError::InDoubt(Lost::Canceled)) => {}
        other => bail!("{other:?}"),
    }
    wait_until("the rows have the new column", READY, || {
        Ok((colour(&monitor).as_deref() == Some("")).then_some(()))
    })?;
    ensure!(monitor.snapshot().table(PART).is_none());
    await_agreement(server, || monitor.snapshot())?;
    // The new column can be written and read, and listeners are told by the new layout.
    client
        .transact(
            DATABASE,
            vec![Operation::Update {
                table: ITEM.into(),
                conditions: vec![named("kept")],
                row: vec![("colour".into(), Datum::scalar("red"))],
            }],
        )
        .await?;
    ensure!(colour(&monitor).as_deref() == Some("red"));
    let mut causes = Vec::new();
    loop {
        let Some(ChangeItem::Batch(batch)) = changes.next().await else {
            bail!("the stream ended");
        };
        causes.push((batch.cause, batch.len()));
        if batch.cause == Cause::Delta {
            let layout = batch.layout().table(ITEM).context("the table")?;
            let [change] = batch.table(ITEM) else {
                bail!("one row: {batch:?}");
            };
            let columns: Vec<&str> = change.changed_columns(layout).collect();
            ensure!(columns == ["colour"], "{columns:?}");
            break;
        }
    }
    ensure!(
        causes == [(Cause::Initial, 1), (Cause::Resync, 0), (Cause::Delta, 1)],
        "{causes:?}"
    );
    ensure!(gate.connections() == 1, "the connection stays");
    Ok(())
}

/// 19: On a standalone server, whose own database keeps telling the old schema.
#[tokio::test(flavor = "multi_thread")]
async fn a_converted_database_is_read_anew_on_the_same_connection() -> Result<()> {
    check(&standalone()?).await
}

/// 19: In a cluster, at the leader and at a follower.
#[tokio::test(flavor = "multi_thread")]
async fn a_converted_clustered_database_is_read_anew_on_the_same_connection() -> Result<()> {
    let leader = cluster()?;
    check(leader.member(leader.await_leader()?)).await?;
    let follower = cluster()?;
    check(follower.member(follower.follower()?)).await
}

/// 19: A database that goes is waited for, and read anew when it comes.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_is_waited_for() -> Result<()> {
    let server = standalone()?;
    let gate = Gate::before(endpoint(&server)?);
    let client = builder::<ReadWrite>().dial(gate.clone()).connect().await?;
    let monitor = client.monitor(everything()).await?;
    client.transact(DATABASE, vec![insert("kept", 1)]).await?;
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { client.transact(DATABASE, vec![never()]).await }
    });
    wait_until("the transaction waits", READY, || {
        Ok((gate.calls("transact").len() == 2).then_some(()))
    })?;
    let daemon = server.daemon();
    daemon.appctl(&["ovsdb-server/remove-db", DATABASE])?;
    ensure!(matches!(waiting.await?, Err(ClientError::InDoubt(_))));
    await_numbers(&[("kept", 1)], || monitor.snapshot())?;
    let file = server.files()[0].to_str().context("UTF-8")?.to_owned();
    daemon.appctl(&["ovsdb-server/add-db", &file])?;
    client.transact(DATABASE, vec![insert("after", 2)]).await?;
    await_numbers(&[("after", 2), ("kept", 1)], || monitor.snapshot())?;
    await_agreement(&server, || monitor.snapshot())
}
