//! JSON schemas that every MCP client accepts.
//!
//! Clients differ in what they take: some drop tools whose `type` is an array, model providers
//! refuse a union at the root of an input, validators warn about the integer formats of Rust. So
//! what is made here uses `type`, `enum`, `properties`, `required`, `items`,
//! `additionalProperties`, bounds, `default` and `description`, and nothing else.
//!
//! Definitions stand in a model's mind all the time, so those of answers describe only what is at
//! their top.

mod check;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

pub use self::check::{Violation, check};

/// A JSON object, as schemas and arguments are.
pub type Object = Map<String, Value>;

/// Keywords that say nothing which a client needs.
const DROPPED: [&str; 4] = ["$schema", "title", "format", "nullable"];

/// The schema of what a `T` is read from.
pub fn input<T: JsonSchema>() -> Object {
    generate::<T>(SchemaSettings::draft2020_12().for_deserialize())
}

/// The schema of what a `T` is written as, with descriptions of its own properties only.
pub fn output<T: JsonSchema>() -> Object {
    let mut schema = generate::<T>(SchemaSettings::draft2020_12().for_serialize());
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for property in properties.values_mut() {
            let description = property.get("description").cloned();
            make_terse(property);
            if let (Value::Object(property), Some(description)) = (property, description) {
                property.insert("description".to_owned(), description);
            }
        }
    }
    schema
}

fn generate<T: JsonSchema>(settings: SchemaSettings) -> Object {
    let generator = settings
        .with(|settings| settings.inline_subschemas = true)
        .into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    make_portable(&mut schema);
    match schema {
        Value::Object(mut schema) => {
            schema.entry("type").or_insert_with(|| "object".into());
            schema
        }
        _ => Object::from_iter([("type".to_owned(), "object".into())]),
    }
}

/// Rewrites a schema and the schemas in it into the keywords that all clients know.
fn make_portable(schema: &mut Value) {
    let Value::Object(object) = schema else {
        return;
    };
    for keyword in DROPPED {
        // A property may be called `title`; a keyword is never an object.
        if object.get(keyword).is_some_and(|value| !value.is_object()) {
            object.remove(keyword);
        }
    }
    drop_null(object);
    merge_constants(object);
    if let Some(Value::String(description)) = object.get_mut("description") {
        *description = one_line(description);
    }
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.values_mut().for_each(make_portable);
    }
    if object.get("items").is_some_and(allows_anything) {
        // An array of anything says so by not describing its items.
        object.remove("items");
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) = object.get_mut(keyword) {
            make_portable(inner);
        }
    }
}

/// Whether a schema is `true` or spelled out the same.
fn allows_anything(schema: &Value) -> bool {
    match schema {
        Value::Bool(allows) => *allows,
        Value::Object(keywords) => keywords.keys().all(|keyword| keyword == "description"),
        _ => false,
    }
}

/// Drops what describes a schema and the schemas in it.
fn make_terse(schema: &mut Value) {
    let Value::Object(object) = schema else {
        return;
    };
    for keyword in ["description", "default"] {
        object.remove(keyword);
    }
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.values_mut().for_each(make_terse);
    }
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) = object.get_mut(keyword) {
            make_terse(inner);
        }
    }
}

/// Takes `null` out of a type: an optional property is left out rather than null.
fn drop_null(object: &mut Object) {
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if object.get("default") == Some(&Value::Null) {
        object.remove("default");
    }
    if let Some(Value::Array(names)) = object.get_mut("enum") {
        names.retain(|name| !name.is_null());
    }
    if let Some(Value::Array(branches)) = object.get_mut("anyOf") {
        branches.retain(|branch| branch.get("type") != Some(&Value::from("null")));
        if let [Value::Object(only)] = branches.as_slice() {
            let only = only.clone();
            object.remove("anyOf");
            for (keyword, value) in only {
                object.entry(keyword).or_insert(value);
            }
            drop_null(object);
        }
    }
}

