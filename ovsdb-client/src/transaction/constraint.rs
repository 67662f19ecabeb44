//! Constraints: what a transaction may not hold, found before anything is sent.

use std::fmt::Display;

use thiserror::Error;

use crate::transaction::place::Place;

/// A transaction breaks a constraint, and nothing was sent. The fault is the program's; the same
/// transaction will not do on this server.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{place}{} cannot be carried out", match .column {
    Some(column) => format!(", column {column},"),
    None => String::new(),
})]
pub struct ConstraintError {
    /// The operation.
    pub place: Place,
    /// The column, where it is about one.
    pub column: Option<Box<str>>,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What is wrong with an operation.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum Problem {
    /// The generated table is one of another database.
    #[error("the table is one of {table}, and this is {database}")]
    OtherDatabase {
        /// The table's database.
        table: Box<str>,
        /// The transaction's database.
        database: Box<str>,
    },
    /// The server's schema does not know the table.
    #[error("the server lacks the table")]
    TableAbsent,
    /// The server's schema does not know the column.
    #[error("the server lacks the column")]
    ColumnAbsent,
    /// The column is set for good when the row is inserted.
    #[error("the column cannot change after the insert")]
    Immutable,
    /// The value has atoms of another kind, or is a set for a map, or a map for a set.
    #[error("the value is not of type {expected}")]
    Kind {
        /// The column's type, in words.
        expected: String,
    },
    /// There are too few or too many atoms or pairs.
    #[error(
        "{found} values, and the column takes {}",
        bounds(Some(min), Some(max))
    )]
    Count {
        /// How many were given.
        found: usize,
        /// The fewest.
        min: u32,
        /// The most.
        max: u32,
    },
    /// An integer is out of the column's range.
    #[error("{value} is out of range: {}", bounds(.min.as_ref(), .max.as_ref()))]
    Integer {
        /// The integer.
        value: i64,
        /// The least.
        min: Option<i64>,
        /// The greatest.
        max: Option<i64>,
    },
    /// A real is out of the column's range.
    #[error("{value} is out of range: {}", bounds(.min.as_ref(), .max.as_ref()))]
    Real {
        /// The real.
        value: f64,
        /// The least.
        min: Option<f64>,
        /// The greatest.
        max: Option<f64>,
    },
    /// A real has no form that servers can read: it is infinite, no number or subnormal.
    #[error("{value:?} is no finite normal real")]
    Unreal {
        /// The real.
        value: f64,
    },
    /// A string is too short or too long, in characters.
    #[error("a string of {found} characters is out of range: {}", bounds(.min.as_ref(), .max.as_ref()))]
    Length {
        /// How many characters it has.
        found: u64,
        /// The fewest.
        min: Option<u64>,
        /// The most.
        max: Option<u64>,
    },
    /// A string holds the NUL character, on which servers close the connection.
    #[error("a string holds the NUL character")]
    Nul,
    /// A value is not on the column's list.
    #[error("{value} is none of {}", .allowed.join(", "))]
    Enumeration {
        /// The value.
        value: String,
        /// The list.
        allowed: Vec<String>,
    },
    /// The column must be given, since its default is not on its list or out of its range.
    #[error("the column must be given, for its default will not do")]
    Missing(#[source] Box<Problem>),
    /// A name of a row of this transaction: those are given by the transaction itself.
    #[error("a named uuid cannot be given, only the reference that the insert gave")]
    NamedUuid,
    /// A comparison by order of what is no single number.
    #[error("values of type {column_type} have no order")]
    Unordered {
        /// The column's type, in words.
        column_type: String,
    },
    /// A mutation of a column of another type.
    #[error("{mutator} does not apply to type {column_type}")]
    Mutator {
        /// The mutator, as the wire spells it.
        mutator: &'static str,
        /// The column's type, in words.
        column_type: String,
    },
    /// A division by zero.
    #[error("the division is by zero")]
    DivisionByZero,
    /// A check of a row that was not read: the snapshot does not hold it.
    #[error("the row is not in the snapshot")]
    RowAbsent,
    /// A check of a column that was not read: it is not replicated.
    #[error("the column is not replicated")]
    NotReplicated,
    /// A check of a real: servers print 15 digits of it, so that a comparison always fails.
    #[error("a real cannot be checked: servers print 15 digits of it")]
    Inexact,
}

fn bounds<T: Display + PartialEq>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("exactly {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any".to_owned(),
    }
}
