//! Clauses: a request's conditions, read and evaluated.
//!
//! In a transaction a row must meet all of them, in a monitor any one; where there are none, every
//! row is meant by both.
//!
//! **Source**: RFC 7047 §5.1, `<condition>`; ovsdb-server(7) §4.1.12; evaluation and texts as in
//! ovsdb-server 3.1.

use serde_json::Value as Json;

use crate::operation::Function;
use crate::row::Row;
use crate::schema::{ColumnType, UNLIMITED};
use crate::serve::argument::{Naming, parse_datum};
use crate::serve::field::Shape;
use crate::serve::refusal::Refusal;
use crate::value::{Atom, AtomRef, Datum, Kind, Value};

/// One test of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Clause {
    /// The same for every row.
    Constant(bool),
    /// `[column, function, value]`.
    Test {
        /// The field's number in the shape.
        field: usize,
        function: Function,
        argument: Datum,
    },
}

/// Reads the elements of a `where`.
pub(crate) fn parse_clauses(
    shape: &Shape,
    conditions: &[Json],
    naming: Naming,
) -> Result<Vec<Clause>, Refusal> {
    conditions
        .iter()
        .map(|json| parse_clause(shape, json, naming))
        .collect()
}

fn parse_clause(shape: &Shape, json: &Json, naming: Naming) -> Result<Clause, Refusal> {
    if let Some(constant) = json.as_bool() {
        return Ok(Clause::Constant(constant));
    }
    let (column, function, argument) = match json.as_array().map(Vec::as_slice) {
        Some([Json::String(column), Json::String(function), argument]) => {
            (column, function, argument)
        }
        _ => return Err(Refusal::syntax(json, "Parse error in condition.")),
    };
    let field = shape.number(column).ok_or_else(|| {
        let details = format!("No column {column} in table {}.", shape.name);
        Refusal::quoting(json, "unknown column", details)
    })?;
    let function = function_named(function).ok_or_else(|| {
        Refusal::new("unknown function", format!("No function named {function}."))
    })?;
    let mut column_type = shape.fields()[field].column_type.clone();
    match function {
        Function::Less | Function::LessOrEqual | Function::GreaterOrEqual | Function::Greater => {
            let is_number = matches!(column_type.key.kind, Kind::Integer | Kind::Real);
            if !is_number || !is_single(&column_type) {
                let details = format!(
                    "Type mismatch: \"{}\" operator may not be applied to column {column} of type {}.",
                    function.name(),
                    english(&column_type)
                );
                return Err(Refusal::syntax(json, details));
            }
            column_type.min = 1;
        }
        Function::Equal | Function::NotEqual => {}
        Function::Excludes => {
            if !column_type.is_scalar() {
                (column_type.min, column_type.max) = (0, UNLIMITED);
            }
        }
        Function::Includes => {
            if !column_type.is_scalar() {
                column_type.min = 0;
            }
        }
    }
    Ok(Clause::Test {
        field,
        function,
        argument: parse_datum(&column_type, argument, naming)?,
    })
}

fn function_named(name: &str) -> Option<Function> {
    [
        Function::Less,
        Function::LessOrEqual,
        Function::Equal,
        Function::NotEqual,
        Function::GreaterOrEqual,
        Function::Greater,
        Function::Includes,
        Function::Excludes,
    ]
    .into_iter()
    .find(|function| function.name() == name)
}

fn is_single(column_type: &ColumnType) -> bool {
    column_type.is_scalar() || column_type.is_optional()
}

/// A type in the words of the server.
pub(crate) fn english(column_type: &ColumnType) -> String {
    let key = column_type.key.kind.name();
    if column_type.is_scalar() {
        return key.to_owned();
    }
    let class = if column_type.is_map() { "map" } else { "set" };
    let count = match (column_type.min, column_type.max) {
        (0, UNLIMITED) => " of".to_owned(),
        (min, UNLIMITED) => format!(" of {min} or more"),
        (0, max) => format!(" of up to {max}"),
        (min, max) => format!(" of {min} to {max}"),
    };
    match &column_type.value {
        None => format!("{class}{count} {key}s"),
        Some(value) => format!("{class}{count} ({key}, {}) pairs", value.kind.name()),
    }
}

/// Whether the row meets every clause, as in a transaction.
pub(crate) fn meets_all(clauses: &[Clause], shape: &Shape, row: &Row) -> bool {
    clauses.iter().all(|clause| clause.holds(shape, row))
}

/// Whether the row meets some clause or there is none, as in a monitor.
pub(crate) fn meets_any(clauses: &[Clause], shape: &Shape, row: &Row) -> bool {
    clauses.is_empty() || clauses.iter().any(|clause| clause.holds(shape, row))
}

impl Clause {
    fn holds(&self, shape: &Shape, row: &Row) -> bool {
        match self {
            Self::Constant(constant) => *constant,
            Self::Test {
                field,
                function,
                argument,
            } => {
                let field = &shape.fields()[*field];
                let payload = field.payload(row);
                test(*function, field.value(&payload), argument)
            }
        }
    }
}

fn test(function: Function, value: Value<'_>, argument: &Datum) -> bool {
    if is_single(value.column_type())
        && let (Some(atom), [argument]) = (value.atoms().next(), singles(argument))
    {
        let Some(order) = argument.borrow().map(|argument| atom.cmp(&argument)) else {
            return false;
        };
        return match function {
            Function::Less => order.is_lt(),
            Function::LessOrEqual => order.is_le(),
            Function::Equal | Function::Includes => order.is_eq(),
            Function::NotEqual | Function::Excludes => order.is_ne(),
            Function::GreaterOrEqual => order.is_ge(),
            Function::Greater => order.is_gt(),
        };
    }
    match function {
        // An optional value that is not there compares to nothing.
        Function::Less | Function::LessOrEqual | Function::GreaterOrEqual | Function::Greater => {
            false
        }
        Function::Equal => equals(value, argument),
        Function::NotEqual => !equals(value, argument),
        Function::Includes => found(value, argument).all(|found| found),
        Function::Excludes => !found(value, argument).any(|found| found),
    }
}

fn singles(datum: &Datum) -> &[Atom] {
    match datum {
        Datum::Set(atoms) => atoms,
        Datum::Map(_) => &[],
    }
}

fn equals(value: Value<'_>, datum: &Datum) -> bool {
    match datum {
        Datum::Set(atoms) => value.atoms().map(Some).eq(atoms.iter().map(Atom::borrow)),
        Datum::Map(pairs) => value
            .pairs()
            .map(|(key, value)| (Some(key), Some(value)))
            .eq(pairs
                .iter()
                .map(|(key, value)| (key.borrow(), value.borrow()))),
    }
}

/// For each atom or pair of the argument, whether the value holds it.
fn found<'a>(value: Value<'a>, argument: &'a Datum) -> impl Iterator<Item = bool> + 'a {
    let (atoms, pairs): (&[Atom], &[(Atom, Atom)]) = match argument {
        Datum::Set(atoms) => (atoms, &[]),
        Datum::Map(pairs) => (&[], pairs),
    };
    let atoms = atoms.iter().map(move |wanted| {
        let wanted: Option<AtomRef<'_>> = wanted.borrow();
        value.atoms().any(|atom| Some(atom) == wanted)
    });
    let pairs = pairs.iter().map(move |(key, wanted)| {
        key.borrow()
            .and_then(|key| value.lookup(key))
            .is_some_and(|found| Some(found) == wanted.borrow())
    });
    atoms.chain(pairs)
}
