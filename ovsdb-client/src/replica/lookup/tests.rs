//! Every index answers as a scan does, in every snapshot of random histories.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::replica::history::{
    Cells as Values, Rows as State, history, initial, layout, rows, update,
};
use crate::replica::{Cause, IndexSpec, Replica};
use crate::update::{Format, Update};
use crate::value::Atom;

/// A key as atoms, which order as keys do.
type Key = Vec<Vec<Atom>>;

/// The columns looked up by; a name with a colon is a map's key.
const COLUMNS: [(&str, &[&str]); 13] = [
    ("atoms", &["boolean"]),
    ("atoms", &["integer"]),
    ("atoms", &["real"]),
    ("atoms", &["string"]),
    ("atoms", &["uuid"]),
    ("atoms", &["integer", "uuid"]),
    ("atoms", &["uuid", "string", "boolean"]),
    ("shapes", &["bounded"]),
    ("shapes", &["map"]),
    ("shapes", &["map:a"]),
    ("shapes", &["map_of_one:a", "optional"]),
    ("shapes", &["least", "references"]),
    ("shapes", &["optional", "bounded"]),
];

fn columns(table: &str, names: &[&str]) -> IndexColumns {
    let columns = IndexColumns::of(table);
    names
        .iter()
        .fold(columns, |columns, name| match name.split_once(':') {
            Some((name, key)) => columns.map_key(name, key),
            None => columns.column(name),
        })
}

/// What a row has in these columns.
fn data(names: &[&str], cells: &Values) -> Vec<Datum> {
    let names = names.iter();
    names
        .map(|name| match name.split_once(':') {
            None => cells[*name].clone(),
            Some((name, key)) => match &cells[name] {
                Datum::Map(pairs) => {
                    let mut pairs = pairs.iter();
                    let found = pairs.find(|(known, _)| *known == Atom::from(key));
                    Datum::set(found.map(|(_, value)| value.clone()))
                }
                Datum::Set(_) => unreachable!("only maps have keys"),
            },
        })
        .collect()
}

fn key(data: &[Datum]) -> Key {
    let data = data.iter();
    data.map(|datum| match datum {
        Datum::Set(atoms) => atoms.clone(),
        Datum::Map(pairs) => pairs
            .iter()
            .flat_map(|(a, b)| [a.clone(), b.clone()])
            .collect(),
    })
    .collect()
}

/// The rows by key, each key with the values that it was made of.
fn by_key(state: &State, table: &str, names: &[&str]) -> BTreeMap<Key, (Vec<Datum>, Vec<Uuid>)> {
    let mut keys: BTreeMap<Key, (Vec<Datum>, Vec<Uuid>)> = BTreeMap::new();
    for ((_, uuid), cells) in state.iter().filter(|((name, _), _)| **name == *table) {
        let data = data(names, cells);
        let entry = keys.entry(key(&data)).or_insert_with(|| (data, Vec::new()));
        entry.1.push(*uuid);
    }
    keys
}

fn uuids<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Uuid> {
    rows.map(Row::uuid).collect()
}

/// Compares every lookup and the ranges between all keys, of `others` too, with the state.
fn check(snapshot: &Snapshot, state: &State, others: &State) {
    for (table, names) in COLUMNS {
        let keyed = snapshot.keyed(&columns(table, names)).unwrap();
        let expected = by_key(state, table, names);
        let mut keys = by_key(others, table, names);
        keys.extend(expected.clone());
        for (key, (data, _)) in &keys {
            let found = uuids(keyed.lookup(data).unwrap());
            let known = expected.get(key).map_or(&[][..], |(_, uuids)| uuids);
            assert_eq!(found, known, "{table} {names:?} {data:?}");
        }
        let all: Vec<&Key> = keys.keys().collect();
        for (from, to) in all.iter().zip(all.iter().rev()).chain(all.iter().zip(&all)) {
            for (from, to) in [
                (Bound::Included(*from), Bound::Excluded(*to)),
                (Bound::Excluded(*from), Bound::Included(*to)),
                (Bound::Included(*from), Bound::Included(*to)),
                (Bound::Unbounded, Bound::Excluded(*to)),
                (Bound::Excluded(*from), Bound::Unbounded),
            ] {
                let inside = expected.iter().filter(|(key, _)| (from, to).contains(*key));
                let known: Vec<Uuid> = inside.flat_map(|(_, (_, uuids))| uuids).copied().collect();
                let bound = |bound: Bound<&Key>| bound.map(|key| &*keys[key].0);
                let found = keyed.range(bound(from), bound(to)).unwrap();
                assert_eq!(uuids(found), known, "{table} {names:?} {from:?} {to:?}");
                let mut back = uuids(keyed.range(bound(from), bound(to)).unwrap().rev());
                back.reverse();
                assert_eq!(
                    back, known,
                    "{table} {names:?} {from:?} {to:?}, from the back"
                );
            }
        }
    }
}

