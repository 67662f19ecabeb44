//! Measurements: one JSON line each, and what several of them have in common.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::process::Cost;

/// The peer that the others are compared with.
pub const OURS: &str = "ovnscope";

/// What one peer took for one piece of work in one round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The part of the benchmarks.
    pub part: String,
    /// The work.
    pub case: String,
    /// Who did it.
    pub peer: String,
    /// Which round it was, from 1.
    pub round: usize,
    /// Figures by their name, which ends with the unit.
    pub values: BTreeMap<String, f64>,
    /// What came out, which all peers must agree on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

impl Measured {
    /// A measurement without figures yet.
    pub fn new(part: &str, case: &str, peer: &str, round: usize) -> Self {
        Self {
            part: part.to_owned(),
            case: case.to_owned(),
            peer: peer.to_owned(),
            round,
            values: BTreeMap::new(),
            digest: None,
        }
    }

    /// Adds a figure.
    #[must_use]
    pub fn with(mut self, name: &str, value: f64) -> Self {
        self.values.insert(name.to_owned(), value);
        self
    }

    /// Adds what a process cost.
    #[must_use]
    pub fn cost(self, cost: &Cost) -> Self {
        self.with("wall_s", cost.wall.as_secs_f64())
            .with("cpu_s", cost.cpu.as_secs_f64())
            .with("rss_mb", megabytes(cost.rss))
    }

    /// Adds what came out.
    #[must_use]
    pub fn saw(mut self, digest: Option<String>) -> Self {
        self.digest = digest;
        self
    }
}

/// Bytes as megabytes of 10⁶.
pub fn megabytes(bytes: u64) -> f64 {
    // A measured process holds far less than the 2⁵³ bytes that stay exact.
    u32::try_from(bytes / 1000).map_or(f64::MAX, f64::from) / 1000.0
}

/// Measurements as they come, written at once, so that an interrupted run leaves what it had.
#[derive(Debug)]
pub struct Log {
    file: File,
    all: Vec<Measured>,
    digests: BTreeMap<(String, String), (String, String)>,
}

impl Log {
    /// A new file.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn create(path: &Path) -> Result<Self> {
        Ok(Self {
            file: File::create(path).with_context(|| format!("cannot write {}", path.display()))?,
            all: Vec::new(),
            digests: BTreeMap::new(),
        })
    }

    /// A file that goes on where an earlier run ended, or a new one.
    ///
    /// # Errors
    /// It cannot be read or written.
    pub fn append(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = |line: &str| serde_json::from_str(line).with_context(|| line.to_owned());
        let all = text.lines().map(line).collect::<Result<_>>()?;
        let file = File::options().create(true).append(true).open(path);
        Ok(Self {
            file: file.with_context(|| format!("cannot write {}", path.display()))?,
            all,
            digests: BTreeMap::new(),
        })
    }

    /// Takes a measurement.
    ///
    /// # Errors
    /// What came out is not what other peers said of the same work.
    pub fn add(&mut self, measured: Measured) -> Result<()> {
        if let Some(digest) = &measured.digest {
            let work = (measured.part.clone(), measured.case.clone());
            let (peer, first) = self
                .digests
                .entry(work)
                .or_insert_with(|| (measured.peer.clone(), digest.clone()));
            ensure!(
                first == digest,
                "{} {}: {} says {digest}, but {peer} {first}",
                measured.part,
                measured.case,
                measured.peer
            );
        }
        let line = serde_json::to_string(&measured)?;
        writeln!(self.file, "{line}").context("cannot write the measurements")?;
        self.all.push(measured);
        Ok(())
    }

    /// All that was taken.
    pub fn all(&self) -> &[Measured] {
        &self.all
    }
}

/// The median; none of nothing.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    Some(match values.len() % 2 {
        0 => f64::midpoint(values[middle - 1], upper),
        _ => upper,
    })
}

/// The value below which 99 of 100 lie; none of nothing.
pub fn percentile99(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let at = (values.len() * 99).div_ceil(100);
    values.get(at.saturating_sub(1)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_percentiles_are_of_the_sorted_values() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(Vec::new()), None);
        assert_eq!(percentile99((1..=100).map(f64::from).collect()), Some(99.0));
        assert_eq!(percentile99(vec![5.0]), Some(5.0));
    }

    #[test]
    fn a_peer_that_says_something_else_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let mut log = Log::create(&directory.path().join("raw.jsonl")).unwrap();
        let said =
            |peer, digest: &str| Measured::new("sync", "nb", peer, 1).saw(Some(digest.to_owned()));
        log.add(said("a", "1 x")).unwrap();
        log.add(said("b", "1 x")).unwrap();
        let error = log.add(said("c", "1 y")).unwrap_err().to_string();
        assert_eq!(error, "sync nb: c says 1 y, but a 1 x");
        assert_eq!(log.all().len(), 2);
    }
}
