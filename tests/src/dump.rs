//! What a server itself says its rows are, by the stock `ovsdb-client dump`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use ovsdb_client::row::Row;
use ovsdb_client::schema::{DatabaseSchema, TableLayout};
use ovsdb_client::table::{Column, ColumnValue, Table, Visit};
use ovsdb_client::value::Datum;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::sandbox::DatabaseServer;

/// Rows by table and UUID, each a map from column to value.
pub type Rows = BTreeMap<String, BTreeMap<String, BTreeMap<String, Datum>>>;

#[derive(Deserialize)]
struct TableDump {
    caption: String,
    headings: Vec<String>,
    data: Vec<Vec<Box<RawValue>>>,
}

/// Everything a server holds of `database`, read by `ovsdb-client dump -f json`.
///
/// # Errors
/// When the command fails or prints what is no dump.
pub fn dump(server: &DatabaseServer, database: &str) -> Result<Rows> {
    let schema = server.ovsdb_client("get-schema", &[database])?;
    let schema = DatabaseSchema::parse(&schema)?;
    let text = server.ovsdb_client("dump", &["-f", "json", database])?;
    let mut rows = Rows::new();
    for table in serde_json::Deserializer::from_str(&text).into_iter::<TableDump>() {
        let table = table.context("a table of the dump")?;
        let name = table.caption.trim_end_matches(" table");
        let columns = schema.table(name).context("a table of the schema")?;
        let mut dumped = BTreeMap::new();
        for row in table.data {
            let mut uuid = String::new();
            let mut values = BTreeMap::new();
            for (heading, value) in table.headings.iter().zip(row) {
                match columns.column(heading) {
                    Some(column) => {
                        let datum = Datum::from_json(&column.column_type, value.get())?;
                        values.insert(heading.clone(), datum);
                    }
                    None => (_, uuid) = serde_json::from_str::<(String, String)>(value.get())?,
                }
            }
            dumped.insert(uuid, values);
        }
        rows.insert(name.to_owned(), dumped);
    }
    Ok(rows)
}

/// The rows of a snapshot, read dynamically through its layout.
pub fn dynamic(snapshot: &ovsdb_client::replica::Snapshot) -> Rows {
    let values = |layout: &TableLayout, row: &Row| {
        row.values(layout)
            .map(|(name, value)| (name.to_owned(), value.to_datum()))
            .collect()
    };
    snapshot
        .tables()
        .map(|table| {
            let rows = table
                .iter()
                .map(|row| (row.uuid().to_string(), values(table.layout(), row)))
                .collect();
            (table.layout().name.to_string(), rows)
        })
        .collect()
}

/// The rows of a snapshot, read by the generated types through `visit`, with the columns that the
/// server has.
///
/// # Panics
/// When a table of the snapshot has no generated type.
pub fn typed(
    snapshot: &ovsdb_client::replica::Snapshot,
    visit: impl Fn(&str, Row, &mut Collect) -> bool,
) -> Rows {
    snapshot
        .tables()
        .map(|table| {
            let layout = table.layout();
            let rows = table
                .iter()
                .map(|row| {
                    let mut collect = Collect::default();
                    let known = visit(&layout.name, row.clone(), &mut collect);
                    assert!(known, "{} has a generated type", layout.name);
                    collect
                        .0
                        .retain(|column, _| layout.column_number(column).is_some());
                    (row.uuid().to_string(), collect.0)
                })
                .collect();
            (layout.name.to_string(), rows)
        })
        .collect()
}

/// Collects the columns of a typed row.
#[derive(Debug, Default)]
pub struct Collect(BTreeMap<String, Datum>);

impl Visit for Collect {
    fn column<T: Table, V: ColumnValue>(&mut self, column: Column<T, V>, value: V::View<'_>) {
        self.0.insert(column.name().to_owned(), V::to_datum(&value));
    }
}
