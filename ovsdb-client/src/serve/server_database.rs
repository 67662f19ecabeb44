//! The `_Server` database: a row for each database, itself among them.
//!
//! Stock tools look here first for whether a server will do.
//!
//! **Source**: ovsdb-server(5); the schema is version 1.2.0, which a test compares with the
//! vendored file.

use std::sync::Arc;

use serde_json::{Map, json};
use sha1::{Digest, Sha1};
use uuid::{Builder, Uuid};

use crate::replica::{Cause, Replica, Snapshot};
use crate::schema::{DatabaseLayout, DatabaseSchema};
use crate::serve::refusal::sorted;
use crate::session::{DATABASE_TABLE, SERVER_DATABASE};
use crate::update::{Format, Update};

/// The schema of `_Server`.
pub const SERVER_SCHEMA: &str = r#"{"name": "_Server", "version": "1.2.0",
"cksum": "3009684573 744", "tables": {"Database": {"columns": {
"name": {"type": "string"},
"model": {"type": {"key": {"type": "string",
                           "enum": ["set", ["clustered", "relay", "standalone"]]}}},
"connected": {"type": "boolean"},
"leader": {"type": "boolean"},
"schema": {"type": {"key": "string", "min": 0}},
"cid": {"type": {"key": "uuid", "min": 0}},
"sid": {"type": {"key": "uuid", "min": 0}},
"index": {"type": {"key": "integer", "min": 0}}}}}}"#;

/// The database that tells of these ones, each a name and its schema's text.
///
/// A recorded database is told as a standalone one, whatever it was.
pub(crate) fn describe(
    databases: &[(&str, &str)],
    server_id: Uuid,
) -> Result<(String, Snapshot), serde_json::Error> {
    let invalid = |error: &dyn std::error::Error| {
        // The schema is a constant that a test reads, and the rows are of it.
        <serde_json::Error as serde::de::Error>::custom(error)
    };
    let schema = DatabaseSchema::parse(SERVER_SCHEMA).map_err(|error| invalid(&error))?;
    let itself = sorted(&serde_json::from_str(SERVER_SCHEMA)?);
    let mut rows = Map::new();
    for (name, schema) in databases
        .iter()
        .copied()
        .chain([(SERVER_DATABASE, &*itself)])
    {
        let row = json!({
            "name": name,
            "model": "standalone",
            "connected": true,
            "leader": true,
            "schema": schema,
        });
        rows.insert(row_id(server_id, name).to_string(), json!({"insert": row}));
    }
    let mut tables = Map::new();
    tables.insert(DATABASE_TABLE.to_owned(), rows.into());
    let layout = Arc::new(DatabaseLayout::new(Arc::new(schema), &[]));
    let update = Update::decode(
        &layout,
        Format::Differences,
        &serde_json::to_string(&tables)?,
    )
    .map_err(|error| invalid(&error))?;
    let mut replica = Replica::new(layout);
    replica
        .replace(update, Cause::Initial)
        .map_err(|error| invalid(&error))?;
    Ok((SERVER_SCHEMA.to_owned(), replica.snapshot()))
}

fn row_id(server_id: Uuid, name: &str) -> Uuid {
    let hash = Sha1::new()
        .chain_update(server_id.as_bytes())
        .chain_update(name)
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Builder::from_random_bytes(bytes).into_uuid()
}
