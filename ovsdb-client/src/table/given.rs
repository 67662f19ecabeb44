//! Given values: what a program may write into a column or compare it with, as types.
//!
//! | column | what is given |
//! | --- | --- |
//! | `i64`, `f64`, `bool`, `Uuid` | the same |
//! | `String` | `&str`, `String`, `&String`, `Box<str>` |
//! | `Ref<T>` | a [`Ref`] of the same table, or a row of it |
//! | an [`Enumeration`] | its value |
//! | `Option` of these | an `Option` of the above |
//! | [`Set`] | anything that iterates over the above |
//! | [`Map`] | anything that iterates over pairs of the above |
//!
//! Anything else does not compile.

use uuid::Uuid;

use crate::table::column::{ColumnValue, Map, Set};
use crate::table::element::{Element, Enumeration, Ref};
use crate::table::{Row, Table};
use crate::value::{Atom, Datum};

/// A value that is written as one atom of the type `E`.
pub trait IntoAtom<E: Element> {
    /// The atom.
    fn into_atom(self) -> Atom;
}

/// A value that is written into a column of the type `V`.
pub trait IntoValue<V: ColumnValue> {
    /// The value as the wire knows it.
    fn into_datum(self) -> Datum;
}

macro_rules! same {
    ($($type:ty),*) => {$(
        impl IntoAtom<$type> for $type {
            fn into_atom(self) -> Atom {
                self.into()
            }
        }
    )*};
}

same!(i64, f64, bool, Uuid, String);

impl IntoAtom<String> for &str {
    fn into_atom(self) -> Atom {
        self.into()
    }
}

impl IntoAtom<String> for &String {
    fn into_atom(self) -> Atom {
        self.as_str().into()
    }
}

impl IntoAtom<String> for Box<str> {
    fn into_atom(self) -> Atom {
        Atom::String(self)
    }
}

impl<T> IntoAtom<Self> for Ref<T> {
    fn into_atom(self) -> Atom {
        self.uuid().into()
    }
}

impl<T: Table> IntoAtom<Ref<T>> for &T {
    fn into_atom(self) -> Atom {
        self.uuid().into()
    }
}

impl<E: Enumeration> IntoAtom<Self> for E {
    fn into_atom(self) -> Atom {
        self.name().into()
    }
}

impl<E: Element, X: IntoAtom<E>> IntoValue<E> for X {
    fn into_datum(self) -> Datum {
        Datum::scalar(self.into_atom())
    }
}

impl<E: Element, X: IntoAtom<E>> IntoValue<Option<E>> for Option<X> {
    fn into_datum(self) -> Datum {
        Datum::set(self.map(IntoAtom::into_atom))
    }
}

impl<E: Element, I: IntoIterator<Item: IntoAtom<E>>> IntoValue<Set<E>> for I {
    fn into_datum(self) -> Datum {
        Datum::set(self.into_iter().map(IntoAtom::into_atom))
    }
}

impl<K, V, X, Y, I> IntoValue<Map<K, V>> for I
where
    K: Element,
    V: Element,
    X: IntoAtom<K>,
    Y: IntoAtom<V>,
    I: IntoIterator<Item = (X, Y)>,
{
    fn into_datum(self) -> Datum {
        Datum::map(
            self.into_iter()
                .map(|(key, value)| (key.into_atom(), value.into_atom())),
        )
    }
}

impl<T: Table> From<&T> for Ref<T> {
    fn from(row: &T) -> Self {
        Self::new(Row::uuid(row.as_row()))
    }
}
