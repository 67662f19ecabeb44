//! What the most used client was seen to get wrong, shown not to happen here.
//!
//! Each test names the failure that was measured with libovsdb 0f13f50 against ovsdb-server 3.1.0.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use ovn_tests::duty::{
    DATABASE, ITEM, PART, await_agreement, await_numbers, delete, insert, insert_with, item,
    numbers, update,
};
use ovn_tests::gate::Gate;
use ovn_tests::sandbox::{DatabaseServer, READY, Schema, wait_until};
use ovsdb_client::changes::{ChangeItem, ChangeStream, Overflow};
use ovsdb_client::client::{Client, ReadOnly, ReadWrite};
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::operation::{Condition, Operation, Select};
use ovsdb_client::replica::Cause;
use ovsdb_client::schema::Selection;
use ovsdb_client::session::{BackoffConfig, Interest, TableInterest};
use ovsdb_client::value::{Atom, Datum};

/// Integers that a double cannot hold, and the ends of the range.
const EXACT: [i64; 6] = [
    (1 << 53) + 1,
    -(1 << 53) - 1,
    i64::MAX,
    i64::MAX - 1,
    i64::MIN,
    i64::MIN + 1,
];

/// More than the 65 536 events that a queue of the other client holds.
const MANY: usize = 70_000;

fn standalone() -> Result<DatabaseServer> {
    DatabaseServer::setup().database(Schema::duty()).start()
}

async fn writer(server: &DatabaseServer) -> Result<Client<ReadWrite>> {
    Ok(Client::connect(server.endpoint().parse::<Endpoint>()?).await?)
}

async fn through(gate: &Gate) -> Result<Client<ReadOnly>> {
    let backoff = BackoffConfig {
        least: Duration::from_millis(20),
        most: Duration::from_millis(100),
    };
    let builder = Client::<ReadOnly>::builder().backoff(backoff);
    Ok(builder.dial(gate.clone()).connect().await?)
}

fn gate(server: &DatabaseServer) -> Result<Gate> {
    Ok(Gate::before(server.endpoint().parse()?))
}

fn one_table(name: &str) -> Interest {
    let table = TableInterest {
        columns: Selection::All,
        conditions: Vec::new(),
    };
    Interest::nothing(DATABASE).table_named(name, table)
}

fn part(label: &str) -> [Operation; 2] {
    let reference = Datum::set([Atom::NamedUuid("part".into())]);
    let part = Operation::Insert {
        table: PART.into(),
        row: vec![("label".into(), Datum::scalar(label))],
        uuid: None,
        uuid_name: Some("part".into()),
    };
    let parts: Box<str> = "parts".into();
    [part, insert_with(label, vec![(parts, reference)])]
}

/// With two monitors of one database, each reconnect lost the rows of the first: the second one's
/// beginning emptied the whole cache.
#[tokio::test(flavor = "multi_thread")]
async fn several_interests_in_one_database_survive_a_reconnect() -> Result<()> {
    let mut server = standalone()?;
    writer(&server)
        .await?
        .transact(DATABASE, part("a").into())
        .await?;
    let gate = gate(&server)?;
    let client = through(&gate).await?;
    let items = client.monitor(one_table(ITEM)).await?;
    let parts = client.monitor(one_table(PART)).await?;
    for round in 1..=3 {
        let generation = items.snapshot().generation();
        server.restart()?;
        wait_until("the rows came anew", READY, || {
            Ok((items.snapshot().generation() > generation).then_some(()))
        })?;
        for (name, monitor) in [(ITEM, &items), (PART, &parts)] {
            let rows = monitor.snapshot().table(name).context("the table")?.len();
            ensure!(rows == 1, "{rows} rows of {name} after {round} restarts");
        }
    }
    await_agreement(&server, || items.snapshot())
}

