//! Views of set and map columns, read in place.

use std::fmt;
use std::marker::PhantomData;

use crate::table::element::Element;
use crate::value::AtomRef;
use crate::value::packed::{Atoms, Pairs};

/// The atoms of a set column, ascending.
pub struct SetView<'a, E> {
    payload: &'a [u8],
    marker: PhantomData<fn() -> E>,
}

impl<'a, E: Element> SetView<'a, E> {
    pub(crate) fn new(payload: &'a [u8]) -> Self {
        Self {
            payload,
            marker: PhantomData,
        }
    }

    fn atoms(&self) -> Atoms<'a> {
        Atoms::new(self.payload, E::KIND)
    }

    /// The atoms, ascending.
    pub fn iter(&self) -> impl Iterator<Item = E::View<'a>> + use<'a, E> {
        self.atoms().map(E::view)
    }

    /// How many atoms there are.
    pub fn len(&self) -> usize {
        self.atoms().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.payload.is_empty()
    }

    /// Whether the set holds this atom.
    pub fn contains(&self, atom: &E::View<'_>) -> bool {
        let wanted = E::to_atom(atom);
        self.atoms().any(|atom| atom == wanted)
    }

    /// The least atom.
    pub fn first(&self) -> Option<E::View<'a>> {
        self.iter().next()
    }
}

impl<E> Clone for SetView<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for SetView<'_, E> {}

impl<E: Element> fmt::Debug for SetView<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.atoms()).finish()
    }
}

/// The pairs of a map column, ascending by key.
pub struct MapView<'a, K, V> {
    payload: &'a [u8],
    marker: PhantomData<fn() -> (K, V)>,
}

impl<'a, K: Element, V: Element> MapView<'a, K, V> {
    pub(crate) fn new(payload: &'a [u8]) -> Self {
        Self {
            payload,
            marker: PhantomData,
        }
    }

    fn pairs(&self) -> Pairs<'a> {
        Pairs::new(self.payload, K::KIND, V::KIND)
    }

    /// The pairs, ascending by key.
    pub fn iter(&self) -> impl Iterator<Item = (K::View<'a>, V::View<'a>)> + use<'a, K, V> {
        self.pairs()
            .map(|(key, value)| (K::view(key), V::view(value)))
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.pairs().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.payload.is_empty()
    }

    fn find(&self, key: AtomRef<'_>) -> Option<V::View<'a>> {
        self.pairs()
            .find(|(candidate, _)| *candidate == key)
            .map(|(_, value)| V::view(value))
    }
}

impl<'a, V: Element> MapView<'a, String, V> {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<V::View<'a>> {
        self.find(AtomRef::String(key))
    }
}

impl<'a, V: Element> MapView<'a, i64, V> {
    /// The value of `key`.
    pub fn get(&self, key: i64) -> Option<V::View<'a>> {
        self.find(AtomRef::Integer(key))
    }
}

impl<K, V> Clone for MapView<'_, K, V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, V> Copy for MapView<'_, K, V> {}

impl<K: Element, V: Element> fmt::Debug for MapView<'_, K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.pairs()).finish()
    }
}
