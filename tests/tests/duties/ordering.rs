//! Ordering: what a reader sees when, and what a slow one costs.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use ovn_tests::duty::{
    DATABASE, ITEM, at_least, await_agreement, delete, insert, insert_with, item, named, numbers,
    update,
};
use ovn_tests::gate::Gate;
use ovsdb_client::changes::{ChangeItem, Overflow};
use ovsdb_client::client::{Client, ClientError, Monitor, ReadWrite};
use ovsdb_client::operation::{Operation, Until, Wait};
use ovsdb_client::schema::Selection;
use ovsdb_client::session::{Interest, TableInterest};
use ovsdb_client::value::Datum;

use crate::start::{builder, cluster, endpoint, everything, standalone, writer};

/// Writes rows and looks for each in the very snapshot after the answer.
async fn reads_its_writes(
    client: &Client<ReadWrite>,
    monitor: &Monitor<ReadWrite>,
    rows: i64,
) -> Result<()> {
    for number in 0..rows {
        client
            .transact(DATABASE, vec![insert(&format!("row{number}"), number)])
            .await?;
        let seen = numbers(&monitor.snapshot()).len();
        ensure!(
            seen == usize::try_from(number)? + 1,
            "{seen} after {number}"
        );
    }
    Ok(())
}

/// 9: By the leader and by a follower, which answers when it has applied the write itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_reads_its_own_writes_at_the_leader_and_at_a_follower() -> Result<()> {
    let cluster = cluster()?;
    for member in [cluster.await_leader()?, cluster.follower()?] {
        let server = cluster.member(member);
        let client = writer(server).await?;
        let monitor = client.monitor(everything()).await?;
        reads_its_writes(&client, &monitor, 50).await?;
        let all = (0..50)
            .map(|number| delete(&format!("row{number}")))
            .collect();
        client.transact(DATABASE, all).await?;
    }
    Ok(())
}

/// 9: Also right after a reconnect and while a wider interest comes, when rows are still behind.
#[tokio::test(flavor = "multi_thread")]
async fn a_client_reads_its_own_writes_while_rows_come_anew() -> Result<()> {
    let server = standalone()?;
    let gate = Gate::before(endpoint(&server)?);
    let client = builder::<ReadWrite>().dial(gate.clone()).connect().await?;
    let only_rows = TableInterest {
        columns: Selection::All,
        conditions: vec![at_least(0)],
    };
    let interest = Interest::nothing(DATABASE).table_named(ITEM, only_rows);
    let monitor = client.monitor(interest).await?;
    for number in 0..30 {
        gate.cut();
        let name = format!("cut{number}");
        let write = || client.transact(DATABASE, vec![insert(&name, number)]);
        // The connection may break after the write was sent: then it is in doubt, and the index
        // of the table refuses it when it is there already.
        while write().await.is_err() && !numbers(&monitor.snapshot()).contains_key(&name) {}
        ensure!(numbers(&monitor.snapshot()).contains_key(&name), "{name}");
    }
    let (wider, written) = tokio::join!(
        client.monitor(everything()),
        client.transact(DATABASE, vec![insert("widened", 1)])
    );
    let (wider, _) = (wider?, written?);
    for rows in [wider.snapshot(), monitor.snapshot()] {
        ensure!(numbers(&rows).contains_key("widened"));
    }
    Ok(())
}

/// 9: A wider interest resolves with its rows.
#[tokio::test(flavor = "multi_thread")]
async fn a_wider_interest_resolves_when_its_rows_are_here() -> Result<()> {
    let server = standalone()?;
    let client = writer(&server).await?;
    client
        .transact(DATABASE, vec![insert("small", 1), insert("large", 100)])
        .await?;
    let mut monitors = Vec::new();
    for least in [100, 1] {
        let table = TableInterest {
            columns: Selection::All,
            conditions: vec![at_least(least)],
        };
        let interest = Interest::nothing(DATABASE).table_named(ITEM, table);
        let monitor = client.monitor(interest).await?;
        let expected = if least == 100 { 1 } else { 2 };
        ensure!(numbers(&monitor.snapshot()).len() == expected, "{least}");
        // Without the first monitor the second would be no wider one.
        monitors.push(monitor);
    }
    Ok(())
}

