//! Bundles: files, folders and archives with databases in them, read where they are.
//!
//! ```text
//!   path ──walk──► files ──visit──► plain contents ──look──► databases, texts, hints, problems
//!                             │  ▲                              │
//!                             └──┘ through gzip, xz, zstd,      ├─ duplicates merged
//!                                  tar, as often as packed      ▼
//!                                                             Bundle ──load──► rows ──► node names
//! ```
//!
//! What a file is is told by its first bytes and never by its name. Nothing is written: packed
//! files are unpacked in memory, bit by bit. Opening finds the databases and reads no more than
//! their names; loading reads those that a question needs, several at a time. Whatever a bundle
//! claims, the limits at the top of `limit` hold.

mod limit;

mod place;

mod progress;

mod content;

mod database_name;

mod file_name;

mod layout;

mod archive;

mod unpack;

mod found;

mod hint;

mod visit;

mod parallel;

mod look;

mod opening_error;

mod walk;

mod duplicate;

mod object_file;

mod opening;

mod yaml;

mod objects;

mod remembered;

mod text;

mod load;

mod node_name;

pub use self::found::{Found, Noted, NotedKind, Problem};
pub use self::layout::Layout;
#[cfg(test)]
pub(crate) use self::limit::Limits;
pub(crate) use self::limit::Meter;
pub use self::limit::{
    LimitError, MAX_DATABASE, MAX_DEPTH, MAX_DICTIONARY, MAX_EXTENSION, MAX_FILES, MAX_HINT,
    MAX_KEPT, MAX_PROBLEMS, MAX_RATIO, MAX_UNPACKED, RATIO_COUNTS_FROM,
};
pub use self::load::LoadError;
pub(crate) use self::node_name::{Nameless, NodeName};
pub(crate) use self::object_file::{ObjectFile, Part};
pub use self::opening::Bundle;
pub use self::opening_error::OpenError;
pub use self::parallel::MAX_WORKERS;
pub use self::place::Place;
pub use self::progress::{Progress, Silent, Stage};
pub use self::remembered::MAX_REMEMBERED;
pub(crate) use self::remembered::open;
#[cfg(test)]
pub(crate) use self::walk::Listing;
