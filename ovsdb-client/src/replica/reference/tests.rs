//! References followed and found back, against plain scans.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::replica::history::{Rows as State, history, initial, layout, update};
use crate::replica::{Cause, IndexSpec, Replica};
use crate::schema::{DatabaseLayout, DatabaseSchema};
use crate::update::{Format, Update};
use crate::value::{Atom, Datum};

fn told(referrers: &[Referrer<'_>]) -> Vec<(String, String, Uuid)> {
    let told = |found: &Referrer<'_>| {
        (
            found.table.name.to_string(),
            found.column.to_owned(),
            found.row.uuid(),
        )
    };
    referrers.iter().map(told).collect()
}

fn check(snapshot: &Snapshot, state: &State) {
    let mut targets: BTreeSet<Uuid> = (0..6).map(Uuid::from_u128).collect();
    let mut expected: Vec<(Uuid, Uuid)> = Vec::new();
    for ((_, source), cells) in state.iter().filter(|((table, _), _)| **table == *"shapes") {
        let Datum::Set(atoms) = &cells["references"] else {
            unreachable!("the column is a set");
        };
        expected.extend(atoms.iter().filter_map(|atom| match atom {
            Atom::Uuid(target) if !target.is_nil() => Some((*target, *source)),
            _ => None,
        }));
    }
    targets.extend(expected.iter().map(|(target, _)| target));
    for target in targets {
        let sources = expected.iter().filter(|(to, _)| *to == target);
        let known: Vec<_> = sources
            .map(|(_, source)| ("shapes".to_owned(), "references".to_owned(), *source))
            .collect();
        assert_eq!(told(&snapshot.referrers_of("atoms", target)), known);
        assert_eq!(told(&snapshot.referrers_of("shapes", target)), []);
    }
}

proptest! {
    #[test]
    fn referrers_equal_a_scan_in_every_snapshot(
        states in history(6),
        declared_at in 0usize..7,
        replaced_at in 0usize..6,
    ) {
        let mut replica = Replica::new(layout());
        let mut kept = vec![replica.snapshot()];
        for (at, pair) in states.windows(2).enumerate() {
            if at == declared_at {
                replica.declare(IndexSpec::references_named("shapes", "references")).unwrap();
            }
            let format = Format::Differences;
            if at == replaced_at {
                let update = Update::decode(replica.layout(), format, &initial(&pair[1], format));
                replica.replace(update.unwrap(), Cause::Resync).unwrap();
            } else {
                let update = update(&pair[0], &pair[1], format);
                let update = Update::decode(replica.layout(), format, &update).unwrap();
                replica.apply(update, format.into(), Cause::Delta).unwrap();
            }
            kept.push(replica.snapshot());
        }
        for (snapshot, state) in kept.iter().zip(&states) {
            check(snapshot, state);
        }
    }
}

#[test]
fn keys_and_values_of_a_map_refer_each_to_their_own_table() {
    const SCHEMA: &str = r#"{"name": "T", "tables": {
        "end": {"columns": {"name": {"type": "string"}}},
        "start": {"columns": {"name": {"type": "string"}}},
        "way": {"columns": {
            "both": {"type": {"key": {"type": "uuid", "refTable": "end"},
                              "value": {"type": "uuid", "refTable": "end"},
                              "min": 0, "max": "unlimited"}},
            "from": {"type": {"key": {"type": "uuid", "refTable": "start"}}},
            "pairs": {"type": {"key": {"type": "uuid", "refTable": "start"},
                               "value": {"type": "uuid", "refTable": "end"},
                               "min": 0, "max": "unlimited"}}}}}}"#;
    let [a, b, way] = [1, 2, 3].map(Uuid::from_u128);
    let text = format!(
        r#"{{"way": {{"{way}": {{"insert": {{
            "both": ["map", [[["uuid", "{a}"], ["uuid", "{b}"]], [["uuid", "{b}"], ["uuid", "{b}"]]]],
            "pairs": ["map", [[["uuid", "{a}"], ["uuid", "{b}"]]]]}}}}}}}}"#
    );
    let schema = Arc::new(DatabaseSchema::parse(SCHEMA).unwrap());
    let mut replica = Replica::new(Arc::new(DatabaseLayout::new(schema, &[])));
    let update = Update::decode(replica.layout(), Format::Differences, &text).unwrap();
    replica.replace(update, Cause::Initial).unwrap();
    for is_kept in [false, true] {
        if is_kept {
            for column in ["both", "from", "pairs"] {
                replica
                    .declare(IndexSpec::references_named("way", column))
                    .unwrap();
            }
        }
        let snapshot = replica.snapshot();
        for (table, row, expected) in [
            ("end", a, &["both"][..]),
            ("end", b, &["both", "pairs"]),
            ("start", a, &["pairs"]),
            ("start", b, &[]),
            // A required reference that was not set refers to nothing.
            ("start", Uuid::nil(), &[]),
        ] {
            let found = snapshot.referrers_of(table, row);
            let columns: Vec<&str> = found.iter().map(|found| found.column).collect();
            assert_eq!(columns, expected, "{table} {row} {is_kept}");
        }
    }
}
