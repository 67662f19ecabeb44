//! Why a bundle cannot be opened.

use std::io;

use thiserror::Error;

use crate::access::bundle::found::Problem;

/// A bundle cannot be opened. The path is at fault, or what it leads to.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// There is no such file, or it must not be read.
    #[error(transparent)]
    Path(#[from] io::Error),
    /// A socket, a device or the like.
    #[error("it is neither a file nor a folder: for a running server write unix:PATH")]
    Kind,
    /// There is no database in it.
    #[error("{seen}{}; expected {EXPECTED}", named(.problems))]
    Nothing {
        /// What is in it.
        seen: String,
        /// What could not be looked at.
        problems: Vec<Problem>,
    },
    /// Nobody waits for it any more.
    #[error("opening was broken off")]
    Cancelled,
}

/// What is read.
const EXPECTED: &str = "an OVSDB file (standalone, cluster member, or from `ovsdb-client backup` \
                        or `ovsdb-client dump -f json`), or a folder or archive (.tar, .gz, .xz, \
                        .zst) with such files in it, like a must-gather or a sosreport";

/// The most problems that an error names.
/// **Default and why**: 3; one mostly says it all.
const MAX_NAMED: usize = 3;

fn named(problems: &[Problem]) -> String {
    let mut words = String::new();
    for problem in problems.iter().take(MAX_NAMED) {
        words.push_str(&match &problem.place {
            Some(place) => format!("; {place}: {}", problem.why),
            None => format!("; {}", problem.why),
        });
    }
    if let Some(more @ 1..) = problems.len().checked_sub(MAX_NAMED) {
        words.push_str(&format!("; and {more} more problems"));
    }
    words
}
