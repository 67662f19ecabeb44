//! The forms in which databases are read.

/// How databases are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Each database file is a source.
    Files,
    /// One archive is the source.
    Bundle,
    /// An ovsdb-server for each node is a source; it serves copies of the files.
    Live,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Files, Self::Bundle, Self::Live];

    /// What it is called in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Bundle => "bundle",
            Self::Live => "live",
        }
    }
}
