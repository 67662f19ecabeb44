//! Elements: what one atom of a column is, as a type.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use uuid::Uuid;

use crate::value::{AtomRef, Kind};

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
