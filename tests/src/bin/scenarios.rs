//! Makes scenarios and reports on them.
//!
//! `scenarios make [NAME…]` makes the recordings of all or some scenarios anew, on the real stack.
//! `scenarios report` asks both agents everything, and writes what they found and at what cost; where
//! it was broken off, it goes on after the last scenario that it had done. `scenarios report http`
//! does without searches over standard input among a hundred nodes.
//! `scenarios ask NAME…` has both agents look for the cause of scenarios, and says how each went.
//! `scenarios unpack FOLDER [NAME]` unpacks a scenario, or the twin, as plain database files;
//! `scenarios unpack-hundred FOLDER [NAME]` as two nodes of a hundred, with an archive of the others.

use std::fs;
use std::io::{ErrorKind, Write, stderr, stdout};
use std::path::Path;

use anyhow::{Context, Result, bail};
use ovn_tests::demo::{FILES, NODES};
use ovn_tests::pack::agent::Agent;
use ovn_tests::pack::cluster;
use ovn_tests::pack::form::Form;
use ovn_tests::pack::make::make;
use ovn_tests::pack::measure::{Measured, WAYS};
use ovn_tests::pack::others::Others;
use ovn_tests::pack::place::Placed;
use ovn_tests::pack::recording::Recording;
use ovn_tests::pack::report::{RAW, REPORT, text};
use ovn_tests::pack::scenario::Scenario;
use ovn_tests::pack::server::{Asked, Way};
use serde_json::json;

/// What a report has measured so far, from this package's folder; gone when it is whole.
const PART: &str = "data/scenarios/report.part.json";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["make"] => Scenario::all()?.iter().try_for_each(make),
        ["make", names @ ..] => names
            .iter()
            .try_for_each(|name| make(&Scenario::named(name)?)),
        ["report"] => report(&WAYS),
        ["report", "http"] => report(&[Way::Http]),
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
            "usage: scenarios make [NAME…] | report [http] | ask NAME… | unpack[-hundred] FOLDER [NAME]"
        ),
    }
}

/// Measures everything, among a hundred nodes over these ways, and writes the report.
fn report(ways: &[Way]) -> Result<()> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let part = home.join(PART);
    let mut measured = match fs::read_to_string(&part) {
        Ok(kept) => serde_json::from_str(&kept)?,
        Err(error) if error.kind() == ErrorKind::NotFound => Measured::default(),
        Err(error) => return Err(error.into()),
    };
    measured.complete(&Scenario::all()?, ways, |measured, done| {
        let _ = writeln!(stderr(), "{done}");
        write(measured, &part)
    })?;
    write(&measured, &home.join(RAW))?;
    fs::write(home.join(REPORT), text(&measured)?)?;
    Ok(fs::remove_file(part)?)
}

fn write(measured: &Measured, path: &Path) -> Result<()> {
    let raw = serde_json::to_string_pretty(measured)?;
    fs::write(path, format!("{raw}\n")).with_context(|| format!("cannot write {}", path.display()))
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
