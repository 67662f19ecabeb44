//! Updates: any text is an update or is refused, and a replica stays whole under all of them.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

use ovsdb_client::replica::{
    Cause, ChangeBatch, IndexColumns, IndexSpec, Replica, Snapshot, Values,
};
use ovsdb_client::row::Row;
use ovsdb_client::schema::DatabaseLayout;
use ovsdb_client::update::{Format, Update};
use ovsdb_client::value::{AtomRef, Uuid};

use super::{lines, shapes};

/// Lines, each an update for the one replica:
///
/// - `d` and `w`: of the newer format, as differences or as whole values;
/// - `o`: of the old format; `a` and `A`: all rows there are now, of either format;
/// - `c`: the schema is converted; anything else: converted back, without generated tables.
pub fn run(data: &[u8]) {
    let mut replica = indexed(shapes::generated());
    for (operation, text) in lines(data) {
        let (format, values) = match operation {
            b'd' | b'a' => (Format::Differences, Values::Differences),
            b'w' => (Format::Differences, Values::Whole),
            b'o' | b'A' => (Format::Old, Values::Whole),
            b'c' => {
                replica.convert(shapes::converted());
                check_rows(&replica.snapshot());
                continue;
            }
            _ => {
                replica.convert(shapes::dynamic());
                check_rows(&replica.snapshot());
                continue;
            }
        };
        let update = match Update::decode(&Arc::clone(replica.layout()), format, text) {
            Ok(update) => update,
            Err(error) => {
                drop(error.to_string());
                continue;
            }
        };
        let before = replica.snapshot();
        let batch = if matches!(operation, b'a' | b'A') {
            replica.replace(update, Cause::Resync)
        } else {
            replica.apply(update, values, Cause::Delta)
        };
        let batch = batch.expect("the update is one for this layout");
        let after = replica.snapshot();
        assert_eq!(after.generation(), before.generation() + 1);
        assert_eq!(batch.generation, after.generation());
        check_batch(&before, &batch, &after);
        check_rows(&after);
        check_indexes(&after);
    }
}

/// A replica with an index of each kind.
fn indexed(layout: Arc<DatabaseLayout>) -> Replica {
    let mut replica = Replica::new(layout);
    for spec in [
        IndexSpec::ordered(IndexColumns::of("A").column("integer").column("string")),
        IndexSpec::hash(IndexColumns::of("S").column("bounded")),
        IndexSpec::hash(IndexColumns::of("S").map_key("map", "a")),
        IndexSpec::references_named("S", "references"),
    ] {
        replica.declare(spec).expect("the columns are there");
    }
    replica
}

/// How many rows of a table are looked for in its indexes: each costs a scan to compare with.
const LOOKED_FOR: usize = 8;

/// The indexes give what a look at every row gives.
fn check_indexes(snapshot: &Snapshot) {
    let Ok(keyed) = snapshot.keyed(&IndexColumns::of("S").column("bounded")) else {
        return;
    };
    let table = snapshot.table("S").expect("it has columns");
    for row in table.iter().take(LOOKED_FOR) {
        let key = row
            .value(table.layout(), "bounded")
            .expect("it is one")
            .to_datum();
        let found = keyed.lookup(std::slice::from_ref(&key)).expect("a key");
        let found: Vec<Uuid> = found.map(Row::uuid).collect();
        let same = |other: &&Row| {
            let value = other.value(table.layout(), "bounded");
            value.is_some_and(|value| value.to_datum() == key)
        };
        let scanned: Vec<Uuid> = table.iter().filter(same).map(Row::uuid).collect();
        assert_eq!(found, scanned, "with the key {key}");
        let references = row.value(table.layout(), "references").expect("it is one");
        for atom in references.atoms() {
            if let AtomRef::Uuid(target) = atom
                && !target.is_nil()
            {
                let referrers = snapshot.referrers_of("A", target);
                assert!(referrers.iter().any(|referrer| referrer.row == row));
            }
        }
    }
    let order = snapshot.keyed(&IndexColumns::of("A").column("integer").column("string"));
    if let (Ok(order), Some(table)) = (order, snapshot.table("A")) {
        let all = order
            .range(Bound::Unbounded, Bound::Unbounded)
            .expect("a range");
        assert_eq!(all.count(), table.len());
    }
}

/// The batch leads from the one snapshot to the other.
pub(crate) fn check_batch(before: &Snapshot, batch: &ChangeBatch, after: &Snapshot) {
    let mut rows = all(before);
    for changes in &batch.tables {
        for change in &changes.rows {
            let key = (changes.table, change.uuid);
            assert_ne!(change.old, change.new, "a change changes something");
            let old = match &change.new {
                Some(new) => rows.insert(key, new.clone()),
                None => rows.remove(&key),
            };
            assert_eq!(old, change.old, "a change begins at what there was");
        }
    }
    assert!(rows == all(after), "the changes lead to what there is");
}

fn all(snapshot: &Snapshot) -> BTreeMap<(usize, Uuid), Row> {
    let mut rows = BTreeMap::new();
    for (number, table) in snapshot.tables().enumerate() {
        for row in table.iter() {
            rows.insert((number, row.uuid()), row.clone());
        }
    }
    rows
}

/// Every value of every row can be read.
pub(crate) fn check_rows(snapshot: &Snapshot) {
    for table in snapshot.tables() {
        assert_eq!(table.iter().count(), table.len());
        for row in table.iter() {
            assert_eq!(table.get(row.uuid()), Some(row));
            for (name, value) in row.values(table.layout()) {
                let datum = value.to_datum();
                assert_eq!(datum.len(), value.len(), "{name}");
                drop(value.to_string());
            }
        }
    }
}
