//! Measuring: each scenario searched by both agents, in every form and over every way, alone and
//! among a hundred nodes; and what is found where nothing is wrong.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use sha1::{Digest, Sha1};

use crate::demo::NODES;
use crate::pack::agent::{Agent, DECIBYTES_PER_TOKEN};
use crate::pack::cluster::surround;
use crate::pack::form::Form;
use crate::pack::origin::forget;
use crate::pack::others::Others;
use crate::pack::place::Placed;
use crate::pack::recording::Recording;
use crate::pack::scenario::Scenario;
use crate::pack::server::{Asked, Way};
use crate::pack::stock::{self, Told};

/// The ways that are measured in each form.
pub const WAYS: [Way; 2] = [Way::Http, Way::Stdio];

/// How many scenarios are looked at at once: one more than the two cores of a small machine, as
/// each waits now and then for disks and programs.
const AT_ONCE: usize = 3;

/// How much is measured among a hundred nodes, where a search takes seconds: each includes those
/// before it. A recording alone is measured in all forms and over all ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Each scenario in one form over HTTP, the next one in the next form.
    InTurn,
    /// Each scenario in all forms over HTTP.
    Forms,
    /// Each scenario in all forms and over all ways.
    Everything,
}

impl Extent {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::InTurn, Self::Forms, Self::Everything];

    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::InTurn => "in-turn",
            Self::Forms => "http",
            Self::Everything => "all",
        }
    }

    /// The forms and ways of a scenario, by its number.
    fn places(self, number: usize) -> Vec<(Form, Way)> {
        match self {
            Self::InTurn => {
                let form = Form::ALL.into_iter().cycle().nth(number);
                form.map(|form| (form, Way::Http)).into_iter().collect()
            }
            Self::Forms => Form::ALL.map(|form| (form, Way::Http)).to_vec(),
            Self::Everything => everywhere(),
        }
    }
}

/// All forms, each over all ways.
fn everywhere() -> Vec<(Form, Way)> {
    let places = Form::ALL.map(|form| WAYS.map(|way| (form, way)));
    places.into_iter().flatten().collect()
}

/// What was measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Measured {
    /// Where nothing is wrong, what was found: by databases, form and way.
    pub healthy: BTreeMap<String, Checked>,
    /// By scenario, each recording alone.
    pub alone: BTreeMap<String, Around>,
    /// By scenario, each recording among a hundred nodes.
    pub hundred: BTreeMap<String, Around>,
}

/// What a check of healthy databases found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Checked {
    /// How many findings there are, all of them false.
    pub findings: usize,
    /// The checksum of the answer without what it says of where and when the rows were read.
    pub answer: String,
    /// The tokens of the answer.
    pub tokens: usize,
    /// How long it took with the start of the program, in milliseconds.
    pub milliseconds: u64,
}

/// What was measured of one scenario in one cluster.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Around {
    /// By agent, then by form and way.
    pub searches: BTreeMap<String, BTreeMap<String, Found>>,
    /// What the stock tool told.
    pub stock: Option<Told>,
}

/// What a search found, and at what cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Why it has not the cause within the limits; nothing where it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<String>,
    /// The tools it called, in order.
    pub calls: Vec<String>,
    /// The tokens of all answers.
    pub tokens: usize,
    /// The checksum of the answers without what they say of where and when the rows were read.
    pub answers: String,
    /// How long it took, in milliseconds; with the start of the program for the first agent, whose
    /// program the second one asks on.
    pub milliseconds: u64,
}

impl Measured {
    /// Measures what is not among the measurements yet, among a hundred nodes to this extent, and
    /// gives them to `keep` with a word on each step that is done.
    ///
    /// # Errors
    /// A recording cannot be put up, the program does not start, or `keep` fails.
    pub fn complete(
        &mut self,
        scenarios: &[Scenario],
        extent: Extent,
        keep: impl Fn(&Self, &str) -> Result<()> + Sync,
    ) -> Result<()> {
        let others = Others::new(&Form::ALL)?;
        if self.healthy.is_empty() {
            self.healthy = healthy(&others)?;
            keep(self, "where nothing is wrong")?;
        }
        self.pass(scenarios, None, |_| everywhere(), &keep)?;
        for extent in Extent::ALL.into_iter().filter(|one| *one <= extent) {
            let places = |number| extent.places(number);
            self.pass(scenarios, Some(&others), places, &keep)?;
        }
        Ok(())
    }

