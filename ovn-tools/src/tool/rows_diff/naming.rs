//! Naming: what references name, so that two databases can be compared that have other UUIDs.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use ovsdb_client::replica::Snapshot;
use ovsdb_client::schema::ColumnType;
use ovsdb_client::table::Row;
use ovsdb_client::value::{AtomRef, Uuid, Value};
use serde_json::Value as Json;

use crate::tool::natural::{atom_json, key_text};
use crate::tool::rows_diff::identity::key_columns;
use crate::tool::seal::fingerprint;

/// How many references are followed one after the other.
/// **Default and why**: 4; a port of a switch in a group of a policy is told by then, and tables
/// that refer to each other come to an end.
const MAX_DEPTH: u8 = 4;

/// Names the rows of one database.
#[derive(Debug)]
pub(super) struct Naming<'s> {
    rows: &'s Snapshot,
    known: RefCell<HashMap<Uuid, Rc<str>>>,
}

impl<'s> Naming<'s> {
    /// The names of a database's rows.
    pub(super) fn new(rows: &'s Snapshot) -> Self {
        Self {
            rows,
            known: RefCell::default(),
        }
    }

    /// A value as natural JSON, with names for references.
    pub(super) fn json(&self, value: Value<'_>) -> Json {
        self.json_at(value, MAX_DEPTH)
    }

    /// What tells a row from others of its table by these columns; by all where there are none.
    pub(super) fn key(&self, row: &Row, table: &str, columns: &[Box<str>]) -> String {
        self.key_at(row, table, columns, MAX_DEPTH)
    }

    fn key_at(&self, row: &Row, table: &str, columns: &[Box<str>], depth: u8) -> String {
        let Some(layout) = self.rows.layout().table(table) else {
            return row.uuid().to_string();
        };
        let value = |name: &str| {
            let value = row.value(layout, name);
            value.map_or(Json::Null, |value| self.json_at(value, depth))
        };
        let plain = |json: Json| match json {
            Json::String(string) => string,
            other => other.to_string(),
        };
        match columns {
            [] => {
                let values: Vec<Json> = layout
                    .present()
                    .map(|(_, column)| value(&column.name))
                    .collect();
                let text = Json::from(values).to_string();
                format!("{:016x}", fingerprint(text.as_bytes()))
            }
            [only] => plain(value(only)),
            several => {
                let parts = several.iter().map(|name| plain(value(name)));
                parts.collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn json_at(&self, value: Value<'_>, depth: u8) -> Json {
        let column_type = value.column_type();
        let atom = |atom: AtomRef<'_>, side: Option<&str>| match (atom, side) {
            (AtomRef::Uuid(uuid), Some(table)) => Json::from(&*self.name(table, uuid, depth)),
            (atom, _) => atom_json(atom),
        };
        let (keys, values) = tables(column_type);
        if column_type.is_map() {
            let pairs = value.pairs().map(|(key, value)| {
                let key = match atom(key, keys) {
                    Json::String(string) => string,
                    _ => key_text(key),
                };
                (key, atom(value, values))
            });
            return Json::Object(pairs.collect());
        }
        if column_type.max == 1 {
            let first = value.atoms().next();
            return first.map_or(Json::Null, |first| atom(first, keys));
        }
        let mut items: Vec<Json> = value.atoms().map(|item| atom(item, keys)).collect();
        if keys.is_some() {
            // The order of UUIDs is none of names.
            items.sort_by_key(ToString::to_string);
        }
        Json::Array(items)
    }

    /// What a row is called: its key, after the table's name and `#` where only its content tells
    /// it from others.
    fn name(&self, table: &str, uuid: Uuid, depth: u8) -> Rc<str> {
        if let Some(known) = self.known.borrow().get(&uuid) {
            return Rc::clone(known);
        }
        let Some(row) = self.rows.table(table).and_then(|rows| rows.get(uuid)) else {
            return Rc::from(format!("{uuid} (no such row)"));
        };
        let Some(depth) = depth.checked_sub(1) else {
            return Rc::from(table);
        };
        let layout = self.rows.layout();
        let schema = layout.schema.table(table);
        let columns = match (schema, layout.table(table)) {
            (Some(schema), Some(layout)) => key_columns(schema, layout),
            _ => Vec::new(),
        };
        let key = self.key_at(row, table, &columns, depth);
        let name: Rc<str> = if columns.is_empty() || key.is_empty() {
            format!("{table}#{key}").into()
        } else {
            key.into()
        };
        // A name that ended at the depth is another one when it is asked for from elsewhere.
        if depth + 1 == MAX_DEPTH {
            self.known.borrow_mut().insert(uuid, Rc::clone(&name));
        }
        name
    }
}

/// The tables that keys and values of a column refer to.
fn tables(column_type: &ColumnType) -> (Option<&str>, Option<&str>) {
    (
        column_type
            .key
            .reference
            .as_ref()
            .map(|reference| &*reference.table),
        column_type
            .value
            .as_ref()
            .and_then(|value| value.reference.as_ref())
            .map(|reference| &*reference.table),
    )
}

/// Whether a column refers to rows.
pub(super) fn refers(column_type: &ColumnType) -> bool {
    let (keys, values) = tables(column_type);
    keys.is_some() || values.is_some()
}
