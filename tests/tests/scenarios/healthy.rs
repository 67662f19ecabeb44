//! Databases in which nothing is wrong.

use anyhow::Result;
use ovn_tests::pack::cluster::{others, surround};
use ovn_tests::pack::place::{Form, Placed};
use ovn_tests::pack::recording::Recording;
use ovn_tests::pack::server::{Asked, Way};
use serde_json::{Map, Value as Json, json};

/// What is found in sources, and the nodes that were looked at.
fn findings(sources: &[String], way: Way) -> Result<Json> {
    let mut asked = Asked::start(way, sources)?;
    Ok(asked.call("health_check", &Map::new())?.value["findings"].take())
}

#[test]
fn nothing_is_found_in_the_healthy_twin_from_any_source() -> Result<()> {
    let twin = Recording::twin()?;
    for form in Form::ALL {
        let placed = Placed::new(&twin, form, &[])?;
        assert_eq!(
            findings(&placed.sources, Way::Process)?,
            json!([]),
            "{}",
            form.name()
        );
    }
    Ok(())
}

#[test]
fn nothing_is_found_in_a_hundred_healthy_nodes() -> Result<()> {
    let twin = Recording::twin()?;
    surround(&twin)?;
    let placed = Placed::new(&twin, Form::Files, &[others()?])?;
    let mut asked = Asked::start(Way::Process, &placed.sources)?;
    let checked = asked.call("health_check", &Map::new())?.value;
    assert_eq!(checked["findings"], json!([]));
    let summary = checked["summary"].as_str().unwrap_or_default();
    assert!(summary.contains("of 100 nodes"), "{summary}");
    Ok(())
}

#[test]
fn nothing_is_found_on_the_healthy_half_of_the_demo() -> Result<()> {
    let mut asked = Asked::start(Way::Process, &["demo".to_owned()])?;
    let arguments = json!({"node": "worker-b"});
    let checked = asked.call("health_check", arguments.as_object().unwrap_or(&Map::new()))?;
    assert_eq!(checked.value["findings"], json!([]));
    Ok(())
}
