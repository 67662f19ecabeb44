//! The JSON form of operations.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::operation::{Columns, Operation, Select, Until, Wait};
use crate::value::Atom;

/// Columns as a JSON object.
struct Row<'a>(&'a Columns);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(column, value)| (column, value)))
    }
}

impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Insert {
                table,
                row,
                uuid,
                uuid_name,
            } => {
                map.serialize_entry("op", "insert")?;
                map.serialize_entry("table", table)?;
                map.serialize_entry("row", &Row(row))?;
                if let Some(uuid) = uuid {
                    // Alone among the members this one is the bare text, no ["uuid", …] pair.
                    map.serialize_entry("uuid", &uuid.to_string())?;
                }
                if let Some(name) = uuid_name {
                    map.serialize_entry("uuid-name", name)?;
                }
            }
            Self::Select(Select {
                table,
                conditions,
                columns,
            }) => {
                map.serialize_entry("op", "select")?;
                map.serialize_entry("table", table)?;
                map.serialize_entry("where", conditions)?;
                if let Some(columns) = columns {
                    map.serialize_entry("columns", columns)?;
                }
            }
            Self::Update {
                table,
                conditions,
                row,
            } => {
                map.serialize_entry("op", "update")?;
                map.serialize_entry("table", table)?;
                map.serialize_entry("where", conditions)?;
                map.serialize_entry("row", &Row(row))?;
            }
            Self::Mutate {
                table,
                conditions,
                mutations,
            } => {
                map.serialize_entry("op", "mutate")?;
                map.serialize_entry("table", table)?;
                map.serialize_entry("where", conditions)?;
                map.serialize_entry("mutations", mutations)?;
            }
            Self::Delete { table, conditions } => {
                map.serialize_entry("op", "delete")?;
                map.serialize_entry("table", table)?;
                map.serialize_entry("where", conditions)?;
            }
            Self::Wait(Wait {
                table,
                conditions,
                columns,
                until,
                rows,
                timeout,
            }) => {
                map.serialize_entry("op", "wait")?;
                map.serialize_entry("table", table)?;
                map.serialize_entry("where", conditions)?;
                if let Some(columns) = columns {
                    map.serialize_entry("columns", columns)?;
                }
                let until = match until {
                    Until::Equal => "==",
                    Until::NotEqual => "!=",
                };
                map.serialize_entry("until", until)?;
                let rows: Vec<Row<'_>> = rows.iter().map(Row).collect();
                map.serialize_entry("rows", &rows)?;
                if let Some(timeout) = timeout {
                    let milliseconds = u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX);
                    map.serialize_entry("timeout", &milliseconds)?;
                }
            }
            Self::Commit { durable } => {
                map.serialize_entry("op", "commit")?;
                map.serialize_entry("durable", durable)?;
            }
            Self::Abort => map.serialize_entry("op", "abort")?,
            Self::Comment(comment) => {
                map.serialize_entry("op", "comment")?;
                map.serialize_entry("comment", &Atom::from(&**comment))?;
            }
            Self::Assert { lock } => {
                map.serialize_entry("op", "assert")?;
                map.serialize_entry("lock", lock)?;
            }
        }
        map.end()
    }
}
