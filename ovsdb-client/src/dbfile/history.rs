//! Histories: a file's transactions one after the other, and the rows between them.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::dbfile::clustered::{ClusterMember, RaftLog};
use crate::dbfile::damage::{Damage, DamageProblem};
use crate::dbfile::dump::Dump;
use crate::dbfile::error::FileError;
use crate::dbfile::options::{Moment, OnDamage, ReadOptions};
use crate::dbfile::record::{Magic, Record, Records};
use crate::dbfile::replay::{Commit, Refused, Replay, layout};
use crate::dbfile::scan::{first_damage, scan};
use crate::dbfile::standalone;
use crate::dbfile::step::{Body, FileKind, RaftPosition, Step, Steps};
use crate::replica::{ChangeBatch, Snapshot};
use crate::schema::DatabaseSchema;
use crate::table::TableDef;
use crate::update::RowFault;

/// A file's transactions, oldest first.
///
/// All records are checked when it is opened, for damage and for which entries of a cluster
/// member's log are committed; their content is read as the iteration comes to them. Taking them
/// all costs the rows of one moment, however long the history is. A [`Snapshot`] taken between two
/// transactions stays as it was, at the price of the rows that changed since.
///
/// The iteration ends after the first error.
#[derive(Debug)]
pub struct History<'f> {
    kind: FileKind,
    member: Option<ClusterMember>,
    damages: Vec<Damage>,
    on_damage: OnDamage,
    /// How long the file is.
    length: usize,
    /// How many sound records it has.
    records: usize,
    steps: Steps<'f>,
    replay: Replay,
}

/// One transaction of a file.
#[derive(Clone, Debug)]
pub struct Transaction {
    /// How many sound records stand before the one that holds it.
    pub record: usize,
    /// Where that record begins, in bytes from the start of the file.
    pub offset: usize,
    /// When it was written, in milliseconds since 1970; `None` where the file does not say.
    pub date: Option<i64>,
    /// What its writer said of it, such as `ovs-vsctl (invoked by bash): ovs-vsctl add-br br0`.
    pub comment: Option<Box<str>>,
    /// Where it stands in the cluster's log; `None` for other files.
    pub raft: Option<RaftPosition>,
    /// Whether damage stands before it, on which what it says may depend.
    pub after_damage: bool,
    /// The schema that the database was converted to; `None` where it stayed.
    pub schema: Option<Arc<DatabaseSchema>>,
    /// What became of the rows.
    ///
    /// Of a conversion: beyond tables and columns that came and went, which the schemas tell.
    pub changes: ChangeBatch,
    /// What of it could not be read; everything else was applied.
    pub faults: Vec<RowFault>,
}

