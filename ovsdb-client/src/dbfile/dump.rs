//! Dumps: what `ovsdb-client dump -f json` prints, one JSON object a table.
//!
//! A dump holds neither a schema nor the database's name; both are worked out from its tables and
//! columns, or given.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::value::RawValue;
use uuid::Uuid;

use crate::dbfile::damage::{Damage, DamageProblem};
use crate::dbfile::error::FileError;
use crate::dbfile::options::{OnDamage, ReadOptions};
use crate::row::RowBuilder;
use crate::schema::{ColumnSchema, DatabaseLayout, DatabaseSchema, Selection, TableSchema};
use crate::table::TableDef;
use crate::update::{Columns, RowFault, Update};
use crate::value::parse_uuid;

/// What follows a table's name in its caption.
const CAPTION: &str = " table";

/// The columns that every row has and no schema names.
const IMPLICIT: [&str; 2] = ["_uuid", "_version"];

/// A dump, taken apart.
#[derive(Debug)]
pub(crate) struct Dump {
    pub(crate) layout: Arc<DatabaseLayout>,
    pub(crate) rows: Update,
    pub(crate) damages: Vec<Damage>,
}

#[derive(Debug, serde::Deserialize)]
struct TableDump<'f> {
    caption: String,
    headings: Vec<String>,
    #[serde(borrow)]
    data: Vec<Vec<&'f RawValue>>,
}

impl TableDump<'_> {
    fn name(&self) -> &str {
        self.caption.strip_suffix(CAPTION).unwrap_or(&self.caption)
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        self.headings
            .iter()
            .map(String::as_str)
            .filter(|heading| !IMPLICIT.contains(heading))
    }
}

impl Dump {
    /// Whether the content looks like one.
    pub(crate) fn recognise(bytes: &[u8]) -> bool {
        bytes.trim_ascii_start().first() == Some(&b'{')
    }

    pub(crate) fn read(
        bytes: &[u8],
        generated: &[&'static TableDef],
        options: &ReadOptions,
    ) -> Result<Self, FileError> {
        let (tables, damages) = tables(bytes, options.damage)?;
        let schema = match &options.schema {
            Some(schema) => Arc::clone(schema),
            None => Arc::new(guess(&tables, generated).ok_or(FileError::UnknownSchema)?),
        };
        let layout = DatabaseLayout::selected(schema, generated, |name| {
            let table = tables.iter().find(|table| table.name() == name)?;
            Some(Selection::Named(table.columns().map(Into::into).collect()))
        });
        let layout = Arc::new(layout);
        let mut rows = Update::new(Arc::clone(&layout));
        let mut builder = RowBuilder::default();
        for table in &tables {
            read_table(table, &layout, &mut builder, &mut rows);
        }
        Ok(Self {
            layout,
            rows,
            damages,
        })
    }
}

/// The tables, and the damage that ends them.
fn tables(
    bytes: &[u8],
    on_damage: OnDamage,
) -> Result<(Vec<TableDump<'_>>, Vec<Damage>), FileError> {
    let refuses = matches!(on_damage, OnDamage::Refuse | OnDamage::Unfinished);
    let mut tables = Vec::new();
    let mut stream = serde_json::Deserializer::from_slice(bytes).into_iter::<TableDump<'_>>();
    loop {
        let offset = stream.byte_offset();
        match stream.next() {
            None => return Ok((tables, Vec::new())),
            Some(Ok(table)) => tables.push(table),
            Some(Err(error)) if tables.is_empty() || refuses => {
                return Err(FileError::Dump(error));
            }
            Some(Err(error)) => {
                let damage = Damage {
                    number: tables.len(),
                    offset,
                    end: bytes.len(),
                    problem: DamageProblem::Content(error.to_string()),
                    follow: 0,
                };
                return Ok((tables, vec![damage]));
            }
        }
    }
}

/// The one database among the generated tables that has the most of the dump's tables and columns.
fn guess(tables: &[TableDump<'_>], generated: &[&'static TableDef]) -> Option<DatabaseSchema> {
    let mut databases: BTreeMap<&str, Vec<&TableDef>> = BTreeMap::new();
    for table in generated {
        databases.entry(table.database).or_default().push(table);
    }
    let fit = |definitions: &[&TableDef]| -> usize {
        let known = |table: &TableDump<'_>| {
            definitions
                .iter()
                .find(|definition| *definition.name == *table.name())
                .map_or(0, |definition| {
                    let has = |name: &&str| definition.columns.iter().any(|c| c.name == *name);
                    1 + table.columns().filter(has).count()
                })
        };
        tables.iter().map(known).sum()
    };
    let mut fits: Vec<(usize, &str)> = databases
        .iter()
        .map(|(name, definitions)| (fit(definitions), *name))
        .filter(|(fit, _)| *fit > 0)
        .collect();
    fits.sort_by_key(|(fit, _)| Reverse(*fit));
    match fits.as_slice() {
        [(best, _), (next, _), ..] if best == next => None,
        [(_, name), ..] => Some(schema(name, &databases[name])),
        [] => None,
    }
}

