//! A workload: a schema with a column of every shape, and random transactions on it.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value as Json, json};

use crate::sandbox::{DatabaseServer, Schema};

/// The database's name.
pub const DATABASE: &str = "Shapes";

/// A stream of transactions, the same for the same seed.
#[derive(Debug)]
pub struct Workload {
    state: u64,
    /// Whether bounded sets change by more elements than they may hold.
    ///
    /// **Why**: such a difference is sound, but ovsdb-server before 3.1.3 fails to load it again.
    pub wide_differences: bool,
    rows: i64,
}

/// Writes the schema into a directory.
///
/// # Errors
///
/// The file cannot be written.
pub fn schema(directory: &Path) -> Result<Schema> {
    let mut schema = text("1.0.0", &json!({}));
    schema["tables"]["Gone"] = json!({"isRoot": true, "columns": {"text": {"type": "string"}}});
    write(directory, "shapes.ovsschema", &schema)
}

/// Writes a schema into which the other converts: a table and columns are gone, others are new,
/// types are wider, and one is another.
///
/// # Errors
///
/// The file cannot be written.
pub fn converted_schema(directory: &Path) -> Result<Schema> {
    let columns = json!({
        // Wider: a scalar as a set, an integer as a real, a bounded set without bounds.
        "label": {"type": {"key": "string", "min": 0, "max": "unlimited"}},
        "count": {"type": "real"},
        "few": {"type": {"key": "integer", "min": 0, "max": "unlimited"}},
        "score": null,
        "new_text": {"type": "string"},
        "new_set": {"type": {"key": "integer", "min": 1, "max": 4}},
        "new_map": {"type": {"key": "string", "value": "string", "min": 0, "max": 9}},
    });
    write(directory, "converted.ovsschema", &text("2.0.0", &columns))
}

fn write(directory: &Path, name: &str, schema: &Json) -> Result<Schema> {
    let path = directory.join(name);
    fs::write(&path, schema.to_string()).with_context(|| format!("cannot write {name}"))?;
    Ok(Schema::at(path))
}

fn text(version: &str, changes: &Json) -> Json {
    let set = |key: Json, max: Json| json!({"type": {"key": key, "min": 0, "max": max}});
    let references = |table: &str, kind: &str| {
        set(
            json!({"type": "uuid", "refTable": table, "refType": kind}),
            json!("unlimited"),
        )
    };
    let mut columns = json!({
        "number": {"type": "integer"},
        "count": {"type": "integer"},
        "label": {"type": "string"},
        "flag": {"type": "boolean"},
        "score": {"type": "real"},
        "identity": {"type": "uuid"},
        "secret": {"type": "string", "ephemeral": true},
        "optional": set(json!("string"), json!(1)),
        "few": set(json!("integer"), json!(3)),
        "tags": set(json!("string"), json!("unlimited")),
        "map": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
        "map_of_one": {"type": {"key": "string", "value": "integer", "min": 0, "max": 1}},
        "leaves": references("Leaf", "strong"),
        "friends": references("Root", "weak"),
    });
    for (name, column) in changes.as_object().into_iter().flatten() {
        if let Some(columns) = columns.as_object_mut() {
            match column {
                Json::Null => columns.remove(name),
                _ => columns.insert(name.clone(), column.clone()),
            };
        }
    }
    json!({"name": DATABASE, "version": version, "tables": {
        "Root": {"isRoot": true, "columns": columns},
        "Leaf": {"columns": {"number": {"type": "integer"}, "text": {"type": "string"}}},
    }})
}

