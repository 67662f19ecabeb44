//! Replication: one database's rows kept here over any number of connections.
//!
//! There is one monitor a database, by the newest method the server knows. On a new connection it
//! goes on after the last transaction it saw where the server can, and otherwise compares all rows
//! with those it has.
//!
//! ```text
//!           ┌──────── connection lost, monitor_canceled ────────┐
//!           ▼                                                   │
//!  ─► Idle ──► Schema ──get_schema──► Requested(method) ──reply──► Running
//!                                      ▲   │ "unknown method"
//!                                      └───┘ (an older method)
//! ```
//!
//! Conditions have three slots a table, as in the C client: *new* ones that were set, those
//! *requested* of the server, and those it *acknowledged*. A resumed monitor names the
//! acknowledged ones, since the last transaction id means something with them only; a change
//! that was under way when the connection went makes the id worthless.
//!
//! **Source**: RFC 7047 §4.1.5 (`monitor`); ovsdb-server(7) §4.1.12 (`monitor_cond`), §4.1.13
//! (`monitor_cond_change`) and §4.1.15 (`monitor_cond_since`).

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::operation::Condition;
use crate::replica::{Cause, ChangeBatch, Replica, Snapshot};
use crate::rpc::RemoteError;
use crate::schema::{DatabaseLayout, DatabaseSchema, compare};
use crate::session::MonitorError;
use crate::session::interest::Interest;
use crate::session::method::Method;
use crate::update::{Format, RowFault, Update, UpdateError, UpdateReader};
use crate::value::parse_uuid;

/// How far the replication is on the present connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Idle,
    Schema,
    Requested,
    Running,
}

/// A request that the replication wants sent.
#[derive(Debug)]
pub(crate) enum Wanted {
    Schema,
    Monitor(Method, Box<RawValue>),
    Conditions(Box<RawValue>),
}

/// What a message did.
#[derive(Debug)]
pub(crate) enum Step {
    /// Nothing that anyone must know.
    Quiet,
    /// Rows came.
    Replicated {
        snapshot: Snapshot,
        batch: ChangeBatch,
        faults: Vec<RowFault>,
    },
    /// An update could not be read, so that rows are no longer known; they will be asked for anew,
    /// and the old monitor is to be cancelled.
    Lost { wire: u64, error: UpdateError },
    /// The server does not hold the database now.
    Unavailable(RemoteError),
    /// The replication is of no use any more.
    Failed(MonitorError),
}

/// The updates of a message.
#[derive(Debug)]
pub(crate) enum Updates<'m> {
    /// Read while they came.
    Read(Result<Update, UpdateError>),
    /// To be read.
    Text(&'m str),
}

impl<'m> Updates<'m> {
    /// What was read, or else the text.
    pub(crate) fn new(read: Option<Result<Update, UpdateError>>, text: &'m str) -> Self {
        read.map_or(Self::Text(text), Self::Read)
    }
}

/// One database's replication.
#[derive(Debug)]
pub(crate) struct Replication {
    interest: Interest,
    replica: Option<Replica>,
    /// The last transaction whose effect is in the replica.
    last: Uuid,
    method: Method,
    stage: Stage,
    /// The monitor's identifier on the wire, which is new with every request.
    wire: u64,
    /// Whether the replica has held all that the interest wants.
    complete: bool,
    conditions: Conditions,
}

/// Conditions by table.
type ByTable = BTreeMap<Box<str>, Vec<Condition>>;

#[derive(Debug, Default)]
struct Conditions {
    acknowledged: ByTable,
    requested: Option<(u64, ByTable)>,
    new: ByTable,
    /// Grows with each change set, so that its setter knows when it came through.
    set: u64,
    /// The newest set that the rows to come whole were asked for with.
    reloading: u64,
    /// The newest set whose rows are here.
    met: u64,
    /// The newest of those that was told.
    told: u64,
}

#[derive(Serialize)]
struct TableRequest<'a> {
    columns: Vec<&'a str>,
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    conditions: Option<&'a [Condition]>,
}

/// A change of conditions; `where` is always there, since a server crashes on one without.
#[derive(Serialize)]
struct ConditionRequest<'a> {
    #[serde(rename = "where")]
    conditions: &'a [Condition],
}

