//! The session on a clock that the tests hold.

use super::*;
use crate::replica::{Cause, Replica};
use crate::schema::{DatabaseLayout, DatabaseSchema};
use crate::serve::database::Database;
use crate::update::{Format, Update};

const SCHEMA: &str = r#"{"name": "T", "version": "1.0.0", "tables": {"A": {"columns": {
    "n": {"type": "integer"}}}}}"#;

struct Script {
    session: ServerSession,
    replica: Replica,
    now: Instant,
}

impl Script {
    fn new(config: ServeConfig) -> Self {
        let schema = std::sync::Arc::new(DatabaseSchema::parse(SCHEMA).unwrap());
        let layout = std::sync::Arc::new(DatabaseLayout::new(schema, &[]));
        let replica = Replica::new(layout);
        let database = Database::new(replica.snapshot()).unwrap();
        let databases = Databases::new([database], uuid::Uuid::nil()).unwrap();
        let now = Instant::now();
        Self {
            session: ServerSession::new(databases, config, now),
            replica,
            now,
        }
    }

    /// What the session says to these bytes, one message a line.
    fn say(&mut self, text: &str) -> String {
        self.session.handle_input(text.as_bytes(), self.now);
        self.sent()
    }

    fn sent(&mut self) -> String {
        let mut sent = Vec::new();
        while let Some(bytes) = self.session.poll_transmit(self.now) {
            sent.push(String::from_utf8(bytes).unwrap());
        }
        sent.join("\n")
    }

    /// Makes the one row's number this one.
    fn publish(&mut self, number: i64) -> String {
        let row = "10000000-0000-4000-8000-000000000001";
        let text = format!(r#"{{"A": {{"{row}": {{"insert": {{"n": {number}}}}}}}}}"#);
        let update = Update::decode(self.replica.layout(), Format::Differences, &text).unwrap();
        drop(self.replica.replace(update, Cause::Delta));
        let rows = self.replica.snapshot();
        self.session.publish("T", rows, self.now);
        self.sent()
    }

    fn pass(&mut self, time: Duration) -> String {
        self.now += time;
        self.session.handle_timeout(self.now);
        self.sent()
    }
}

fn wait(id: u8, number: i64, timeout: &str) -> String {
    format!(
        r#"{{"method":"transact","id":{id},"params":["T",{{"op":"wait","table":"A","where":[],
        "columns":["n"],"until":"==","rows":[{{"n":{number}}}]{timeout}}},
        {{"op":"select","table":"A","where":[],"columns":["n"]}}]}}"#
    )
}

#[test]
fn a_transaction_waits_for_rows_or_its_time() {
    let mut script = Script::new(ServeConfig::default());
    let monitor = r#"{"method":"monitor_cond","id":0,"params":["T","m",{"A":{"columns":["n"]}}]}"#;
    let mut said = vec![script.say(monitor)];
    said.push(script.say(&wait(1, 7, "")));
    said.push(script.say(&wait(2, 7, ",\"timeout\":250")));
    assert_eq!(
        script.session.poll_timeout(),
        Some(script.now + Duration::from_millis(250))
    );
    said.push(script.publish(5));
    said.push(script.pass(Duration::from_millis(249)));
    said.push(script.pass(Duration::from_millis(1)));
    said.push(script.publish(7));
    assert_eq!(script.session.poll_timeout(), None);
    insta::assert_snapshot!(said.join("\n--\n"), @r#"
    {"id":0,"result":{},"error":null}
    --

    --

    --
    {"id":null,"method":"update2","params":["m",{"A":{"10000000-0000-4000-8000-000000000001":{"insert":{"n":5}}}}]}
    --

    --
    {"id":2,"result":[{"error":"timed out","details":"\"wait\" timed out after 250 ms"},null],"error":null}
    --
    {"id":null,"method":"update2","params":["m",{"A":{"10000000-0000-4000-8000-000000000001":{"modify":{"n":7}}}}]}
    {"id":1,"result":[{},{"rows":[{"n":7}]}],"error":null}
    "#);
}

#[test]
fn the_answers_are_the_same_wherever_the_requests_are_cut() {
    let requests = format!(
        r#"{{"method":"list_dbs","params":[],"id":"é"}} {}{{"method":"x","params":[],"id":1}}"#,
        wait(3, 0, ",\"timeout\":0")
    );
    let whole = Script::new(ServeConfig::default()).say(&requests);
    assert_eq!(whole.lines().count(), 3);
    for cut in 0..requests.len() {
        let mut script = Script::new(ServeConfig::default());
        let (head, tail) = requests.as_bytes().split_at(cut);
        script.session.handle_input(head, script.now);
        script.session.handle_input(tail, script.now);
        assert_eq!(script.sent(), whole, "cut at {cut}");
    }
}

#[test]
fn a_message_without_an_end_closes_the_connection() {
    let mut script = Script::new(ServeConfig::default());
    script.say(r#"{"method":""#);
    let piece = "x".repeat(1 << 20);
    for _ in 0..MAX_REQUEST >> 20 {
        assert!(script.session.close_reason().is_none());
        script.say(&piece);
    }
    let reason = script.session.close_reason().unwrap();
    assert_eq!(
        reason.to_string(),
        "the client's message is greater than 16777216 bytes"
    );
}

#[test]
fn what_is_said_before_a_fatal_message_is_still_answered() {
    let mut script = Script::new(ServeConfig::default());
    let input = r#"{"method":"echo","params":[1],"id":1}{"jsonrpc":"2.0"}{"method":"echo","params":[2],"id":2}"#;
    script.session.handle_input(input.as_bytes(), script.now);
    assert!(script.session.close_reason().is_none(), "the answer first");
    assert_eq!(script.sent(), r#"{"id":1,"result":[1],"error":null}"#);
    assert!(matches!(
        script.session.close_reason(),
        Some(CloseReason::Malformed(_))
    ));
}
