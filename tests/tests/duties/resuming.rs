//! Resuming: what a client that was away takes from the next connection.

use anyhow::{Context, Result};
use ovn_tests::duty::{
    DATABASE, at_least, await_agreement, await_numbers, delete, insert, insert_with, update,
};
use ovn_tests::gate::Gate;
use ovn_tests::sandbox::{DatabaseServer, READY, wait_until};
use ovsdb_client::changes::{ChangeItem, ChangeStream, Overflow};
use ovsdb_client::client::{Client, ReadOnly, ReadWrite};
use ovsdb_client::operation::Operation;
use ovsdb_client::replica::Cause;
use ovsdb_client::schema::Selection;
use ovsdb_client::session::{Interest, TableInterest};
use ovsdb_client::value::Datum;
use serde_json::Value;

use crate::start::{builder, cluster, endpoint, everything, reader, standalone, writer};

const NO_TRANSACTION: &str = "00000000-0000-0000-0000-000000000000";

/// How many rows a database needs so that a clustered server keeps a hundred transactions: it
/// forgets those that together hold more than the database.
const MANY: usize = 400;

async fn fill(writer: &Client<ReadWrite>, items: usize) -> Result<()> {
    let inserts = (0..items).map(|number| {
        let tags = Datum::set((0..8_i64).map(|tag| format!("tag{tag}").as_str().into()));
        insert_with(&format!("fill{number}"), vec![("tags".into(), tags)])
    });
    writer.transact(DATABASE, inserts.collect()).await?;
    Ok(())
}

async fn write(writer: &Client<ReadWrite>, operation: Operation) -> Result<()> {
    writer.transact(DATABASE, vec![operation]).await?;
    Ok(())
}

/// The last request for rows of the small database: the id it resumes from, and whether the
/// server knew it.
fn resumed(gate: &Gate) -> Result<(String, bool)> {
    let monitors = gate.monitors(DATABASE);
    let (request, answer) = monitors.last().context("rows were asked for")?;
    let answer = answer.as_ref().context("the server answered")?;
    let last = request["params"][3].as_str().context("an id")?.to_owned();
    Ok((last, answer["result"][0] == Value::Bool(true)))
}

/// Waits for the rows asked for on connection number `connection`.
fn await_rows(gate: &Gate, connection: usize) -> Result<()> {
    wait_until("the rows came again", READY, || {
        let answered = gate.monitors(DATABASE).len() >= connection
            && gate
                .monitors(DATABASE)
                .iter()
                .all(|(_, answer)| answer.is_some());
        Ok(answered.then_some(()))
    })
}

/// The names of items that the next batch of some cause tells of, with what became of them.
async fn next_batch(changes: &mut ChangeStream, cause: Cause) -> Result<Vec<String>> {
    loop {
        let Some(ChangeItem::Batch(batch)) = changes.next().await else {
            anyhow::bail!("the stream ended");
        };
        if batch.cause != cause {
            continue;
        }
        let layout = batch
            .layout()
            .table(ovn_tests::duty::ITEM)
            .context("the table")?;
        let item = |row| ovn_tests::duty::item(row, layout);
        let mut told: Vec<String> = batch
            .table(ovn_tests::duty::ITEM)
            .iter()
            .map(|change| match (&change.old, &change.new) {
                (None, Some(new)) => format!("insert {:?}", item(new)),
                (Some(old), None) => format!("delete {:?}", item(old)),
                (Some(old), Some(new)) => format!("modify {:?} to {:?}", item(old), item(new)),
                (None, None) => "nothing".to_owned(),
            })
            .collect();
        told.sort();
        return Ok(told);
    }
}

/// 16: A server without history sends all rows with the zero id, and the client tells what differs.
#[tokio::test(flavor = "multi_thread")]
async fn a_standalone_server_sends_all_rows_and_the_client_tells_what_differs() -> Result<()> {
    let server = standalone()?;
    let writer = writer(&server).await?;
    for name in ["gone", "changed", "same"] {
        write(&writer, insert(name, 1)).await?;
    }
    let gate = Gate::before(endpoint(&server)?);
    let monitor = reader(&gate).await?;
    let mut changes = monitor.changes(Overflow::Coalesce).await?;
    next_batch(&mut changes, Cause::Initial).await?;

    gate.shut();
    write(&writer, delete("gone")).await?;
    write(&writer, update("changed", 2)).await?;
    write(&writer, insert("new", 1)).await?;
    gate.open();
    assert_eq!(
        next_batch(&mut changes, Cause::Resync).await?,
        [
            r#"delete ("gone", 1)"#,
            r#"insert ("new", 1)"#,
            r#"modify ("changed", 1) to ("changed", 2)"#
        ]
    );
    assert_eq!(resumed(&gate)?, (NO_TRANSACTION.to_owned(), false));
    await_agreement(&server, || monitor.snapshot())
}

