//! The rows of a recorded database as JSON, as its file would spell them after a compaction.

use std::path::Path;

use anyhow::{Context, Result};
use ovsdb_client::dbfile::{AsTheyAre, DatabaseFile, LogWriter, RecordHeader};
use ovsdb_client::replica::{Cause, ChangeBatch};
use serde_json::{Value as Json, json};

use crate::pack::cluster::identity::Identity;

/// The column by which packets in tunnels name a port of the transit switch: the node's number.
pub(super) const TUNNEL_KEY: &str = "tunnel_key";

/// A database with its rows by table and UUID.
#[derive(Debug)]
pub(super) struct Database {
    /// The schema's text.
    pub(super) schema: String,
    /// The rows.
    pub(super) rows: Json,
    /// When the last record was written, in milliseconds since 1970.
    pub(super) date: i64,
}

/// A row: table, UUID and columns.
pub(super) type Found<'a> = (&'a str, &'a str, &'a Json);

/// A column that refers to a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holder<'a> {
    /// The UUID of the row that is referred to.
    pub(super) held: &'a str,
    /// The table of the row that refers to it.
    pub(super) table: &'a str,
    /// The UUID of that row.
    pub(super) row: &'a str,
    /// The column.
    pub(super) column: &'a str,
}

impl Database {
    /// Reads a file.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let bytes =
            std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let file = DatabaseFile::read(&bytes, &[])?;
        let schema = file.snapshot.layout().schema.clone();
        let writer = LogWriter::new(schema.as_ref().clone());
        let header = RecordHeader {
            date: None,
            comment: None,
        };
        let all = ChangeBatch::of_all(&file.snapshot, Cause::Initial);
        let written = writer.transaction(&all, header, &mut AsTheyAre)?;
        let text = String::from_utf8(written.context("it has rows")?)?;
        let (_, body) = text.split_once('\n').context("a record has a head")?;
        Ok(Self {
            schema: serde_json::to_string(schema.as_ref())?,
            rows: serde_json::from_str(body)?,
            date: file.written.context("a dated record")?,
        })
    }

    /// The rows of a table in whose text all of these stand as whole strings.
    pub(super) fn with_values(&self, table: &'static str, values: &[&str]) -> Vec<Found<'_>> {
        let quoted: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
        let rows = self.rows[table].as_object().into_iter().flatten();
        rows.filter(|(_, columns)| {
            let text = columns.to_string();
            quoted.iter().all(|value| text.contains(value))
        })
        .map(|(uuid, columns)| (table, uuid.as_str(), columns))
        .collect()
    }

    /// Gives a node's port on the transit switch the node's number for a key, as each has one of
    /// its own in the databases of all.
    pub(super) fn renumber_transit_port(&mut self, own: &Identity) {
        let port = json!(own.transit_port());
        for (_, columns) in of_table(&mut self.rows, "Port_Binding") {
            if columns["logical_port"] == port {
                columns[TUNNEL_KEY] = json!(own.number);
            }
        }
    }

    /// The columns of other rows that refer to any of these.
    pub(super) fn holders<'a>(&'a self, held: &[&'a str]) -> Vec<Holder<'a>> {
        let mut holders = Vec::new();
        for (table, rows) in self.rows.as_object().into_iter().flatten() {
            for (row, columns) in rows.as_object().into_iter().flatten() {
                if held.contains(&row.as_str()) {
                    continue;
                }
                for (column, value) in columns.as_object().into_iter().flatten() {
                    let found = held.iter().filter(|row| refers(value, row));
                    holders.extend(found.map(|held| Holder {
                        held,
                        table,
                        row,
                        column,
                    }));
                }
            }
        }
        holders
    }
}

/// Whether a value holds a reference to a row.
fn refers(value: &Json, row: &str) -> bool {
    match value.as_array().map(Vec::as_slice) {
        Some([kind, named]) if kind == "uuid" => named == row,
        Some(items) => items.iter().any(|item| refers(item, row)),
        None => false,
    }
}

/// What the namespaces of the twin's pods are called in the rows.
const NAMESPACES: [&str; 2] = ["shop", "monitoring"];
/// The key that says whose row it is.
const OWNER_TYPE: &str = "k8s.ovn.org/owner-type";

/// The rows of a node whose pods are of a namespace of its own, which no policy and no egress IP is
/// about.
pub(super) fn strip_workloads(rows: Json, own: &Identity) -> Json {
    let mut text = rows.to_string();
    let team = format!("team-{:03}", own.number);
    for namespace in NAMESPACES {
        // Names of ports, alone, behind a word or within a match.
        for before in ["\"", "ct-zone-", "\\\""] {
            let name = format!("{before}{namespace}_");
            text = text.replace(&name, &format!("{before}{team}_"));
        }
        let pair = |name: &str| format!("[\"namespace\",\"{name}\"]");
        text = text.replace(&pair(namespace), &pair(&team));
    }
    let mut rows: Json = serde_json::from_str(&text).unwrap_or(rows);
    let owned = |columns: &Json, kind: &str| {
        let pair = json!([OWNER_TYPE, kind]).to_string();
        columns.to_string().contains(&pair)
    };
    for (_, columns) in of_table(&mut rows, "Port_Group") {
        let of_pods = ["Namespace", "NetworkPolicy", "NetpolNamespace"];
        if of_pods.iter().any(|kind| owned(columns, kind))
            && let Some(columns) = columns.as_object_mut()
        {
            columns.remove("ports");
        }
    }
    let mut gone = Vec::new();
    for (table, marks) in [("NAT", ""), ("Logical_Router_Policy", "reroute")] {
        let Some(all) = rows.get_mut(table).and_then(Json::as_object_mut) else {
            continue;
        };
        all.retain(|uuid, columns| {
            let is_gone = owned(columns, "EgressIP") && columns.to_string().contains(marks);
            if is_gone {
                gone.push(json!(["uuid", uuid]));
            }
            !is_gone
        });
    }
    for (_, columns) in of_table(&mut rows, "Logical_Router") {
        let Some(columns) = columns.as_object_mut() else {
            continue;
        };
        for column in ["nat", "policies"] {
            // A set of one stands for itself.
            if columns
                .get(column)
                .is_some_and(|value| gone.contains(value))
            {
                columns.remove(column);
            }
            let members = columns.get_mut(column).and_then(|set| set.get_mut(1));
            if let Some(members) = members.and_then(Json::as_array_mut) {
                members.retain(|member| !gone.contains(member));
            }
        }
    }
    rows
}

/// The rows of a table, if there are any, by UUID.
fn of_table<'a>(
    rows: &'a mut Json,
    table: &str,
) -> impl Iterator<Item = (&'a String, &'a mut Json)> {
    let rows = rows.get_mut(table).and_then(Json::as_object_mut);
    rows.into_iter().flatten()
}