/// On the wire an empty list and the constant true both mean all rows; the constant is what the
/// C client sends.
fn wire_conditions(conditions: &[Condition]) -> &[Condition] {
    match conditions {
        [] => &[Condition::Always(true)],
        conditions => conditions,
    }
}

impl Replication {
    pub(crate) fn new(interest: Interest) -> Self {
        let mut replication = Self {
            interest,
            replica: None,
            last: Uuid::nil(),
            method: Method::Since,
            stage: Stage::Idle,
            wire: 0,
            complete: false,
            conditions: Conditions::default(),
        };
        replication.adopt_conditions();
        replication
    }

    /// Takes the interest's own conditions as those to begin with.
    fn adopt_conditions(&mut self) {
        if let Some(tables) = &self.interest.tables {
            self.conditions.acknowledged = tables
                .iter()
                .map(|(name, table)| (name.clone(), table.conditions.clone()))
                .collect();
        }
    }

    pub(crate) fn database(&self) -> &str {
        self.interest.database()
    }

    /// Whether all rows are here and updates come.
    pub(crate) fn is_running(&self) -> bool {
        self.stage == Stage::Running
    }

    /// Whether the replica has held all that is wanted, if only before the connection was lost.
    pub(crate) fn is_complete(&self) -> bool {
        self.complete
    }

    /// Whether there are rows, and newer ones are still to come from the present server.
    pub(crate) fn is_behind(&self) -> bool {
        self.rows().is_some() && !self.is_running()
    }

    /// The rows, once there were any.
    pub(crate) fn rows(&self) -> Option<Snapshot> {
        let snapshot = self.replica.as_ref()?.snapshot();
        (snapshot.generation() > 0).then_some(snapshot)
    }

    /// Something was lost: the last transaction seen is worth nothing.
    pub(crate) fn distrust(&mut self) {
        self.last = Uuid::nil();
    }

    /// Whether this is the monitor of that identifier.
    pub(crate) fn is_wire(&self, wire: u64) -> bool {
        matches!(self.stage, Stage::Requested | Stage::Running) && self.wire == wire
    }

    /// The monitor's identifier on the wire, while the server has it.
    pub(crate) fn wire(&self) -> Option<u64> {
        matches!(self.stage, Stage::Requested | Stage::Running).then_some(self.wire)
    }

    /// Wants more rows or columns: the monitor is asked for anew, and what is here already makes
    /// no change. Gives the old monitor's identifier, to be cancelled.
    pub(crate) fn widen(&mut self, more: Interest) -> Option<u64> {
        self.interest.add_indexes(more.indexes.clone());
        self.declare_indexes();
        if self.interest.covers(&more) {
            return None;
        }
        self.interest.extend(more);
        self.ask_anew()
    }

    /// The interest is another: all rows come anew. Gives the old monitor's identifier.
    fn ask_anew(&mut self) -> Option<u64> {
        self.complete = false;
        self.conditions = Conditions {
            set: self.conditions.set,
            reloading: self.conditions.set,
            met: self.conditions.met,
            told: self.conditions.told,
            ..Conditions::default()
        };
        self.adopt_conditions();
        self.last = Uuid::nil();
        let old = self.wire();
        self.stage = Stage::Idle;
        old
    }

    fn declare_indexes(&mut self) {
        if let Some(replica) = &mut self.replica {
            for spec in &self.interest.indexes {
                // One that this schema cannot have is none; the replica remembers it.
                let _ = replica.declare(spec.clone());
            }
        }
    }

    /// Sets the conditions on a table's rows from now on; gives the number that
    /// [`Replication::poll_met`] will reach when their rows are here, and the identifier of a
    /// monitor to be cancelled, where they name columns that it does not have.
    pub(crate) fn set_conditions(
        &mut self,
        table: &str,
        conditions: Vec<Condition>,
    ) -> (u64, Option<u64>) {
        self.conditions.set += 1;
        let old = if self.interest.set_conditions(table, &conditions) {
            self.ask_anew()
        } else {
            self.conditions.new.insert(table.into(), conditions);
            None
        };
        (self.conditions.set, old)
    }

