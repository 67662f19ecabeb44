//! A cluster of a hundred nodes around a recording: 98 healthy nodes made from the twin's second
//! one, and in the databases of all of them what each node knows of the others.

mod identity;

mod rows;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value as Json, json};

use crate::demo::{FILES, NODES, NORTHBOUND, OPEN_VSWITCH, SOUTHBOUND};
use crate::pack::cluster::identity::{Identity, moved, renamed_columns, renamed_rows};
use crate::pack::cluster::rows::{Database, Found, Holder, TUNNEL_KEY, strip_workloads};
use crate::pack::recording::Recording;
use ovn_shapes::writer::{JSON, record};

/// How many nodes there are, the recording's two among them.
pub const SIZE: u8 = 100;

/// Writes the databases of the other nodes, `NODE/FILE` in a folder that is made for them; gives
/// the names of the nodes.
///
/// # Errors
/// The twin does not unpack, or a file cannot be written.
pub fn write_others(folder: &Path) -> Result<Vec<String>> {
    let twin = Recording::twin()?;
    let [_, second] = NODES;
    let mut databases = Vec::new();
    for file in FILES {
        databases.push((file, Database::read(&twin.file(second, file))?));
    }
    let mut names = Vec::new();
    for own in added() {
        let home = folder.join(&own.name);
        fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
        for (file, database) in &databases {
            let path = home.join(file);
            fs::write(&path, node(database, file, &own))
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        names.push(own.name);
    }
    Ok(names)
}

/// Writes into the recording's databases, after its own records, what they would hold of the other
/// nodes.
///
/// # Errors
/// The twin does not unpack, or a file cannot be written.
pub fn surround(recording: &Recording) -> Result<()> {
    let twin = Recording::twin()?;
    let templates = [Identity::second(), Identity::first()];
    for (node, template) in NODES.into_iter().zip(&templates) {
        for file in FILES {
            let database = Database::read(&twin.file(node, file))?;
            let known = Known::of(&database, file, template);
            let mut more = json!({});
            added().for_each(|other| known.copy(&other, &mut more));
            let path = recording.file(node, file);
            let date = Database::read(&path)?.date;
            let rest = [("_date", json!(date)), ("_is_diff", json!(true))];
            for (name, value) in rest {
                more[name] = value;
            }
            let mut bytes = fs::read(&path)?;
            bytes.extend(record(JSON, &more.to_string()));
            fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

/// The nodes beside the recording's.
fn added() -> impl Iterator<Item = Identity> {
    // The twin's nodes have the numbers 2 and 3.
    (4..SIZE + 2).map(Identity::of)
}

/// A database file of a node of its own, made from the twin's second one.
fn node(database: &Database, file: &str, own: &Identity) -> Vec<u8> {
    let rows = strip_workloads(database.rows.clone(), own);
    let mut own_rows = Database {
        schema: database.schema.clone(),
        rows: renamed_rows(&rows, &Identity::second(), own),
        date: database.date,
    };
    own_rows.renumber_transit_port(own);
    // The first node is known already; the second one and all others are added.
    let first = Identity::first();
    let known = Known::of(&own_rows, file, &first);
    let mut more = json!({});
    let others = [Identity::second()].into_iter().chain(added());
    others
        .filter(|other| other.name != own.name)
        .for_each(|other| known.copy(&other, &mut more));
    merge(&mut own_rows.rows, more);
    own_rows.rows["_date"] = json!(database.date);
    let mut bytes = record(JSON, &database.schema);
    bytes.extend(record(JSON, &own_rows.rows.to_string()));
    bytes
}

/// The rows by which a node knows another one, and the references to them that rows have which are
/// there beside them.
struct Known<'a> {
    template: &'a Identity,
    found: Vec<Found<'a>>,
    holders: Vec<Holder<'a>>,
}

impl<'a> Known<'a> {
    /// Finds those by which `database` knows `template`.
    fn of(database: &'a Database, file: &str, template: &'a Identity) -> Self {
        let found = match file {
            NORTHBOUND => vec![
                database.with_values("Logical_Switch_Port", &[&template.transit_port()]),
                database.with_values("Logical_Router_Static_Route", &["ic-node", &template.name]),
            ],
            SOUTHBOUND => vec![
                database.with_values("Encap", &[&template.chassis]),
                database.with_values("Chassis", &[&template.chassis]),
                database.with_values("Port_Binding", &[&template.transit_port()]),
            ],
            OPEN_VSWITCH => vec![
                database.with_values("Interface", &[&template.tunnel()]),
                database.with_values("Port", &[&template.tunnel()]),
            ],
            _ => Vec::new(),
        };
        let found: Vec<_> = found.into_iter().flatten().collect();
        let rows: Vec<&str> = found.iter().map(|(_, row, _)| *row).collect();
        let holders = database.holders(&rows);
        Self {
            template,
            found,
            holders,
        }
    }

    /// Adds to `more` those by which it would know `other`.
    fn copy(&self, other: &Identity, more: &mut Json) {
        let rows = self.found.iter();
        let copies: Vec<(&str, String)> = rows
            .map(|(_, row, _)| (*row, moved(row, other.number)))
            .collect();
        for ((table, _, columns), (_, copy)) in self.found.iter().zip(&copies) {
            let mut columns = renamed_columns(columns, self.template, other, &copies);
            if columns.get(TUNNEL_KEY).is_some() {
                columns[TUNNEL_KEY] = json!(other.number);
            }
            more[*table][copy] = columns;
        }
        for holder in &self.holders {
            let copy = copies.iter().find(|(row, _)| *row == holder.held);
            if let Some((_, copy)) = copy {
                let place = &mut more[holder.table][holder.row][holder.column];
                join(place, json!(["uuid", copy]));
            }
        }
    }
}

/// Adds the changes of `more` to `all`, both as differences.
fn merge(all: &mut Json, more: Json) {
    let Json::Object(tables) = more else { return };
    for (table, rows) in tables {
        let Json::Object(rows) = rows else { continue };
        for (uuid, columns) in rows {
            let place = &mut all[&table][&uuid];
            if place.is_null() {
                *place = columns;
            } else if let Json::Object(columns) = columns {
                for (column, value) in columns {
                    join(&mut place[&column], value);
                }
            }
        }
    }
}

/// Puts the members of a set of references to those of another; one that stands alone is a set.
fn join(place: &mut Json, value: Json) {
    let members = |value: Json| match value {
        Json::Array(mut pair) if pair.first() == Some(&json!("set")) => match pair.pop() {
            Some(Json::Array(members)) => members,
            _ => Vec::new(),
        },
        Json::Array(pair) => vec![Json::Array(pair)],
        _ => Vec::new(),
    };
    let mut all = members(place.take());
    all.extend(members(value));
    *place = json!(["set", null]);
    place[1] = Json::Array(all);
}
