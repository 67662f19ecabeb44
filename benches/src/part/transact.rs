//! Transactions: the time of a round trip, and how many pass where many are under way.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::dataset::Dataset;
use crate::measured::{Measured, OURS};
use crate::part::Bench;
use crate::peer;
use crate::process::{cpu, run as measure};

/// Blocking writes and reads of the same bytes.
const RAW: &str = "raw socket";
/// The Python library's connection.
const PYTHON: &str = "Python JSON-RPC";

pub(super) fn run(bench: &mut Bench) -> Result<()> {
    let (letter, count) = if bench.short {
        ('T', "100")
    } else {
        ('S', "5000")
    };
    let server = bench.serve(&Dataset::northbound(letter))?;
    let endpoint = server.endpoint();
    for round in 1..=bench.rounds {
        for peer in [OURS, RAW, PYTHON] {
            let mut command = match peer {
                RAW => peer::ours(&["transact", "raw", &endpoint, count])?,
                PYTHON => peer::python("transact.py", &[&endpoint, count])?,
                _ => peer::ours(&["transact", "ours", &endpoint, count])?,
            };
            let before = cpu(server.daemon().pid())?;
            let (cost, printed) = measure(&mut command)?;
            let spent = cpu(server.daemon().pid())? - before;
            let figures: BTreeMap<String, f64> =
                serde_json::from_slice(&printed).context("the figures")?;
            let mut measured = Measured::new("transact", "insert and delete a row", peer, round)
                .cost(&cost)
                .with("server_cpu_s", spent.as_secs_f64());
            measured.values.extend(figures);
            bench.log.add(measured)?;
        }
    }
    Ok(())
}
