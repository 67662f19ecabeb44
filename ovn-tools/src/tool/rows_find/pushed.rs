//! Pushed conditions: what of a question a server can answer itself, so that it sends the rows
//! that may match instead of all.

use ovsdb_client::operation::{Condition as Clause, Function};

use ovsdb_client::table::{BaseDef, ColumnDef, TableDef};
use ovsdb_client::value::{Atom, Datum, Kind, Uuid, parse_atom};

use crate::report::UUID_COLUMN;
use crate::tool::rows_find::condition::{Condition, Operator};
use crate::tool::rows_find::field::Field;
use crate::tool::rows_find::literal::Literal;

/// The most values of one condition that a server is sent.
/// **Default and why**: 100; it compares each row with each of them.
const MAX_CLAUSES: usize = 100;

/// The clauses of which each matching row meets one; none where the server is to send all rows.
///
/// A server joins clauses by "or" and a question's conditions are joined by "and", so that the
/// condition that likely leaves fewest rows is sent alone. All of them are looked at here again.
pub(super) fn pushed(conditions: &[Condition], table: Option<&TableDef>) -> Vec<Clause> {
    let Some(table) = table else {
        return Vec::new();
    };
    let sent = conditions
        .iter()
        .filter_map(|condition| clauses(condition, table));
    let best = sent.max_by_key(|(strength, clauses)| (*strength, usize::MAX - clauses.len()));
    best.map(|(_, clauses)| clauses).unwrap_or_default()
}

/// How few rows a condition leaves, the fewest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// Those of one of a few kinds.
    Enumerated,
    Numbered,
    /// Those with a certain element.
    Element,
    /// Those that are called so.
    Named,
    /// One.
    Row,
}

/// The clauses for one condition; `None` where the server cannot tell or need not.
fn clauses(condition: &Condition, table: &TableDef) -> Option<(Strength, Vec<Clause>)> {
    let Field {
        reference: None,
        column: name,
        key,
    } = &condition.field
    else {
        return None;
    };
    let words = match (&condition.operator, &condition.value) {
        (Operator::Equal | Operator::Includes, Literal::Word(word)) => std::slice::from_ref(word),
        (Operator::In, Literal::List(words)) => words.as_slice(),
        _ => return None,
    };
    if words.is_empty() || words.len() > MAX_CLAUSES {
        return None;
    }
    let holds = |value: Datum| Clause::Clause {
        column: name.as_str().into(),
        function: Function::Includes,
        value,
    };
    if name == UUID_COLUMN && key.is_none() {
        let row = |word: &String| Some(holds(Datum::scalar(whole_uuid(word)?)));
        return Some((Strength::Row, words.iter().map(row).collect::<Option<_>>()?));
    }
    let column = table.columns.iter().find(|column| column.name == name)?;
    let strength = strength(column);
    let clause = |word: &String| {
        Some(holds(match (key, &column.value) {
            (Some(key), Some(value)) => Datum::map([(atom(&column.key, key)?, atom(value, word)?)]),
            (None, None) => Datum::scalar(atom(&column.key, word)?),
            _ => return None,
        }))
    };
    Some((strength, words.iter().map(clause).collect::<Option<_>>()?))
}

fn strength(column: &ColumnDef) -> Strength {
    let several = column.max > 1;
    match column.value.as_ref().unwrap_or(&column.key) {
        base if !base.enumeration.is_empty() => Strength::Enumerated,
        base if matches!(base.kind, Kind::Integer | Kind::Real | Kind::Boolean) => {
            Strength::Numbered
        }
        _ if several => Strength::Element,
        _ => Strength::Named,
    }
}

/// A word as an atom that the column can hold; a server refuses others.
fn atom(base: &BaseDef, word: &str) -> Option<Atom> {
    if !base.enumeration.is_empty() && !base.enumeration.contains(&word) {
        return None;
    }
    match base.kind {
        Kind::String => Some(Atom::from(word)),
        Kind::Uuid => whole_uuid(word).map(Atom::from),
        kind => parse_atom(kind, word).ok(),
    }
}

/// A UUID that is written whole.
fn whole_uuid(word: &str) -> Option<Uuid> {
    word.parse().ok()
}

#[cfg(test)]
mod tests;
