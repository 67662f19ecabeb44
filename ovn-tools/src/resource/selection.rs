//! Selection: whether an object is among those that labels and fields select, where no API server
//! says so.
//!
//! **Source**: Kubernetes, "Labels and Selectors" and "Field Selectors".

use std::str::FromStr;

use serde_json::Value as Json;
use thiserror::Error;

use crate::resource::name::Selector;

/// A selector that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{0:?} is no part of a selector: write name=value, name!=value, name in (a,b), name notin (a,b), name or !name"
)]
pub struct SelectionError(String);

/// What objects have to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    labels: Vec<Requirement>,
    fields: Vec<Requirement>,
}

/// One part of a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    /// The values of which it must be one; `None` where any will do.
    values: Option<Vec<String>>,
    /// Whether the opposite is meant.
    is_not: bool,
}

impl Selection {
    /// What labels and fields select.
    ///
    /// # Errors
    /// [`SelectionError`] with the part that is not understood.
    pub fn of(
        labels: Option<&Selector>,
        fields: Option<&Selector>,
    ) -> Result<Self, SelectionError> {
        let read = |selector: Option<&Selector>| -> Result<Vec<Requirement>, SelectionError> {
            let parts = selector.map_or_else(Vec::new, |text| parts(text.as_str()));
            parts.into_iter().map(str::parse).collect()
        };
        Ok(Self {
            labels: read(labels)?,
            fields: read(fields)?,
        })
    }

    /// Whether an object is one of those.
    pub fn selects(&self, object: &Json) -> bool {
        let labels = &object["metadata"]["labels"];
        let label = |one: &Requirement| one.is_met(labels[&one.key].as_str());
        let field = |one: &Requirement| {
            let mut value = object;
            for member in one.key.split('.') {
                value = &value[member];
            }
            let text = match value {
                Json::String(text) => text.clone(),
                Json::Null => String::new(),
                value => value.to_string(),
            };
            // A field that is not there is empty.
            one.is_met(Some(&text))
        };
        self.labels.iter().all(label) && self.fields.iter().all(field)
    }
}

impl Requirement {
    fn is_met(&self, value: Option<&str>) -> bool {
        let is_in = match (&self.values, value) {
            (None, value) => value.is_some(),
            (Some(values), Some(value)) => values.iter().any(|one| one == value),
            (Some(_), None) => false,
        };
        is_in != self.is_not
    }
}

impl FromStr for Requirement {
    type Err = SelectionError;

    fn from_str(text: &str) -> Result<Self, SelectionError> {
        let error = || SelectionError(text.to_owned());
        let is_name = |name: &str| {
            let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/:".contains(&byte);
            !name.is_empty() && name.bytes().all(known)
        };
        let of = |key: &str, values: Option<Vec<String>>, is_not| {
            let key = key.trim().to_owned();
            is_name(&key).then_some(Self {
                key,
                values,
                is_not,
            })
        };
        if let Some((before, values)) = text.split_once('(') {
            let values = values.strip_suffix(')').ok_or_else(error)?;
            let values = values.split(',').map(|one| one.trim().to_owned()).collect();
            let (key, operator) = before.trim().rsplit_once(' ').ok_or_else(error)?;
            let is_not = match operator {
                "in" => false,
                "notin" => true,
                _ => return Err(error()),
            };
            return of(key, Some(values), is_not).ok_or_else(error);
        }
        let equal = |key: &str, value: &str, is_not| {
            let value = value.strip_prefix('=').unwrap_or(value).trim();
            let is_value = value.is_empty() || is_name(value);
            is_value.then(|| of(key, Some(vec![value.to_owned()]), is_not))?
        };
        let read = if let Some((key, value)) = text.split_once("!=") {
            equal(key, value, true)
        } else if let Some((key, value)) = text.split_once('=') {
            equal(key, value, false)
        } else if let Some(key) = text.strip_prefix('!') {
            of(key, None, true)
        } else {
            of(text, None, false)
        };
        read.ok_or_else(error)
    }
}

/// The parts between the commas that stand in no brackets.
fn parts(text: &str) -> Vec<&str> {
    let mut is_inside = false;
    let parts = text.split(|c: char| {
        match c {
            '(' => is_inside = true,
            ')' => is_inside = false,
            _ => {}
        }
        c == ',' && !is_inside
    });
    parts.map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn selector(text: &str) -> Option<Selector> {
        (!text.is_empty()).then(|| text.parse().expect("a selector"))
    }

    #[test]
    fn labels_and_fields_select_as_an_api_server_does() {
        let pod = json!({
            "metadata": {"name": "web-1", "namespace": "shop", "labels": {"app": "web", "tier": "front"}},
            "spec": {"nodeName": "a", "hostNetwork": true}, "status": {"phase": "Running"}});
        for (labels, fields, is_selected) in [
            ("app=web", "", true),
            ("app==web,tier=front", "", true),
            ("app!=web", "", false),
            ("other!=web", "", true),
            ("app in (db,web)", "", true),
            ("app notin (db, web)", "", false),
            ("other in (web)", "", false),
            ("other notin (web)", "", true),
            ("tier,!other", "", true),
            ("!tier", "", false),
            ("", "metadata.name=web-1,spec.nodeName=a", true),
            ("", "status.phase!=Running", false),
            ("", "spec.hostNetwork=true", true),
            ("", "spec.other=", true),
            ("app=web", "metadata.namespace=bank", false),
        ] {
            let (labels, fields) = (selector(labels), selector(fields));
            let selection = Selection::of(labels.as_ref(), fields.as_ref()).expect("read");
            assert_eq!(
                selection.selects(&pod),
                is_selected,
                "{labels:?} {fields:?}"
            );
        }
    }

    #[test]
    fn what_is_no_selector_says_which_part() {
        let errors = ["a=b,=c", "a in b", "a of (b)", "a in (b", "a b", "a=b=c"].map(|text| {
            let read = Selection::of(selector(text).as_ref(), None);
            read.expect_err(text).0
        });
        assert_eq!(
            errors,
            ["=c", "a in b", "a of (b)", "a in (b", "a b", "a=b=c"]
        );
    }

    proptest! {
        #[test]
        fn any_selector_is_read_or_refused(text in "[a-z0-9=!,() ./-]{1,40}") {
            if let Ok(selector) = text.parse::<Selector>() {
                let selection = Selection::of(Some(&selector), Some(&selector));
                if let Ok(selection) = selection {
                    let _ = selection.selects(&json!({"metadata": {"labels": {"a": "b"}}}));
                }
            }
        }
    }
}
