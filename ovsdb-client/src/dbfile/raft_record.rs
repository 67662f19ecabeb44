//! The records of a cluster member's log.
//!
//! **Source**: ovsdb(5), "Clustered Format"; `ovsdb/raft-private.c`.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, Unexpected, Visitor};
use serde_json::value::RawValue;
use thiserror::Error;
use uuid::Uuid;

use crate::value::parse_uuid;

/// A record is sound but does not fit a cluster member's log. ovsdb-server refuses such a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum RaftProblem {
    /// It is none of the records there are.
    #[error("it is no record of a cluster member's log: {problem}")]
    Form {
        /// What is wrong with it.
        problem: String,
    },
    /// Entries before it are missing.
    #[error("its index {index} skips past the expected {expected}")]
    Skips {
        /// The entry's index.
        index: u64,
        /// The greatest it may have.
        expected: u64,
    },
    /// It takes back what was committed.
    #[error("it begins anew at index {index}, while entries up to {committed} are committed")]
    TakesBack {
        /// The entry's index.
        index: u64,
        /// The last committed one.
        committed: u64,
    },
    /// Its term is less than that of the entry before.
    #[error("its term {term} precedes the term {before} of the entry before")]
    TermFalls {
        /// The entry's term.
        term: u64,
        /// The term of the entry before.
        before: u64,
    },
    /// It takes back a commit.
    #[error("it sets the commit index back from {before} to {commit}")]
    CommitFalls {
        /// The commit index.
        commit: u64,
        /// The one before.
        before: u64,
    },
    /// It commits entries that are not there.
    #[error("it commits entries up to {commit}, while the last one is {last}")]
    CommitAhead {
        /// The commit index.
        commit: u64,
        /// The last entry's index.
        last: u64,
    },
    /// It votes in a term that is over.
    #[error("it votes in term {term}, while the term is {current}")]
    LateVote {
        /// The vote's term.
        term: u64,
        /// The member's term.
        current: u64,
    },
    /// It votes for another server in the same term.
    #[error("it votes for {vote} in term {term}, which voted for {before}")]
    SecondVote {
        /// The term.
        term: u64,
        /// The server voted for.
        vote: Uuid,
        /// The server voted for before.
        before: Uuid,
    },
}

impl From<serde_json::Error> for RaftProblem {
    fn from(error: serde_json::Error) -> Self {
        Self::Form {
            problem: error.to_string(),
        }
    }
}

/// The first record.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Header<'f> {
    pub(crate) name: String,
    pub(crate) local_address: String,
    pub(crate) server_id: Id,
    pub(crate) cluster_id: Option<Id>,
    /// Only before the member has joined.
    pub(crate) remote_addresses: Option<Vec<String>>,
    pub(crate) prev_servers: Option<Servers>,
    pub(crate) prev_index: Option<Count>,
    pub(crate) prev_term: Option<Count>,
    pub(crate) prev_eid: Option<Id>,
    pub(crate) prev_election_timer: Option<Count>,
    #[serde(borrow)]
    pub(crate) prev_data: Option<&'f RawValue>,
}

/// Any later record.
#[derive(Debug)]
pub(crate) enum RaftRecord<'f> {
    Entry(Entry<'f>),
    Term { term: u64 },
    Vote { term: u64, server: Uuid },
    Leader { term: u64, server: Uuid },
    Commit { index: u64 },
    Note { note: String, comment: String },
}

/// An entry of the log.
#[derive(Debug)]
pub(crate) struct Entry<'f> {
    pub(crate) term: u64,
    pub(crate) index: u64,
    pub(crate) eid: Uuid,
    /// `[schema or null, transaction or null]`; an entry without is a leader's first or a change
    /// of the members.
    pub(crate) data: Option<&'f RawValue>,
    pub(crate) servers: Option<Servers>,
    pub(crate) election_timer: Option<u64>,
}

/// The addresses of a cluster's servers by their IDs.
pub(crate) type Servers = BTreeMap<Id, String>;

impl<'f> RaftRecord<'f> {
    pub(crate) fn parse(body: &'f str) -> Result<Self, serde_json::Error> {
        #[derive(serde::Deserialize)]
        struct Members<'f> {
            note: Option<String>,
            comment: Option<String>,
            commit_index: Option<Count>,
            term: Option<Count>,
            leader: Option<Id>,
            vote: Option<Id>,
            index: Option<Count>,
            servers: Option<Servers>,
            election_timer: Option<Count>,
            #[serde(borrow)]
            data: Option<&'f RawValue>,
            eid: Option<Id>,
        }
        let members: Members<'f> = serde_json::from_str(body)?;
        if let Some(note) = members.note {
            let comment = members.comment.unwrap_or_default();
            return Ok(Self::Note { note, comment });
        }
        if let Some(Count(index)) = members.commit_index {
            return Ok(Self::Commit { index });
        }
        let missing = serde_json::Error::missing_field;
        let Count(term) = members.term.ok_or_else(|| missing("term"))?;
        if let Some(Id(server)) = members.leader {
            return Ok(Self::Leader { term, server });
        }
        if let Some(Id(server)) = members.vote {
            return Ok(Self::Vote { term, server });
        }
        let Some(Count(index)) = members.index else {
            return Ok(Self::Term { term });
        };
        if members.data.is_some() && members.eid.is_none() {
            return Err(missing("eid"));
        }
        Ok(Self::Entry(Entry {
            term,
            index,
            eid: members.eid.unwrap_or_default().0,
            data: members.data,
            servers: members.servers,
            election_timer: members.election_timer.map(|Count(timer)| timer),
        }))
    }
}

/// An unsigned 64-bit number; those from 2⁶³ on are written as negative ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count(pub(crate) u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CountVisitor;
        impl Visitor<'_> for CountVisitor {
            type Value = Count;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a 64-bit integer")
            }
            fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Count, E> {
                Ok(Count(number.cast_unsigned()))
            }
            fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Count, E> {
                Ok(Count(number))
            }
        }
        deserializer.deserialize_any(CountVisitor)
    }
}

/// A server's, cluster's or entry's UUID.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id(pub(crate) Uuid);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || D::Error::invalid_value(Unexpected::Str(&text), &"36 characters of a uuid");
        parse_uuid(&text).map(Self).ok_or_else(wrong)
    }
}
