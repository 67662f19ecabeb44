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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::DeserializeSeed;

    use super::*;
    use crate::value::column_type::{BaseType, ColumnType, UNLIMITED};
    use crate::value::samples;
    use crate::value::wire::PackSeed;

    /// The text of a value that stands in JSON as `json`.
    fn text(column_type: &ColumnType, json: &str) -> String {
        let mut reader = serde_json::Deserializer::from_str(json);
        let mut payload = Vec::new();
        let seed = PackSeed {
            column_type,
            out: &mut payload,
        };
        seed.deserialize(&mut reader).unwrap();
        Value::new(column_type, &payload).to_string()
    }

    fn column(kind: Kind, value: Option<Kind>, max: u32) -> ColumnType {
        ColumnType {
            value: value.map(BaseType::plain),
            min: 0,
            max,
            ..ColumnType::scalar(kind)
        }
    }

    // What `ovsdb-client dump` of Open vSwitch 3.1.0 printed of these strings and reals.
    #[test]
    fn strings_are_quoted_as_the_servers_tools_quote_them() {
        let scalar = ColumnType::scalar(Kind::String);
        for (string, printed) in [
            ("eth0", "eth0"),
            ("_x-1.2", "_x-1.2"),
            ("tru", "tru"),
            ("", "\"\""),
            ("1a", "\"1a\""),
            ("-a", "\"-a\""),
            ("a b", "\"a b\""),
            ("a:b", "\"a:b\""),
            ("aé", "\"aé\""),
            ("true", "\"true\""),
            ("false", "\"false\""),
            (
                "00000000-0000-0000-0000-000000000000",
                "\"00000000-0000-0000-0000-000000000000\"",
            ),
            ("q\"\\/\t\u{1}\n", "\"q\\\"\\\\/\\t\\u0001\\n\""),
        ] {
            let json = serde_json::to_string(string).unwrap();
            assert_eq!(text(&scalar, &json), printed);
        }
    }

    #[test]
    fn reals_are_printed_as_the_servers_tools_print_them() {
        let scalar = ColumnType::scalar(Kind::Real);
        for (json, printed) in [
            ("2.0", "2"),
            ("-0.0", "0"),
            ("1.5", "1.5"),
            ("0.1", "0.1"),
            ("0.0001", "0.0001"),
            ("1e-05", "1e-05"),
            ("1e-7", "1e-07"),
            ("-2.5e-10", "-2.5e-10"),
            ("100000", "100000"),
            ("123456.789", "123456.789"),
            ("1e14", "100000000000000"),
            ("123456789012345", "123456789012345"),
            ("1e15", "1e+15"),
            ("1.23456789012346e15", "1.23456789012346e+15"),
            ("1e100", "1e+100"),
        ] {
            assert_eq!(text(&scalar, json), printed);
        }
    }

    #[test]
    fn brackets_stand_round_what_could_be_several_and_round_nothing() {
        let string = Kind::String;
        for (column_type, json, printed) in [
            (column(string, None, 1), "\"\"", "\"\""),
            (column(string, None, 1), "[\"set\", []]", "[]"),
            (column(string, None, UNLIMITED), "\"a\"", "[a]"),
            (column(string, None, UNLIMITED), "[\"set\", []]", "[]"),
            (
                column(Kind::Integer, None, 3),
                "[\"set\", [10, 9]]",
                "[9, 10]",
            ),
            (
                column(string, Some(string), 1),
                "[\"map\", [[\"a\", \"1\"]]]",
                "a=\"1\"",
            ),
            (column(string, Some(string), 1), "[\"map\", []]", "{}"),
            (
                column(string, Some(Kind::Boolean), 5),
                "[\"map\", [[\"b c\", false], [\"a\", true]]]",
                "{a=true, \"b c\"=false}",
            ),
        ] {
            assert_eq!(text(&column_type, json), printed, "{column_type}: {json}");
        }
    }

    #[test]
    fn texts_that_are_no_atom_of_the_kind_are_refused() {
        let read = |kind, text| match parse_atom(kind, text) {
            Ok(atom) => format!("{text} => {atom:?}"),
            Err(error) => format!("{text} => error: {error}"),
        };
        let texts = [
            (Kind::Integer, "-9223372036854775808"),
            (Kind::Integer, "9223372036854775808"),
            (Kind::Integer, "0x10"),
            (Kind::Integer, ""),
            (Kind::Real, "1e3"),
            (Kind::Real, "inf"),
            (Kind::Real, "1e400"),
            (Kind::Boolean, "yes"),
            (Kind::Boolean, "True"),
            (Kind::String, "\"a b\""),
            (Kind::String, "\"a"),
            (Kind::String, "a\"b"),
            (Kind::Uuid, "0F000000-0000-0000-0000-00000000000a"),
            (Kind::Uuid, "0f00000000000000000000000000000a"),
        ];
        let report: Vec<String> = texts
            .into_iter()
            .map(|(kind, text)| read(kind, text))
            .collect();
        insta::assert_snapshot!(report.join("\n"), @r#"
        -9223372036854775808 => Integer(-9223372036854775808)
        9223372036854775808 => error: "9223372036854775808" is no integer
        0x10 => error: "0x10" is no integer
         => error: "" is no integer
        1e3 => Real(1000.0)
        inf => error: "inf" is no real
        1e400 => error: "1e400" is no real
        yes => Boolean(true)
        True => error: "True" is no boolean
        "a b" => String("a b")
        "a => String("\"a")
        a"b => String("a\"b")
        0F000000-0000-0000-0000-00000000000a => Uuid(0f000000-0000-0000-0000-00000000000a)
        0f00000000000000000000000000000a => error: "0f00000000000000000000000000000a" is no uuid
        "#);
    }

    proptest! {
        #[test]
        fn an_atoms_text_reads_back_as_the_atom(
            atom in samples::column_type().prop_flat_map(|column| samples::atom(column.key.kind)),
        ) {
            prop_assert_eq!(parse_atom(atom.kind(), &atom.to_string()), Ok(atom));
        }
    }
}
