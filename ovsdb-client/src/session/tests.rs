//! The session against scripted servers, on a clock that the tests hold.

use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use super::*;
use crate::operation::{Condition, Function};
use crate::value::Datum;

const SCHEMA: &str = r#"{"name": "T", "version": "1.0.0", "tables": {"A": {"columns": {
    "n": {"type": "integer"},
    "s": {"type": {"key": "string", "min": 0, "max": "unlimited"}}}}}}"#;
const SERVER_SCHEMA: &str = r#"{"name": "_Server", "version": "1.2.0", "tables": {"Database": {"columns": {
    "name": {"type": "string"}, "model": {"type": "string"}, "connected": {"type": "boolean"},
    "leader": {"type": "boolean"}, "cid": {"type": {"key": "uuid", "min": 0, "max": 1}},
    "index": {"type": {"key": "integer", "min": 0, "max": 1}}}}}}"#;
const ROW: &str = "10000000-0000-4000-8000-000000000001";
const ROW2: &str = "20000000-0000-4000-8000-000000000002";
const NONE: &str = "00000000-0000-0000-0000-000000000000";
const LAST: &str = "30000000-0000-4000-8000-000000000003";

struct Script {
    session: Session,
    now: Instant,
    start: Instant,
    /// What the server says of itself; null for a server without `_Server`.
    server: Json,
    /// The methods the server does not know.
    unknown: Vec<&'static str>,
    /// The requests that the server leaves to the test: the last id of each method.
    open: Vec<(String, u64, Json)>,
}

impl Script {
    fn new(config: SessionConfig, remotes: &[&str]) -> Self {
        let now = Instant::now();
        let remotes = remotes.iter().map(|&name| name.into()).collect();
        let config = SessionConfig {
            shuffle: false,
            ..config
        };
        Self {
            session: Session::new(config, remotes, 0, now),
            now,
            start: now,
            server: json!({"name": "T", "model": "standalone", "connected": true, "leader": true}),
            unknown: Vec::new(),
            open: Vec::new(),
        }
    }

    /// A session that is connected to one server.
    fn connected() -> Self {
        let mut script = Self::new(SessionConfig::default(), &["a"]);
        script.connect();
        script
    }

    fn connect(&mut self) {
        self.now = self.session.poll_timeout().expect("an attempt comes");
        self.session.poll_dial(self.now).expect("an attempt is due");
        self.session.handle_dialled(self.now);
    }

    fn seconds(&self) -> u64 {
        self.now.duration_since(self.start).as_secs()
    }

    /// What the client sends now, one message a line.
    fn sent(&mut self) -> String {
        let mut sent = Vec::new();
        while let Some(bytes) = self.session.poll_transmit() {
            sent.push(String::from_utf8(bytes).unwrap());
        }
        sent.join("\n")
    }

    fn receive(&mut self, message: &str) {
        self.session.handle_input(message.as_bytes(), self.now);
    }

    /// Answers everything up to the monitor of the test's database, as a server would.
    fn answer(&mut self) {
        while let Some(bytes) = self.session.poll_transmit() {
            let request: Json = serde_json::from_slice(&bytes).unwrap();
            let (method, params) = (request["method"].as_str().unwrap(), &request["params"]);
            let Some(id) = request["id"].as_u64() else {
                continue;
            };
            let result = match (method, params[0].as_str()) {
                _ if self.unknown.contains(&method) => None,
                ("set_db_change_aware" | "monitor_cancel", _) => Some(json!({})),
                ("get_schema", Some("_Server")) if self.server.is_null() => {
                    self.receive(
                        &json!({"id": id, "error": {"error": "unknown database"}}).to_string(),
                    );
                    continue;
                }
                ("get_schema", Some("_Server")) => serde_json::from_str(SERVER_SCHEMA).unwrap(),
                ("get_schema", _) => serde_json::from_str(SCHEMA).unwrap(),
                ("monitor_cond_since", Some("_Server")) => {
                    Some(json!([false, NONE, {"Database": {ROW: {"initial": self.server}}}]))
                }
                ("monitor_cond" | "monitor", Some("_Server")) => {
                    let word = if method == "monitor" {
                        "new"
                    } else {
                        "initial"
                    };
                    Some(json!({"Database": {ROW: {word: self.server}}}))
                }
                _ => {
                    self.open.push((method.to_owned(), id, params.clone()));
                    continue;
                }
            };
            let reply = match result {
                Some(result) => json!({"id": id, "result": result, "error": null}),
                None => json!({"id": id, "error": "unknown method"}),
            };
            self.receive(&reply.to_string());
        }
    }

