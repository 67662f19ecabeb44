//! The two ends of these tests: a server of ours, and a client that sends any text.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use ovsdb_client::dbfile::{DatabaseFile, Records};
use ovsdb_client::rpc::Framer;
use ovsdb_client::serve::{Database, ServeConfig, Server};
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long an answer may take: 30 s, for a machine that compiles meanwhile.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A server of ours on a unix socket.
#[derive(Debug)]
pub(crate) struct Served {
    pub(crate) server: Server,
    directory: TempDir,
}

impl Served {
    pub(crate) fn start(databases: Vec<Database>, config: ServeConfig) -> Result<Self> {
        let directory = TempDir::with_prefix("serve-")?;
        let server = Server::new(databases, config)?;
        server.listen_unix(directory.path().join("db.sock"))?;
        Ok(Self { server, directory })
    }

    /// A server of recorded files, with the schemas' texts as they stand there.
    pub(crate) fn files(paths: &[PathBuf]) -> Result<Self> {
        let databases = paths
            .iter()
            .map(|path| recorded(path))
            .collect::<Result<_>>()?;
        Self::start(databases, ServeConfig::default())
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.directory.path().join("db.sock")
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("unix:{}", self.socket().display())
    }
}

/// A database as a file holds it.
pub(crate) fn recorded(path: &Path) -> Result<Database> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let file = DatabaseFile::read(&bytes, &[])?;
    let schema = Records::new(&bytes).next().context("a record")??;
    Ok(Database::with_schema(schema.body, file.snapshot)?)
}

/// A client that sends any text and hears every message.
#[derive(Debug)]
pub(crate) struct Raw {
    stream: UnixStream,
    framer: Framer,
    sent: u64,
}

impl Raw {
    pub(crate) fn connect(socket: &Path) -> Result<Self> {
        let stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            framer: Framer::default(),
            sent: 0,
        })
    }

    /// Sends the text, and gives every message up to the moment when the server has dealt with it.
    /// The last is null where the server closes the connection.
    pub(crate) fn say(&mut self, text: &str) -> Result<Vec<Value>> {
        self.sent += 1;
        let end = json!({"method": "echo", "params": [], "id": format!("end {}", self.sent)});
        // The server may be gone before it has read all of it.
        let _ = self.stream.write_all(format!("{text}{end}").as_bytes());
        let mut heard = Vec::new();
        loop {
            match self.hear()? {
                Some(message) if message["id"] == end["id"] => return Ok(heard),
                Some(message) => heard.push(message),
                None => {
                    heard.push(Value::Null);
                    return Ok(heard);
                }
            }
        }
    }

    /// The next message; `None` where the server closes the connection.
    pub(crate) fn hear(&mut self) -> Result<Option<Value>> {
        let mut buffer = [0; 65536];
        loop {
            if let Some(message) = self.framer.next_message()? {
                return Ok(Some(serde_json::from_str(&message)?));
            }
            match self.stream.read(&mut buffer) {
                Ok(0) => return Ok(None),
                Ok(bytes) => self.framer.push(&buffer[..bytes]),
                Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => {
                    return Ok(None);
                }
                Err(error) => return Err(error).context("nothing comes"),
            }
        }
    }
}

/// The number as the integer it is, however it was spelled: `2.0` is 2.
fn whole(number: &serde_json::Number) -> Option<Value> {
    let integer = number.to_string().strip_suffix(".0")?.parse::<i64>().ok()?;
    Some(integer.into())
}

/// What two servers may say differently: versions of rows, in which order rows come, and how whole
/// reals are spelled.
pub(crate) fn comparable(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                *member = if name == "_version" {
                    "any".into()
                } else {
                    comparable(member.take())
                };
                if let (true, Value::Array(rows)) = (name == "rows", member) {
                    rows.sort_by_key(ToString::to_string);
                }
            }
            members.sort_keys();
        }
        Value::Array(elements) => {
            for element in elements {
                *element = comparable(element.take());
            }
        }
        Value::Number(number) => {
            if let Some(integer) = whole(number) {
                return integer;
            }
        }
        _ => {}
    }
    value
}
