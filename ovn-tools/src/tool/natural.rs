//! Natural forms: values as the JSON and the text that a reader expects.

use ovsdb_client::value::{AtomRef, Value};
use serde_json::Value as Json;

use crate::report::{Cell, Tone};

/// A value: null where it is unset, an array for a set, an object for a map.
pub(crate) fn value_json(value: Value<'_>) -> Json {
    let column_type = value.column_type();
    if column_type.is_map() {
        let pairs = value
            .pairs()
            .map(|(key, value)| (key_text(key), atom_json(value)));
        return Json::Object(pairs.collect());
    }
    if column_type.max == 1 {
        let atom = value.atoms().next();
        return atom.map_or(Json::Null, atom_json);
    }
    value.atoms().map(atom_json).collect()
}

/// One atom.
pub(crate) fn atom_json(atom: AtomRef<'_>) -> Json {
    match atom {
        AtomRef::Integer(integer) => integer.into(),
        // Not a number and the infinities have no JSON number; a server stores none.
        AtomRef::Real(real) => {
            serde_json::Number::from_f64(real).map_or_else(|| real.to_string().into(), Json::Number)
        }
        AtomRef::Boolean(boolean) => boolean.into(),
        AtomRef::String(string) => string.into(),
        AtomRef::Uuid(uuid) => uuid.to_string().into(),
    }
}

/// A map's key as a member name: strings as they are, all else as text.
pub(crate) fn key_text(key: AtomRef<'_>) -> String {
    match key {
        AtomRef::String(string) => string.to_owned(),
        other => other.to_string(),
    }
}

/// A value as `ovs-vsctl` would print it, but a string that stands alone without quotes.
pub(crate) fn cell(value: &Json) -> Cell {
    match value {
        Json::Null => Cell::toned("-", Tone::Faint),
        Json::String(string) if is_one_line(string) => Cell::plain(string.as_str()),
        Json::Array(items) if items.is_empty() => Cell::toned("[]", Tone::Faint),
        Json::Object(members) if members.is_empty() => Cell::toned("{}", Tone::Faint),
        value => Cell::plain(text(value)),
    }
}

/// Whether the string can be told from `-` and from no text, and breaks no line.
fn is_one_line(string: &str) -> bool {
    !matches!(string, "" | "-") && !string.chars().any(char::is_control)
}

/// A value on one line.
pub(crate) fn text(value: &Json) -> String {
    match value {
        Json::String(string) => printed(string),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(text).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|(key, value)| format!("{}={}", printed(key), text(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
        plain => plain.to_string(),
    }
}

/// The text as it can stand without quotes wherever a word is read, or else in quotes.
pub(crate) fn printed(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':');
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        Json::from(word).to_string()
    }
}