    /// The request that the server left open, taken out.
    fn take_open(&mut self) -> (String, u64, Json) {
        self.answer();
        self.open.pop().expect("a request is open")
    }

    /// Answers the open request.
    fn reply(&mut self, result: Json) -> Json {
        let (_, id, params) = self.take_open();
        self.receive(&json!({"id": id, "result": result, "error": null}).to_string());
        params
    }

    fn monitor(&mut self, conditions: Vec<Condition>) -> MonitorId {
        let table = TableInterest {
            columns: crate::schema::Selection::All,
            conditions,
        };
        self.session
            .monitor(Interest::nothing("T").table_named("A", table))
    }

    /// The events so far, in short; states left out.
    fn events(&mut self) -> Vec<String> {
        let mut events = Vec::new();
        while let Some(event) = self.session.poll_event() {
            events.push(match event {
                Event::State(_) => continue,
                Event::Reply { result, .. } => match result {
                    Ok(json) => format!("reply {json}"),
                    Err(error) => format!("error {error}"),
                },
                Event::Unanswered { .. } => "unanswered".to_owned(),
                Event::Replicated {
                    snapshot,
                    batch,
                    faults,
                    ..
                } => {
                    let table = snapshot.table("A").unwrap();
                    let rows: Vec<String> = table
                        .iter()
                        .map(|row| {
                            row.values(table.layout())
                                .map(|(name, value)| format!("{name}={value}"))
                                .collect::<Vec<_>>()
                                .join(" ")
                        })
                        .collect();
                    let (cause, changed) = (batch.cause, batch.len());
                    format!("{cause:?} {changed}: {rows:?} faults {}", faults.len())
                }
                Event::Conditions { set, .. } => format!("conditions {set}"),
                Event::MonitorFailed { error, .. } => format!("failed: {error}"),
            });
        }
        events
    }

    fn update3(&mut self, params: &Json, last: &str, rows: Json) {
        let message =
            json!({"id": null, "method": "update3", "params": [params[1], last, {"A": rows}]});
        self.receive(&message.to_string());
    }

    /// Drops the connection as the owner does, and says why it was to be.
    fn close(&mut self) -> String {
        let reason = self.session.poll_close();
        self.session.handle_closed(self.now);
        reason.map_or("lost".to_owned(), |reason| reason.to_string())
    }
}