    /// The number of the newest conditions whose rows are here, when that is news.
    pub(crate) fn poll_met(&mut self) -> Option<u64> {
        let met = self.conditions.met;
        let news = met > self.conditions.told;
        self.conditions.told = met;
        news.then_some(met)
    }

    /// The connection is gone, or the server dropped the monitor.
    pub(crate) fn reset(&mut self) {
        self.stage = Stage::Idle;
        self.method = Method::Since;
        if let Some((_, requested)) = self.conditions.requested.take() {
            // Whether the server's last updates already followed the new conditions is not known,
            // so the id cannot be used. What was requested is what is wanted.
            self.last = Uuid::nil();
            for (table, conditions) in requested {
                self.conditions.new.entry(table).or_insert(conditions);
            }
        }
        if self.last.is_nil() {
            // All rows will come anyway: ask for them by the newest conditions.
            let new = std::mem::take(&mut self.conditions.new);
            self.conditions.acknowledged.extend(new);
            self.conditions.reloading = self.conditions.set;
        }
    }

    /// The next request, when one is due; `wire` is an unused number for a new monitor.
    pub(crate) fn poll_request(&mut self, wire: u64) -> Result<Option<Wanted>, serde_json::Error> {
        Ok(match self.stage {
            Stage::Idle => {
                self.stage = Stage::Schema;
                Some(Wanted::Schema)
            }
            Stage::Running if self.method != Method::Plain => self.poll_conditions()?,
            Stage::Running => {
                // Without conditional monitoring all rows are here; conditions change nothing.
                self.conditions.new.clear();
                self.conditions.met = self.conditions.set;
                None
            }
            Stage::Schema => None,
            Stage::Requested if self.wire == 0 => {
                self.wire = wire;
                let request = self.encode()?;
                Some(Wanted::Monitor(self.method, request))
            }
            Stage::Requested => None,
        })
    }

