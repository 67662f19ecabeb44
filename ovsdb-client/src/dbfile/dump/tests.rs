//! Dumps of ovsdb-client 3.1.0 and what is none.

use std::sync::Arc;

use super::*;
use crate::dbfile::file::tests::describe;
use crate::dbfile::{DatabaseFile, FileKind, Moment};
use crate::schema::definition::{BaseDef, ColumnDef};
use crate::value::Kind;

/// `ovsdb-client dump -f json unix:s T` of 3.1.0.
const DUMP: &str = r#"{"caption":"A table","data":[[["uuid","fd79c6d6-3040-45ef-8491-48f4935ae7bc"],["set",[]],"",["map",[]],0,0,["set",[]]],[["uuid","d28d181f-1b3e-472b-9f45-d4452aecec9d"],["set",[]],"x",["map",[["k","v"]]],1,1.5,["set",["a","b"]]]],"headings":["_uuid","b","e","m","n","r","s"]}

"#;

const SCHEMA: &str = r#"{"name":"T","version":"1.0.0","tables":{"A":{"columns":{
    "b":{"type":{"key":"integer","min":0,"max":3}},
    "e":{"type":"string","ephemeral":true},
    "m":{"type":{"key":"string","value":"string","min":0,"max":"unlimited"}},
    "n":{"type":"integer"},
    "r":{"type":"real"},
    "s":{"type":{"key":"string","min":0,"max":"unlimited"}}}},
    "B":{"columns":{"n":{"type":"integer"}}}}}"#;

fn given() -> ReadOptions {
    ReadOptions {
        schema: Some(Arc::new(DatabaseSchema::parse(SCHEMA).unwrap())),
        ..ReadOptions::default()
    }
}

