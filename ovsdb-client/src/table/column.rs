//! Typed columns: handles that know the table and the value they belong to.

use std::fmt;
use std::marker::PhantomData;

use crate::table::element::Element;
use crate::table::view::{MapView, SetView};
use crate::table::{ColumnDef, Table};
use crate::value::packed::take_atom;
use crate::value::{AtomRef, Datum};

/// A column of table `T` whose values are `V`s.
pub struct Column<T, V> {
    number: u16,
    marker: PhantomData<fn() -> (T, V)>,
}

impl<T, V> Column<T, V> {
    /// The handle of the column at this place of `T`'s definition; for generated code.
    pub const fn new(number: u16) -> Self {
        Self {
            number,
            marker: PhantomData,
        }
    }

    /// The column's place in the definition.
    pub const fn number(self) -> u16 {
        self.number
    }
}

impl<T: Table, V> Column<T, V> {
    /// The column's description.
    pub fn definition(self) -> &'static ColumnDef {
        &T::DEFINITION.columns[usize::from(self.number)]
    }

    /// The column's name.
    pub fn name(self) -> &'static str {
        self.definition().name
    }
}

impl<T, V> Clone for Column<T, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, V> Copy for Column<T, V> {}

impl<T: Table, V> fmt::Debug for Column<T, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", T::DEFINITION.name, self.name())
    }
}

/// What a column can hold, as a type: an [`Element`], an `Option` of one, a [`Set`] or a [`Map`].
pub trait ColumnValue {
    /// The value as read from a row.
    type View<'a>;

    /// Reads the value; no bytes stand for the default.
    fn view(payload: &[u8]) -> Self::View<'_>;

    /// An owned copy of what a view shows.
    fn to_datum(view: &Self::View<'_>) -> Datum;

    /// Shows each atom to `visit`, in the order of the value; a map's keys and values take turns.
    fn visit_atoms(view: &Self::View<'_>, visit: impl FnMut(AtomRef<'_>));
}

/// A set of atoms, as a column's type.
pub struct Set<E>(PhantomData<fn() -> E>);

/// A map from atoms to atoms, as a column's type.
pub struct Map<K, V>(PhantomData<fn() -> (K, V)>);

impl<E: Element> ColumnValue for E {
    type View<'a> = E::View<'a>;

    fn view(payload: &[u8]) -> E::View<'_> {
        let mut payload = payload;
        E::view(take_atom(&mut payload, E::KIND).unwrap_or(E::KIND.default_atom()))
    }

    fn to_datum(view: &E::View<'_>) -> Datum {
        Datum::Set(vec![E::to_atom(view).to_owned()])
    }

    fn visit_atoms(view: &E::View<'_>, mut visit: impl FnMut(AtomRef<'_>)) {
        visit(E::to_atom(view));
    }
}

impl<E: Element> ColumnValue for Option<E> {
    type View<'a> = Option<E::View<'a>>;

    fn view(payload: &[u8]) -> Option<E::View<'_>> {
        let mut payload = payload;
        take_atom(&mut payload, E::KIND).map(E::view)
    }

    fn to_datum(view: &Option<E::View<'_>>) -> Datum {
        Datum::Set(
            view.iter()
                .map(|atom| E::to_atom(atom).to_owned())
                .collect(),
        )
    }

    fn visit_atoms(view: &Option<E::View<'_>>, visit: impl FnMut(AtomRef<'_>)) {
        view.iter().map(E::to_atom).for_each(visit);
    }
}

impl<E: Element> ColumnValue for Set<E> {
    type View<'a> = SetView<'a, E>;

    fn view(payload: &[u8]) -> SetView<'_, E> {
        SetView::new(payload)
    }

    fn to_datum(view: &SetView<'_, E>) -> Datum {
        Datum::Set(
            view.iter()
                .map(|atom| E::to_atom(&atom).to_owned())
                .collect(),
        )
    }

    fn visit_atoms(view: &SetView<'_, E>, mut visit: impl FnMut(AtomRef<'_>)) {
        for atom in view.iter() {
            visit(E::to_atom(&atom));
        }
    }
}

impl<K: Element, V: Element> ColumnValue for Map<K, V> {
    type View<'a> = MapView<'a, K, V>;

    fn view(payload: &[u8]) -> MapView<'_, K, V> {
        MapView::new(payload)
    }

    fn to_datum(view: &MapView<'_, K, V>) -> Datum {
        Datum::Map(
            view.iter()
                .map(|(key, value)| (K::to_atom(&key).to_owned(), V::to_atom(&value).to_owned()))
                .collect(),
        )
    }

    fn visit_atoms(view: &MapView<'_, K, V>, mut visit: impl FnMut(AtomRef<'_>)) {
        for (key, value) in view.iter() {
            visit(K::to_atom(&key));
            visit(V::to_atom(&value));
        }
    }
}
