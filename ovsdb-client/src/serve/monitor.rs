//! Monitors: what one client watches of one database, and what it is told.
//!
//! A change is the difference of two snapshots, so that what happened between them is told as its
//! net effect, as a real server tells it to a client that reads slowly.
//!
//! **Source**: RFC 7047 §4.1.5 and §4.1.6; ovsdb-server(7) §4.1.12 to §4.1.15.

mod request;
mod update;
mod watched;

use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use serde_json::value::RawValue;
use uuid::Uuid;

use self::request::{parse_conditions, parse_tables};
use self::update::TableUpdates;
use self::watched::Watched;
use crate::replica::Snapshot;
use crate::serve::clause::Clause;
use crate::serve::database::Database;
use crate::serve::message::{encode_notice, raw};
use crate::serve::refusal::Refusal;
use crate::value::parse_uuid;

/// By which method a monitor was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// `monitor` and `update`.
    Old,
    /// `monitor_cond` and `update2`.
    Conditional,
    /// `monitor_cond_since` and `update3`.
    Since,
}

impl Version {
    /// The version of a method; `None` for a method of another kind.
    pub(crate) fn of(method: &str) -> Option<Self> {
        Some(match method {
            "monitor" => Self::Old,
            "monitor_cond" => Self::Conditional,
            "monitor_cond_since" => Self::Since,
            _ => return None,
        })
    }

    /// The notification's method.
    pub(crate) fn notice(self) -> &'static str {
        match self {
            Self::Old => "update",
            Self::Conditional => "update2",
            Self::Since => "update3",
        }
    }
}

/// One monitor of one client.
#[derive(Debug)]
pub(crate) struct Monitor {
    /// What the client calls it.
    pub(crate) id: Json,
    /// The database's number.
    pub(crate) database: usize,
    pub(crate) version: Version,
    tables: Vec<Watched>,
}

impl Monitor {
    /// The monitor that these parameters ask for.
    pub(crate) fn parse(
        version: Version,
        number: usize,
        database: &Database,
        params: &[Json],
    ) -> Result<Self, Refusal> {
        let whole = || Json::from(params.to_vec());
        let (id, requests) = match (version, params) {
            (Version::Old, [_, id, requests, ..])
            | (Version::Conditional, [_, id, requests])
            | (Version::Since, [_, id, requests, _]) => (id, requests),
            // A real server crashes on `monitor` with fewer.
            _ => return Err(Refusal::syntax(&whole(), "invalid parameters")),
        };
        let tables = parse_tables(database, requests, version != Version::Old)?;
        if let (Version::Since, Some(last)) = (version, params.get(3)) {
            let Some(text) = last.as_str() else {
                return Err(Refusal::syntax(last, "last-txn-id must be string"));
            };
            if parse_uuid(text).is_none() {
                return Err(Refusal::syntax(last, "last-txn-id must be UUID format."));
            }
        }
        Ok(Self {
            id: id.clone(),
            database: number,
            version,
            tables,
        })
    }

    /// The result of the request: all rows there are.
    pub(crate) fn initial(&self, database: &Database, snapshot: &Snapshot) -> Box<RawValue> {
        let updates: Vec<TableUpdates<'_>> = self
            .tables
            .iter()
            .map(|table| TableUpdates::initial(table, database, snapshot))
            .collect();
        let updates = Updates {
            version: self.version,
            tables: &updates,
        };
        match self.version {
            // A standalone server keeps no history, so no transaction is ever found.
            Version::Since => raw(&(false, Uuid::nil().to_string(), updates)),
            _ => raw(&updates),
        }
    }

    /// What is told of the change from one snapshot to another; `None` where nothing is.
    pub(crate) fn change(
        &self,
        database: &Database,
        old: &Snapshot,
        new: &Snapshot,
    ) -> Option<Vec<u8>> {
        let updates: Vec<TableUpdates<'_>> = self
            .tables
            .iter()
            .map(|table| TableUpdates::change(table, database, old, new))
            .collect();
        self.notice(&updates)
    }

    /// Takes other conditions and tells what comes and goes by them; `None` where nothing does.
    pub(crate) fn change_conditions(
        &mut self,
        id: &Json,
        requests: &Json,
        database: &Database,
        snapshot: &Snapshot,
    ) -> Result<Option<Vec<u8>>, Refusal> {
        let changes = parse_conditions(database, &self.tables, self.version, requests)?;
        self.id = id.clone();
        let before: Vec<(usize, Vec<Clause>)> = changes
            .into_iter()
            .map(|(number, clauses)| (number, self.tables[number].set_clauses(clauses)))
            .collect();
        let updates: Vec<TableUpdates<'_>> = before
            .iter()
            .map(|(number, before)| {
                TableUpdates::turn(&self.tables[*number], before, database, snapshot)
            })
            .collect();
        Ok(self.notice(&updates))
    }

    fn notice(&self, updates: &[TableUpdates<'_>]) -> Option<Vec<u8>> {
        if updates.iter().all(TableUpdates::is_empty) {
            return None;
        }
        let method = self.version.notice();
        let updates = Updates {
            version: self.version,
            tables: updates,
        };
        Some(match self.version {
            Version::Since => encode_notice(method, &(&self.id, Uuid::nil().to_string(), updates)),
            _ => encode_notice(method, &(&self.id, updates)),
        })
    }
}

/// The `<table-updates>` or `<table-updates2>`; tables without rows stay out.
struct Updates<'a> {
    version: Version,
    tables: &'a [TableUpdates<'a>],
}

impl Serialize for Updates<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = self.tables.iter().filter(|table| !table.is_empty());
        serializer.collect_map(told.map(|table| (table.name(), table.written(self.version))))
    }
}
