//! Locks, and requests that are cancelled.

use std::time::Duration;

use super::script::Script;
use crate::session::SessionConfig;

fn unaware() -> Script {
    let config = SessionConfig {
        change_aware: false,
        ..SessionConfig::default()
    };
    let mut script = Script::new(config, &["a"]);
    script.connect();
    script
}

#[test]
fn a_cancelled_request_is_answered_by_what_the_server_said_before_the_echo() {
    let canceled = r#"{"id":1,"error":"canceled"}"#;
    let carried_out = r#"{"id":1,"result":[{}],"error":null}"#;
    let echo = r#"{"id":2,"result":[],"error":null}"#;
    for (messages, expected) in [
        (vec![canceled, echo], "error canceled"),
        (vec![carried_out, echo], "reply [{}]"),
        (vec![echo], "error canceled"),
        // A server that answers later than it may is passed over.
        (vec![echo, carried_out], "error canceled"),
    ] {
        let mut script = unaware();
        let call = script.session.call("transact", &["T"]).unwrap().unwrap();
        script.session.cancel(call);
        insta::allow_duplicates! {
            insta::assert_snapshot!(script.sent(), @r#"
            {"id":1,"method":"transact","params":["T"]}
            {"id":null,"method":"cancel","params":[1]}
            {"id":2,"method":"echo","params":[]}
            "#);
        }
        for message in messages {
            script.receive(message);
        }
        assert_eq!(script.events(), [expected]);
        script.session.cancel(call);
        assert_eq!(script.sent(), "", "there is nothing to cancel any more");
    }
}

#[test]
fn a_cancelled_request_whose_connection_goes_is_unanswered() {
    let mut script = unaware();
    let call = script.session.call("transact", &["T"]).unwrap().unwrap();
    script.session.cancel(call);
    script.close();
    assert_eq!(script.events(), ["unanswered"]);
}

#[test]
fn a_lock_goes_through_the_hands_of_others_and_over_connections() {
    let mut script = unaware();
    assert!(script.session.lock("l", false));
    assert!(!script.session.lock("l", true), "it was asked for already");
    insta::assert_snapshot!(script.sent(), @r#"{"id":1,"method":"lock","params":["l"]}"#);
    script.receive(r#"{"id":1,"result":{"locked":false},"error":null}"#);
    assert!(script.events().is_empty(), "it waits as before");
    for (message, expected) in [
        (
            r#"{"id":null,"method":"locked","params":["l"]}"#,
            "l Ok(Held)",
        ),
        (
            r#"{"id":null,"method":"stolen","params":["l"]}"#,
            "l Ok(Stolen)",
        ),
        (
            r#"{"id":null,"method":"locked","params":["l"]}"#,
            "l Ok(Held)",
        ),
    ] {
        script.receive(message);
        assert_eq!(script.events(), [expected]);
    }
    script.receive(r#"{"id":null,"method":"locked","params":["other"]}"#);
    assert!(script.events().is_empty());

    script.close();
    assert_eq!(script.events(), ["l Ok(Waiting)"]);
    script.connect();
    insta::assert_snapshot!(script.sent(), @r#"{"id":2,"method":"lock","params":["l"]}"#);
    script.receive(r#"{"id":2,"result":{"locked":true},"error":null}"#);
    assert_eq!(script.events(), ["l Ok(Held)"]);
    script.session.unlock("l");
    script.session.unlock("l");
    insta::assert_snapshot!(script.sent(), @r#"{"id":3,"method":"unlock","params":["l"]}"#);
}

#[test]
fn a_lock_is_stolen_once_and_asked_for_on_the_next_connection() {
    let mut script = unaware();
    script.session.lock("l", true);
    insta::assert_snapshot!(script.sent(), @r#"{"id":1,"method":"steal","params":["l"]}"#);
    script.receive(r#"{"id":1,"result":{"locked":true},"error":null}"#);
    script.close();
    script.now += Duration::from_secs(1);
    script.connect();
    insta::assert_snapshot!(script.sent(), @r#"{"id":2,"method":"lock","params":["l"]}"#);
}

#[test]
fn a_lock_that_a_server_refuses_is_forgotten() {
    let mut script = unaware();
    script.session.lock("l", false);
    script.receive(r#"{"id":1,"error":"lock and unlock methods not allowed"}"#);
    let [event] = script.events().try_into().unwrap();
    assert!(event.starts_with("l Err("), "{event}");
    script.sent();
    script.session.unlock("l");
    assert_eq!(script.sent(), "");
}

#[test]
fn a_lock_that_no_server_was_asked_for_is_given_up_in_silence() {
    let mut script = Script::new(SessionConfig::default(), &["a"]);
    script.session.lock("l", false);
    script.session.unlock("l");
    script.connect();
    assert_eq!(script.sent(), "");
}
