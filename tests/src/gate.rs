//! A gate on the way to a server: it can be shut, cut the connection through it, hold the server's
//! answers back, and tells what went through it.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use ovsdb_client::dial::{Dial, Dialling, Stream};
use ovsdb_client::endpoint::Endpoint;
use ovsdb_client::rpc::Framer;
use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::watch;

/// How much the gate takes in before whoever writes waits: 64 KiB, as a unix socket.
const ROOM: usize = 64 * 1024;

/// A way to a server that a test can disturb. Clones are the same gate.
#[derive(Clone, Debug)]
pub struct Gate(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    endpoint: Endpoint,
    rule: watch::Sender<Rule>,
    passed: Mutex<Vec<Passed>>,
    /// The method whose next message of the server is to say nothing sensible.
    spoiled: Mutex<Option<&'static str>>,
}

#[derive(Clone, Copy, Debug)]
struct Rule {
    /// Whether connections can be made.
    open: bool,
    /// Whether what the server says gets through.
    answering: bool,
    /// Grows when all connections are to break.
    cuts: u64,
    connections: usize,
}

/// A message that came to the gate.
#[derive(Clone, Debug)]
pub struct Passed {
    /// The number of the connection, from 1.
    pub connection: usize,
    /// Whether the client sent it; otherwise the server did.
    pub by_client: bool,
    /// The message.
    pub message: Value,
}

impl Gate {
    /// An open gate before an endpoint.
    pub fn before(endpoint: Endpoint) -> Self {
        let rule = Rule {
            open: true,
            answering: true,
            cuts: 0,
            connections: 0,
        };
        Self(Arc::new(Inner {
            endpoint,
            rule: watch::Sender::new(rule),
            passed: Mutex::default(),
            spoiled: Mutex::default(),
        }))
    }

    /// Breaks the connections there are; new ones can be made.
    pub fn cut(&self) {
        self.0.rule.send_modify(|rule| {
            rule.cuts += 1;
            rule.answering = true;
        });
    }

    /// Breaks the connections there are and lets no new one be made.
    pub fn shut(&self) {
        self.0.rule.send_modify(|rule| rule.open = false);
        self.cut();
    }

    /// Lets connections be made again.
    pub fn open(&self) {
        self.0.rule.send_modify(|rule| rule.open = true);
    }

    /// Holds back what the server says from now on, until [`Gate::release`] or a cut.
    pub fn hold(&self) {
        self.0.rule.send_modify(|rule| rule.answering = false);
    }

    /// Lets what the server says through again.
    pub fn release(&self) {
        self.0.rule.send_modify(|rule| rule.answering = true);
    }

    /// Lets the server's next notification of a method get through with its last parameter
    /// replaced by one that nobody can read.
    pub fn spoil(&self, method: &'static str) {
        *self
            .0
            .spoiled
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(method);
    }

    /// Whether what was to be spoiled is still to come.
    pub fn is_spoiling(&self) -> bool {
        self.0
            .spoiled
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    /// How many connections were made.
    pub fn connections(&self) -> usize {
        self.0.rule.borrow().connections
    }

    /// Every message that came here, also those of the server that were held back.
    pub fn passed(&self) -> Vec<Passed> {
        self.0
            .passed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The requests of one method that the client sent, with their answers where there are any.
    pub fn calls(&self, method: &str) -> Vec<(Value, Option<Value>)> {
        let passed = self.passed();
        let requests = passed
            .iter()
            .filter(|p| p.by_client && p.message["method"] == method);
        requests
            .map(|request| {
                let answer = passed.iter().find(|answer| {
                    !answer.by_client
                        && answer.connection == request.connection
                        && answer.message["id"] == request.message["id"]
                        && answer.message.get("method").is_none()
                });
                let answer = answer.map(|answer| answer.message.clone());
                (request.message.clone(), answer)
            })
            .collect()
    }

    /// The requests that began to replicate `database`, with their answers.
    pub fn monitors(&self, database: &str) -> Vec<(Value, Option<Value>)> {
        let mut calls = self.calls("monitor_cond_since");
        calls.retain(|(request, _)| request["params"][0] == database);
        calls
    }

    async fn carry(self, near: impl Stream, far: impl Stream, connection: usize) {
        let cuts = self.0.rule.borrow().cuts;
        let mut rule = self.0.rule.subscribe();
        let (from_client, to_client) = tokio::io::split(near);
        let (from_server, to_server) = tokio::io::split(far);
        // Either direction's end is the end of both, which are dropped here.
        tokio::select! {
            _ = self.pass(from_client, to_server, (connection, cuts), true) => {}
            _ = self.pass(from_server, to_client, (connection, cuts), false) => {}
            _ = rule.wait_for(|rule| rule.cuts > cuts) => {}
        }
    }

    async fn pass(
        &self,
        mut from: impl AsyncRead + Unpin,
        mut to: impl AsyncWrite + Unpin,
        (connection, cuts): (usize, u64),
        by_client: bool,
    ) -> io::Result<()> {
        let mut rule = self.0.rule.subscribe();
        let mut framer = Framer::default();
        let mut buffer = vec![0; ROOM];
        let mut waiting = Vec::new();
        loop {
            // What comes after a cut must not get through, even if this runs before its breaking.
            if self.0.rule.borrow().cuts > cuts {
                return Ok(());
            }
            // What is held back does not keep the gate from reading on.
            let pass = by_client || rule.borrow_and_update().answering;
            if pass && !waiting.is_empty() {
                to.write_all(&waiting).await?;
                waiting.clear();
            }
            let count = tokio::select! {
                count = from.read(&mut buffer) => count?,
                _ = rule.changed() => continue,
            };
            if count == 0 {
                return Ok(());
            }
            framer.push(&buffer[..count]);
            while let Ok(Some(text)) = framer.next_message() {
                let mut message: Value = serde_json::from_str(&text)?;
                if !by_client && self.spoils(&mut message) {
                    waiting.extend_from_slice(message.to_string().as_bytes());
                } else {
                    waiting.extend_from_slice(text.as_bytes());
                }
                let mut all = self.0.passed.lock().unwrap_or_else(PoisonError::into_inner);
                all.push(Passed {
                    connection,
                    by_client,
                    message,
                });
            }
        }
    }

    fn spoils(&self, message: &mut Value) -> bool {
        let mut spoiled = self
            .0
            .spoiled
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if spoiled.is_none_or(|method| message["method"] != method) {
            return false;
        }
        let Some(last) = message["params"]
            .as_array_mut()
            .and_then(|params| params.last_mut())
        else {
            return false;
        };
        *last = "no rows".into();
        *spoiled = None;
        true
    }
}

impl Dial for Gate {
    fn dial(&self) -> Dialling<'_> {
        Box::pin(async {
            if !self.0.rule.borrow().open {
                return Err(io::ErrorKind::ConnectionRefused.into());
            }
            let far = self.0.endpoint.dial().await?;
            let (near, client) = tokio::io::duplex(ROOM);
            self.0.rule.send_modify(|rule| rule.connections += 1);
            tokio::spawn(self.clone().carry(near, far, self.connections()));
            Ok(Box::new(client) as Box<dyn Stream>)
        })
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.endpoint.fmt(f)
    }
}