#[test]
fn an_echo_is_answered_before_anything_else_that_waits_to_be_sent() {
    let mut script = Script::connected();
    script.session.call("list_dbs", &[(); 0]).unwrap();
    script.receive(r#"{"id":"echo","method":"echo","params":[1,"a",{"b":[]}]}"#);
    insta::assert_snapshot!(script.sent(), @r#"
    {"id":"echo","result":[1,"a",{"b":[]}],"error":null}
    {"id":1,"method":"list_dbs","params":[]}
    "#);
}

#[test]
fn replies_out_of_order_go_to_their_requests_and_unknown_ones_nowhere() {
    let mut script = Script::connected();
    script.session.call("transact", &["T"]).unwrap();
    script.session.call("list_dbs", &[(); 0]).unwrap();
    script.receive(r#"{"id":2,"result":["T"],"error":null}{"id":1,"error":"canceled"}"#);
    script.receive(r#"{"id":2,"result":[],"error":null}{"id":"x","result":1,"error":null}"#);
    assert_eq!(script.events(), ["reply [\"T\"]", "error canceled"]);
}

#[test]
fn a_cancelled_request_is_told_to_the_server_and_its_late_reply_passed_over() {
    let mut script = Script::connected();
    let call = script.session.call("transact", &["T"]).unwrap().unwrap();
    script.session.cancel(call);
    script.receive(r#"{"id":1,"error":"canceled"}"#);
    assert!(script.events().is_empty());
    insta::assert_snapshot!(script.sent(), @r#"
    {"id":1,"method":"transact","params":["T"]}
    {"id":null,"method":"cancel","params":[1]}
    "#);
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
    script.reply(json!([false, NONE, {"A": {}}]));
    assert_eq!(script.events(), ["Initial 0: [] faults 0"]);
}

#[test]
fn an_update_before_a_reply_is_applied_before_it() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    let params =
        script.reply(json!([false, NONE, {"A": {ROW: {"initial": {"s": ["set", ["a", "b"]]}}}}]));
    script.session.call("transact", &["T"]).unwrap();
    let (_, id, _) = script.take_open();
    script.update3(
        &params,
        NONE,
        json!({ROW: {"modify": {"n": 7, "s": ["set", ["b", "c"]]}}}),
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
fn a_bad_value_costs_its_column_only() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    script.reply(json!([false, NONE, {"A": {ROW: {"initial": {"n": "no number", "s": "kept"}}}}]));
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
    let params = script.reply(json!([false, LAST, {"A": {ROW: {"initial": {"n": 1}}}}]));
    assert_eq!(params[3], NONE);
    assert_eq!(script.close(), "lost");
    script.connect();
    let params = script.reply(json!([true, LAST, {"A": {ROW2: {"insert": {"n": 2}}}}]));
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
        json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}, ROW2: {"initial": {"n": 2}}}}]),
    );
    script.close();
    script.connect();
    script.reply(json!([false, NONE, {"A": {ROW2: {"initial": {"n": 2}}}}]));
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
    let params = script.reply(json!([false, LAST, {"A": {}}]));
    assert_eq!(params[2]["A"][0]["where"], json!([["n", "==", 1]]));
    let first = script.session.set_conditions(monitor, "A", vec![clause(2)]);
    let second = script.session.set_conditions(monitor, "A", Vec::new());
    assert_eq!((first, second), (Some(1), Some(2)));
    let change = script.reply(json!({}));
    assert_eq!(change[2]["A"][0]["where"], json!([["n", "==", 2]]));
    let change = script.reply(json!({}));
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
    script.reply(json!([false, LAST, {"A": {ROW: {"initial": {"n": 1}}}}]));
    script.session.set_conditions(monitor, "A", vec![clause(2)]);
    script.take_open();
    script.close();
    script.connect();
    let params = script.reply(json!([false, LAST, {"A": {ROW2: {"initial": {"n": 2}}}}]));
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
    let params = script.reply(json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}}}]));
    script.receive(
        &json!({"id": null, "method": "monitor_canceled", "params": [params[1]]}).to_string(),
    );
    script.reply(json!([false, NONE, {"A": {ROW: {"initial": {"n": 5}}}}]));
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
    script.reply(json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}}}]));
    let second = script.session.monitor(Interest::everything("T"));
    assert_eq!(first, second);
    let params = script.reply(
        json!([false, NONE, {"A": {ROW: {"initial": {"n": 1}}, ROW2: {"initial": {"n": 2}}}}]),
    );
    assert_eq!(params[2]["A"][0]["where"], json!([true]));
    assert_eq!(
        script.events()[1],
        "Resync 1: [\"n=1 s=[]\", \"n=2 s=[]\"] faults 0"
    );
}

