//! `Database`: Databases.
//!
//! Generated from _server.ovsschema 1.2.0 (Open vSwitch v4.0.0, Apache-2.0); do not edit.

use std::fmt;

use ovsdb_client::table::{
    BaseDef, Column, ColumnDef, Enumeration, Kind, Row, Table, TableDef, Uuid, Visit, debug,
};

/// This table describes the databases hosted by the database server, with one row per database. As
/// its database configuration and status changes, the server automatically and immediately updates
/// the table to match.
///
/// The OVSDB protocol specified in RFC 7047 does not provide a way for an OVSDB client to find out
/// about some kinds of configuration changes, such as about databases added or removed while a
/// client is connected to the server, or databases changing between read/write and read-only due to
/// a transition between active and backup roles. This table provides a solution: clients can
/// monitor the table's contents to find out about important changes.
///
/// Traditionally, `ovsdb-server` disconnects all of its clients when a significant configuration
/// change occurs, because this prompts a well-written client to reassess what is available from the
/// server when it reconnects. Because this table provides an alternative and more efficient way to
/// find out about those changes, OVS 2.9 also introduces the `set_db_change_aware` RPC, documented
/// in `ovsdb-server`(7), to allow clients to suppress this disconnection behavior.
///
/// When a database is removed from the server, in addition to `Database` table updates, the server
/// sends `canceled` messages, as described in RFC 7047 section 4.1.4, in reply to outstanding
/// transactions for the removed database. The server also cancels any outstanding monitoring
/// initiated by `monitor` or `monitor_cond` requested on the removed database, sending the
/// `monitor_canceled` RPC described in `ovsdb-server`(7). Only clients that disable disconnection
/// with `set_db_change_aware` receive these messages.
///
/// Clients can use the `_uuid` column in this table as a generation number. The server generates a
/// fresh `_uuid` every time it adds a database, so that removing and then re-adding a database to
/// the server causes its row `_uuid` to change.
///
/// # Clustered Databases
///
/// These columns are most interesting and in some cases only relevant for clustered databases, that
/// is, those where the [`model`](MODEL) column is `clustered`.
///
/// Columns: [`leader`](LEADER), [`cid`](CID), [`sid`](SID), [`index`](INDEX).
#[derive(Clone, PartialEq, Eq)]
pub struct Database(Row);

/// `cid`: The cluster ID for this database, which is the same for all of the servers that host this
/// particular clustered database. For a standalone, active-backup or relay database, this is empty.
///
/// **Shape**: optional UUID.
pub const CID: Column<Database, Option<Uuid>> = Column::new(0);

/// `connected`: True if the database is connected to its storage. A standalone database is always
/// connected. A clustered database is connected if the server is in contact with a majority of its
/// cluster. A relay database is connected if the server is in contact with the relay source, i.e.
/// is connected to the server it syncs from. An unconnected database cannot be modified and its
/// data might be unavailable or stale.
///
/// **Shape**: boolean.
pub const CONNECTED: Column<Database, bool> = Column::new(1);

/// `index`: For a clustered database, the index of the log entry currently exposed to clients. For
/// a given server, this increases monotonically. When a client switches from one server to another
/// in a cluster, it can ensure that it never sees an older snapshot of data by avoiding servers
/// that have [`index`](INDEX) less than the largest value they have already observed.
///
/// For a standalone, active-backup or relay database, this is empty.
///
/// **Shape**: optional integer.
pub const INDEX: Column<Database, Option<i64>> = Column::new(2);

/// `leader`: True if the database is the leader in its cluster. For a standalone or active-backup
/// database, this is always true. For a relay database, this is always false.
///
/// **Shape**: boolean.
pub const LEADER: Column<Database, bool> = Column::new(3);

/// `model`: The storage model: `standalone` for a standalone or active-backup database, `clustered`
/// for a clustered database, `relay` for a relay database.
///
/// **Shape**: [`DatabaseModel`].
pub const MODEL: Column<Database, DatabaseModel> = Column::new(4);

/// `name`: The database's name, as specified in its schema.
///
/// **Shape**: string.
pub const NAME: Column<Database, String> = Column::new(5);

/// `schema`: The database schema, as a JSON string. In the case of a clustered database, this is
/// empty until it finishes joining its cluster. In the case of a relay database, this is empty
/// until it connects to the relay source.
///
/// **Shape**: optional string.
pub const SCHEMA: Column<Database, Option<String>> = Column::new(6);

