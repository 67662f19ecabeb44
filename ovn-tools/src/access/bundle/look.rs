//! Looks: what a file holds, from its first bytes and those of what is packed in it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memmem;
use sha2::{Digest, Sha256};

use crate::access::bundle::content::{Content, header_in};
use crate::access::bundle::database_name::database_name;
use crate::access::bundle::file_name::FileName;
use crate::access::bundle::found::{Found, Kept, Noted, NotedKind, Problem};
use crate::access::bundle::hint::{Hint, HintKind};
use crate::access::bundle::layout::Layout;
use crate::access::bundle::limit::{LimitError, MAX_HINT, MAX_NOTED, Meter};
use crate::access::bundle::place::Place;
use crate::access::bundle::visit::{File, Visitor, visit};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Looked {
    pub(crate) databases: Vec<Found>,
    pub(crate) noted: Vec<Noted>,
    pub(crate) hints: Vec<Hint>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) layouts: BTreeSet<Layout>,
    pub(crate) seen: Seen,
}

/// How many files of each kind there are that are no databases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) texts: u64,
    pub(crate) empty: u64,
    pub(crate) others: u64,
}

/// What all looks of an opening share.
pub(crate) struct Shared<'s> {
    pub(crate) meter: &'s Meter,
    /// How many databases were found.
    pub(crate) found: AtomicU64,
}

impl Looked {
    /// Looks at a file of this machine.
    pub(crate) fn at(path: &Path, place: &Place, shared: &Shared<'_>) -> Self {
        let mut looking = Looking {
            looked: Self::default(),
            shared,
            path: path.into(),
        };
        let outcome = shared.meter.file().map_err(io::Error::from);
        match outcome.and_then(|()| fs::File::open(path)) {
            Ok(mut file) => visit(&mut file, place, 0, shared.meter, &mut looking),
            Err(error) => looking.problem(place, &error),
        }
        looking.looked
    }

    /// Adds what another look found.
    pub(crate) fn add(&mut self, other: Self) {
        self.databases.extend(other.databases);
        let room = MAX_NOTED.saturating_sub(self.noted.len());
        self.noted.extend(other.noted.into_iter().take(room));
        self.hints.extend(other.hints);
        self.problems.extend(other.problems);
        self.layouts.extend(other.layouts);
        self.seen.texts += other.seen.texts;
        self.seen.empty += other.seen.empty;
        self.seen.others += other.seen.others;
    }
}

struct Looking<'s> {
    looked: Looked,
    shared: &'s Shared<'s>,
    path: Arc<Path>,
}

impl Visitor for Looking<'_> {
    fn wants(&self, _place: &Place) -> bool {
        true
    }

    fn file(&mut self, mut file: File<'_>) -> io::Result<()> {
        let file = &mut file;
        let path = file.place.whole_path();
        self.looked.layouts.extend(Layout::of(&path));
        match file.content {
            Content::Log | Content::Dump => self.database(file)?,
            Content::Tables => self.tables(&path, file)?,
            Content::Tail => self.state(file.place, &TAIL),
            Content::Unreadable(what) => {
                self.looked.seen.others += 1;
                let why = format!(
                    "it is {what}, which is not read: unpack it, or pack it with gzip, xz or zstd"
                );
                self.state(file.place, &why);
            }
            Content::Empty => {
                self.looked.seen.empty += 1;
                if is_named_database(&path) {
                    self.state(file.place, &"it is named like a database and is empty");
                }
            }
            Content::Text | Content::Other | Content::Packed(_) | Content::Archive => {
                self.other(&path, file)?;
            }
        }
        Ok(())
    }

    fn problem(&mut self, place: &Place, error: &io::Error) {
        if !LimitError::is_final(error) {
            self.state(place, error);
        } else if self.shared.meter.tell() {
            self.looked.problems.push(Problem {
                place: None,
                why: error.to_string(),
            });
        }
    }
}

/// What is said of the end of a log.
const TAIL: &str = "it begins in the middle of a database: its collector kept only the end of the \
                    file (sos cuts files larger than --log-size), and without the beginning the \
                    rest cannot be read";

