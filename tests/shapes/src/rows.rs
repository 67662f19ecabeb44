//! Rows as database files spell them, table by table.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Rows by table, each as its UUID and the JSON object of its columns.
#[derive(Debug, Default)]
pub struct Rows {
    tables: BTreeMap<&'static str, String>,
    count: usize,
}

impl Rows {
    /// Adds a row, its columns as the text of a JSON object.
    pub fn add(&mut self, table: &'static str, uuid: &str, columns: &str) {
        let rows = self.tables.entry(table).or_default();
        let comma = if rows.is_empty() { "" } else { "," };
        let _ = write!(rows, r#"{comma}"{uuid}":{columns}"#);
        self.count += 1;
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// A transaction of a database file that holds these rows.
    pub fn transaction(&self, date: usize, comment: &str, differences: bool) -> String {
        let bytes: usize = self.tables.values().map(String::len).sum();
        let mut text = String::with_capacity(bytes + 4096);
        text.push('{');
        for (table, rows) in &self.tables {
            let _ = write!(text, r#""{table}":{{{rows}}},"#);
        }
        let is_diff = if differences {
            r#""_is_diff":true,"#
        } else {
            ""
        };
        let _ = write!(text, r#"{is_diff}"_date":{date},"_comment":"{comment}"}}"#);
        text
    }
}

/// A set of references.
pub(super) fn references(uuids: impl Iterator<Item = String>) -> String {
    let uuids: Vec<String> = uuids.map(|uuid| format!(r#"["uuid","{uuid}"]"#)).collect();
    format!(r#"["set",[{}]]"#, uuids.join(","))
}

/// A set of strings.
pub(super) fn strings(texts: impl Iterator<Item = String>) -> String {
    let texts: Vec<String> = texts.map(|text| format!(r#""{text}""#)).collect();
    format!(r#"["set",[{}]]"#, texts.join(","))
}

/// A map of strings to strings.
pub(super) fn map(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!(r#"["{key}","{value}"]"#))
        .collect();
    format!(r#"["map",[{}]]"#, pairs.join(","))
}
