//! Schemas, sound and malformed.

use std::sync::Arc;

use super::*;
use crate::schema::DatabaseLayout;
use crate::value::{Datum, Uuid, Value};

const SCHEMA: &str = r#"{
    "name": "Shop", "version": "1.2.3", "cksum": "1 2",
    "tables": {
        "Shelf": {
            "columns": {
                "name": {"type": "string", "mutable": false},
                "height": {"type": {"key": {"type": "integer", "minInteger": 0, "maxInteger": 1e3}}},
                "weight": {"type": {"key": {"type": "real", "minReal": 0, "maxReal": 1.5}}},
                "colour": {"type": {"key": {"type": "string", "enum": ["set", ["red", "blue"]]},
                                    "min": 0}},
                "only": {"type": {"key": {"type": "integer", "enum": 4}}},
                "label": {"type": {"key": {"type": "string", "minLength": 3, "maxLength": 63}}},
                "goods": {"type": {"key": {"type": "uuid", "refTable": "Good"},
                                   "min": 0, "max": "unlimited"}},
                "next": {"type": {"key": {"type": "uuid", "refTable": "Shelf", "refType": "weak"},
                                  "min": 0, "max": 1}},
                "options": {"type": {"key": "string", "value": "string",
                                     "min": 0, "max": "unlimited"}},
                "prices": {"type": {"key": {"type": "integer"}, "value": {"type": "uuid",
                                    "refTable": "Good", "refType": "strong"}, "min": 1, "max": 4}},
                "state": {"type": "boolean", "ephemeral": true},
                "_version": {"type": "uuid"}
            },
            "indexes": [["name"], ["height", "label"]],
            "isRoot": true,
            "maxRows": 100
        },
        "Good": {"columns": {}}
    }
}"#;

