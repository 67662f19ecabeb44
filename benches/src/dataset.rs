//! The databases that are measured on.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use ovn_shapes::{Size, northbound, recording, southbound, standalone};
use ovn_tests::sandbox::Schema;

use crate::process::{own, run};

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A northbound one.
    Northbound,
    /// A southbound one.
    Southbound,
}

/// A database file to make.
#[derive(Clone, Copy, Debug)]
pub struct Dataset {
    /// Which database.
    pub kind: Kind,
    /// How large, as a letter.
    pub letter: char,
    /// How many times it changed.
    pub revision: usize,
}

impl Kind {
    /// The database's name.
    pub fn database(self) -> &'static str {
        match self {
            Self::Northbound => ovn_schemas::nb::DATABASE.name,
            Self::Southbound => ovn_schemas::sb::DATABASE.name,
        }
    }

    /// As it is called in short.
    pub fn short(self) -> &'static str {
        match self {
            Self::Northbound => "NB",
            Self::Southbound => "SB",
        }
    }

    /// The schema of the installed packages.
    pub fn schema(self) -> Schema {
        match self {
            Self::Northbound => Schema::northbound(),
            Self::Southbound => Schema::southbound(),
        }
    }
}

impl Dataset {
    /// A northbound database.
    pub fn northbound(letter: char) -> Self {
        Self {
            kind: Kind::Northbound,
            letter,
            revision: 0,
        }
    }

    /// A southbound database.
    pub fn southbound(letter: char) -> Self {
        Self {
            kind: Kind::Southbound,
            ..Self::northbound(letter)
        }
    }

    /// How many nodes and pods.
    ///
    /// # Errors
    /// The letter is none of T, S, M, L, X and Y.
    pub fn size(&self) -> Result<Size> {
        let (nodes, pods) = match (self.letter, self.kind) {
            ('T', _) => (3, 100),
            ('S', _) => (10, 1_000),
            ('M', Kind::Northbound) => (50, 10_000),
            ('M', Kind::Southbound) => (30, 3_000),
            ('L', Kind::Northbound) => (250, 50_000),
            ('L', Kind::Southbound) => (100, 10_000),
            // Four times L.
            ('X', Kind::Northbound) => (1_000, 200_000),
            // A million rows.
            ('Y', Kind::Northbound) => (2_151, 430_200),
            (letter, _) => bail!("there is no size {letter}"),
        };
        let mut size = Size::new(nodes, pods);
        size.revision = self.revision;
        Ok(size)
    }

    /// The file in a directory, made there in a process of its own unless it is there already.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn file(&self, directory: &Path) -> Result<PathBuf> {
        self.made(directory, "database")
    }

    /// A northbound file of the same rows with a history, made likewise.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn recording(&self, directory: &Path) -> Result<PathBuf> {
        self.made(directory, "recording")
    }

    fn made(&self, directory: &Path, what: &str) -> Result<PathBuf> {
        let (short, letter, revision) = (self.kind.short(), self.letter, self.revision);
        let path = directory.join(format!("{what}-{short}-{letter}{revision}.db"));
        if !path.exists() {
            let mut command = own()?;
            command.args(["generate", what, short]);
            command.args([letter.to_string(), revision.to_string()]);
            run(command.arg(&path))?;
        }
        Ok(path)
    }

    /// Writes the file, in this process.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn generate(&self, what: &str, path: &Path) -> Result<usize> {
        let (size, schema) = (self.size()?, self.kind.schema());
        if what == "recording" {
            return recording(path, schema.path(), size);
        }
        let rows = match self.kind {
            Kind::Northbound => northbound(size, size.pods),
            Kind::Southbound => southbound(size),
        };
        standalone(path, schema.path(), &rows)?;
        Ok(rows.count())
    }
}

/// The kind called so in short.
///
/// # Errors
/// There is none.
pub fn kind(short: &str) -> Result<Kind> {
    match short {
        "NB" => Ok(Kind::Northbound),
        "SB" => Ok(Kind::Southbound),
        _ => bail!("there is no database {short}"),
    }
}
