//! Words: what ip(8) prints, a name and then its value, one after the other.

use serde::de::DeserializeOwned;

use crate::dump::Listing;

/// The words of a line, taken from the front.
#[derive(Clone, Debug)]
pub(super) struct Words<'t> {
    rest: std::str::SplitWhitespace<'t>,
}

impl<'t> Words<'t> {
    pub(super) fn of(line: &'t str) -> Self {
        Self {
            rest: line.split_whitespace(),
        }
    }

    /// The next word.
    pub(super) fn word(&mut self) -> Option<&'t str> {
        self.rest.next()
    }

    /// The next word as a number; `None` where it is none.
    pub(super) fn number<T: std::str::FromStr>(&mut self) -> Option<T> {
        self.word()?.parse().ok()
    }

    /// The next word, which stays.
    pub(super) fn peek(&self) -> Option<&'t str> {
        self.rest.clone().next()
    }
}

/// The items of a JSON array, each read as a `J`, or `None` where the text is none. An item of
/// another shape is kept as it stands.
pub(super) fn json<J: DeserializeOwned, T: From<J>>(text: &str) -> Option<Listing<T>> {
    let text = text.trim();
    if !text.starts_with('[') {
        return None;
    }
    let values: Vec<serde_json::Value> = serde_json::from_str(text).ok()?;
    let (mut items, mut other) = (Vec::new(), Vec::new());
    for value in values {
        // What a device lacks is an empty object in some versions.
        if value.as_object().is_some_and(serde_json::Map::is_empty) {
            continue;
        }
        match J::deserialize(&value) {
            Ok(item) => items.push(item.into()),
            Err(_) => other.push(value.to_string()),
        }
    }
    Some(Listing { items, other })
}