#[test]
fn a_silent_server_is_asked_after_one_interval_and_given_up_after_two() {
    let mut script = Script::connected();
    let due = script.session.poll_timeout().unwrap();
    assert_eq!(due - script.start, Duration::from_secs(5));
    script.session.handle_timeout(due);
    assert_eq!(script.sent(), r#"{"id":1,"method":"echo","params":[]}"#);
    let due = script.session.poll_timeout().unwrap();
    assert_eq!(due - script.start, Duration::from_secs(10));
    script.session.handle_timeout(due);
    assert_eq!(script.close(), "the server has been silent for 10s");
}

#[test]
fn any_byte_is_a_sign_of_life() {
    let mut script = Script::connected();
    script
        .session
        .handle_timeout(script.start + Duration::from_secs(5));
    script
        .session
        .handle_input(b" ", script.start + Duration::from_secs(9));
    let due = script.session.poll_timeout().unwrap();
    assert_eq!(due - script.start, Duration::from_secs(14));
}

#[test]
fn bytes_that_are_no_messages_end_the_connection() {
    for (bytes, expected) in [
        (
            "HTTP/1.1 400 Bad Request",
            "the server's bytes are no messages",
        ),
        ("{\"x\":1}", "the server's message is no JSON-RPC"),
        ("{nonsense}", "the server's message is no JSON-RPC"),
    ] {
        let mut script = Script::connected();
        script.receive(bytes);
        assert_eq!(script.close(), expected);
    }
}

#[test]
fn a_request_that_was_sent_when_the_connection_goes_is_unanswered() {
    let mut script = Script::connected();
    script.session.call("transact", &["T"]).unwrap();
    script.close();
    assert_eq!(script.events(), ["unanswered"]);
    assert!(script.session.call("transact", &["T"]).unwrap().is_none());
}

fn clustered(leader: bool, index: i64, cluster: &str) -> Json {
    json!({"name": "T", "model": "clustered", "connected": true, "leader": leader,
           "index": index, "cid": ["uuid", cluster]})
}

/// Connects a client that replicates to a server that says this of itself.
fn judged(script: &mut Script, server: Json) -> Option<String> {
    script.server = server;
    while script.session.poll_dial(script.now).is_none() {
        script.now = script.session.poll_timeout().unwrap();
    }
    script.session.handle_dialled(script.now);
    script.answer();
    script.session.poll_close().map(|reason| {
        script.session.handle_closed(script.now);
        std::error::Error::source(&reason).map_or(String::new(), ToString::to_string)
    })
}

#[test]
fn a_server_that_will_not_do_is_left_for_the_next_one() {
    let config = SessionConfig {
        member: Member::Leader,
        ..SessionConfig::default()
    };
    let mut script = Script::new(config, &["a", "b", "c"]);
    script.monitor(Vec::new());
    let mut out_of_touch = clustered(true, 7, ROW);
    out_of_touch["connected"] = json!(false);
    let relay = json!({"name": "T", "model": "relay", "connected": true, "leader": false});
    let joining = json!({"name": "other", "model": "clustered"});
    let steps = [
        (
            clustered(false, 7, ROW),
            Some("the server is not the cluster's leader"),
        ),
        (relay, Some("the server is not the cluster's leader")),
        (joining, Some("the server does not hold T")),
        (
            out_of_touch,
            Some("the server is out of touch with its cluster"),
        ),
        (clustered(true, 7, ROW), None),
    ];
    for (server, expected) in steps {
        assert_eq!(judged(&mut script, server).as_deref(), expected);
    }
    assert_eq!(
        script.seconds(),
        3,
        "all three were tried before the waits of 1 and 2 s"
    );
    script.close();
    let stale = judged(&mut script, clustered(true, 6, ROW));
    assert_eq!(
        stale.as_deref(),
        Some("the server is at index 6, behind 7 seen before")
    );
    let other = judged(&mut script, clustered(true, 8, ROW2));
    assert_eq!(
        other.as_deref(),
        Some(
            "the server belongs to cluster 20000000-0000-4000-8000-000000000002, not 10000000-0000-4000-8000-000000000001"
        )
    );
}

#[test]
fn a_leader_that_steps_down_is_left_at_once_and_without_a_wait() {
    let config = SessionConfig {
        member: Member::Leader,
        ..SessionConfig::default()
    };
    let mut script = Script::new(config, &["a", "b"]);
    script.monitor(Vec::new());
    assert_eq!(judged(&mut script, clustered(true, 7, ROW)), None);
    script.reply(json!([false, LAST, {"A": {}}]));
    let wire = script.session.server_wire().unwrap();
    let step_down = json!({"id": null, "method": "update3", "params":
        [wire, NONE, {"Database": {ROW: {"modify": {"leader": false}}}}]});
    script.receive(&step_down.to_string());
    assert_eq!(script.close(), "the server will not do");
    assert_eq!(script.session.poll_dial(script.now).as_deref(), Some("b"));
}

#[test]
fn the_attempts_for_a_dead_server_come_after_growing_waits() {
    let mut script = Script::new(SessionConfig::default(), &["a"]);
    let mut seconds = Vec::new();
    for _ in 0..6 {
        script.session.poll_dial(script.now).expect("it is due");
        seconds.push(script.seconds());
        script.session.handle_dial_failed(script.now);
        assert!(script.session.poll_dial(script.now).is_none());
        script.now = script.session.poll_timeout().unwrap();
    }
    assert_eq!(seconds, [0, 1, 3, 7, 15, 23]);
}

#[test]
fn an_attempt_that_hangs_is_given_up() {
    let mut script = Script::new(SessionConfig::default(), &["a", "b"]);
    assert_eq!(script.session.poll_dial(script.now).as_deref(), Some("a"));
    script.now = script.session.poll_timeout().unwrap();
    assert_eq!(script.seconds(), 1);
    script.session.handle_timeout(script.now);
    assert_eq!(script.session.poll_dial(script.now).as_deref(), Some("b"));
}

#[test]
fn other_remotes_are_gone_to_unless_the_present_one_is_among_them() {
    let mut script = Script::new(SessionConfig::default(), &["a", "b"]);
    script.connect();
    script.session.set_remotes(vec!["c".into(), "a".into()]);
    assert!(script.session.poll_close().is_none());
    script.session.set_remotes(vec!["d".into()]);
    assert_eq!(script.close(), "another connection was asked for");
    assert_eq!(script.session.poll_dial(script.now).as_deref(), Some("d"));
}
