//! Paths to fields of objects: `spec.nodeName`, `metadata.labels[app.kubernetes.io/name]`.

use std::fmt;
use std::str::FromStr;

use serde_json::Value as Json;
use thiserror::Error;

/// A path to a field. On a list it goes on in each of the items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldPath {
    text: Box<str>,
    parts: Vec<Box<str>>,
}

/// A text is no path.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{0:?} is no path of a field: write names with dots between, such as spec.nodeName, and one that holds dots in brackets, such as metadata.labels[app.kubernetes.io/name]"
)]
pub struct ParsePathError(String);

impl FromStr for FieldPath {
    type Err = ParsePathError;

    fn from_str(text: &str) -> Result<Self, ParsePathError> {
        let wrong = || ParsePathError(text.to_owned());
        let mut parts: Vec<Box<str>> = Vec::new();
        let mut rest = text.trim().trim_start_matches('.');
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('[') {
                let (name, after) = inner.split_once(']').ok_or_else(wrong)?;
                let name = name.trim_matches(['"', '\'']);
                // `containers[*].image` is what a list does anyway.
                if name != "*" {
                    parts.push(name.into());
                }
                rest = after.strip_prefix('.').unwrap_or(after);
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                if name.is_empty() {
                    return Err(wrong());
                }
                parts.push(name.into());
                rest = after.strip_prefix('.').unwrap_or(after);
            }
        }
        if parts.is_empty() || parts.iter().any(|part| part.is_empty()) {
            return Err(wrong());
        }
        Ok(Self {
            text: text.trim().into(),
            parts,
        })
    }
}

impl FieldPath {
    /// The value at the path: null where there is none, a list where it leads through one.
    pub fn of(&self, object: &Json) -> Json {
        follow(object, &self.parts)
    }
}

fn follow(value: &Json, parts: &[Box<str>]) -> Json {
    let Some((first, rest)) = parts.split_first() else {
        return value.clone();
    };
    match value {
        Json::Object(members) => members
            .get(&**first)
            .map_or(Json::Null, |value| follow(value, rest)),
        Json::Array(items) => {
            let found = items.iter().map(|item| follow(item, parts));
            found.filter(|value| !value.is_null()).collect()
        }
        _ => Json::Null,
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn paths_lead_through_members_and_lists() {
        let pod = json!({
            "metadata": {"labels": {"app.kubernetes.io/name": "web"}},
            "spec": {"containers": [{"image": "a"}, {"image": "b"}, {"name": "c"}]},
        });
        let at = |path: &str| path.parse::<FieldPath>().expect("a path").of(&pod);
        assert_eq!(at("metadata.labels[app.kubernetes.io/name]"), "web");
        assert_eq!(at("spec.containers.image"), json!(["a", "b"]));
        assert_eq!(at(".spec.containers[*].image"), json!(["a", "b"]));
        assert_eq!(at("spec.nodeName"), Json::Null);
        for text in ["", ".", "a..b", "a[b", "a[]"] {
            assert!(text.parse::<FieldPath>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[a-z.\\[\\]*\"]{0,12}|\\PC{0,12}") {
            if let Ok(path) = text.parse::<FieldPath>() {
                path.of(&json!({"a": [{"b": 1}]}));
            }
        }
    }
}
