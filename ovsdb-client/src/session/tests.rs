//! The session against scripted messages, on a clock that the tests hold.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::*;
use crate::operation::{Condition, Function};
use crate::schema::{DatabaseLayout, DatabaseSchema};
use crate::value::Datum;

const SCHEMA: &str = r#"{"name": "T", "version": "1.0.0", "tables": {"A": {"columns": {
    "n": {"type": "integer"},
    "s": {"type": {"key": "string", "min": 0, "max": "unlimited"}}}}}}"#;
const ROW: &str = "10000000-0000-4000-8000-000000000001";

struct Script {
    session: Session,
    now: Instant,
}

impl Script {
    fn new() -> Self {
        let now = Instant::now();
        Self {
            session: Session::new(&SessionConfig::default(), now),
            now,
        }
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
        self.session
            .handle_input(message.as_bytes(), self.now)
            .unwrap();
    }

    /// The events so far, in short.
    fn events(&mut self) -> Vec<String> {
        let mut events = Vec::new();
        while let Some(event) = self.session.poll_event() {
            events.push(match event {
                Event::Reply { call, result } => match result {
                    Ok(json) => format!("reply {}: {json}", call.0),
                    Err(error) => format!("reply {}: error {error}", call.0),
                },
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
                Event::MonitorFailed { error, .. } => format!("failed: {error}"),
            });
        }
        events
    }

    fn monitor(&mut self, conditions: Vec<Condition>) {
        let schema = Arc::new(DatabaseSchema::parse(SCHEMA).unwrap());
        self.session.monitor(MonitorRequest {
            layout: Arc::new(DatabaseLayout::new(schema, &[])),
            tables: vec![MonitorTable {
                table: "A".into(),
                conditions,
            }],
        });
    }
}

