//! Reading one row: exactly what a database says in it.
//!
//! It is no tool of the list: what answers name by node, database, table and UUID is read by that
//! name, and nothing is searched.

use serde_json::{Map, Value as Json};

use ovsdb_client::table::Row;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::database::Database;
use crate::report::{Block, Report, ToolError};
use crate::snapshot::{DatabaseRead, Needs, Snapshot};
use crate::tool::label::{labelled, no_database, no_node};
use crate::tool::natural::value_json;
use crate::tool::{Tool, near};

/// The shortest beginning of a UUID that names a row.
/// **Default and why**: 8 digits, the first group, which answers show.
const SHORTEST_UUID: usize = 8;
/// The column that every row has.
const UUID_COLUMN: &str = "_uuid";

/// Reads a row.
#[derive(Clone, Copy, Debug)]
pub struct RowRead;

/// Which row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// The node whose database it is in; `None` where only one database has it.
    pub node: Option<String>,
    /// The database.
    pub database: Database,
    /// The table, as the schema spells it.
    pub table: String,
    /// The UUID, or 8 or more of its digits.
    pub uuid: String,
    /// Only this column; `None` for the row.
    pub column: Option<String>,
}

/// A row, or one column of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Exactly {
    /// The row: an object of its columns, `_uuid` among them, with null where a value is unset,
    /// an array for a set and an object for a map. Of one column, its value alone.
    pub value: Json,
}

impl Report for Exactly {
    fn blocks(&self) -> Vec<Block> {
        vec![Block::Verbatim(self.value.to_string())]
    }
}

impl Tool for RowRead {
    const NAME: &'static str = "row_read";
    type Params = Params;
    type Report = Exactly;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        let digits = params
            .uuid
            .bytes()
            .all(|b| b.is_ascii_hexdigit() || b == b'-');
        if !digits || params.uuid.len() < SHORTEST_UUID {
            return Err(
                ToolError::new(format!("`{}` begins no UUID", params.uuid)).hint(format!(
                    "send a UUID, or {SHORTEST_UUID} or more of its digits"
                )),
            );
        }
        Ok(Needs::default().table(params.database, &params.table))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Exactly, ToolError> {
        let reads = labelled(snapshot.of(params.database, None));
        if reads.is_empty() {
            return Err(no_database(params.database, snapshot));
        }
        let node = params.node.as_deref();
        let is_meant = |label: &str, read: &DatabaseRead| {
            node.is_none_or(|node| node == label || Some(node) == read.node.as_deref())
        };
        let meant = reads.iter().filter(|(label, read)| is_meant(label, read));
        let meant: Vec<&(String, &DatabaseRead)> = meant.collect();
        if let (Some(node), true) = (node, meant.is_empty()) {
            let labels: Vec<String> = reads.iter().map(|(label, _)| label.clone()).collect();
            return Err(no_node(node, Some(params.database), &labels));
        }
        let mut has_table = false;
        let mut found: Vec<(&str, &DatabaseRead, &Row)> = Vec::new();
        for (label, read) in meant {
            let Some(rows) = read.rows.table(&params.table) else {
                continue;
            };
            has_table = true;
            let begins = |row: &&Row| {
                row.uuid()
                    .to_string()
                    .starts_with(&params.uuid.to_lowercase())
            };
            found.extend(
                rows.iter()
                    .filter(begins)
                    .map(|row| (label.as_str(), *read, row)),
            );
        }
        match found.as_slice() {
            [(_, read, row)] => column_of(params, read, row),
            [] if !has_table => Err(no_table(params, snapshot)),
            [] => Err(no_row(params)),
            several => Err(which(params, several)),
        }
    }
}

fn column_of(params: &Params, read: &DatabaseRead, row: &Row) -> Result<Exactly, ToolError> {
    let Some(layout) = read.rows.layout().table(&params.table) else {
        return Err(no_row(params));
    };
    let mut columns = Map::new();
    columns.insert(UUID_COLUMN.to_owned(), row.uuid().to_string().into());
    for (_, column) in layout.present() {
        let value = row
            .value(layout, &column.name)
            .map_or(Json::Null, value_json);
        columns.insert(column.name.to_string(), value);
    }
    let Some(wanted) = &params.column else {
        let value = Json::Object(columns);
        return Ok(Exactly { value });
    };
    match columns.remove(wanted) {
        Some(value) => Ok(Exactly { value }),
        None => {
            let names: Vec<&str> = columns.keys().map(String::as_str).collect();
            let near = near::did_you_mean(wanted, names.iter().copied());
            let known = format!("its columns are {}", names.join(", "));
            Err(
                ToolError::new(format!("{} has no column `{wanted}`", params.table))
                    .hint(near.unwrap_or(known)),
            )
        }
    }
}