/// Turns a choice of described constants into an `enum` whose description describes them.
fn merge_constants(object: &mut Object) {
    let Some(Value::Array(branches)) = object.get("oneOf") else {
        return;
    };
    let mut names = Vec::new();
    let mut lines = Vec::new();
    for branch in branches {
        if let Some(Value::Array(constants)) = branch.get("enum") {
            names.extend(constants.iter().cloned());
        } else if let Some(constant) = branch.get("const") {
            if let (Some(name), Some(meaning)) = (constant.as_str(), branch.get("description")) {
                let meaning = one_line(meaning.as_str().unwrap_or_default());
                lines.push(format!("`{name}`: {meaning}"));
            }
            names.push(constant.clone());
        } else {
            return;
        }
    }
    object.remove("oneOf");
    object.insert("type".to_owned(), "string".into());
    object.insert("enum".to_owned(), Value::Array(names));
    if !lines.is_empty() {
        let lines = lines.join(" ");
        let described = match object.get("description").and_then(Value::as_str) {
            Some(description) => format!("{description} {lines}"),
            None => lines,
        };
        object.insert("description".to_owned(), described.into());
    }
}

/// Text as source code wraps it, unwrapped; paragraphs stay apart.
fn one_line(text: &str) -> String {
    text.split("\n\n")
        .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Cuts the schema of an answer down to its members and their kinds: what is within them, and in
/// which words, is left out.
pub fn outline(schema: &mut Object) {
    schema.remove("description");
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        for value in properties.values_mut() {
            if let Value::Object(property) = value {
                property.retain(|keyword, _| KINDS.contains(&keyword.as_str()));
                if let Some(Value::Object(items)) = property.get_mut("items") {
                    items.retain(|keyword, _| KINDS.contains(&keyword.as_str()));
                    items.remove("items");
                }
            }
        }
    }
}

/// The keywords that say of which kind a value is.
const KINDS: [&str; 3] = ["type", "enum", "items"];

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    /// A question.
    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Question {
        /// Over two
        /// lines.
        limit: Option<u32>,
        #[serde(default)]
        how: How,
        described: Plain,
        any: Vec<Vec<Value>>,
        title: i64,
        maybe: Option<Inner>,
    }

    #[derive(Default, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "lowercase")]
    enum How {
        /// This way.
        #[default]
        This,
        /// That way.
        That,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    enum Plain {
        A,
        B,
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    struct Inner {
        deep: Option<f64>,
    }

    #[test]
    fn what_rust_says_becomes_what_clients_know() {
        let schema = Value::Object(input::<Question>());
        insta::assert_snapshot!(format!("{schema:#}"), @r#"
        {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "limit": {
              "type": "integer",
              "description": "Over two lines.",
              "minimum": 0
            },
            "how": {
              "default": "this",
              "type": "string",
              "enum": [
                "this",
                "that"
              ],
              "description": "`this`: This way. `that`: That way."
            },
            "described": {
              "type": "string",
              "enum": [
                "A",
                "B"
              ]
            },
            "any": {
              "type": "array",
              "items": {
                "type": "array"
              }
            },
            "title": {
              "type": "integer"
            },
            "maybe": {
              "type": "object",
              "properties": {
                "deep": {
                  "type": "number"
                }
              }
            }
          },
          "required": [
            "described",
            "any",
            "title"
          ],
          "description": "A question."
        }
        "#);
        let schema = Value::Object(output::<Question>());
        insta::assert_snapshot!(schema, @r#"{"type":"object","additionalProperties":false,"properties":{"limit":{"type":"integer","minimum":0,"description":"Over two lines."},"how":{"enum":["this","that"],"type":"string","description":"`this`: This way. `that`: That way."},"described":{"type":"string","enum":["A","B"]},"any":{"type":"array","items":{"type":"array"}},"title":{"type":"integer"},"maybe":{"type":"object","properties":{"deep":{"type":"number"}},"required":["deep"]}},"required":["limit","how","described","any","title","maybe"],"description":"A question."}"#);
    }
}