/// What became of items by the next batch that is no first one.
async fn next_change(changes: &mut ChangeStream) -> Result<Vec<String>> {
    loop {
        let Some(ChangeItem::Batch(batch)) = changes.next().await else {
            bail!("the stream ended");
        };
        let layout = batch.layout().table(ITEM).context("the table")?;
        if batch.cause == Cause::Initial {
            continue;
        }
        let name = |row| item(row, layout).0;
        return Ok(batch
            .table(ITEM)
            .iter()
            .map(|change| match (&change.old, &change.new) {
                (Some(old), None) => format!("delete {}", name(old)),
                (None, Some(new)) => format!("insert {}", name(new)),
                (Some(old), _) => format!("modify {}", name(old)),
                (None, None) => "nothing".to_owned(),
            })
            .collect());
    }
}

/// Rows deleted while the connection was lost made no event, and all others came as added again.
#[tokio::test(flavor = "multi_thread")]
async fn deletions_while_away_are_told_and_nothing_is_told_twice() -> Result<()> {
    let server = standalone()?;
    let writer = writer(&server).await?;
    writer
        .transact(DATABASE, vec![insert("gone", 1), insert("kept", 1)])
        .await?;
    let gate = gate(&server)?;
    let monitor = through(&gate)
        .await?
        .monitor(Interest::everything(DATABASE))
        .await?;
    let mut changes = monitor.changes(Overflow::Lag { batches: 100 }).await?;
    gate.shut();
    writer.transact(DATABASE, vec![delete("gone")]).await?;
    gate.open();
    ensure!(next_change(&mut changes).await? == ["delete gone"]);
    gate.cut();
    ensure!(
        next_change(&mut changes).await?.is_empty(),
        "a reconnect alone"
    );
    Ok(())
}

/// The queue of 65 536 events overflowed in silence: what came after was lost for good.
#[tokio::test(flavor = "multi_thread")]
async fn a_listener_that_sleeps_is_told_of_every_row_or_of_the_gap() -> Result<()> {
    let server = standalone()?;
    let writer = writer(&server).await?;
    let gate = gate(&server)?;
    let monitor = through(&gate)
        .await?
        .monitor(Interest::everything(DATABASE))
        .await?;
    let mut coalesced = monitor.changes(Overflow::Coalesce).await?;
    let mut lagging = monitor.changes(Overflow::Lag { batches: 2 }).await?;
    for chunk in 0..10 {
        let items = MANY / 10;
        let numbers = chunk * items..(chunk + 1) * items;
        let inserts = numbers
            .map(|number| insert(&format!("item{number}"), 1))
            .collect();
        writer.transact(DATABASE, inserts).await?;
    }
    wait_until("the replica has them", READY, || {
        let rows = monitor
            .snapshot()
            .table(ITEM)
            .map_or(0, |table| table.len());
        Ok((rows == MANY).then_some(()))
    })?;

    let mut told = BTreeSet::new();
    while told.len() < MANY {
        let Some(ChangeItem::Batch(batch)) = coalesced.next().await else {
            bail!("the stream ended");
        };
        for change in batch.table(ITEM) {
            ensure!(told.insert(change.uuid), "told twice");
        }
    }
    loop {
        match lagging.next().await {
            Some(ChangeItem::Batch(_)) => {}
            Some(ChangeItem::Lagged { snapshot, .. }) => {
                let rows = snapshot.table(ITEM).map_or(0, |table| table.len());
                ensure!(rows == MANY, "{rows} after the gap");
                break;
            }
            other => bail!("{other:?}"),
        }
    }
    Ok(())
}

