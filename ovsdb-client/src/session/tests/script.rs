//! A scripted server, and a session that talks to it on a clock that the tests hold.

use std::time::Instant;

use serde_json::{Value as Json, json};

use crate::operation::Condition;
use crate::session::{Event, Interest, MonitorId, Session, SessionConfig, TableInterest};

const SCHEMA: &str = r#"{"name": "T", "version": "1.0.0", "tables": {"A": {"columns": {
    "n": {"type": "integer"},
    "s": {"type": {"key": "string", "min": 0, "max": "unlimited"}}}}}}"#;
const SERVER_SCHEMA: &str = r#"{"name": "_Server", "version": "1.2.0", "tables": {"Database": {"columns": {
    "name": {"type": "string"}, "model": {"type": "string"}, "connected": {"type": "boolean"},
    "leader": {"type": "boolean"}, "cid": {"type": {"key": "uuid", "min": 0, "max": 1}},
    "index": {"type": {"key": "integer", "min": 0, "max": 1}}}}}}"#;
pub(super) const ROW: &str = "10000000-0000-4000-8000-000000000001";
pub(super) const ROW2: &str = "20000000-0000-4000-8000-000000000002";
pub(super) const NONE: &str = "00000000-0000-0000-0000-000000000000";
pub(super) const LAST: &str = "30000000-0000-4000-8000-000000000003";

pub(super) struct Script {
    pub(super) session: Session,
    pub(super) now: Instant,
    pub(super) start: Instant,
    /// What the server says of itself; null for a server without `_Server`.
    pub(super) server: Json,
    /// The methods the server does not know.
    pub(super) unknown: Vec<&'static str>,
    /// The requests that the server leaves to the test: the last id of each method.
    pub(super) open: Vec<(String, u64, Json)>,
}

impl Script {
    pub(super) fn new(config: SessionConfig, remotes: &[&str]) -> Self {
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
    pub(super) fn connected() -> Self {
        let mut script = Self::new(SessionConfig::default(), &["a"]);
        script.connect();
        script
    }

    pub(super) fn connect(&mut self) {
        self.now = self.session.poll_timeout().expect("an attempt comes");
        self.session.poll_dial(self.now).expect("an attempt is due");
        self.session.handle_dialled(self.now);
    }

    pub(super) fn seconds(&self) -> u64 {
        self.now.duration_since(self.start).as_secs()
    }

    /// What the client sends now, one message a line.
    pub(super) fn sent(&mut self) -> String {
        let mut sent = Vec::new();
        while let Some(bytes) = self.session.poll_transmit() {
            sent.push(String::from_utf8(bytes).unwrap());
        }
        sent.join("\n")
    }

    pub(super) fn receive(&mut self, message: &str) {
        self.session.handle_input(message.as_bytes(), self.now);
    }

    /// Answers everything up to the monitor of the test's database, as a server would.
    pub(super) fn answer(&mut self) {
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
    pub(super) fn take_open(&mut self) -> (String, u64, Json) {
        self.answer();
        self.open.pop().expect("a request is open")
    }

    /// Answers the open request.
    pub(super) fn reply(&mut self, result: &Json) -> Json {
        let (_, id, params) = self.take_open();
        self.receive(&json!({"id": id, "result": result, "error": null}).to_string());
        params
    }

    pub(super) fn monitor(&mut self, conditions: Vec<Condition>) -> MonitorId {
        let table = TableInterest {
            columns: crate::schema::Selection::All,
            conditions,
        };
        self.session
            .monitor(Interest::nothing("T").table_named("A", table))
    }

    /// The events so far, in short; states left out.
    pub(super) fn events(&mut self) -> Vec<String> {
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
                Event::Lock { name, status } => format!("{name} {status:?}"),
                Event::MonitorFailed { error, .. } => format!("failed: {error}"),
            });
        }
        events
    }

    pub(super) fn update3(&mut self, params: &Json, last: &str, rows: &Json) {
        let message =
            json!({"id": null, "method": "update3", "params": [params[1], last, {"A": rows}]});
        self.receive(&message.to_string());
    }

    /// Drops the connection as the owner does, and says why it was to be.
    pub(super) fn close(&mut self) -> String {
        let reason = self.session.poll_close();
        self.session.handle_closed(self.now);
        reason.map_or("lost".to_owned(), |reason| reason.to_string())
    }
}
