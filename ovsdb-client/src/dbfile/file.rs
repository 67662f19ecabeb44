//! Files as a whole: the rows they end with.

use crate::dbfile::clustered::ClusterMember;
use crate::dbfile::damage::Damage;
use crate::dbfile::error::FileError;
use crate::dbfile::history::History;
use crate::dbfile::options::{Moment, ReadOptions};
use crate::dbfile::step::FileKind;
use crate::replica::Snapshot;
use crate::table::TableDef;
use crate::update::RowFault;

/// A database file, read to its end or to the moment asked for.
#[derive(Debug)]
pub struct DatabaseFile {
    /// What the file is.
    pub kind: FileKind,
    /// The rows as the last transaction left them.
    pub snapshot: Snapshot,
    /// How many transactions were applied. A standalone file's schema record is none; a cluster
    /// member's snapshot is one, and entries without data are none.
    pub transactions: usize,
    /// When the last transaction with a date was written, in milliseconds since 1970.
    pub written: Option<i64>,
    /// What of the file's rows could not be read; everything else was.
    pub faults: Vec<RowFault>,
    /// What of the file was passed over, ascending by offset; none but where the options allow for
    /// damage.
    pub damages: Vec<Damage>,
    /// What a cluster member's file says about the member; `None` for other files.
    pub member: Option<ClusterMember>,
    /// The schema as the file spells it, checksum and all; `None` for a file that holds none.
    pub schema_text: Option<Box<str>>,
}

impl DatabaseFile {
    /// Reads a database file from its content: a standalone or clustered log, a backup or a dump.
    ///
    /// The layout comes from the schema in the file; `generated` tables can read its rows. Of a
    /// cluster member's log the committed entries count.
    ///
    /// # Errors
    /// [`FileError`] when the content is no database or is damaged anywhere.
    pub fn read(bytes: &[u8], generated: &[&'static TableDef]) -> Result<Self, FileError> {
        Self::read_with(bytes, generated, &ReadOptions::default())
    }

    /// Reads a database file as `options` say.
    ///
    /// # Errors
    /// [`FileError`] when the content is no database, is damaged and `options` do not allow for
    /// it, or does not hold the moment that they ask for.
    pub fn read_with(
        bytes: &[u8],
        generated: &[&'static TableDef],
        options: &ReadOptions,
    ) -> Result<Self, FileError> {
        let mut history = History::open(bytes, generated, options)?;
        let (transactions, faults) = history.take_all()?;
        if matches!(options.until, Some(Moment::Time(_))) && history.written().is_none() {
            return Err(FileError::TooEarly { first: None });
        }
        Ok(Self {
            kind: history.kind(),
            snapshot: history.snapshot(),
            transactions,
            written: history.written(),
            faults,
            damages: history.damages().to_vec(),
            member: history.member().cloned(),
            schema_text: history.schema_text().map(Box::from),
        })
    }

    /// The table and name of each column that the server keeps out of its file, such as counters
    /// and link states. They read as their defaults here, which says nothing about the server.
    ///
    /// **Shape**: ascending by table and name; none for dumps, and none for clusters, which keep
    /// all columns.
    pub fn unrecorded(&self) -> impl Iterator<Item = (&str, &str)> {
        let schema = &self.snapshot.layout().schema;
        let files = self.kind != FileKind::Dump;
        schema
            .tables
            .iter()
            .filter(move |_| files)
            .flat_map(|table| {
                let ephemeral = table.columns.iter().filter(|column| column.ephemeral);
                ephemeral.map(|column| (&*table.name, &*column.name))
            })
    }
}

#[cfg(test)]
pub(crate) mod tests;
