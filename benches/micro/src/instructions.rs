//! Instructions counted in the parsers, which do not move with the load of the machine.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::parser::PARSERS;

/// What was counted before, kept in the repository. Figures that rise must be put here by hand,
/// with the reason in the commit.
pub const BASELINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../instructions.json");

/// By how much a figure may rise: 5 %, above what another build of the same code moves it by.
const TOLERANCE: f64 = 1.05;

/// Instructions a byte, by parser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counted(pub BTreeMap<String, f64>);

/// What a comparison with the baseline says.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// No figure rose by more than is tolerated.
    Fine,
    /// These did: parser, before, now.
    Risen(Vec<(String, f64, f64)>),
}

impl Counted {
    /// What the repository keeps.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn baseline() -> Result<Self> {
        let text = std::fs::read_to_string(BASELINE).with_context(|| BASELINE)?;
        serde_json::from_str(&text).with_context(|| BASELINE)
    }

    /// Counts all parsers in processes of `program`, which does [`parse`](crate::parser::parse) as
    /// its two words say and prints what it gives.
    ///
    /// # Errors
    /// valgrind is missing or failed.
    pub fn of(program: &Path) -> Result<Self> {
        let mut counted = BTreeMap::new();
        for parser in PARSERS {
            let (once, _) = count(program, parser, 1)?;
            let (thrice, bytes) = count(program, parser, 3)?;
            // What the process does before and after is the same in both.
            let a_byte = (thrice - once) / 2.0 / bytes;
            counted.insert(parser.to_owned(), (a_byte * 100.0).round() / 100.0);
        }
        Ok(Self(counted))
    }

    /// Compares with what was counted before.
    ///
    /// # Errors
    /// The baseline lacks a parser, or has one that is gone.
    pub fn compare(&self, baseline: &Self) -> Result<Verdict> {
        let names = |counted: &Self| counted.0.keys().cloned().collect::<Vec<_>>();
        ensure!(
            names(self) == names(baseline),
            "the baseline knows {:?}, but counted were {:?}",
            names(baseline),
            names(self)
        );
        let risen: Vec<_> = self
            .0
            .iter()
            .map(|(name, now)| (name.clone(), baseline.0[name], *now))
            .filter(|(_, before, now)| *now > before * TOLERANCE)
            .collect();
        Ok(if risen.is_empty() {
            Verdict::Fine
        } else {
            Verdict::Risen(risen)
        })
    }
}

/// How many instructions a process takes that parses so many times, and the bytes of one time.
fn count(program: &Path, parser: &str, rounds: usize) -> Result<(f64, f64)> {
    let done = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([parser, &rounds.to_string()])
        .output()
        .context("cannot run valgrind; is it installed?")?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    ensure!(done.status.success(), "valgrind: {said}");
    let counted = said
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let (_, counted) = counted.with_context(|| format!("nothing was counted: {said}"))?;
    let bytes = String::from_utf8(done.stdout)?;
    Ok((counted.trim().parse()?, bytes.trim().parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(framing: f64, decode: f64) -> Counted {
        Counted(
            [("framing", framing), ("decode", decode)]
                .map(|(n, v)| (n.to_owned(), v))
                .into(),
        )
    }

    #[test]
    fn a_rise_over_the_tolerance_is_told_and_a_smaller_one_is_not() {
        let before = counted(10.0, 100.0);
        assert_eq!(counted(10.4, 90.0).compare(&before).unwrap(), Verdict::Fine);
        let risen = vec![("framing".to_owned(), 10.0, 10.6)];
        let verdict = counted(10.6, 104.0).compare(&before).unwrap();
        assert_eq!(verdict, Verdict::Risen(risen));
    }

    #[test]
    fn a_baseline_without_a_parser_is_an_error() {
        assert!(counted(1.0, 1.0).compare(&Counted::default()).is_err());
    }

    #[test]
    fn the_kept_baseline_knows_every_parser() {
        let kept = Counted::baseline().unwrap();
        let mut parsers = PARSERS.map(str::to_owned).to_vec();
        parsers.sort_unstable();
        assert_eq!(kept.0.into_keys().collect::<Vec<_>>(), parsers);
    }
}
