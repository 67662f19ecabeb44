//! Opening: a bundle with all databases found in it, none of them read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use crate::access::bundle::duplicate::merge;
use crate::access::bundle::found::{Found, Kept, Noted, NotedKind, Problem};
use crate::access::bundle::hint::Hint;
use crate::access::bundle::layout::Layout;
use crate::access::bundle::limit::Meter;
use crate::access::bundle::look::{Looked, Seen, Shared};
use crate::access::bundle::object_file::ObjectFile;
use crate::access::bundle::opening_error::OpenError;
use crate::access::bundle::parallel::each;
use crate::access::bundle::place::Place;
use crate::access::bundle::progress::{Progress, Silent, Stage};
use crate::access::bundle::walk::Listing;

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
}

/// How often it is told how far the looking has come.
/// **Default and why**: every 100 ms; nobody reads faster.
const TELL_EVERY: Duration = Duration::from_millis(100);

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
        let meter = Meter::default();
        Self::of(Listing::of(path, &meter)?, &meter, &Silent)
    }

    /// Opens what was listed, tells how far it has come, and ends early when the meter is
    /// cancelled.
    pub(crate) fn of(
        listing: Listing,
        meter: &Meter,
        progress: &dyn Progress,
    ) -> Result<Self, OpenError> {
        let looked = look(&listing, meter, progress);
        let mut all = Looked {
            problems: listing.problems,
            ..Looked::default()
        };
        looked.into_iter().for_each(|looked| all.add(looked));
        if meter.check().is_err() {
            return Err(OpenError::Cancelled);
        }
        // Objects of a cluster answer questions of their own.
        let is_object = |noted: &Noted| {
            let is_resource = noted.kind == NotedKind::Resource;
            is_resource && ObjectFile::of(&noted.place.whole_path()).is_some()
        };
        if all.databases.is_empty() && !all.noted.iter().any(is_object) {
            return Err(OpenError::Nothing {
                seen: all.seen.in_words(listing.is_folder),
                problems: all.problems,
            });
        }
        Ok(Self {
            databases: merge(all.databases, meter),
            noted: all.noted,
            problems: all.problems,
            layouts: all.layouts,
            files: meter.files(),
            root: listing.root,
            is_folder: listing.is_folder,
            hints: all.hints,
        })
    }

    /// The path that was opened.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// Whether it is one file with a database as its programs write it, nothing of which is kept
    /// here.
    pub(crate) fn is_plain(&self) -> bool {
        let mut databases = self.databases.iter();
        !self.is_folder && databases.all(|found| matches!(found.content, Kept::File))
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

/// Looks at all files, several at a time, while another thread tells how far that has come.
fn look(listing: &Listing, meter: &Meter, progress: &dyn Progress) -> Vec<Looked> {
    let shared = Shared {
        meter,
        found: AtomicU64::new(0),
    };
    let (end, ended) = channel::<()>();
    thread::scope(|scope| {
        let shared = &shared;
        scope.spawn(move || {
            while ended.recv_timeout(TELL_EVERY) == Err(RecvTimeoutError::Timeout) {
                progress.reached(Stage::Looking {
                    files: meter.files(),
                    databases: shared.found.load(Ordering::Relaxed),
                    unpacked: meter.bytes(),
                });
            }
        });
        let looked = each(&listing.files, |(path, place)| {
            Looked::at(path, place, shared)
        });
        drop(end);
        looked
    })
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