impl Workload {
    /// A workload of this seed.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            wide_differences: false,
            rows: 0,
        }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        // xorshift64*, by Vigna.
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) % bound
    }

    /// Runs so many transactions.
    ///
    /// # Errors
    ///
    /// The server refused one.
    pub fn run(&mut self, server: &DatabaseServer, transactions: usize) -> Result<()> {
        for _ in 0..transactions {
            let transaction = self.transaction();
            let answer = server.transact(&transaction.to_string())?;
            anyhow::ensure!(!answer.contains("error"), "{transaction} => {answer}");
        }
        Ok(())
    }

    fn transaction(&mut self) -> Json {
        let mut operations = vec![json!(DATABASE)];
        for _ in 0..=self.below(3) {
            match self.below(9) {
                0..3 => self.insert(&mut operations),
                3..5 => self.update(&mut operations),
                5..7 => self.mutate(&mut operations),
                7 => {
                    let row = json!({"text": self.text()});
                    operations.push(json!({"op": "insert", "table": "Gone", "row": row}));
                }
                _ => {
                    let row = self.row();
                    operations.push(json!({"op": "delete", "table": "Root", "where": row}));
                }
            }
        }
        if self.below(3) == 0 {
            let comment = format!("step \"{}\" é", self.below(1000));
            operations.push(json!({"op": "comment", "comment": comment}));
        }
        Json::Array(operations)
    }

    fn insert(&mut self, operations: &mut Vec<Json>) {
        let (root, leaf) = (format!("root{}", self.rows), format!("leaf{}", self.rows));
        let mut row = self.columns();
        row["number"] = self.rows.into();
        row["leaves"] = json!(["named-uuid", leaf]);
        row["friends"] = json!(["named-uuid", root]);
        self.rows += 1;
        let text = self.text();
        operations.push(json!({"op": "insert", "table": "Leaf", "uuid-name": leaf,
                               "row": {"number": self.rows, "text": text}}));
        operations.push(json!({"op": "insert", "table": "Root", "uuid-name": root, "row": row}));
    }

    fn update(&mut self, operations: &mut Vec<Json>) {
        let (row, columns) = (self.row(), self.columns());
        operations.push(json!({"op": "update", "table": "Root", "where": row, "row": columns}));
    }

    fn mutate(&mut self, operations: &mut Vec<Json>) {
        let (row, text, other) = (self.row(), self.text(), self.text());
        let mutation = match self.below(6) {
            0 => json!(["tags", "insert", ["set", [text, "both"]]]),
            1 => json!(["tags", "delete", ["set", [text, "both"]]]),
            2 => json!(["map", "insert", ["map", [[text, other]]]]),
            3 => json!(["map", "delete", text]),
            4 => json!(["count", "+=", 1]),
            _ => json!(["score", "*=", 2]),
        };
        operations
            .push(json!({"op": "mutate", "table": "Root", "where": row, "mutations": [mutation]}));
    }

    /// Some of the rows.
    fn row(&mut self) -> Json {
        let rows = u64::try_from(self.rows).unwrap_or_default();
        json!([["number", "==", self.below(rows + 1)]])
    }

    fn columns(&mut self) -> Json {
        let mut row = json!({});
        for _ in 0..self.below(5) {
            let (text, other, number) = (self.text(), self.text(), self.below(5));
            let (name, value) = match self.below(10) {
                0 => ("label", json!(text)),
                1 => ("flag", json!(number % 2 == 0)),
                2 => (
                    "score",
                    json!(f64::from(u8::try_from(number).unwrap_or(0)) / 4.0),
                ),
                3 => (
                    "identity",
                    json!(["uuid", format!("00000000-0000-0000-0000-{number:012}")]),
                ),
                4 => ("secret", json!(text)),
                5 => (
                    "optional",
                    [json!(text), json!(["set", []])][usize::from(number == 0)].clone(),
                ),
                6 => {
                    let most = if self.wide_differences { 4 } else { 2 };
                    let few: Vec<u64> = (0..self.below(most)).map(|i| number * 3 + i).collect();
                    ("few", json!(["set", few]))
                }
                7 => ("tags", json!(["set", [text, format!("{other}+")]])),
                8 => (
                    "map",
                    json!(["map", [[text, other], ["always", "é\n\"\\\u{1f980}"]]]),
                ),
                _ => ("map_of_one", json!(["map", [[text, number]]])),
            };
            row[name] = value;
        }
        row
    }

    fn text(&mut self) -> String {
        match self.below(5) {
            0 => "a",
            1 => "b",
            2 => "ü",
            3 => "",
            _ => "long text with \"quotes\"",
        }
        .to_owned()
    }
}