    /// The change of conditions to send; one is under way at a time.
    fn poll_conditions(&mut self) -> Result<Option<Wanted>, serde_json::Error> {
        if self.conditions.requested.is_some() || self.conditions.new.is_empty() {
            return Ok(None);
        }
        let mut new = std::mem::take(&mut self.conditions.new);
        if let Some(replica) = &self.replica {
            // A table the server lacks cannot be asked for; the change counts as made, and holds
            // for the next server.
            let known = |table: &str| replica.layout().table(table).is_some();
            let absent = new.extract_if(.., |table, _| !known(table));
            self.conditions.acknowledged.extend(absent);
        }
        if new.is_empty() {
            self.conditions.met = self.conditions.set;
            return Ok(None);
        }
        let tables: BTreeMap<&str, [ConditionRequest<'_>; 1]> = new
            .iter()
            .map(|(table, conditions)| {
                let conditions = wire_conditions(conditions);
                (&**table, [ConditionRequest { conditions }])
            })
            .collect();
        let params = serde_json::value::to_raw_value(&(self.wire, self.wire, tables))?;
        self.conditions.requested = Some((self.conditions.set, new));
        Ok(Some(Wanted::Conditions(params)))
    }

    fn encode(&self) -> Result<Box<RawValue>, serde_json::Error> {
        let Some(replica) = &self.replica else {
            return serde_json::value::to_raw_value(&());
        };
        let layout = replica.layout();
        let database = &layout.schema.name;
        let tables: BTreeMap<&str, [TableRequest<'_>; 1]> = layout
            .tables()
            .iter()
            .map(|table| {
                let request = TableRequest {
                    columns: table.present().map(|(_, column)| &*column.name).collect(),
                    conditions: self.table_conditions(&table.name),
                };
                (&*table.name, [request])
            })
            .collect();
        // Always every parameter: a server crashes on a monitor with fewer than three.
        match self.method {
            Method::Since => {
                let last = self.last.to_string();
                serde_json::value::to_raw_value(&(database, self.wire, tables, last))
            }
            Method::Conditional | Method::Plain => {
                serde_json::value::to_raw_value(&(database, self.wire, tables))
            }
        }
    }

    fn table_conditions(&self, table: &str) -> Option<&[Condition]> {
        if self.method == Method::Plain {
            return None;
        }
        let conditions = self.conditions.acknowledged.get(table);
        Some(wire_conditions(conditions.map_or(&[], Vec::as_slice)))
    }

    /// Takes the answer to [`Wanted::Schema`].
    pub(crate) fn handle_schema(&mut self, result: Result<&RawValue, &RawValue>) -> Step {
        if self.stage != Stage::Schema {
            return Step::Quiet;
        }
        let text = match result {
            Ok(text) => text,
            Err(error) => {
                self.stage = Stage::Idle;
                return Step::Unavailable(RemoteError::decode(error));
            }
        };
        let schema = match DatabaseSchema::parse(text.get()) {
            Ok(schema) => Arc::new(schema),
            Err(error) => return Step::Failed(MonitorError::Schema(error)),
        };
        let layout = DatabaseLayout::selected(schema, &self.interest.generated, |table| {
            self.interest.columns(table)
        });
        let known = self.replica.as_ref();
        if known.is_none_or(|replica| **replica.layout() != layout) {
            self.tell_differences(&layout.schema);
        }
        match &mut self.replica {
            Some(replica) if **replica.layout() == layout => {}
            Some(replica) => {
                // Another schema: an id of the old one is worth nothing.
                replica.convert(Arc::new(layout));
                self.last = Uuid::nil();
            }
            None => {
                self.replica = Some(Replica::new(Arc::new(layout)));
                self.declare_indexes();
            }
        }
        self.stage = Stage::Requested;
        self.wire = 0;
        Step::Quiet
    }

    /// Says once for each schema what it lacks of the generated tables that are wanted.
    fn tell_differences(&self, schema: &DatabaseSchema) {
        let mut wanted = self.interest.generated.clone();
        wanted.retain(|table| self.interest.columns(table.name).is_some());
        for difference in compare(&wanted, schema) {
            tracing::warn!(db = &*schema.name, %difference, "the server's schema is another");
        }
    }

    /// Who reads the rows of the answer to [`Wanted::Monitor`] while they come; `since` says which
    /// form the answer has.
    pub(crate) fn answer_reader(&self, since: bool) -> Option<UpdateReader> {
        let is_due = self.stage == Stage::Requested && since == (self.method == Method::Since);
        let layout = self.replica.as_ref()?.layout();
        is_due.then(|| UpdateReader::new(layout, self.method.format()))
    }

    /// Who reads an update notification while it comes.
    pub(crate) fn update_reader(&self, format: Format) -> Option<UpdateReader> {
        let layout = self.replica.as_ref()?.layout();
        self.is_running().then(|| UpdateReader::new(layout, format))
    }

    /// Takes the answer to [`Wanted::Monitor`], and the rows of it that were read before.
    pub(crate) fn handle_monitor(
        &mut self,
        result: Result<&RawValue, &RawValue>,
        updates: Option<Result<Update, UpdateError>>,
    ) -> Step {
        if self.stage != Stage::Requested {
            return Step::Quiet;
        }
        let result = match result {
            Ok(result) => result,
            Err(error) => {
                let error = RemoteError::decode(error);
                return match (error.tag.as_str(), self.method.older()) {
                    ("unknown method", Some(older)) => {
                        self.method = older;
                        self.wire = 0;
                        Step::Quiet
                    }
                    ("unknown database" | "database not available", _) => {
                        self.stage = Stage::Idle;
                        Step::Unavailable(error)
                    }
                    _ => Step::Failed(MonitorError::Refused(error)),
                };
            }
        };
        let (found, last, text) = match self.method {
            Method::Since => match since(result.get()) {
                Ok(parts) => parts,
                Err(error) => return Step::Failed(MonitorError::Form(error)),
            },
            Method::Conditional | Method::Plain => (false, None, result.get()),
        };
        self.stage = Stage::Running;
        self.complete = true;
        self.conditions.met = self.conditions.met.max(self.conditions.reloading);
        // The id of a reply counts whether it says found or not.
        self.last = last.unwrap_or_default();
        let fresh = self
            .replica
            .as_ref()
            .is_none_or(|replica| replica.snapshot().generation() == 0);
        let cause = if fresh { Cause::Initial } else { Cause::Resync };
        let updates = Updates::new(updates, text);
        self.take(self.method.format(), updates, cause, !found)
    }

    /// Takes an update notification.
    pub(crate) fn handle_update(
        &mut self,
        format: Format,
        last: Option<Uuid>,
        updates: Updates<'_>,
    ) -> Step {
        if self.stage != Stage::Running {
            return Step::Quiet;
        }
        if let Some(last) = last {
            self.last = last;
        }
        self.take(format, updates, Cause::Delta, false)
    }

    fn take(&mut self, format: Format, updates: Updates<'_>, cause: Cause, all: bool) -> Step {
        let Some(replica) = &mut self.replica else {
            return Step::Quiet;
        };
        let mut faults = Vec::new();
        let update = match updates {
            Updates::Read(update) => update,
            Updates::Text(text) => Update::decode(replica.layout(), format, text),
        };
        let batch = update.and_then(|mut update| {
            faults = std::mem::take(&mut update.faults);
            if all {
                replica.replace(update, cause)
            } else {
                replica.apply(update, format.into(), cause)
            }
        });
        match batch {
            Ok(batch) => Step::Replicated {
                snapshot: replica.snapshot(),
                batch,
                faults,
            },
            // All rows cannot be read, so asking again would bring the same.
            Err(error) if all => Step::Failed(MonitorError::Unreadable(error)),
            Err(error) => {
                let wire = self.wire;
                self.distrust();
                self.reset();
                Step::Lost { wire, error }
            }
        }
    }

    /// Takes the answer to [`Wanted::Conditions`].
    pub(crate) fn handle_conditions(&mut self, result: Result<&RawValue, &RawValue>) -> Step {
        let Some((set, requested)) = self.conditions.requested.take() else {
            return Step::Quiet;
        };
        match result {
            Ok(_) => {
                self.conditions.acknowledged.extend(requested);
                self.conditions.met = set;
                Step::Quiet
            }
            Err(error) => Step::Failed(MonitorError::Refused(RemoteError::decode(error))),
        }
    }
}

/// The parts of an answer to `monitor_cond_since`: whether the last transaction was found, the
/// newest one, and the text of the updates.
fn since(text: &str) -> Result<(bool, Option<Uuid>, &str), serde_json::Error> {
    // Nearly all of it is the updates: they are not looked at here when the rest is as usual.
    if let Some((found, last, updates)) = quick_since(text) {
        return Ok((found, Some(last), updates));
    }
    let (found, last, updates): (bool, &str, &RawValue) = serde_json::from_str(text)?;
    Ok((found, parse_uuid(last), updates.get()))
}

fn quick_since(text: &str) -> Option<(bool, Uuid, &str)> {
    let parts = text.trim().strip_prefix('[')?.strip_suffix(']')?;
    let (found, parts) = parts.split_once(',')?;
    let (last, updates) = parts.split_once(',')?;
    let last = last.trim().strip_prefix('"')?.strip_suffix('"')?;
    let found = match found.trim() {
        "true" => true,
        "false" => false,
        _ => return None,
    };
    Some((found, parse_uuid(last)?, updates))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_parted_the_same_whether_it_is_as_usual_or_not() {
        let id = "c2e10000-0000-4000-8000-000000000001";
        let last = parse_uuid(id);
        for updates in ["{}", r#"{"T":{"a,]":["b"]}}"#] {
            let usual = format!(r#"[false,"{id}",{updates}]"#);
            assert_eq!(since(&usual).unwrap(), (false, last, updates));
            let spaced = format!("[ true , \"{id}\" , {updates} ]");
            let (found, same, rest) = since(&spaced).unwrap();
            assert_eq!((found, same, rest.trim()), (true, last, updates));
            let odd = format!(r#"[true,"no uuid",{updates}]"#);
            assert_eq!(since(&odd).unwrap(), (true, None, updates));
        }
        for wrong in ["{}", "[true]", r#"[1,"x",{}]"#, r#"[true,"x",{},2]"#] {
            assert!(since(wrong).is_err(), "{wrong}");
        }
    }
}
