//! Transactions: what reads is carried out, what writes is refused as a read-only server does.
//!
//! A read-only server first reads an operation to its end, so that what is wrong with it is told
//! before that it is not allowed.
//!
//! **Source**: RFC 7047 §4.1.3 and §5.2; the texts are those of an ovsdb-server 3.1 in backup mode.

mod select;
mod wait;
mod write;

use std::time::Duration;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use self::select::select;
use self::wait::{Timing, wait};
use crate::replica::Snapshot;
use crate::serve::database::Database;
use crate::serve::field::Shape;
use crate::serve::member::{Form, Members};
use crate::serve::message::raw;
use crate::serve::refusal::Refusal;

/// What a transaction came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The results, one an operation.
    Done(Box<RawValue>),
    /// A `wait` is not satisfied: try again when the database changes, or when so much time has
    /// passed since the request came; never for that where `None`.
    Waits(Option<Duration>),
}

/// Carries out the operations in `params`, which begin with the database's name.
pub(crate) fn transact(
    database: &Database,
    snapshot: &Snapshot,
    params: &[Json],
    elapsed: Duration,
) -> Outcome {
    let operations = params.get(1..).unwrap_or_default();
    let mut timing = Timing::new(elapsed);
    let mut results: Vec<Option<Box<RawValue>>> = Vec::with_capacity(operations.len());
    for (number, operation) in operations.iter().enumerate() {
        let name = format!("ovsdb operation {} of {}", number + 1, operations.len());
        let mut operation = Operation {
            database,
            snapshot,
            json: operation,
            members: Members::new(operation, name),
        };
        match operation.execute(&mut timing) {
            Ok(result) => results.push(Some(result)),
            Err(refusal) if refusal.is_waiting() => return Outcome::Waits(timing.limit()),
            Err(refusal) => {
                results.push(Some(raw(&refusal)));
                break;
            }
        }
    }
    results.resize(operations.len(), None);
    Outcome::Done(raw(&results))
}

/// One operation, being read.
struct Operation<'a> {
    database: &'a Database,
    snapshot: &'a Snapshot,
    json: &'a Json,
    members: Members<'a>,
}

impl<'a> Operation<'a> {
    fn execute(&mut self, timing: &mut Timing) -> Result<Box<RawValue>, Refusal> {
        let name = self.members.required("op", Form::Id).and_then(Json::as_str);
        let (result, writes) = match name {
            Some("select") => (select(self), false),
            Some("wait") => (wait(self, timing), false),
            Some("comment") => {
                self.members.required("comment", Form::String);
                (Ok(nothing()), false)
            }
            Some("abort") => (Err(Refusal::new("aborted", "aborted by request")), false),
            Some("assert") => (self.assert(), false),
            Some("insert") => (self.insert().map(|()| nothing()), true),
            Some("update") => (self.update().map(|()| nothing()), true),
            Some("mutate") => (self.mutate().map(|()| nothing()), true),
            Some("delete") => (self.delete().map(|()| nothing()), true),
            Some("commit") => {
                self.members.required("durable", Form::Boolean);
                (Ok(nothing()), true)
            }
            Some(name) => {
                self.members.raise(&format!("No operation \"{name}\""));
                (Ok(nothing()), false)
            }
            None => (Ok(nothing()), false),
        };
        // What cannot be read outweighs what it would have done, and that outweighs the right.
        let members = std::mem::replace(&mut self.members, Members::new(self.json, String::new()));
        members.finish()?;
        let result = result?;
        match name {
            Some(name) if writes => Err(Refusal::new(
                "not allowed",
                format!("{name} operation not allowed when database server is in read only mode"),
            )),
            _ => Ok(result),
        }
    }

    /// Nobody can hold a lock here.
    fn assert(&mut self) -> Result<Box<RawValue>, Refusal> {
        let lock = self.members.required("lock", Form::Id);
        match lock.and_then(Json::as_str) {
            Some(lock) => Err(Refusal::new(
                "not owner",
                format!("Asserted lock {lock} not held."),
            )),
            None => Ok(nothing()),
        }
    }

    /// The table that the operation names.
    fn table(&mut self) -> Option<&'a Shape> {
        let name = self.members.required("table", Form::Id)?.as_str()?;
        let found = self.database.shape(name);
        if found.is_none() {
            self.members.raise(&format!("No table named {name}."));
        }
        found.map(|(_, shape)| shape)
    }

    /// The elements of an array that must be there; none where it is wrong, which is noted.
    fn array(&mut self, name: &'static str) -> &'a [Json] {
        elements(self.members.required(name, Form::Array))
    }

    /// The table once everything about the members is known to be right.
    fn checked(&self, table: Option<&'a Shape>) -> Result<&'a Shape, Refusal> {
        self.members.check()?;
        table.ok_or_else(|| Refusal::new("internal error", "null table"))
    }
}

fn elements(json: Option<&Json>) -> &[Json] {
    json.and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// The result of an operation that gives nothing.
fn nothing() -> Box<RawValue> {
    raw(&serde_json::Map::new())
}

/// Reads a list of columns; all where there is none.
fn parse_columns(shape: &Shape, json: Option<&Json>) -> Result<Vec<usize>, Refusal> {
    let Some(json) = json else {
        return Ok((0..shape.fields().len()).collect());
    };
    let distinct = || Refusal::syntax(json, "array of distinct column names expected");
    let mut columns = Vec::new();
    for name in elements(Some(json)) {
        let name = name.as_str().ok_or_else(distinct)?;
        let number = shape
            .number(name)
            .ok_or_else(|| Refusal::syntax(json, format!("{name} is not a valid column name")))?;
        if columns.contains(&number) {
            return Err(distinct());
        }
        columns.push(number);
    }
    Ok(columns)
}
