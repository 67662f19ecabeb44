//! Standalone files made by the test: histories, damage, and what is odd but sound.

use proptest::prelude::*;

use crate::dbfile::file::tests::{SCHEMA, describe};
use crate::dbfile::record::tests::record;
use crate::dbfile::{DatabaseFile, ReadOptions};
use crate::replica::history::{self, history, rows};

const A: &str = "00000000-0000-0000-0000-00000000000a";

fn file(transactions: &[&str]) -> Vec<u8> {
    let mut file = record("JSON", SCHEMA);
    for transaction in transactions {
        file.extend(record("JSON", transaction));
    }
    file
}

fn check(bytes: &[u8]) -> String {
    describe(bytes, &ReadOptions::default())
}

proptest! {
    #[test]
    fn a_log_of_differences_and_one_of_whole_values_end_in_the_same_rows(
        states in history(6),
        is_diff in prop::collection::vec(any::<bool>(), 6),
    ) {
        let last = (1_700_000_000_000..).zip(&states[1..]).last().map(|(date, _)| date);
        for mixed in [vec![false; 6], vec![true; 6], is_diff] {
            let mut bytes = record("JSON", history::SCHEMA);
            let steps = states.windows(2).zip(&mixed).zip(1_700_000_000_000..);
            for ((pair, &is_diff), date) in steps {
                let body = history::transaction(&pair[0], &pair[1], is_diff, date);
                bytes.extend(record("JSON", &(body + "\n")));
            }
            let file = DatabaseFile::read(&bytes, &[]).unwrap();
            prop_assert_eq!(&rows(&file.snapshot), &states[states.len() - 1]);
            prop_assert_eq!(&file.faults, &[]);
            prop_assert_eq!(file.transactions, states.len() - 1);
            prop_assert_eq!(file.written, last);
        }
    }

    #[test]
    fn any_bodies_give_rows_or_an_error(
        states in history(3),
        cuts in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..4, "[\\[\\]{}\",:0-9a-z\\\\]{0,4}"),
            0..4,
        ),
    ) {
        let last = &states[states.len() - 1];
        let body = history::transaction(&states[0], last, true, 1);
        let mut body: Vec<char> = body.chars().collect();
        for (at, length, splice) in cuts {
            let at = at.index(body.len() + 1);
            let end = (at + length).min(body.len());
            body.splice(at..end, splice.chars());
        }
        let body: String = body.into_iter().collect();
        let _ = check(&[record("JSON", history::SCHEMA), record("JSON", &body)].concat());
        let _ = check(&[record("JSON", &body), record("JSON", "{}")].concat());
    }
}

