//! Progress: how far the reading of a bundle has come, for whoever waits.

/// Is told how far reading has come.
///
/// It is called from several threads, some times a second and for each database, and must not
/// wait.
pub trait Progress: Send + Sync {
    /// Reading has come to this.
    fn reached(&self, stage: Stage<'_>);
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage<'a> {
    /// Files are looked at for databases.
    Looking {
        /// How many files and archive members were looked at.
        files: u64,
        /// How many databases were found.
        databases: u64,
        /// How many bytes were unpacked.
        unpacked: u64,
    },
    /// Databases are read.
    Reading {
        /// How many were read.
        done: usize,
        /// How many are to be read.
        of: usize,
        /// The one that was read last.
        place: &'a str,
    },
    /// Nothing more is done.
    Finished,
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn reached(&self, _stage: Stage<'_>) {}
}
