//! Transactions by our client: one after the other, and many under way.

use std::time::Instant;

use anyhow::{Result, ensure};
use ovn_schemas::nb::{self, address_set, nb_global};
use ovsdb_client::client::{Client, ReadWrite};
use ovsdb_client::operation::{Condition, Function, Operation, OperationResult};
use ovsdb_client::value::Datum;
use tokio::task::JoinSet;

use crate::work::raw::{IN_FLIGHT, tell};

/// Inserts and deletes one row, again and again; prints how long it took.
pub(super) async fn transact(endpoint: &str, count: usize) -> Result<()> {
    let client = Client::<ReadWrite>::builder().remotes(endpoint)?;
    let client = client.connect().await?;
    let mut took = Vec::new();
    for number in 0..count {
        let start = Instant::now();
        one(&client, insert(number)).await?;
        one(&client, delete(number)).await?;
        took.push(start.elapsed().as_secs_f64() * 1e6);
    }
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for lane in 0..IN_FLIGHT {
        let client = client.clone();
        tasks.spawn(async move {
            for number in (lane..count).step_by(IN_FLIGHT) {
                one(&client, update(number)).await?;
            }
            anyhow::Ok(())
        });
    }
    for done in tasks.join_all().await {
        done?;
    }
    tell(took, count, start.elapsed())
}

async fn one(client: &Client<ReadWrite>, operation: Operation) -> Result<()> {
    let outcome = client.transact(nb::DATABASE.name, vec![operation]).await?;
    let none = |result: &OperationResult| matches!(result, OperationResult::Count(0));
    ensure!(!outcome.results.iter().any(none), "no row was there");
    Ok(())
}

fn name(number: usize) -> String {
    format!("bench-{number}")
}

fn insert(number: usize) -> Operation {
    let name = Datum::scalar(name(number).as_str());
    Operation::Insert {
        table: address_set::DEFINITION.name.into(),
        row: vec![(address_set::NAME.name().into(), name)],
        uuid: None,
        uuid_name: None,
    }
}

fn delete(number: usize) -> Operation {
    let column = address_set::NAME.name();
    let name = name(number);
    Operation::Delete {
        table: address_set::DEFINITION.name.into(),
        conditions: vec![Condition::compare(column, Function::Equal, name.as_str())],
    }
}

fn update(number: usize) -> Operation {
    let number = Datum::scalar(i64::try_from(number).unwrap_or_default());
    Operation::Update {
        table: nb_global::DEFINITION.name.into(),
        conditions: Vec::new(),
        row: vec![(nb_global::HV_CFG.name().into(), number)],
    }
}
