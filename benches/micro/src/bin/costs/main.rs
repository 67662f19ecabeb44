//! Reports what the replica costs in memory: bytes a row by table, what an index adds, and
//! allocations an update.
//!
//! `ovn-costs` writes `benches/COST.md`; `ovn-costs --check` fails where that is not what it would
//! write. What is counted are requests to the allocator, which are the same on every machine of a
//! kind; nothing here is a time.

mod index;
mod table;
mod update;

use std::env;
use std::fs;

use anyhow::{Context, Result, bail, ensure};
use ovn_micro_benches::material::Material;

/// The report, from this package's folder.
const REPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../COST.md");

/// How many nodes and pods the databases have whose tables are shown.
const NORTHBOUND: (usize, usize) = (50, 10_000);
const SOUTHBOUND: (usize, usize) = (30, 3_000);
/// The same of smaller ones, to tell what grows with what.
const SMALLER: usize = 5;

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let report = report()?;
    match words
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        [] => fs::write(REPORT, report).context(REPORT),
        ["--check"] => {
            let kept = fs::read_to_string(REPORT).context(REPORT)?;
            let changed = report
                .lines()
                .zip(kept.lines())
                .find(|(new, old)| new != old);
            ensure!(
                report == kept,
                "benches/COST.md is not current; run `cargo run --release -p ovn-micro-benches \
                 --bin ovn-costs`. The first line that differs: {changed:?}"
            );
            Ok(())
        }
        _ => bail!("usage: ovn-costs [--check]"),
    }
}

fn report() -> Result<String> {
    let mut report = String::from(include_str!("report.md"));
    let northbound = Material::northbound(NORTHBOUND.0, NORTHBOUND.1)?;
    let southbound = Material::southbound(SOUTHBOUND.0, SOUTHBOUND.1)?;
    let whole = [
        (
            "OVN_Northbound",
            Material::northbound(NORTHBOUND.0 / SMALLER, NORTHBOUND.1 / SMALLER)?,
            NORTHBOUND,
            SMALLER,
        ),
        ("OVN_Northbound", northbound.clone(), NORTHBOUND, 1),
        (
            "OVN_Southbound",
            Material::southbound(SOUTHBOUND.0 / SMALLER, SOUTHBOUND.1 / SMALLER)?,
            SOUTHBOUND,
            SMALLER,
        ),
        ("OVN_Southbound", southbound.clone(), SOUTHBOUND, 1),
    ];
    report.push_str("\n## Whole databases\n\n");
    report.push_str("| database | nodes | pods | rows | JSON, MB | replica, MB | ÷ JSON | the most at once, MB |\n");
    report.push_str("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (name, material, (nodes, pods), smaller) in &whole {
        let line = table::whole(name, material, nodes / smaller, pods / smaller)?;
        report.push_str(&line);
    }
    for material in [&northbound, &southbound] {
        report.push_str(&table::each(material)?);
    }
    report.push_str(&index::each(&northbound, &southbound)?);
    report.push_str(&update::each(&northbound, &southbound)?);
    Ok(report)
}
