//! Requests, monitors, conditions, and what a lost connection does to them.

use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::script::{LAST, NONE, ROW, ROW2, Script};
use crate::operation::{Condition, Function};
use crate::schema::Selection;
use crate::session::{Interest, SessionConfig, TableInterest};
use crate::value::Datum;

#[test]
fn an_echo_is_answered_before_anything_else_that_waits_to_be_sent() {
    let mut script = Script::connected();
    script.session.call("list_dbs", &[(); 0]).unwrap();
    script.receive(r#"{"id":"echo","method":"echo","params":[1,"a",{"b":[]}]}"#);
    insta::assert_snapshot!(script.sent(), @r#"
    {"id":"echo","result":[1,"a",{"b":[]}],"error":null}
    {"id":1,"method":"set_db_change_aware","params":[true]}
    {"id":2,"method":"list_dbs","params":[]}
    "#);
}

#[test]
fn replies_out_of_order_go_to_their_requests_and_unknown_ones_nowhere() {
    let mut script = Script::connected();
    script.session.call("transact", &["T"]).unwrap();
    script.session.call("list_dbs", &[(); 0]).unwrap();
    script.receive(r#"{"id":3,"result":["T"],"error":null}{"id":2,"error":"canceled"}"#);
    script.receive(r#"{"id":3,"result":[],"error":null}{"id":"x","result":1,"error":null}"#);
    assert_eq!(script.events(), ["reply [\"T\"]", "error canceled"]);
}

#[test]
fn a_monitor_falls_back_to_the_method_the_server_knows() {
    for unknown in [
        vec![],
        vec!["monitor_cond_since"],
        vec!["monitor_cond_since", "monitor_cond"],
    ] {
        let mut script = Script::connected();
        script.unknown = unknown;
        script.monitor(Vec::new());
        let (method, id, params) = script.take_open();
        let (result, update, updates) = match method.as_str() {
            "monitor" => (
                json!({"A": {ROW: {"new": {"n": 2, "s": ["set", []]}}}}),
                json!([params[1], {"A": {ROW: {"old": {"n": 2}, "new": {"n": 3, "s": "x"}}}}]),
                "update",
            ),
            "monitor_cond" => (
                json!({"A": {ROW: {"initial": {"n": 2}}}}),
                json!([params[1], {"A": {ROW: {"modify": {"n": 3, "s": "x"}}}}]),
                "update2",
            ),
            _ => (
                json!([false, NONE, {"A": {ROW: {"initial": {"n": 2}}}}]),
                json!([params[1], NONE, {"A": {ROW: {"modify": {"n": 3, "s": "x"}}}}]),
                "update3",
            ),
        };
        script.receive(&json!({"id": id, "result": result, "error": null}).to_string());
        script.receive(&json!({"id": null, "method": updates, "params": update}).to_string());
        assert_eq!(
            script.events(),
            [
                "Initial 1: [\"n=2 s=[]\"] faults 0",
                "Delta 1: [\"n=3 s=[x]\"] faults 0"
            ],
            "{method}"
        );
    }
}

#[test]
fn a_server_older_than_its_own_database_will_do() {
    let mut script = Script::connected();
    script.server = Json::Null;
    script.monitor(Vec::new());
    script.reply(&json!([false, NONE, {"A": {}}]));
    assert_eq!(script.events(), ["Initial 0: [] faults 0"]);
}

#[test]
fn an_update_before_a_reply_is_applied_before_it() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    let params =
        script.reply(&json!([false, NONE, {"A": {ROW: {"initial": {"s": ["set", ["a", "b"]]}}}}]));
    script.session.call("transact", &["T"]).unwrap();
    let (_, id, _) = script.take_open();
    script.update3(
        &params,
        NONE,
        &json!({ROW: {"modify": {"n": 7, "s": ["set", ["b", "c"]]}}}),
    );
    script.receive(&json!({"id": id, "result": [], "error": null}).to_string());
    assert_eq!(
        script.events(),
        [
            "Initial 1: [\"n=0 s=[a, b]\"] faults 0",
            "Delta 1: [\"n=7 s=[a, c]\"] faults 0",
            "reply []"
        ]
    );
}

#[test]
fn changes_that_nobody_follows_one_by_one_are_told_together() {
    let mut script = Script::connected();
    let monitor = script.monitor(Vec::new());
    let params = script.reply(&json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}}}]));
    script.session.tell_each(monitor, false);
    script.session.call("transact", &["T"]).unwrap();
    let (_, id, _) = script.take_open();
    for n in 2..4 {
        script.update3(&params, LAST, &json!({ROW: {"modify": {"n": n}}}));
    }
    // Who is answered sees what came before the answer, and does not wait for what comes after.
    script.receive(&json!({"id": id, "result": [], "error": null}).to_string());
    script.update3(&params, LAST, &json!({ROW2: {"insert": {"n": 9}}}));
    assert_eq!(
        script.events(),
        [
            "Initial 1: [\"n=1 s=[]\"] faults 0",
            "Delta 1: [\"n=3 s=[]\"] faults 0",
            "reply []",
            "Delta 1: [\"n=3 s=[]\", \"n=9 s=[]\"] faults 0"
        ]
    );
    script.session.tell_each(monitor, true);
    for n in 4..6 {
        script.update3(&params, LAST, &json!({ROW: {"modify": {"n": n}}}));
    }
    assert_eq!(script.events().len(), 2);
}

