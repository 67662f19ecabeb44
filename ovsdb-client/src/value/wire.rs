//! The JSON form of values (RFC 7047 §5.1), read straight into the compact form, and written.
//!
//! What a reader must know beyond the RFC: a set of one is printed as its bare atom; a real that
//! is a whole number is printed as an integer, and an integer may be spelled as a real (`1e3`).

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeSeq, SerializeTuple, Serializer};
use serde_json::Value as Json;
use thiserror::Error;

use crate::value::atom::{Atom, AtomRef, Kind};
use crate::value::column_type::ColumnType;
use crate::value::datum::{Datum, Value};
use crate::value::packed::{self, push_atom};
use crate::value::parse_uuid;

/// A value is not of its column's type. The fault is the sender's.
#[derive(Debug, Error)]
#[error("no value of type {expected}")]
pub struct WireError {
    expected: String,
    #[source]
    cause: serde_json::Error,
}

/// Reads an integer out of a JSON number as the server's reader does: any whole number that fits.
fn integer_of(real: f64) -> Option<i64> {
    // 2^63 is exact in a double; the cast is checked by the range around it. Both ends are left
    // out: −2^63 itself is read as an integer, so the double stands for a number below it.
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    (real.fract() == 0.0 && real.abs() < LIMIT).then(|| {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number in range converts exactly"
        )]
        let integer = real as i64;
        integer
    })
}

/// Reads one atom of `kind` and appends it.
struct AtomSeed<'b> {
    kind: Kind,
    out: &'b mut Vec<u8>,
}

impl AtomSeed<'_> {
    fn push<E: serde::de::Error>(self, atom: Option<AtomRef<'_>>) -> Result<(), E> {
        let kind = self.kind;
        match atom {
            Some(atom) if atom.kind() == kind => {
                push_atom(self.out, atom);
                Ok(())
            }
            _ => Err(E::custom(format_args!("this is no {}", kind.name()))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for AtomSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AtomSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.name())
    }

    fn visit_i64<E: serde::de::Error>(self, integer: i64) -> Result<(), E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a real column holds the nearest double, as in the server"
        )]
        let atom = match self.kind {
            Kind::Real => AtomRef::Real(integer as f64),
            _ => AtomRef::Integer(integer),
        };
        self.push(Some(atom))
    }

    fn visit_u64<E: serde::de::Error>(self, integer: u64) -> Result<(), E> {
        match i64::try_from(integer) {
            Ok(integer) => self.visit_i64(integer),
            #[expect(
                clippy::cast_precision_loss,
                reason = "a real column holds the nearest double, as in the server"
            )]
            Err(_) => self.visit_f64(integer as f64),
        }
    }

    fn visit_f64<E: serde::de::Error>(self, real: f64) -> Result<(), E> {
        let atom = match self.kind {
            Kind::Integer => integer_of(real).map(AtomRef::Integer),
            _ => Some(AtomRef::Real(real)),
        };
        self.push(atom)
    }

    fn visit_bool<E: serde::de::Error>(self, boolean: bool) -> Result<(), E> {
        self.push(Some(AtomRef::Boolean(boolean)))
    }

    fn visit_str<E: serde::de::Error>(self, string: &str) -> Result<(), E> {
        self.push(Some(AtomRef::String(string)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let tag: Option<Tag> = seq.next_element()?;
        match tag {
            Some(Tag::Uuid) => {
                seq.next_element_seed(UuidSeed(self))?
                    .ok_or_else(|| A::Error::custom("a uuid without its text"))?;
                end(&mut seq)
            }
            _ => Err(A::Error::custom(format_args!(
                "this is no {}",
                self.kind.name()
            ))),
        }
    }
}

/// Reads the 36 characters of a UUID.
struct UuidSeed<'b>(AtomSeed<'b>);

impl<'de> DeserializeSeed<'de> for UuidSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for UuidSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("36 characters of a uuid")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        let uuid = parse_uuid(text)
            .ok_or_else(|| E::custom(format_args!("{text:?} is no 36 characters of a uuid")))?;
        self.0.push(Some(AtomRef::Uuid(uuid)))
    }
}

/// The word that opens an array.
enum Tag {
    Set,
    Map,
    Uuid,
    Other,
}

impl<'de> serde::Deserialize<'de> for Tag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TagVisitor;
        impl Visitor<'_> for TagVisitor {
            type Value = Tag;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"set\", \"map\" or \"uuid\"")
            }
            fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Tag, E> {
                Ok(match word {
                    "set" => Tag::Set,
                    "map" => Tag::Map,
                    "uuid" => Tag::Uuid,
                    _ => Tag::Other,
                })
            }
        }
        deserializer.deserialize_str(TagVisitor)
    }
}

