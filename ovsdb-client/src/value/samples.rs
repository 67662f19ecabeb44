//! Column types and values of every shape, for property tests.

use proptest::prelude::*;
use uuid::Uuid;

use crate::value::column_type::{BaseType, ColumnType, RefKind, Reference, UNLIMITED};
use crate::value::{Atom, Datum, Kind};

const KINDS: [Kind; 5] = [
    Kind::Integer,
    Kind::Real,
    Kind::Boolean,
    Kind::String,
    Kind::Uuid,
];

/// The least and greatest number of a scalar, an optional one, sets and maps.
const BOUNDS: [(u32, u32); 6] = [
    (1, 1),
    (0, 1),
    (0, UNLIMITED),
    (0, 3),
    (1, UNLIMITED),
    (1, 2),
];

/// Every atomic kind, with an enumeration or a reference where the kind can have one.
fn base_type() -> impl Strategy<Value = BaseType> {
    (prop::sample::select(&KINDS), any::<bool>(), any::<bool>()).prop_map(
        |(kind, constrained, weak)| {
            let mut base = BaseType::plain(kind);
            if constrained && kind == Kind::String {
                base.enumeration = vec![Atom::from("a"), Atom::from("b")];
            }
            if constrained && kind == Kind::Uuid {
                base.reference = Some(Reference {
                    table: "T".into(),
                    kind: if weak { RefKind::Weak } else { RefKind::Strong },
                });
            }
            base
        },
    )
}

/// Every shape: scalar, optional, set, bounded set, set of at least one, map, map of one.
pub(crate) fn column_type() -> impl Strategy<Value = ColumnType> {
    (
        base_type(),
        prop::option::of(base_type()),
        prop::sample::select(&BOUNDS),
    )
        .prop_map(|(key, value, (min, max))| ColumnType {
            key,
            value,
            min,
            max,
        })
}

/// An atom; one of few about half the time, so that sets and maps meet.
pub(crate) fn atom(kind: Kind) -> BoxedStrategy<Atom> {
    match kind {
        Kind::Integer => prop_oneof![
            3 => -2i64..4,
            2 => any::<i64>(),
            1 => prop::sample::select(&[i64::MIN, i64::MIN + 1, i64::MAX, 1 << 53][..]),
        ]
        .prop_map(Atom::Integer)
        .boxed(),
        Kind::Real => prop_oneof![
            3 => (-2i8..4).prop_map(|half| f64::from(half) / 2.0),
            2 => prop::num::f64::NORMAL,
        ]
        .prop_map(Atom::Real)
        .boxed(),
        Kind::Boolean => any::<bool>().prop_map(Atom::Boolean).boxed(),
        Kind::String => prop_oneof![3 => "[ab]{0,2}", 2 => "[^\0]{0,8}", 1 => "a{120,140}"]
            .prop_map(Atom::from)
            .boxed(),
        Kind::Uuid => prop_oneof![3 => 0u128..5, 2 => any::<u128>()]
            .prop_map(|number| Atom::Uuid(Uuid::from_u128(number)))
            .boxed(),
    }
}

/// A value within the bounds of its type, enumerations left aside.
pub(crate) fn datum(column_type: &ColumnType) -> BoxedStrategy<Datum> {
    let min = column_type.min as usize;
    let max = (column_type.max as usize).min(5);
    let key = atom(column_type.key.kind);
    let enough = move |datum: &Datum| datum.len() >= min;
    match &column_type.value {
        None => prop::collection::vec(key, min..=max)
            .prop_map(Datum::set)
            .prop_filter("as many as the type asks for", enough)
            .boxed(),
        Some(value) => prop::collection::vec((key, atom(value.kind)), min..=max)
            .prop_map(Datum::map)
            .prop_filter("as many as the type asks for", enough)
            .boxed(),
    }
}

/// A type with one value of it.
pub(crate) fn typed_datum() -> impl Strategy<Value = (ColumnType, Datum)> {
    column_type().prop_flat_map(|column_type| {
        let datum = datum(&column_type);
        (Just(column_type), datum)
    })
}

/// A type with two values of it.
pub(crate) fn typed_data() -> impl Strategy<Value = (ColumnType, Datum, Datum)> {
    column_type().prop_flat_map(|column_type| {
        let (a, b) = (datum(&column_type), datum(&column_type));
        (Just(column_type), a, b)
    })
}
