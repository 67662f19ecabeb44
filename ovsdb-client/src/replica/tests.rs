//! Random histories told in every format, against a plain map of rows.

use proptest::prelude::*;

use super::history::{changed, history, initial, layout, rows, update};
use super::*;
use crate::schema::{DatabaseSchema, UNLIMITED};
use crate::table::{BaseDef, ColumnDef, TableDef};
use crate::value::{Datum, Kind};

const FORMATS: [Format; 2] = [Format::Old, Format::Differences];

fn decode(replica: &Replica, format: Format, text: &str) -> Update {
    let update = Update::decode(replica.layout(), format, text).unwrap();
    assert_eq!(update.faults, []);
    update
}

/// Whether the batch says what changed between two snapshots, each row once.
fn check(batch: &ChangeBatch, before: &Snapshot, after: &Snapshot) {
    let expected = changed(&rows(before), &rows(after));
    assert_eq!(batch.len(), expected.len());
    assert_eq!(batch.is_empty(), expected.is_empty());
    assert_eq!(batch.generation, after.generation());
    assert_eq!(after.generation(), before.generation() + 1);
    for (table, uuid) in expected {
        let changes = batch.table(&table).iter();
        let change: Vec<_> = changes.filter(|change| change.uuid == uuid).collect();
        let row = |snapshot: &Snapshot| snapshot.table(&table)?.get(uuid).cloned();
        assert_eq!(change.len(), 1, "{table} {uuid}");
        assert_eq!(change[0].old, row(before));
        assert_eq!(change[0].new, row(after));
    }
}

/// Where a row's first value stands in memory; `None` when all are defaults.
fn address(row: &Row) -> Option<*const u8> {
    row.entries().next().map(|(_, payload)| payload.as_ptr())
}

proptest! {
    #[test]
    fn both_formats_tell_the_same_history(states in history(6)) {
        let mut replicas = FORMATS.map(|_| Replica::new(layout()));
        let mut kept = Vec::new();
        for pair in states.windows(2) {
            for (replica, format) in replicas.iter_mut().zip(FORMATS) {
                let before = replica.snapshot();
                let update = decode(replica, format, &update(&pair[0], &pair[1], format));
                let batch = replica.apply(update, format.into(), Cause::Delta).unwrap();
                let after = replica.snapshot();
                prop_assert_eq!(&rows(&after), &pair[1]);
                prop_assert_eq!(batch.cause, Cause::Delta);
                check(&batch, &before, &after);
                kept.push((before, pair[0].clone()));
            }
            let [old, new] = replicas.each_ref().map(Replica::snapshot);
            for (old, new) in old.tables().zip(new.tables()) {
                prop_assert!(old.iter().eq(new.iter()), "equal rows have equal bytes");
            }
        }
        for (snapshot, state) in kept {
            prop_assert_eq!(rows(&snapshot), state);
        }
    }

    #[test]
    fn a_new_complete_set_of_rows_changes_only_what_differs(
        states in history(4),
        format in prop::sample::select(&FORMATS),
    ) {
        let mut replica = Replica::new(layout());
        for state in &states {
            let before = replica.snapshot();
            let update = decode(&replica, format, &initial(state, format));
            let batch = replica.replace(update, Cause::Resync).unwrap();
            let after = replica.snapshot();
            prop_assert_eq!(&rows(&after), state);
            check(&batch, &before, &after);
            for (old, new) in before.tables().zip(after.tables()) {
                for row in old.iter() {
                    if let Some(same) = new.get(row.uuid()).filter(|new| *new == row) {
                        prop_assert_eq!(address(row), address(same));
                    }
                }
            }
        }
    }

    #[test]
    fn the_same_rows_again_change_nothing(states in history(3)) {
        let mut replica = Replica::new(layout());
        let state = &states[states.len() - 1];
        let text = initial(state, Format::Differences);
        for round in 0..3 {
            let update = decode(&replica, Format::Differences, &text);
            let batch = if round == 1 {
                replica.apply(update, Values::Differences, Cause::Delta).unwrap()
            } else {
                replica.replace(update, Cause::Resync).unwrap()
            };
            prop_assert_eq!(batch.len(), if round == 0 { state.len() } else { 0 });
            prop_assert_eq!(replica.snapshot().generation(), round + 1);
        }
    }

    #[test]
    fn a_damaged_update_is_refused_or_costs_what_is_damaged(
        states in history(3),
        format in prop::sample::select(&FORMATS),
        cuts in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..4, "[\\[\\]{}\",:0-9a-z\\\\]{0,4}"),
            1..4,
        ),
    ) {
        let last = &states[states.len() - 1];
        let mut replica = Replica::new(layout());
        let before = decode(&replica, format, &initial(&states[0], format));
        replica.replace(before, Cause::Initial).unwrap();
        let mut text: Vec<char> = update(&states[0], last, format).chars().collect();
        for (at, length, splice) in cuts {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, splice.chars());
        }
        let text: String = text.into_iter().collect();
        if let Ok(update) = Update::decode(replica.layout(), format, &text) {
            replica.apply(update, format.into(), Cause::Delta).unwrap();
            rows(&replica.snapshot());
        }
    }
}

