//! The parsers, done so many times for whoever counts their instructions.

use std::hint::black_box;

use anyhow::{Context, Result, bail};
use ovn_shapes::writer::{JSON, record};
use ovsdb_client::dbfile::DatabaseFile;
use ovsdb_client::rpc::Framer;
use serde_json::Value as Json;

use crate::material::Material;

/// What can be counted.
pub const PARSERS: [&str; 3] = ["framing", "update decode", "file replay"];

/// How much of a stream is read at once, in bytes.
pub const READ: usize = 1 << 16;

/// How many nodes and pods the parsed database has: enough for a steady figure, few enough for a
/// processor that is simulated.
const SIZE: (usize, usize) = (5, 500);

/// Does what a parser does so many times, and gives how many bytes it reads each time.
///
/// # Errors
/// There is no such parser.
pub fn parse(parser: &str, rounds: usize) -> Result<usize> {
    let (nodes, pods) = SIZE;
    let material = Material::northbound(nodes, pods)?;
    let rows = &material.transaction;
    Ok(match parser {
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
            let text = material.all_initial();
            for _ in 0..rounds {
                black_box(material.read(&text)?);
            }
            text.len()
        }
        "file replay" => {
            // A record is one line.
            let schema: Json = serde_json::from_str(material.schema).context("the schema")?;
            let mut file = record(JSON, &schema.to_string());
            file.extend(record(JSON, rows));
            for _ in 0..rounds {
                black_box(DatabaseFile::read(&file, material.definition.tables)?);
            }
            file.len()
        }
        _ => bail!(
            "there is no parser {parser}; there are {}",
            PARSERS.join(", ")
        ),
    })
}
