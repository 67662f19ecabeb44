//! Update streams: another client changes rows, and every peer keeps up.

use std::time::Instant;

use anyhow::{Result, ensure};
use serde_json::{Value as Json, json};

use crate::dataset::{Dataset, Kind};
use crate::follower::Follower;
use crate::measured::{Measured, OURS};
use crate::part::Bench;
use crate::peer::{C_IDL, PYTHON};
use crate::process::cpu;
use crate::work::{Chosen, Raw};

/// How many transactions the writer has under way: enough to keep the server busy, too few for it
/// to make one message of many.
const WINDOW: usize = 4;

/// Our client with more to do: an index, a listener that is slow, waking all the time with and
/// without taking a snapshot, a snapshot held from the beginning.
const VARIANTS: [(&str, &str); 5] = [
    ("ovnscope, ordered index", "indexed"),
    ("ovnscope, slow listener", "slow"),
    ("ovnscope, waking each ms", "waking"),
    ("ovnscope, a snapshot a ms", "snapshots"),
    ("ovnscope, old snapshot held", "held"),
];

pub(super) fn run(bench: &mut Bench) -> Result<()> {
    let (letter, rows) = if bench.short {
        ('T', 200)
    } else {
        ('M', 20_000)
    };
    let dataset = Dataset::northbound(letter);
    for batch in [1, 100] {
        let server = bench.serve(&dataset)?;
        let endpoint = server.endpoint();
        let variants = VARIANTS.map(|(name, _)| name);
        let mut revision = 0_usize;
        for round in 1..=bench.rounds {
            for peer in [OURS, C_IDL, PYTHON].into_iter().chain(variants) {
                let kind = Kind::Northbound;
                let way = VARIANTS.iter().find(|(name, _)| *name == peer);
                let mut follower = match (peer, way) {
                    (C_IDL, _) => Follower::daemon(&endpoint, kind, &bench.directory)?,
                    (PYTHON, _) => Follower::python(&endpoint, kind, Chosen::All)?,
                    (_, Some((_, way))) => Follower::ours(&endpoint, kind, &[way])?,
                    (_, None) => Follower::ours(&endpoint, kind, &[])?,
                };
                let marker = if revision == 0 {
                    "0".to_owned()
                } else {
                    format!("r{revision}")
                };
                let before = follower.settle(&marker)?;
                let server_before = cpu(server.daemon().pid())?;
                revision += 1;
                let start = Instant::now();
                write(&endpoint, &dataset, rows, batch, revision)?;
                let written = start.elapsed();
                let spent = follower.settle(&format!("r{revision}"))? - before;
                let server_spent = cpu(server.daemon().pid())? - server_before;
                // Every peer sees other values in turn; what a new one reads is what all must hold.
                let case = format!("{rows} rows, {batch} a transaction");
                let mut measured = Measured::new("stream", &case, peer, round)
                    .with("cpu_s", spent.as_secs_f64())
                    .with("written_s", written.as_secs_f64())
                    .with("server_cpu_s", server_spent.as_secs_f64());
                if round == 1 {
                    let held = follower.digest()?;
                    let fresh = Follower::ours(&endpoint, kind, &[])?.digest()?;
                    ensure!(held == fresh, "{peer} holds {held}, the server {fresh}");
                    measured
                        .values
                        .insert("checked_rows".to_owned(), rows_of(&held)?);
                }
                bench.log.add(measured)?;
            }
        }
    }
    Ok(())
}

fn rows_of(digest: &str) -> Result<f64> {
    Ok(digest.split(' ').next().unwrap_or_default().parse()?)
}

/// Changes so many rows, and then the marker.
fn write(
    endpoint: &str,
    dataset: &Dataset,
    rows: usize,
    batch: usize,
    revision: usize,
) -> Result<()> {
    let size = dataset.size()?;
    let mut raw = Raw::connect(endpoint)?;
    let mut under_way = 0;
    let updates: Vec<usize> = (0..rows).collect();
    for (id, batch) in updates.chunks(batch).enumerate() {
        let operation = |number: &usize| {
            let uuid = size.uuid("port", number * 7919 % size.pods);
            let ids = json!([
                "map",
                [["pod", "true"], ["change", format!("{revision}-{number}")]]
            ]);
            json!({"op": "update", "table": "Logical_Switch_Port", "row": {"external_ids": ids},
                   "where": [["_uuid", "==", ["uuid", uuid]]]})
        };
        raw.send(&message(id, batch.iter().map(operation)))?;
        under_way += 1;
        if under_way == WINDOW {
            done(&raw.receive()?)?;
            under_way -= 1;
        }
    }
    let ids = json!(["map", [["marker", format!("r{revision}")]]]);
    let mark = json!({"op": "update", "table": "NB_Global", "where": [],
                      "row": {"external_ids": ids}});
    raw.send(&message(rows, [mark].into_iter()))?;
    for _ in 0..=under_way {
        done(&raw.receive()?)?;
    }
    Ok(())
}

fn message(id: usize, operations: impl Iterator<Item = Json>) -> String {
    let mut params = vec![json!(Kind::Northbound.database())];
    params.extend(operations);
    json!({"method": "transact", "params": params, "id": id}).to_string()
}

fn done(reply: &str) -> Result<()> {
    let refused = reply.contains("\"details\"") || reply.contains("\"count\":0");
    ensure!(!refused, "the server refused: {reply}");
    Ok(())
}