#[test]
fn an_echo_is_answered_before_anything_else_that_waits_to_be_sent() {
    let mut script = Script::new();
    script.session.call("list_dbs", &[(); 0]).unwrap();
    script.receive(r#"{"id":"echo","method":"echo","params":[1,"a",{"b":[]}]}"#);
    insta::assert_snapshot!(script.sent(), @r#"
    {"id":"echo","result":[1,"a",{"b":[]}],"error":null}
    {"id":0,"method":"list_dbs","params":[]}
    "#);
}

#[test]
fn replies_out_of_order_go_to_their_requests() {
    let mut script = Script::new();
    script.session.call("transact", &["T"]).unwrap();
    script.session.call("list_dbs", &[(); 0]).unwrap();
    script.receive(r#"{"id":1,"result":["T"],"error":null}{"id":0,"error":"canceled"}"#);
    assert_eq!(
        script.events(),
        ["reply 1: [\"T\"]", "reply 0: error canceled"]
    );
}

#[test]
fn a_reply_to_a_forgotten_or_unknown_request_is_passed_over() {
    let mut script = Script::new();
    let call = script.session.call("list_dbs", &[(); 0]).unwrap();
    script.session.forget(call);
    script.receive(r#"{"id":0,"result":[],"error":null}{"id":"x","result":1,"error":null}"#);
    assert!(script.events().is_empty());
}

#[test]
fn a_monitor_falls_back_to_the_method_the_server_knows() {
    let mut script = Script::new();
    script.monitor(vec![Condition::Clause {
        column: "n".into(),
        function: Function::Greater,
        value: Datum::scalar(1),
    }]);
    script.receive(r#"{"id":0,"error":"unknown method"}"#);
    script.receive(r#"{"id":1,"error":{"error":"unknown method"}}"#);
    script.receive(&format!(
        r#"{{"id":2,"result":{{"A":{{"{ROW}":{{"new":{{"n":2,"s":["set",[]]}}}}}}}},"error":null}}"#
    ));
    script.receive(&format!(
        r#"{{"id":null,"method":"update","params":[0,{{"A":{{"{ROW}":{{"old":{{"n":2}},"new":{{"n":3,"s":"x"}}}}}}}}]}}"#
    ));
    script.receive(&format!(
        r#"{{"id":null,"method":"update","params":[0,{{"A":{{"{ROW}":{{"old":{{"n":3,"s":"x"}}}}}}}}]}}"#
    ));
    insta::assert_snapshot!(script.sent(), @r#"
    {"id":0,"method":"monitor_cond_since","params":["T",0,{"A":[{"columns":["n","s"],"where":[["n",">",1]]}]},"00000000-0000-0000-0000-000000000000"]}
    {"id":1,"method":"monitor_cond","params":["T",0,{"A":[{"columns":["n","s"],"where":[["n",">",1]]}]}]}
    {"id":2,"method":"monitor","params":["T",0,{"A":[{"columns":["n","s"]}]}]}
    "#);
    insta::assert_debug_snapshot!(script.events(), @r#"
    [
        "Initial 1: [\"n=2 s=[]\"] faults 0",
        "Delta 1: [\"n=3 s=[x]\"] faults 0",
        "Delta 1: [] faults 0",
    ]
    "#);
}

#[test]
fn updates_of_the_newest_method_are_differences_and_come_before_the_reply_they_preceded() {
    let mut script = Script::new();
    script.monitor(Vec::new());
    script.session.call("transact", &["T"]).unwrap();
    script.receive(&format!(
        r#"{{"id":0,"result":[false,"00000000-0000-0000-0000-000000000000",{{"A":{{"{ROW}":{{"initial":{{"s":["set",["a","b"]]}}}}}}}}],"error":null}}"#
    ));
    script.receive(&format!(
        r#"{{"id":null,"method":"update3","params":[0,"00000000-0000-0000-0000-000000000000",{{"A":{{"{ROW}":{{"modify":{{"n":7,"s":["set",["b","c"]]}}}}}}}}]}}{{"id":1,"result":[],"error":null}}"#
    ));
    insta::assert_debug_snapshot!(script.events(), @r#"
    [
        "Initial 1: [\"n=0 s=[a, b]\"] faults 0",
        "Delta 1: [\"n=7 s=[a, c]\"] faults 0",
        "reply 1: []",
    ]
    "#);
}

#[test]
fn a_bad_value_costs_its_column_only() {
    let mut script = Script::new();
    script.monitor(Vec::new());
    script.receive(&format!(
        r#"{{"id":0,"result":[false,"x",{{"A":{{"{ROW}":{{"initial":{{"n":"no number","s":"kept"}}}}}}}}],"error":null}}"#
    ));
    insta::assert_debug_snapshot!(script.events(), @r#"
    [
        "Initial 1: [\"n=0 s=[kept]\"] faults 1",
    ]
    "#);
}

#[test]
fn a_refused_monitor_says_what_the_server_said() {
    let mut script = Script::new();
    script.monitor(Vec::new());
    script.receive(r#"{"id":0,"error":{"error":"unknown database","details":"no such"}}"#);
    assert_eq!(script.events(), ["failed: the server refused the monitor"]);
}

#[test]
fn a_silent_server_is_asked_after_one_interval_and_given_up_after_two() {
    let mut script = Script::new();
    let start = script.now;
    let due = script.session.poll_timeout().unwrap();
    assert_eq!(due - start, Duration::from_secs(5));
    script.session.handle_timeout(due).unwrap();
    assert_eq!(script.sent(), r#"{"id":0,"method":"echo","params":[]}"#);
    let due = script.session.poll_timeout().unwrap();
    assert_eq!(due - start, Duration::from_secs(10));
    let error = script.session.handle_timeout(due).unwrap_err();
    assert_eq!(error.to_string(), "the server has been silent for 10s");
}

#[test]
fn any_byte_is_a_sign_of_life() {
    let mut script = Script::new();
    let start = script.now;
    script
        .session
        .handle_timeout(start + Duration::from_secs(5))
        .unwrap();
    script
        .session
        .handle_input(b" ", start + Duration::from_secs(9))
        .unwrap();
    let due = script.session.poll_timeout().unwrap();
    assert_eq!(due - start, Duration::from_secs(14));
}

#[test]
fn bytes_that_are_no_messages_end_the_conversation() {
    for (bytes, expected) in [
        ("HTTP/1.1 400 Bad Request", "the server's bytes are no messages"),
        ("{\"x\":1}", "the server's message is no JSON-RPC"),
        ("{nonsense}", "the server's message is no JSON-RPC"),
    ] {
        let mut script = Script::new();
        let error = script
            .session
            .handle_input(bytes.as_bytes(), script.now)
            .unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