#[test]
fn a_change_is_told_though_the_message_that_came_with_it_cannot_be_read() {
    let mut script = Script::connected();
    let monitor = script.monitor(Vec::new());
    let params = script.reply(&json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}}}]));
    script.session.tell_each(monitor, false);
    script.events();
    script.update3(&params, LAST, &json!({ROW: {"modify": {"n": 2}}}));
    script.update3(&params, LAST, &json!("no rows"));
    assert_eq!(script.events(), ["Delta 0: [\"n=2 s=[]\"] faults 0"]);
}

#[test]
fn a_bad_value_costs_its_column_only() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    script.reply(&json!([false, NONE, {"A": {ROW: {"initial": {"n": "no number", "s": "kept"}}}}]));
    assert_eq!(script.events(), ["Initial 1: [\"n=0 s=[kept]\"] faults 1"]);
}

#[test]
fn a_database_that_is_not_there_fails_a_client_that_does_not_reconnect() {
    let config = SessionConfig {
        reconnect: false,
        ..SessionConfig::default()
    };
    let mut script = Script::new(config, &["a"]);
    script.connect();
    script.unknown.push("get_schema");
    script.server = Json::Null;
    script.monitor(Vec::new());
    script.answer();
    assert_eq!(
        script.events(),
        ["failed: the server does not hold the database"]
    );
}

#[test]
fn a_resumed_monitor_keeps_its_rows_and_takes_what_it_missed() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    let params = script.reply(&json!([false, LAST, {"A": {ROW: {"initial": {"n": 1}}}}]));
    assert_eq!(params[3], NONE);
    assert_eq!(script.close(), "lost");
    script.connect();
    let params = script.reply(&json!([true, LAST, {"A": {ROW2: {"insert": {"n": 2}}}}]));
    assert_eq!(
        params[3], LAST,
        "the id of a reply counts though it said not found"
    );
    assert_eq!(
        script.events(),
        [
            "Initial 1: [\"n=1 s=[]\"] faults 0",
            "Resync 1: [\"n=1 s=[]\", \"n=2 s=[]\"] faults 0"
        ]
    );
}

#[test]
fn rows_that_come_whole_again_make_changes_only_where_they_differ_and_deletions_are_told() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    script.reply(
        &json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}, ROW2: {"initial": {"n": 2}}}}]),
    );
    script.close();
    script.connect();
    script.reply(&json!([false, NONE, {"A": {ROW2: {"initial": {"n": 2}}}}]));
    assert_eq!(script.events()[1], "Resync 1: [\"n=2 s=[]\"] faults 0");
}

fn clause(n: i64) -> Condition {
    Condition::Clause {
        column: "n".into(),
        function: Function::Equal,
        value: Datum::scalar(n),
    }
}

