//! The report on the pack: what each agent found, at what cost, and what stock tools would tell.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Instant;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::pack::agent::Agent;
use crate::pack::cluster::{self, surround};
use crate::pack::place::{Form, Placed};
use crate::pack::recording::Recording;
use crate::pack::scenario::{Cause, MAX_CALLS, MAX_TOKENS, Scenario};
use crate::pack::server::{Asked, Way};
use crate::pack::stock::{self, Told};

/// The raw data, from this package's folder.
pub const RAW: &str = "data/scenarios/report.json";
/// The report, from this package's folder.
pub const REPORT: &str = "data/scenarios/REPORT.md";

/// The forms and ways that are measured of a recording alone.
const ALONE: [(Form, Way); 4] = [
    (Form::Files, Way::Stdio),
    (Form::Bundle, Way::Stdio),
    (Form::Live, Way::Stdio),
    (Form::Live, Way::Http),
];

/// The forms and ways that are measured of a recording among a hundred nodes, where the others are
/// an archive whatever the form.
const HUNDRED: [(Form, Way); 1] = [(Form::Files, Way::Http)];

/// What was measured, by scenario.
pub type Measured = BTreeMap<String, Entry>;

/// What was measured of one scenario.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The recording alone.
    pub alone: Around,
    /// The recording among a hundred nodes, where that was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hundred: Option<Around>,
}

/// What was measured of one scenario in one cluster.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Around {
    /// By agent, what it found and at what cost; the same for all forms and ways.
    pub agents: BTreeMap<String, Cost>,
    /// What the stock tool told.
    pub stock: Told,
    /// By agent, form and way, how long it took with the start of the program, in milliseconds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub milliseconds: BTreeMap<String, u64>,
}

/// What an agent found, and at what cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Whether it had the cause within the limits.
    pub success: bool,
    /// The tools it called, in order.
    pub calls: Vec<String>,
    /// The tokens of all answers.
    pub tokens: usize,
}

/// Measures scenarios, saying so on the way: all alone, and among a hundred nodes those of which
/// `in_hundred` holds.
///
/// # Errors
/// A recording cannot be put up, or a question is refused.
pub fn measure(
    scenarios: &[Scenario],
    in_hundred: impl Fn(&str) -> bool,
    mut say: impl FnMut(&str),
) -> Result<Measured> {
    let mut measured = Measured::new();
    for scenario in scenarios {
        say(&scenario.name);
        let entry = Entry {
            alone: around(scenario, false)?,
            hundred: in_hundred(&scenario.name)
                .then(|| around(scenario, true))
                .transpose()?,
        };
        measured.insert(scenario.name.clone(), entry);
    }
    Ok(measured)
}

fn around(scenario: &Scenario, in_hundred: bool) -> Result<Around> {
    let (recording, others) = recording(scenario, in_hundred)?;
    let mut agents: BTreeMap<String, Cost> = BTreeMap::new();
    let mut milliseconds = BTreeMap::new();
    let measured: &[(Form, Way)] = match in_hundred {
        true => &HUNDRED,
        false => &ALONE,
    };
    for &(form, way) in measured {
        let placed = Placed::new(&recording, form, &others)?;
        for agent in Agent::ALL {
            let start = Instant::now();
            let cost = cost(
                scenario.cause_in(in_hundred),
                scenario,
                agent,
                way,
                &placed.sources,
            )?;
            let elapsed = u64::try_from(start.elapsed().as_millis())?;
            let name = format!("{} {} {}", agent.name(), form.name(), way.name());
            milliseconds.insert(name, elapsed);
            // One form that differs is a failure, and is seen as one.
            let before = agents
                .entry(agent.name().to_owned())
                .or_insert(cost.clone());
            before.success &= cost.success && before.calls == cost.calls;
            before.tokens = before.tokens.max(cost.tokens);
        }
    }
    Ok(Around {
        agents,
        stock: stock::ask(scenario, &Placed::new(&recording, Form::Live, &[])?)?,
        milliseconds,
    })
}

/// What an agent finds, without the time: in this process, from files.
///
/// # Errors
/// A recording cannot be put up, or a question is refused.
pub fn recompute(scenario: &Scenario, in_hundred: bool) -> Result<BTreeMap<String, Cost>> {
    let (recording, others) = recording(scenario, in_hundred)?;
    let placed = Placed::new(&recording, Form::Files, &others)?;
    let found = Agent::ALL.into_iter().map(|agent| {
        let cause = scenario.cause_in(in_hundred);
        let cost = cost(cause, scenario, agent, Way::Process, &placed.sources)?;
        Ok((agent.name().to_owned(), cost))
    });
    found.collect()
}

