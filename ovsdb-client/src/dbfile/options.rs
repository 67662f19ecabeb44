//! Options: how far a file is read, and what happens at damage.

use std::sync::Arc;

use uuid::Uuid;

use crate::schema::DatabaseSchema;

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
}

/// What to do where a file is damaged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OnDamage {
    /// Refuse the file.
    /// **Default and why**: nobody takes a part for the whole without having asked for it.
    #[default]
    Refuse,
    /// Keep what stands before the damage and nothing else, as ovsdb-server does. A transaction
    /// with any row that cannot be read counts as damage here, as it does there.
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
