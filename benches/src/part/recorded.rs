//! Recorded files: the first answer from one, its whole replay, and its transactions as a list.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use ovn_shapes::port_name;
use ovn_tests::sandbox::DatabaseServer;
use serde_json::json;

use crate::dataset::{Dataset, Kind};
use crate::measured::{Measured, OURS, megabytes};
use crate::part::Bench;
use crate::part::query::names;
use crate::peer::{self, ours};
use crate::process::{Cost, run as measure, run_unread};

/// The stock tool.
const TOOL: &str = "ovsdb-tool query";
/// The stock tool on a cluster member's file, which it must first make a standalone one.
const CONVERTED: &str = "ovsdb-tool cluster-to-standalone and query";
/// The stock list of transactions.
const LOG: &str = "ovsdb-tool show-log";
/// Every transaction with every row it touches, by our library.
const TIMELINE: &str = "ovnscope library, whole timeline";

pub(super) fn run(bench: &mut Bench) -> Result<()> {
    let letter = if bench.short { 'T' } else { 'L' };
    let dataset = Dataset::northbound(letter);
    let standalone = dataset.recording(&bench.directory)?;
    let clustered = bench.directory.join("clustered.db");
    let converted = bench.directory.join("converted.db");
    let compacted = dataset.file(&bench.directory)?;
    tool(&[
        "create-cluster",
        path(&clustered)?,
        path(&compacted)?,
        "unix:/none",
    ])?;
    replay(bench, letter, &standalone)?;
    let size = megabytes(fs::metadata(&standalone)?.len());
    let cases = [
        ("first answer, standalone", &standalone, TOOL),
        ("first answer, clustered", &clustered, CONVERTED),
    ];
    for (case, file, stock) in cases {
        let case = format!("NB {letter} {case}");
        for round in 1..=bench.rounds {
            for peer in [OURS, stock] {
                let (cost, printed) = match peer {
                    OURS => measure(&mut find(file)?)?,
                    CONVERTED => {
                        let (first, _) = measure(&mut cluster_to_standalone(&converted, file))?;
                        let (then, printed) = measure(&mut query(&converted)?)?;
                        fs::remove_file(&converted)?;
                        (both(first, then), printed)
                    }
                    _ => measure(&mut query(file)?)?,
                };
                let names = names(&serde_json::from_slice(&printed)?)?;
                let measured = Measured::new("recorded", &case, peer, round)
                    .cost(&cost)
                    .with("file_mb", size)
                    .saw(Some(names));
                bench.log.add(measured)?;
            }
        }
    }
    timeline(bench, letter, &standalone)?;
    fs::remove_file(&clustered).context("the cluster member's file")?;
    if bench.short {
        return Ok(());
    }
    largest(bench)?;
    linear(bench)
}

/// Whole replays of compacted files up to a million rows, by us alone: whether time and memory stay
/// linear. A server takes longer to load the largest than anybody waits for one.
fn linear(bench: &mut Bench) -> Result<()> {
    for letter in ['M', 'L', 'X', 'Y'] {
        let dataset = Dataset::northbound(letter);
        let file = dataset.file(&bench.directory)?;
        let (cost, printed) = measure(&mut ours(&["replay", "NB", path(&file)?])?)?;
        let digest = String::from_utf8(printed)?.trim().to_owned();
        let rows = digest
            .split(' ')
            .next()
            .unwrap_or_default()
            .parse::<f64>()?;
        let case = format!("NB {letter} compacted, whole replay and digest");
        let measured = Measured::new("recorded", &case, OURS, 1).cost(&cost);
        let measured = measured
            .with("rows", rows)
            .with("file_mb", megabytes(fs::metadata(&file)?.len()));
        bench.log.add(measured.saw(Some(digest)))?;
        fs::remove_file(&file).context("a compacted file")?;
    }
    Ok(())
}

/// A file of four times the size; once, since the stock tool takes half a minute.
fn largest(bench: &mut Bench) -> Result<()> {
    let file = Dataset::northbound('X').recording(&bench.directory)?;
    let size = megabytes(fs::metadata(&file)?.len());
    for (peer, mut command) in [(OURS, find(&file)?), (TOOL, query(&file)?)] {
        let (cost, printed) = measure(&mut command)?;
        let names = names(&serde_json::from_slice(&printed)?)?;
        let measured = Measured::new("recorded", "NB X first answer, standalone", peer, 1);
        let measured = measured.cost(&cost).with("file_mb", size);
        bench.log.add(measured.saw(Some(names)))?;
    }
    fs::remove_file(&file).context("the largest file")
}

