//! Changes: typed mutations of the columns of generated tables.
//!
//! They are made from columns: `nb::nb_global::NB_CFG.add(1)`,
//! `nb::logical_switch::PORTS.insert([port])`. A value of another type than the column's does not
//! compile, and neither does arithmetic on what is no number.

use std::marker::PhantomData;

use crate::operation::{Mutation, Mutator};
use crate::table::{Column, ColumnValue, Element, IntoAtom, IntoValue, Map, Set, Table};
use crate::value::Datum;

/// Mutations of a row of table `T`, carried out in their order.
pub struct Change<T> {
    mutations: Vec<Mutation>,
    marker: PhantomData<fn() -> T>,
}

impl<T> Change<T> {
    fn new(mutations: Vec<Mutation>) -> Self {
        Self {
            mutations,
            marker: PhantomData,
        }
    }

    /// This change and then the other.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.mutations.extend(other.mutations);
        self
    }
}

impl<T> From<Change<T>> for Vec<Mutation> {
    fn from(change: Change<T>) -> Self {
        change.mutations
    }
}

/// A column of numbers.
pub trait Numbers: ColumnValue {
    /// One of them.
    type Number: Element;
}

/// A column of integers.
pub trait Integers: Numbers<Number = i64> {}

macro_rules! numbers {
    ($($column:ty => $number:ty),*) => {$(
        impl Numbers for $column {
            type Number = $number;
        }
    )*};
}

numbers!(i64 => i64, Option<i64> => i64, Set<i64> => i64);
numbers!(f64 => f64, Option<f64> => f64, Set<f64> => f64);

impl<V: Numbers<Number = i64>> Integers for V {}

fn mutation<T: Table, V>(column: Column<T, V>, mutator: Mutator, value: Datum) -> Mutation {
    Mutation {
        column: column.name().into(),
        mutator,
        value,
    }
}

fn change<T: Table, V>(column: Column<T, V>, mutator: Mutator, value: Datum) -> Change<T> {
    Change::new(vec![mutation(column, mutator, value)])
}

/// Arithmetic on every number of the column; beyond 64 bits, or beyond what the column allows, the
/// server refuses the transaction.
impl<T: Table, V: Numbers> Column<T, V> {
    /// Adds a number.
    #[expect(
        clippy::should_implement_trait,
        reason = "the column is not added to: the word is that of its fellows, such as `insert`"
    )]
    pub fn add(self, number: impl IntoAtom<V::Number>) -> Change<T> {
        change(self, Mutator::Add, Datum::scalar(number.into_atom()))
    }

    /// Takes a number away.
    pub fn subtract(self, number: impl IntoAtom<V::Number>) -> Change<T> {
        change(self, Mutator::Subtract, Datum::scalar(number.into_atom()))
    }

    /// Multiplies by a number.
    pub fn multiply(self, number: impl IntoAtom<V::Number>) -> Change<T> {
        change(self, Mutator::Multiply, Datum::scalar(number.into_atom()))
    }

    /// Divides by a number; integers lose what is left over.
    pub fn divide(self, number: impl IntoAtom<V::Number>) -> Change<T> {
        change(self, Mutator::Divide, Datum::scalar(number.into_atom()))
    }
}

impl<T: Table, V: Integers> Column<T, V> {
    /// Keeps what is left over by the division by a number.
    pub fn remainder(self, number: impl IntoAtom<i64>) -> Change<T> {
        change(self, Mutator::Remainder, Datum::scalar(number.into_atom()))
    }
}

impl<T: Table, E: Element> Column<T, Set<E>> {
    /// Adds atoms; those that are there already stay.
    pub fn insert(self, atoms: impl IntoValue<Set<E>>) -> Change<T> {
        change(self, Mutator::Insert, atoms.into_datum())
    }

    /// Takes atoms out, where they are there.
    pub fn delete(self, atoms: impl IntoValue<Set<E>>) -> Change<T> {
        change(self, Mutator::Delete, atoms.into_datum())
    }
}

impl<T: Table, K: Element, V: Element> Column<T, Map<K, V>> {
    /// Adds pairs; keys that are there already keep their value.
    pub fn insert(self, pairs: impl IntoValue<Map<K, V>>) -> Change<T> {
        change(self, Mutator::Insert, pairs.into_datum())
    }

    /// Sets pairs; keys that are there already take the new value.
    ///
    /// It is two mutations: the keys are deleted and the pairs inserted.
    pub fn put(self, pairs: impl IntoValue<Map<K, V>>) -> Change<T> {
        let pairs = pairs.into_datum();
        let keys = match &pairs {
            Datum::Map(pairs) => Datum::set(pairs.iter().map(|(key, _)| key.clone())),
            Datum::Set(_) => Datum::set([]),
        };
        Change::new(vec![
            mutation(self, Mutator::Delete, keys),
            mutation(self, Mutator::Insert, pairs),
        ])
    }

    /// Takes these pairs out, where key and value are there.
    pub fn delete(self, pairs: impl IntoValue<Map<K, V>>) -> Change<T> {
        change(self, Mutator::Delete, pairs.into_datum())
    }

    /// Takes these keys out with their values, where they are there.
    pub fn delete_keys(self, keys: impl IntoValue<Set<K>>) -> Change<T> {
        change(self, Mutator::Delete, keys.into_datum())
    }
}