/// Numbers went through a double: above 2^53 they came back as others, and were written back so.
#[tokio::test(flavor = "multi_thread")]
async fn integers_beyond_two_to_the_53_are_exact_on_every_way() -> Result<()> {
    let server = standalone()?;
    let writer = writer(&server).await?;
    let gate = gate(&server)?;
    let monitor = through(&gate)
        .await?
        .monitor(Interest::everything(DATABASE))
        .await?;
    writer.transact(DATABASE, vec![insert("number", 0)]).await?;
    for number in EXACT {
        // By an update, in a set by its difference, by a select, and in all rows at once.
        writer
            .transact(DATABASE, vec![update("number", number)])
            .await?;
        await_numbers(&[("number", number)], || monitor.snapshot())?;
        let marks = vec![(Box::from("marks"), Datum::scalar(number))];
        let set = Operation::Update {
            table: ITEM.into(),
            conditions: Vec::new(),
            row: marks,
        };
        let select = Operation::Select(Select {
            table: ITEM.into(),
            conditions: vec![Condition::Always(true)],
            columns: Some(vec!["marks".into(), "number".into()]),
        });
        let outcome = writer.transact(DATABASE, vec![set, select]).await?;
        let rows = format!("{:?}", outcome.results);
        ensure!(rows.matches(&number.to_string()).count() == 2, "{rows}");
        await_agreement(&server, || monitor.snapshot())?;
        let fresh = writer.monitor(Interest::everything(DATABASE)).await?;
        ensure!(numbers(&fresh.snapshot())["number"] == number);
    }
    Ok(())
}

/// An error in an `update3` was swallowed: the cache stayed without what it said, for good.
#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_cannot_be_read_is_made_good() -> Result<()> {
    let server = standalone()?;
    let writer = writer(&server).await?;
    let gate = gate(&server)?;
    let monitor = through(&gate).await?.monitor(one_table(ITEM)).await?;
    writer.transact(DATABASE, vec![insert("before", 1)]).await?;
    await_numbers(&[("before", 1)], || monitor.snapshot())?;
    gate.spoil("update3");
    writer
        .transact(DATABASE, vec![insert("spoiled", 1)])
        .await?;
    await_numbers(&[("before", 1), ("spoiled", 1)], || monitor.snapshot())?;
    ensure!(!gate.is_spoiling(), "it was spoiled");
    ensure!(gate.connections() == 1, "the connection stays");
    writer
        .transact(DATABASE, vec![update("spoiled", 2)])
        .await?;
    await_numbers(&[("before", 1), ("spoiled", 2)], || monitor.snapshot())
}

/// A client that did not answer the server's echo was dead after ten seconds without traffic.
#[tokio::test(flavor = "multi_thread")]
async fn an_idle_connection_answers_the_servers_echo_and_lives() -> Result<()> {
    let server = DatabaseServer::setup()
        .database(Schema::open_vswitch())
        .argument("--remote=db:Open_vSwitch,Open_vSwitch,manager_options")
        .start()?;
    server.transact(
        r#"["Open_vSwitch",
            {"op": "insert", "table": "Manager", "uuid-name": "m", "row":
             {"target": "ptcp:0:127.0.0.1", "inactivity_probe": 1000}},
            {"op": "insert", "table": "Open_vSwitch", "row":
             {"manager_options": ["named-uuid", "m"]}}]"#,
    )?;
    let select = r#"["Open_vSwitch", {"op": "select", "table": "Manager", "where": [],
                     "columns": ["status"]}]"#;
    let port = wait_until("the server listens", READY, || {
        let answer: serde_json::Value = serde_json::from_str(&server.transact(select)?)?;
        let status = &answer[0]["rows"][0]["status"][1];
        let pair = status.as_array().and_then(|pairs| {
            let mut pairs = pairs.iter();
            pairs
                .find(|pair| pair[0] == "bound_port")
                .map(|pair| pair[1].clone())
        });
        Ok(pair.and_then(|port| port.as_str().map(str::to_owned)))
    })?;
    let gate = Gate::before(format!("tcp:127.0.0.1:{port}").parse()?);
    let client = Client::<ReadOnly>::builder()
        .dial(gate.clone())
        .probe(None)
        .connect()
        .await?;
    wait_until("the server asked three times", READY, || {
        let passed = gate.passed();
        let mut asked = passed.iter().filter(|passed| !passed.by_client);
        Ok(asked.nth(2).is_some().then_some(()))
    })?;
    client.echo().await?;
    ensure!(gate.connections() == 1);
    Ok(())
}