/// Declares an index for each of the columns, by turns of every kind.
fn declare(replica: &mut Replica, kinds: &[u8]) {
    for ((table, names), kind) in COLUMNS.iter().zip(kinds.iter().cycle()) {
        let columns = columns(table, names);
        match kind % 4 {
            0 => {}
            1 => replica.declare(IndexSpec::hash(columns)).unwrap(),
            2 => replica.declare(IndexSpec::ordered(columns)).unwrap(),
            _ => {
                replica.declare(IndexSpec::hash(columns.clone())).unwrap();
                replica.declare(IndexSpec::ordered(columns)).unwrap();
            }
        }
    }
}

fn apply(replica: &mut Replica, text: &str) {
    let update = Update::decode(replica.layout(), Format::Differences, text).unwrap();
    replica
        .apply(update, Format::Differences.into(), Cause::Delta)
        .unwrap();
}

fn replace(replica: &mut Replica, state: &State) {
    let text = initial(state, Format::Differences);
    let update = Update::decode(replica.layout(), Format::Differences, &text).unwrap();
    replica.replace(update, Cause::Resync).unwrap();
}

proptest! {
    #[test]
    fn every_index_of_every_snapshot_equals_a_scan(
        states in history(6),
        kinds in prop::collection::vec(any::<u8>(), 1..5),
        declared_at in 0usize..4,
        replaced_at in 0usize..6,
        looked_at in 0usize..6,
    ) {
        let mut replica = Replica::new(layout());
        let mut kept = vec![replica.snapshot()];
        for (at, pair) in states.windows(2).enumerate() {
            if at == declared_at {
                declare(&mut replica, &kinds);
            }
            if at == replaced_at {
                replace(&mut replica, &pair[1]);
            } else {
                apply(&mut replica, &update(&pair[0], &pair[1], Format::Differences));
            }
            kept.push(replica.snapshot());
            if at >= looked_at {
                // From here on, the indexes of the schema are kept too.
                check(&kept[at + 1], &pair[1], &pair[0]);
                check(&kept[at], &pair[0], &pair[1]);
            }
        }
        for (snapshot, state) in kept.iter().zip(&states) {
            check(snapshot, state, &states[states.len() - 1]);
        }
    }

    #[test]
    fn the_order_in_which_a_message_names_rows_means_nothing(
        states in history(4),
        kinds in prop::collection::vec(any::<u8>(), 1..5),
        turn in 1usize..4,
    ) {
        let mut replicas = [(); 2].map(|()| Replica::new(layout()));
        for replica in &mut replicas {
            declare(replica, &kinds);
        }
        for pair in states.windows(2) {
            let text = update(&pair[0], &pair[1], Format::Differences);
            let [straight, turned] = &mut replicas;
            apply(straight, &text);
            let mut update = Update::decode(turned.layout(), Format::Differences, &text).unwrap();
            update.tables.reverse();
            for (_, rows) in &mut update.tables {
                let turn = turn % rows.len().max(1);
                rows.rotate_left(turn);
            }
            turned.apply(update, Format::Differences.into(), Cause::Delta).unwrap();
            for replica in &replicas {
                check(&replica.snapshot(), &pair[1], &pair[0]);
            }
        }
    }

    #[test]
    fn declared_indexes_outlast_a_conversion(
        states in history(3),
        kinds in prop::collection::vec(any::<u8>(), 1..5),
    ) {
        let state = &states[states.len() - 1];
        let mut replica = Replica::new(layout());
        declare(&mut replica, &kinds);
        replace(&mut replica, state);
        check(&replica.snapshot(), state, state);
        let kept = |replica: &Replica| COLUMNS.map(|(table, names)| {
            let snapshot = replica.snapshot();
            let keyed = snapshot.keyed(&columns(table, names)).unwrap();
            (keyed.is_indexed(), keyed.is_ordered())
        });
        let before = kept(&replica);
        replica.convert(layout());
        prop_assert_eq!(before, kept(&replica));
        check(&replica.snapshot(), state, state);
        apply(&mut replica, &update(state, &states[0], Format::Differences));
        check(&replica.snapshot(), &states[0], state);
    }
}

