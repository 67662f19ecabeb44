//! Cluster members' logs: which entries there are in the end, and which of them are committed.
//!
//! Entries are written as they come from the leader. One whose index is not beyond the last takes
//! the place of that and of all after it: another leader has decided otherwise. A commit index says
//! from then on how many are there for good.
//!
//! **Source**: ovsdb(5), "Clustered Format"; `raft_apply_record` in `ovsdb/raft.c`.

use std::time::Duration;

use uuid::Uuid;

use crate::dbfile::damage::{Damage, DamageProblem};
use crate::dbfile::error::FileError;
use crate::dbfile::options::{Entries, OnDamage};
use crate::dbfile::raft_record::{Count, Entry, Header, RaftProblem, RaftRecord, Servers};
use crate::dbfile::record::Record;
use crate::dbfile::step::{Body, RaftPosition, Step};

/// What a cluster member's file says about the member and its cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterMember {
    /// The database's name.
    pub name: String,
    /// The member's ID.
    pub server_id: Uuid,
    /// The cluster's ID; `None` before the member has joined.
    pub cluster_id: Option<Uuid>,
    /// The member's own address.
    pub local_address: String,
    /// Where to find the cluster, of a member that has not joined yet.
    pub remote_addresses: Vec<String>,
    /// The cluster's servers and their addresses, ascending by ID, as the last entry that changes
    /// them says. Such an entry counts from when it is written, committed or not.
    pub servers: Vec<(Uuid, String)>,
    /// How long a follower waits for its leader before it stands for election; `None` where the
    /// log never set it, and the server's own default holds.
    pub election_timer: Option<Duration>,
    /// The member's term.
    pub term: u64,
    /// For whom the member voted in its term.
    pub vote: Option<Uuid>,
    /// Whom the member knew as the leader of its term.
    pub leader: Option<Uuid>,
    /// The index of the entry that the file begins with, which holds all rows of its moment.
    pub snapshot_index: u64,
    /// The index of the last entry.
    pub last_index: u64,
    /// The index of the last entry known to be committed.
    pub commit_index: u64,
    /// How many entries were written and then taken back.
    pub taken_back: usize,
    /// Whether the member left the cluster: it will never take part again.
    pub left: bool,
    /// What the server noted in its log, oldest first.
    pub notes: Vec<Note>,
}

/// A server's note in its log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How many sound records stand before it.
    pub record: usize,
    /// The word: `transfer leadership` or `left`.
    pub note: String,
    /// The sentence with it, empty for none.
    pub comment: String,
}

/// The log as its records left it.
#[derive(Debug)]
pub(crate) struct RaftLog<'f> {
    pub(crate) member: ClusterMember,
    /// The snapshot's entry, where there is one, and those after it; ascending by index.
    entries: Vec<Logged<'f>>,
}

#[derive(Debug)]
struct Logged<'f> {
    record: Record<'f>,
    entry: Entry<'f>,
}

impl<'f> RaftLog<'f> {
    /// Reads the log of a file of this length from its sound records, of which the first is the
    /// header.
    pub(crate) fn read(
        records: &[Record<'f>],
        length: usize,
        on_damage: OnDamage,
        damages: &mut Vec<Damage>,
    ) -> Result<Self, FileError> {
        let (first, rest) = records.split_first().ok_or(FileError::Empty)?;
        let mut log = Self::begin(first).map_err(|cause| FileError::Raft {
            number: first.number,
            offset: first.offset,
            cause,
        })?;
        let mut hole = damages.first().map_or(usize::MAX, |damage| damage.offset);
        for record in rest {
            let Err(cause) = log.take(record, record.offset > hole) else {
                continue;
            };
            if let OnDamage::Refuse | OnDamage::Unfinished = on_damage {
                return Err(FileError::Raft {
                    number: record.number,
                    offset: record.offset,
                    cause,
                });
            }
            let mut damage = Damage {
                number: record.number,
                offset: record.offset,
                end: record.end,
                problem: DamageProblem::Raft(cause.clone()),
                follow: 0,
            };
            if on_damage == OnDamage::Stop {
                damage.end = length;
                damages.insert(0, damage);
                damages.truncate(1);
                break;
            }
            hole = hole.min(record.offset);
            if let RaftProblem::Skips { .. } | RaftProblem::CommitAhead { .. } = cause {
                // What is missing before this record may be no fault of its own.
                match log.take(record, true) {
                    Ok(()) => damage.end = record.offset,
                    Err(cause) => damage.problem = DamageProblem::Raft(cause),
                }
            }
            damages.push(damage);
        }
        damages.sort_by_key(|damage| damage.offset);
        log.finish();
        Ok(log)
    }

    /// The log's data in the order of their indexes.
    pub(crate) fn steps(self, entries: Entries) -> Vec<Step<'f>> {
        let commit = self.member.commit_index;
        let wanted = |index: u64| entries == Entries::All || index <= commit;
        self.entries
            .into_iter()
            .filter(|logged| wanted(logged.entry.index))
            .filter_map(|logged| {
                let Logged { record, entry } = logged;
                Some(Step {
                    record: record.number,
                    offset: record.offset,
                    end: record.end,
                    raft: Some(RaftPosition {
                        term: entry.term,
                        index: entry.index,
                        eid: entry.eid,
                        committed: entry.index <= commit,
                    }),
                    body: Body::Commit(entry.data?.get()),
                })
            })
            .collect()
    }

