//! A tree against the sorted map of the standard library.

use std::collections::BTreeMap;
use std::ops::Bound;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::row::{Row, RowBuilder};

type Rows = Tree<Uuid, Row>;

fn row(key: Uuid, mark: u8) -> Row {
    let mut builder = RowBuilder::default();
    builder.put(1, &[mark]);
    builder.row(key)
}

fn check(tree: &Rows, model: &BTreeMap<Uuid, Row>) {
    assert_eq!(tree.len(), model.len());
    assert_eq!(tree.root.is_none(), model.is_empty());
    assert!(tree.iter().eq(model.iter()));
    assert!(tree.iter().rev().eq(model.iter().rev()));
    for (uuid, row) in model {
        assert_eq!(tree.get(uuid), Some(row));
    }
}

#[test]
fn a_tree_of_three_levels_grows_and_shrinks_in_any_order() {
    const ROWS: u128 = 6000;
    // Each step is coprime to the number of rows, so that every key comes once.
    for (up, down) in [
        (1, 1),
        (1, ROWS - 1),
        (ROWS - 1, 7),
        (2741, 1009),
        (7, 2741),
    ] {
        let (mut tree, mut model) = (Rows::default(), BTreeMap::new());
        for number in 0..ROWS {
            let key = Uuid::from_u128(number * up % ROWS);
            assert_eq!(tree.insert(key, row(key, 1)), None);
            model.insert(key, row(key, 1));
        }
        check(&tree, &model);
        let (full, all) = (tree.clone(), model.clone());
        for number in 0..ROWS {
            let key = Uuid::from_u128(number * down % ROWS);
            assert_eq!(tree.remove(&key), model.remove(&key));
            if number % 500 == 0 {
                check(&tree, &model);
            }
        }
        check(&tree, &BTreeMap::new());
        check(&full, &all);
    }
}

proptest! {
    #[test]
    fn a_tree_is_a_sorted_map_and_its_clones_stay_as_they_were(
        steps in prop::collection::vec((0u16..400, any::<Option<u8>>()), 1..1500),
        spread in any::<bool>(),
    ) {
        let (mut tree, mut model) = (Rows::default(), BTreeMap::new());
        let mut kept = Vec::new();
        for (at, (number, mark)) in steps.iter().enumerate() {
            let number = u128::from(*number);
            let key = Uuid::from_u128(if spread { number.wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C834) } else { number });
            match mark {
                Some(mark) if mark % 3 == 0 => {
                    let new = row(key, *mark);
                    let changed = tree.change(&key, |_| new.clone());
                    let expected = model.get_mut(&key).map(|old| (std::mem::replace(old, new.clone()), new));
                    prop_assert_eq!(changed, expected);
                }
                Some(mark) => {
                    let new = row(key, *mark);
                    prop_assert_eq!(tree.insert(key, new.clone()), model.insert(key, new));
                }
                None => prop_assert_eq!(tree.remove(&key), model.remove(&key)),
            }
            if at % 200 == 0 {
                kept.push((tree.clone(), model.clone()));
            }
        }
        check(&tree, &model);
        for (tree, model) in &kept {
            check(tree, model);
        }
    }
}
proptest! {
    #[test]
    fn a_range_holds_what_a_sorted_map_gives_from_either_end(
        keys in prop::collection::btree_set(0u16..1000, 0..600),
        from in 0u16..1000,
        to in prop::option::of(0u16..1000),
        turns in prop::collection::vec(any::<bool>(), 0..700),
        bulk in any::<bool>(),
    ) {
        let model: BTreeMap<u16, u16> = keys.iter().map(|&key| (key, key / 2)).collect();
        let entries = model.iter().map(|(&key, &value)| (key, value));
        let tree = if bulk {
            Tree::from_sorted(entries.collect())
        } else {
            let mut tree = Tree::default();
            for (key, value) in entries {
                tree.insert(key, value);
            }
            tree
        };
        prop_assert_eq!(tree.len(), model.len());
        let end = to.map_or(Bound::Unbounded, |to| Bound::Excluded(to.max(from)));
        let mut expected = model.range((Bound::Included(from), end));
        let mut found = tree.range(&from, to.as_ref());
        for is_front in turns {
            if is_front {
                prop_assert_eq!(found.next(), expected.next());
            } else {
                prop_assert_eq!(found.next_back(), expected.next_back());
            }
        }
        prop_assert!(found.eq(expected));
        let mut cursor = tree.seek(&from);
        prop_assert_eq!(cursor.next().map(|(key, _)| key), model.range(from..).next().map(|(key, _)| key));
    }

    #[test]
    fn a_tree_made_at_once_is_one_made_by_inserts(
        keys in prop::collection::btree_set(0u128..4000, 0..2500),
        steps in prop::collection::vec((0u128..4000, any::<bool>()), 0..300),
    ) {
        let entry = |key: &u128| (Uuid::from_u128(*key), row(Uuid::from_u128(*key), 1));
        let mut model: BTreeMap<Uuid, Row> = keys.iter().map(entry).collect();
        let mut tree = Tree::from_sorted(keys.iter().map(entry).collect());
        check(&tree, &model);
        for (key, is_insert) in steps {
            let (key, row) = entry(&key);
            if is_insert {
                prop_assert_eq!(tree.insert(key, row.clone()), model.insert(key, row));
            } else {
                prop_assert_eq!(tree.remove(&key), model.remove(&key));
            }
        }
        check(&tree, &model);
    }
}