/// Rows with numbers, as a server tells them.
fn numbered(verb: &str, rows: impl Iterator<Item = u128>, number: impl Fn(u128) -> u128) -> String {
    let rows: Vec<String> = rows
        .map(|row| {
            let uuid = Uuid::from_u128(row);
            format!(r#""{uuid}": {{"{verb}": {{"integer": {}}}}}"#, number(row))
        })
        .collect();
    format!(r#"{{"atoms": {{{}}}}}"#, rows.join(","))
}

#[test]
fn an_index_made_anew_for_many_changes_equals_one_changed_by_few() {
    const ROWS: u128 = 1500;
    let names = [("atoms", &["integer"][..]), ("atoms", &["integer", "uuid"])];
    let mut replica = Replica::new(layout());
    for (table, names) in names {
        replica
            .declare(IndexSpec::hash(columns(table, names)))
            .unwrap();
        replica
            .declare(IndexSpec::ordered(columns(table, names)))
            .unwrap();
    }
    apply(&mut replica, &numbered("insert", 0..ROWS, |row| row % 70));
    apply(&mut replica, &numbered("modify", 100..110, |row| row % 7));
    apply(
        &mut replica,
        &numbered("modify", 0..ROWS / 2, |row| row % 77),
    );
    apply(&mut replica, &numbered("modify", 30..31, |_| 5000));
    let snapshot = replica.snapshot();
    let state = rows(&snapshot);
    for (table, names) in names {
        let keyed = snapshot.keyed(&columns(table, names)).unwrap();
        assert!(keyed.is_indexed() && keyed.is_ordered());
        let expected = by_key(&state, table, names);
        for (data, uuids_) in expected.values() {
            assert_eq!(uuids(keyed.lookup(data).unwrap()), *uuids_);
        }
        let all = uuids(keyed.range(Bound::Unbounded, Bound::Unbounded).unwrap());
        let known: Vec<Uuid> = expected
            .into_values()
            .flat_map(|(_, uuids)| uuids)
            .collect();
        assert_eq!(all, known);
    }
}

#[test]
fn an_index_of_the_schema_is_kept_once_it_was_asked_for_often_enough() {
    let mut replica = Replica::new(layout());
    apply(&mut replica, &numbered("insert", 0..9, |row| row));
    let by_string = columns("atoms", &["string"]);
    let looked = |snapshot: &Snapshot| {
        let keyed = snapshot.keyed(&by_string).unwrap();
        assert_eq!(keyed.lookup(&[Datum::scalar("")]).unwrap().count(), 9);
        keyed.is_indexed()
    };
    let old = replica.snapshot();
    let kept: Vec<bool> = (0..6).map(|_| looked(&old)).collect();
    assert_eq!(kept, [false, false, false, true, true, true]);
    // Rows that are the same have the same index, and rows that change keep it.
    assert!(replica.snapshot().keyed(&by_string).unwrap().is_indexed());
    apply(&mut replica, r#"{"shapes": {}}"#);
    assert!(replica.snapshot().keyed(&by_string).unwrap().is_indexed());
    apply(&mut replica, &numbered("modify", 0..1, |_| 7));
    assert!(replica.snapshot().keyed(&by_string).unwrap().is_indexed());
    // Wanted of rows that are past: the present ones have it with the next change.
    let by_both = columns("atoms", &["integer", "uuid"]);
    let old = replica.snapshot();
    apply(&mut replica, &numbered("modify", 0..1, |_| 8));
    let keyed = old.keyed(&by_both).unwrap();
    let key = [Datum::scalar(3), Datum::scalar(Uuid::nil())];
    for _ in 0..5 {
        assert_eq!(keyed.lookup(&key).unwrap().count(), 1);
    }
    assert!(!replica.snapshot().keyed(&by_both).unwrap().is_indexed());
    apply(&mut replica, &numbered("modify", 0..1, |_| 9));
    assert!(replica.snapshot().keyed(&by_both).unwrap().is_indexed());
}

#[test]
fn a_beginning_of_a_key_stands_for_all_keys_that_begin_with_it() {
    let mut replica = Replica::new(layout());
    apply(&mut replica, &numbered("insert", 0..20, |row| row % 4));
    for is_kept in [false, true] {
        let by_both = columns("atoms", &["integer", "uuid"]);
        if is_kept {
            replica
                .declare(IndexSpec::ordered(by_both.clone()))
                .unwrap();
        }
        let snapshot = replica.snapshot();
        let keyed = snapshot.keyed(&by_both).unwrap();
        assert_eq!(keyed.is_ordered(), is_kept);
        let two = [Datum::scalar(2)];
        let count = |from, to| keyed.range(from, to).unwrap().count();
        assert_eq!(
            count(Bound::Included(&two[..]), Bound::Included(&two[..])),
            5
        );
        assert_eq!(count(Bound::Excluded(&two[..]), Bound::Unbounded), 5);
        assert_eq!(count(Bound::Unbounded, Bound::Excluded(&two[..])), 10);
        assert_eq!(
            count(Bound::Included(&[][..]), Bound::Included(&[][..])),
            20
        );
        assert_eq!(count(Bound::Excluded(&[][..]), Bound::Unbounded), 0);
    }
}

#[test]
fn what_cannot_be_looked_up_is_told() {
    let mut replica = Replica::new(layout());
    let snapshot = replica.snapshot();
    let string = Datum::scalar("");
    let of = |table: &str, names: &[&str]| snapshot.keyed(&columns(table, names)).map(drop);
    let keyed = snapshot
        .keyed(&columns("atoms", &["string", "integer"]))
        .unwrap();
    let tagged = snapshot
        .keyed(&columns("shapes", &["map_of_one:a"]))
        .unwrap();
    let found = |key: &[Datum]| keyed.lookup(key).map(drop);
    let errors = [
        of("others", &["name"]),
        of("atoms", &["name"]),
        of("atoms", &["string:a"]),
        snapshot
            .keyed(&IndexColumns::of("shapes").map_key("map", 1))
            .map(drop),
        found(std::slice::from_ref(&string)),
        found(&[string.clone(), string.clone()]),
        found(&[Datum::set([]), Datum::scalar(1)]),
        keyed
            .range(
                Bound::Unbounded,
                Bound::Included(&[string.clone(), Datum::scalar(1), Datum::scalar(2)]),
            )
            .map(drop),
        tagged.lookup(&[Datum::map([])]).map(drop),
        replica.declare(IndexSpec::references_named("atoms", "uuid")),
        replica.declare(IndexSpec::references_named("atoms", "name")),
        replica.declare(IndexSpec::hash(IndexColumns::of("others"))),
    ];
    let words: Vec<String> = errors.map(|error| error.unwrap_err().to_string()).into();
    insta::assert_snapshot!(words.join("\n"), @r"
    no table others is here
    no column atoms.name is here
    column string holds no map with keys like a, but a value of type string
    column map holds no map with keys like 1, but a value of type map of string to string
    a key of length 1 for 2 column(s)
    part 1 of the key is no integer
    part 0 of the key is no string
    a key of length 3 for 2 column(s)
    part 0 of the key is no optional integer
    column uuid refers to nothing, but holds a value of type uuid
    no column atoms.name is here
    no table others is here
    ");
}
