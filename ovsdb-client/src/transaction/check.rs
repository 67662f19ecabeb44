//! Checks: whether a server would take a value, a condition or a mutation.
//!
//! What only the server can know is left to it: references, indexes, the number of rows, and what
//! a mutation makes of a value.
//!
//! **Source**: RFC 7047 §3.2 and §5.1; `ovsdb_atom_check_constraints`, `ovsdb_clause_from_json` and
//! `ovsdb_mutation_from_json` of ovsdb-server.

use crate::operation::{Condition, Function, Mutation, Mutator, UUID_COLUMN};
use crate::schema::{BaseType, ColumnSchema, ColumnType, TableSchema, UNLIMITED};
use crate::transaction::constraint::Problem;
use crate::value::{Atom, AtomRef, Datum, Kind};

/// What is wrong, and with which column.
pub(crate) type Fault = (Option<Box<str>>, Problem);

/// The column called `name`.
pub(crate) fn column<'a>(table: &'a TableSchema, name: &str) -> Result<&'a ColumnSchema, Fault> {
    table
        .column(name)
        .ok_or_else(|| (Some(name.into()), Problem::ColumnAbsent))
}

/// Whether a column of this type takes the value.
pub(crate) fn taken(column_type: &ColumnType, datum: &Datum) -> Result<(), Problem> {
    kind(column_type, datum)?;
    count(column_type, datum)?;
    atoms(column_type, datum, constraints)
}

/// Whether the columns that an insert leaves out may hold their defaults.
pub(crate) fn defaults(table: &TableSchema, given: impl Fn(&str) -> bool) -> Result<(), Fault> {
    for column in &table.columns {
        if column.column_type.min == 0 || given(&column.name) {
            continue;
        }
        let default = |base: &BaseType| constraints(base, base.kind.default_atom());
        let column_type = &column.column_type;
        default(&column_type.key)
            .and_then(|()| column_type.value.as_ref().map_or(Ok(()), default))
            .map_err(|problem| {
                let problem = Problem::Missing(Box::new(problem));
                (Some(column.name.clone()), problem)
            })?;
    }
    Ok(())
}

/// Whether a condition on the table's rows makes sense.
pub(crate) fn condition(table: &TableSchema, condition: &Condition) -> Result<(), Fault> {
    let Condition::Clause {
        column: name,
        function,
        value,
    } = condition
    else {
        return Ok(());
    };
    let uuid;
    let column_type = if **name == *UUID_COLUMN {
        uuid = ColumnType::scalar(Kind::Uuid);
        &uuid
    } else {
        &column(table, name)?.column_type
    };
    clause(column_type, *function, value).map_err(|problem| (Some(name.clone()), problem))
}

fn clause(column_type: &ColumnType, function: Function, value: &Datum) -> Result<(), Problem> {
    let number = matches!(column_type.key.kind, Kind::Integer | Kind::Real);
    match function {
        Function::Equal | Function::NotEqual => taken(column_type, value),
        Function::Includes if column_type.is_scalar() => taken(column_type, value),
        Function::Excludes if column_type.is_scalar() => taken(column_type, value),
        Function::Includes => taken(&any_of(column_type, column_type.max), value),
        Function::Excludes => taken(&any_of(column_type, UNLIMITED), value),
        _ if number && !column_type.is_map() && column_type.max == 1 => {
            taken(&any_of(column_type, 1), value)?;
            count(&ColumnType::scalar(column_type.key.kind), value)
        }
        _ => Err(Problem::Unordered {
            column_type: column_type.to_string(),
        }),
    }
}

/// Any number of a column's values up to `max`.
fn any_of(column_type: &ColumnType, max: u32) -> ColumnType {
    ColumnType {
        min: 0,
        max,
        ..column_type.clone()
    }
}

/// Whether a mutation makes sense for its column.
pub(crate) fn mutation(table: &TableSchema, mutation: &Mutation) -> Result<(), Fault> {
    let column = column(table, &mutation.column)?;
    if !column.mutable {
        return Err((Some(column.name.clone()), Problem::Immutable));
    }
    change(&column.column_type, mutation.mutator, &mutation.value)
        .map_err(|problem| (Some(column.name.clone()), problem))
}