/// `sid`: The server ID for this database, different for each server that hosts a particular
/// clustered database. A server that hosts more than one clustered database will have a different
/// `sid` in each one. For a standalone, active-backup or relay database, this is empty.
///
/// **Shape**: optional UUID.
pub const SID: Column<Database, Option<Uuid>> = Column::new(7);

/// A value of [`MODEL`]: of `model` in `Database`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DatabaseModel {
    /// `standalone`.
    Standalone,
    /// `clustered`.
    Clustered,
    /// `relay`.
    Relay,
    /// A string that the schema did not list when this code was generated.
    Other(Box<str>),
}

impl Enumeration for DatabaseModel {
    fn from_name(name: &str) -> Self {
        match name {
            "standalone" => Self::Standalone,
            "clustered" => Self::Clustered,
            "relay" => Self::Relay,
            other => Self::Other(other.into()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Standalone => "standalone",
            Self::Clustered => "clustered",
            Self::Relay => "relay",
            Self::Other(other) => other,
        }
    }
}

/// Any integer.
const INTEGER: BaseDef = BaseDef::plain(Kind::Integer);

/// Any boolean.
const BOOLEAN: BaseDef = BaseDef::plain(Kind::Boolean);

/// Any string.
const STRING: BaseDef = BaseDef::plain(Kind::String);

/// Any UUID.
const UUID: BaseDef = BaseDef::plain(Kind::Uuid);

/// A scalar of any string: each column below says in what it differs.
const PLAIN: ColumnDef = ColumnDef {
    name: "",
    key: STRING,
    value: None,
    min: 1,
    max: 1,
    mutable: true,
    ephemeral: false,
};

/// What the table holds, with its columns in the order of their numbers.
#[rustfmt::skip]
pub static DEFINITION: TableDef = TableDef {
    database: "_Server",
    name: "Database",
    is_root: true,
    max_rows: None,
    columns: &[
        ColumnDef { name: "cid", key: UUID, min: 0, ..PLAIN },
        ColumnDef { name: "connected", key: BOOLEAN, ..PLAIN },
        ColumnDef { name: "index", key: INTEGER, min: 0, ..PLAIN },
        ColumnDef { name: "leader", key: BOOLEAN, ..PLAIN },
        ColumnDef {
            name: "model",
            key: BaseDef { enumeration: &["standalone", "clustered", "relay"], ..STRING },
            ..PLAIN
        },
        ColumnDef { name: "name", ..PLAIN },
        ColumnDef { name: "schema", min: 0, ..PLAIN },
        ColumnDef { name: "sid", key: UUID, min: 0, ..PLAIN },
    ],
    indexes: &[],
};

impl Table for Database {
    const DEFINITION: &'static TableDef = &DEFINITION;

    fn from_row(row: Row) -> Self {
        Self(row)
    }

    fn as_row(&self) -> &Row {
        &self.0
    }

    fn visit(&self, visitor: &mut impl Visit) {
        visitor.column(CID, self.cid());
        visitor.column(CONNECTED, self.connected());
        visitor.column(INDEX, self.index());
        visitor.column(LEADER, self.leader());
        visitor.column(MODEL, self.model());
        visitor.column(NAME, self.name());
        visitor.column(SCHEMA, self.schema());
        visitor.column(SID, self.sid());
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(self, f)
    }
}

impl Database {
    /// The cluster ID for this database, which is the same for all of the servers that host this
    /// particular clustered database. See [`CID`].
    pub fn cid(&self) -> Option<Uuid> {
        self.0.get(CID)
    }

    /// True if the database is connected to its storage. See [`CONNECTED`].
    pub fn connected(&self) -> bool {
        self.0.get(CONNECTED)
    }

    /// For a clustered database, the index of the log entry currently exposed to clients. See
    /// [`INDEX`].
    pub fn index(&self) -> Option<i64> {
        self.0.get(INDEX)
    }

    /// True if the database is the leader in its cluster. See [`LEADER`].
    pub fn leader(&self) -> bool {
        self.0.get(LEADER)
    }

    /// The storage model: `standalone` for a standalone or active-backup database, `clustered` for
    /// a clustered database, `relay` for a relay database. See [`MODEL`].
    pub fn model(&self) -> DatabaseModel {
        self.0.get(MODEL)
    }

    /// The database's name, as specified in its schema. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

    /// The database schema, as a JSON string. See [`SCHEMA`].
    pub fn schema(&self) -> Option<&str> {
        self.0.get(SCHEMA)
    }

    /// The server ID for this database, different for each server that hosts a particular clustered
    /// database. See [`SID`].
    pub fn sid(&self) -> Option<Uuid> {
        self.0.get(SID)
    }
}
