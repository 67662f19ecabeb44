//! Causes of recorded faults.

use std::thread;

use anyhow::{Context, Result};
use ovn_tests::pack::agent::Agent;
use ovn_tests::pack::form::Form;
use ovn_tests::pack::origin::forget;
use ovn_tests::pack::place::Placed;
use ovn_tests::pack::recording::Recording;
use ovn_tests::pack::scenario::{MAX_TOKENS, Scenario};
use ovn_tests::pack::server::{Asked, Way};
use serde_json::{Map, Value as Json, json};

/// The fewest scenarios that the pack holds.
const FEWEST: usize = 20;

/// Runs a check on all scenarios, on each processor some.
fn on_all(scenarios: &[Scenario], check: impl Fn(&Scenario) -> Result<Vec<String>> + Sync) {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let faults: Vec<String> = thread::scope(|scope| {
        let share = |start: usize| {
            let check = &check;
            let some = scenarios.iter().skip(start).step_by(threads);
            scope.spawn(move || {
                let faults = some.flat_map(|scenario| {
                    let faults = check(scenario).unwrap_or_else(|error| vec![format!("{error:#}")]);
                    faults
                        .into_iter()
                        .map(|fault| format!("{}: {fault}", scenario.name))
                });
                faults.collect::<Vec<_>>()
            })
        };
        let running: Vec<_> = (0..threads).map(share).collect();
        let faults = running.into_iter();
        faults
            .flat_map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What both agents get wrong.
fn faults(scenario: &Scenario, way: Way, sources: &[String]) -> Result<Vec<String>> {
    let mut asked = Asked::start(way, sources)?;
    let mut faults = Vec::new();
    for agent in Agent::ALL {
        let search = agent.search(scenario, &mut asked)?;
        let wrong = search.faults(&scenario.cause);
        faults.extend(
            wrong
                .into_iter()
                .map(|fault| format!("{}: {fault}", agent.name())),
        );
    }
    Ok(faults)
}

#[test]
fn both_agents_find_every_cause_within_the_limits() -> Result<()> {
    let scenarios = Scenario::all()?;
    assert!(scenarios.len() >= FEWEST, "{} scenarios", scenarios.len());
    on_all(&scenarios, |scenario| {
        let recording = Recording::of(scenario)?;
        let placed = Placed::new(&recording, Form::Files, None)?;
        faults(scenario, Way::Process, &placed.sources)
    });
    Ok(())
}

#[test]
fn oddities_that_are_there_are_never_taken_for_a_fault() -> Result<()> {
    let scenarios = Scenario::all()?;
    on_all(&scenarios, |scenario| {
        let recording = Recording::of(scenario)?;
        let placed = Placed::new(&recording, Form::Files, None)?;
        let mut asked = Asked::start(Way::Process, &placed.sources)?;
        let findings = asked.call("health_check", &Map::new())?.value["findings"].take();
        let mut wrong = Vec::new();
        for decoy in scenario.decoys()? {
            // As a whole name, within texts.
            let named = |finding: &Json| {
                let text = finding.to_string();
                let joins = |c: char| c.is_alphanumeric() || "-_./".contains(c);
                text.match_indices(&decoy.name).any(|(at, name)| {
                    let before = text[..at].chars().next_back();
                    let after = text[at + name.len()..].chars().next();
                    !before.is_some_and(joins) && !after.is_some_and(joins)
                })
            };
            if findings.as_array().into_iter().flatten().any(named) {
                wrong.push(format!("{} is named: {}", decoy.name, decoy.why));
            }
            if !recording.holds(&decoy.name)? {
                wrong.push(format!("{} is nowhere", decoy.name));
            }
        }
        Ok(wrong)
    });
    Ok(())
}

#[test]
fn answers_are_the_same_from_files_a_bundle_and_live_servers_over_stdio_and_http() -> Result<()> {
    let scenarios = Scenario::all()?;
    on_all(&scenarios, |scenario| {
        let recording = Recording::of(scenario)?;
        let mut first: Option<Vec<Json>> = None;
        let mut wrong = Vec::new();
        let whole = json!({"max_tokens": MAX_TOKENS * 2});
        for (form, way) in [
            (Form::Files, Way::Process),
            (Form::Bundle, Way::Stdio),
            (Form::Live, Way::Http),
        ] {
            let placed = Placed::new(&recording, form, None)?;
            let mut asked = Asked::start(way, &placed.sources)?;
            let mut answers = Vec::new();
            for agent in Agent::ALL {
                let search = agent.search(scenario, &mut asked)?;
                wrong.extend(
                    search
                        .faults(&scenario.cause)
                        .into_iter()
                        .map(|fault| format!("{}, {}: {fault}", form.name(), way.name())),
                );
                answers.extend(search.answers);
            }
            let whole = whole.as_object().context("arguments")?;
            answers.push(asked.call("health_check", whole)?.value);
            answers.iter_mut().for_each(forget);
            match &first {
                None => first = Some(answers),
                Some(first) => {
                    let differ = first.iter().zip(&answers).filter(|(a, b)| a != b);
                    wrong.extend(
                        differ.map(|(a, b)| format!("{}: {b}\ninstead of {a}", form.name())),
                    );
                }
            }
        }
        Ok(wrong)
    });
    Ok(())
}
