//! Options: how far a file is read, and what happens at damage.

use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use crate::schema::{DatabaseSchema, Selection};

/// How a file is to be read. The default refuses damage, takes what is known to be committed, and
/// reads to the end.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// What to do where the file is damaged.
    pub damage: OnDamage,
    /// Which entries of a cluster member's log to apply; other files have no such distinction.
    pub entries: Entries,
    /// Where to stop; `None` for the end of the file.
    pub until: Option<Moment>,
    /// The schema, for files that hold none: dumps, and standalone files whose first record is
    /// damaged. A file's own schema goes before it.
    ///
    /// **Default and why**: `None`; a dump then takes the schema of the one database among the
    /// generated tables that it fits best.
    pub schema: Option<Arc<DatabaseSchema>>,
    /// Which rows and columns to read; `None` for all. The text of the others is only passed over,
    /// and what is wrong with their values is not said.
    ///
    /// [`OnDamage::Stop`] reads everything: any row may be what it stops at.
    pub only: Option<Arc<Only>>,
    /// Whether the records' checksums are looked at.
    pub checksums: Checksums,
}

/// Tables and columns, by database.
///
/// **Shape**: of databases that are not named, nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only(BTreeMap<Box<str>, Part>);

/// What is read of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Tables(BTreeMap<Box<str>, Selection>),
}

impl Only {
    /// Everything in the database of this name too.
    #[must_use]
    pub fn whole(mut self, database: &str) -> Self {
        self.0.insert(database.into(), Part::Whole);
        self
    }

    /// These columns of a table too, in place of those named before.
    #[must_use]
    pub fn table(mut self, database: &str, table: &str, columns: Selection) -> Self {
        let part = self.0.entry(database.into());
        if let Part::Tables(tables) = part.or_insert_with(|| Part::Tables(BTreeMap::new())) {
            tables.insert(table.into(), columns);
        }
        self
    }

    /// What is read of a table; `None` for nothing.
    pub(crate) fn of(&self, database: &str, table: &str) -> Option<Selection> {
        match self.0.get(database)? {
            Part::Whole => Some(Selection::All),
            Part::Tables(tables) => tables.get(table).cloned(),
        }
    }
}

/// Who looks at the records' checksums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Checksums {
    /// The reading itself.
    /// **Default and why**: nothing is believed that was not checked.
    #[default]
    Here,
    /// Whoever asked for the reading, by [`check`](crate::dbfile::check), in another thread or
    /// before. What is read counts only where that finds no damage.
    Elsewhere,
}

/// What to do where a file is damaged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnDamage {
    /// Refuse the file.
    /// **Default and why**: nobody takes a part for the whole without having asked for it.
    #[default]
    Refuse,
    /// Leave out a last record that the file ends within, and refuse any other damage: so is a file
    /// that was copied while its server wrote. The records before are sound and are all there is to
    /// know; the damage is listed.
    ///
    /// It takes sound records before and none after: a damaged header may claim as much.
    Unfinished,
    /// Keep what stands before the damage and nothing else, as ovsdb-server does. A transaction
    /// with any row that cannot be read, or that breaks a constraint of the schema, counts as damage
    /// here, as it does there.
    Stop,
    /// Keep what stands before the damage, and go on with the next record whose checksum is sound.
    /// What follows damage may depend on what is lost.
    Salvage,
}

/// Which entries of a cluster member's log are applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Entries {
    /// Those that the member knew to be committed: a majority of the cluster has them for good.
    /// **Default and why**: later ones can still be taken back.
    #[default]
    Committed,
    /// Those too that it had only written down.
    All,
}

/// A moment in a file's history; everything up to it and with it is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Moment {
    /// As the file was when this record, counted from 0, was its last.
    ///
    /// For a cluster member's log this is what the member knew then: a later record commits no
    /// earlier entry, and takes none back.
    Record(usize),
    /// After the transaction with this ID (`eid`) of a cluster member's log.
    Transaction(Uuid),
    /// Before the first transaction that was written later.
    ///
    /// **Units**: milliseconds since 1970. Transactions without a date stay with those before them.
    Time(i64),
}
