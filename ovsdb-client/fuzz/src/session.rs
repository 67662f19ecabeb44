//! The session: whatever a server says and whenever, the client goes on or drops the connection.

use std::collections::{BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use ovsdb_client::operation::{Condition, Function};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::schema::Selection;
use ovsdb_client::session::{
    CallId, Event, Interest, MonitorId, Session, SessionConfig, State, TableInterest,
};
use ovsdb_client::value::Datum;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{lines, shapes, update};

/// Lines, each something that happens:
///
/// - `b`: the server sends the text; `n`: it sends the text as a notification of the test's
///   monitor, the method and then the rest of the parameters;
/// - `r`, `e`: it answers the oldest open request with the text as its result or error;
/// - `g`: it answers as a good server would, until rows are due;
/// - `t`: the next deadline passes; `x`: the connection is lost;
/// - `c`: a call; `k`: the last call is cancelled;
/// - `l`, `L`, `u`: the lock of this name is asked for, stolen, given back;
/// - `w`: other rows are wanted, those whose string equals the text; `m`: more is wanted;
/// - `f`: another connection is forced; `q`: the monitor is cancelled and begun anew.
pub fn run(data: &[u8]) {
    let mut server = Server::new();
    for (operation, text) in lines(data) {
        server.happens(operation, text);
        server.pump();
    }
    server.session.handle_closed(server.now);
    server.pump();
    assert!(server.calls.is_empty(), "every call gets an answer");
}

/// A message of the client.
#[derive(Deserialize)]
struct Request {
    id: Box<RawValue>,
    #[serde(default)]
    method: Option<String>,
    #[serde(default)]
    params: Option<Box<RawValue>>,
}

struct Server {
    session: Session,
    now: Instant,
    monitor: MonitorId,
    /// The monitor's identifier on the wire.
    wire: u64,
    open: VecDeque<(u64, String, String)>,
    calls: BTreeSet<CallId>,
    last_call: Option<CallId>,
    rows: Option<Snapshot>,
}

impl Server {
    fn new() -> Self {
        let now = Instant::now();
        let config = SessionConfig {
            shuffle: false,
            ..SessionConfig::default()
        };
        let remotes = ["a", "b"].map(Into::into).to_vec();
        let mut session = Session::new(config, remotes, 0, now);
        let monitor = session.monitor(interest());
        let mut server = Self {
            session,
            now,
            monitor,
            wire: 0,
            open: VecDeque::new(),
            calls: BTreeSet::new(),
            last_call: None,
            rows: None,
        };
        server.pump();
        server
    }

    fn happens(&mut self, operation: u8, text: &str) {
        let (session, now) = (&mut self.session, self.now);
        match operation {
            b'b' => session.handle_input(text.as_bytes(), now),
            b'n' => {
                let (method, rest) = text.split_once(' ').unwrap_or((text, "{}"));
                let wire = self.wire;
                let text = format!(r#"{{"id":null,"method":"{method}","params":[{wire},{rest}]}}"#);
                session.handle_input(text.as_bytes(), now);
            }
            b'r' => self.answer("result", text),
            b'e' => self.answer("error", text),
            b'g' => self.serve(),
            b't' => {
                if let Some(due) = session.poll_timeout() {
                    self.now = self.now.max(due);
                    session.handle_timeout(self.now);
                }
            }
            b'x' => self.lose(),
            b'c' => {
                if let Ok(Some(call)) = session.call("echo", &[text]) {
                    assert!(self.calls.insert(call), "each call has its own id");
                    self.last_call = Some(call);
                }
            }
            b'k' => {
                if let Some(call) = self.last_call.take() {
                    session.cancel(call);
                }
            }
            b'l' => _ = session.lock(text, false),
            b'L' => _ = session.lock(text, true),
            b'u' => session.unlock(text),
            b'w' => {
                let conditions = vec![Condition::Clause {
                    column: "string".into(),
                    function: Function::Equal,
                    value: Datum::scalar(text),
                }];
                session.set_conditions(self.monitor, "A", conditions);
            }
            b'm' => self.monitor = session.monitor(Interest::everything("T")),
            b'f' => session.force_reconnect(),
            b'q' => {
                session.cancel_monitor(self.monitor);
                self.rows = None;
                self.monitor = session.monitor(interest());
            }
            _ => {}
        }
    }

    /// Answers the oldest open request; the text may be no JSON.
    fn answer(&mut self, member: &str, text: &str) {
        if let Some((id, ..)) = self.open.pop_front() {
            let reply = format!(r#"{{"id":{id},"{member}":{text}}}"#);
            self.session.handle_input(reply.as_bytes(), self.now);
        }
    }

    /// Answers what a server always answers in the same way.
    fn serve(&mut self) {
        while let Some((_, method, params)) = self.open.front() {
            let of_server = params.starts_with("[\"_Server\"");
            let result = match (method.as_str(), of_server) {
                ("set_db_change_aware" | "monitor_cancel" | "monitor_cond_change", _) => "{}",
                ("echo", _) => "[]",
                ("get_schema", true) => SERVER_SCHEMA,
                ("get_schema", false) => shapes::SCHEMA,
                (_, true) => SERVER_ROWS,
                (_, false) => return,
            };
            self.answer("result", result);
            self.pump();
        }
    }

    fn lose(&mut self) {
        self.open.clear();
        self.session.handle_closed(self.now);
    }

    /// Does what the owner of a session does until nothing is left to do.
    fn pump(&mut self) {
        if self.session.poll_close().is_some() {
            self.lose();
        }
        if self.session.poll_dial(self.now).is_some() {
            self.session.handle_dialled(self.now);
        }
        while let Some(bytes) = self.session.poll_transmit() {
            let request: Request = serde_json::from_slice(&bytes).expect("we send JSON-RPC");
            // What has no method is the answer to a request of the server's.
            let (Ok(id), Some(method)) = (request.id.get().parse(), request.method) else {
                continue;
            };
            let params = request
                .params
                .map_or(String::new(), |params| params.get().to_owned());
            if method.starts_with("monitor") && params.starts_with("[\"T\"") {
                let parts: Vec<&RawValue> = serde_json::from_str(&params).expect("an array");
                self.wire = parts[1].get().parse().expect("our ids are numbers");
            }
            self.open.push_back((id, method, params));
        }
        while let Some(event) = self.session.poll_event() {
            self.check(event);
        }
    }

    fn check(&mut self, event: Event) {
        match event {
            Event::Reply { call, .. } | Event::Unanswered { call } => {
                assert!(self.calls.remove(&call), "a call is answered once");
            }
            Event::Replicated {
                monitor,
                snapshot,
                batch,
                ..
            } => {
                assert_eq!(monitor, self.monitor);
                let before = self.rows.replace(snapshot.clone());
                // After a conversion of the schema the batch begins at rows that nobody saw.
                if let Some(before) = before.filter(|before| before.layout() == snapshot.layout()) {
                    assert!(snapshot.generation() > before.generation());
                    if snapshot.generation() == before.generation() + 1 {
                        update::check_batch(&before, &batch, &snapshot);
                    }
                }
                update::check_rows(&snapshot);
            }
            Event::MonitorFailed { error, .. } => {
                drop(error.to_string());
                self.rows = None;
                self.monitor = self.session.monitor(interest());
            }
            Event::State(state) => assert_ne!(state, State::Closed, "this session goes on"),
            _ => {}
        }
        self.now += Duration::from_millis(1);
    }
}

fn interest() -> Interest {
    let named = ["boolean", "string", "absent"].map(Into::into).to_vec();
    let table = |columns| TableInterest {
        columns,
        conditions: Vec::new(),
    };
    Interest::nothing("T")
        .table_named("A", table(Selection::Named(named)))
        .table_named("S", table(Selection::All))
}

const SERVER_SCHEMA: &str = concat!(
    r#"{"name":"_Server","version":"1.2.0","tables":{"Database":{"columns":{"#,
    r#""name":{"type":"string"},"model":{"type":"string"},"connected":{"type":"boolean"},"#,
    r#""leader":{"type":"boolean"},"cid":{"type":{"key":"uuid","min":0,"max":1}},"#,
    r#""index":{"type":{"key":"integer","min":0,"max":1}}}}}}"#,
);

const SERVER_ROWS: &str = concat!(
    r#"[false,"00000000-0000-0000-0000-000000000000",{"Database":{"#,
    r#""10000000-0000-4000-8000-000000000001":{"initial":{"name":"T","model":"standalone","#,
    r#""connected":true,"leader":true}}}}]"#,
);
