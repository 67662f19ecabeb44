//! Makes scenarios and reports on them.
//!
//! `scenarios make [NAME…]` makes the recordings of all or some scenarios anew, on the real stack.
//! `scenarios report [in-turn|http|all]` asks both agents everything anew, and writes what they found
//! and at what cost; the word says how much of it is asked among a hundred nodes, where it takes
//! long. `scenarios report more […]` goes on with the report that is there.
//! `scenarios ask NAME…` has both agents look for the cause of scenarios, and says how each went.
//! `scenarios unpack FOLDER [NAME]` unpacks a scenario, or the twin, as plain database files;
//! `scenarios unpack-hundred FOLDER [NAME]` as two nodes of a hundred, with an archive of the others.

use std::fs;
use std::io::{Write, stderr, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use ovn_tests::demo::{FILES, NODES};
use ovn_tests::pack::agent::Agent;
use ovn_tests::pack::cluster;
use ovn_tests::pack::form::Form;
use ovn_tests::pack::make::make;
use ovn_tests::pack::measure::{Extent, Measured};
use ovn_tests::pack::others::Others;
use ovn_tests::pack::place::Placed;
use ovn_tests::pack::recording::Recording;
use ovn_tests::pack::report::{RAW, REPORT, text};
use ovn_tests::pack::scenario::Scenario;
use ovn_tests::pack::server::{Asked, Way};
use serde_json::json;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["make"] => Scenario::all()?.iter().try_for_each(make),
        ["make", names @ ..] => names
            .iter()
            .try_for_each(|name| make(&Scenario::named(name)?)),
        ["report", "more", extent @ ..] => {
            let kept = fs::read_to_string(home(RAW))?;
            report(serde_json::from_str(&kept)?, extent)
        }
        ["report", extent @ ..] => report(Measured::default(), extent),
        ["ask", names @ ..] => names.iter().try_for_each(|name| ask(name)),
        ["unpack", folder] => unpack(&Recording::twin()?, folder),
        ["unpack", folder, name] => unpack(&Recording::of(&Scenario::named(name)?)?, folder),
        ["unpack-hundred", folder, name @ ..] => {
            let recording = match name {
                [] => Recording::twin()?,
                [name, ..] => Recording::of(&Scenario::named(name)?)?,
            };
            cluster::surround(&recording)?;
            unpack(&recording, folder)?;
            let others = Others::new(&[Form::Bundle])?;
            fs::copy(others.archive()?, Path::new(folder).join("others.tar.gz"))?;
            Ok(())
        }
        _ => bail!(
            "usage: scenarios make [NAME…] | report [more] [in-turn|http|all] | ask NAME… | unpack[-hundred] FOLDER [NAME]"
        ),
    }
}

/// Measures what is missing and writes the report, after each step.
fn report(mut measured: Measured, extent: &[&str]) -> Result<()> {
    let extent = match extent {
        [] => Extent::Everything,
        [name] => Extent::ALL
            .into_iter()
            .find(|extent| extent.name() == *name)
            .with_context(|| format!("{name} is no extent: write in-turn, http or all"))?,
        _ => bail!("a report has one extent: in-turn, http or all"),
    };
    measured.complete(&Scenario::all()?, extent, |measured, done| {
        let _ = writeln!(stderr(), "{done}");
        write(measured)
    })?;
    write(&measured)
}

fn write(measured: &Measured) -> Result<()> {
    let raw = serde_json::to_string_pretty(measured)?;
    fs::write(home(RAW), format!("{raw}\n")).context("cannot write the raw data")?;
    fs::write(home(REPORT), text(measured)?).context("cannot write the report")
}

/// A path of this package.
fn home(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Has both agents look for a cause, in this process and from files.
fn ask(name: &str) -> Result<()> {
    let scenario = Scenario::named(name)?;
    let recording = Recording::of(&scenario)?;
    let placed = Placed::new(&recording, Form::Files, None)?;
    let mut asked = Asked::start(Way::Process, &placed.sources)?;
    for agent in Agent::ALL {
        let search = agent.search(&scenario, &mut asked)?;
        let faults = search.faults(&scenario.cause);
        let told = json!({"agent": agent.name(), "search": search, "wrong": faults});
        writeln!(stdout(), "{told:#}")?;
    }
    Ok(())
}

fn unpack(recording: &Recording, folder: &str) -> Result<()> {
    for node in NODES {
        let target = Path::new(folder).join(node);
        fs::create_dir_all(&target)?;
        for file in FILES {
            fs::copy(recording.file(node, file), target.join(file))?;
        }
    }
    Ok(())
}