#[test]
fn changed_conditions_are_asked_for_one_after_the_other_and_resumed_when_acknowledged() {
    let mut script = Script::connected();
    let monitor = script.monitor(vec![clause(1)]);
    let params = script.reply(&json!([false, LAST, {"A": {}}]));
    assert_eq!(params[2]["A"][0]["where"], json!([["n", "==", 1]]));
    let first = script.session.set_conditions(monitor, "A", vec![clause(2)]);
    let second = script.session.set_conditions(monitor, "A", Vec::new());
    assert_eq!((first, second), (Some(1), Some(2)));
    let change = script.reply(&json!({}));
    assert_eq!(change[2]["A"][0]["where"], json!([["n", "==", 2]]));
    let change = script.reply(&json!({}));
    assert_eq!(change[2]["A"][0]["where"], json!([true]));
    assert_eq!(script.events()[1..], ["conditions 1", "conditions 2"]);
    script.close();
    script.connect();
    let (_, _, params) = script.take_open();
    assert_eq!(params[2]["A"][0]["where"], json!([true]));
    assert_eq!(params[3], LAST);
}

#[test]
fn a_change_of_conditions_under_way_when_the_connection_goes_loses_no_row() {
    let mut script = Script::connected();
    let monitor = script.monitor(vec![clause(1)]);
    script.reply(&json!([false, LAST, {"A": {ROW: {"initial": {"n": 1}}}}]));
    script.session.set_conditions(monitor, "A", vec![clause(2)]);
    script.take_open();
    script.close();
    script.connect();
    let params = script.reply(&json!([false, LAST, {"A": {ROW2: {"initial": {"n": 2}}}}]));
    assert_eq!(
        params[3], NONE,
        "the id means nothing without its conditions"
    );
    assert_eq!(params[2]["A"][0]["where"], json!([["n", "==", 2]]));
    assert_eq!(
        script.events(),
        [
            "Initial 1: [\"n=1 s=[]\"] faults 0",
            "Resync 2: [\"n=2 s=[]\"] faults 0",
            "conditions 1"
        ]
    );
}

#[test]
fn a_cancelled_monitor_is_made_anew_on_the_same_connection() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    let params = script.reply(&json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}}}]));
    script.receive(
        &json!({"id": null, "method": "monitor_canceled", "params": [params[1]]}).to_string(),
    );
    script.reply(&json!([false, NONE, {"A": {ROW: {"initial": {"n": 5}}}}]));
    assert_eq!(
        script.events(),
        [
            "Initial 1: [\"n=1 s=[]\"] faults 0",
            "Resync 1: [\"n=5 s=[]\"] faults 0"
        ]
    );
}

#[test]
fn a_wider_interest_in_the_same_database_shares_its_monitor() {
    let mut script = Script::connected();
    let first = script.monitor(vec![clause(1)]);
    script.reply(&json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}}}]));
    let second = script.session.monitor(Interest::everything("T"));
    assert_eq!(first, second);
    let params = script.reply(
        &json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}, ROW2: {"initial": {"n": 2}}}}]),
    );
    assert_eq!(params[2]["A"][0]["where"], json!([true]));
    assert_eq!(
        script.events()[1],
        "Resync 1: [\"n=1 s=[]\", \"n=2 s=[]\"] faults 0"
    );
}

#[test]
fn the_columns_that_conditions_name_are_asked_for_too() {
    let mut script = Script::connected();
    let table = TableInterest {
        columns: Selection::Named(vec!["s".into()]),
        conditions: vec![Condition::row(Uuid::from_u128(1))],
    };
    let interest = Interest::nothing("T").table_named("A", table);
    let monitor = script.session.monitor(interest);
    let first = script.reply(&json!([false, LAST, {"A": {ROW: {"initial": {}}}}]));
    assert_eq!(first[2]["A"][0]["columns"], json!(["s"]));

    let set = script.session.set_conditions(monitor, "A", vec![clause(2)]);
    assert_eq!(set, Some(1));
    let params = script.reply(&json!([false, LAST, {"A": {ROW2: {"initial": {"n": 2}}}}]));
    assert_eq!(params[2]["A"][0]["columns"], json!(["n", "s"]));
    assert_eq!(params[2]["A"][0]["where"], json!([["n", "==", 2]]));
    assert_eq!(params[3], NONE, "the other rows are not here yet");
    let events = script.events();
    assert_eq!(events.last().map(String::as_str), Some("conditions 1"));

    script.session.set_conditions(monitor, "A", vec![clause(3)]);
    let change = script.reply(&json!({}));
    assert_eq!(change[2]["A"][0]["where"], json!([["n", "==", 3]]));
}

