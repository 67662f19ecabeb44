//! Resync: the server goes away and comes back with one pod in a hundred changed.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::dataset::{Dataset, Kind};
use crate::follower::Follower;
use crate::measured::{Measured, OURS};
use crate::part::Bench;
use crate::peer::{C_IDL, PYTHON};
use crate::process::cpu;
use crate::work::Chosen;

/// Our client with a stream of what changed.
const LISTENING: &str = "ovnscope, listening";

pub(super) fn run(bench: &mut Bench) -> Result<()> {
    let letter = if bench.short { 'T' } else { 'L' };
    let old = Dataset::northbound(letter);
    let new = Dataset { revision: 1, ..old };
    let (before, after) = (old.file(&bench.directory)?, new.file(&bench.directory)?);
    let mut server = bench.serve(&old)?;
    let endpoint = server.endpoint();
    let served = server.files().first().context("a served file")?.clone();
    let case = format!("NB {letter}, 1 % changed");
    for round in 1..=bench.rounds {
        for peer in [OURS, LISTENING, C_IDL, PYTHON] {
            if peer == PYTHON && round > 1 && !bench.short {
                continue;
            }
            server.kill()?;
            fs::copy(&before, &served)?;
            server.restart()?;
            let kind = Kind::Northbound;
            let mut follower = match peer {
                C_IDL => Follower::daemon(&endpoint, kind, &bench.directory)?,
                PYTHON => Follower::python(&endpoint, kind, Chosen::All)?,
                LISTENING => Follower::ours(&endpoint, kind, &["listening"])?,
                _ => Follower::ours(&endpoint, kind, &[])?,
            };
            let cold = follower.settle("0")?;
            server.kill()?;
            fs::copy(&after, &served)?;
            server.restart()?;
            let server_before = cpu(server.daemon().pid())?;
            let both = follower.settle("1")?;
            let spent = cpu(server.daemon().pid())? - server_before;
            let resync = both - cold;
            let mut measured = Measured::new("resync", &case, peer, round)
                .with("cpu_s", resync.as_secs_f64())
                .with("cpu_of_cold_sync_s", cold.as_secs_f64())
                .with("server_cpu_s", spent.as_secs_f64());
            if peer == LISTENING {
                let events = follower.events()?;
                // One pod in a hundred, and the row that tells the revision.
                let changed = new.size()?.pods.div_ceil(100) + 1;
                ensure!(
                    events == changed,
                    "{events} rows made events, not {changed}"
                );
                measured = measured.with("events", f64::from(u32::try_from(events)?));
            }
            if round == 1 {
                measured = measured.saw(Some(follower.digest()?));
            }
            bench.log.add(measured)?;
        }
    }
    Ok(())
}