/// 16: A server with history sends what was missed, and the client keeps the rows it has.
#[tokio::test(flavor = "multi_thread")]
async fn a_clustered_server_sends_what_was_missed_and_the_other_rows_stay() -> Result<()> {
    let cluster = cluster()?;
    let member = cluster.member(0);
    let writer = writer(member).await?;
    fill(&writer, MANY).await?;
    for name in ["gone", "changed"] {
        write(&writer, insert(name, 1)).await?;
    }
    let gate = Gate::before(endpoint(member)?);
    let monitor = reader(&gate).await?;
    let mut changes = monitor.changes(Overflow::Coalesce).await?;
    next_batch(&mut changes, Cause::Initial).await?;

    gate.shut();
    write(&writer, delete("gone")).await?;
    write(&writer, update("changed", 2)).await?;
    gate.open();
    assert_eq!(
        next_batch(&mut changes, Cause::Resync).await?,
        [
            r#"delete ("gone", 1)"#,
            r#"modify ("changed", 1) to ("changed", 2)"#
        ]
    );
    let (last, found) = resumed(&gate)?;
    assert_ne!(last, NO_TRANSACTION);
    assert!(found, "the server knew the transaction");
    await_agreement(member, || monitor.snapshot())
}

/// 17: After more transactions than the server keeps, all rows come and equal its own.
#[tokio::test(flavor = "multi_thread")]
async fn after_more_transactions_than_are_kept_all_rows_come() -> Result<()> {
    let cluster = cluster()?;
    let member = cluster.member(0);
    let writer = writer(member).await?;
    fill(&writer, MANY).await?;
    // The transaction to resume from is not the large one, which is the first to be forgotten.
    write(&writer, insert("last", 1)).await?;
    let gate = Gate::before(endpoint(member)?);
    let monitor = reader(&gate).await?;
    for (missed, expected) in [(60, true), (150, false)] {
        gate.shut();
        for number in 0..missed {
            write(&writer, update(&format!("fill{number}"), missed)).await?;
        }
        let connection = gate.connections() + 1;
        gate.open();
        await_rows(&gate, connection)?;
        assert_eq!(resumed(&gate)?.1, expected, "{missed} missed");
        await_agreement(member, || monitor.snapshot())?;
    }
    Ok(())
}

/// 17: A compacted and restarted server knows one transaction only; the rows equal its own.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_compaction_and_a_restart_the_rows_are_the_servers() -> Result<()> {
    let mut cluster = cluster()?;
    let member = cluster.follower()?;
    let writer = writer(cluster.member(cluster.await_leader()?)).await?;
    fill(&writer, MANY).await?;
    let gate = Gate::before(endpoint(cluster.member(member))?);
    let monitor = reader(&gate).await?;
    write(&writer, insert("seen", 1)).await?;
    wait_until("the client saw it", READY, || {
        Ok(ovn_tests::duty::numbers(&monitor.snapshot())
            .contains_key("seen")
            .then_some(()))
    })?;
    gate.shut();
    write(&writer, delete("seen")).await?;
    write(&writer, insert("missed", 1)).await?;
    await_agreement_of_members(&cluster, member)?;
    let daemon = cluster.member(member).daemon();
    daemon.appctl(&["ovsdb-server/compact"])?;
    cluster.restart(member)?;
    cluster.await_members()?;
    gate.open();
    await_rows(&gate, 2)?;
    let (last, found) = resumed(&gate)?;
    assert_ne!(last, NO_TRANSACTION);
    assert!(!found, "only the snapshot's own transaction is known");
    await_agreement(cluster.member(member), || monitor.snapshot())
}

fn await_agreement_of_members(cluster: &ovn_tests::sandbox::Cluster, member: usize) -> Result<()> {
    let leader = cluster.await_leader()?;
    let held = |server: &DatabaseServer| ovn_tests::dump::dump(server, DATABASE);
    wait_until("the members hold the same", READY, || {
        Ok((held(cluster.member(leader))? == held(cluster.member(member))?).then_some(()))
    })
}