    /// Looks at all scenarios in one cluster, each in some forms and over some ways.
    fn pass(
        &mut self,
        scenarios: &[Scenario],
        others: Option<&Others>,
        wanted: impl Fn(usize) -> Vec<(Form, Way)>,
        keep: &(impl Fn(&Self, &str) -> Result<()> + Sync),
    ) -> Result<()> {
        let mut left = Vec::new();
        for (number, scenario) in scenarios.iter().enumerate().rev() {
            let known = self.cluster(others.is_some()).get(&scenario.name).cloned();
            let known = known.unwrap_or_default();
            let mut places = wanted(number);
            places.retain(|(form, way)| {
                let name = place(*form, *way);
                !known.places().any(|known| known == name)
            });
            if !places.is_empty() {
                left.push((scenario, known, places));
            }
        }
        let (left, all) = (Mutex::new(left), Mutex::new(self));
        let next = || locked(&left).pop();
        let work = || -> Result<()> {
            while let Some((scenario, mut found, places)) = next() {
                let name = &scenario.name;
                search(scenario, others, &places, &mut found).with_context(|| name.clone())?;
                let mut all = locked(&all);
                all.cluster(others.is_some()).insert(name.clone(), found);
                let size = others.map_or("alone", |_| "among a hundred nodes");
                let places: Vec<String> = places
                    .iter()
                    .map(|(form, way)| place(*form, *way))
                    .collect();
                keep(&all, &format!("{name} {size}, {}", places.join(", ")))?;
            }
            Ok(())
        };
        thread::scope(|scope| {
            let running: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(work)).collect();
            running.into_iter().try_for_each(|thread| {
                let done = thread.join();
                done.unwrap_or_else(|_| Err(anyhow!("a measurement broke off")))
            })
        })
    }

    fn cluster(&mut self, in_hundred: bool) -> &mut BTreeMap<String, Around> {
        match in_hundred {
            true => &mut self.hundred,
            false => &mut self.alone,
        }
    }
}

impl Around {
    /// Where it was searched: form and way.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        let first = self.searches.values().next();
        first
            .into_iter()
            .flat_map(|places| places.keys().map(String::as_str))
    }

    /// The searches of an agent that did not find the cause as it should: where, and what is wrong.
    /// One with other calls or answers than the others is among them.
    pub fn missed(&self, agent: &str) -> Vec<String> {
        let searches = self.searches.get(agent).into_iter().flatten();
        let first = searches.clone().next();
        let mut missed = Vec::new();
        for (place, found) in searches {
            let mut wrong = found.wrong.clone();
            if let Some((other, first)) = first {
                if first.calls != found.calls {
                    wrong.push(format!("other calls than from {other}: {:?}", found.calls));
                } else if first.answers != found.answers {
                    wrong.push(format!("other answers than from {other}"));
                }
            }
            if !wrong.is_empty() {
                missed.push(format!("{place}: {}", wrong.join("; ")));
            }
        }
        missed
    }
}

/// Checks the healthy twin alone and among the others, and the demo's healthy node.
fn healthy(others: &Others) -> Result<BTreeMap<String, Checked>> {
    let mut checked = BTreeMap::new();
    for (title, others) in [
        ("the twin", None),
        ("the twin among a hundred nodes", Some(others)),
    ] {
        let twin = Recording::twin()?;
        if others.is_some() {
            surround(&twin)?;
        }
        for form in Form::ALL {
            let placed = Placed::new(&twin, form, others)?;
            for way in WAYS {
                placed.go_on()?;
                let name = format!("{title}, {}", place(form, way));
                checked.insert(name, check(way, &placed.sources, &json!({}))?);
            }
        }
    }
    let [_, healthy] = NODES;
    for way in WAYS {
        let name = format!("the demo's healthy node, {}", way.name());
        let sources = ["demo".to_owned()];
        checked.insert(name, check(way, &sources, &json!({"node": healthy}))?);
    }
    Ok(checked)
}

