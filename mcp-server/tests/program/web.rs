//! A program that serves over HTTP, and a client of as little HTTP as it needs.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, ExitStatus, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::program;

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program that serves over HTTP on this machine.
pub(crate) struct Web {
    child: Child,
    stderr: BufReader<ChildStderr>,
    /// `HOST:PORT`.
    pub(crate) address: String,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    /// The head, one line a header, in lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Web {
    /// The program with these options, once it serves.
    pub(crate) fn start(options: &[&str]) -> Self {
        let mut child = program()
            .args(["mcp", "--listen", "127.0.0.1:0"])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("UTF-8");
        let place = line
            .trim()
            .strip_prefix("note: serving MCP at http://")
            .and_then(|rest| rest.strip_suffix("/mcp"));
        assert!(place.is_some(), "not serving: {line}");
        let address = place.unwrap_or_default().to_owned();
        Self {
            child,
            stderr,
            address,
        }
    }

    /// A connection with the server.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("an option");
        stream
    }

    /// What the server answers to a request, with these headers beside the usual ones.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answered {
        let mut stream = self.connect();
        self.send(&mut stream, method, path, headers, body);
        read_answer(stream)
    }

    /// Sends a request.
    pub(crate) fn send(
        &self,
        stream: &mut TcpStream,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) {
        let mut head = format!("{method} {path} HTTP/1.1\r\n");
        let length = body.len().to_string();
        let usual = [
            ("host", self.address.as_str()),
            ("connection", "close"),
            ("content-type", "application/json"),
            ("accept", "application/json, text/event-stream"),
            ("content-length", &length),
        ];
        let is_given = |name: &str| headers.iter().any(|(given, _)| *given == name);
        for (name, value) in usual
            .iter()
            .filter(|(name, _)| !is_given(name))
            .chain(headers)
        {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let request = format!("{head}\r\n{body}");
        stream.write_all(request.as_bytes()).expect("it reads");
    }

    /// What is answered to a message of the protocol, with these headers.
    pub(crate) fn post(&self, headers: &[(&str, &str)], message: &Value) -> Answered {
        self.ask("POST", "/mcp", headers, &message.to_string())
    }

    /// The message that answers a request of the protocol without a session.
    pub(crate) fn request(&self, version: &str, method: &str, params: Value) -> Value {
        let (headers, message) = stateless(version, method, params);
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.post(&headers, &message).message()
    }

    /// Asks the server to end, by a signal, and waits until it has.
    pub(crate) fn end(mut self) -> (ExitStatus, String) {
        self.signal();
        let status = self.child.wait().expect("an end");
        let mut rest = String::new();
        let mut stdout = self.child.stdout.take().expect("a pipe");
        stdout.read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(rest, "", "nothing goes to standard output");
        self.stderr.read_to_string(&mut rest).expect("UTF-8");
        (status, rest)
    }

    /// Asks the server to end.
    pub(crate) fn signal(&self) {
        let id = i32::try_from(self.child.id()).expect("a process");
        let id = rustix::process::Pid::from_raw(id).expect("a process");
        rustix::process::kill_process(id, rustix::process::Signal::TERM).expect("it runs");
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        // A test that failed leaves a server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answered {
    /// The message of the protocol in it; of a stream the last one.
    pub(crate) fn message(&self) -> Value {
        let last = self.messages().pop();
        assert!(last.is_some(), "no message: {self:?}");
        last.unwrap_or_default()
    }

    /// The messages of the protocol in it.
    pub(crate) fn messages(&self) -> Vec<Value> {
        let parse = |text: &str| serde_json::from_str(text).expect("JSON");
        if self.head.contains("content-type: text/event-stream") {
            let data = self
                .body
                .lines()
                .filter_map(|line| line.strip_prefix("data:"));
            return data
                .map(str::trim)
                .filter(|data| !data.is_empty())
                .map(parse)
                .collect();
        }
        vec![parse(&self.body)]
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// A request of the protocol outside of a session, and its headers.
pub(crate) fn stateless(
    version: &str,
    method: &str,
    mut params: Value,
) -> (Vec<(&'static str, String)>, Value) {
    let mut headers = vec![("mcp-protocol-version", version.to_owned())];
    if version >= "2026-07-28" {
        params["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!(version);
        params["_meta"]["io.modelcontextprotocol/clientInfo"] =
            json!({"name": "test", "version": "1"});
        params["_meta"]["io.modelcontextprotocol/clientCapabilities"] = json!({});
        headers.push(("mcp-method", method.to_owned()));
        if let Some(name) = params["name"].as_str().or(params["uri"].as_str()) {
            headers.push(("mcp-name", name.to_owned()));
        }
    }
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    (headers, message)
}

/// Reads an answer after which the connection ends.
pub(crate) fn read_answer(stream: TcpStream) -> Answered {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(
            reader.read_line(&mut head).expect("an answer") > 0,
            "no answer: {head}"
        );
    }
    let head = head.replace('\r', "").to_lowercase();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let mut body = Vec::new();
    if head.contains("transfer-encoding: chunked") {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size).expect("a chunk");
            let size = usize::from_str_radix(size.trim(), 16).expect("a size");
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk).expect("a chunk");
            body.extend_from_slice(&chunk[..size]);
            if size == 0 {
                break;
            }
        }
    } else {
        reader.read_to_end(&mut body).expect("a body");
    }
    Answered {
        status: status.expect("a status"),
        head,
        body: String::from_utf8(body).expect("UTF-8"),
    }
}
