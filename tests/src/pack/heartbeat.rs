//! The time stamps of a node's databases, moved on in a live copy as if their writers still ran.

use std::fs;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Deserializer, Value as Json, json};

use crate::sandbox::DatabaseServer;

/// The key of the time stamp that ovnkube-controller writes every 30 s, and northd copies.
const HEARTBEAT: &str = "e2e_timestamp";
/// Where it stands: database and table.
const PLACES: [(&str, &str); 2] = [
    ("OVN_Northbound", "NB_Global"),
    ("OVN_Southbound", "SB_Global"),
];

/// The time stamps behind one server, as they were recorded.
#[derive(Debug)]
pub(super) struct Heartbeat {
    socket: PathBuf,
    /// When the recording ended, in milliseconds since 1970.
    ended: u128,
    /// Database and table with the time stamp there, in seconds since 1970.
    written: Vec<(&'static str, &'static str, u128)>,
}

impl Heartbeat {
    /// Reads those of a server that serves copies of recorded files, one of them `northbound`.
    pub(super) fn of(server: &DatabaseServer, northbound: &Path) -> Result<Self> {
        let mut heartbeat = Self {
            socket: server.socket().to_path_buf(),
            ended: last_date(northbound)?,
            written: Vec::new(),
        };
        for (database, table) in PLACES {
            let select =
                json!({"op": "select", "table": table, "where": [], "columns": ["options"]});
            let answer = heartbeat.transact(database, &[select])?;
            // A server that cannot make sense of a file's records serves an empty database.
            let row = answer[0]["rows"][0].as_object();
            let row = row.with_context(|| format!("{database} has no row of {table}"))?;
            let options = row["options"][1].as_array();
            let written = options
                .into_iter()
                .flatten()
                .find(|pair| pair[0] == HEARTBEAT);
            if let Some(written) = written.and_then(|pair| pair[1].as_str()) {
                let written = written.parse().context("a time stamp")?;
                heartbeat.written.push((database, table, written));
            }
        }
        Ok(heartbeat)
    }

    /// Moves them on by the time that has passed since the recording ended. They stand still until
    /// the next time.
    pub(super) fn go_on(&self) -> Result<()> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis();
        let passed = now.saturating_sub(self.ended) / 1000;
        for (database, table, written) in &self.written {
            let moved = (written + passed).to_string();
            let mutate = json!({"op": "mutate", "table": table, "where": [], "mutations": [
                ["options", "delete", ["set", [HEARTBEAT]]],
                ["options", "insert", ["map", [[HEARTBEAT, moved]]]],
            ]});
            self.transact(database, &[mutate])?;
        }
        Ok(())
    }

    /// Runs a transaction; gives the results of its operations. A hundred servers are asked again
    /// and again, so no program is started for it.
    fn transact(&self, database: &str, operations: &[Json]) -> Result<Json> {
        let mut params = vec![json!(database)];
        params.extend(operations.iter().cloned());
        let request = json!({"method": "transact", "params": params, "id": 0});
        let mut stream = UnixStream::connect(&self.socket)
            .with_context(|| format!("cannot connect with {}", self.socket.display()))?;
        stream.write_all(request.to_string().as_bytes())?;
        let mut reply = Json::deserialize(&mut Deserializer::from_reader(stream))?;
        let failed = |result: &Json| !result["error"].is_null();
        let results = reply["result"].as_array().context("results")?;
        ensure!(
            !failed(&reply) && !results.iter().any(failed),
            "{request}: {reply}"
        );
        Ok(reply["result"].take())
    }
}

/// When the last record of a file was written, in milliseconds since 1970.
fn last_date(path: &Path) -> Result<u128> {
    const DATE: &str = "\"_date\":";
    let text = fs::read_to_string(path)?;
    let (_, date) = text.rsplit_once(DATE).context("a dated record")?;
    let digits = date.split(|c: char| !c.is_ascii_digit()).next();
    Ok(digits.unwrap_or_default().parse()?)
}