#[test]
fn a_schema_is_read_with_everything_it_says() {
    let schema = DatabaseSchema::parse(SCHEMA).unwrap();
    let mut report = format!("{} {}\n", schema.name, schema.version);
    for table in &schema.tables {
        report += &format!(
            "{}: root {}, rows {:?}, indexes {:?}\n",
            table.name, table.is_root, table.max_rows, table.indexes
        );
        for column in &table.columns {
            let ColumnType { min, max, .. } = column.column_type;
            let kept = if column.ephemeral { ", ephemeral" } else { "" };
            let fixed = if column.mutable { "" } else { ", immutable" };
            let (name, column_type) = (&column.name, &column.column_type);
            report += &format!("  {name}: {column_type} ({min} to {max}{kept}{fixed})\n");
        }
    }
    insta::assert_snapshot!(report, @r#"
    Shop 1.2.3
    Good: root false, rows None, indexes []
    Shelf: root true, rows Some(100), indexes [["name"], ["height", "label"]]
      colour: optional string (one of red, blue) (0 to 1)
      goods: set of reference to Good (0 to 4294967295)
      height: integer (1 to 1)
      label: string (1 to 1)
      name: string (1 to 1, immutable)
      next: optional weak reference to Shelf (0 to 1)
      only: integer (one of 4) (1 to 1)
      options: map of string to string (0 to 4294967295)
      prices: map of integer to reference to Good (1 to 4)
      state: boolean (1 to 1, ephemeral)
      weight: real (1 to 1)
    "#);
}

#[test]
fn constraints_are_kept() {
    let schema = DatabaseSchema::parse(SCHEMA).unwrap();
    let shelf = schema.table("Shelf").unwrap();
    let key = |name| &shelf.column(name).unwrap().column_type.key;
    let height = key("height");
    assert_eq!(
        (height.min_integer, height.max_integer),
        (Some(0), Some(1000))
    );
    let weight = key("weight");
    assert_eq!((weight.min_real, weight.max_real), (Some(0.0), Some(1.5)));
    let label = key("label");
    assert_eq!((label.min_length, label.max_length), (Some(3), Some(63)));
    assert_eq!(
        key("colour").enumeration,
        [Atom::from("red"), Atom::from("blue")]
    );
    assert_eq!(key("only").enumeration, [Atom::from(4)]);
    assert_eq!(shelf.column("no"), None);
    assert_eq!(shelf.column("_version"), None);
    assert_eq!(schema.table("shelf"), None);
}

#[test]
fn where_no_table_is_a_root_all_are() {
    let roots = |flag: &str| {
        let text = format!(
            r#"{{"name": "N", "tables": {{"A": {{"columns": {{}}{flag}}}, "B": {{"columns": {{}}}}}}}}"#
        );
        let schema = DatabaseSchema::parse(&text).unwrap();
        schema
            .tables
            .iter()
            .map(|table| table.is_root)
            .collect::<Vec<_>>()
    };
    assert_eq!(roots(""), [true, true]);
    assert_eq!(roots(r#", "isRoot": false"#), [true, true]);
    assert_eq!(roots(r#", "isRoot": true"#), [true, false]);
}

fn check(texts: &[&str]) -> String {
    let mut report = String::new();
    for text in texts {
        let line = match DatabaseSchema::parse(text) {
            Ok(schema) => format!("{} tables", schema.tables.len()),
            Err(SchemaError::Json(_)) => "no JSON".to_owned(),
            Err(error) => error.to_string(),
        };
        report += &format!("{text} => {line}\n");
    }
    report
}

#[test]
fn a_malformed_schema_is_told_with_its_place() {
    insta::assert_snapshot!(check(&[
        "",
        "[]",
        "{}",
        r#"{"name": 1, "tables": {}}"#,
        r#"{"name": "N"}"#,
        r#"{"name": "N", "version": 1, "tables": {}}"#,
        r#"{"name": "N", "tables": []}"#,
        r#"{"name": "N", "tables": {}}"#,
        r#"{"name": "N", "tables": {"A": []}}"#,
        r#"{"name": "N", "tables": {"A": {}}}"#,
        r#"{"name": "N", "tables": {"A": {"columns": []}}}"#,
        r#"{"name": "N", "tables": {"A": {"columns": {}, "maxRows": 0}}}"#,
        r#"{"name": "N", "tables": {"A": {"columns": {}, "isRoot": 1}}}"#,
        r#"{"name": "N", "tables": {"A": {"columns": {}, "indexes": {}}}}"#,
        r#"{"name": "N", "tables": {"A": {"columns": {}, "indexes": ["a"]}}}"#,
        r#"{"name": "N", "tables": {"A": {"columns": {}, "indexes": [["a"]]}}}"#,
    ]), @r#"
     => no JSON
    [] => schema: it is no JSON object
    {} => schema: it has no string `name`
    {"name": 1, "tables": {}} => schema: it has no string `name`
    {"name": "N"} => schema: it has no member `tables`
    {"name": "N", "version": 1, "tables": {}} => schema: it has no string `version`
    {"name": "N", "tables": []} => tables: it is no JSON object
    {"name": "N", "tables": {}} => 0 tables
    {"name": "N", "tables": {"A": []}} => A: it is no JSON object
    {"name": "N", "tables": {"A": {}}} => A: it has no member `columns`
    {"name": "N", "tables": {"A": {"columns": []}}} => A: it is no JSON object
    {"name": "N", "tables": {"A": {"columns": {}, "maxRows": 0}}} => A: `maxRows` is no positive integer
    {"name": "N", "tables": {"A": {"columns": {}, "isRoot": 1}}} => A: `isRoot` is no boolean
    {"name": "N", "tables": {"A": {"columns": {}, "indexes": {}}}} => A: `indexes` is no array
    {"name": "N", "tables": {"A": {"columns": {}, "indexes": ["a"]}}} => A: an index is no array of columns
    {"name": "N", "tables": {"A": {"columns": {}, "indexes": [["a"]]}}} => A: an index names "a", no column
    "#);
}

#[test]
fn a_malformed_column_is_told_with_its_place() {
    let columns = [
        r#"1"#,
        r#"{}"#,
        r#"{"type": 1}"#,
        r#"{"type": "float"}"#,
        r#"{"type": {}}"#,
        r#"{"type": {"key": {}}}"#,
        r#"{"type": {"key": {"type": "text"}}}"#,
        r#"{"type": {"key": "string", "value": 1}}"#,
        r#"{"type": {"key": "string", "min": 2, "max": 3}}"#,
        r#"{"type": {"key": "string", "max": 0}}"#,
        r#"{"type": {"key": "string", "max": "many"}}"#,
        r#"{"type": {"key": "string", "min": "unlimited"}}"#,
        r#"{"type": {"key": "string", "min": -1}}"#,
        r#"{"type": {"key": {"type": "integer", "minInteger": "1"}}}"#,
        r#"{"type": {"key": {"type": "integer", "maxInteger": 9223372036854775808}}}"#,
        r#"{"type": {"key": {"type": "real", "maxReal": true}}}"#,
        r#"{"type": {"key": {"type": "string", "maxLength": -1}}}"#,
        r#"{"type": {"key": {"type": "integer", "enum": ["set", [1, "two"]]}}}"#,
        r#"{"type": {"key": {"type": "uuid", "refTable": 1}}}"#,
        r#"{"type": {"key": {"type": "uuid", "refTable": "A", "refType": "some"}}}"#,
        r#"{"type": "string", "mutable": "no"}"#,
        r#"{"type": "string", "ephemeral": 0}"#,
    ];
    let mut report = String::new();
    for column in columns {
        let text =
            format!(r#"{{"name": "N", "tables": {{"A": {{"columns": {{"c": {column}}}}}}}}}"#);
        let error = DatabaseSchema::parse(&text).unwrap_err();
        report += &format!("{column} => {error}\n");
    }
    insta::assert_snapshot!(report, @r#"
    1 => A.c: it is no JSON object
    {} => A.c: it has no member `type`
    {"type": 1} => A.c: it is no JSON object
    {"type": "float"} => A.c: "float" names no atomic type
    {"type": {}} => A.c: its type has no member `key`
    {"type": {"key": {}}} => A.c: {} names no atomic type
    {"type": {"key": {"type": "text"}}} => A.c: {"type":"text"} names no atomic type
    {"type": {"key": "string", "value": 1}} => A.c: it is no JSON object
    {"type": {"key": "string", "min": 2, "max": 3}} => A.c: it may hold 2 to 3 values; `min` is 0 or 1 and `max` at least 1
    {"type": {"key": "string", "max": 0}} => A.c: it may hold 1 to 0 values; `min` is 0 or 1 and `max` at least 1
    {"type": {"key": "string", "max": "many"}} => A.c: `max` is no count: "many"
    {"type": {"key": "string", "min": "unlimited"}} => A.c: `min` is no count: "unlimited"
    {"type": {"key": "string", "min": -1}} => A.c: `min` is no count: -1
    {"type": {"key": {"type": "integer", "minInteger": "1"}}} => A.c: `minInteger` is no integer: "1"
    {"type": {"key": {"type": "integer", "maxInteger": 9223372036854775808}}} => A.c: `maxInteger` is no integer: 9223372036854775808
    {"type": {"key": {"type": "real", "maxReal": true}}} => A.c: `maxReal` is no real: true
    {"type": {"key": {"type": "string", "maxLength": -1}}} => A.c: `maxLength` is negative
    {"type": {"key": {"type": "integer", "enum": ["set", [1, "two"]]}}} => A.c: `enum` holds "two", no integer
    {"type": {"key": {"type": "uuid", "refTable": 1}}} => A.c: `refTable` is no string
    {"type": {"key": {"type": "uuid", "refTable": "A", "refType": "some"}}} => A.c: `refType` is neither strong nor weak
    {"type": "string", "mutable": "no"} => A.c: `mutable` is no boolean
    {"type": "string", "ephemeral": 0} => A.c: `ephemeral` is no boolean
    "#);
}

#[test]
fn a_table_with_more_columns_than_rows_can_number_is_refused() {
    let table = |count: usize| {
        let columns: Vec<String> = (0..count)
            .map(|number| format!(r#""c{number}":{{"type":"integer"}}"#))
            .collect();
        let columns = columns.join(",");
        format!(r#"{{"name":"T","tables":{{"A":{{"columns":{{{columns}}}}}}}}}"#)
    };
    let most = DatabaseSchema::parse(&table(32_768)).unwrap();
    let layout = DatabaseLayout::new(Arc::new(most), &[]);
    assert_eq!(layout.tables()[0].present().count(), 32_768);
    let error = DatabaseSchema::parse(&table(32_769)).unwrap_err();
    insta::assert_snapshot!(error, @"A: it has 32769 columns, 32768 at most");
}

#[test]
fn defaults_are_those_of_the_rfc() {
    let schema = DatabaseSchema::parse(SCHEMA).unwrap();
    let shelf = schema.table("Shelf").unwrap();
    let default = |name| {
        let column_type = &shelf.column(name).unwrap().column_type;
        let payload = column_type.default_payload();
        Value::new(column_type, &payload).to_datum()
    };
    assert_eq!(default("name"), Datum::scalar(""));
    assert_eq!(default("height"), Datum::scalar(0));
    assert_eq!(default("state"), Datum::scalar(false));
    assert_eq!(default("next"), Datum::Set(vec![]));
    assert_eq!(default("options"), Datum::Map(vec![]));
    let nil = Atom::Uuid(Uuid::nil());
    assert_eq!(default("prices"), Datum::Map(vec![(Atom::from(0), nil)]));
}
