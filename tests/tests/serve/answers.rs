//! Request for request, a client hears from us what it hears from a read-only ovsdb-server.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Result;
use ovn_tests::sandbox::{DatabaseServer, Schema};
use ovsdb_client::schema::DatabaseSchema;
use ovsdb_client::serve::SERVER_SCHEMA;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::peer::{Raw, Served, comparable};

/// One request a line.
const REQUESTS: &str = include_str!("requests.txt");

/// Every kind of column.
pub(crate) const SCHEMA: &str = r#"{"name": "T", "version": "1.0.0", "cksum": "1 2", "tables": {
"A": {"isRoot": true, "maxRows": 1000, "indexes": [["n"]], "columns": {
  "n": {"type": "integer"},
  "s": {"type": {"key": "string", "min": 0, "max": "unlimited"}},
  "m": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
  "one": {"type": {"key": "string", "value": "integer", "min": 0, "max": 1}},
  "e": {"type": {"key": {"type": "string", "enum": ["set", ["x", "y"]]}, "min": 0}},
  "r": {"type": {"key": {"type": "uuid", "refTable": "B", "refType": "weak"}, "min": 0, "max": "unlimited"}},
  "f": {"type": "real"},
  "b": {"type": {"key": "boolean", "min": 1, "max": 2}},
  "o": {"type": {"key": {"type": "integer", "minInteger": 0, "maxInteger": 10}, "min": 0}},
  "l": {"type": {"key": {"type": "integer", "minInteger": 5}, "min": 0}}}},
"B": {"isRoot": true, "columns": {
  "name": {"type": {"key": {"type": "string", "minLength": 1, "maxLength": 3}}, "mutable": false},
  "x": {"type": "boolean", "ephemeral": true}}},
"C": {"columns": {"q": {"type": "string"}}}}}"#;

const ROWS: &str = r#"["T",
{"op": "insert", "table": "B", "uuid": "b0000000-0000-4000-8000-000000000001", "row": {"name": "abc"}},
{"op": "insert", "table": "A", "uuid": "a0000000-0000-4000-8000-000000000001", "row": {"n": 1,
  "s": ["set", ["a", "b"]], "m": ["map", [["k", "v"], ["é", "\n"]]], "e": "x", "f": 1.5,
  "r": ["uuid", "b0000000-0000-4000-8000-000000000001"]}},
{"op": "insert", "table": "A", "uuid": "a0000000-0000-4000-8000-000000000002", "row": {"n": 2, "o": 3,
  "b": ["set", [true, false]], "one": ["map", [["z", 1]]]}}]"#;

/// The two servers of one file, the real one read-only.
fn both() -> Result<(Served, DatabaseServer)> {
    let directory = TempDir::new()?;
    let schema = directory.path().join("t.ovsschema");
    fs::write(&schema, SCHEMA)?;
    let writable = DatabaseServer::setup()
        .database(Schema::at(schema))
        .start()?;
    let done = writable.transact(ROWS)?;
    assert!(!done.contains("error"), "{done}");
    let file = &writable.files()[0];
    let real = DatabaseServer::setup()
        .file(file)
        .argument("--sync-from=unix:/nonexistent")
        .start()?;
    Ok((Served::files(std::slice::from_ref(file))?, real))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_is_answered_as_a_read_only_server_answers_it() -> Result<()> {
    let (ours, real) = both()?;
    let mut differences = Vec::new();
    let mut clients = [Raw::connect(&ours.socket())?, Raw::connect(real.socket())?];
    let requests: Vec<&str> = REQUESTS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert!(requests.len() > 150);
    for request in requests {
        let mut heard = Vec::new();
        for client in &mut clients {
            let messages = client.say(request)?;
            heard.push(messages.into_iter().map(comparable).collect::<Vec<_>>());
        }
        if heard[0].last() == Some(&Value::Null) || heard[1].last() == Some(&Value::Null) {
            clients = [Raw::connect(&ours.socket())?, Raw::connect(real.socket())?];
        }
        if heard[0] != heard[1] {
            let [ours, real] = [&heard[0], &heard[1]].map(|m| Value::from(m.clone()));
            differences.push(format!("{request}\n  ours {ours}\n  real {real}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_database_is_as_a_real_servers() -> Result<()> {
    let vendored = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../schemas/ovsschema/_server.ovsschema"
    ))?;
    assert_eq!(DatabaseSchema::parse(SERVER_SCHEMA)?, {
        let mut schema = DatabaseSchema::parse(&vendored)?;
        // Enumerations have no order, but keep that of their text.
        for column in schema
            .tables
            .iter_mut()
            .flat_map(|table| &mut table.columns)
        {
            column.column_type.key.enumeration.sort();
        }
        schema
    });
    let (ours, real) = both()?;
    let request = json!({"method": "transact", "id": 0, "params": ["_Server",
        {"op": "select", "table": "Database", "where": [], "columns":
            ["name", "model", "connected", "leader", "schema", "cid", "sid", "index"]}]});
    let rows = |mut client: Raw| {
        let heard = client.say(&request.to_string())?;
        let rows = heard[0]["result"][0]["rows"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let rows: BTreeMap<String, Value> = rows
            .into_iter()
            .map(|mut row| {
                // The text in the column is JSON whose members have no order.
                let schema = row["schema"].as_str().unwrap_or_default();
                row["schema"] = serde_json::from_str(schema)?;
                anyhow::Ok((row["name"].to_string(), comparable(row)))
            })
            .collect::<Result<_>>()?;
        anyhow::Ok(rows)
    };
    let ours = rows(Raw::connect(&ours.socket())?)?;
    assert_eq!(ours, rows(Raw::connect(real.socket())?)?);
    assert_eq!(ours.len(), 2);
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schema_written_anew_is_what_a_real_server_makes_of_it() -> Result<()> {
    for schema in [
        Schema::northbound(),
        Schema::southbound(),
        Schema::open_vswitch(),
    ] {
        let real = DatabaseServer::setup().database(schema.clone()).start()?;
        let parsed = DatabaseSchema::parse(&fs::read_to_string(schema.path())?)?;
        let told = real.ovsdb_client("get-schema", &[&parsed.name])?;
        let mut told: Value = serde_json::from_str(&told)?;
        if let Some(members) = told.as_object_mut() {
            members.remove("cksum");
        }
        let mut written = serde_json::to_value(&parsed)?;
        sort_enumerations(&mut written);
        sort_enumerations(&mut told);
        assert_eq!(comparable(written), comparable(told));
    }
    Ok(())
}

fn sort_enumerations(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if let Some(Value::Array(atoms)) =
                members.get_mut("enum").and_then(|set| set.get_mut(1))
            {
                atoms.sort_by_key(ToString::to_string);
            }
            members.values_mut().for_each(sort_enumerations);
        }
        Value::Array(elements) => elements.iter_mut().for_each(sort_enumerations),
        _ => {}
    }
}
