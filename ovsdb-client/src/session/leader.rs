//! The server's own view of its databases, and whether it is one to stay with.
//!
//! **Source**: ovsdb-server(5), `_Server`; the rules are those of the C client.

use uuid::Uuid;

use crate::replica::Snapshot;
use crate::row::Row;
use crate::schema::TableLayout;
use crate::value::{AtomRef, Value};

/// The database that tells of the others.
pub const SERVER_DATABASE: &str = "_Server";
/// Its one table.
pub const DATABASE_TABLE: &str = "Database";
/// The columns of that table which a client looks at; a test of the generated schemas compares
/// them with the real schema.
pub const DATABASE_COLUMNS: [&str; 6] = ["cid", "connected", "index", "leader", "model", "name"];

/// Which members of a cluster will do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Member {
    /// Any that is in touch with its cluster: reads scale, and may be a moment behind.
    #[default]
    Any,
    /// The leader only: for writers that hold locks, which are the server's own.
    Leader,
}

/// Why a server is left.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsuitable {
    /// It does not hold the database.
    #[error("the server does not hold {0}")]
    Absent(Box<str>),
    /// It is out of touch with the majority of its cluster.
    #[error("the server is out of touch with its cluster")]
    Disconnected,
    /// It follows another leader, or is a relay.
    #[error("the server is not the cluster's leader")]
    NotLeader,
    /// It belongs to another cluster than before.
    #[error("the server belongs to cluster {found}, not {expected}")]
    OtherCluster {
        /// The cluster of the servers before.
        expected: Uuid,
        /// This server's.
        found: Uuid,
    },
    /// It has seen less than a server before it.
    #[error("the server is at index {found}, behind {seen} seen before")]
    Stale {
        /// The newest index seen.
        seen: i64,
        /// This server's.
        found: i64,
    },
}

/// What must hold of a server for one database, and what is remembered between servers.
#[derive(Debug)]
pub(crate) struct Judge {
    database: Box<str>,
    member: Member,
    /// The cluster that all servers must belong to: the first one seen.
    cluster: Option<Uuid>,
    /// The newest index seen: no later server may show less, or rows would go back in time.
    seen: i64,
}

impl Judge {
    pub(crate) fn new(database: &str, member: Member) -> Self {
        Self {
            database: database.into(),
            member,
            cluster: None,
            seen: 0,
        }
    }

    /// Forgets what was seen of servers before.
    pub(crate) fn forget(&mut self) {
        self.cluster = None;
        self.seen = 0;
    }

    /// Looks at the server's row for the database.
    pub(crate) fn judge(&mut self, server: &Snapshot) -> Result<(), Unsuitable> {
        let absent = || Unsuitable::Absent(self.database.clone());
        let table = server.table(DATABASE_TABLE).ok_or_else(absent)?;
        let row = table
            .iter()
            .find(|row| {
                text(row, table.layout(), "name").is_some_and(|name| *name == *self.database)
            })
            .ok_or_else(absent)?;
        self.judge_row(row, table.layout())
    }

    fn judge_row(&mut self, row: &Row, layout: &TableLayout) -> Result<(), Unsuitable> {
        let flag = |column| boolean(row, layout, column);
        let model = text(row, layout, "model").unwrap_or_default();
        if model == "standalone" {
            return Ok(());
        }
        if !flag("connected") {
            return Err(Unsuitable::Disconnected);
        }
        if self.member == Member::Leader && (model == "relay" || !flag("leader")) {
            return Err(Unsuitable::NotLeader);
        }
        if let Some(AtomRef::Uuid(found)) = first(row, layout, "cid") {
            match self.cluster {
                Some(expected) if expected != found => {
                    return Err(Unsuitable::OtherCluster { expected, found });
                }
                _ => self.cluster = Some(found),
            }
        }
        if let Some(AtomRef::Integer(found)) = first(row, layout, "index") {
            if found < self.seen {
                let seen = self.seen;
                return Err(Unsuitable::Stale { seen, found });
            }
            self.seen = found;
        }
        Ok(())
    }
}

fn first<'a>(row: &'a Row, layout: &'a TableLayout, column: &str) -> Option<AtomRef<'a>> {
    let value: Value<'a> = row.value(layout, column)?;
    value.atoms().next()
}

fn text<'a>(row: &'a Row, layout: &'a TableLayout, column: &str) -> Option<&'a str> {
    match first(row, layout, column) {
        Some(AtomRef::String(text)) => Some(text),
        _ => None,
    }
}

fn boolean(row: &Row, layout: &TableLayout, column: &str) -> bool {
    first(row, layout, column) == Some(AtomRef::Boolean(true))
}
