//! The report in the repository is current.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use ovn_tests::pack::agent::Agent;
use ovn_tests::pack::form::Form;
use ovn_tests::pack::measure::{Around, Found, Measured, WAYS, search_again};
use ovn_tests::pack::others::Others;
use ovn_tests::pack::place::Placed;
use ovn_tests::pack::recording::Recording;
use ovn_tests::pack::report::{RAW, REPORT, text};
use ovn_tests::pack::scenario::Scenario;
use ovn_tests::pack::server::Way;
use ovn_tests::pack::stock;

/// Tokens may be apart by one part in so many: answers name the files and sockets they come from,
/// whose paths are as long as that of the machine's temporary folder.
const TOLERANCE: usize = 10;
/// Every so many scenarios are asked of stock tools again.
const EVERY: usize = 7;
/// The scenarios that are searched again among a hundred nodes, each of which takes many seconds
/// without optimization: one within a node and one between nodes. The report is made from all of them.
const AMONG_HUNDRED: [(&str, Form, Way); 2] = [
    ("rule-shadowed", Form::Bundle, Way::Stdio),
    ("tunnel-gone", Form::Live, Way::Http),
];

fn raw() -> Result<Measured> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(RAW);
    Ok(serde_json::from_str(&fs::read_to_string(path)?)?)
}

#[test]
fn the_report_is_made_from_its_raw_data() -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(REPORT);
    assert_eq!(fs::read_to_string(path)?, text(&raw()?)?);
    Ok(())
}

#[test]
fn the_raw_data_hold_every_scenario_and_every_source_and_no_miss() -> Result<()> {
    let measured = raw()?;
    let scenarios = Scenario::all()?;
    let names: BTreeSet<&String> = scenarios.iter().map(|scenario| &scenario.name).collect();
    for cluster in [&measured.alone, &measured.hundred] {
        assert_eq!(cluster.keys().collect::<BTreeSet<_>>(), names);
        for (name, around) in cluster {
            for agent in Agent::ALL {
                let missed = around.missed(agent.name());
                assert!(missed.is_empty(), "{name}, {}: {missed:?}", agent.name());
                assert!(around.searches.contains_key(agent.name()), "{name}");
            }
        }
    }
    for around in measured.alone.values() {
        assert_eq!(around.places().count(), Form::ALL.len() * WAYS.len());
    }
    for form in Form::ALL {
        let wanted = format!("{} http", form.name());
        let mut places = measured.hundred.values().map(Around::places);
        let count = places
            .by_ref()
            .filter_map(|mut places| places.find(|place| *place == wanted))
            .count();
        assert!(count >= names.len() / Form::ALL.len(), "{wanted}: {count}");
    }
    Ok(())
}

#[test]
fn the_raw_data_hold_no_false_finding_and_the_same_answers_from_every_source() -> Result<()> {
    let measured = raw()?;
    let mut answers: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, checked) in &measured.healthy {
        assert_eq!(checked.findings, 0, "{name}");
        let (databases, _) = name
            .split_once(", ")
            .context("databases, then form and way")?;
        answers
            .entry(databases)
            .or_default()
            .insert(&checked.answer);
    }
    assert!(answers.len() == 3, "{answers:?}");
    for (databases, answers) in answers {
        assert_eq!(answers.len(), 1, "{databases}");
    }
    Ok(())
}

#[test]
fn the_raw_data_are_what_the_agents_find_now_alone() -> Result<()> {
    let measured = raw()?;
    for scenario in Scenario::all()? {
        let found = search_again(&scenario, None, Form::Files, Way::Process)?;
        check(&scenario.name, &measured.alone[&scenario.name], &found)?;
    }
    Ok(())
}

#[test]
fn the_raw_data_are_what_the_agents_find_now_among_a_hundred_nodes() -> Result<()> {
    let measured = raw()?;
    let others = Others::new(&AMONG_HUNDRED.map(|(_, form, _)| form))?;
    for (name, form, way) in AMONG_HUNDRED {
        let scenario = Scenario::named(name)?;
        let found = search_again(&scenario, Some(&others), form, way)?;
        check(name, &measured.hundred[name], &found)?;
    }
    Ok(())
}

/// Holds what was found now against what was kept.
fn check(name: &str, kept: &Around, found: &BTreeMap<String, Found>) -> Result<()> {
    for (agent, kept) in &kept.searches {
        let now = found.get(agent).context("an agent")?;
        assert_eq!(now.wrong, Vec::<String>::new(), "{name}, {agent}");
        let first = kept.values().next().context("a search")?;
        assert_eq!(now.calls, first.calls, "{name}, {agent}");
        let tokens = || kept.values().map(|found| found.tokens);
        let fewest = tokens().min().unwrap_or_default();
        let most = tokens().max().unwrap_or_default();
        let slack = most / TOLERANCE;
        assert!(
            (fewest.saturating_sub(slack)..=most + slack).contains(&now.tokens),
            "{name}, {agent}: {} tokens, not {fewest} to {most}",
            now.tokens,
        );
    }
    Ok(())
}

#[test]
fn the_stock_tools_tell_what_the_raw_data_say() -> Result<()> {
    let measured = raw()?;
    for scenario in Scenario::all()?.iter().step_by(EVERY) {
        let placed = Placed::new(&Recording::of(scenario)?, Form::Live, None)?;
        let told = stock::ask(scenario, &placed)?;
        let name = &scenario.name;
        assert_eq!(measured.alone[name].stock, Some(told), "{name}");
    }
    Ok(())
}