/// Whether a whole replay gives what a server of the same file serves.
fn replay(bench: &mut Bench, letter: char, file: &Path) -> Result<()> {
    let case = format!("NB {letter} whole replay and digest");
    let server = DatabaseServer::setup().file(file).start()?;
    let (cost, printed) = measure(&mut ours(&[
        "sync",
        &server.endpoint(),
        "NB",
        "all",
        "digest",
    ])?)?;
    let served = Measured::new(
        "recorded",
        &case,
        "sync from a server of the file, and digest",
        1,
    );
    let digest = |printed| anyhow::Ok(Some(String::from_utf8(printed)?.trim().to_owned()));
    bench.log.add(served.cost(&cost).saw(digest(printed)?))?;
    drop(server);
    let (cost, printed) = measure(&mut ours(&["replay", "NB", path(file)?])?)?;
    let replayed = Measured::new("recorded", &case, OURS, 1).cost(&cost);
    bench.log.add(replayed.saw(digest(printed)?))
}

fn timeline(bench: &mut Bench, letter: char, file: &Path) -> Result<()> {
    let case = format!("NB {letter} list of transactions");
    let (_, listed) = measure(&mut ours(&["timeline", "NB", path(file)?])?)?;
    let lines = listed.iter().filter(|byte| **byte == b'\n').count();
    drop(listed);
    let (_, log) = measure(&mut show_log(file)?)?;
    // The first record is the schema.
    let records = log
        .split(|byte| *byte == b'\n')
        .filter(|line| line.starts_with(b"record "));
    let records = records.count() - 1;
    ensure!(
        lines == records,
        "{lines} transactions, but show-log has {records}"
    );
    for round in 1..=bench.rounds {
        for peer in [OURS, LOG, TIMELINE] {
            let cost = match peer {
                LOG => run_unread(&mut show_log(file)?)?,
                TIMELINE => run_unread(&mut ours(&["timeline", "NB", path(file)?])?)?,
                _ => {
                    let mut command = peer::ovnscope()?;
                    command
                        .arg("--source")
                        .arg(format!("recorded:{}", file.display()));
                    run_unread(command.args(["transaction-list", "--json"]))?
                }
            };
            let transactions = f64::from(u32::try_from(records)?);
            let measured = Measured::new("recorded", &case, peer, round).cost(&cost);
            bench.log.add(measured.with("transactions", transactions))?;
        }
    }
    Ok(())
}

fn find(file: &Path) -> Result<Command> {
    let mut command = peer::ovnscope()?;
    command
        .arg("--source")
        .arg(format!("recorded:{}", file.display()));
    command.args(["rows-find", "--db", "nb", "--table", "Logical_Switch_Port"]);
    command.args(["--where", &format!("name == {}", port_name(7))]);
    command.args(["--columns", "name", "--json"]);
    Ok(command)
}

fn query(file: &Path) -> Result<Command> {
    let select = json!({"op": "select", "table": "Logical_Switch_Port", "columns": ["name"],
                        "where": [["name", "==", port_name(7)]]});
    let query = json!([Kind::Northbound.database(), select]).to_string();
    let mut command = Command::new("ovsdb-tool");
    command.args(["query", path(file)?, &query]);
    Ok(command)
}

fn cluster_to_standalone(to: &Path, from: &Path) -> Command {
    let mut command = Command::new("ovsdb-tool");
    command.arg("cluster-to-standalone").args([to, from]);
    command
}

fn show_log(file: &Path) -> Result<Command> {
    let mut command = Command::new("ovsdb-tool");
    command.args(["show-log", path(file)?]);
    Ok(command)
}

fn tool(words: &[&str]) -> Result<()> {
    run_unread(Command::new("ovsdb-tool").args(words)).map(drop)
}

fn path(path: &Path) -> Result<&str> {
    path.to_str().context("a path in UTF-8")
}

/// What two processes cost, one after the other.
fn both(first: Cost, then: Cost) -> Cost {
    Cost {
        wall: first.wall + then.wall,
        cpu: first.cpu + then.cpu,
        rss: first.rss.max(then.rss),
    }
}