fn check(way: Way, sources: &[String], arguments: &Json) -> Result<Checked> {
    let start = Instant::now();
    let arguments: &Map<String, Json> = arguments.as_object().context("arguments")?;
    let mut answer = Asked::start(way, sources)?.call("health_check", arguments)?;
    let milliseconds = elapsed(start)?;
    let findings = answer.value["findings"].as_array().context("findings")?;
    let findings = findings.len();
    forget(&mut answer.value);
    Ok(Checked {
        findings,
        answer: checksum(&[answer.value]),
        tokens: (answer.bytes * 10).div_ceil(DECIBYTES_PER_TOKEN),
        milliseconds,
    })
}

/// Has both agents look for a scenario's cause, in some forms and over some ways.
fn search(
    scenario: &Scenario,
    others: Option<&Others>,
    places: &[(Form, Way)],
    found: &mut Around,
) -> Result<()> {
    let recording = recording(scenario, others)?;
    for form in Form::ALL {
        let ways = places.iter().filter(|(of, _)| *of == form);
        let ways: Vec<Way> = ways.map(|(_, way)| *way).collect();
        if ways.is_empty() {
            continue;
        }
        let placed = Placed::new(&recording, form, others)?;
        for way in ways {
            for (agent, search) in both(scenario, &placed, way, others.is_some())? {
                let searches = found.searches.entry(agent).or_default();
                searches.insert(place(form, way), search);
            }
        }
    }
    if found.stock.is_none() {
        let live = Placed::new(&recording, Form::Live, None)?;
        found.stock = Some(stock::ask(scenario, &live)?);
    }
    Ok(())
}

/// What both agents find in one form and over one way.
///
/// # Errors
/// A recording cannot be put up, or the program does not start.
pub fn search_again(
    scenario: &Scenario,
    others: Option<&Others>,
    form: Form,
    way: Way,
) -> Result<BTreeMap<String, Found>> {
    let recording = recording(scenario, others)?;
    let placed = Placed::new(&recording, form, others)?;
    both(scenario, &placed, way, others.is_some())
}

fn both(
    scenario: &Scenario,
    placed: &Placed<'_>,
    way: Way,
    in_hundred: bool,
) -> Result<BTreeMap<String, Found>> {
    let mut both = BTreeMap::new();
    placed.go_on()?;
    let mut start = Instant::now();
    let mut asked = Asked::start(way, &placed.sources)?;
    for agent in Agent::ALL {
        let search = agent.search(scenario, &mut asked);
        let milliseconds = elapsed(start)?;
        let found = match search {
            Ok(mut search) => {
                let wrong = search.faults(scenario.cause_in(in_hundred));
                search.answers.iter_mut().for_each(forget);
                Found {
                    wrong,
                    calls: search.calls.into_iter().map(|call| call.tool).collect(),
                    tokens: search.tokens,
                    answers: checksum(&search.answers),
                    milliseconds,
                }
            }
            Err(error) => Found {
                wrong: vec![format!("{error:#}")],
                calls: Vec::new(),
                tokens: 0,
                answers: String::new(),
                milliseconds,
            },
        };
        both.insert(agent.name().to_owned(), found);
        placed.go_on()?;
        start = Instant::now();
    }
    Ok(both)
}

fn recording(scenario: &Scenario, others: Option<&Others>) -> Result<Recording> {
    let recording = Recording::of(scenario)?;
    if others.is_some() {
        surround(&recording)?;
    }
    Ok(recording)
}

fn place(form: Form, way: Way) -> String {
    format!("{} {}", form.name(), way.name())
}

/// The first digits of a checksum, enough to tell answers apart.
fn checksum(answers: &[Json]) -> String {
    let mut hasher = Sha1::new();
    answers
        .iter()
        .for_each(|answer| hasher.update(answer.to_string()));
    let digits = hasher.finalize();
    digits
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn elapsed(start: Instant) -> Result<u64> {
    Ok(u64::try_from(start.elapsed().as_millis())?)
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