fn end<'de, A: SeqAccess<'de>>(seq: &mut A) -> Result<(), A::Error> {
    match seq.next_element::<IgnoredAny>()? {
        None => Ok(()),
        Some(_) => Err(A::Error::custom("an array with more than two elements")),
    }
}

/// Reads a column's value and appends it in the compact form.
///
/// The number of atoms is not checked: differences may break the column's bounds, and a value
/// beyond them must not cost the row.
pub(crate) struct PackSeed<'b> {
    pub(crate) column_type: &'b ColumnType,
    pub(crate) out: &'b mut Vec<u8>,
}

impl PackSeed<'_> {
    fn finish<E: serde::de::Error>(self, start: usize) -> Result<(), E> {
        self.column_type.drop_default(self.out, start);
        Ok(())
    }

    fn atom<E: serde::de::Error>(
        self,
        visit: impl FnOnce(AtomSeed<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.column_type.is_map() {
            return Err(E::custom("a map is written [\"map\", [[key, value], …]]"));
        }
        let start = self.out.len();
        visit(AtomSeed {
            kind: self.column_type.key.kind,
            out: self.out,
        })?;
        self.finish(start)
    }
}

impl<'de> DeserializeSeed<'de> for PackSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PackSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.column_type)
    }

    fn visit_i64<E: serde::de::Error>(self, integer: i64) -> Result<(), E> {
        self.atom(|seed| seed.visit_i64(integer))
    }

    fn visit_u64<E: serde::de::Error>(self, integer: u64) -> Result<(), E> {
        self.atom(|seed| seed.visit_u64(integer))
    }

    fn visit_f64<E: serde::de::Error>(self, real: f64) -> Result<(), E> {
        self.atom(|seed| seed.visit_f64(real))
    }

    fn visit_bool<E: serde::de::Error>(self, boolean: bool) -> Result<(), E> {
        self.atom(|seed| seed.visit_bool(boolean))
    }

    fn visit_str<E: serde::de::Error>(self, string: &str) -> Result<(), E> {
        self.atom(|seed| seed.visit_str(string))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let (kind, value) = self.column_type.kinds();
        let start = self.out.len();
        match (seq.next_element::<Tag>()?, value) {
            (Some(Tag::Uuid), None) => {
                let seed = UuidSeed(AtomSeed {
                    kind,
                    out: self.out,
                });
                seq.next_element_seed(seed)?
                    .ok_or_else(|| A::Error::custom("a uuid without its text"))?;
            }
            (Some(Tag::Set), None) => {
                let seed = ElementsSeed {
                    key: kind,
                    value: None,
                    out: self.out,
                };
                seq.next_element_seed(seed)?
                    .ok_or_else(|| A::Error::custom("a set without its elements"))?;
            }
            (Some(Tag::Map), Some(value)) => {
                let seed = ElementsSeed {
                    key: kind,
                    value: Some(value),
                    out: self.out,
                };
                seq.next_element_seed(seed)?
                    .ok_or_else(|| A::Error::custom("a map without its pairs"))?;
            }
            _ => {
                return Err(A::Error::custom(format_args!(
                    "this is no {}",
                    self.column_type
                )));
            }
        }
        end(&mut seq)?;
        self.finish(start)
    }
}

/// Reads the elements of a set, or the pairs of a map where `value` is given.
struct ElementsSeed<'b> {
    key: Kind,
    value: Option<Kind>,
    out: &'b mut Vec<u8>,
}

impl<'de> DeserializeSeed<'de> for ElementsSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for ElementsSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of elements")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let start = self.out.len();
        let mut count = 0usize;
        loop {
            let next = match self.value {
                None => seq.next_element_seed(AtomSeed {
                    kind: self.key,
                    out: &mut *self.out,
                })?,
                Some(value) => seq.next_element_seed(PairSeed {
                    key: self.key,
                    value,
                    out: &mut *self.out,
                })?,
            };
            if next.is_none() {
                break;
            }
            count += 1;
        }
        if count > 1 {
            let mut elements = self.out.split_off(start);
            packed::sort(&mut elements, self.key, self.value)
                .map_err(|()| A::Error::custom("an element stands twice"))?;
            self.out.append(&mut elements);
        }
        Ok(())
    }
}