/// 10: A transaction that waits is overtaken, and each answer reaches its own caller.
#[tokio::test(flavor = "multi_thread")]
async fn answers_out_of_order_reach_their_callers() -> Result<()> {
    let server = standalone()?;
    let client = writer(&server).await?;
    client
        .transact(DATABASE, vec![insert("awaited", 0)])
        .await?;
    let wait = Operation::Wait(Wait {
        table: ITEM.into(),
        conditions: vec![named("awaited")],
        columns: Some(vec!["number".into()]),
        until: Until::Equal,
        rows: vec![vec![("number".into(), Datum::scalar(7))]],
        timeout: None,
    });
    let waiting = tokio::spawn({
        let (client, wait) = (client.clone(), wait.clone());
        async move {
            client
                .transact(DATABASE, vec![wait, insert("awaiting", 1)])
                .await
        }
    });
    // A caller that goes away leaves an answer for nobody.
    let given_up = client.transact(DATABASE, vec![wait, insert("given up", 1)]);
    ensure!(
        tokio::time::timeout(Duration::from_millis(50), given_up)
            .await
            .is_err()
    );
    for number in 1..=7 {
        ensure!(!waiting.is_finished());
        let outcome = client
            .transact(DATABASE, vec![update("awaited", number)])
            .await?;
        ensure!(outcome.results.len() == 1);
    }
    let outcome = waiting.await??;
    ensure!(outcome.results.len() == 2, "its own answer");
    client.echo().await?;
    Ok(())
}

/// 3: What would cost the connection is refused before it is sent.
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_refused_here_and_the_connection_is_kept() -> Result<()> {
    let server = standalone()?;
    let gate = Gate::before(endpoint(&server)?);
    let client = builder::<ReadWrite>().dial(gate.clone()).connect().await?;
    let weight = |real: f64| vec![(Box::from("weight"), Datum::scalar(real))];
    for operation in [
        insert("a\0b", 1),
        insert_with("infinite", weight(f64::INFINITY)),
        insert_with("none", weight(f64::NAN)),
        insert_with("tiny", weight(f64::MIN_POSITIVE / 2.0)),
    ] {
        let refused = client.transact(DATABASE, vec![operation.clone()]).await;
        ensure!(
            matches!(refused, Err(ClientError::Encode(_))),
            "{operation:?}: {refused:?}"
        );
    }
    client.transact(DATABASE, vec![insert("sound", 1)]).await?;
    ensure!(gate.connections() == 1 && gate.calls("transact").len() == 1);
    Ok(())
}

/// 15, 31: A listener that blocks its own client makes the server fold what it misses; nobody
/// else waits, and in the end it has been told everything.
#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_blocks_is_told_the_net_effect_and_nobody_else_waits() -> Result<()> {
    const WRITES: i64 = 3000;
    let server = standalone()?;
    let writer = writer(&server).await?;
    writer
        .transact(DATABASE, vec![insert("counter", 0)])
        .await?;
    let slow = builder::<ReadWrite>()
        .dial(endpoint(&server)?)
        .probe(None)
        .connect()
        .await?;
    let slow = slow.monitor(everything()).await?;
    let deadline = Duration::from_secs(60);
    let mut changes = slow
        .changes(Overflow::Block {
            batches: 1,
            deadline,
        })
        .await?;
    // Long values, so that the sockets between are full soon.
    let text = "x".repeat(2000);
    for number in 1..=WRITES {
        let options = Datum::map([("text".into(), format!("{text}{number}").as_str().into())]);
        let row = vec![
            ("number".into(), Datum::scalar(number)),
            ("options".into(), options),
        ];
        let counted = Operation::Update {
            table: ITEM.into(),
            conditions: vec![named("counter")],
            row,
        };
        writer.transact(DATABASE, vec![counted]).await?;
    }
    let mut batches = 0;
    let mut last = 0;
    while last < WRITES {
        let Some(ChangeItem::Batch(batch)) = changes.next().await else {
            anyhow::bail!("the stream ended");
        };
        batches += 1;
        let layout = batch.layout().table(ITEM).context("the table")?;
        let [change] = batch.table(ITEM) else {
            anyhow::bail!("one row changes at a time: {batch:?}");
        };
        let new = change.new.as_ref().context("the row stays")?;
        if let Some(old) = &change.old {
            ensure!(item(old, layout).1 == last, "nothing is left out");
        }
        last = item(new, layout).1;
    }
    ensure!(batches < WRITES, "{batches} batches");
    println!("{WRITES} transactions came as {batches} batches");
    await_agreement(&server, || slow.snapshot())
}
