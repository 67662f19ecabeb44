//! Whatever a database goes through, a client's monitors are told by us what a real server tells.

use std::fs;

use anyhow::{Context, Result, ensure};
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::serve::{Database, ServeConfig};
use ovsdb_client::session::Interest;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::answers::SCHEMA;
use crate::history::{COLUMNS, Dice, nothing, transaction, uuid};
use crate::peer::{Raw, Served, comparable};

/// How many transactions each history has.
const TRANSACTIONS: usize = 150;

/// The monitors, each on a connection of its own, since the order between several is any.
fn monitors() -> Vec<Value> {
    let request = |method: &str, tables: Value| {
        let mut params = vec![json!("T"), json!("m"), tables];
        if method == "monitor_cond_since" {
            params.push(json!("00000000-0000-0000-0000-000000000000"));
        }
        json!({"method": method, "params": params, "id": 0})
    };
    let mut monitors = Vec::new();
    for method in ["monitor", "monitor_cond", "monitor_cond_since"] {
        for tables in [
            json!({"A": {}, "B": {}}),
            json!({"A": {"columns": ["n", "s", "m", "one", "e", "f", "b", "o"]}}),
            json!({"A": [{"columns": ["n"], "select": {"modify": false}},
                         {"columns": ["s", "o"], "select": {"insert": false, "delete": false}}]}),
            json!({"A": {"columns": ["n", "m"], "select": {"initial": false, "delete": false}}}),
            json!({"A": {"columns": []}}),
        ] {
            monitors.push(request(method, tables));
        }
    }
    // Each has other columns: a server of 3.1.0 shares what it keeps between monitors of the same
    // ones, and crashes when the conditions of a later one look at further columns.
    let mut columns = (1..).map(|bits: usize| {
        let chosen = (0..8).filter(|bit| bits >> bit & 1 == 1);
        chosen.map(|bit| COLUMNS[bit]).collect::<Vec<_>>()
    });
    for method in ["monitor_cond", "monitor_cond_since"] {
        for conditions in [
            json!([["o", "<", 3]]),
            json!([["s", "includes", ["set", ["a", "b"]]], ["e", "==", "x"]]),
            json!([["m", "excludes", ["map", [["a", "a"], ["b", "b"]]]]]),
            json!([["b", "!=", ["set", [false, true]]], false]),
            json!([
                ["_uuid", "==", ["uuid", uuid(1)]],
                ["_uuid", "==", ["uuid", uuid(2)]]
            ]),
            json!([["o", "==", ["set", []]]]),
        ] {
            let table = json!({"columns": columns.next(), "where": conditions});
            monitors.push(request(method, json!({"A": table})));
        }
    }
    monitors
}

/// What a client may ask in the midst of it.
fn change_of_conditions(dice: &mut Dice) -> String {
    let conditions = [
        json!([]),
        json!([false]),
        json!([["o", ">=", 2]]),
        json!([["s", "includes", "c"], ["f", "<=", 0.0]]),
        json!([["one", "includes", ["map", [["a", 1]]]], ["o", "==", 1]]),
    ];
    let conditions = &conditions[dice.below(5)];
    json!({"method": "monitor_cond_change", "id": 1,
           "params": ["m", "m", {"A": [{"where": conditions}]}]})
    .to_string()
}

/// Gives how many messages the monitors were told.
async fn follow(seed: u64) -> Result<usize> {
    let directory = TempDir::new()?;
    let schema = directory.path().join("t.ovsschema");
    fs::write(&schema, SCHEMA)?;
    let real = DatabaseServer::setup()
        .database(Schema::at(schema))
        .start()?;
    let endpoint: Endpoint = real.endpoint().parse()?;
    let client = Client::<ReadOnly>::connect(endpoint).await?;
    let rows = client.monitor(Interest::everything("T")).await?;
    let database = Database::with_schema(SCHEMA, rows.snapshot())?;
    let ours = Served::start(vec![database], ServeConfig::default())?;

    let mut writer = Raw::connect(real.socket())?;
    let (mut dice, mut there) = (Dice::new(seed), nothing());
    let mut watchers = Vec::new();
    let mut told = 0;
    let mut pending = monitors();
    for step in 0..TRANSACTIONS {
        // The monitors begin at different moments.
        while !pending.is_empty() && (step > 20 || dice.below(3) == 0) {
            let monitor = pending.remove(dice.below(pending.len()));
            let pair = [Raw::connect(&ours.socket())?, Raw::connect(real.socket())?];
            watchers.push((monitor.to_string(), pair));
            let (request, pair) = watchers.last_mut().context("just pushed")?;
            let request = request.clone();
            told += same(seed, step, &request, pair, &request)?;
        }
        let operations = transaction(&mut dice, &mut there);
        let mut params = vec![json!("T")];
        params.extend(operations);
        let request = json!({"method": "transact", "params": params, "id": 0}).to_string();
        let done = writer.say(&request)?;
        ensure!(
            !done[0]["result"].to_string().contains("error"),
            "{request}\n{done:?}"
        );
        // An echo comes after the updates before it, so these are the rows after the transaction.
        client
            .echo()
            .await
            .with_context(|| real.daemon().log_tail())?;
        ours.server.publish("T", rows.snapshot())?;
        let chatty = dice.below(10) == 0;
        for (monitor, pair) in &mut watchers {
            let request = if chatty && monitor.contains("where") {
                change_of_conditions(&mut dice)
            } else {
                String::new()
            };
            told += same(seed, step, monitor, pair, &request)?;
        }
    }
    assert!(pending.is_empty());
    Ok(told)
}

/// Asks both the same; they must say the same, updates included. Gives how many messages.
fn same(
    seed: u64,
    step: usize,
    monitor: &str,
    pair: &mut [Raw; 2],
    request: &str,
) -> Result<usize> {
    let mut heard = Vec::new();
    for client in pair {
        let messages = client.say(request)?;
        heard.push(messages.into_iter().map(comparable).collect::<Vec<_>>());
    }
    let [ours, real] = [&heard[0], &heard[1]].map(|messages| Value::from(messages.clone()));
    ensure!(
        ours == real,
        "seed {seed}, step {step}: {monitor}\nasked {request}\nours {ours}\nreal {real}"
    );
    Ok(heard[0].len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn monitors_are_told_the_same_of_random_histories() -> Result<()> {
    for seed in 0..2 {
        let told = follow(seed).await?;
        assert!(told > 2000, "{told} messages");
    }
    Ok(())
}
