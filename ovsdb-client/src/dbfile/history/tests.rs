//! Histories: their transactions, the moments in them, and what becomes of them at damage.

use proptest::prelude::*;

use super::*;
use crate::dbfile::file::tests::{SCHEMA, describe, error_chain, rows};
use crate::dbfile::record::tests::record;
use crate::dbfile::{Checksums, Entries, FileError, Only, RecordProblem, check};
use crate::replica::history::{self, history};
use crate::schema::Selection;

const A: &str = "00000000-0000-0000-0000-00000000000a";

/// A file that counts in a row, one transaction a second.
fn counting() -> Vec<u8> {
    let mut bytes = record("JSON", SCHEMA);
    for second in 1..=4 {
        let body = format!(
            r#"{{"_date": {}, "_comment": "count \"{second}\"", "atoms": {{"{A}": {{"integer": {second}}}}}}}"#,
            1_700_000_000_000_u64 + 1000 * second
        );
        bytes.extend(record("JSON", &body));
    }
    bytes
}

fn at(until: Moment) -> ReadOptions {
    ReadOptions {
        until: Some(until),
        ..ReadOptions::default()
    }
}

fn on(damage: OnDamage) -> ReadOptions {
    ReadOptions {
        damage,
        ..ReadOptions::default()
    }
}