/// 17: Another member knows the same transactions, so the client resumes there.
#[tokio::test(flavor = "multi_thread")]
async fn another_member_goes_on_where_the_last_one_ended() -> Result<()> {
    let cluster = cluster()?;
    let writer = writer(cluster.member(0)).await?;
    fill(&writer, MANY).await?;
    let (first, second) = (
        Gate::before(endpoint(cluster.member(1))?),
        Gate::before(endpoint(cluster.member(2))?),
    );
    await_agreement_of_members(&cluster, 1)?;
    let client = builder::<ReadOnly>()
        .dial(first.clone())
        .dial(second.clone())
        .connect()
        .await?;
    let monitor = client.monitor(everything()).await?;
    write(&writer, insert("seen", 1)).await?;
    wait_until("the client saw it", READY, || {
        Ok(ovn_tests::duty::numbers(&monitor.snapshot())
            .contains_key("seen")
            .then_some(()))
    })?;
    first.shut();
    write(&writer, update("seen", 2)).await?;
    await_rows(&second, 1)?;
    let (last, found) = resumed(&second)?;
    assert_ne!(last, NO_TRANSACTION);
    assert!(found, "the other member knew the transaction");
    await_agreement(cluster.member(2), || monitor.snapshot())
}

/// 18: A change of conditions that is under way when the connection goes loses no row.
#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_conditions_cut_off_loses_no_row() -> Result<()> {
    let cluster = cluster()?;
    let writer = writer(cluster.member(0)).await?;
    fill(&writer, MANY).await?;
    for number in 10..15 {
        write(&writer, insert(&format!("item{number}"), number)).await?;
    }
    let gate = Gate::before(endpoint(cluster.member(0))?);
    let client = builder::<ReadOnly>().dial(gate.clone()).connect().await?;
    let monitor = client.monitor(at_least_interest(14)).await?;
    await_numbers(&[("item14", 14)], || monitor.snapshot())?;

    gate.hold();
    let widened = tokio::spawn({
        let monitor = monitor.clone();
        async move {
            monitor
                .set_conditions(ovn_tests::duty::ITEM, vec![at_least(12)])
                .await
        }
    });
    wait_until("the server has answered the change", READY, || {
        let changes = gate.calls("monitor_cond_change");
        Ok(changes
            .first()
            .is_some_and(|(_, answer)| answer.is_some())
            .then_some(()))
    })?;
    gate.cut();
    widened.await??;
    assert_eq!(resumed(&gate)?.0, NO_TRANSACTION);
    await_numbers(&[("item12", 12), ("item13", 13), ("item14", 14)], || {
        monitor.snapshot()
    })
}

/// 18: Conditions that the server acknowledged go with the last id, and the server resumes.
#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_conditions_are_resumed_with_the_last_id() -> Result<()> {
    let cluster = cluster()?;
    let writer = writer(cluster.member(0)).await?;
    fill(&writer, MANY).await?;
    for number in 10..15 {
        write(&writer, insert(&format!("item{number}"), number)).await?;
    }
    let gate = Gate::before(endpoint(cluster.member(0))?);
    let client = builder::<ReadOnly>().dial(gate.clone()).connect().await?;
    let monitor = client.monitor(at_least_interest(14)).await?;
    monitor
        .set_conditions(ovn_tests::duty::ITEM, vec![at_least(13)])
        .await?;
    await_numbers(&[("item13", 13), ("item14", 14)], || monitor.snapshot())?;
    gate.shut();
    write(&writer, update("item10", 20)).await?;
    write(&writer, update("item14", 4)).await?;
    gate.open();
    await_numbers(&[("item10", 20), ("item13", 13)], || monitor.snapshot())?;
    let (last, found) = resumed(&gate)?;
    assert_ne!(last, NO_TRANSACTION);
    assert!(found);
    let monitors = gate.monitors(DATABASE);
    let (request, _) = monitors.last().context("a request")?;
    let conditions = &request["params"][2][ovn_tests::duty::ITEM][0]["where"];
    assert_eq!(*conditions, serde_json::json!([["number", ">=", 13]]));
    Ok(())
}

fn at_least_interest(number: i64) -> Interest {
    let table = TableInterest {
        columns: Selection::All,
        conditions: vec![at_least(number)],
    };
    Interest::nothing(DATABASE).table_named(ovn_tests::duty::ITEM, table)
}
