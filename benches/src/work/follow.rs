//! Following a database: what our client does while others change it.
//!
//! It says `synced` when all rows are here and then answers words on standard input:
//! `marker` (the revision that the database says it has), `digest`, `events` (how many rows were
//! told to have changed since the first sync), and ends with the input.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use ovn_schemas::nb::{NbGlobal, logical_switch_port};
use ovsdb_client::changes::{ChangeItem, Overflow};
use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::replica::{Cause, IndexColumns, IndexSpec, Snapshot};
use tokio::io::{AsyncBufReadExt, BufReader, stdin};
use tokio::task::LocalSet;
use tokio::time::sleep;

use crate::dataset::Kind;
use crate::digest::Digest;
use crate::work::say;
use crate::work::sync::{Chosen, interest};

/// How long a slow listener takes for a batch.
const SLOW: Duration = Duration::from_millis(50);
/// How often it wakes, for a snapshot or for nothing.
const OFTEN: Duration = Duration::from_millis(1);

/// Follows a database, or what of it was chosen, in some of these ways: `indexed`, `listening`,
/// `slow`, `waking`, `snapshots`, `held`.
pub(super) async fn follow(endpoint: &str, kind: Kind, ways: &[&str]) -> Result<()> {
    let chosen = ways.iter().find_map(|way| way.parse().ok());
    let mut interest = interest(kind, chosen.unwrap_or(Chosen::All));
    if ways.contains(&"indexed") {
        let columns = IndexColumns::of(logical_switch_port::DEFINITION.name)
            .column(logical_switch_port::NAME.name());
        interest = interest.index(IndexSpec::ordered(columns));
    }
    let client = Client::<ReadOnly>::builder().remotes(endpoint)?;
    let client = client.connect().await?;
    let monitor = client.monitor(interest).await?;
    let held = ways.contains(&"held").then(|| monitor.snapshot());
    let events = Rc::new(Cell::new(0));
    let local = LocalSet::new();
    if ways.contains(&"listening") || ways.contains(&"slow") {
        let mut changes = monitor.changes(Overflow::Coalesce).await?;
        let events = Rc::clone(&events);
        let pause = ways.contains(&"slow").then_some(SLOW);
        local.spawn_local(async move {
            while let Some(item) = changes.next().await {
                if let ChangeItem::Batch(batch) = item
                    && batch.cause != Cause::Initial
                {
                    events.set(events.get() + batch.len());
                }
                if let Some(pause) = pause {
                    sleep(pause).await;
                }
            }
        });
    }
    let takes = ways.contains(&"snapshots");
    if takes || ways.contains(&"waking") {
        let monitor = monitor.clone();
        local.spawn_local(async move {
            loop {
                if takes {
                    std::hint::black_box(monitor.snapshot());
                }
                sleep(OFTEN).await;
            }
        });
    }
    local
        .run_until(async {
            say("synced")?;
            let mut lines = BufReader::new(stdin()).lines();
            while let Some(line) = lines.next_line().await? {
                match line.as_str() {
                    "marker" => say(&marker(&monitor.snapshot()))?,
                    "digest" => say(&Digest::of(&monitor.snapshot())?.to_string())?,
                    "events" => say(&events.get().to_string())?,
                    word => bail!("there is no answer to {word}"),
                }
            }
            drop(held);
            anyhow::Ok(())
        })
        .await
        .context("following")
}

fn marker(snapshot: &Snapshot) -> String {
    let global = snapshot.rows::<NbGlobal>().next();
    let ids = global.as_ref().map(NbGlobal::external_ids);
    let marker = ids.and_then(|ids| ids.get("marker").map(str::to_owned));
    marker.unwrap_or_default()
}
