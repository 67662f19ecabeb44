//! Databases in which nothing is wrong.

use anyhow::Result;
use ovn_tests::pack::cluster::surround;
use ovn_tests::pack::form::Form;
use ovn_tests::pack::measure::WAYS;
use ovn_tests::pack::origin::forget;
use ovn_tests::pack::others::Others;
use ovn_tests::pack::place::Placed;
use ovn_tests::pack::recording::Recording;
use ovn_tests::pack::server::{Asked, Way};
use serde_json::{Map, Value as Json, json};

/// What a check of everything answers, without what it says of where and when the rows were read.
fn checked(sources: &[String], way: Way) -> Result<Json> {
    let mut asked = Asked::start(way, sources)?;
    let mut answer = asked.call("health_check", &Map::new())?.value;
    forget(&mut answer);
    Ok(answer)
}

#[test]
fn nothing_is_found_in_the_healthy_twin_from_any_source_over_any_way() -> Result<()> {
    let twin = Recording::twin()?;
    let mut first = None;
    for form in Form::ALL {
        let placed = Placed::new(&twin, form, None)?;
        for way in [Way::Process].into_iter().chain(WAYS) {
            placed.go_on()?;
            let checked = checked(&placed.sources, way)?;
            let place = format!("{}, {}", form.name(), way.name());
            assert_eq!(checked["findings"], json!([]), "{place}");
            assert_eq!(checked, *first.get_or_insert(checked.clone()), "{place}");
        }
    }
    Ok(())
}

#[test]
fn nothing_is_found_in_a_hundred_healthy_nodes_from_any_source() -> Result<()> {
    let twin = Recording::twin()?;
    surround(&twin)?;
    let others = Others::new(&Form::ALL)?;
    let mut first = None;
    // Each form and each way once: without optimization a check takes many seconds. The report is
    // made from all of them.
    for (form, way) in [
        (Form::Files, Way::Http),
        (Form::Bundle, Way::Stdio),
        (Form::Live, Way::Http),
    ] {
        let placed = Placed::new(&twin, form, Some(&others))?;
        let checked = checked(&placed.sources, way)?;
        assert_eq!(checked["findings"], json!([]), "{}", form.name());
        assert_eq!(
            checked,
            *first.get_or_insert(checked.clone()),
            "{}",
            form.name()
        );
        let summary = checked["summary"].as_str().unwrap_or_default();
        assert!(
            summary.contains("of 100 nodes"),
            "{}: {summary}",
            form.name()
        );
    }
    Ok(())
}

#[test]
fn nothing_is_found_on_the_healthy_half_of_the_demo() -> Result<()> {
    for way in [Way::Process].into_iter().chain(WAYS) {
        let mut asked = Asked::start(way, &["demo".to_owned()])?;
        let arguments = json!({"node": "worker-b"});
        let checked = asked.call("health_check", arguments.as_object().unwrap_or(&Map::new()))?;
        assert_eq!(checked.value["findings"], json!([]), "{}", way.name());
    }
    Ok(())
}
