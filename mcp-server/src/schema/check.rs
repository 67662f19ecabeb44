//! Checking a value against a schema, with errors that say what to send.

use serde_json::Value;
use thiserror::Error;

/// A value is not as its schema says.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Violation {
    /// A property that the schema does not know.
    #[error("unknown parameter `{name}`")]
    Unknown {
        /// The property.
        name: String,
    },
    /// A property that must be there is not.
    #[error("parameter `{name}` is missing")]
    Missing {
        /// The property.
        name: String,
    },
    /// A value of another kind, or out of its bounds.
    #[error("`{path}` must be {expected}, not {found}")]
    Unlike {
        /// Where, such as `where[0]`; the first part is a property of the whole.
        path: String,
        /// What the schema says.
        expected: String,
        /// What is there.
        found: String,
    },
}

impl Violation {
    /// The property of the whole value that is at fault.
    pub fn property(&self) -> &str {
        match self {
            Self::Unknown { name } | Self::Missing { name } => name,
            Self::Unlike { path, .. } => path.split(['.', '[']).next().unwrap_or(path),
        }
    }
}

/// The longest piece of a wrong value that is repeated to its sender.
/// **Default and why**: 60 characters; enough to recognise it by.
const MAX_QUOTED: usize = 60;

/// Checks a value against a schema as this crate makes them; other keywords are passed over.
///
/// # Errors
/// The first [`Violation`].
pub fn check(value: &Value, schema: &Value) -> Result<(), Violation> {
    check_at("", value, schema)
}

fn check_at(path: &str, value: &Value, schema: &Value) -> Result<(), Violation> {
    let unlike = || Violation::Unlike {
        path: path.to_owned(),
        expected: expectation(schema),
        found: quoted(value),
    };
    if !is_of_type(value, schema) || !is_in_enum(value, schema) || !is_in_bounds(value, schema) {
        return Err(unlike());
    }
    match value {
        Value::Object(object) => {
            let properties = schema.get("properties");
            for (name, inner) in object {
                let inner_path = match path {
                    "" => name.clone(),
                    path => format!("{path}.{name}"),
                };
                match properties.and_then(|properties| properties.get(name)) {
                    Some(property) => check_at(&inner_path, inner, property)?,
                    None => match schema.get("additionalProperties") {
                        Some(Value::Bool(false)) => {
                            return Err(Violation::Unknown { name: inner_path });
                        }
                        Some(additional) => check_at(&inner_path, inner, additional)?,
                        None => {}
                    },
                }
            }
            for name in required(schema) {
                if !object.contains_key(name) {
                    return Err(Violation::Missing {
                        name: name.to_owned(),
                    });
                }
            }
        }
        Value::Array(items) => {
            if let Some(item) = schema.get("items") {
                for (at, inner) in items.iter().enumerate() {
                    check_at(&format!("{path}[{at}]"), inner, item)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

fn required(schema: &Value) -> impl Iterator<Item = &str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str)
}

fn is_of_type(value: &Value, schema: &Value) -> bool {
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("null") => value.is_null(),
        _ => true,
    }
}

fn is_in_enum(value: &Value, schema: &Value) -> bool {
    match schema.get("enum").and_then(Value::as_array) {
        Some(values) => values.contains(value),
        None => true,
    }
}

fn is_in_bounds(value: &Value, schema: &Value) -> bool {
    let Some(number) = value.as_f64() else {
        return true;
    };
    let bound = |keyword| schema.get(keyword).and_then(Value::as_f64);
    bound("minimum").is_none_or(|least| number >= least)
        && bound("maximum").is_none_or(|most| number <= most)
}

fn expectation(schema: &Value) -> String {
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let names: Vec<String> = values.iter().map(ToString::to_string).collect();
        return format!("one of {}", names.join(", "));
    }
    let kind = match schema.get("type").and_then(Value::as_str) {
        Some("array") => match schema.pointer("/items/type").and_then(Value::as_str) {
            Some(item) => format!("an array of {item}s"),
            None => "an array".to_owned(),
        },
        Some("boolean") => "true or false".to_owned(),
        Some(kind @ ("integer" | "object")) => format!("an {kind}"),
        Some(kind) => format!("a {kind}"),
        None => "as described".to_owned(),
    };
    match (schema.get("minimum"), schema.get("maximum")) {
        (Some(least), Some(most)) => format!("{kind} from {least} to {most}"),
        (Some(least), None) => format!("{kind} of at least {least}"),
        (None, Some(most)) => format!("{kind} of at most {most}"),
        (None, None) => kind,
    }
}

fn quoted(value: &Value) -> String {
    let kind = match value {
        Value::String(_) => "the string ",
        Value::Array(_) => "the array ",
        Value::Object(_) => "the object ",
        _ => "",
    };
    let mut text = value.to_string();
    if let Some((at, _)) = text.char_indices().nth(MAX_QUOTED) {
        text.truncate(at);
        text.push('…');
    }
    format!("{kind}{text}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn refused(value: &Value) -> String {
        let schema = json!({
            "type": "object",
            "properties": {
                "db": {"type": "string", "enum": ["nb", "sb"]},
                "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
                "where": {"type": "array", "items": {"type": "string"}},
                "ports": {"type": "boolean"},
            },
            "required": ["db"],
            "additionalProperties": false,
        });
        match check(value, &schema) {
            Ok(()) => "fine".to_owned(),
            Err(violation) => format!("{} ({violation})", violation.property()),
        }
    }

    #[test]
    fn what_is_wrong_is_said_in_the_words_of_json() {
        insta::assert_snapshot!(
            [
                json!({"db": "nb", "limit": 5, "where": ["a == 1"], "ports": false}),
                json!({}),
                json!({"db": "nb", "tabel": 1}),
                json!({"db": "north"}),
                json!({"db": 1}),
                json!({"db": "nb", "limit": "ten"}),
                json!({"db": "nb", "limit": 1.5}),
                json!({"db": "nb", "limit": 0}),
                json!({"db": "nb", "where": "type == router and a lot more that goes on for a while"}),
                json!({"db": "nb", "where": ["a == 1", {"b": 2}]}),
                json!({"db": "nb", "ports": "yes"}),
                json!([1]),
            ]
            .map(|value| refused(&value))
            .join("\n"),
            @r#"
        fine
        db (parameter `db` is missing)
        tabel (unknown parameter `tabel`)
        db (`db` must be one of "nb", "sb", not the string "north")
        db (`db` must be one of "nb", "sb", not 1)
        limit (`limit` must be an integer from 1 to 1000, not the string "ten")
        limit (`limit` must be an integer from 1 to 1000, not 1.5)
        limit (`limit` must be an integer from 1 to 1000, not 0)
        where (`where` must be an array of strings, not the string "type == router and a lot more that goes on for a while")
        where (`where[1]` must be a string, not the object {"b":2})
        ports (`ports` must be true or false, not the string "yes")
         (`` must be an object, not the array [1])
        "#
        );
    }
}
