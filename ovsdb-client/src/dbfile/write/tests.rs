//! What is written reads back as it was.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::dbfile::record::tests::record as file_record;
use crate::dbfile::{DatabaseFile, History, ReadOptions};
use crate::replica::history::{self, Rows, history, rows};
use crate::replica::{Cause, Snapshot};
use crate::schema::DatabaseLayout;
use crate::value::Atom;

const DATE: i64 = 1_700_000_000_007;

/// A file's transactions written anew, with the rows after each.
fn rewritten(bytes: &[u8]) -> (Vec<u8>, Vec<Rows>) {
    let mut file = History::open(bytes, &[], &ReadOptions::default()).expect("a file");
    let writer = LogWriter::new((*file.snapshot().layout().schema).clone());
    let mut out = writer.schema().expect("a schema");
    let mut states = Vec::new();
    while let Some(transaction) = file.next() {
        let transaction = transaction.expect("a transaction");
        let header = RecordHeader {
            date: transaction.date,
            comment: transaction.comment.as_deref(),
        };
        let record = writer.transaction(&transaction.changes, header, &mut AsTheyAre);
        if let Some(record) = record.expect("values") {
            out.extend(record);
            states.push(rows(&file.snapshot()));
        }
    }
    (out, states)
}

proptest! {
    #[test]
    fn transactions_read_back_as_they_were_written(
        states in history(8).prop_filter("no server holds a NUL", |states| {
            !format!("{states:?}").contains("\\0")
        }),
        is_diff in any::<bool>(),
    ) {
        let mut bytes = file_record("JSON", history::SCHEMA);
        for pair in states.windows(2) {
            bytes.extend(file_record("JSON", &history::transaction(&pair[0], &pair[1], is_diff, DATE)));
        }
        let (written, expected) = rewritten(&bytes);
        let mut file = History::open(&written, &[], &ReadOptions::default()).expect("a file");
        let mut found = Vec::new();
        while let Some(transaction) = file.next() {
            let transaction = transaction.expect("a transaction");
            prop_assert_eq!(transaction.date, Some(DATE));
            prop_assert_eq!(transaction.comment.as_deref(), Some("ovs-vsctl: by a test"));
            prop_assert!(transaction.faults.is_empty());
            found.push(rows(&file.snapshot()));
        }
        prop_assert_eq!(found, expected);

        // All rows at once are the same file, compacted.
        let all = ChangeBatch::of_all(&file.snapshot(), Cause::Initial);
        let writer = LogWriter::new((*file.snapshot().layout().schema).clone());
        let mut compacted = writer.schema().expect("a schema");
        compacted.extend(
            writer.transaction(&all, RecordHeader::default(), &mut AsTheyAre)
                .expect("values")
                .unwrap_or_default(),
        );
        let compacted = DatabaseFile::read(&compacted, &[]).expect("a file");
        prop_assert_eq!(rows(&compacted.snapshot), rows(&file.snapshot()));
    }
}

const SCHEMA: &str = r#"{"name":"T","version":"1.0.0","tables":{"A":{"columns":{
    "name":{"type":"string"},"count":{"type":"integer","ephemeral":true}}}}}"#;

fn one_row(schema: &str, row: &str) -> (Snapshot, ChangeBatch) {
    let mut bytes = file_record("JSON", schema);
    let transaction = format!(r#"{{"A":{{"00000000-0000-0000-0000-00000000000a":{row}}}}}"#);
    bytes.extend(file_record("JSON", &transaction));
    let file = DatabaseFile::read(&bytes, &[]).expect("a file");
    let changes = ChangeBatch::of_all(&file.snapshot, Cause::Initial);
    (file.snapshot, changes)
}

#[test]
fn ephemeral_columns_stand_in_no_file_unless_the_schema_to_write_makes_them_persistent() {
    let (snapshot, changes) = one_row(SCHEMA, r#"{"name":"x","count":3}"#);
    let text = |schema: DatabaseSchema| {
        let record =
            LogWriter::new(schema).transaction(&changes, RecordHeader::default(), &mut AsTheyAre);
        String::from_utf8(record.expect("values").expect("a change")).expect("UTF-8")
    };
    let mut schema = (*snapshot.layout().schema).clone();
    insta::assert_snapshot!(text(schema.clone()), @r#"
    OVSDB JSON 60 f560bb8a94df79ec50e3521ce8a6832c89052cf5
    {"A":{"00000000-0000-0000-0000-00000000000a":{"name":"x"}}}
    "#);
    for column in &mut schema.tables[0].columns {
        column.ephemeral = false;
    }
    assert!(text(schema).contains(r#"{"count":3,"name":"x"}"#));
}

#[test]
fn a_change_that_no_file_holds_makes_no_record() {
    let (_, mut changes) = one_row(SCHEMA, r#"{"count":3}"#);
    let (_, before) = one_row(SCHEMA, r#"{"count":2}"#);
    changes.tables[0].rows[0].old = before.tables[0].rows[0].new.clone();
    let writer = LogWriter::new(DatabaseSchema::parse(SCHEMA).expect("a schema"));
    let record = writer.transaction(&changes, RecordHeader::default(), &mut AsTheyAre);
    assert_eq!(record.expect("values"), None);
    changes.tables[0].rows[0].new = None;
    let record = writer.transaction(&changes, RecordHeader::default(), &mut AsTheyAre);
    let text = String::from_utf8(record.expect("values").expect("a deletion")).expect("UTF-8");
    assert!(text.contains("0a\":null"), "{text}");
}

#[test]
fn values_can_be_replaced_on_their_way() {
    struct Shout;
    impl Rewrite for Shout {
        fn value(&mut self, table: &str, column: &str, value: Value<'_>) -> Option<Datum> {
            assert_eq!((table, column), ("A", "name"));
            let atoms = value
                .atoms()
                .map(|atom| Atom::from(atom.to_string().to_uppercase()));
            Some(Datum::set(atoms))
        }
    }
    let (snapshot, changes) = one_row(SCHEMA, r#"{"name":"x"}"#);
    let writer = LogWriter::new((*snapshot.layout().schema).clone());
    let record = writer.transaction(&changes, RecordHeader::default(), &mut Shout);
    let text = String::from_utf8(record.expect("values").expect("a change")).expect("UTF-8");
    assert!(
        text.contains(r#""name":"X""#) || text.contains(r#""name":"\"X\"""#),
        "{text}"
    );
}

#[test]
fn a_written_schema_is_the_same_schema() {
    let schema = DatabaseSchema::parse(history::SCHEMA).expect("a schema");
    let bytes = LogWriter::new(schema.clone()).schema().expect("JSON");
    let file = DatabaseFile::read(&bytes, &[]).expect("a file");
    let expected = DatabaseLayout::new(Arc::new(schema), &[]);
    assert_eq!(**file.snapshot.layout(), expected);
}
