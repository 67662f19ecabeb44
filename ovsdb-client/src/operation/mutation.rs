//! Mutations: changes of a column in place.
//!
//! **Source**: RFC 7047 §5.1, `<mutation>`.

use serde::{Serialize, Serializer};

use crate::value::Datum;

/// `[column, mutator, value]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutation {
    /// The column.
    pub column: Box<str>,
    /// What is done to it.
    pub mutator: Mutator,
    /// With what.
    pub value: Datum,
}

/// What a mutation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mutator {
    /// `+=`, on numbers.
    Add,
    /// `-=`, on numbers.
    Subtract,
    /// `*=`, on numbers.
    Multiply,
    /// `/=`, on numbers.
    Divide,
    /// `%=`, on integers.
    Remainder,
    /// Adds elements to a set, or pairs to a map whose keys it does not have.
    Insert,
    /// Takes elements out of a set; out of a map, exact pairs or the keys of a set.
    Delete,
}

impl Mutator {
    /// The spelling on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Add => "+=",
            Self::Subtract => "-=",
            Self::Multiply => "*=",
            Self::Divide => "/=",
            Self::Remainder => "%=",
            Self::Insert => "insert",
            Self::Delete => "delete",
        }
    }
}

impl Serialize for Mutation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.column, self.mutator.name(), &self.value).serialize(serializer)
    }
}