    fn begin(record: &Record<'f>) -> Result<Self, RaftProblem> {
        let header: Header<'f> = serde_json::from_str(record.body)?;
        let Count(index) = header.prev_index.unwrap_or(Count(0));
        let Count(term) = header.prev_term.unwrap_or(Count(0));
        let entry = Entry {
            term,
            index,
            eid: header.prev_eid.unwrap_or_default().0,
            data: header.prev_data,
            servers: header.prev_servers,
            election_timer: header.prev_election_timer.map(|Count(timer)| timer),
        };
        Ok(Self {
            member: ClusterMember {
                name: header.name,
                server_id: header.server_id.0,
                cluster_id: header.cluster_id.map(|id| id.0),
                local_address: header.local_address,
                remote_addresses: header.remote_addresses.unwrap_or_default(),
                servers: Vec::new(),
                election_timer: None,
                term,
                vote: None,
                leader: None,
                snapshot_index: index,
                last_index: index,
                commit_index: index,
                taken_back: 0,
                left: false,
                notes: Vec::new(),
            },
            entries: vec![Logged {
                record: *record,
                entry,
            }],
        })
    }

    fn take(&mut self, record: &Record<'f>, after_damage: bool) -> Result<(), RaftProblem> {
        let parsed = RaftRecord::parse(record.body)?;
        let member = &mut self.member;
        if let RaftRecord::Entry(Entry { term, .. })
        | RaftRecord::Term { term }
        | RaftRecord::Vote { term, .. }
        | RaftRecord::Leader { term, .. } = parsed
            && term > member.term
        {
            member.term = term;
            member.vote = None;
            member.leader = None;
        }
        match parsed {
            RaftRecord::Entry(entry) => return self.enter(record, after_damage, entry),
            RaftRecord::Term { .. } => {}
            RaftRecord::Vote { term, server } => {
                if term < member.term {
                    let current = member.term;
                    return Err(RaftProblem::LateVote { term, current });
                }
                match member.vote {
                    Some(before) if before != server => {
                        let vote = server;
                        return Err(RaftProblem::SecondVote { term, vote, before });
                    }
                    _ => member.vote = Some(server),
                }
            }
            RaftRecord::Leader { term, server } => {
                if term == member.term {
                    member.leader = Some(server);
                }
            }
            RaftRecord::Commit { index: commit } => {
                let (before, last) = (member.commit_index, member.last_index);
                if commit < before {
                    return Err(RaftProblem::CommitFalls { commit, before });
                }
                // The entries may have been lost in a hole.
                if commit > last && !after_damage {
                    return Err(RaftProblem::CommitAhead { commit, last });
                }
                member.commit_index = commit;
            }
            RaftRecord::Note { note, comment } => {
                member.left |= note == "left";
                member.notes.push(Note {
                    record: record.number,
                    note,
                    comment,
                });
            }
        }
        Ok(())
    }

    fn enter(
        &mut self,
        record: &Record<'f>,
        after_damage: bool,
        entry: Entry<'f>,
    ) -> Result<(), RaftProblem> {
        let member = &mut self.member;
        let (term, index) = (entry.term, entry.index);
        let expected = member.last_index.saturating_add(1);
        let committed = member.commit_index;
        if index <= member.last_index && (index < committed || index <= member.snapshot_index) {
            return Err(RaftProblem::TakesBack { index, committed });
        }
        // Entries may have been lost in a hole.
        if index > expected && !after_damage {
            return Err(RaftProblem::Skips { index, expected });
        }
        let kept = self
            .entries
            .partition_point(|logged| logged.entry.index < index);
        let before = self.entries[..kept]
            .last()
            .map_or(0, |logged| logged.entry.term);
        if term < before {
            return Err(RaftProblem::TermFalls { term, before });
        }
        member.taken_back += self.entries.len() - kept;
        member.last_index = index;
        self.entries.truncate(kept);
        self.entries.push(Logged {
            record: *record,
            entry,
        });
        Ok(())
    }

    /// Takes the latest servers and timer of the entries that are left.
    fn finish(&mut self) {
        let latest = |servers: &Servers| {
            servers
                .iter()
                .map(|(id, address)| (id.0, address.clone()))
                .collect()
        };
        let mut entries = self.entries.iter().rev().map(|logged| &logged.entry);
        self.member.servers = entries
            .clone()
            .find_map(|entry| entry.servers.as_ref())
            .map(latest)
            .unwrap_or_default();
        self.member.election_timer = entries
            .find_map(|entry| entry.election_timer)
            .map(Duration::from_millis);
    }
}

#[cfg(test)]
mod tests;
