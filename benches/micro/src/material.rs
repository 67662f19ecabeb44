//! What the pieces are measured with: rows shaped like those of OVN-Kubernetes, as texts and layouts.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, Result};
use ovn_schemas::{nb, sb};
use ovn_shapes::{Rows, Size, northbound, southbound};
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema};
use ovsdb_client::table::DatabaseDef;
use ovsdb_client::update::{Format, Update};
use serde_json::value::RawValue;

/// The schemas that the generated tables are made from, whatever is installed.
const NORTHBOUND: &str = include_str!("../../../schemas/ovsschema/ovn-nb.ovsschema");
const SOUTHBOUND: &str = include_str!("../../../schemas/ovsschema/ovn-sb.ovsschema");

/// When the one transaction was written, in milliseconds since 1970.
const WRITTEN: usize = 1_760_000_000_000;

/// A database of some size.
#[derive(Clone, Debug)]
pub struct Material {
    /// Its generated tables.
    pub definition: &'static DatabaseDef,
    /// Its schema's text.
    pub schema: &'static str,
    /// How the client lays its rows out.
    pub layout: Arc<DatabaseLayout>,
    /// All rows, as the transaction of a database file.
    pub transaction: String,
    /// By table, the rows as JSON objects by UUID.
    pub tables: BTreeMap<String, BTreeMap<String, Box<RawValue>>>,
}

impl Material {
    /// A northbound database of so many nodes and pods.
    ///
    /// # Errors
    /// The schema or the rows cannot be read.
    pub fn northbound(nodes: usize, pods: usize) -> Result<Self> {
        let rows = northbound(Size::new(nodes, pods), pods);
        Self::new(&nb::DATABASE, NORTHBOUND, &rows)
    }

    /// A southbound database of so many nodes and pods.
    ///
    /// # Errors
    /// The schema or the rows cannot be read.
    pub fn southbound(nodes: usize, pods: usize) -> Result<Self> {
        let rows = southbound(Size::new(nodes, pods));
        Self::new(&sb::DATABASE, SOUTHBOUND, &rows)
    }

    fn new(definition: &'static DatabaseDef, schema: &'static str, rows: &Rows) -> Result<Self> {
        let parsed = Arc::new(DatabaseSchema::parse(schema)?);
        let transaction = rows.transaction(WRITTEN, "counted", false);
        let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&transaction)?;
        let mut tables = BTreeMap::new();
        for (table, rows) in members {
            // Beside the tables stand the date and the comment.
            if !table.starts_with('_') {
                tables.insert(table, serde_json::from_str(rows.get())?);
            }
        }
        Ok(Self {
            definition,
            schema,
            layout: Arc::new(DatabaseLayout::new(parsed, definition.tables)),
            transaction,
            tables,
        })
    }

    /// The rows of one table as a server tells them at first.
    ///
    /// # Errors
    /// There is no such table.
    pub fn initial(&self, table: &str) -> Result<String> {
        let rows = self.tables.get(table).context("no such table")?;
        let mut text = format!(r#"{{"{table}":{{"#);
        tell(&mut text, rows);
        text.push_str("}}");
        Ok(text)
    }

    /// All rows as a server tells them at first.
    pub fn all_initial(&self) -> String {
        let mut text = String::from("{");
        for (table, rows) in &self.tables {
            let comma = if text.len() > 1 { "," } else { "" };
            text.push_str(&format!(r#"{comma}"{table}":{{"#));
            tell(&mut text, rows);
            text.push('}');
        }
        text.push('}');
        text
    }

    /// Changes of one map of so many rows of a table, in messages of so many rows, each row once.
    ///
    /// # Errors
    /// There is no such table.
    pub fn changes(&self, table: &str, rows: usize, a_message: usize) -> Result<Vec<String>> {
        let all = self.tables.get(table).context("no such table")?;
        let changed: Vec<&String> = all.keys().take(rows).collect();
        let messages = changed.chunks(a_message).map(|some| {
            let rows: Vec<String> = some
                .iter()
                .map(|uuid| {
                    format!(r#""{uuid}":{{"modify":{{"external_ids":["map",[["changed","1"]]]}}}}"#)
                })
                .collect();
            format!(r#"{{"{table}":{{{}}}}}"#, rows.join(","))
        });
        Ok(messages.collect())
    }

    /// Reads what a server tells.
    ///
    /// # Errors
    /// It is no update of this database.
    pub fn read(&self, text: &str) -> Result<Update> {
        Ok(Update::decode(&self.layout, Format::Differences, text)?)
    }
}

fn tell(text: &mut String, rows: &BTreeMap<String, Box<RawValue>>) {
    for (place, (uuid, row)) in rows.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        text.push_str(&format!(r#"{comma}"{uuid}":{{"initial":{}}}"#, row.get()));
    }
}
