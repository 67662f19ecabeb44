//! The text form of values, as `ovs-vsctl` and `ovn-nbctl` print and read them.
//!
//! **Source**: ovs-vsctl(8), "Database Values".

use std::fmt;

use thiserror::Error;

use crate::value::atom::{Atom, AtomRef, Kind, plain_zero};
use crate::value::datum::{Datum, Value};
use crate::value::parse_uuid;

/// A text is no value of the kind asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{text:?} is no {}", expected.name())]
pub struct TextError {
    /// What was given.
    pub text: String,
    /// What was asked for.
    pub expected: Kind,
}

/// Whether a string can stand without quotes and still be read as that string.
fn is_bare(string: &str) -> bool {
    let mut characters = string.chars();
    let first = characters
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    first
        && characters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && string != "true"
        && string != "false"
        && parse_uuid(string).is_none()
}

/// As C's `%g` does, with the fewest digits that read back as the same real.
///
/// The server prints 15 significant digits at most, so of what it sent this is its own text.
fn write_real(f: &mut fmt::Formatter<'_>, real: f64) -> fmt::Result {
    let scientific = format!("{:e}", plain_zero(real));
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>() {
        Ok(exponent) if exponent < -4 => write!(f, "{digits}e-{:02}", -exponent),
        Ok(exponent) if exponent >= 15 => write!(f, "{digits}e+{exponent:02}"),
        _ => write!(f, "{}", plain_zero(real)),
    }
}

/// Bare where that reads back as the same string, otherwise in JSON's quotes.
impl fmt::Display for AtomRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => write!(f, "{integer}"),
            Self::Real(real) => write_real(f, *real),
            Self::Boolean(boolean) => write!(f, "{boolean}"),
            Self::String(string) if is_bare(string) => f.write_str(string),
            Self::String(string) => {
                let quoted = serde_json::to_string(string).map_err(|_| fmt::Error)?;
                f.write_str(&quoted)
            }
            Self::Uuid(uuid) => write!(f, "{uuid}"),
        }
    }
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.borrow(), self) {
            (Some(atom), _) => write!(f, "{atom}"),
            (None, Self::NamedUuid(name)) => f.write_str(name),
            (None, _) => Ok(()),
        }
    }
}

fn list<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    (open, close): (&str, &str),
    items: impl Iterator<Item = T>,
) -> fmt::Result {
    f.write_str(open)?;
    for (at, item) in items.enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        write!(f, "{comma}{item}")?;
    }
    f.write_str(close)
}

/// A scalar as its atom, a set as `[a, b]`, a map as `{k=v, k=v}`; the brackets are left out
/// round the one atom or pair of a column that can hold no more.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let column_type = self.column_type();
        if column_type.is_map() {
            let mut pairs = self.pairs().map(|(key, value)| format!("{key}={value}"));
            return match pairs.next() {
                Some(pair) if column_type.max == 1 => f.write_str(&pair),
                first => list(f, ("{", "}"), first.into_iter().chain(pairs)),
            };
        }
        let mut atoms = self.atoms();
        match (atoms.next(), atoms.next()) {
            (Some(atom), None) if column_type.max == 1 => write!(f, "{atom}"),
            _ => list(f, ("[", "]"), self.atoms()),
        }
    }
}

/// As [`Value`]'s text, but a set of one always as its atom: a datum does not know its type.
impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Set(atoms) => match atoms.as_slice() {
                [atom] => write!(f, "{atom}"),
                atoms => list(f, ("[", "]"), atoms.iter()),
            },
            Self::Map(pairs) => {
                let pairs = pairs.iter().map(|(key, value)| format!("{key}={value}"));
                list(f, ("{", "}"), pairs)
            }
        }
    }
}

/// Reads an atom of `kind` from text. A string may stand in JSON's quotes; a text in quotes that is
/// no JSON string, and any other text, is taken as it is.
///
/// # Errors
/// [`TextError`] when the text is no atom of that kind.
pub fn parse_atom(kind: Kind, text: &str) -> Result<Atom, TextError> {
    let wrong = || TextError {
        text: text.to_owned(),
        expected: kind,
    };
    Ok(match kind {
        Kind::Integer => Atom::Integer(text.parse().map_err(|_| wrong())?),
        Kind::Real => match text.parse() {
            Ok(real) if f64::is_finite(real) => Atom::Real(real),
            _ => return Err(wrong()),
        },
        Kind::Boolean => match text {
            "true" | "yes" | "on" | "1" => Atom::Boolean(true),
            "false" | "no" | "off" | "0" => Atom::Boolean(false),
            _ => return Err(wrong()),
        },
        Kind::String => {
            let quoted = text.starts_with('"').then(|| serde_json::from_str(text));
            match quoted {
                Some(Ok(string)) => Atom::String(string),
                _ => Atom::from(text),
            }
        }
        Kind::Uuid => Atom::Uuid(parse_uuid(text).ok_or_else(wrong)?),
    })
}
