//! Cold sync: every peer reads a database whole, or what was chosen of it.

use std::fs::{self, File};
use std::io::Read;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ovn_schemas::nb;
use ovn_tests::sandbox::DatabaseServer;

use crate::dataset::{Dataset, Kind};
use crate::follower::Follower;
use crate::measured::{Measured, OURS};
use crate::part::Bench;
use crate::peer::{self, C_IDL, DUMP, MONITOR, PYTHON, RAW};
use crate::process::{Cost, cpu, own, run, run_unread, run_until, settled_cpu, terminate};
use crate::work::Chosen;

/// How long a monitor must print nothing to have printed all.
const QUIET: Duration = Duration::from_millis(1500);

/// How long it may take to begin: far longer than the largest database.
const LIMIT: Duration = Duration::from_secs(120);

pub(super) fn run_all(bench: &mut Bench) -> Result<()> {
    let northbound: &[char] = if bench.short {
        &['T']
    } else {
        &['S', 'M', 'L']
    };
    let southbound: &[char] = if bench.short {
        &['T']
    } else {
        &['S', 'M', 'L']
    };
    for letter in northbound {
        case(bench, Dataset::northbound(*letter), Chosen::All)?;
    }
    for letter in southbound {
        case(bench, Dataset::southbound(*letter), Chosen::All)?;
    }
    let largest = if bench.short { 'T' } else { 'L' };
    for chosen in [Chosen::Columns, Chosen::Condition] {
        case(bench, Dataset::northbound(largest), chosen)?;
    }
    if !bench.short {
        larger(bench)?;
    }
    Ok(())
}

/// A northbound database four times as large, by us alone: whether time and memory stay linear.
fn larger(bench: &mut Bench) -> Result<()> {
    let dataset = Dataset::northbound('X');
    let server = bench.serve(&dataset)?;
    let endpoint = server.endpoint();
    let before = cpu(server.daemon().pid())?;
    let mut follower = Follower::ours(&endpoint, Kind::Northbound, &[])?;
    let cost = follower.cost()?;
    let spent = cpu(server.daemon().pid())? - before;
    let digest = follower.digest()?;
    let rows = digest
        .split(' ')
        .next()
        .context("a digest")?
        .parse::<f64>()?;
    let measured = Measured::new("sync", "NB X all", OURS, 1)
        .cost(&cost)
        .with("server_cpu_s", spent.as_secs_f64())
        .with("rows", rows)
        .saw(Some(digest));
    bench.log.add(measured)
}

fn case(bench: &mut Bench, dataset: Dataset, chosen: Chosen) -> Result<()> {
    let name = format!(
        "{} {} {}",
        dataset.kind.short(),
        dataset.letter,
        chosen.name()
    );
    let server = bench.serve(&dataset)?;
    let output = bench.directory.join("monitor.json");
    let (bytes, monitored) = monitored(&server, dataset.kind, chosen, &output)?;
    let mut peers = vec![OURS, MONITOR, PYTHON];
    if chosen == Chosen::All {
        peers.extend([RAW, C_IDL, DUMP]);
    }
    for round in 1..=bench.rounds {
        for peer in &peers {
            // Half a minute each, and not near anybody.
            if *peer == PYTHON && round > 1 && dataset.letter == 'L' {
                continue;
            }
            let before = settled_cpu(server.daemon().pid())?;
            let (cost, digest) = match *peer {
                MONITOR => (
                    monitor(&server, dataset.kind, chosen, bytes)?,
                    Some(monitored.clone()),
                ),
                peer => one(bench, &server, dataset.kind, chosen, peer, round)?,
            };
            let spent = cpu(server.daemon().pid())? - before;
            let measured = Measured::new("sync", &name, peer, round)
                .cost(&cost)
                .with("server_cpu_s", spent.as_secs_f64())
                .saw(digest);
            bench.log.add(measured)?;
        }
    }
    Ok(())
}

/// One sync of one peer, up to when all rows are here, and in the first round what it holds then.
fn one(
    bench: &Bench,
    server: &DatabaseServer,
    kind: Kind,
    chosen: Chosen,
    peer: &str,
    round: usize,
) -> Result<(Cost, Option<String>)> {
    let endpoint = server.endpoint();
    let mut follower = match peer {
        RAW => {
            let mut raw = peer::ours(&["raw", &endpoint, kind.short()])?;
            return Ok((run_unread(&mut raw)?, None));
        }
        DUMP => {
            let words = ["dump", &endpoint, kind.database()];
            let cost = run_unread(&mut peer::ovsdb_client(&words))?;
            let digest = (round == 1).then(|| dumped(&words, kind)).transpose()?;
            return Ok((cost, digest));
        }
        C_IDL => Follower::daemon(&endpoint, kind, &bench.directory)?,
        PYTHON => Follower::python(&endpoint, kind, chosen)?,
        _ => Follower::ours(&endpoint, kind, &[chosen.name()])?,
    };
    let cost = follower.cost()?;
    let digest = (round == 1).then(|| follower.digest()).transpose()?;
    Ok((cost, digest))
}

/// The digest of what a dump prints, which is read by another process.
fn dumped(words: &[&str], kind: Kind) -> Result<String> {
    let mut child = peer::ovsdb_client(words).stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().context("the output is a pipe")?;
    let digest = own()?
        .args(["printed", kind.short()])
        .stdin(stdout)
        .output()?;
    ensure!(child.wait()?.success() && digest.status.success(), "dump");
    Ok(String::from_utf8(digest.stdout)?.trim().to_owned())
}

fn monitor(server: &DatabaseServer, kind: Kind, chosen: Chosen, bytes: u64) -> Result<Cost> {
    run_until(&mut peer::monitor(&server.endpoint(), kind, chosen), bytes)
}

/// How many bytes a monitor prints for all rows, which it does not end with, and their digest.
fn monitored(
    server: &DatabaseServer,
    kind: Kind,
    chosen: Chosen,
    output: &std::path::Path,
) -> Result<(u64, String)> {
    let mut child = peer::monitor(&server.endpoint(), kind, chosen)
        .stdin(Stdio::null())
        .stdout(File::create(output)?)
        .spawn()?;
    let (mut bytes, mut since) = (0, Instant::now());
    while bytes == 0 || since.elapsed() < QUIET {
        let prints = child.try_wait()?.is_none() && since.elapsed() < LIMIT;
        ensure!(
            prints,
            "ovsdb-client monitor printed {bytes} bytes and no more"
        );
        sleep(Duration::from_millis(20));
        let now = fs::metadata(output)?.len();
        if now != bytes {
            (bytes, since) = (now, Instant::now());
        }
    }
    terminate(child.id())?;
    child.wait()?;
    let path = output.to_str().context("a path in UTF-8")?;
    // With one table only, it does not say which.
    let table = nb::logical_switch_port::DEFINITION.name;
    let words: &[&str] = match chosen {
        Chosen::All => &["printed", kind.short(), path],
        Chosen::Columns | Chosen::Condition => &["printed", kind.short(), table, path],
    };
    let (_, printed) = run(own()?.args(words))?;
    fs::remove_file(output)?;
    let mut digest = String::new();
    printed.as_slice().read_to_string(&mut digest)?;
    Ok((bytes, digest.trim().to_owned()))
}
