//! Small recorded databases for tests.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;
use jiff::Timestamp;
use ovsdb_client::dbfile::{DatabaseFile, OnDamage, ReadOptions};
use serde_json::Value as Json;
use sha1::{Digest, Sha1};

use crate::database::Database;
use crate::moment::Moment;
use crate::node;
use crate::snapshot::{DatabaseRead, Log, Naming, Snapshot};

/// The source of these databases.
pub(crate) const SOURCE: &str = "recorded:case";

/// The content of a standalone database file of these records: a schema, then transactions.
pub(crate) fn file(records: &[Json]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records {
        let body = format!("{record}\n");
        let sha1: String = Sha1::digest(body.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        bytes.extend(format!("OVSDB JSON {} {sha1}\n{body}", body.len()).into_bytes());
    }
    bytes
}

/// A database as read from such a file; `node` is empty where none is known.
pub(crate) fn read(database: Database, node: &str, records: &[Json]) -> DatabaseRead {
    let file = DatabaseFile::read(&file(records), database.definition().tables)
        .expect("the records are a database");
    assert!(file.faults.is_empty(), "{:?}", file.faults);
    DatabaseRead {
        database,
        node: (!node.is_empty()).then(|| Arc::from(node)),
        naming: Naming::default(),
        source: SOURCE.into(),
        address: format!("case/{node}/{database}.db").into(),
        moment: Some(Timestamp::UNIX_EPOCH),
        recorded: true,
        missing: Vec::new(),
        at: None,
        schema_text: None,
        log: None,
        rows: file.snapshot,
    }
}

/// The same with its history.
pub(crate) fn logged(database: Database, node: &str, content: Vec<u8>) -> DatabaseRead {
    let options = ReadOptions {
        damage: OnDamage::Salvage,
        ..ReadOptions::default()
    };
    at(database, node, content, &options, None)
}

/// A database as it was at a moment.
pub(crate) fn past(
    database: Database,
    node: &str,
    content: Vec<u8>,
    moment: Moment,
) -> DatabaseRead {
    let options = ReadOptions {
        until: Some(moment.into()),
        ..ReadOptions::default()
    };
    at(database, node, content, &options, Some(moment))
}

fn at(
    database: Database,
    node: &str,
    content: Vec<u8>,
    options: &ReadOptions,
    moment: Option<Moment>,
) -> DatabaseRead {
    let file = DatabaseFile::read_with(&content, database.definition().tables, options)
        .expect("the records are a database");
    DatabaseRead {
        at: moment,
        log: Some(Log::new(Arc::new(content))),
        rows: file.snapshot,
        ..read(
            database,
            node,
            &[serde_json::json!({"name": "Empty", "tables": {}})],
        )
    }
}

/// A snapshot of these databases.
pub(crate) fn snapshot(databases: Vec<DatabaseRead>) -> Snapshot {
    let mut snapshot = Snapshot {
        databases,
        ..Snapshot::default()
    };
    snapshot.sort();
    snapshot
}

/// The recorded demonstration cluster that the program ships.
pub(crate) fn demo() -> Snapshot {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let mut databases = Vec::new();
    for host in ["worker-a", "worker-b"] {
        for (database, name) in [
            (Database::Nb, "ovnnb_db.db.gz"),
            (Database::Sb, "ovnsb_db.db.gz"),
            (Database::Ovs, "conf.db.gz"),
        ] {
            let packed = std::fs::read(folder.join(host).join(name)).expect("the demo is there");
            let mut bytes = Vec::new();
            GzDecoder::new(packed.as_slice())
                .read_to_end(&mut bytes)
                .expect("the demo is gzip data");
            let file = DatabaseFile::read(&bytes, database.definition().tables)
                .expect("the demo is a database");
            databases.push(DatabaseRead {
                database,
                node: node::name(database, &file.snapshot).map(Into::into),
                naming: Naming::default(),
                source: "demo".into(),
                address: format!("{host}/{name}").into(),
                moment: None,
                recorded: true,
                missing: Vec::new(),
                at: None,
                schema_text: None,
                log: None,
                rows: file.snapshot,
            });
        }
    }
    snapshot(databases)
}
