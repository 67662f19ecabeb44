//! Opening: a bundle with all databases found in it, none of them read.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use thiserror::Error;

use crate::access::bundle::duplicate::merge;
use crate::access::bundle::found::{Found, Noted, Problem};
use crate::access::bundle::hint::Hint;
use crate::access::bundle::layout::Layout;
use crate::access::bundle::limit::Meter;
use crate::access::bundle::look::{Looked, Seen, Shared};
use crate::access::bundle::parallel::each;
use crate::access::bundle::place::Place;
use crate::access::bundle::progress::{Progress, Silent};
use crate::access::bundle::walk::walk;

/// A file, a folder or an archive, with the databases in it.
#[derive(Debug)]
pub struct Bundle {
    /// The databases, ascending by place; the same content at several places is one of them.
    pub databases: Vec<Found>,
    /// Texts that tools may want, ascending by place.
    pub noted: Vec<Noted>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
    /// Who collected it; several collections may lie in one folder.
    pub layouts: BTreeSet<Layout>,
    /// How many files and archive members there are.
    pub files: u64,
    pub(crate) root: PathBuf,
    pub(crate) is_folder: bool,
    pub(crate) hints: Vec<Hint>,
    pub(crate) meter: Arc<Meter>,
}

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

impl Bundle {
    /// Opens a file, a folder or an archive and looks for databases in it. Nothing is written.
    ///
    /// Only the first record of each database in a plain file is read; what is packed is unpacked
    /// once, in memory and bit by bit.
    ///
    /// It blocks: call it where blocking is allowed.
    ///
    /// # Errors
    /// [`OpenError`] when the path leads nowhere, or to nothing that holds a database.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Self::open_with(path, &Arc::default(), &Silent)
    }

    /// Opens, tells how far it has come, and ends early when the meter is cancelled.
    pub(crate) fn open_with(
        path: &Path,
        meter: &Arc<Meter>,
        progress: &dyn Progress,
    ) -> Result<Self, OpenError> {
        let kind = fs::metadata(path)?;
        let is_folder = kind.is_dir();
        if !is_folder && !kind.is_file() {
            return Err(OpenError::Kind);
        }
        let mut all = Looked::default();
        let files = if is_folder {
            // A folder that cannot be read at all is no empty one.
            fs::read_dir(path)?;
            let (files, problems) = walk(path, meter);
            all.problems = problems;
            files
        } else {
            let name = path.file_name().unwrap_or(path.as_os_str());
            vec![(path.to_path_buf(), Place::file(&name.to_string_lossy()))]
        };
        let shared = Shared {
            meter,
            progress,
            found: AtomicU64::new(0),
        };
        let looked = each(&files, |(path, place)| Looked::at(path, place, &shared));
        looked.into_iter().for_each(|looked| all.add(looked));
        if meter.check().is_err() {
            return Err(OpenError::Cancelled);
        }
        if all.databases.is_empty() {
            return Err(OpenError::Nothing {
                seen: all.seen.in_words(is_folder),
                problems: all.problems,
            });
        }
        Ok(Self {
            databases: merge(all.databases, meter),
            noted: all.noted,
            problems: all.problems,
            layouts: all.layouts,
            files: meter.files(),
            root: path.to_path_buf(),
            is_folder,
            hints: all.hints,
            meter: Arc::clone(meter),
        })
    }

    /// A place as its user would name it: the path of the bundle, and on from there.
    pub fn address(&self, place: &Place) -> String {
        let inside = place.to_string();
        if self.is_folder {
            return self.root.join(inside).display().to_string();
        }
        let members = inside.strip_prefix(place.file_path()).unwrap_or_default();
        format!("{}{members}", self.root.display())
    }
}

impl Seen {
    /// What there is in place of a database.
    fn in_words(&self, is_folder: bool) -> String {
        let kinds = [
            (self.texts, "text", "texts", "it is text and no database"),
            (self.empty, "empty file", "empty files", "it is empty"),
            (
                self.others,
                "other file",
                "other files",
                "it is neither a database nor anything that may hold one",
            ),
        ];
        let parts = kinds
            .iter()
            .filter_map(|(count, one, many, _)| match count {
                0 => None,
                1 => Some(format!("1 {one}")),
                count => Some(format!("{count} {many}")),
            });
        let parts: Vec<String> = parts.collect();
        let single = kinds.iter().find(|(count, ..)| *count == 1);
        match (parts.as_slice(), single) {
            ([], _) => "no database is in it, nor any other file".to_owned(),
            ([_], Some((.., single))) if !is_folder => (*single).to_owned(),
            (parts, _) => format!("no database is in it, but {}", parts.join(", ")),
        }
    }
}
