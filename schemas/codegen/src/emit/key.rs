//! The documented keys of a map column.

use ovsdb_client::schema::DatabaseSchema;
use serde_json::{Value as Json, json};

use crate::docs::{Inline, KeyDocs, Links, code, inlines_to_markdown, push_item, titled};
use crate::emit::shape::base_words;

/// The keys as a list, under the titles of their groups where there are several.
pub(crate) fn keys_to_markdown(keys: &[KeyDocs], links: &dyn Links, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if keys.is_empty() {
        return lines;
    }
    let grouped = keys.iter().any(|key| key.group != keys[0].group);
    let mut group = None;
    for key in keys {
        if group != Some(&key.group) {
            if group.is_some() {
                lines.push(String::new());
            }
            group = Some(&key.group);
            lines.push(match key.group.as_str() {
                group if grouped && !group.is_empty() => {
                    let title = Inline::Text(group.to_owned());
                    format!("**Keys**, {}:", inlines_to_markdown(&[title], links))
                }
                _ => "**Keys**:".to_owned(),
            });
            lines.push(String::new());
        }
        let mut title = code(&key.name);
        if let Some(words) = key.value_type.as_deref().and_then(value_words) {
            title.push_str(&format!(" ({words})"));
        }
        push_item(
            &mut lines,
            "- ",
            &titled(&title, &key.body, links, width - 2),
        );
    }
    lines
}

/// The type of a key's value in words; `None` where the text is no type or says only "string".
fn value_words(value_type: &str) -> Option<String> {
    let value_type: Json = serde_json::from_str(value_type).ok()?;
    // It has the form of a base type in a schema, so the schema's parser reads it.
    let schema = json!({
        "name": "keys",
        "version": "1.0.0",
        "tables": {"Keys": {"columns": {"key": {"type": {"key": value_type}}}}},
    });
    let schema = DatabaseSchema::from_json(&schema).ok()?;
    let base = &schema.table("Keys")?.column("key")?.column_type.key;
    Some(base_words(base)).filter(|words| words != "string")
}