impl<'f> History<'f> {
    /// Opens a file's content; the layout of the rows comes from the schema in the file, and
    /// `generated` tables can read them.
    ///
    /// # Errors
    /// [`FileError`] when the content is no database, is damaged and `options` do not allow for
    /// it, or does not hold the moment that they ask for.
    pub fn open(
        bytes: &'f [u8],
        generated: &[&'static TableDef],
        options: &ReadOptions,
    ) -> Result<Self, FileError> {
        if bytes.is_empty() {
            return Err(FileError::Empty);
        }
        let known = Records::recognise(bytes).is_some();
        if !known && Dump::recognise(bytes) {
            return Self::dump(bytes, generated, options);
        }
        let salvage = options.damage == OnDamage::Salvage;
        if !known && !salvage {
            return Err(FileError::NotOvsdb);
        }
        let (records, mut damages) = scan(bytes, options)?;
        let hole = damages.first().map_or(usize::MAX, |damage| damage.offset);
        let count = records.len();
        let follow = |records: &[Record<'_>], damages: &mut [Damage]| {
            for damage in damages.iter_mut().filter(|_| salvage) {
                let before = records.partition_point(|record| record.offset < damage.end);
                damage.follow = records.len() - before;
            }
        };
        let (kind, member, (schema, text), steps) = match records.first().map(|record| record.magic)
        {
            Some(Magic::Cluster) if hole > 0 => {
                let log = RaftLog::read(&records, bytes.len(), options.damage, &mut damages)?;
                follow(&records, &mut damages);
                let member = log.member.clone();
                let mut steps = log.steps(options.entries);
                let schema = first_schema(&member, &mut steps)?;
                let steps = Steps::Listed(steps.into());
                (FileKind::Clustered, Some(member), schema, steps)
            }
            Some(Magic::Json) => {
                follow(&records, &mut damages);
                let given = options.schema.as_deref().filter(|_| salvage);
                let (schema, text, steps) =
                    standalone::read(records, hole, given).map_err(|error| match hole {
                        0 => first_damage(bytes),
                        _ => error,
                    })?;
                (FileKind::Standalone, None, (schema, text), steps)
            }
            _ => return Err(first_damage(bytes)),
        };
        // Any row may be what the reading is to stop at.
        let only = options.only.clone();
        let only = only.filter(|_| options.damage != OnDamage::Stop);
        let layout = layout(schema, generated, only.as_deref())?;
        let mut history = Self {
            kind,
            member,
            damages,
            on_damage: options.damage,
            length: bytes.len(),
            records: count,
            steps,
            replay: Replay::new(layout, generated, only),
        };
        history.replay.schema = text.map(Box::from);
        history.limit(options)?;
        Ok(history)
    }

    fn dump(
        bytes: &[u8],
        generated: &[&'static TableDef],
        options: &ReadOptions,
    ) -> Result<Self, FileError> {
        let dump = Dump::read(bytes, generated, options)?;
        let step = Step {
            record: 0,
            offset: 0,
            end: bytes.len(),
            raft: None,
            body: Body::Rows(Box::new(dump.rows)),
        };
        let mut history = Self {
            kind: FileKind::Dump,
            member: None,
            damages: dump.damages,
            on_damage: options.damage,
            length: bytes.len(),
            records: 1,
            steps: Steps::Listed(VecDeque::from([step])),
            replay: Replay::new(dump.layout, generated, None),
        };
        history.limit(options)?;
        Ok(history)
    }

    /// Sets where to stop.
    fn limit(&mut self, options: &ReadOptions) -> Result<(), FileError> {
        self.replay.whole_transactions = options.damage == OnDamage::Stop;
        match options.until {
            Some(Moment::Record(asked)) if asked >= self.records => {
                return Err(FileError::NoRecord {
                    asked,
                    records: self.records,
                });
            }
            Some(Moment::Transaction(id)) => {
                if !self.steps.end_with(id) {
                    return Err(FileError::NoTransaction { id });
                }
            }
            Some(Moment::Time(limit)) => self.replay.limit = Some(limit),
            Some(Moment::Record(_)) | None => {}
        }
        Ok(())
    }

    /// What the file is.
    pub fn kind(&self) -> FileKind {
        self.kind
    }

    /// What a cluster member's file says about the member; `None` for other files.
    pub fn member(&self) -> Option<&ClusterMember> {
        self.member.as_ref()
    }

    /// What was passed over so far, ascending by offset. Damaged records are known from the
    /// beginning, sound ones that cannot be applied when the iteration comes to them.
    pub fn damages(&self) -> &[Damage] {
        &self.damages
    }

    /// The rows as the transaction that was taken last left them, in constant time.
    pub fn snapshot(&self) -> Snapshot {
        self.replay.snapshot()
    }

    /// When the last of the taken transactions that have a date was written, in milliseconds since
    /// 1970.
    pub fn written(&self) -> Option<i64> {
        self.replay.written
    }

    /// The schema as the file spells it after the transaction that was taken last, checksum and all;
    /// `None` for a file that holds none.
    pub fn schema_text(&self) -> Option<&str> {
        self.replay.schema.as_deref()
    }

    /// How many transactions are still to be taken, at most.
    pub fn remaining(&self) -> usize {
        self.steps.len()
    }

    fn damaged_before(&self, offset: usize) -> bool {
        self.damages
            .first()
            .is_some_and(|damage| damage.offset < offset)
    }

    /// Notes a sound record that cannot be applied.
    fn pass_over(&mut self, number: usize, offset: usize, end: usize, refused: &Refused) {
        let mut damage = Damage {
            number,
            offset,
            end,
            problem: DamageProblem::Content(refused.problem()),
            follow: self.records.saturating_sub(number + 1),
        };
        if self.on_damage == OnDamage::Stop {
            damage.end = self.length;
            damage.follow = 0;
            self.damages.clear();
        }
        let at = self.damages.partition_point(|known| known.offset <= offset);
        self.damages.insert(at, damage);
    }

    /// Takes one step; `None` where it was passed over.
    fn take(&mut self, step: Step<'_>) -> Option<Result<Transaction, FileError>> {
        let Step {
            record,
            offset,
            end,
            raft,
            body,
        } = step;
        match self.replay.apply(body) {
            Ok(applied) => {
                return Some(Ok(Transaction {
                    record,
                    offset,
                    date: applied.date,
                    comment: applied.comment,
                    raft,
                    after_damage: self.damaged_before(offset),
                    schema: applied.schema,
                    changes: applied.changes,
                    faults: applied.faults,
                }));
            }
            Err(refused @ Refused::Late(_)) => {
                self.steps.clear();
                // Nothing before it tells its time, so that the file may begin later.
                if self.replay.written.is_none() {
                    return Some(Err(refused.at(record, offset)));
                }
            }
            Err(refused) => match self.on_damage {
                OnDamage::Refuse | OnDamage::Unfinished => {
                    self.steps.clear();
                    return Some(Err(refused.at(record, offset)));
                }
                OnDamage::Stop => {
                    self.steps.clear();
                    self.pass_over(record, offset, end, &refused);
                }
                OnDamage::Salvage => self.pass_over(record, offset, end, &refused),
            },
        }
        None
    }

    /// Takes all transactions that are left. Says how many they were, and what of them could not be
    /// read.
    pub(crate) fn take_all(&mut self) -> Result<(usize, Vec<RowFault>), FileError> {
        let (mut count, mut faults) = (0, Vec::new());
        while let Some(step) = self.steps.next() {
            if self.replay.pass(&step.body) {
                count += 1;
            } else if let Some(transaction) = self.take(step) {
                faults.append(&mut transaction?.faults);
                count += 1;
            }
        }
        Ok((count, faults))
    }
}

impl Iterator for History<'_> {
    type Item = Result<Transaction, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(step) = self.steps.next() {
            if let Some(taken) = self.take(step) {
                return Some(taken);
            }
        }
        None
    }
}

/// Takes the schema out of the first step of a cluster member's log.
fn first_schema<'f>(
    member: &ClusterMember,
    steps: &mut [Step<'f>],
) -> Result<(DatabaseSchema, Option<&'f str>), FileError> {
    let Some(step) = steps.first_mut() else {
        return Err(match member.remote_addresses.as_slice() {
            [] => FileError::Empty,
            remotes => FileError::Joining {
                name: member.name.clone(),
                remotes: remotes.to_vec(),
            },
        });
    };
    let Body::Commit(text) = step.body else {
        return Err(FileError::Empty);
    };
    let commit = Commit::parse(text).map_err(|cause| FileError::Transaction {
        number: step.record,
        offset: step.offset,
        cause,
    })?;
    step.body = Body::Transaction(commit.transaction.unwrap_or("{}"));
    let text = commit.schema.ok_or(FileError::Empty)?;
    Ok((DatabaseSchema::parse(text)?, Some(text)))
}

#[cfg(test)]
mod tests;
