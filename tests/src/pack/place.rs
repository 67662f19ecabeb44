//! Where a recording is put for a question: as files, as a bundle, or behind live sockets.

use std::fs;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use serde_json::{Value as Json, json};
use tempfile::TempDir;

use crate::demo::{FILES, NODES, NORTHBOUND};
use crate::pack::recording::Recording;
use crate::sandbox::DatabaseServer;

/// The key of the time stamp that ovnkube-controller writes every 30 s.
const HEARTBEAT: &str = "e2e_timestamp";

/// How a recording is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Each database file is a source.
    Files,
    /// One archive is the source.
    Bundle,
    /// An ovsdb-server for each node is a source; it serves copies of the files.
    Live,
}

/// A recording that is ready to be read; it is gone with the value.
#[derive(Debug)]
pub struct Placed {
    /// The sources, as `--source` takes them.
    pub sources: Vec<String>,
    servers: Vec<DatabaseServer>,
    _bundle: Option<TempDir>,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Files, Self::Bundle, Self::Live];

    /// What it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Bundle => "bundle",
            Self::Live => "live",
        }
    }
}

impl Placed {
    /// Puts a recording in a form. `others` are sources to be read with it.
    ///
    /// # Errors
    /// The archive cannot be made, or a server does not start.
    pub fn new(recording: &Recording, form: Form, others: &[String]) -> Result<Self> {
        let mut placed = Self {
            sources: Vec::new(),
            servers: Vec::new(),
            _bundle: None,
        };
        match form {
            Form::Files => {
                for node in NODES {
                    for file in FILES {
                        let path = recording.file(node, file);
                        placed.sources.push(format!("recorded:{}", path.display()));
                    }
                }
            }
            Form::Bundle => {
                let folder = TempDir::with_prefix("ovn-bundle-")?;
                let path = folder.path().join("bundle.tar.gz");
                recording.bundle(&path)?;
                placed.sources.push(format!("recorded:{}", path.display()));
                placed._bundle = Some(folder);
            }
            Form::Live => {
                for node in NODES {
                    let setup = FILES
                        .into_iter()
                        .fold(DatabaseServer::setup(), |setup, file| {
                            setup.file(recording.file(node, file))
                        });
                    let server = setup.start()?;
                    go_on(&server, &recording.file(node, NORTHBOUND))?;
                    placed.sources.push(server.endpoint());
                    placed.servers.push(server);
                }
            }
        }
        placed.sources.extend(others.iter().cloned());
        Ok(placed)
    }

    /// The live server of a node, in the order of [`NODES`].
    pub fn server(&self, node: usize) -> Option<&DatabaseServer> {
        self.servers.get(node)
    }
}

/// Moves the heartbeats on by the time that has passed since the recording, as if ovnkube-controller
/// and northd had gone on as they did before.
fn go_on(server: &DatabaseServer, northbound: &Path) -> Result<()> {
    let recorded = last_date(northbound)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
    let passed = now.saturating_sub(recorded) / 1000;
    for (database, table) in [
        ("OVN_Northbound", "NB_Global"),
        ("OVN_Southbound", "SB_Global"),
    ] {
        let select = json!([database, {"op": "select", "table": table, "where": [], "columns": ["options"]}]);
        let answer: Json = serde_json::from_str(&server.transact(&select.to_string())?)?;
        let options = answer[0]["rows"][0]["options"][1].as_array();
        let written = options
            .into_iter()
            .flatten()
            .find(|pair| pair[0] == HEARTBEAT);
        let Some(written) = written.and_then(|pair| pair[1].as_str()) else {
            continue;
        };
        let moved = written.parse::<u128>().context("a time stamp")? + passed;
        let update = json!([database, {"op": "mutate", "table": table, "where": [], "mutations": [
            ["options", "delete", ["set", [HEARTBEAT]]],
            ["options", "insert", ["map", [[HEARTBEAT, moved.to_string()]]]],
        ]}]);
        server.transact(&update.to_string())?;
    }
    Ok(())
}

/// When the last record of a file was written, in milliseconds since 1970.
fn last_date(path: &Path) -> Result<u128> {
    const DATE: &str = "\"_date\":";
    let text = fs::read_to_string(path)?;
    let (_, date) = text.rsplit_once(DATE).context("a dated record")?;
    let digits = date.split(|c: char| !c.is_ascii_digit()).next();
    Ok(digits.unwrap_or_default().parse()?)
}
