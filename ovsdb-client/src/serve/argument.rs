//! Arguments: the values in a client's request, checked as the server checks them.
//!
//! Reading rows forgives what a server would not send; reading requests does not, so that a client
//! hears from us what it would hear from a real server.
//!
//! **Source**: RFC 7047 §5.1; the texts are those of ovsdb-server 3.1.

use serde_json::Value as Json;
use uuid::Uuid;

use crate::schema::{BaseType, ColumnType};
use crate::serve::member::is_id;
use crate::serve::refusal::Refusal;
use crate::value::{Atom, AtomRef, Datum, Kind, parse_uuid, wire};

/// Whether `["named-uuid", id]` may stand for a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// In a transaction. Nothing is inserted here, so the name is no row's.
    Allowed,
    /// In a monitor's condition.
    Refused,
}

/// Reads a value of this type; its constraints hold.
pub(crate) fn parse_datum(
    column_type: &ColumnType,
    json: &Json,
    naming: Naming,
) -> Result<Datum, Refusal> {
    if let Some(value) = &column_type.value {
        let pairs = elements(json, "map", column_type)?
            .iter()
            .map(|pair| {
                let (key, json) = match pair.as_array().map(Vec::as_slice) {
                    Some([key, value]) => (key, value),
                    _ => return Err(Refusal::syntax(pair, "expected 2-element array")),
                };
                Ok((
                    parse_atom(&column_type.key, key, naming)?,
                    parse_atom(value, json, naming)?,
                ))
            })
            .collect::<Result<Vec<_>, Refusal>>()?;
        let count = pairs.len();
        let map = Datum::map(pairs);
        return unique(map, count, "map contains duplicate key");
    }
    let tag = json.as_array().and_then(|array| array.first());
    if tag.and_then(Json::as_str) == Some("set") {
        let atoms = elements(json, "set", column_type)?
            .iter()
            .map(|atom| parse_atom(&column_type.key, atom, naming))
            .collect::<Result<Vec<_>, Refusal>>()?;
        let count = atoms.len();
        return unique(Datum::set(atoms), count, "set contains duplicate");
    }
    Ok(Datum::Set(vec![parse_atom(
        &column_type.key,
        json,
        naming,
    )?]))
}

fn unique(datum: Datum, count: usize, details: &str) -> Result<Datum, Refusal> {
    if datum.len() == count {
        Ok(datum)
    } else {
        Err(Refusal::new("ovsdb error", details))
    }
}

/// The elements in `["set", […]]` or `["map", […]]`, as many as the type allows.
fn elements<'j>(
    json: &'j Json,
    class: &str,
    column_type: &ColumnType,
) -> Result<&'j [Json], Refusal> {
    let elements = match json.as_array().map(Vec::as_slice) {
        Some([tag, Json::Array(elements)]) if tag.as_str() == Some(class) => elements,
        _ => {
            let details = format!("expected [\"{class}\", <array>]");
            return Err(Refusal::syntax(json, details));
        }
    };
    let (min, max, count) = (column_type.min, column_type.max, elements.len());
    let fits = count >= usize::try_from(min).unwrap_or(usize::MAX)
        && count <= usize::try_from(max).unwrap_or(usize::MAX);
    if fits {
        Ok(elements)
    } else if (min, max) == (1, 1) {
        let details = format!("{class} must have exactly one member but {count} are present");
        Err(Refusal::syntax(json, details))
    } else {
        let details = format!("{class} must have {min} to {max} members but {count} are present");
        Err(Refusal::syntax(json, details))
    }
}

fn parse_atom(base: &BaseType, json: &Json, naming: Naming) -> Result<Atom, Refusal> {
    let atom = match base.kind {
        Kind::Uuid => Atom::Uuid(uuid_of(json, naming)?),
        kind => wire::atom_from_json(kind, json)
            .ok_or_else(|| Refusal::syntax(json, format!("expected {}", kind.name())))?,
    };
    constrain(base, &atom)?;
    Ok(atom)
}

fn uuid_of(json: &Json, naming: Naming) -> Result<Uuid, Refusal> {
    match json.as_array().map(Vec::as_slice) {
        Some([Json::String(tag), Json::String(text)]) if tag == "uuid" => parse_uuid(text)
            .ok_or_else(|| Refusal::syntax(json, format!("\"{text}\" is not a valid UUID"))),
        Some([Json::String(tag), Json::String(name)])
            if tag == "named-uuid" && naming == Naming::Allowed =>
        {
            if is_id(name) {
                // No row has this one, as none has the fresh one that a server would make up.
                Ok(Uuid::max())
            } else {
                Err(Refusal::syntax(
                    json,
                    "named-uuid string is not a valid <id>",
                ))
            }
        }
        _ => Err(Refusal::syntax(json, "expected [\"uuid\", <string>]")),
    }
}

/// Checks an atom against its type's constraints.
pub(crate) fn constrain(base: &BaseType, atom: &Atom) -> Result<(), Refusal> {
    let violation = |details: String| Err(Refusal::new("constraint violation", details));
    if !base.enumeration.is_empty() && !base.enumeration.contains(atom) {
        let mut allowed: Vec<String> = base.enumeration.iter().map(ToString::to_string).collect();
        allowed.sort();
        let allowed = allowed.join(", ");
        return violation(format!(
            "{atom} is not one of the allowed values ([{allowed}])"
        ));
    }
    match atom {
        Atom::Integer(integer) => {
            let (min, max) = (base.min_integer, base.max_integer);
            let fits =
                min.is_none_or(|min| *integer >= min) && max.is_none_or(|max| *integer <= max);
            if fits {
                return Ok(());
            }
            violation(range(integer, min.as_ref(), max.as_ref()))
        }
        Atom::Real(real) => {
            let (min, max) = (base.min_real, base.max_real);
            if min.is_none_or(|min| *real >= min) && max.is_none_or(|max| *real <= max) {
                return Ok(());
            }
            let [min, max] = [min, max].map(|bound| bound.map(AtomRef::Real));
            violation(range(&AtomRef::Real(*real), min.as_ref(), max.as_ref()))
        }
        Atom::String(string) => {
            let count = u64::try_from(string.chars().count()).unwrap_or(u64::MAX);
            match (base.min_length, base.max_length) {
                (Some(min), _) if count < min => violation(format!(
                    "\"{string}\" length {count} is less than minimum allowed length {min}"
                )),
                (_, Some(max)) if count > max => violation(format!(
                    "\"{string}\" length {count} is greater than maximum allowed length {max}"
                )),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

fn range<T: std::fmt::Display>(number: &T, min: Option<&T>, max: Option<&T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => {
            format!("{number} is not in the valid range {min} to {max} (inclusive)")
        }
        (Some(min), None) => format!("{number} is less than minimum allowed value {min}"),
        (None, Some(max)) => format!("{number} is greater than maximum allowed value {max}"),
        (None, None) => String::new(),
    }
}