fn no_table(params: &Params, snapshot: &Snapshot) -> ToolError {
    let (database, table) = (params.database, &params.table);
    let reads = snapshot.of(database, None);
    let mut names: Vec<&str> = reads
        .flat_map(|read| &read.rows.layout().schema.tables)
        .map(|table| &*table.name)
        .collect();
    names.sort_unstable();
    names.dedup();
    let error = ToolError::new(format!("database {database} has no table `{table}`"));
    match near::did_you_mean(table, names.iter().copied()) {
        Some(near) => error.hint(near),
        None => error.hint(format!("its tables are {}", names.join(", "))),
    }
}

fn no_row(params: &Params) -> ToolError {
    let on = params
        .node
        .as_ref()
        .map_or(String::new(), |node| format!(" on {node}"));
    let (uuid, table) = (&params.uuid, &params.table);
    ToolError::new(format!(
        "no row of {table}{on} has a UUID that begins with {uuid}"
    ))
    .hint("rows come and go: ask again for the row that holds what you look for")
}

fn which(params: &Params, found: &[(&str, &DatabaseRead, &Row)]) -> ToolError {
    let names = found
        .iter()
        .map(|(label, _, row)| format!("{} on {label}", row.uuid()));
    let names: Vec<String> = names.collect();
    let (uuid, table) = (&params.uuid, &params.table);
    ToolError::new(format!(
        "several rows of {table} have a UUID that begins with {uuid}"
    ))
    .hint(format!(
        "name one of them, and its node: {}",
        names.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tool::recording;

    const ONE: &str = "5a5a5a5a-0000-4000-8000-000000000001";
    const OTHER: &str = "5a5a5a5a-0000-4000-8000-000000000002";

    fn ask(node: Option<&str>, table: &str, uuid: &str, column: Option<&str>) -> String {
        let records = [
            json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {"Logical_Switch": {
                "isRoot": true, "columns": {
                    "name": {"type": "string"},
                    "ports": {"type": {"key": "string", "min": 0, "max": "unlimited"}},
                    "other_config": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}}}}}}),
            json!({"Logical_Switch": {
                ONE: {"name": "a \u{1b}[2J", "ports": ["set", ["p", "q"]], "other_config": ["map", [["k", "v"]]]},
                OTHER: {"name": "b"}}}),
        ];
        let past = |node: &str| recording::read(Database::Nb, node, &records);
        let snapshot = recording::snapshot(vec![past("worker-a"), past("worker-b")]);
        let params = Params {
            node: node.map(str::to_owned),
            database: Database::Nb,
            table: table.to_owned(),
            uuid: uuid.to_owned(),
            column: column.map(str::to_owned),
        };
        let read = RowRead::needs(&params).and_then(|_| RowRead::conclude(&params, &snapshot));
        match read {
            Ok(row) => row.value.to_string(),
            Err(error) => format!("{}; {}", error.message, error.hint.unwrap_or_default()),
        }
    }

    #[test]
    fn a_row_is_read_exactly_and_one_that_is_not_there_says_what_is() {
        let texts = [
            ask(Some("worker-a"), "Logical_Switch", ONE, None),
            ask(Some("worker-b"), "Logical_Switch", OTHER, Some("name")),
            ask(Some("worker-a"), "Logical_Switch", ONE, Some("port")),
            ask(Some("worker-a"), "Logical_Switch", "5a5a5a5a", None),
            ask(None, "Logical_Switch", ONE, None),
            ask(Some("worker-a"), "Logical_Switch", "5a5a5a5b", None),
            ask(Some("worker-a"), "Logical_Swich", ONE, None),
            ask(Some("worker-c"), "Logical_Switch", ONE, None),
            ask(None, "Logical_Switch", "name=a", None),
        ];
        insta::assert_snapshot!(texts.join("\n"), @r#"
        {"_uuid":"5a5a5a5a-0000-4000-8000-000000000001","name":"a \u001b[2J","other_config":{"k":"v"},"ports":["p","q"]}
        "b"
        Logical_Switch has no column `port`; did you mean `ports`?
        several rows of Logical_Switch have a UUID that begins with 5a5a5a5a; name one of them, and its node: 5a5a5a5a-0000-4000-8000-000000000001 on worker-a, 5a5a5a5a-0000-4000-8000-000000000002 on worker-a
        several rows of Logical_Switch have a UUID that begins with 5a5a5a5a-0000-4000-8000-000000000001; name one of them, and its node: 5a5a5a5a-0000-4000-8000-000000000001 on worker-a, 5a5a5a5a-0000-4000-8000-000000000001 on worker-b
        no row of Logical_Switch on worker-a has a UUID that begins with 5a5a5a5b; rows come and go: ask again for the row that holds what you look for
        database nb has no table `Logical_Swich`; did you mean `Logical_Switch`?
        no database nb of node `worker-c` was read; did you mean `worker-a` or `worker-b`? nodes with database nb: worker-a, worker-b
        `name=a` begins no UUID; send a UUID, or 8 or more of its digits
        "#);
    }
}
