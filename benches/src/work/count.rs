//! What the parsers do, for counting their instructions.

use std::hint::black_box;
use std::sync::Arc;

use anyhow::{Result, bail};
use ovn_schemas::nb;
use ovn_tests::shape::{Size, northbound};
use ovn_tests::writer::{JSON, record};
use ovsdb_client::dbfile::DatabaseFile;
use ovsdb_client::rpc::Framer;
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema};
use ovsdb_client::update::{Format, Update};
use serde_json::{Value as Json, json};

use crate::work::say;

/// What can be counted.
pub const PARSERS: [&str; 3] = ["framing", "update decode", "file replay"];

/// How much of a stream is read at once.
const READ: usize = 1 << 16;

/// The schema that the generated tables are made from, whatever is installed.
const SCHEMA: &str = include_str!("../../../schemas/ovsschema/ovn-nb.ovsschema");

/// Does what a parser does so many times; prints how many bytes it reads each time.
pub(super) fn count(parser: &str, rounds: usize) -> Result<()> {
    let size = Size::new(5, 500);
    let rows = northbound(size, size.pods);
    let rows = rows.transaction(1_760_000_000_000, "counted", false);
    let schema: Json = serde_json::from_str(SCHEMA)?;
    let bytes = match parser {
        "framing" => {
            let stream = format!(r#"{{"id":1,"result":{rows},"error":null}}"#);
            for _ in 0..rounds {
                let mut framer = Framer::default();
                for part in stream.as_bytes().chunks(READ) {
                    framer.push(part);
                    black_box(framer.next_message()?);
                }
            }
            stream.len()
        }
        "update decode" => {
            let layout = DatabaseSchema::parse(SCHEMA)?;
            let layout = Arc::new(DatabaseLayout::new(Arc::new(layout), nb::DATABASE.tables));
            let text = updates(&rows)?;
            for _ in 0..rounds {
                black_box(Update::decode(&layout, Format::Differences, &text)?);
            }
            text.len()
        }
        "file replay" => {
            let mut file = record(JSON, &schema.to_string());
            file.extend(record(JSON, &rows));
            for _ in 0..rounds {
                black_box(DatabaseFile::read(&file, nb::DATABASE.tables)?);
            }
            file.len()
        }
        _ => bail!("there is no parser {parser}"),
    };
    say(&bytes.to_string())
}

/// The rows as a server tells them at first.
fn updates(rows: &str) -> Result<String> {
    let mut tables: serde_json::Map<String, Json> = serde_json::from_str(rows)?;
    tables.retain(|_, rows| rows.is_object());
    for rows in tables.values_mut().filter_map(Json::as_object_mut) {
        for row in rows.values_mut() {
            *row = json!({"initial": row.take()});
        }
    }
    Ok(Json::Object(tables).to_string())
}
