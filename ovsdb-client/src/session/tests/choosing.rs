//! Which server a session talks to, and when it gives one up.

use std::time::Duration;

use serde_json::{Value as Json, json};

use super::script::{LAST, NONE, ROW, ROW2, Script};
use crate::session::{Member, SessionConfig, State};

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
    script.reply(&json!([false, LAST, {"A": {}}]));
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
    script
        .session
        .set_remotes(vec!["c".into(), "a".into()], script.now);
    assert!(script.session.poll_close().is_none());
    script.session.set_remotes(vec!["d".into()], script.now);
    assert_eq!(script.close(), "another connection was asked for");
    assert_eq!(script.session.poll_dial(script.now).as_deref(), Some("d"));
}

#[test]
fn a_passive_remote_is_waited_for_without_an_end() {
    let mut script = Script::new(SessionConfig::default(), &["p"]);
    script.session.poll_dial(script.now).expect("it is due");
    script.session.handle_listening();
    assert_eq!(*script.session.state(), State::Listening("p".into()));
    assert_eq!(script.session.poll_timeout(), None);
    script.now += Duration::from_secs(3600);
    script.session.handle_timeout(script.now);
    script.session.handle_dialled(script.now);
    assert_eq!(*script.session.state(), State::Serving("p".into()));
}

#[test]
fn after_a_passive_connection_there_is_no_wait_and_after_one_that_cannot_be_waited_for_there_is() {
    let mut script = Script::new(SessionConfig::default(), &["p"]);
    for _ in 0..5 {
        assert!(script.session.poll_dial(script.now).is_some());
        script.session.handle_listening();
        script.session.handle_dialled(script.now);
        script.close();
    }
    let mut seconds = Vec::new();
    for _ in 0..5 {
        script.session.poll_dial(script.now).expect("it is due");
        script.session.handle_listening();
        seconds.push(script.seconds());
        script.session.handle_dial_failed(script.now);
        script.now = script.session.poll_timeout().unwrap();
    }
    assert_eq!(seconds, [0, 0, 1, 3, 7]);
}

#[test]
fn a_passive_remote_that_calls_again_replaces_the_connection() {
    let config = SessionConfig {
        reconnect: false,
        ..SessionConfig::default()
    };
    let mut script = Script::new(config, &["p"]);
    script.session.poll_dial(script.now).expect("it is due");
    script.session.handle_listening();
    script.session.handle_dialled(script.now);
    script.session.call("transact", &["T"]).unwrap();
    script.receive("[\"half a mess");
    script.session.handle_replaced(script.now);
    assert_eq!(script.events(), ["unanswered"]);
    assert_eq!(
        script.sent(),
        "",
        "what was for the old one is not sent to the new"
    );
    script.session.call("echo", &["new"]).unwrap();
    script.receive(r#"{"id":4,"result":["new"],"error":null}"#);
    assert_eq!(script.events(), [r#"reply ["new"]"#]);
}

#[test]
fn a_passive_remote_that_is_not_wanted_any_more_is_waited_for_no_longer() {
    let mut script = Script::new(SessionConfig::default(), &["p"]);
    script.session.poll_dial(script.now).expect("it is due");
    script.session.handle_listening();
    script
        .session
        .set_remotes(vec!["p".into(), "a".into()], script.now);
    assert_eq!(*script.session.state(), State::Listening("p".into()));
    script.session.set_remotes(vec!["a".into()], script.now);
    assert_eq!(script.session.poll_dial(script.now).as_deref(), Some("a"));
}

#[test]
fn a_server_that_was_asked_for_rows_may_be_silent_for_longer() {
    let mut script = Script::connected();
    script.monitor(Vec::new());
    script.take_open();
    let asked = script.session.poll_timeout().unwrap();
    script.session.handle_timeout(asked);
    let due = script.session.poll_timeout().unwrap();
    assert_eq!(due - asked, Duration::from_mins(1));
    script.session.handle_timeout(due);
    assert_eq!(script.close(), "the server has been silent for 65s");
}
