//! Column types: what atoms a column holds, and how many.

use std::fmt;

use crate::value::atom::{Atom, Kind};
use crate::value::packed;

/// The `max` of a set or map without an upper bound.
pub const UNLIMITED: u32 = u32::MAX;

/// The type of a column: atoms of `key`, or pairs of `key` and `value`, `min` to `max` of them.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnType {
    /// The type of a set's atoms or of a map's keys.
    pub key: BaseType,
    /// The type of a map's values; `None` for a scalar or set.
    pub value: Option<BaseType>,
    /// The least number of atoms or pairs: 0 or 1.
    pub min: u32,
    /// The greatest number of atoms or pairs, at least 1; [`UNLIMITED`] for no bound.
    pub max: u32,
}

impl Eq for ColumnType {}

/// The type of an atom, with its constraints.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseType {
    /// Which of the five atomic types.
    pub kind: Kind,
    /// The values allowed, in the schema's order; empty for no such constraint.
    pub enumeration: Vec<Atom>,
    /// The least integer; `None` for no bound.
    pub min_integer: Option<i64>,
    /// The greatest integer; `None` for no bound.
    pub max_integer: Option<i64>,
    /// The least real; `None` for no bound.
    pub min_real: Option<f64>,
    /// The greatest real; `None` for no bound.
    pub max_real: Option<f64>,
    /// The fewest characters (not bytes) of a string.
    pub min_length: Option<u64>,
    /// The most characters (not bytes) of a string.
    pub max_length: Option<u64>,
    /// The table that a UUID refers to.
    pub reference: Option<Reference>,
}

/// A UUID's reference to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The table of the row.
    pub table: Box<str>,
    /// Whether the reference keeps the row alive.
    pub kind: RefKind,
}

/// What a reference does for the row it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefKind {
    /// The row must exist, and lives while it is referred to.
    Strong,
    /// The reference goes when the row goes.
    Weak,
}

impl BaseType {
    /// The unconstrained type of this kind.
    pub fn plain(kind: Kind) -> Self {
        Self {
            kind,
            enumeration: Vec::new(),
            min_integer: None,
            max_integer: None,
            min_real: None,
            max_real: None,
            min_length: None,
            max_length: None,
            reference: None,
        }
    }
}

impl ColumnType {
    /// A scalar of this kind without constraints.
    pub fn scalar(kind: Kind) -> Self {
        Self {
            key: BaseType::plain(kind),
            value: None,
            min: 1,
            max: 1,
        }
    }

    /// Whether it holds pairs.
    pub fn is_map(&self) -> bool {
        self.value.is_some()
    }

    /// Whether it holds exactly one atom.
    pub fn is_scalar(&self) -> bool {
        self.min == 1 && self.max == 1 && self.value.is_none()
    }

    /// Whether it holds one atom or none.
    pub fn is_optional(&self) -> bool {
        self.min == 0 && self.max == 1 && self.value.is_none()
    }

    /// Whether updates send its changes as differences rather than as whole values.
    ///
    /// It is the bound that decides, not the shape: a map of at most one pair is replaced whole.
    ///
    /// **Source**: `ovsdb_type_is_composite`; seen on ovsdb-server 3.1.0 and 3.5.3.
    pub fn is_composite(&self) -> bool {
        self.max > 1
    }

    /// The kinds of key and value.
    pub(crate) fn kinds(&self) -> (Kind, Option<Kind>) {
        (self.key.kind, self.value.as_ref().map(|base| base.kind))
    }

    /// The packed default value: nothing, or the default atom or pair where one must stand.
    pub(crate) fn default_payload(&self) -> Vec<u8> {
        let mut default = Vec::new();
        if self.min > 0 {
            packed::push_atom(&mut default, self.key.kind.default_atom());
            if let Some(value) = &self.value {
                packed::push_atom(&mut default, value.kind.default_atom());
            }
        }
        default
    }

    /// Cuts `payload` back to `start` when what follows is a scalar's default value, which rows
    /// store as nothing.
    pub(crate) fn drop_default(&self, payload: &mut Vec<u8>, start: usize) {
        // The default of every kind is packed as zeros, and nothing else is.
        if self.is_scalar() && payload[start..].iter().all(|byte| *byte == 0) {
            payload.truncate(start);
        }
    }
}

impl fmt::Display for BaseType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reference {
            Some(Reference {
                table,
                kind: RefKind::Strong,
            }) => write!(f, "reference to {table}"),
            Some(Reference { table, .. }) => write!(f, "weak reference to {table}"),
            None if self.enumeration.is_empty() => f.write_str(self.kind.name()),
            None => {
                write!(f, "{} (one of ", self.kind.name())?;
                for (at, atom) in self.enumeration.iter().enumerate() {
                    let comma = if at == 0 { "" } else { ", " };
                    write!(f, "{comma}{atom}")?;
                }
                f.write_str(")")
            }
        }
    }
}

/// The type in words: `string`, `optional integer`, `set of reference to ACL`,
/// `map of string to string`.
impl fmt::Display for ColumnType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(value) = &self.value {
            return write!(f, "map of {} to {}", self.key, value);
        }
        if self.is_scalar() {
            write!(f, "{}", self.key)
        } else if self.is_optional() {
            write!(f, "optional {}", self.key)
        } else {
            write!(f, "set of {}", self.key)
        }
    }
}