impl Looking<'_> {
    fn database(&mut self, file: &mut File<'_>) -> io::Result<()> {
        let is_log = file.content == Content::Log;
        let name =
            |log: &mut dyn Read| is_log.then(|| database_name(BufReader::new(log))).flatten();
        let found = if file.layers == 0 {
            Found {
                place: file.place.clone(),
                name: name(file.reader),
                size: fs::metadata(&self.path)?.len(),
                copies: Vec::new(),
                path: Arc::clone(&self.path),
                content: Kept::File,
                hash: None,
            }
        } else {
            let bytes = whole(file.reader, self.shared.meter)?;
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            Found {
                place: file.place.clone(),
                name: name(&mut bytes.as_slice()),
                size,
                copies: Vec::new(),
                path: Arc::clone(&self.path),
                hash: Some(Sha256::digest(&bytes).into()),
                content: match self.shared.meter.keep(size) {
                    true => Kept::Memory(Arc::new(bytes)),
                    false => Kept::Packed,
                },
            }
        };
        self.shared.found.fetch_add(1, Ordering::Relaxed);
        self.looked.databases.push(found);
        Ok(())
    }

    /// Looks at JSON tables, which are a database where they have captions.
    fn tables(&mut self, path: &str, file: &mut File<'_>) -> io::Result<()> {
        let bytes = whole(file.reader, self.shared.meter)?;
        let is_dump = memmem::find(&bytes, b"\"caption\"").is_some();
        let mut file = File {
            content: if is_dump {
                Content::Dump
            } else {
                Content::Text
            },
            reader: &mut bytes.as_slice(),
            place: file.place,
            layers: file.layers,
        };
        if is_dump {
            self.database(&mut file)
        } else {
            self.other(path, &mut file)
        }
    }

    /// Looks at what is neither a database nor packed.
    fn other(&mut self, path: &str, file: &mut File<'_>) -> io::Result<()> {
        match file.content {
            Content::Text => self.looked.seen.texts += 1,
            _ => self.looked.seen.others += 1,
        }
        if let Some(kind) = HintKind::of(path) {
            let mut bytes = Vec::new();
            Read::take(&mut *file.reader, MAX_HINT).read_to_end(&mut bytes)?;
            match kind.read(file.place, &bytes) {
                Ok(hint) => {
                    if let Some(Hint::Manifest { .. }) = hint {
                        self.looked.layouts.insert(Layout::Recording);
                    }
                    self.looked.hints.extend(hint);
                }
                Err(error) => self.state(file.place, &error),
            }
        }
        if is_named_database(path) {
            if has_header(file.reader)? {
                self.state(file.place, &TAIL);
            } else {
                let what = match file.content {
                    Content::Text => "text",
                    _ => "something else",
                };
                let why = format!("it is named like a database and holds {what}");
                self.state(file.place, &why);
            }
        } else if let Some(kind) = NotedKind::of(path)
            && self.looked.noted.len() < MAX_NOTED
        {
            self.looked.noted.push(Noted {
                place: file.place.clone(),
                kind,
            });
        }
        Ok(())
    }

    /// States a problem, once: what breaks a member may break the archives around it too.
    fn state(&mut self, place: &Place, why: &dyn ToString) {
        let why = why.to_string();
        let is_known = |known: &Problem| {
            known.why == why && known.place.as_ref().is_some_and(|inner| place.holds(inner))
        };
        if !self.looked.problems.last().is_some_and(is_known) {
            self.looked.problems.push(Problem {
                place: Some(place.clone()),
                why,
            });
        }
    }
}

/// All of a database, where it is not too large.
pub(crate) fn whole(reader: &mut dyn Read, meter: &Meter) -> io::Result<Vec<u8>> {
    let limit = meter.limits.database;
    let mut bytes = Vec::new();
    Read::take(reader, limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > limit {
        return Err(LimitError::Database(limit).into());
    }
    Ok(bytes)
}

fn is_named_database(path: &str) -> bool {
    // The server's lock files are empty and stand beside their databases.
    FileName::of(path).database.is_some() && !path.ends_with(".~lock~")
}

/// Whether a record's header stands anywhere in the rest of a file.
fn has_header(reader: &mut dyn Read) -> io::Result<bool> {
    /// How much is looked at in one go.
    const WINDOW: usize = 1 << 20;
    /// Longer than any header's line.
    const OVERLAP: usize = 256;
    let mut window = Vec::with_capacity(WINDOW + OVERLAP);
    loop {
        let kept = window.len().saturating_sub(OVERLAP);
        window.drain(..kept);
        let most = u64::try_from(WINDOW).unwrap_or(u64::MAX);
        if Read::take(&mut *reader, most).read_to_end(&mut window)? == 0 {
            return Ok(false);
        }
        for at in memmem::find_iter(&window, b"\nOVSDB ") {
            if header_in(window.get(at + 1..).unwrap_or_default()) == Some(0) {
                return Ok(true);
            }
        }
    }
}