/// Reads one pair of a map.
struct PairSeed<'b> {
    key: Kind,
    value: Kind,
    out: &'b mut Vec<u8>,
}

impl<'de> DeserializeSeed<'de> for PairSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for PairSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a pair of key and value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        for kind in [self.key, self.value] {
            seq.next_element_seed(AtomSeed {
                kind,
                out: &mut *self.out,
            })?
            .ok_or_else(|| A::Error::custom("a pair holds a key and a value"))?;
        }
        end(&mut seq)
    }
}

/// Reads one atom out of its whole text and appends it.
pub(crate) fn pack_atom(
    kind: Kind,
    text: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    AtomSeed { kind, out }.deserialize(&mut reader)?;
    reader.end()
}

/// Reads one atom out of parsed JSON.
pub(crate) fn atom_from_json(kind: Kind, json: &Json) -> Option<Atom> {
    let mut bytes = Vec::new();
    let seed = AtomSeed {
        kind,
        out: &mut bytes,
    };
    seed.deserialize(json).ok()?;
    packed::take_atom(&mut bytes.as_slice(), kind).map(AtomRef::to_owned)
}

impl Datum {
    /// Reads a value of this type from its JSON form.
    ///
    /// # Errors
    /// [`WireError`] when the text is no JSON or another type's value. The number of atoms is not
    /// checked against the type's bounds.
    pub fn from_json(column_type: &ColumnType, text: &str) -> Result<Self, WireError> {
        let mut bytes = Vec::new();
        let mut reader = serde_json::Deserializer::from_str(text);
        PackSeed {
            column_type,
            out: &mut bytes,
        }
        .deserialize(&mut reader)
        .and_then(|()| reader.end())
        .map_err(|cause| WireError {
            expected: column_type.to_string(),
            cause,
        })?;
        Ok(Value::new(column_type, &bytes).to_datum())
    }
}

impl Serialize for AtomRef<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Integer(integer) => serializer.serialize_i64(*integer),
            // The server closes the connection on numbers it cannot read, so they never leave.
            Self::Real(real) if real.is_nan() || real.is_infinite() || real.is_subnormal() => {
                Err(S::Error::custom(format_args!(
                    "{real:?} cannot be sent: no finite normal real"
                )))
            }
            Self::Real(real) => serializer.serialize_f64(*real),
            Self::Boolean(boolean) => serializer.serialize_bool(*boolean),
            Self::String(string) if string.contains('\0') => Err(S::Error::custom(
                "a string with a NUL character cannot be sent",
            )),
            Self::String(string) => serializer.serialize_str(string),
            Self::Uuid(uuid) => {
                let mut pair = serializer.serialize_tuple(2)?;
                pair.serialize_element("uuid")?;
                pair.serialize_element(uuid.hyphenated().encode_lower(&mut [0; 36]))?;
                pair.end()
            }
        }
    }
}

impl Serialize for Atom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::NamedUuid(name) => ("named-uuid", name).serialize(serializer),
            _ => match self.borrow() {
                Some(atom) => atom.serialize(serializer),
                None => serializer.serialize_unit(),
            },
        }
    }
}

/// Serializes the elements of a set or the pairs of a map as a JSON array.
struct Elements<I>(std::cell::RefCell<I>);

impl<T: Serialize, I: Iterator<Item = T>> Serialize for Elements<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut seq = serializer.serialize_seq(None)?;
        for element in &mut *self.0.borrow_mut() {
            seq.serialize_element(&element)?;
        }
        seq.end()
    }
}

fn tagged<S: Serializer, T: Serialize>(
    serializer: S,
    tag: &str,
    elements: impl Iterator<Item = T>,
) -> Result<S::Ok, S::Error> {
    (tag, Elements(std::cell::RefCell::new(elements))).serialize(serializer)
}

/// The form that servers print: the bare atom for a set of exactly one.
impl Serialize for Datum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(atoms) => match atoms.as_slice() {
                [atom] => atom.serialize(serializer),
                atoms => tagged(serializer, "set", atoms.iter()),
            },
            Self::Map(pairs) => tagged(serializer, "map", pairs.iter()),
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.column_type().is_map() {
            return tagged(serializer, "map", self.pairs());
        }
        let mut atoms = self.atoms();
        match (atoms.next(), atoms.next()) {
            (Some(atom), None) => atom.serialize(serializer),
            _ => tagged(serializer, "set", self.atoms()),
        }
    }
}

#[cfg(test)]
mod tests;