#[test]
fn rows_are_inserted_changed_and_deleted() {
    let insert = format!(
        r#"{{"_date": 1700000000000, "shapes": {{"{A}": {{"bounded": ["set", [1, 2, 3]],
            "map": ["map", [["a", "1"], ["b", "2"]]], "map_of_one": ["map", [["k", 1]]]}}}}}}"#
    );
    // Four elements in a column of three at most: differences may break the bounds.
    let difference = format!(
        r#"{{"_is_diff": true, "shapes": {{"{A}": {{"bounded": ["set", [2, 3, 4, 5]],
            "map": ["map", [["a", "1"], ["b", "3"], ["c", "4"]]],
            "map_of_one": ["map", [["j", 2]]], "least": "x"}}}}}}"#
    );
    let whole = format!(r#"{{"shapes": {{"{A}": {{"bounded": 9, "map": ["map", []]}}}}}}"#);
    let delete = format!(r#"{{"shapes": {{"{A}": null}}, "_comment": "gone"}}"#);
    let steps = [&*insert, &difference, &whole, &delete];
    let reports: Vec<_> = (0..=4).map(|count| check(&file(&steps[..count]))).collect();
    insta::assert_snapshot!(reports.join("\n"), @r#"
    0 transactions, None
    1 transactions, Some(1700000000000)
    shapes 00000000-0000-0000-0000-00000000000a bounded=[1, 2, 3] map={a="1", b="2"} map_of_one=k=1
    2 transactions, Some(1700000000000)
    shapes 00000000-0000-0000-0000-00000000000a bounded=[1, 4, 5] least=["", x] map={b="3", c="4"} map_of_one=j=2
    3 transactions, Some(1700000000000)
    shapes 00000000-0000-0000-0000-00000000000a bounded=[9] least=["", x] map_of_one=j=2
    4 transactions, Some(1700000000000)
    "#);
}

#[test]
fn dates_are_seconds_in_old_files_and_milliseconds_in_new_ones() {
    let written = |date: &str| {
        let body = format!(r#"{{"_date": {date}}}"#);
        let file = DatabaseFile::read(&file(&[&body, "{}"]), &[]).unwrap();
        assert_eq!(file.transactions, 2);
        file.written
    };
    assert_eq!(written("1700000000"), Some(1_700_000_000_000));
    assert_eq!(written("2147483646"), Some(2_147_483_646_000));
    assert_eq!(written("2147483647"), Some(2_147_483_647));
    assert_eq!(written("1700000000123"), Some(1_700_000_000_123));
    assert_eq!(written("-9223372036854775808"), Some(i64::MIN));
    assert_eq!(written("\"today\""), None);
}

#[test]
fn sound_records_with_odd_content_become_faults() {
    let insert = format!(r#"{{"atoms": {{"{A}": {{"integer": 7, "string": "kept"}}}}}}"#);
    let odd = format!(
        r#"{{"gone": {{"{A}": {{}}}}, "_unknown": 1, "_is_diff": "yes",
          "atoms": {{"{A}": {{"integer": "x", "dropped": 1}}, "x": {{}},
                     "00000000-0000-0000-0000-00000000000b": null,
                     "00000000-0000-0000-0000-00000000000c": 5}}}}"#
    );
    insta::assert_snapshot!(check(&file(&[&insert, &odd])), @"
    2 transactions, None
    fault: atoms 00000000-0000-0000-0000-00000000000a integer: this is no integer at line 1 column 3
    fault: atoms x -: this is no uuid of a row
    fault: atoms 00000000-0000-0000-0000-00000000000b -: a row that is not there is deleted
    fault: atoms 00000000-0000-0000-0000-00000000000c -: invalid type: integer `5`, expected a map at line 1 column 1
    fault: gone  -: the schema has no such table
    atoms 00000000-0000-0000-0000-00000000000a integer=7 string=kept
    ");
}

#[test]
fn what_is_no_standalone_database_is_told() {
    let sound = file(&["{}"]);
    let mut flipped = sound.clone();
    let last = flipped.len() - 1;
    flipped[last] ^= 1;
    let mut report = String::new();
    for (what, bytes) in [
        ("no bytes", vec![]),
        ("text", b"hello\n".to_vec()),
        ("header cut short", sound[..30].to_vec()),
        ("clustered header without members", record("CLUSTER", "{}")),
        ("schema cut short", sound[..200].to_vec()),
        ("schema no JSON", record("JSON", "x")),
        ("schema without tables", record("JSON", r#"{"name": "N"}"#)),
        ("array", file(&["{}", "[]"])),
        ("two objects", file(&["{} {}"])),
        ("table no object", file(&[r#"{"atoms": []}"#])),
        ("bit flip", flipped),
        (
            "trailing blank line",
            [sound.clone(), b"\n".to_vec()].concat(),
        ),
        (
            "clustered record",
            [sound, record("CLUSTER", "{}")].concat(),
        ),
    ] {
        report += &format!("{what} => {}\n", check(&bytes));
    }
    insta::assert_snapshot!(report, @"
    no bytes => error: the file holds no schema
    text => error: the file is no OVSDB database: it does not begin with a record header
    header cut short => error: the file is no OVSDB database: it does not begin with a record header
    clustered header without members => error: record 0 at byte 0 does not fit the log: it is no record of a cluster member's log: missing field `name` at line 1 column 2
    schema cut short => error: the file is damaged: record 0 at byte 0: the file ends within the record: 144 of 848 bytes are there
    schema no JSON => error: the first record holds no schema: the schema is no JSON: expected value at line 1 column 1
    schema without tables => error: the first record holds no schema: schema: it has no member `tables`
    array => error: record 2 at byte 960 holds no transaction: the table updates cannot be read: invalid type: sequence, expected a map at line 1 column 0
    two objects => error: record 1 at byte 904 holds no transaction: the table updates cannot be read: trailing characters at line 1 column 4
    table no object => error: record 1 at byte 904 holds no transaction: the table updates cannot be read: invalid type: sequence, expected an object of rows at line 1 column 0
    bit flip => error: the file is damaged: record 1 at byte 904: the checksum does not fit the record
    trailing blank line => error: the file is damaged: record 2 at byte 960: no record header stands here
    clustered record => error: the file is damaged: record 2 at byte 960: the header is one of another kind of log
    ");
}
