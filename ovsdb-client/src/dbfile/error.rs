//! Why a file cannot be read.

use thiserror::Error;
use uuid::Uuid;

use crate::dbfile::raft_record::RaftProblem;
use crate::dbfile::record::RecordError;
use crate::schema::SchemaError;
use crate::update::UpdateError;

/// A file cannot be read as a database, or not as asked. Reading it again will not help.
///
/// The file is at fault, except where an item says that the reader's options are.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FileError {
    /// The content begins neither as an OVSDB log nor as a dump.
    #[error("the file is no OVSDB database: it does not begin with a record header")]
    NotOvsdb,
    /// The file ends before its first record does.
    #[error("the file holds no schema")]
    Empty,
    /// A record is damaged.
    #[error("the file is damaged")]
    Record(#[from] RecordError),
    /// The first record is no schema.
    #[error("the first record holds no schema")]
    Schema(#[from] SchemaError),
    /// A record is sound but holds no transaction.
    #[error("record {number} at byte {offset} holds no transaction")]
    Transaction {
        /// How many records stand before it.
        number: usize,
        /// Where it begins.
        offset: usize,
        /// What is wrong with it.
        #[source]
        cause: UpdateError,
    },
    /// A record is sound but converts the database to what is no schema.
    #[error("record {number} at byte {offset} converts the database to what is no schema")]
    Conversion {
        /// How many records stand before it.
        number: usize,
        /// Where it begins.
        offset: usize,
        /// What is wrong with it.
        #[source]
        cause: SchemaError,
    },
    /// A record is sound but does not fit the records of the cluster member's log before it.
    #[error("record {number} at byte {offset} does not fit the log")]
    Raft {
        /// How many records stand before it.
        number: usize,
        /// Where it begins.
        offset: usize,
        /// What is wrong with it.
        #[source]
        cause: RaftProblem,
    },
    /// The file is that of a server that is to join a cluster and has not yet: it holds no data.
    #[error(
        "the file is that of a server that has not joined its cluster yet ({name} at {}): it holds no data",
        remotes.join(", ")
    )]
    Joining {
        /// The database's name.
        name: String,
        /// Where the members of the cluster are.
        remotes: Vec<String>,
    },
    /// The content is JSON but no dump.
    #[error("the file is JSON, but no dump of a database (`ovsdb-client dump -f json`)")]
    Dump(#[source] serde_json::Error),
    /// A dump names no schema, and none was given that fits it, or several do equally well. The
    /// reader's options are at fault.
    #[error("a dump holds no schema, and none that fits it is known")]
    UnknownSchema,
    /// There are not that many sound records. The reader's options are at fault.
    #[error("the file has no record {asked}: its sound records are {records} in number")]
    NoRecord {
        /// The record that was asked for.
        asked: usize,
        /// How many there are.
        records: usize,
    },
    /// No transaction of that ID is among those that were to be read. The reader's options are at
    /// fault.
    #[error("the file has no transaction {id} among those that are read")]
    NoTransaction {
        /// The ID that was asked for.
        id: Uuid,
    },
    /// The file's history begins later than the time asked for, or tells no times at all. The
    /// reader's options are at fault.
    #[error("the file does not reach back to that time")]
    TooEarly {
        /// When the first transaction was written, in milliseconds since 1970; `None` for a file
        /// without dates.
        first: Option<i64>,
    },
}
