//! Conditions: which rows an operation or a monitor means.
//!
//! **Source**: RFC 7047 §5.1, `<condition>`; ovsdb-server(7) §5 for the booleans.

use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::value::{Atom, Datum};

/// The column beside the schema's own that holds a row's UUID.
pub(crate) const UUID_COLUMN: &str = "_uuid";

/// A test of one column, or a constant.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Condition {
    /// `[column, function, value]`.
    Clause {
        /// The column.
        column: Box<str>,
        /// How it is compared.
        function: Function,
        /// With what.
        value: Datum,
    },
    /// All rows, or none; in monitors and, on real servers, in transactions.
    Always(bool),
}

impl Condition {
    /// A column compared with one atom: `Condition::compare("type", Function::Equal, "router")`.
    pub fn compare(column: &str, function: Function, atom: impl Into<Atom>) -> Self {
        Self::Clause {
            column: column.into(),
            function,
            value: Datum::scalar(atom),
        }
    }
}

/// How a column is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// `<`, on numbers; false for an empty optional.
    Less,
    /// `<=`, on numbers; false for an empty optional.
    LessOrEqual,
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `>=`, on numbers; false for an empty optional.
    GreaterOrEqual,
    /// `>`, on numbers; false for an empty optional.
    Greater,
    /// The column holds every element given.
    Includes,
    /// The column holds no element given.
    Excludes,
}

impl Condition {
    /// The condition that this one row meets.
    pub fn row(uuid: Uuid) -> Self {
        Self::Clause {
            column: UUID_COLUMN.into(),
            function: Function::Equal,
            value: Datum::scalar(uuid),
        }
    }
}

impl Function {
    /// The spelling on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::GreaterOrEqual => ">=",
            Self::Greater => ">",
            Self::Includes => "includes",
            Self::Excludes => "excludes",
        }
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Clause {
                column,
                function,
                value,
            } => (column, function.name(), value).serialize(serializer),
            Self::Always(all) => serializer.serialize_bool(*all),
        }
    }
}