fn change(column_type: &ColumnType, mutator: Mutator, operand: &Datum) -> Result<(), Problem> {
    let base = &column_type.key;
    let fits = match mutator {
        Mutator::Insert | Mutator::Delete => !column_type.is_scalar(),
        Mutator::Remainder => base.kind == Kind::Integer && !column_type.is_map(),
        _ => matches!(base.kind, Kind::Integer | Kind::Real) && !column_type.is_map(),
    };
    if !fits {
        return Err(Problem::Mutator {
            mutator: mutator.name(),
            column_type: column_type.to_string(),
        });
    }
    match mutator {
        Mutator::Insert => taken(&any_of(column_type, column_type.max), operand),
        Mutator::Delete => match operand {
            // Of a map, keys alone can be deleted too.
            Datum::Set(_) if column_type.is_map() => {
                let keys = ColumnType {
                    value: None,
                    ..any_of(column_type, UNLIMITED)
                };
                taken(&keys, operand)
            }
            _ => taken(&any_of(column_type, UNLIMITED), operand),
        },
        _ => {
            let number = ColumnType::scalar(base.kind);
            kind(&number, operand)?;
            count(&number, operand)?;
            atoms(&number, operand, sendable)?;
            let zero = matches!(operand, Datum::Set(atoms) if atoms[0].borrow() == Some(base.kind.default_atom()));
            if zero && matches!(mutator, Mutator::Divide | Mutator::Remainder) {
                return Err(Problem::DivisionByZero);
            }
            Ok(())
        }
    }
}

/// Whether all atoms are of the column's kinds.
fn kind(column_type: &ColumnType, datum: &Datum) -> Result<(), Problem> {
    let is = |atom: &Atom, base: &BaseType| atom.kind() == base.kind;
    let fits = match (datum, &column_type.value) {
        (Datum::Set(atoms), None) => atoms.iter().all(|atom| is(atom, &column_type.key)),
        (Datum::Map(pairs), Some(value)) => pairs
            .iter()
            .all(|(k, v)| is(k, &column_type.key) && is(v, value)),
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        let expected = column_type.to_string();
        Err(Problem::Kind { expected })
    }
}

fn count(column_type: &ColumnType, datum: &Datum) -> Result<(), Problem> {
    let found = datum.len();
    let (min, max) = (column_type.min, column_type.max);
    let within = |count: u32| count >= min && (max == UNLIMITED || count <= max);
    if u32::try_from(found).is_ok_and(within) {
        Ok(())
    } else {
        Err(Problem::Count { found, min, max })
    }
}

/// Holds every atom to the rule.
fn atoms(
    column_type: &ColumnType,
    datum: &Datum,
    rule: impl Fn(&BaseType, AtomRef<'_>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let hold = |atom: &Atom, base: &BaseType| match atom.borrow() {
        Some(atom) => rule(base, atom),
        None => Err(Problem::NamedUuid),
    };
    match datum {
        Datum::Set(atoms) => atoms
            .iter()
            .try_for_each(|atom| hold(atom, &column_type.key)),
        Datum::Map(pairs) => pairs.iter().try_for_each(|(key, value)| {
            hold(key, &column_type.key)?;
            column_type
                .value
                .as_ref()
                .map_or(Ok(()), |base| hold(value, base))
        }),
    }
}

/// Whether servers can read the atom at all.
fn sendable(_: &BaseType, atom: AtomRef<'_>) -> Result<(), Problem> {
    match atom {
        AtomRef::Real(value) if value != 0.0 && !value.is_normal() => {
            Err(Problem::Unreal { value })
        }
        AtomRef::String(string) if string.contains('\0') => Err(Problem::Nul),
        _ => Ok(()),
    }
}

/// Whether the atom keeps the constraints of its type.
fn constraints(base: &BaseType, atom: AtomRef<'_>) -> Result<(), Problem> {
    sendable(base, atom)?;
    if !base.enumeration.is_empty() {
        let allowed = &base.enumeration;
        if allowed.iter().any(|value| value.borrow() == Some(atom)) {
            return Ok(());
        }
        return Err(Problem::Enumeration {
            value: atom.to_string(),
            allowed: allowed.iter().map(ToString::to_string).collect(),
        });
    }
    match atom {
        AtomRef::Integer(value) => {
            let (min, max) = (base.min_integer, base.max_integer);
            let fits = within(value, min, max);
            fits.then_some(())
                .ok_or(Problem::Integer { value, min, max })
        }
        AtomRef::Real(value) => {
            let (min, max) = (base.min_real, base.max_real);
            let fits = within(value, min, max);
            fits.then_some(()).ok_or(Problem::Real { value, min, max })
        }
        AtomRef::String(string) => {
            let (min, max) = (base.min_length, base.max_length);
            let found = string.chars().count() as u64;
            let fits = within(found, min, max);
            fits.then_some(())
                .ok_or(Problem::Length { found, min, max })
        }
        AtomRef::Boolean(_) | AtomRef::Uuid(_) => Ok(()),
    }
}

fn within<T: PartialOrd + Copy>(value: T, min: Option<T>, max: Option<T>) -> bool {
    min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
}
