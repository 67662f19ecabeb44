//! Random histories of a database, and how servers and files tell them.
//!
//! This knows nothing of compact rows: differences are worked out on owned values as
//! ovsdb-server(7) describes them, so that they check the code that applies them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::replica::Snapshot;
use crate::schema::{ColumnType, DatabaseLayout, DatabaseSchema, TableSchema};
use crate::update::Format;
use crate::value::{Atom, AtomRef, Datum, Uuid, samples};

/// A row's values by column.
pub(crate) type Cells = BTreeMap<Box<str>, Datum>;
/// A database's rows by table and UUID.
pub(crate) type Rows = BTreeMap<(Box<str>, Uuid), Cells>;

/// A column of every shape; `shapes` has those that differ most in updates. Histories do not keep
/// the indexes unique, as servers do not from one update to the next.
pub(crate) const SCHEMA: &str = r#"{"name": "T", "version": "1.0.0", "tables": {
    "atoms": {"indexes": [["string"], ["integer", "uuid"]], "columns": {
        "boolean": {"type": "boolean"},
        "integer": {"type": "integer"},
        "real": {"type": "real"},
        "string": {"type": "string"},
        "uuid": {"type": "uuid"}}},
    "shapes": {"indexes": [["optional", "bounded"]], "columns": {
        "bounded": {"type": {"key": "integer", "min": 0, "max": 3}},
        "least": {"type": {"key": "string", "min": 1, "max": "unlimited"}},
        "map": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}},
        "map_of_one": {"type": {"key": "string", "value": "integer", "min": 0, "max": 1}},
        "optional": {"type": {"key": "real", "min": 0, "max": 1}},
        "references": {"type": {"key": {"type": "uuid", "refTable": "atoms", "refType": "weak"},
                                "min": 0, "max": "unlimited"}}}}}}"#;

pub(crate) fn schema() -> Arc<DatabaseSchema> {
    Arc::new(DatabaseSchema::parse(SCHEMA).unwrap())
}

pub(crate) fn layout() -> Arc<DatabaseLayout> {
    Arc::new(DatabaseLayout::new(schema(), &[]))
}

/// Some columns with new values; those left out stay, or are the default in a new row.
fn cells(table: &TableSchema) -> BoxedStrategy<Cells> {
    table
        .columns
        .iter()
        .fold(Just(Cells::new()).boxed(), |cells, column| {
            let name = column.name.clone();
            let datum = prop::option::of(samples::datum(&column.column_type));
            (cells, datum)
                .prop_map(move |(mut cells, datum)| {
                    cells.extend(datum.map(|datum| (name.clone(), datum)));
                    cells
                })
                .boxed()
        })
}

/// What one step does to one of a few rows: deletes it, or sets columns of it.
type Step = Vec<((Box<str>, Uuid), Option<Cells>)>;

fn step() -> BoxedStrategy<Step> {
    let schema = schema();
    let change = prop::sample::select(schema.tables.clone()).prop_flat_map(|table| {
        let uuid = (1u128..5).prop_map(Uuid::from_u128);
        let cells = prop::option::weighted(0.7, cells(&table));
        (Just(table.name), uuid, cells).prop_map(|(name, uuid, cells)| ((name, uuid), cells))
    });
    prop::collection::vec(change, 0..6).boxed()
}

/// The states of a database one after the other, from the empty one on.
pub(crate) fn history(steps: usize) -> impl Strategy<Value = Vec<Rows>> {
    prop::collection::vec(step(), 1..=steps).prop_map(|steps| {
        let schema = schema();
        let mut states = vec![Rows::new()];
        let mut rows = Rows::new();
        for step in steps {
            for ((table, uuid), cells) in step {
                let defaults = || defaults(schema.table(&table).unwrap());
                match cells {
                    Some(cells) => rows
                        .entry((table.clone(), uuid))
                        .or_insert_with(defaults)
                        .extend(cells),
                    None => drop(rows.remove(&(table, uuid))),
                }
            }
            states.push(rows.clone());
        }
        states
    })
}

fn defaults(table: &TableSchema) -> Cells {
    let columns = table.columns.iter();
    columns
        .map(|column| (column.name.clone(), default(&column.column_type)))
        .collect()
}

fn default(column_type: &ColumnType) -> Datum {
    let atom = |base: AtomRef<'_>| base.to_owned();
    let key = atom(column_type.key.kind.default_atom());
    match &column_type.value {
        None if column_type.min == 0 => Datum::Set(vec![]),
        None => Datum::Set(vec![key]),
        Some(_) if column_type.min == 0 => Datum::Map(vec![]),
        Some(value) => Datum::Map(vec![(key, atom(value.kind.default_atom()))]),
    }
}

/// The rows of a snapshot.
pub(crate) fn rows(snapshot: &Snapshot) -> Rows {
    let mut rows = Rows::new();
    for table in snapshot.tables() {
        let layout = table.layout();
        for row in table.iter() {
            let cells = row
                .values(layout)
                .map(|(name, value)| (name.into(), value.to_datum()));
            rows.insert((layout.name.clone(), row.uuid()), cells.collect());
        }
    }
    rows
}