#[test]
fn a_history_tells_each_transaction_and_what_it_did() {
    let bytes = counting();
    let mut history = History::open(&bytes, &[], &ReadOptions::default()).unwrap();
    assert_eq!(
        (history.kind(), history.remaining()),
        (FileKind::Standalone, 4)
    );
    let mut report = rows(&history.snapshot());
    let mut snapshots = vec![history.snapshot()];
    while let Some(transaction) = history.next() {
        let transaction = transaction.unwrap();
        let [changed] = transaction.changes.table("atoms") else {
            panic!("one row changes");
        };
        let snapshot = history.snapshot();
        report += &format!(
            "record {} at {}: {:?} {:?}, {:?} before, {:?} after:{}\n",
            transaction.record,
            transaction.offset,
            transaction.date,
            transaction.comment,
            changed.old.is_some(),
            changed.new.is_some(),
            rows(&snapshot).replace('\n', " "),
        );
        snapshots.push(snapshot);
    }
    insta::assert_snapshot!(report, @r#"
    record 1 at 904: Some(1700000001000) Some("count \"1\""), false before, true after: atoms 00000000-0000-0000-0000-00000000000a integer=1
    record 2 at 1078: Some(1700000002000) Some("count \"2\""), true before, true after: atoms 00000000-0000-0000-0000-00000000000a integer=2
    record 3 at 1252: Some(1700000003000) Some("count \"3\""), true before, true after: atoms 00000000-0000-0000-0000-00000000000a integer=3
    record 4 at 1426: Some(1700000004000) Some("count \"4\""), true before, true after: atoms 00000000-0000-0000-0000-00000000000a integer=4
    "#);
    // Each moment stays as it was.
    let kept: Vec<String> = snapshots.iter().map(rows).collect();
    for (record, rows) in kept.iter().enumerate() {
        let report = describe(&bytes, &at(Moment::Record(record)));
        assert!(report.ends_with(rows.as_str()), "{report} and {rows}");
    }
}

#[test]
fn a_file_is_read_up_to_a_record_or_a_time() {
    let bytes = counting();
    let second = |second: i64| 1_700_000_000_000 + 1000 * second;
    let mut report = String::new();
    for until in [
        Moment::Record(0),
        Moment::Record(2),
        Moment::Record(4),
        Moment::Record(5),
        Moment::Time(second(1) - 1),
        Moment::Time(second(1)),
        Moment::Time(second(3) - 1),
        Moment::Time(second(9)),
        Moment::Transaction(uuid::Uuid::nil()),
    ] {
        let read = describe(&bytes, &at(until)).replace('\n', " ");
        report += &format!("{until:?} => {read}\n");
    }
    insta::assert_snapshot!(report, @"
    Record(0) => 0 transactions, None
    Record(2) => 2 transactions, Some(1700000002000) atoms 00000000-0000-0000-0000-00000000000a integer=2
    Record(4) => 4 transactions, Some(1700000004000) atoms 00000000-0000-0000-0000-00000000000a integer=4
    Record(5) => error: the file has no record 5: its sound records are 5 in number
    Time(1700000000999) => error: the file does not reach back to that time
    Time(1700000001000) => 1 transactions, Some(1700000001000) atoms 00000000-0000-0000-0000-00000000000a integer=1
    Time(1700000002999) => 2 transactions, Some(1700000002000) atoms 00000000-0000-0000-0000-00000000000a integer=2
    Time(1700000009000) => 4 transactions, Some(1700000004000) atoms 00000000-0000-0000-0000-00000000000a integer=4
    Transaction(00000000-0000-0000-0000-000000000000) => error: the file has no transaction 00000000-0000-0000-0000-000000000000 among those that are read
    ");
    let undated = [record("JSON", SCHEMA), record("JSON", "{}")].concat();
    insta::assert_snapshot!(describe(&undated, &at(Moment::Time(0))), @"error: the file does not reach back to that time");
}

#[test]
fn a_moment_before_damage_is_read_as_if_there_were_none() {
    let mut bytes = counting();
    let last = bytes.len() - 1;
    bytes[last] = b'x';
    let sound = describe(&counting(), &at(Moment::Record(3)));
    assert_eq!(describe(&bytes, &at(Moment::Record(3))), sound);
}

#[test]
fn an_unfinished_last_record_is_left_out_and_any_other_damage_refused() {
    let file = counting();
    let last = Records::new(&file).last().unwrap().unwrap().offset;
    let unfinished = on(OnDamage::Unfinished);
    assert_eq!(
        describe(&file, &unfinished),
        describe(&file, &ReadOptions::default())
    );
    for cut in last + 1..file.len() {
        let cut = &file[..cut];
        let read = describe(cut, &unfinished);
        assert!(read.starts_with("3 transactions"), "{read}");
        assert_eq!(read, describe(cut, &on(OnDamage::Stop)));
    }
    // A damaged length claims as much as a cut does, but sound records follow.
    let header = |at: usize| file[at..].iter().position(|byte| *byte == b'\n').unwrap() + at;
    let second = Records::new(&file).nth(1).unwrap().unwrap().offset;
    let mut claims = file.clone();
    claims.splice(second + 11..second + 13, *b"9999999");
    let mut other = file.clone();
    other[header(last) - 3] = b'x';
    for (what, bytes) in [
        ("a length that claims more", claims),
        ("a checksum that is none", other[..file.len() - 5].to_vec()),
        ("garbage", [&*file, b"garbage"].concat()),
        ("a blank line", [&*file, b"\n"].concat()),
        ("zeros", [&*file, &[0; 40]].concat()),
        ("another kind", [&*file, b"OVSDB CLUSTER 10 "].concat()),
        ("no record before it", file[..40].to_vec()),
    ] {
        let read = describe(&bytes, &unfinished);
        if what == "another kind" {
            // The beginning of a header of either kind may be one.
            assert!(read.starts_with("4 transactions"), "{what}: {read}");
        } else {
            assert!(read.starts_with("error"), "{what}: {read}");
            assert_eq!(read, describe(&bytes, &ReadOptions::default()), "{what}");
        }
    }
}

#[test]
fn of_what_is_not_asked_for_the_text_is_passed_over() {
    let row = |body: &str| record("JSON", &body.replace('A', A));
    let bytes = [
        record("JSON", SCHEMA),
        row(r#"{"atoms": {"A": {"integer": 1, "string": "s"}}, "shapes": {"A": {"least": "x", "map": 7}}}"#),
        row(r#"{"_is_diff": true, "shapes": {"A": {"bounded": ["set", [1, 2]]}}}"#),
        row(r#"{"atoms": {"A": {"integer": 2, "real": "x"}}}"#),
    ]
    .concat();
    let reading = |only: Only| ReadOptions {
        only: Some(Arc::new(only)),
        ..ReadOptions::default()
    };
    let integers = || Only::default().table("T", "atoms", Selection::Named(vec!["integer".into()]));
    let report = [
        describe(&bytes, &ReadOptions::default()),
        describe(&bytes, &reading(Only::default().whole("T"))),
        describe(&bytes, &reading(integers())),
        describe(
            &bytes,
            &reading(integers().table("T", "shapes", Selection::Named(vec!["bounded".into()]))),
        ),
        describe(&bytes, &reading(Only::default().whole("other"))),
    ];
    assert_eq!(report[0], report[1]);
    insta::assert_snapshot!(report[1..].join("\n"), @r#"
    3 transactions, None
    fault: shapes 00000000-0000-0000-0000-00000000000a map: a map is written ["map", [[key, value], …]] at line 1 column 1
    fault: atoms 00000000-0000-0000-0000-00000000000a real: this is no real at line 1 column 3
    atoms 00000000-0000-0000-0000-00000000000a integer=2 string=s
    shapes 00000000-0000-0000-0000-00000000000a bounded=[1, 2] least=[x]
    3 transactions, None
    atoms 00000000-0000-0000-0000-00000000000a integer=2
    3 transactions, None
    atoms 00000000-0000-0000-0000-00000000000a integer=2
    shapes 00000000-0000-0000-0000-00000000000a bounded=[1, 2]
    3 transactions, None
    "#);
    // What is no transaction is an error also where nobody needs its rows.
    for body in [
        r#"{"shapes": 7}"#,
        r#"{"shapes": {"x": }}"#,
        r#"{"none": {}}"#,
    ] {
        let bytes = [&*bytes, &record("JSON", body)].concat();
        let whole = describe(&bytes, &ReadOptions::default());
        let part = describe(&bytes, &reading(integers()));
        if body.contains("none") {
            assert!(
                whole.contains("no such table") && part.contains("no such table"),
                "{part}"
            );
        } else {
            assert!(whole.starts_with("error"), "{whole}");
            assert_eq!(part, whole);
        }
    }
}

#[test]
fn checksums_that_are_looked_at_elsewhere_are_not_looked_at_here() {
    let file = counting();
    let elsewhere = ReadOptions {
        checksums: Checksums::Elsewhere,
        ..ReadOptions::default()
    };
    assert_eq!(check(&file), Ok(5));
    assert_eq!(
        describe(&file, &elsewhere),
        describe(&file, &ReadOptions::default())
    );
    let mut flipped = file.clone();
    // The count in the last record.
    let at = flipped.len() - 4;
    flipped[at] = b'9';
    assert!(describe(&flipped, &elsewhere).ends_with("integer=9"));
    let found = check(&flipped).expect_err("damage");
    assert_eq!((found.number, found.problem), (4, RecordProblem::Checksum));
}

#[test]
fn damage_is_refused_stopped_at_or_passed_over() {
    let file = counting();
    let offsets: Vec<usize> = Records::new(&file).map(|r| r.unwrap().offset).collect();
    let flipped = |at: usize| {
        let mut bytes = file.clone();
        bytes[at] ^= 1;
        bytes
    };
    let garbage = |at: usize| {
        let mut bytes = file.clone();
        bytes.splice(at..at, b"garbage\n".iter().copied());
        bytes
    };
    let content = |body: &str| {
        let mut bytes = file.clone();
        bytes.splice(offsets[2]..offsets[2], record("JSON", body));
        bytes
    };
    let mut report = String::new();
    for (what, bytes) in [
        ("bit flip in a body", flipped(offsets[2] + 70)),
        ("bit flip in a header", flipped(offsets[2] + 3)),
        ("garbage in the middle", garbage(offsets[3])),
        ("garbage at the end", garbage(file.len())),
        ("zeros at the end", [&*file, &[0; 512]].concat()),
        ("last record cut short", file[..file.len() - 1].to_vec()),
        ("two holes", {
            let mut bytes = flipped(offsets[4] + 70);
            bytes[offsets[1] + 70] ^= 1;
            bytes
        }),
        ("no object", content("[]")),
        (
            "row not there",
            content(r#"{"shapes": {"00000000-0000-0000-0000-00000000000b": null}}"#),
        ),
        ("schema lost", flipped(70)),
    ] {
        for damage in [OnDamage::Refuse, OnDamage::Stop, OnDamage::Salvage] {
            let read = describe(&bytes, &on(damage)).replace('\n', "\n    ");
            report += &format!("{what}, {damage:?} => {read}\n");
        }
    }
    insta::assert_snapshot!(report, @"
    bit flip in a body, Refuse => error: the file is damaged: record 2 at byte 1078: the checksum does not fit the record
    bit flip in a body, Stop => 1 transactions, Some(1700000001000)
        damage: record 2 at byte 1078: the checksum does not fit the record; 522 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=1
    bit flip in a body, Salvage => 3 transactions, Some(1700000004000)
        damage: record 2 at byte 1078: the checksum does not fit the record; 174 bytes are passed over, and the 2 records used after them may depend on what is lost
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    bit flip in a header, Refuse => error: the file is damaged: record 2 at byte 1078: no record header stands here
    bit flip in a header, Stop => 1 transactions, Some(1700000001000)
        damage: record 2 at byte 1078: no record header stands here; 522 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=1
    bit flip in a header, Salvage => 3 transactions, Some(1700000004000)
        damage: record 2 at byte 1078: no record header stands here; 174 bytes are passed over, and the 2 records used after them may depend on what is lost
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    garbage in the middle, Refuse => error: the file is damaged: record 3 at byte 1252: no record header stands here
    garbage in the middle, Stop => 2 transactions, Some(1700000002000)
        damage: record 3 at byte 1252: no record header stands here; 356 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=2
    garbage in the middle, Salvage => 4 transactions, Some(1700000004000)
        damage: record 3 at byte 1252: no record header stands here; 8 bytes are passed over, and the 2 records used after them may depend on what is lost
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    garbage at the end, Refuse => error: the file is damaged: record 5 at byte 1600: no record header stands here
    garbage at the end, Stop => 4 transactions, Some(1700000004000)
        damage: record 5 at byte 1600: no record header stands here; 8 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    garbage at the end, Salvage => 4 transactions, Some(1700000004000)
        damage: record 5 at byte 1600: no record header stands here; 8 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    zeros at the end, Refuse => error: the file is damaged: record 5 at byte 1600: no record header stands here
    zeros at the end, Stop => 4 transactions, Some(1700000004000)
        damage: record 5 at byte 1600: no record header stands here; 512 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    zeros at the end, Salvage => 4 transactions, Some(1700000004000)
        damage: record 5 at byte 1600: no record header stands here; 512 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    last record cut short, Refuse => error: the file is damaged: record 4 at byte 1426: the file ends within the record: 117 of 118 bytes are there
    last record cut short, Stop => 3 transactions, Some(1700000003000)
        damage: record 4 at byte 1426: the file ends within the record: 117 of 118 bytes are there; 173 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=3
    last record cut short, Salvage => 3 transactions, Some(1700000003000)
        damage: record 4 at byte 1426: the file ends within the record: 117 of 118 bytes are there; 173 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=3
    two holes, Refuse => error: the file is damaged: record 1 at byte 904: the checksum does not fit the record
    two holes, Stop => 0 transactions, None
        damage: record 1 at byte 904: the checksum does not fit the record; 696 bytes are passed over, and nothing after them is used
    two holes, Salvage => 2 transactions, Some(1700000003000)
        damage: record 1 at byte 904: the checksum does not fit the record; 174 bytes are passed over, and the 2 records used after them may depend on what is lost
        damage: record 3 at byte 1426: the checksum does not fit the record; 174 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=3
    no object, Refuse => error: record 2 at byte 1078 holds no transaction: the table updates cannot be read: invalid type: sequence, expected a map at line 1 column 0
    no object, Stop => 1 transactions, Some(1700000001000)
        damage: record 2 at byte 1078: it holds no transaction (the table updates cannot be read: invalid type: sequence, expected a map at line 1 column 0); 578 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=1
    no object, Salvage => 4 transactions, Some(1700000004000)
        damage: record 2 at byte 1078: it holds no transaction (the table updates cannot be read: invalid type: sequence, expected a map at line 1 column 0); 56 bytes are passed over, and the 3 records used after them may depend on what is lost
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    row not there, Refuse => 5 transactions, Some(1700000004000)
        fault: shapes 00000000-0000-0000-0000-00000000000b -: a row that is not there is deleted
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    row not there, Stop => 1 transactions, Some(1700000001000)
        damage: record 2 at byte 1078: row 00000000-0000-0000-0000-00000000000b of shapes cannot be read (a row that is not there is deleted); 635 bytes are passed over, and nothing after them is used
        atoms 00000000-0000-0000-0000-00000000000a integer=1
    row not there, Salvage => 5 transactions, Some(1700000004000)
        fault: shapes 00000000-0000-0000-0000-00000000000b -: a row that is not there is deleted
        atoms 00000000-0000-0000-0000-00000000000a integer=4
    schema lost, Refuse => error: the file is damaged: record 0 at byte 0: the checksum does not fit the record
    schema lost, Stop => error: the file is damaged: record 0 at byte 0: the checksum does not fit the record
    schema lost, Salvage => error: the file is damaged: record 0 at byte 0: the checksum does not fit the record
    ");
}

#[test]
fn a_lost_schema_can_be_given() {
    let mut bytes = counting();
    bytes[70] ^= 1;
    let options = ReadOptions {
        schema: Some(Arc::new(DatabaseSchema::parse(SCHEMA).unwrap())),
        ..on(OnDamage::Salvage)
    };
    insta::assert_snapshot!(describe(&bytes, &options), @"
    4 transactions, Some(1700000004000)
    damage: record 0 at byte 0: the checksum does not fit the record; 904 bytes are passed over, and the 4 records used after them may depend on what is lost
    atoms 00000000-0000-0000-0000-00000000000a integer=4
    ");
}

#[test]
fn transactions_say_whether_damage_stands_before_them() {
    let mut bytes = counting();
    let offsets: Vec<usize> = Records::new(&bytes).map(|r| r.unwrap().offset).collect();
    bytes[offsets[2] + 70] ^= 1;
    let history = History::open(&bytes, &[], &on(OnDamage::Salvage)).unwrap();
    let after: Vec<bool> = history.map(|t| t.unwrap().after_damage).collect();
    assert_eq!(after, [false, true, true]);
}

#[test]
fn a_table_of_too_many_columns_is_refused() {
    let columns: Vec<String> = (0..2000)
        .map(|number| format!(r#""c{number}": {{"type": "integer"}}"#))
        .collect();
    let schema = format!(
        r#"{{"name": "T", "tables": {{"A": {{"columns": {{{}}}}}}}}}"#,
        columns.join(",")
    );
    insta::assert_snapshot!(describe(&record("JSON", &schema), &ReadOptions::default()), @"error: the first record holds no schema: A: it has 2000 columns; 1000 are the most");
}

#[test]
fn a_length_beyond_the_file_costs_nothing() {
    let sha1 = "0".repeat(40);
    for magic in ["JSON", "CLUSTER"] {
        let bytes = format!("OVSDB {magic} 10000000000 {sha1}\n{{}}").into_bytes();
        for damage in [OnDamage::Refuse, OnDamage::Stop, OnDamage::Salvage] {
            let error = History::open(&bytes, &[], &on(damage)).unwrap_err();
            assert_eq!(
                error_chain(&error),
                "error: the file is damaged: record 0 at byte 0: the file ends within the record: 2 of 10000000000 bytes are there"
            );
        }
    }
}

/// The states that a file's transactions pass through.
fn states(bytes: &[u8]) -> Vec<String> {
    let mut history = History::open(bytes, &[], &ReadOptions::default()).unwrap();
    let mut states = vec![rows(&history.snapshot())];
    while let Some(transaction) = history.next() {
        transaction.unwrap();
        states.push(rows(&history.snapshot()));
    }
    states
}

proptest! {
    #[test]
    fn whatever_is_damaged_the_records_before_it_are_read(
        steps in history(5),
        place in any::<prop::sample::Index>(),
        with in prop::collection::vec(any::<u8>(), 0..5),
        length in 0usize..5,
    ) {
        let mut bytes = record("JSON", history::SCHEMA);
        let first = bytes.len();
        for (pair, date) in steps.windows(2).zip(1_700_000_000_000..) {
            bytes.extend(record("JSON", &history::transaction(&pair[0], &pair[1], true, date)));
        }
        let states = states(&bytes);
        let offsets: Vec<usize> = Records::new(&bytes).map(|r| r.unwrap().end).collect();
        let at = first + place.index(bytes.len() - first);
        let end = (at + length).min(bytes.len());
        bytes.splice(at..end, with);
        let whole = offsets.partition_point(|&end| end <= at);
        // The records that end before the damage are read, and no other state is made up.
        let stopped = History::open(&bytes, &[], &on(OnDamage::Stop)).unwrap();
        let mut read = stopped;
        let mut count = 0;
        while let Some(transaction) = read.next() {
            transaction.unwrap();
            count += 1;
            prop_assert_eq!(&rows(&read.snapshot()), &states[count]);
        }
        prop_assert!(count + 1 >= whole);
        for damage in read.damages() {
            prop_assert!(damage.offset <= end.max(at) && damage.end == bytes.len());
        }
        let salvaged = History::open(&bytes, &[], &on(OnDamage::Salvage)).unwrap();
        prop_assert!(salvaged.filter(|t| t.is_ok()).count() >= count);
    }

    #[test]
    fn any_bytes_give_a_history_or_an_error(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        damage in prop::sample::select(vec![OnDamage::Refuse, OnDamage::Stop, OnDamage::Salvage]),
        kind in 0usize..5,
    ) {
        let sound = record("JSON", SCHEMA);
        let bytes = match kind {
            0 => bytes,
            1 => [b"OVSDB JSON ".as_slice(), &bytes].concat(),
            2 => [b"{\"caption\":".as_slice(), &bytes].concat(),
            3 => [sound, bytes].concat(),
            _ => [bytes, sound].concat(),
        };
        let options = ReadOptions { damage, entries: Entries::All, ..ReadOptions::default() };
        if let Ok(history) = History::open(&bytes, &[], &options) {
            for transaction in history {
                prop_assert!(!matches!(transaction, Err(FileError::NotOvsdb)));
            }
        }
    }
}
