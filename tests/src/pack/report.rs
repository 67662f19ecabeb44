//! The report on the pack: what each agent found, at what cost, and what stock tools would tell.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::{Context, Result};

use crate::pack::agent::Agent;
use crate::pack::measure::{Around, Found, Measured};
use crate::pack::scenario::{MAX_CALLS, MAX_TOKENS, Scenario};
use crate::pack::stock;

/// The raw data, from this package's folder.
pub const RAW: &str = "data/scenarios/report.json";
/// The report, from this package's folder.
pub const REPORT: &str = "data/scenarios/REPORT.md";

/// What was measured of all scenarios in one cluster.
type Cluster = BTreeMap<String, Around>;

/// The report as text.
///
/// # Errors
/// A scenario of the measurements is not there.
pub fn text(measured: &Measured) -> Result<String> {
    let mut text = String::from(include_str!("report.md"));
    for (title, cluster) in [
        ("Alone", &measured.alone),
        ("Among a hundred nodes", &measured.hundred),
    ] {
        writeln!(text, "\n## {title}\n")?;
        summary(&mut text, cluster)?;
        searches(&mut text, cluster)?;
        times(&mut text, cluster)?;
    }
    healthy(&mut text, measured)?;
    Ok(text)
}

fn summary(text: &mut String, cluster: &Cluster) -> Result<()> {
    let searches: usize = found(cluster).count();
    let missed: usize = cluster
        .values()
        .flat_map(|around| Agent::ALL.map(|agent| around.missed(agent.name()).len()))
        .sum();
    let mut tokens: Vec<usize> = found(cluster).map(|(_, _, found)| found.tokens).collect();
    tokens.sort_unstable();
    let shown = cluster
        .values()
        .filter(|around| around.stock.is_some_and(|told| told.shows));
    writeln!(
        text,
        "{} of {searches} searches found the cause within {MAX_CALLS} calls and {MAX_TOKENS} tokens \
         (median {}, most {}). \
         The first {} lines of the stock tool hold what shows the cause in {} of {} scenarios.\n",
        searches - missed,
        middle(&tokens),
        tokens.last().copied().unwrap_or_default(),
        stock::LINES,
        shown.count(),
        cluster.len(),
    )?;
    Ok(())
}

fn searches(text: &mut String, cluster: &Cluster) -> Result<()> {
    text.push_str("| scenario | fault | catalogue | replay: searches, calls, tokens | greedy: searches, calls, tokens | stock text shows it: lines, tokens |\n");
    text.push_str("| --- | --- | --- | --- | --- | --- |\n");
    let mut missed = String::new();
    for (name, around) in cluster {
        let scenario = Scenario::named(name)?;
        let mut cells = String::new();
        for agent in Agent::ALL {
            let faults = around.missed(agent.name());
            write!(cells, "{} | ", cell(around, agent, faults.len())?)?;
            for why in faults {
                writeln!(missed, "- `{name}`, {}, {why}", agent.name())?;
            }
        }
        let stock = around.stock.context("a stock tool was asked")?;
        writeln!(
            text,
            "| `{name}` | {} | {} | {cells}{}, {} of {} lines, {} |",
            scenario.title,
            numbers(&scenario.catalogue),
            if stock.shows { "yes" } else { "no" },
            stock.lines.min(stock::LINES),
            stock.lines,
            stock.tokens,
        )?;
    }
    if !missed.is_empty() {
        write!(text, "\nMissed:\n\n{missed}")?;
    }
    Ok(())
}

fn cell(around: &Around, agent: Agent, missed: usize) -> Result<String> {
    let searches = around.searches.get(agent.name()).context("an agent")?;
    let calls = searches.values().map(|found| found.calls.len()).max();
    let calls = calls.context("a search")?;
    let tokens = || searches.values().map(|found| found.tokens);
    let (fewest, most) = (tokens().min(), tokens().max());
    let (fewest, most) = (fewest.unwrap_or_default(), most.unwrap_or_default());
    let mark = match missed {
        0 => format!("found {} times", searches.len()),
        missed => format!("**missed {missed} of {} times**", searches.len()),
    };
    let word = if calls == 1 { "call" } else { "calls" };
    Ok(if fewest == most {
        format!("{mark}, {calls} {word}, {most}")
    } else {
        format!("{mark}, {calls} {word}, {fewest} to {most}")
    })
}

fn times(text: &mut String, cluster: &Cluster) -> Result<()> {
    text.push_str("\nBy agent, source and way: in how many scenarios it searched, and the milliseconds of a search.\n\n");
    text.push_str(
        "| agent, source, way | searches | median | most |\n| --- | ---: | ---: | ---: |\n",
    );
    let mut times: BTreeMap<(&str, &str), Vec<u64>> = BTreeMap::new();
    for (agent, place, found) in found(cluster) {
        let all = times.entry((agent, place)).or_default();
        all.push(found.milliseconds);
    }
    for ((agent, place), mut all) in times {
        all.sort_unstable();
        let most = all.last().copied().unwrap_or_default();
        let count = all.len();
        writeln!(
            text,
            "| {agent} {place} | {count} | {} | {most} |",
            middle(&all)
        )?;
    }
    Ok(())
}

fn healthy(text: &mut String, measured: &Measured) -> Result<()> {
    text.push_str("\n## Where nothing is wrong\n\n");
    let findings: usize = measured.healthy.values().map(|one| one.findings).sum();
    let checks = measured.healthy.len();
    writeln!(text, "{findings} findings in {checks} checks.\n")?;
    text.push_str("| databases, source, way | findings | tokens | milliseconds |\n");
    text.push_str("| --- | ---: | ---: | ---: |\n");
    for (name, checked) in &measured.healthy {
        writeln!(
            text,
            "| {name} | {} | {} | {} |",
            checked.findings, checked.tokens, checked.milliseconds
        )?;
    }
    Ok(())
}

/// All searches, each with its agent, and its form and way.
fn found(cluster: &Cluster) -> impl Iterator<Item = (&str, &str, &Found)> {
    let agents = cluster.values().flat_map(|around| &around.searches);
    agents.flat_map(|(agent, places)| {
        let places = places.iter();
        places.map(move |(place, found)| (agent.as_str(), place.as_str(), found))
    })
}

fn middle<T: Copy + Default>(sorted: &[T]) -> T {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn numbers(catalogue: &[u16]) -> String {
    let numbers: Vec<String> = catalogue.iter().map(u16::to_string).collect();
    numbers.join(", ")
}
