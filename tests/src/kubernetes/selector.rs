//! Selectors: which objects a list holds.

use serde_json::Value;

/// The fields that an API server selects any object by.
const FIELDS: [&str; 2] = ["metadata.name", "metadata.namespace"];
/// Those of pods.
const POD_FIELDS: [&str; 8] = [
    "spec.nodeName",
    "spec.restartPolicy",
    "spec.schedulerName",
    "spec.serviceAccountName",
    "spec.hostNetwork",
    "status.phase",
    "status.podIP",
    "status.nominatedNodeName",
];
/// Those of events.
const EVENT_FIELDS: [&str; 9] = [
    "involvedObject.kind",
    "involvedObject.namespace",
    "involvedObject.name",
    "involvedObject.uid",
    "involvedObject.apiVersion",
    "involvedObject.fieldPath",
    "reason",
    "source",
    "type",
];

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Condition {
    Is(String, String),
    IsNot(String, String),
    In(String, Vec<String>),
    NotIn(String, Vec<String>),
    Exists(String),
    Missing(String),
}

/// Conditions that all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Selector(Vec<Condition>);

impl Selector {
    /// Reads a selector of labels: `a=b,c!=d,e in (f,g),h,!i`.
    pub(super) fn labels(text: &str) -> Result<Self, String> {
        let wrong = |part: &str| format!("unable to parse requirement: {part}");
        let mut conditions = Vec::new();
        for part in split(text) {
            let set = |text: &str| {
                let inner = text.trim().strip_prefix('(')?.strip_suffix(')')?;
                Some(
                    inner
                        .split(',')
                        .map(|one| one.trim().to_owned())
                        .collect::<Vec<_>>(),
                )
            };
            conditions.push(if let Some((key, values)) = part.split_once(" notin ") {
                Condition::NotIn(
                    key.trim().to_owned(),
                    set(values).ok_or_else(|| wrong(part))?,
                )
            } else if let Some((key, values)) = part.split_once(" in ") {
                Condition::In(
                    key.trim().to_owned(),
                    set(values).ok_or_else(|| wrong(part))?,
                )
            } else if let Some(condition) = comparison(part) {
                condition
            } else if let Some(key) = part.strip_prefix('!') {
                Condition::Missing(key.to_owned())
            } else if part.contains(char::is_whitespace) {
                return Err(wrong(part));
            } else {
                Condition::Exists(part.to_owned())
            });
        }
        Ok(Self(conditions))
    }

    /// Reads a selector of fields: `a.b=c,d!=e`; each type has its own few.
    pub(super) fn fields(text: &str, plural: &str) -> Result<Self, String> {
        let mut conditions = Vec::new();
        for part in split(text) {
            let condition = comparison(part)
                .ok_or_else(|| format!("invalid selector: '{part}'; can't understand '{part}'"))?;
            let (Condition::Is(field, _) | Condition::IsNot(field, _)) = &condition else {
                return Err(format!("invalid selector: '{part}'"));
            };
            let more: &[&str] = match plural {
                "pods" => &POD_FIELDS,
                "events" => &EVENT_FIELDS,
                _ => &[],
            };
            if !FIELDS.iter().chain(more).any(|known| known == field) {
                return Err(format!("field label not supported: {field}"));
            }
            conditions.push(condition);
        }
        Ok(Self(conditions))
    }

    /// Whether the object's labels fit.
    pub(super) fn fits_labels(&self, object: &Value) -> bool {
        self.fits(|key| {
            object["metadata"]["labels"][key]
                .as_str()
                .map(str::to_owned)
        })
    }

    /// Whether the object's fields fit; one that is not set is empty.
    pub(super) fn fits_fields(&self, object: &Value) -> bool {
        self.fits(|path| {
            let mut value = object;
            for part in path.split('.') {
                value = &value[part];
            }
            Some(match value {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            })
        })
    }

    fn fits(&self, value: impl Fn(&str) -> Option<String>) -> bool {
        self.0.iter().all(|condition| match condition {
            Condition::Is(key, wanted) => value(key).as_ref() == Some(wanted),
            Condition::IsNot(key, wanted) => value(key).as_ref() != Some(wanted),
            Condition::In(key, wanted) => value(key).is_some_and(|one| wanted.contains(&one)),
            Condition::NotIn(key, wanted) => value(key).is_none_or(|one| !wanted.contains(&one)),
            Condition::Exists(key) => value(key).is_some(),
            Condition::Missing(key) => value(key).is_none(),
        })
    }
}

fn comparison(part: &str) -> Option<Condition> {
    let own = |text: &str| text.trim().to_owned();
    if let Some((key, value)) = part.split_once("!=") {
        return Some(Condition::IsNot(own(key), own(value)));
    }
    let (key, value) = part.split_once("==").or_else(|| part.split_once('='))?;
    Some(Condition::Is(own(key), own(value)))
}

/// The parts between commas, but for those in parentheses.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.trim().is_empty());
    parts.into_iter().map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn labels_and_fields_select_as_in_a_real_server() {
        let pod = json!({
            "metadata": {"name": "a", "labels": {"app": "web", "tier": "x"}},
            "spec": {"nodeName": "n1", "hostNetwork": true},
        });
        for (text, fits) in [
            ("app=web", true),
            ("app==web,tier!=y", true),
            ("app in (db, web),tier", true),
            ("app notin (web)", false),
            ("!app", false),
            ("none!=1,!none", true),
        ] {
            let selector = Selector::labels(text).expect("a selector");
            assert_eq!(selector.fits_labels(&pod), fits, "{text}");
        }
        for (text, fits) in [
            ("spec.nodeName=n1,metadata.name=a", true),
            ("spec.hostNetwork=true,status.phase=", true),
            ("metadata.name!=a", false),
        ] {
            let selector = Selector::fields(text, "pods").expect("a selector");
            assert_eq!(selector.fits_fields(&pod), fits, "{text}");
        }
        assert!(Selector::fields("spec.image=x", "pods").is_err());
        assert!(Selector::fields("spec.nodeName=n1", "services").is_err());
        assert!(Selector::labels("a b").is_err());
    }
}
