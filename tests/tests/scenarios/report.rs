//! The report in the repository is current.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;
use ovn_tests::pack::place::{Form, Placed};
use ovn_tests::pack::recording::Recording;
use ovn_tests::pack::report::{Measured, RAW, REPORT, recompute, text};
use ovn_tests::pack::scenario::Scenario;
use ovn_tests::pack::stock;

/// Tokens may be apart by one part in so many: answers name the files and sockets they come from,
/// whose paths are as long as that of the machine's temporary folder.
const TOLERANCE: usize = 10;
/// Every so many scenarios are asked of stock tools again.
const EVERY: usize = 7;

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
fn the_raw_data_are_what_the_agents_find_now() -> Result<()> {
    let measured = raw()?;
    let scenarios = Scenario::all()?;
    let names: BTreeSet<&String> = scenarios.iter().map(|scenario| &scenario.name).collect();
    assert_eq!(measured.keys().collect::<BTreeSet<_>>(), names);
    for scenario in &scenarios {
        let entry = &measured[&scenario.name];
        let found = recompute(scenario, false)?;
        for (agent, kept) in &entry.alone.agents {
            let now = &found[agent];
            let name = &scenario.name;
            assert_eq!(
                (kept.success, &kept.calls),
                (now.success, &now.calls),
                "{name}, {agent}"
            );
            let apart = kept.tokens.abs_diff(now.tokens);
            assert!(
                apart * TOLERANCE <= kept.tokens,
                "{name}, {agent}: {} tokens, not {}",
                now.tokens,
                kept.tokens
            );
        }
        for around in [Some(&entry.alone), entry.hundred.as_ref()] {
            let mut costs = around.into_iter().flat_map(|around| around.agents.values());
            assert!(costs.all(|cost| cost.success), "{}", scenario.name);
        }
    }
    Ok(())
}

#[test]
fn the_stock_tools_tell_what_the_raw_data_say() -> Result<()> {
    let measured = raw()?;
    for scenario in Scenario::all()?.iter().step_by(EVERY) {
        let placed = Placed::new(&Recording::of(scenario)?, Form::Live, &[])?;
        let told = stock::ask(scenario, &placed)?;
        assert_eq!(
            measured[&scenario.name].alone.stock, told,
            "{}",
            scenario.name
        );
    }
    Ok(())
}