/// What comes of an answer and an update that come in parts of this length; with `spaced` they are
/// not as servers write them, and read once they are whole.
fn in_parts(length: usize, spaced: bool) -> Vec<String> {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    let (_, id, params) = script.take_open();
    let wire = &params[1];
    let space = if spaced { " " } else { "" };
    let rows = format!(
        r#"{{"A":{{"{ROW}":{{"initial":{{"n":7,"s":["set",["a\"}}","b"]]}}}},"{ROW2}":{{"initial":{{"n":"bad","s":"kept"}}}}}}}}"#
    );
    let change =
        format!(r#"{{"A":{{"{ROW}":{{"modify":{{"s":"b"}}}},"{ROW2}":{{"delete":null}}}}}}"#);
    let stream = [
        format!(r#"{{{space}"id":{id},"result":[false,"{NONE}",{rows}],"error":null}}"#),
        format!(r#"{{{space}"id":null,"method":"update3","params":[{wire},"{LAST}",{change}]}}"#),
    ];
    for part in stream.concat().as_bytes().chunks(length) {
        script.session.handle_input(part, script.now);
    }
    assert!(script.session.poll_close().is_none());
    script.events()
}

#[test]
fn rows_that_are_read_while_they_come_are_those_of_the_whole_message() {
    let whole = in_parts(usize::MAX, true);
    assert_eq!(
        whole,
        [
            r#"Initial 2: ["n=7 s=[\"a\\\"}\", b]", "n=0 s=[kept]"] faults 1"#,
            r#"Delta 2: ["n=7 s=[\"a\\\"}\"]"] faults 0"#,
        ]
    );
    for length in (1..90).chain([usize::MAX]) {
        assert_eq!(in_parts(length, false), whole, "parts of {length} bytes");
        assert_eq!(in_parts(length, true), whole, "parts of {length} bytes");
    }
}

#[test]
fn rows_whose_message_is_cut_off_or_ends_in_an_error_change_nothing() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    script.reply(&json!([false, NONE, {"A": {ROW: {"initial": {"n": 2}}}}]));
    assert_eq!(script.events(), ["Initial 1: [\"n=2 s=[]\"] faults 0"]);
    script.close();
    script.connect();
    let (_, id, _) = script.take_open();
    let begun =
        format!(r#"{{"id":{id},"result":[false,"{NONE}",{{"A":{{"{ROW2}":{{"initial":{{}}}}"#);
    script.receive(&begun);
    assert_eq!(script.events(), [""; 0]);
    script.close();
    script.connect();
    let (_, id, _) = script.take_open();
    let rows = format!(r#"{{"A":{{"{ROW2}":{{"initial":{{}}}}}}}}"#);
    script.receive(&format!(
        r#"{{"id":{id},"result":[false,"{NONE}",{rows}],"error":"resources exhausted"}}"#
    ));
    assert_eq!(script.events(), ["failed: the server refused the monitor"]);
}

#[test]
fn rows_that_are_no_json_cost_the_connection_and_those_of_another_form_the_monitor() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    let (_, id, _) = script.take_open();
    script.receive(&format!(
        r#"{{"id":{id},"result":[false,"{NONE}",{{"A":{{"{ROW}":}}}}],"error":null}}"#
    ));
    assert_eq!(script.close(), "the server's message is no JSON-RPC");
    script.connect();
    script.reply(&json!([false, NONE, {"A": 1}]));
    assert_eq!(
        script.events(),
        ["failed: the server's rows cannot be read"]
    );
}
