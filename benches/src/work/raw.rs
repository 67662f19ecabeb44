//! The floor: bytes written to and read from a server without looking at them.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use ovsdb_client::rpc::Framer;
use ovsdb_client::schema::DatabaseSchema;
use serde_json::{Value as Json, json};

use crate::dataset::Kind;
use crate::measured::{median, percentile99};
use crate::work::say;

/// How many transactions are under way at once where they are pipelined.
pub(super) const IN_FLIGHT: usize = 64;

/// A blocking connection.
#[derive(Debug)]
pub struct Raw {
    stream: UnixStream,
    framer: Framer,
    buffer: Vec<u8>,
}

impl Raw {
    /// Connects to an endpoint of the form `unix:PATH`.
    ///
    /// # Errors
    /// It cannot.
    pub fn connect(endpoint: &str) -> Result<Self> {
        let path = endpoint.strip_prefix("unix:").context("no unix socket")?;
        Ok(Self {
            stream: UnixStream::connect(path).with_context(|| format!("cannot reach {path}"))?,
            framer: Framer::default(),
            buffer: vec![0; 1 << 16],
        })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// The stream failed.
    pub fn send(&mut self, message: &str) -> Result<()> {
        self.stream.write_all(message.as_bytes()).context("sending")
    }

    /// Waits for the next message.
    ///
    /// # Errors
    /// The stream ended or holds none.
    pub fn receive(&mut self) -> Result<String> {
        loop {
            if let Some(message) = self.framer.next_message()? {
                return Ok(message);
            }
            let read = self.stream.read(&mut self.buffer)?;
            ensure!(read > 0, "the server closed the connection");
            self.framer.push(&self.buffer[..read]);
        }
    }
}

/// A request for all rows of all tables of a database with that schema.
///
/// # Errors
/// The schema cannot be read.
pub fn monitor_request(kind: Kind) -> Result<String> {
    let schema = std::fs::read_to_string(kind.schema().path())?;
    let schema = DatabaseSchema::parse(&schema)?;
    let tables: Json = schema
        .tables
        .iter()
        .map(|table| {
            let columns: Vec<&str> = table.columns.iter().map(|column| &*column.name).collect();
            (table.name.to_string(), json!([{"columns": columns}]))
        })
        .collect();
    let zero = "00000000-0000-0000-0000-000000000000";
    let params = json!([kind.database(), "all", tables, zero]);
    let request = json!({"method": "monitor_cond_since", "params": params, "id": ID});
    Ok(request.to_string())
}

/// An identifier that no row ends with.
const ID: &str = "\u{221e}";

/// Reads all rows and looks at no more than the ends of the reads.
pub(super) fn read_all(endpoint: &str, kind: Kind) -> Result<()> {
    let mut raw = Raw::connect(endpoint)?;
    raw.send(&monitor_request(kind)?)?;
    // The members of a reply come in any order; after its end comes nothing.
    let id = format!("\"id\":\"{ID}\"");
    let (mut buffer, mut has_id) = (vec![0; 1 << 16], false);
    loop {
        let read = raw.stream.read(&mut buffer)?;
        ensure!(read > 0, "the server closed the connection");
        let chunk = &buffer[..read];
        for end in [&chunk[..read.min(100)], &chunk[read.saturating_sub(100)..]] {
            has_id |= String::from_utf8_lossy(end).contains(&id);
        }
        if has_id && chunk.ends_with(b"}") {
            raw.stream
                .set_read_timeout(Some(Duration::from_millis(1)))?;
            if raw.stream.read(&mut buffer).is_err() {
                return Ok(());
            }
            raw.stream.set_read_timeout(None)?;
        }
    }
}

/// Inserts and deletes one row, again and again; prints how long it took.
pub(super) fn transact(endpoint: &str, count: usize) -> Result<()> {
    let mut raw = Raw::connect(endpoint)?;
    let mut took = Vec::new();
    // What is sent is there before the time is taken, and what came is looked at after it.
    for number in 0..count {
        let messages = [insert(number), delete(number)].map(|one| message(number, &one));
        let mut replies = Vec::new();
        let start = Instant::now();
        for message in &messages {
            raw.send(message)?;
            replies.push(raw.receive()?);
        }
        took.push(start.elapsed().as_secs_f64() * 1e6);
        replies.iter().try_for_each(|reply| ensure_done(reply))?;
    }
    let updates: Vec<String> = (0..count)
        .map(|number| message(number, &update(number)))
        .collect();
    let start = Instant::now();
    for number in 0..count + IN_FLIGHT {
        if let Some(update) = updates.get(number) {
            raw.send(update)?;
        }
        if number >= IN_FLIGHT {
            ensure_done(&raw.receive()?)?;
        }
    }
    tell(took, count, start.elapsed())
}

/// Prints the figures of transactions.
pub(super) fn tell(took: Vec<f64>, count: usize, pipelined: Duration) -> Result<()> {
    let p99 = percentile99(took.clone());
    let per_second = f64::from(u32::try_from(count)?) / pipelined.as_secs_f64();
    let figures = json!({"p50_us": median(took), "p99_us": p99, "pipelined_per_s": per_second});
    say(&figures.to_string())
}

fn message(id: usize, operation: &Json) -> String {
    let params = json!([Kind::Northbound.database(), operation]);
    json!({"method": "transact", "params": params, "id": id}).to_string()
}

fn ensure_done(reply: &str) -> Result<()> {
    let refused = reply.contains("\"details\"") || reply.contains("\"count\":0");
    ensure!(!refused, "the server refused: {reply}");
    Ok(())
}

fn name(number: usize) -> String {
    format!("bench-{number}")
}

fn insert(number: usize) -> Json {
    json!({"op": "insert", "table": "Address_Set", "row": {"name": name(number)}})
}

fn delete(number: usize) -> Json {
    let name = name(number);
    json!({"op": "delete", "table": "Address_Set", "where": [["name", "==", name]]})
}

fn update(number: usize) -> Json {
    json!({"op": "update", "table": "NB_Global", "where": [], "row": {"hv_cfg": number}})
}
