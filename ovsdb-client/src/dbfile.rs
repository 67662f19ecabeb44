//! Database files, read natively and never changed; new ones are written.
//!
//! ```text
//!   bytes ──records──► sound records and damage ──steps──► History ──► Transaction, Transaction, …
//!                      (record)                 (standalone,   │
//!                                                clustered,    └─► Snapshot at any moment
//!                                                dump)
//! ```
//!
//! [`DatabaseFile::read`] gives the rows a file ends with; [`History`] gives its transactions one
//! after the other and the rows between them. All of it works on the bytes the caller holds (read
//! or mapped): records are looked at where they are, and what is kept beside them is a few words a
//! record and the rows of one moment.
//!
//! [`LogWriter`] makes the records of a new standalone file, which ovsdb-server and ovsdb-tool read.
//!
//! **Source**: ovsdb(5).

mod record;

mod options;

mod damage;

mod error;

mod scan;

mod step;

mod standalone;

mod raft_record;

mod clustered;

mod dump;

mod transaction;

mod conversion;

mod replay;

mod history;

mod file;

mod write;

pub use self::clustered::{ClusterMember, Note};
pub use self::damage::{Damage, DamageProblem};
pub use self::error::FileError;
pub use self::file::DatabaseFile;
pub use self::history::{History, Transaction};
pub use self::options::{Checksums, Entries, Moment, OnDamage, Only, ReadOptions};
pub use self::raft_record::RaftProblem;
pub use self::record::{Magic, Record, RecordError, RecordProblem, Records, check};
pub use self::step::{FileKind, RaftPosition};
pub use self::write::{AsTheyAre, LogWriter, RecordHeader, Rewrite, WriteError};