#[test]
fn a_dump_is_read_with_a_given_schema() {
    insta::assert_snapshot!(describe(DUMP.as_bytes(), &given()), @"
    1 transactions, None
    A d28d181f-1b3e-472b-9f45-d4452aecec9d e=x m={k=v} n=1 r=1.5 s=[a, b]
    A fd79c6d6-3040-45ef-8491-48f4935ae7bc
    ");
    let file = DatabaseFile::read_with(DUMP.as_bytes(), &[], &given()).unwrap();
    assert_eq!(file.kind, FileKind::Dump);
    assert_eq!(file.unrecorded().count(), 0);
    // A table that was not dumped is absent rather than empty.
    assert!(file.snapshot.table("B").is_none());
}

#[test]
fn of_some_columns_the_others_are_absent() {
    let dump = r#"{"caption":"A table","data":[[1,["uuid","d28d181f-1b3e-472b-9f45-d4452aecec9d"]]],"headings":["n","_uuid"]}"#;
    let file = DatabaseFile::read_with(dump.as_bytes(), &[], &given()).unwrap();
    let table = file.snapshot.table("A").unwrap();
    let columns: Vec<&str> = table.layout().present().map(|(_, c)| &*c.name).collect();
    assert_eq!((table.len(), columns), (1, vec!["n"]));
}

#[test]
fn what_is_no_dump_or_a_part_of_one_is_told() {
    let cut = &DUMP[..DUMP.len() - 10];
    let two = format!("{DUMP}{cut}");
    let at = |until| ReadOptions {
        until: Some(until),
        ..given()
    };
    let stop = ReadOptions {
        damage: OnDamage::Stop,
        ..given()
    };
    let mut report = String::new();
    for (what, text, options) in [
        ("no schema", DUMP, ReadOptions::default()),
        ("other object", "{\"a\": 1}", given()),
        ("cut short", cut, given()),
        ("cut short, stop", cut, stop.clone()),
        ("second cut short", &two, given()),
        ("second cut short, stop", &two, stop),
        (
            "no uuid",
            r#"{"caption":"A table","data":[[0]],"headings":["n"]}"#,
            given(),
        ),
        (
            "bad uuid",
            r#"{"caption":"A table","data":[[0]],"headings":["_uuid"]}"#,
            given(),
        ),
        (
            "bad value",
            r#"{"caption":"A table","data":[[["uuid","d28d181f-1b3e-472b-9f45-d4452aecec9d"],"x"]],"headings":["_uuid","n"]}"#,
            given(),
        ),
        (
            "unknown table",
            r#"{"caption":"C table","data":[],"headings":["n"]}"#,
            given(),
        ),
        ("record 0", DUMP, at(Moment::Record(0))),
        ("record 1", DUMP, at(Moment::Record(1))),
        ("time", DUMP, at(Moment::Time(i64::MAX))),
    ] {
        report += &format!("{what} => {}\n", describe(text.as_bytes(), &options));
    }
    insta::assert_snapshot!(report, @"
    no schema => error: a dump holds no schema, and none that fits it is known
    other object => error: the file is JSON, but no dump of a database (`ovsdb-client dump -f json`): missing field `caption` at line 1 column 8
    cut short => error: the file is JSON, but no dump of a database (`ovsdb-client dump -f json`): EOF while parsing a string at line 1 column 266
    cut short, stop => error: the file is JSON, but no dump of a database (`ovsdb-client dump -f json`): EOF while parsing a string at line 1 column 266
    second cut short => error: the file is JSON, but no dump of a database (`ovsdb-client dump -f json`): EOF while parsing a string at line 3 column 266
    second cut short, stop => 1 transactions, None
    damage: record 1 at byte 274: EOF while parsing a string at line 3 column 266; 268 bytes are passed over, and nothing after them is used
    A d28d181f-1b3e-472b-9f45-d4452aecec9d e=x m={k=v} n=1 r=1.5 s=[a, b]
    A fd79c6d6-3040-45ef-8491-48f4935ae7bc
    no uuid => 1 transactions, None
    fault: A  -: the dump leaves out the column _uuid
    bad uuid => 1 transactions, None
    fault: A 0 -: this is no uuid of a row
    bad value => 1 transactions, None
    fault: A d28d181f-1b3e-472b-9f45-d4452aecec9d n: this is no integer at line 1 column 3
    A d28d181f-1b3e-472b-9f45-d4452aecec9d
    unknown table => 1 transactions, None
    fault: C  -: the schema has no such table
    record 0 => 1 transactions, None
    A d28d181f-1b3e-472b-9f45-d4452aecec9d e=x m={k=v} n=1 r=1.5 s=[a, b]
    A fd79c6d6-3040-45ef-8491-48f4935ae7bc
    record 1 => error: the file has no record 1: its sound records are 1 in number
    time => error: the file does not reach back to that time
    ");
}

#[test]
fn the_database_is_the_generated_one_that_fits_best() {
    const fn column(name: &'static str) -> ColumnDef {
        ColumnDef {
            name,
            key: BaseDef::plain(Kind::Integer),
            value: None,
            min: 1,
            max: 1,
            mutable: true,
            ephemeral: false,
        }
    }
    const fn table(
        database: &'static str,
        name: &'static str,
        columns: &'static [ColumnDef],
    ) -> TableDef {
        TableDef {
            database,
            name,
            is_root: true,
            max_rows: None,
            columns,
            indexes: &[&[0]],
        }
    }
    static NORTH: TableDef = table("North", "A", &[column("n"), column("x")]);
    static SOUTH: TableDef = table("South", "A", &[column("n"), column("y")]);
    static OTHER: TableDef = table("South", "B", &[column("n")]);
    let generated: &[&'static TableDef] = &[&NORTH, &SOUTH, &OTHER];
    let database = |dump: &str| {
        DatabaseFile::read(dump.as_bytes(), generated)
            .map(|file| file.snapshot.layout().schema.name.to_string())
            .map_err(|error| error.to_string())
    };
    let dump = |table: &str, column: &str| {
        format!(r#"{{"caption":"{table} table","data":[],"headings":["_uuid","{column}"]}}"#)
    };
    assert_eq!(database(&dump("A", "x")).as_deref(), Ok("North"));
    assert_eq!(database(&dump("A", "y")).as_deref(), Ok("South"));
    assert_eq!(
        database(&(dump("A", "n") + &dump("B", "n"))).as_deref(),
        Ok("South")
    );
    assert!(database(&dump("A", "n")).is_err());
    assert!(database(&dump("C", "n")).is_err());
}