/// The rows that differ between two states.
pub(crate) fn changed(before: &Rows, after: &Rows) -> BTreeSet<(Box<str>, Uuid)> {
    let rows = before.keys().chain(after.keys());
    rows.filter(|row| before.get(*row) != after.get(*row))
        .cloned()
        .collect()
}

/// Only what is on one side, and of two values of one key the new one.
fn difference(column_type: &ColumnType, old: &Datum, new: &Datum) -> Datum {
    match (old, new) {
        (Datum::Set(old), Datum::Set(new)) if column_type.max > 1 => {
            let (old, new): (BTreeSet<&Atom>, BTreeSet<&Atom>) =
                (old.iter().collect(), new.iter().collect());
            Datum::Set(old.symmetric_difference(&new).copied().cloned().collect())
        }
        (Datum::Map(old), Datum::Map(new)) if column_type.max > 1 => {
            let old: BTreeMap<Atom, Atom> = old.iter().cloned().collect();
            let new: BTreeMap<Atom, Atom> = new.iter().cloned().collect();
            let mut pairs = old.clone();
            pairs.extend(new.clone());
            pairs.retain(|key, _| old.get(key) != new.get(key));
            Datum::Map(pairs.into_iter().collect())
        }
        _ => new.clone(),
    }
}

fn object<'a>(cells: impl Iterator<Item = (&'a Box<str>, Datum)>) -> Json {
    let members: Map<String, Json> = cells
        .map(|(name, datum)| (name.to_string(), serde_json::to_value(datum).unwrap()))
        .collect();
    Json::Object(members)
}

fn full(cells: &Cells) -> Json {
    object(cells.iter().map(|(name, datum)| (name, datum.clone())))
}

fn without_defaults(table: &TableSchema, cells: &Cells) -> Json {
    let defaults = defaults(table);
    let set = cells
        .iter()
        .filter(|(name, datum)| defaults[*name] != **datum);
    object(set.map(|(name, datum)| (name, datum.clone())))
}

fn differences(table: &TableSchema, old: &Cells, new: &Cells) -> Json {
    let changed = new.iter().filter(|(name, datum)| old[*name] != **datum);
    object(changed.map(|(name, datum)| {
        let column_type = &table.column(name).unwrap().column_type;
        (name, difference(column_type, &old[name], datum))
    }))
}

fn changes(old: &Cells, new: &Cells, of: &Cells) -> Json {
    let changed = of.iter().filter(|(name, _)| old[*name] != new[*name]);
    object(changed.map(|(name, datum)| (name, datum.clone())))
}

/// An object of tables, of rows, of what `tell` says of a row before and after.
fn tables(
    before: &Rows,
    after: &Rows,
    tell: impl Fn(&TableSchema, Option<&Cells>, Option<&Cells>) -> Json,
) -> Map<String, Json> {
    let schema = schema();
    let mut tables = Map::new();
    for row in changed(before, after) {
        let table = schema.table(&row.0).unwrap();
        let told = tell(table, before.get(&row), after.get(&row));
        let rows = tables.entry(&*row.0).or_insert_with(|| json!({}));
        rows[row.1.to_string()] = told;
    }
    tables
}

/// A notification of what changed.
pub(crate) fn update(before: &Rows, after: &Rows, format: Format) -> String {
    let tables = tables(before, after, |table, old, new| match (format, old, new) {
        (Format::Old, None, Some(new)) => json!({"new": full(new)}),
        (Format::Old, Some(old), None) => json!({"old": full(old)}),
        (Format::Old, Some(old), Some(new)) => {
            json!({"old": changes(old, new, old), "new": full(new)})
        }
        (Format::Differences, None, Some(new)) => {
            json!({"insert": without_defaults(table, new)})
        }
        (Format::Differences, Some(_), None) => json!({"delete": null}),
        (Format::Differences, Some(old), Some(new)) => {
            json!({"modify": differences(table, old, new)})
        }
        (_, None, None) => Json::Null,
    });
    Json::Object(tables).to_string()
}

/// A monitor's reply.
pub(crate) fn initial(rows: &Rows, format: Format) -> String {
    let empty = Rows::new();
    let tables = tables(&empty, rows, |table, _, new| match (format, new) {
        (Format::Old, Some(new)) => json!({"new": full(new)}),
        (Format::Differences, Some(new)) => json!({"initial": without_defaults(table, new)}),
        (_, None) => Json::Null,
    });
    Json::Object(tables).to_string()
}

/// A transaction in a database file, with differences or without.
pub(crate) fn transaction(before: &Rows, after: &Rows, is_diff: bool, date: i64) -> String {
    let mut members = tables(before, after, |table, old, new| match (old, new) {
        (None, Some(new)) => without_defaults(table, new),
        (Some(old), Some(new)) if is_diff => differences(table, old, new),
        (Some(old), Some(new)) => changes(old, new, new),
        (_, None) => Json::Null,
    });
    members.insert("_date".to_owned(), date.into());
    members.insert("_comment".to_owned(), "ovs-vsctl: by a test".into());
    if is_diff {
        members.insert("_is_diff".to_owned(), true.into());
    }
    Json::Object(members).to_string()
}
