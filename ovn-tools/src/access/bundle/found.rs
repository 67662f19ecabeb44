//! What is found in a bundle: databases, texts, and what could not be looked at.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::access::bundle::file_name::FileName;
use crate::access::bundle::place::Place;
use crate::database::Database;

/// A database that was found. Its content has not been read yet, but for its name.
#[derive(Debug)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// The database's name in its schema; `None` for a dump, which names none, and for a log whose
    /// first record is damaged.
    pub name: Option<Box<str>>,
    /// The size of its content, unpacked.
    pub size: u64,
    /// Where else the very same content is.
    pub copies: Vec<Place>,
    /// The file of this machine that holds it.
    pub(crate) path: Arc<Path>,
    pub(crate) content: Kept,
    pub(crate) hash: Option<Hash>,
}

/// The SHA-256 of a content.
pub(crate) type Hash = [u8; 32];

/// Where the content of a database is until it is read.
#[derive(Debug)]
pub(crate) enum Kept {
    /// In a plain file.
    File,
    /// Here.
    Memory(Arc<Vec<u8>>),
    /// Within something packed, to be unpacked again.
    Packed,
}

impl Found {
    /// Which of the databases it is, as far as its name tells.
    pub fn database(&self) -> Option<Database> {
        Database::from_name(self.name.as_deref()?)
    }

    /// Whether it is a database that none of the tools knows.
    pub(crate) fn is_unknown(&self) -> bool {
        self.name.is_some() && self.database().is_none()
    }

    /// Whether it may hold this database: a name says so, or there is none.
    pub fn may_hold(&self, database: Database) -> bool {
        self.name.is_none() || self.database() == Some(database)
    }

    /// The copies whose names tell of another node or pod.
    pub(crate) fn differently_named_copies(&self) -> impl Iterator<Item = &Place> {
        let told = |place: &Place| {
            let name = FileName::of(&place.whole_path());
            (name.pod, name.prefix)
        };
        let own = told(&self.place);
        self.copies.iter().filter(move |copy| told(copy) != own)
    }
}

/// A text that a tool may want: a command's output, a log, a resource of the cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Where.
    pub place: Place,
    /// What it is, by its path.
    pub kind: NotedKind,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NotedKind {
    /// The output of a command that `sos report` ran, named after the command.
    Command,
    /// A log.
    Log,
    /// Resources of a Kubernetes cluster, as YAML or JSON.
    Resource,
    /// What must-gather's network scripts wrote.
    Network,
}

impl fmt::Display for NotedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Command => "command outputs",
            Self::Log => "logs",
            Self::Resource => "resources",
            Self::Network => "network outputs",
        })
    }
}

impl NotedKind {
    /// What a text at this path is; `None` where no tool would want it.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let folders = || path.split('/');
        let name = folders().next_back().unwrap_or_default();
        let has = |folder: &str| folders().any(|part| part == folder);
        if has("sos_commands") {
            Some(Self::Command)
        } else if name.ends_with(".log") || name.contains(".log.") {
            Some(Self::Log)
        } else if has("network_logs") {
            Some(Self::Network)
        } else if (has("namespaces") || has("cluster-scoped-resources"))
            && [".yaml", ".yml", ".json"]
                .iter()
                .any(|ending| name.ends_with(ending))
        {
            Some(Self::Resource)
        } else {
            None
        }
    }
}

/// Something that could not be looked at or read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where; `None` for the bundle as a whole.
    pub place: Option<Place>,
    /// Why, in words.
    pub why: String,
}