/// The schema that the generated tables were made from, as far as they tell it.
fn schema(name: &str, definitions: &[&TableDef]) -> DatabaseSchema {
    let mut tables: Vec<TableSchema> = definitions
        .iter()
        .map(|definition| TableSchema {
            name: definition.name.into(),
            columns: definition
                .columns
                .iter()
                .map(|column| ColumnSchema {
                    name: column.name.into(),
                    column_type: column.column_type(),
                    ephemeral: column.ephemeral,
                    mutable: column.mutable,
                })
                .collect(),
            max_rows: definition.max_rows,
            is_root: definition.is_root,
            indexes: definition
                .indexes
                .iter()
                .map(|index| {
                    let column = |&number: &u16| definition.columns.get(usize::from(number));
                    let columns = index.iter().filter_map(column);
                    columns.map(|column| column.name.into()).collect()
                })
                .collect(),
        })
        .collect();
    tables.sort_by(|a, b| a.name.cmp(&b.name));
    DatabaseSchema {
        name: name.into(),
        version: "".into(),
        tables,
    }
}

fn read_table(
    table: &TableDump<'_>,
    layout: &DatabaseLayout,
    builder: &mut RowBuilder,
    update: &mut Update,
) {
    let mut fault = |problem: &str| {
        update.faults.push(RowFault {
            table: table.name().into(),
            row: "".into(),
            column: None,
            problem: problem.to_owned(),
        });
    };
    let Some(number) = layout.table_number(table.name()) else {
        return fault("the schema has no such table");
    };
    let Some(uuid_at) = table.headings.iter().position(|name| name == "_uuid") else {
        return fault("the dump leaves out the column _uuid");
    };
    let names: Vec<String> = table
        .headings
        .iter()
        .map(|name| serde_json::Value::from(name.as_str()).to_string())
        .collect();
    let mut columns = Columns {
        table: &layout.tables()[number],
        builder,
        faults: &mut update.faults,
    };
    let mut rows = Vec::with_capacity(table.data.len());
    let mut text = String::new();
    for cells in &table.data {
        let uuid = cells.get(uuid_at).map_or("", |cell| cell.get());
        let Some(uuid) = uuid_of(uuid) else {
            columns.fault(uuid, None, "this is no uuid of a row");
            continue;
        };
        text.clear();
        for (name, cell) in names.iter().zip(cells) {
            text.push(if text.is_empty() { '{' } else { ',' });
            text.push_str(name);
            text.push(':');
            text.push_str(cell.get());
        }
        text.push('}');
        if let Some(change) = columns.whole(uuid, &text, true) {
            rows.push((uuid, change));
        }
    }
    update.tables.push((number, rows));
}

fn uuid_of(cell: &str) -> Option<Uuid> {
    match serde_json::from_str::<(String, String)>(cell) {
        Ok((tag, uuid)) if tag == "uuid" => parse_uuid(&uuid),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
