//! Requests that take long: clients are told how far they are, and one that is withdrawn stops.

use std::io::{BufRead, BufReader, Read};
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::Client;
use crate::web::{Web, stateless};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that never answers.
struct Silence {
    _folder: tempfile::TempDir,
    path: PathBuf,
    ended: Receiver<()>,
}

impl Silence {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("db.sock");
        let listener = UnixListener::bind(&path).expect("a socket");
        let (ends, ended) = channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, ends) = (stream.expect("a connection"), ends.clone());
                thread::spawn(move || {
                    let mut heard = Vec::new();
                    let _ = stream.read_to_end(&mut heard);
                    // The test may have seen enough.
                    let _ = ends.send(());
                });
            }
        });
        Self {
            _folder: folder,
            path,
            ended,
        }
    }

    fn source(&self) -> String {
        format!("unix:{}", self.path.display())
    }

    /// Waits until whoever listened to the silence has given up.
    #[track_caller]
    fn is_left(&self) {
        assert_eq!(
            self.ended.recv_timeout(PATIENCE),
            Ok(()),
            "it still listens"
        );
    }

    #[track_caller]
    fn is_listened_to(&self) {
        let ended = self.ended.recv_timeout(Duration::from_millis(300));
        assert_eq!(ended, Err(RecvTimeoutError::Timeout));
    }
}

fn call(id: u64) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {
        "name": "sources_list", "arguments": {}, "_meta": {"progressToken": "how far"}}})
}

fn check_progress(message: &Value) -> f64 {
    assert_eq!(
        message["method"],
        json!("notifications/progress"),
        "{message}"
    );
    assert_eq!(message["params"]["progressToken"], json!("how far"));
    assert!(message["params"]["message"].is_string());
    message["params"]["progress"].as_f64().expect("a number")
}

#[test]
fn over_a_pipe_progress_grows_and_a_withdrawn_call_stops() {
    let silence = Silence::start();
    let mut client = Client::over(&silence.source());
    client.request(
        "initialize",
        json!({"protocolVersion": "2025-11-25", "capabilities": {},
               "clientInfo": {"name": "test", "version": "1"}}),
    );
    client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
    client.send(&call(7));
    let first = check_progress(&client.receive());
    let second = check_progress(&client.receive());
    assert!(first >= 1.0 && second > first, "{first} {second}");
    silence.is_listened_to();
    client.send(
        &json!({"jsonrpc": "2.0", "method": "notifications/cancelled",
        "params": {"requestId": 7, "reason": "enough"}}),
    );
    silence.is_left();
    // The server goes on, and nothing more is told of what was withdrawn.
    client.send(&json!({"jsonrpc": "2.0", "id": 8, "method": "ping"}));
    loop {
        let message = client.receive();
        if message["id"] == json!(8) {
            break;
        }
        check_progress(&message);
    }
    assert!(client.close().success());
}

#[test]
fn over_http_a_call_stops_when_its_client_hangs_up() {
    let silence = Silence::start();
    let web = Web::start(&["--source", &silence.source()]);
    for revision in ["2025-11-25", "2026-07-28"] {
        let (headers, message) = stateless(
            revision,
            "tools/call",
            json!({"name": "sources_list", "arguments": {}, "_meta": {"progressToken": "how far"}}),
        );
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let mut stream = web.connect();
        web.send(&mut stream, "POST", "/mcp", &headers, &message.to_string());
        let mut lines = BufReader::new(stream).lines();
        let told = lines.by_ref().find_map(|line| {
            let line = line.expect("UTF-8");
            line.strip_prefix("data:")
                .map(|data| data.trim().to_owned())
                .filter(|data| !data.is_empty())
        });
        let told: Value = serde_json::from_str(&told.expect("a message")).expect("JSON");
        check_progress(&told);
        silence.is_listened_to();
        drop(lines);
        silence.is_left();
    }
    // One that has heard nothing yet stops, too.
    let mut stream = web.connect();
    let (_, message) = stateless("2025-11-25", "tools/call", json!({"name": "sources_list"}));
    web.send(&mut stream, "POST", "/mcp", &[], &message.to_string());
    silence.is_listened_to();
    drop(stream);
    silence.is_left();
}

#[test]
fn in_a_session_a_call_stops_when_it_is_withdrawn() {
    let silence = Silence::start();
    let web = Web::start(&["--sessions", "--source", &silence.source()]);
    let initialize = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"}}});
    let answered = web.post(&[], &initialize);
    let session = answered
        .header("mcp-session-id")
        .expect("a session")
        .to_owned();
    let headers = [
        ("mcp-session-id", session.as_str()),
        ("mcp-protocol-version", "2025-11-25"),
    ];
    web.post(
        &headers,
        &json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
    );
    let mut stream = web.connect();
    web.send(&mut stream, "POST", "/mcp", &headers, &call(7).to_string());
    silence.is_listened_to();
    let withdraw =
        json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 7}});
    assert_eq!(web.post(&headers, &withdraw).status, 202);
    silence.is_left();
}

#[test]
fn a_call_that_takes_too_long_is_given_up_with_what_to_do() {
    let silence = Silence::start();
    let web = Web::start(&["--call-timeout", "1", "--source", &silence.source()]);
    let answer = web.request(
        "2026-07-28",
        "tools/call",
        json!({"name": "sources_list", "arguments": {}}),
    );
    silence.is_left();
    let text = answer["result"]["content"][0]["text"]
        .as_str()
        .expect("text");
    assert!(
        text.starts_with("error: sources_list: no answer within 1 s\nhint: "),
        "{text}"
    );
}
