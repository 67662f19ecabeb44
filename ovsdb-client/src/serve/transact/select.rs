//! `select`: rows that meet conditions.
//!
//! **Source**: RFC 7047 §5.2.2. Rows that are equal in the columns asked for are told once; `sort`
//! is ovsdb-server's own.

use std::cmp::Ordering;
use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::RawValue;

use crate::row::Row;
use crate::serve::argument::Naming;
use crate::serve::clause::{meets_all, parse_clauses};
use crate::serve::database::rows;
use crate::serve::field::{Columns, Field};
use crate::serve::member::Form;
use crate::serve::message::raw;
use crate::serve::refusal::Refusal;
use crate::serve::transact::{Operation, parse_columns};

#[derive(Serialize)]
struct Selected {
    rows: Vec<Box<RawValue>>,
}

/// Carries the operation out.
pub(crate) fn select(operation: &mut Operation<'_>) -> Result<Box<RawValue>, Refusal> {
    let table = operation.table();
    let conditions = operation.array("where");
    let columns = operation.members.optional("columns", Form::Array);
    let sort = operation.members.optional("sort", Form::Array);
    let shape = operation.checked(table)?;
    let clauses = parse_clauses(shape, conditions, Naming::Allowed)?;
    let columns = parse_columns(shape, columns)?;
    // Without keys the order is the rows' own.
    let sort = match sort {
        Some(sort) => parse_columns(shape, Some(sort))?,
        None => Vec::new(),
    };
    let fields = |numbers: &[usize]| -> Vec<&Field> {
        numbers
            .iter()
            .map(|&number| &shape.fields()[number])
            .collect()
    };
    let (columns, sort) = (fields(&columns), fields(&sort));
    let mut found: Vec<&Row> = rows(operation.snapshot, shape)
        .iter()
        .flat_map(|rows| rows.iter())
        .filter(|row| meets_all(&clauses, shape, row))
        .collect();
    found.sort_by(|a, b| compare(&sort, a, b));
    let mut seen = HashSet::new();
    let mut selected = Selected { rows: Vec::new() };
    for row in found {
        let text = raw(&Columns {
            row,
            fields: columns.clone(),
            sparse: false,
        });
        if seen.insert(text.get().to_owned()) {
            selected.rows.push(text);
        }
    }
    Ok(raw(&selected))
}

/// Shorter values first, then by keys, then by a map's values.
fn compare(keys: &[&Field], a: &Row, b: &Row) -> Ordering {
    for field in keys {
        let (a, b) = (field.payload(a), field.payload(b));
        let (a, b) = (field.value(&a), field.value(&b));
        let order = a
            .len()
            .cmp(&b.len())
            .then_with(|| a.atoms().cmp(b.atoms()))
            .then_with(|| {
                let values = a.pairs().map(|(_, value)| value);
                values.cmp(b.pairs().map(|(_, value)| value))
            });
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}
