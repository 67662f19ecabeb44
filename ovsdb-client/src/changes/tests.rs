//! Change streams: nothing is lost, whatever happens while nobody listens.

use std::sync::Arc;

use uuid::Uuid;

use crate::changes::coalesce::Coalesced;
use crate::changes::{ChangeItem, ChangeStream, Overflow, Publisher};
use crate::replica::{Cause, ChangeBatch, Replica, Values};
use crate::schema::{DatabaseLayout, DatabaseSchema};
use crate::session::MonitorId;
use crate::update::{Format, Update};

const OLD: &str = r#"{"name": "T", "version": "1.0.0", "tables": {
    "A": {"columns": {"n": {"type": "integer"}}},
    "Gone": {"columns": {"n": {"type": "integer"}}}}}"#;
const NEW: &str = r#"{"name": "T", "version": "2.0.0", "tables": {
    "A": {"columns": {"a": {"type": "string"}, "n": {"type": "integer"}}}}}"#;

fn layout(schema: &str) -> Arc<DatabaseLayout> {
    let schema = Arc::new(DatabaseSchema::parse(schema).unwrap());
    Arc::new(DatabaseLayout::new(schema, &[]))
}

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// What the server says of rows: their numbers, or none for one that is gone.
fn update(replica: &Replica, word: &str, rows: &[(u128, Option<i64>)]) -> Update {
    let rows: Vec<String> = rows
        .iter()
        .map(|(id, number)| match number {
            Some(number) => format!(r#""{}": {{"{word}": {{"n": {number}}}}}"#, uuid(*id)),
            None => format!(r#""{}": {{"delete": null}}"#, uuid(*id)),
        })
        .collect();
    let text = format!(r#"{{"A": {{{}}}}}"#, rows.join(","));
    Update::decode(replica.layout(), Format::Differences, &text).unwrap()
}

fn delta(replica: &mut Replica, word: &str, rows: &[(u128, Option<i64>)]) -> ChangeBatch {
    let update = update(replica, word, rows);
    replica
        .apply(update, Values::Differences, Cause::Delta)
        .unwrap()
}

/// A batch in short: each row's number before and after.
fn told(batch: &ChangeBatch) -> Vec<String> {
    let number = |row: &Option<crate::row::Row>| {
        let table = batch.layout().table("A").unwrap();
        row.as_ref().map_or("none".to_owned(), |row| {
            row.value(table, "n")
                .map_or("default".to_owned(), |value| value.to_string())
        })
    };
    let rows = batch.table("A").iter();
    rows.map(|change| format!("{} to {}", number(&change.old), number(&change.new)))
        .collect()
}

#[test]
fn what_waits_when_the_schema_changes_is_told_in_the_new_one() {
    let mut replica = Replica::new(layout(OLD));
    delta(
        &mut replica,
        "insert",
        &[(1, Some(1)), (2, Some(2)), (3, Some(3))],
    );
    let mut waiting = Coalesced::default();
    waiting.add(delta(
        &mut replica,
        "modify",
        &[(1, Some(10)), (2, Some(20))],
    ));
    waiting.add(delta(&mut replica, "insert", &[(4, Some(4))]));
    replica.convert(layout(NEW));
    let all = [(1, Some(10)), (2, Some(2)), (4, Some(5))];
    let all = update(&replica, "initial", &all);
    waiting.add(replica.replace(all, Cause::Resync).unwrap());
    let batch = waiting.take().unwrap();
    assert_eq!(batch.cause, Cause::Resync);
    assert_eq!(told(&batch), ["1 to 10", "3 to none", "none to 5"]);
}

#[test]
fn changes_that_cancel_each_other_out_are_no_batch() {
    let mut replica = Replica::new(layout(OLD));
    let mut waiting = Coalesced::default();
    waiting.add(delta(&mut replica, "insert", &[(1, Some(1))]));
    waiting.add(delta(&mut replica, "insert", &[(1, None)]));
    assert!(waiting.take().is_none());
}

#[tokio::test]
async fn a_gap_is_told_though_nothing_happens_after_it() {
    let mut replica = Replica::new(layout(OLD));
    let mut publisher = Publisher::default();
    let (subscriber, mut stream) = ChangeStream::new(None, Overflow::Lag { batches: 2 });
    publisher.subscribe(subscriber);
    for number in 1..=5 {
        let batch = delta(&mut replica, "insert", &[(number, Some(0))]);
        let snapshot = replica.snapshot();
        assert!(publisher.publish(MonitorId(1), snapshot, batch).await);
    }
    drop(publisher);
    let mut items = Vec::new();
    while let Some(item) = stream.next().await {
        items.push(match item {
            ChangeItem::Batch(batch) => format!("batch {}", batch.generation),
            ChangeItem::Lagged { from, snapshot } => {
                format!("lagged {from} to {}", snapshot.generation())
            }
        });
    }
    assert_eq!(items, ["batch 1", "batch 2", "lagged 3 to 5"]);
}
