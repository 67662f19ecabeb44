//! `wait`: goes on only when rows are, or are not, as given.
//!
//! **Source**: RFC 7047 §5.2.6.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::serve::argument::Naming;
use crate::serve::clause::{meets_all, parse_clauses};
use crate::serve::database::rows;
use crate::serve::member::Form;
use crate::serve::refusal::{Refusal, SYNTAX_ERROR};
use crate::serve::transact::write::{default, parse_row};
use crate::serve::transact::{Operation, nothing, parse_columns};
use crate::value::{Atom, Datum, Kind, wire};

/// How long a transaction has waited, and how long it may.
#[derive(Debug)]
pub(crate) struct Timing {
    elapsed: Duration,
    limit: Option<Duration>,
}

impl Timing {
    pub(crate) fn new(elapsed: Duration) -> Self {
        Self {
            elapsed,
            limit: None,
        }
    }

    /// The least time that a `wait` gave; `None` where none gave one.
    pub(crate) fn limit(&self) -> Option<Duration> {
        self.limit
    }

    fn narrow(&mut self, limit: Duration) {
        self.limit = Some(self.limit.map_or(limit, |known| known.min(limit)));
    }
}

/// Carries the operation out.
pub(crate) fn wait(
    operation: &mut Operation<'_>,
    timing: &mut Timing,
) -> Result<Box<RawValue>, Refusal> {
    let timeout = operation.members.optional("timeout", Form::Integer);
    let conditions = operation.array("where");
    let columns = operation.members.optional("columns", Form::Array);
    let until = operation.members.required("until", Form::String);
    let expected = operation.array("rows");
    let table = operation.table();
    let shape = operation.checked(table)?;
    let clauses = parse_clauses(shape, conditions, Naming::Allowed)?;
    let columns = parse_columns(shape, columns)?;
    let timeout = timeout.map(parse_timeout).transpose()?;
    if let Some(timeout) = timeout {
        timing.narrow(timeout);
    }
    let wants_equal = match until {
        Some(Json::String(until)) if until == "==" => true,
        Some(Json::String(until)) if until == "!=" => false,
        until => {
            let details = "\"until\" must be \"==\" or \"!=\"";
            return Err(match until {
                Some(until) => Refusal::syntax(until, details),
                None => Refusal::new(SYNTAX_ERROR, details),
            });
        }
    };
    let mut wanted = HashSet::new();
    for row in expected {
        let given: HashMap<usize, Datum> = parse_row(shape, row)?.into_iter().collect();
        let row: Vec<Datum> = columns
            .iter()
            .map(|number| match given.get(number) {
                Some(datum) => datum.clone(),
                // No bytes are the default.
                None => default(&shape.fields()[*number]),
            })
            .collect();
        wanted.insert(row);
    }
    let mut actual = HashSet::new();
    for row in rows(operation.snapshot, shape)
        .iter()
        .flat_map(|rows| rows.iter())
    {
        if meets_all(&clauses, shape, row) {
            let row: Vec<Datum> = columns
                .iter()
                .map(|&number| {
                    let field = &shape.fields()[number];
                    field.value(&field.payload(row)).to_datum()
                })
                .collect();
            actual.insert(row);
        }
    }
    if (actual == wanted) == wants_equal {
        return Ok(nothing());
    }
    match timeout {
        Some(timeout) if timing.elapsed >= timeout => Err(if timing.elapsed.is_zero() {
            Refusal::new("timed out", "\"where\" clause test failed")
        } else {
            let waited = timing.elapsed.as_millis();
            Refusal::new("timed out", format!("\"wait\" timed out after {waited} ms"))
        }),
        _ => Err(Refusal::waiting()),
    }
}

fn parse_timeout(json: &Json) -> Result<Duration, Refusal> {
    let negative = || Refusal::syntax(json, "timeout must be nonnegative");
    match wire::atom_from_json(Kind::Integer, json) {
        Some(Atom::Integer(milliseconds)) => u64::try_from(milliseconds)
            .map(Duration::from_millis)
            .map_err(|_| negative()),
        _ => Err(negative()),
    }
}
