//! Typed columns: handles that know the table and the value they belong to.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use uuid::Uuid;

use crate::table::view::{MapView, SetView};
use crate::table::{ColumnDef, Table};
use crate::value::packed::take_atom;
use crate::value::{AtomRef, Datum, Kind};

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
}

/// One atom, as a type: `i64`, `f64`, `bool`, `String`, `Uuid`, [`Ref`] or an [`Enumeration`].
pub trait Element {
    /// The atom as read from a row; strings are borrowed.
    type View<'a>;

    /// The atomic type.
    const KIND: Kind;

    /// The view of an atom of [`Element::KIND`]; of another kind, which no row of the column
    /// holds, the default.
    fn view(atom: AtomRef<'_>) -> Self::View<'_>;

    /// The atom that a view shows.
    fn to_atom<'v>(view: &'v Self::View<'_>) -> AtomRef<'v>;
}

/// A string column with a list of allowed values; values beyond the list are kept.
pub trait Enumeration: Sized {
    /// The value for this string.
    fn from_name(name: &str) -> Self;

    /// The string.
    fn name(&self) -> &str;
}

/// A set of atoms, as a column's type.
pub struct Set<E>(PhantomData<fn() -> E>);

/// A map from atoms to atoms, as a column's type.
pub struct Map<K, V>(PhantomData<fn() -> (K, V)>);

/// The UUID of a row of table `T`.
///
/// The row may be absent: weak references can dangle on a real server, and a replica may hold
/// only some rows of a table.
pub struct Ref<T> {
    uuid: Uuid,
    marker: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// The reference to the row with this UUID.
    pub const fn new(uuid: Uuid) -> Self {
        Self {
            uuid,
            marker: PhantomData,
        }
    }

    /// The row's UUID.
    pub const fn uuid(self) -> Uuid {
        self.uuid
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ref<T> {}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}

impl<T> Eq for Ref<T> {}

impl<T> Hash for Ref<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uuid)
    }
}

macro_rules! plain_element {
    ($type:ty, $kind:ident, $default:expr) => {
        impl Element for $type {
            type View<'a> = $type;
            const KIND: Kind = Kind::$kind;

            fn view(atom: AtomRef<'_>) -> $type {
                match atom {
                    AtomRef::$kind(value) => value,
                    _ => $default,
                }
            }

            fn to_atom<'v>(view: &'v $type) -> AtomRef<'v> {
                AtomRef::$kind(*view)
            }
        }
    };
}

plain_element!(i64, Integer, 0);
plain_element!(f64, Real, 0.0);
plain_element!(bool, Boolean, false);
plain_element!(Uuid, Uuid, Uuid::nil());

impl Element for String {
    type View<'a> = &'a str;
    const KIND: Kind = Kind::String;

    fn view(atom: AtomRef<'_>) -> &str {
        match atom {
            AtomRef::String(string) => string,
            _ => "",
        }
    }

    fn to_atom<'v>(view: &'v &str) -> AtomRef<'v> {
        AtomRef::String(view)
    }
}

impl<T> Element for Ref<T> {
    type View<'a> = Self;
    const KIND: Kind = Kind::Uuid;

    fn view(atom: AtomRef<'_>) -> Self {
        Self::new(<Uuid as Element>::view(atom))
    }

    fn to_atom<'v>(view: &'v Self::View<'_>) -> AtomRef<'v> {
        AtomRef::Uuid(view.uuid)
    }
}

impl<T: Enumeration> Element for T {
    type View<'a> = T;
    const KIND: Kind = Kind::String;

    fn view(atom: AtomRef<'_>) -> T {
        T::from_name(<String as Element>::view(atom))
    }

    fn to_atom<'v>(view: &'v T) -> AtomRef<'v> {
        AtomRef::String(view.name())
    }
}

impl<E: Element> ColumnValue for E {
    type View<'a> = E::View<'a>;

    fn view(payload: &[u8]) -> E::View<'_> {
        let mut payload = payload;
        E::view(take_atom(&mut payload, E::KIND).unwrap_or(E::KIND.default_atom()))
    }

    fn to_datum(view: &E::View<'_>) -> Datum {
        Datum::Set(vec![E::to_atom(view).to_owned()])
    }
}

impl<E: Element> ColumnValue for Option<E> {
    type View<'a> = Option<E::View<'a>>;

    fn view(payload: &[u8]) -> Option<E::View<'_>> {
        let mut payload = payload;
        take_atom(&mut payload, E::KIND).map(E::view)
    }

    fn to_datum(view: &Option<E::View<'_>>) -> Datum {
        Datum::Set(view.iter().map(|atom| E::to_atom(atom).to_owned()).collect())
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
}

impl<K: Element, V: Element> ColumnValue for Map<K, V> {
    type View<'a> = MapView<'a, K, V>;

    fn view(payload: &[u8]) -> MapView<'_, K, V> {
        MapView::new(payload)
    }

    fn to_datum(view: &MapView<'_, K, V>) -> Datum {
        Datum::Map(
            view.iter()
                .map(|(key, value)| {
                    (
                        K::to_atom(&key).to_owned(),
                        V::to_atom(&value).to_owned(),
                    )
                })
                .collect(),
        )
    }
}
