//! The same question asked of the stock tools, with their text cut as agents' tools cut it.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};

use crate::demo::NODES;
use crate::pack::agent::DECIBYTES_PER_TOKEN;
use crate::pack::place::Placed;
use crate::pack::scenario::Scenario;

/// After how many lines the text is cut.
pub const LINES: usize = 100;

/// What a stock tool told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// How many lines it printed.
    pub lines: usize,
    /// The tokens of the lines that are kept.
    pub tokens: usize,
    /// Whether the row that shows the cause is among them; where the fault is that something is
    /// missing, whether nothing was cut.
    pub shows: bool,
}

/// Asks the stock tool of a scenario, on the live server of its node.
///
/// # Errors
/// The tool is not installed or fails.
pub fn ask(scenario: &Scenario, placed: &Placed<'_>) -> Result<Told> {
    let server = placed
        .server(node(scenario))
        .context("the recording is not live")?;
    let (program, arguments) = scenario.stock.command.split_first().context("a command")?;
    if !["ovn-nbctl", "ovn-sbctl", "ovs-vsctl"].contains(&program.as_str()) {
        bail!("{program} is no stock tool");
    }
    let mut command = Command::new(program);
    command.arg(format!("--db={}", server.endpoint()));
    if program == "ovs-vsctl" {
        command.arg("--no-wait");
    }
    let done = command.args(arguments).output().context("it cannot run")?;
    let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
    ensure!(done.status.success(), "{program}: {complaint}");
    let text = String::from_utf8(done.stdout)?;
    let lines = text.lines().count();
    let kept: Vec<&str> = text.lines().take(LINES).collect();
    let kept = kept.join("\n");
    Ok(Told {
        lines,
        tokens: (kept.len() * 10).div_ceil(DECIBYTES_PER_TOKEN),
        shows: match &scenario.stock.shows {
            Some(wanted) => kept.contains(wanted.as_str()),
            None => lines <= LINES,
        },
    })
}

/// The node whose databases are asked: the one that something was done to.
fn node(scenario: &Scenario) -> usize {
    let [_, second] = NODES;
    let is_second = scenario.make.iter().all(|step| step.node == second);
    usize::from(is_second)
}
