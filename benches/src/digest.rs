//! Digests of databases: what every peer must agree on.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use anyhow::{Context, Result};
use ovsdb_client::replica::Snapshot;
use ovsdb_client::schema::{ColumnType, DatabaseSchema};
use ovsdb_client::value::{Datum, Kind};
use serde::Deserialize;
use serde_json::value::RawValue;
use sha1::{Digest as _, Sha1};

/// The sum of the hashes of all rows, so that their order does not matter.
///
/// A row is hashed as its table, UUID and columns, which are a JSON object in the order of their
/// names, with a tab between the three. `benches/peers/idl.py` does the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    rows: usize,
    sum: u128,
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:032x}", self.rows, self.sum)
    }
}

/// One table as the stock tools print it with `-f json`.
#[derive(Deserialize)]
struct Printed {
    caption: Option<String>,
    headings: Vec<String>,
    data: Vec<Vec<Box<RawValue>>>,
}

impl Digest {
    /// Of everything in a snapshot.
    ///
    /// # Errors
    /// A value cannot be written as JSON.
    pub fn of(snapshot: &Snapshot) -> Result<Self> {
        let mut digest = Self::default();
        for table in snapshot.tables() {
            for row in table.iter() {
                let columns = row.values(table.layout());
                let columns = columns.map(|(name, value)| (name.to_owned(), value.to_datum()));
                let name = &table.layout().name;
                digest.add(name, &row.uuid().to_string(), &columns.collect())?;
            }
        }
        Ok(digest)
    }

    /// Of tables as `ovsdb-client dump`, its `monitor`, and `ovn-nbctl list` print them with
    /// `-f json`; the last does not say which table it is, so `name` does.
    ///
    /// # Errors
    /// The text is none of these.
    pub fn printed(schema: &DatabaseSchema, name: Option<&str>, text: impl Read) -> Result<Self> {
        let mut digest = Self::default();
        let tables = serde_json::Deserializer::from_reader(text).into_iter::<Printed>();
        for table in tables {
            let table = table.context("a printed table")?;
            let caption = table.caption.as_deref().or(name).context("which table?")?;
            let name = caption.trim_end_matches(" table");
            let known = schema.table(name).context("a table of the schema")?;
            for row in &table.data {
                let mut uuid = String::new();
                let mut columns = BTreeMap::new();
                for (heading, value) in table.headings.iter().zip(row) {
                    if let Some(column) = known.column(heading) {
                        let text = match value.get() {
                            // `monitor-cond` prints what the server left out so.
                            "null" => default(&column.column_type),
                            text => text,
                        };
                        let datum = Datum::from_json(&column.column_type, text)?;
                        columns.insert(heading.clone(), datum);
                    } else if heading == "_uuid" {
                        (_, uuid) = serde_json::from_str::<(String, String)>(value.get())?;
                    } else if heading == "row" {
                        uuid = serde_json::from_str(value.get())?;
                    }
                }
                digest.add(name, &uuid, &columns)?;
            }
        }
        Ok(digest)
    }

    /// Both together.
    pub fn join(&mut self, other: Self) {
        self.rows += other.rows;
        self.sum = self.sum.wrapping_add(other.sum);
    }

    fn add(&mut self, table: &str, uuid: &str, columns: &BTreeMap<String, Datum>) -> Result<()> {
        let columns = serde_json::to_string(columns)?;
        let hash = Sha1::digest(format!("{table}\t{uuid}\t{columns}").as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        self.join(Self {
            rows: 1,
            sum: u128::from_be_bytes(bytes),
        });
        Ok(())
    }
}

/// The default of a column of this type, as JSON.
fn default(column: &ColumnType) -> &'static str {
    match column.key.kind {
        _ if column.is_map() => r#"["map",[]]"#,
        _ if column.min == 0 => r#"["set",[]]"#,
        Kind::Integer | Kind::Real => "0",
        Kind::Boolean => "false",
        Kind::String => r#""""#,
        Kind::Uuid => r#"["uuid","00000000-0000-0000-0000-000000000000"]"#,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = r#"{"name": "D", "version": "1.0.0", "tables": {"T": {"columns": {
        "a": {"type": {"key": "integer", "min": 0, "max": "unlimited"}}, "b": {"type": "string"}}}}}"#;

    fn digest(text: &str) -> String {
        let schema = DatabaseSchema::parse(SCHEMA).unwrap();
        let digest = Digest::printed(&schema, Some("T"), text.as_bytes()).unwrap();
        digest.to_string()
    }

    #[test]
    fn the_order_of_rows_columns_and_elements_does_not_matter_but_values_do() {
        let one = r#"[["uuid","u1"],["set",[1,2]],"x"]"#;
        let two = r#"[["uuid","u2"],7,"y"]"#;
        let headings = r#""headings":["_uuid","a","b"]"#;
        let whole = digest(&format!(r#"{{"data":[{one},{two}],{headings}}}"#));
        assert_eq!(
            whole,
            digest(&format!(r#"{{"data":[{two},{one}],{headings}}}"#))
        );
        let turned = r#"{"data":[["y",["set",[7]],["uuid","u2"]],["x",["set",[2,1]],["uuid","u1"]]],"headings":["b","a","_uuid"]}"#;
        assert_eq!(whole, digest(turned));
        let monitored = r#"{"caption":"T","data":[["u1","initial",["set",[1,2]],"x",["uuid","v"]],["u2","initial",7,"y",["uuid","w"]]],"headings":["row","action","a","b","_version"]}"#;
        assert_eq!(whole, digest(monitored));
        let left_out = r#"{"caption":"T","data":[["u3","initial",null,null]],"headings":["row","action","a","b"]}"#;
        let given = r#"{"data":[[["uuid","u3"],["set",[]],""]],"headings":["_uuid","a","b"]}"#;
        assert_eq!(digest(left_out), digest(given));
        for other in [two, &one.replace('x', "z"), &one.replace("u1", "u3")] {
            assert_ne!(
                whole,
                digest(&format!(r#"{{"data":[{other},{two}],{headings}}}"#))
            );
        }
    }
}
