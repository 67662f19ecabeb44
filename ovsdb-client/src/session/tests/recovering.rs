//! What is lost, what is behind, and how it is made good.

use serde_json::{Value as Json, json};

use super::script::{LAST, NONE, ROW, ROW2, Script};
use crate::operation::{Condition, Function};
use crate::session::{Interest, SessionConfig};
use crate::value::Datum;

fn numbered(n: i64) -> Condition {
    Condition::Clause {
        column: "n".into(),
        function: Function::Equal,
        value: Datum::scalar(n),
    }
}

/// A session that replicates one row, and the parameters of its monitor.
fn replicating() -> (Script, Json) {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    let params = script.reply(&json!([false, LAST, {"A": {ROW: {"initial": {"n": 1}}}}]));
    script.events();
    (script, params)
}

#[test]
fn a_reply_that_comes_before_the_rows_do_anew_waits_for_them() {
    let (mut script, _) = replicating();
    script.close();
    script.connect();
    // The server is asked for rows again when it has answered the transaction already.
    let (method, monitor, _) = script.take_open();
    assert_eq!(method, "monitor_cond_since");
    script.session.call("transact", &["T"]).unwrap();
    let (_, transact, _) = script.take_open();
    script.receive(&json!({"id": transact, "result": [7], "error": null}).to_string());
    assert!(script.events().is_empty(), "its effect is not to be seen");
    let rows = json!([true, LAST, {"A": {ROW2: {"insert": {"n": 7}}}}]);
    script.receive(&json!({"id": monitor, "result": rows, "error": null}).to_string());
    assert_eq!(
        script.events(),
        [
            "Resync 1: [\"n=1 s=[]\", \"n=7 s=[]\"] faults 0",
            "reply [7]"
        ]
    );
}

#[test]
fn a_reply_that_waits_for_rows_is_given_out_when_the_connection_goes() {
    let (mut script, _) = replicating();
    script.session.monitor(Interest::everything("T"));
    script.session.call("transact", &["T"]).unwrap();
    script.session.call("transact", &["T"]).unwrap();
    script.answer();
    script.open.retain(|(method, ..)| method == "transact");
    script.reply(&json!([2]));
    script.close();
    assert_eq!(script.events(), ["reply [2]", "unanswered"]);
}

#[test]
fn an_update_that_cannot_be_read_has_all_rows_asked_for_anew() {
    let (mut script, params) = replicating();
    script.update3(&params, LAST, &json!("no rows"));
    let again = script.reply(
        &json!([false, LAST, {"A": {ROW: {"initial": {"n": 1}}, ROW2: {"initial": {"n": 2}}}}]),
    );
    assert_eq!(again[3], NONE, "what the update said is not here");
    assert_ne!(again[1], params[1]);
    assert_eq!(
        script.events(),
        ["Resync 1: [\"n=1 s=[]\", \"n=2 s=[]\"] faults 0"]
    );
}

#[test]
fn an_update_of_an_unknown_form_ends_the_connection_and_the_trust_in_what_was_seen() {
    for params in [json!([1]), json!([1, LAST]), json!("x"), json!([1, 2, {}])] {
        let (mut script, _) = replicating();
        script.receive(&json!({"id": null, "method": "update3", "params": params}).to_string());
        assert_eq!(script.close(), "the server's update has an unknown form");
        script.connect();
        let (_, _, params) = script.take_open();
        assert_eq!(params[3], NONE);
    }
}

#[test]
fn all_rows_that_cannot_be_read_end_the_monitor() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    script.reply(&json!([false, LAST, "no tables"]));
    assert_eq!(
        script.events(),
        ["failed: the server's rows cannot be read"]
    );
}

#[test]
fn a_server_that_breaks_off_of_itself_is_asked_again_after_a_wait_though_it_served() {
    let mut waits = Vec::new();
    let (mut script, _) = replicating();
    for _ in 0..4 {
        script.receive("garbage");
        script.close();
        let before = script.seconds();
        script.connect();
        waits.push(script.seconds() - before);
        script.reply(&json!([true, LAST, {}]));
    }
    assert_eq!(waits, [1, 2, 4, 8]);
}

#[test]
fn an_interest_that_is_met_already_costs_no_request() {
    let (mut script, _) = replicating();
    let before = script.session.monitor(Interest::nothing("T"));
    assert!(script.session.is_complete(before));
    let again = script.monitor(Vec::new());
    assert_eq!(before, again);
    assert_eq!(script.sent(), "");
}

#[test]
fn a_wider_interest_is_complete_when_its_rows_are_here() {
    let mut script = Script::connected();
    let monitor = script.monitor(vec![numbered(1)]);
    assert!(!script.session.is_complete(monitor));
    script.reply(&json!([false, LAST, {"A": {}}]));
    assert!(script.session.is_complete(monitor));
    script.monitor(vec![numbered(2)]);
    assert!(!script.session.is_complete(monitor));
    let params = script.reply(&json!([false, LAST, {"A": {}}]));
    assert!(script.session.is_complete(monitor));
    assert_eq!(
        params[2]["A"][0]["where"],
        json!([["n", "==", 1], ["n", "==", 2]])
    );
}

#[test]
fn conditions_set_before_a_wider_interest_hold_with_it() {
    let mut script = Script::connected();
    let monitor = script.monitor(vec![numbered(1)]);
    script.reply(&json!([false, LAST, {"A": {}}]));
    script
        .session
        .set_conditions(monitor, "A", vec![numbered(5)]);
    script.reply(&json!({}));
    script.monitor(vec![numbered(2)]);
    let params = script.reply(&json!([false, LAST, {"A": {}}]));
    assert_eq!(
        params[2]["A"][0]["where"],
        json!([["n", "==", 5], ["n", "==", 2]])
    );
}

#[test]
fn other_remotes_are_tried_at_once_and_none_are_no_reason_to_wake() {
    let mut script = Script::new(SessionConfig::default(), &["a"]);
    for _ in 0..5 {
        script.now = script.session.poll_timeout().unwrap();
        script.session.poll_dial(script.now).unwrap();
        script.session.handle_dial_failed(script.now);
    }
    script.session.set_remotes(vec!["b".into()], script.now);
    assert_eq!(script.session.poll_dial(script.now).as_deref(), Some("b"));
    script.session.set_remotes(vec!["c".into()], script.now);
    assert_eq!(
        script.session.poll_dial(script.now).as_deref(),
        Some("c"),
        "an attempt at a server that is no remote any more is given up"
    );
    script.session.set_remotes(Vec::new(), script.now);
    assert_eq!(script.session.poll_dial(script.now), None);
    assert_eq!(script.session.poll_timeout(), None);
}