const A: &str = "00000000-0000-0000-0000-00000000000a";
const B: &str = "00000000-0000-0000-0000-00000000000b";

#[test]
fn a_modification_without_columns_changes_nothing() {
    let mut replica = Replica::new(layout());
    for (text, changes) in [
        (
            format!(r#"{{"atoms": {{"{A}": {{"insert": {{"integer": 7}}}}}}}}"#),
            1,
        ),
        (format!(r#"{{"atoms": {{"{A}": {{"modify": {{}}}}}}}}"#), 0),
        (
            format!(r#"{{"atoms": {{"{B}": {{"modify": {{"integer": 8}}}}}}}}"#),
            0,
        ),
        (format!(r#"{{"atoms": {{"{B}": {{"delete": null}}}}}}"#), 0),
        ("{}".to_owned(), 0),
        (format!(r#"{{"atoms": {{"{A}": {{"delete": null}}}}}}"#), 1),
    ] {
        let update = decode(&replica, Format::Differences, &text);
        let batch = replica
            .apply(update, Values::Differences, Cause::Delta)
            .unwrap();
        assert_eq!(batch.len(), changes, "{text}");
    }
    assert!(replica.snapshot().table("atoms").unwrap().is_empty());
    assert_eq!(replica.snapshot().generation(), 6);
}

#[test]
fn the_rows_beside_a_uuid_are_the_last_before_and_the_first_after_it() {
    const ROWS: u128 = 500;
    let mut replica = Replica::new(layout());
    let uuid = |number: u128| Uuid::from_u128(number * 2);
    let rows: Vec<String> = (1..=ROWS)
        .map(|number| format!(r#""{}": {{"new": {{}}}}"#, uuid(number)))
        .collect();
    let text = format!(r#"{{"atoms": {{{}}}}}"#, rows.join(", "));
    let update = decode(&replica, Format::Old, &text);
    replica
        .apply(update, Values::Whole, Cause::Initial)
        .unwrap();
    let snapshot = replica.snapshot();
    let atoms = snapshot.table("atoms").unwrap();
    let beside = |number: u128| {
        let found = atoms.beside(Uuid::from_u128(number));
        found.map(|row| row.map(|row| row.uuid().as_u128()))
    };
    for number in 2..ROWS {
        let at = number * 2;
        assert_eq!(beside(at), [Some(at - 2), Some(at + 2)]);
        assert_eq!(beside(at + 1), [Some(at), Some(at + 2)]);
    }
    assert_eq!(beside(2), [None, Some(4)]);
    assert_eq!(beside(ROWS * 2), [Some(ROWS * 2 - 2), None]);
    assert_eq!(
        snapshot.table("shapes").unwrap().beside(Uuid::nil()),
        [None, None]
    );
}

#[test]
fn a_table_that_a_message_names_twice_is_one_table_in_the_batch() {
    let mut replica = Replica::new(layout());
    let text =
        format!(r#"{{"atoms": {{"{A}": {{"new": {{}}}}}}, "atoms": {{"{B}": {{"new": {{}}}}}}}}"#);
    let update = decode(&replica, Format::Old, &text);
    assert_eq!(update.rows(), 2);
    let batch = replica
        .apply(update, Values::Whole, Cause::Initial)
        .unwrap();
    assert_eq!(batch.table("atoms").len(), 2);
    assert_eq!(batch.table("shapes"), []);
    assert_eq!(batch.table("other"), []);
}

#[test]
fn an_update_read_for_another_layout_is_refused_and_changes_nothing() {
    const FEWER: &str = r#"{"name": "T", "tables": {"shapes": {"columns": {}}}}"#;
    let schema = Arc::new(DatabaseSchema::parse(FEWER).unwrap());
    let mut fewer = Replica::new(Arc::new(DatabaseLayout::new(schema, &[])));
    let mut replica = Replica::new(layout());
    let text = format!(r#"{{"atoms": {{"{A}": {{"new": {{}}}}}}, "shapes": {{}}}}"#);
    let other = Arc::clone(fewer.layout());
    for (replica, layout) in [(&mut fewer, layout()), (&mut replica, other)] {
        let update = Update::decode(&layout, Format::Old, &text).unwrap();
        let refused = replica.apply(update.clone(), Values::Whole, Cause::Delta);
        let refused = refused.map(drop).unwrap_err();
        insta::allow_duplicates! {
            insta::assert_snapshot!(refused, @"the table updates were read for another layout than the rows have");
        }
        assert!(matches!(
            replica.replace(update, Cause::Resync),
            Err(UpdateError::Layout)
        ));
        assert_eq!(replica.snapshot().generation(), 0);
    }
    // An equal layout has the same numbers.
    let update = Update::decode(&layout(), Format::Old, &text).unwrap();
    assert_eq!(
        replica
            .apply(update, Values::Whole, Cause::Delta)
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_table_that_is_not_replicated_is_not_there() {
    let snapshot = Replica::new(layout()).snapshot();
    assert!(snapshot.table("other").is_none());
    assert_eq!(snapshot.generation(), 0);
    assert!(snapshot.table("atoms").unwrap().get(Uuid::nil()).is_none());
}

proptest! {
    #[test]
    fn another_layout_of_the_same_schema_reads_the_same_values(states in history(4)) {
        const SHAPES: TableDef = TableDef {
            database: "T",
            name: "shapes",
            is_root: true,
            max_rows: None,
            columns: &[
                column("absent", Kind::Boolean, 1),
                column("optional", Kind::Real, UNLIMITED),
                column("bounded", Kind::Integer, UNLIMITED),
            ],
            indexes: &[],
        };
        static ATOMS: TableDef = TableDef {
            name: "atoms",
            columns: &[
                column("uuid", Kind::Boolean, 1),
                column("string", Kind::String, UNLIMITED),
                column("integer", Kind::Integer, 1),
            ],
            ..SHAPES
        };
        let state = &states[states.len() - 1];
        let mut replica = Replica::new(layout());
        let update = decode(&replica, Format::Differences, &initial(state, Format::Differences));
        replica.replace(update, Cause::Initial).unwrap();
        let before = replica.snapshot();
        for defs in [&[&SHAPES, &ATOMS][..], &[]] {
            let layout = Arc::new(DatabaseLayout::new(Arc::clone(&layout().schema), defs));
            replica.convert(layout);
            prop_assert_eq!(&rows(&replica.snapshot()), state);
        }
        for (old, new) in before.tables().zip(replica.snapshot().tables()) {
            prop_assert!(old.iter().eq(new.iter()), "the first layout's bytes again");
        }
    }

    #[test]
    fn a_converted_schema_keeps_what_it_still_knows(states in history(4)) {
        const SCHEMA: &str = r#"{"name": "T", "tables": {
            "more": {"columns": {}},
            "atoms": {"columns": {
                "added": {"type": {"key": "string", "min": 1, "max": 2}},
                "boolean": {"type": {"key": "boolean", "min": 0, "max": 1}},
                "real": {"type": "string"},
                "uuid": {"type": "uuid"}}}}}"#;
        let state = &states[states.len() - 1];
        let mut replica = Replica::new(layout());
        let update = decode(&replica, Format::Old, &initial(state, Format::Old));
        replica.replace(update, Cause::Initial).unwrap();
        let before = replica.snapshot();
        let schema = Arc::new(DatabaseSchema::parse(SCHEMA).unwrap());
        replica.convert(Arc::new(DatabaseLayout::new(schema, &[])));
        prop_assert_eq!(&rows(&before), state);
        let empty = Datum::scalar("");
        let mut expected = state.clone();
        expected.retain(|(table, _), _| **table == *"atoms");
        for cells in expected.values_mut() {
            cells.retain(|name, _| matches!(&**name, "boolean" | "uuid"));
            cells.insert("added".into(), empty.clone());
            cells.insert("real".into(), empty.clone());
        }
        prop_assert_eq!(rows(&replica.snapshot()), expected);
    }
}

const fn column(name: &'static str, kind: Kind, max: u32) -> ColumnDef {
    ColumnDef {
        name,
        key: BaseDef::plain(kind),
        value: None,
        min: if max == 1 { 1 } else { 0 },
        max,
        mutable: true,
        ephemeral: false,
    }
}
