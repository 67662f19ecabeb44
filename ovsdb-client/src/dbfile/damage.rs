//! Damage: what of a file could not be used, where, and why.

use std::fmt;

use crate::dbfile::raft_record::RaftProblem;
use crate::dbfile::record::{RecordError, RecordProblem};

/// A part of a file that was passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// How many sound records stand before it, damaged ones left out.
    pub number: usize,
    /// Where it begins, in bytes from the start of the file.
    pub offset: usize,
    /// Where it ends: at the next sound record, or with the file.
    pub end: usize,
    /// What is wrong.
    pub problem: DamageProblem,
    /// How many sound records after it were used; they may depend on what is lost.
    pub follow: usize,
}

/// What is wrong with a part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DamageProblem {
    /// It is no sound record.
    Record(RecordProblem),
    /// The record is sound, but does not fit the records of the cluster member's log before it.
    Raft(RaftProblem),
    /// The record is sound, but what it holds cannot be applied.
    Content(String),
}

impl Damage {
    pub(crate) fn record(error: RecordError, end: usize) -> Self {
        Self {
            number: error.number,
            offset: error.offset,
            end,
            problem: DamageProblem::Record(error.problem),
            follow: 0,
        }
    }
}

impl fmt::Display for DamageProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(problem) => problem.fmt(f),
            Self::Raft(problem) => problem.fmt(f),
            Self::Content(problem) => f.write_str(problem),
        }
    }
}

/// `record 3 at byte 400: …; 120 bytes are passed over, and the 7 records used after them may
/// depend on what is lost`
impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            number,
            offset,
            end,
            problem,
            follow,
        } = self;
        let lost = end.saturating_sub(*offset);
        write!(f, "record {number} at byte {offset}: {problem}; ")?;
        match follow {
            0 => write!(
                f,
                "{lost} bytes are passed over, and nothing after them is used"
            ),
            _ => write!(
                f,
                "{lost} bytes are passed over, and the {follow} records used after them may depend \
                 on what is lost"
            ),
        }
    }
}