fn recording(scenario: &Scenario, in_hundred: bool) -> Result<(Recording, Vec<String>)> {
    let recording = Recording::of(scenario)?;
    let mut others = Vec::new();
    if in_hundred {
        surround(&recording)?;
        others.push(cluster::others()?);
    }
    Ok((recording, others))
}

fn cost(
    cause: &Cause,
    scenario: &Scenario,
    agent: Agent,
    way: Way,
    sources: &[String],
) -> Result<Cost> {
    let mut asked = Asked::start(way, sources)?;
    let search = agent.search(scenario, &mut asked)?;
    Ok(Cost {
        success: search.faults(cause).is_empty(),
        calls: search.calls.iter().map(|call| call.tool.clone()).collect(),
        tokens: search.tokens,
    })
}

/// The report as text.
///
/// # Errors
/// A scenario of the measurements is not there.
pub fn text(measured: &Measured) -> Result<String> {
    let mut text = String::from(include_str!("report.md"));
    let around = |entry: &Entry, in_hundred: bool| match in_hundred {
        true => entry.hundred.clone(),
        false => Some(entry.alone.clone()),
    };
    for (title, in_hundred) in [("Alone", false), ("Among a hundred nodes", true)] {
        writeln!(text, "\n## {title}\n")?;
        let mut found = 0;
        let mut shown = 0;
        let mut looked = 0;
        let mut rows = String::new();
        let mut tokens = Vec::new();
        for (name, entry) in measured {
            let Some(around) = around(entry, in_hundred) else {
                continue;
            };
            looked += 1;
            let scenario = Scenario::named(name)?;
            let mut cells = Vec::new();
            for agent in Agent::ALL {
                let cost = around.agents.get(agent.name()).context("an agent")?;
                found += usize::from(cost.success);
                tokens.push(cost.tokens);
                let mark = if cost.success { "found" } else { "**missed**" };
                cells.push(format!(
                    "{mark}, {} {}, {}",
                    cost.calls.len(),
                    calls(cost.calls.len()),
                    cost.tokens
                ));
            }
            shown += usize::from(around.stock.shows);
            let stock = if around.stock.shows { "yes" } else { "no" };
            writeln!(
                rows,
                "| `{name}` | {} | {} | {} | {} | {stock}, {} of {} lines, {} |",
                scenario.title,
                numbers(&scenario.catalogue),
                cells[0],
                cells[1],
                around.stock.lines.min(stock::LINES),
                around.stock.lines,
                around.stock.tokens,
            )?;
        }
        let searches = looked * Agent::ALL.len();
        tokens.sort_unstable();
        let most = tokens.last().copied().unwrap_or_default();
        let median = tokens.get(tokens.len() / 2).copied().unwrap_or_default();
        writeln!(
            text,
            "{found} of {searches} searches found the cause within {MAX_CALLS} calls and {MAX_TOKENS} tokens \
             (median {median}, most {most}). \
             The first {} lines of the stock tool hold what shows the cause in {shown} of {looked} scenarios; \
             {looked} of {} were looked at.\n",
            stock::LINES,
            measured.len(),
        )?;
        text.push_str("| scenario | fault | catalogue | replay: calls, tokens | greedy: calls, tokens | stock text shows it: lines, tokens |\n");
        text.push_str("| --- | --- | --- | --- | --- | --- |\n");
        text.push_str(&rows);
        text.push_str("\nMilliseconds a search, with the start of the program: median and most of all scenarios.\n\n");
        text.push_str("| agent, source, way | median | most |\n| --- | ---: | ---: |\n");
        let mut times: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for entry in measured.values() {
            let milliseconds = around(entry, in_hundred).map(|around| around.milliseconds);
            for (name, time) in milliseconds.into_iter().flatten() {
                times.entry(name).or_default().push(time);
            }
        }
        for (name, mut all) in times {
            all.sort_unstable();
            let median = all.get(all.len() / 2).copied().unwrap_or_default();
            let most = all.last().copied().unwrap_or_default();
            writeln!(text, "| {name} | {median} | {most} |")?;
        }
    }
    Ok(text)
}

fn calls(count: usize) -> &'static str {
    match count {
        1 => "call",
        _ => "calls",
    }
}

fn numbers(catalogue: &[u16]) -> String {
    let numbers: Vec<String> = catalogue.iter().map(u16::to_string).collect();
    numbers.join(", ")
}
