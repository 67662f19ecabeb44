//! Refusals: what a server says of a request that it does not carry out.
//!
//! **Source**: RFC 7047 §3.1, `<error>`; ovsdb-server(7), "Error"; the members beyond `error` are
//! those that ovsdb-server 3.1 sends.

use std::fmt::Write;

use serde::Serialize;
use serde_json::Value as Json;

use crate::value::{AtomRef, Kind, wire};

/// An `<error>` object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Refusal {
    error: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    syntax: Option<String>,
}

impl Refusal {
    /// A refusal that quotes nothing.
    pub(crate) fn new(tag: &'static str, details: impl Into<String>) -> Self {
        Self {
            error: tag,
            details: Some(details.into()),
            syntax: None,
        }
    }

    /// A refusal that quotes the part of the request it means.
    pub(crate) fn quoting(json: &Json, tag: &'static str, details: impl Into<String>) -> Self {
        Self {
            syntax: Some(sorted(json)),
            ..Self::new(tag, details)
        }
    }

    /// A syntax error in the part of the request that is quoted.
    pub(crate) fn syntax(json: &Json, details: impl Into<String>) -> Self {
        Self::quoting(json, SYNTAX_ERROR, details)
    }

    /// Whether this is what an unsatisfied wait says, which is no error but a reason to wait.
    pub(crate) fn is_waiting(&self) -> bool {
        self.error == NOT_SUPPORTED
    }

    /// What an unsatisfied wait says.
    pub(crate) fn waiting() -> Self {
        Self::new(NOT_SUPPORTED, "triggers not supported")
    }
}

/// The tag of most refusals.
pub(crate) const SYNTAX_ERROR: &str = "syntax error";
const NOT_SUPPORTED: &str = "not supported";

/// The compact text of a JSON value with its members sorted by name, as servers quote it.
pub(crate) fn sorted(json: &Json) -> String {
    let mut text = String::new();
    write_sorted(json, &mut text);
    text
}

/// Messages nest at most 128 levels deep, which bounds the recursion.
fn write_sorted(json: &Json, out: &mut String) {
    match json {
        Json::Null | Json::Bool(_) | Json::String(_) => {
            let _ = write!(out, "{json}");
        }
        Json::Number(number) => {
            // A whole number is an integer, however it was spelled; reals have 15 digits at most.
            let atom = wire::atom_from_json(Kind::Integer, json);
            match (atom, number.as_f64()) {
                (Some(integer), _) => drop(write!(out, "{integer}")),
                (None, Some(real)) => {
                    let rounded = format!("{real:.14e}").parse().unwrap_or(real);
                    let _ = write!(out, "{}", AtomRef::Real(rounded));
                }
                (None, None) => drop(write!(out, "{number}")),
            }
        }
        Json::Array(elements) => {
            out.push('[');
            for (at, element) in elements.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_sorted(element, out);
            }
            out.push(']');
        }
        Json::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            out.push('{');
            for (at, (name, member)) in members.into_iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                let _ = write!(out, "{}:", Json::from(name.as_str()));
                write_sorted(member, out);
            }
            out.push('}');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_quoted_compact_and_sorted() {
        for (text, quoted) in [
            (
                "{\"b\": [1, 2.0, 1e3, 0.5], \"a\": null}",
                "{\"a\":null,\"b\":[1,2,1000,0.5]}",
            ),
            ("\"\\u00e9\\n\\\"/\"", "\"é\\n\\\"/\""),
            ("18446744073709551615", "1.84467440737096e+19"),
            ("[true,{},[]]", "[true,{},[]]"),
        ] {
            let json: Json = serde_json::from_str(text).unwrap();
            assert_eq!(sorted(&json), quoted);
        }
    }
}
