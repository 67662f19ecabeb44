//! Data: what one column of one row holds, owned (`Datum`) or borrowed from a row (`Value`).

use crate::value::atom::{Atom, AtomRef};
use crate::value::column_type::ColumnType;
use crate::value::packed::{Atoms, Pairs};

/// An owned set (a scalar is a set of one) or map.
///
/// **Shape**: sets are ascending without duplicates; maps ascending by key with unique keys.
/// The constructors see to it. One made without them may be out of order: it is sent as it is,
/// since servers sort what they read, but it equals and finds nothing that is in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Datum {
    /// A scalar, an optional scalar or a set.
    Set(Vec<Atom>),
    /// A map.
    Map(Vec<(Atom, Atom)>),
}

impl Datum {
    /// The set of exactly one atom, which is a scalar.
    pub fn scalar(atom: impl Into<Atom>) -> Self {
        Self::Set(vec![atom.into()])
    }

    /// A set of these atoms, sorted, each once.
    pub fn set(atoms: impl IntoIterator<Item = Atom>) -> Self {
        let mut atoms: Vec<Atom> = atoms.into_iter().collect();
        atoms.sort();
        atoms.dedup();
        Self::Set(atoms)
    }

    /// A map of these pairs, sorted by key; of several pairs with one key the last stays.
    pub fn map(pairs: impl IntoIterator<Item = (Atom, Atom)>) -> Self {
        let mut pairs: Vec<(Atom, Atom)> = pairs.into_iter().collect();
        pairs.reverse();
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        pairs.dedup_by(|later, first| later.0 == first.0);
        Self::Map(pairs)
    }

    /// How many atoms or pairs there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Set(atoms) => atoms.len(),
            Self::Map(pairs) => pairs.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A column's value in a row, read in place.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    column_type: &'a ColumnType,
    payload: &'a [u8],
}

impl<'a> Value<'a> {
    pub(crate) fn new(column_type: &'a ColumnType, payload: &'a [u8]) -> Self {
        Self {
            column_type,
            payload,
        }
    }

    /// The type of the column.
    pub fn column_type(&self) -> &'a ColumnType {
        self.column_type
    }

    /// Whether the value is the one that RFC 7047 §5.2.1 gives a column nobody set.
    pub fn is_default(&self) -> bool {
        self.payload.is_empty() || self.payload == self.column_type.default_payload()
    }

    /// The atoms of a scalar or set, ascending; of a map, its keys.
    pub fn atoms(&self) -> impl Iterator<Item = AtomRef<'a>> + use<'a> {
        let kind = self.column_type.key.kind;
        let absent =
            (self.payload.is_empty() && self.column_type.is_scalar()).then(|| kind.default_atom());
        let (sets, maps) = if self.column_type.is_map() {
            (None, Some(self.pairs().map(|(key, _)| key)))
        } else {
            (Some(Atoms::new(self.payload, kind)), None)
        };
        absent
            .into_iter()
            .chain(sets.into_iter().flatten())
            .chain(maps.into_iter().flatten())
    }

    /// The pairs of a map, ascending by key; none for a set.
    pub fn pairs(&self) -> impl Iterator<Item = (AtomRef<'a>, AtomRef<'a>)> + use<'a> {
        self.column_type
            .value
            .as_ref()
            .map(|value| Pairs::new(self.payload, self.column_type.key.kind, value.kind))
            .into_iter()
            .flatten()
    }

    /// The value of `key` in a map.
    pub fn lookup(&self, key: AtomRef<'_>) -> Option<AtomRef<'a>> {
        self.pairs().find(|(k, _)| *k == key).map(|(_, v)| v)
    }

    /// How many atoms or pairs there are.
    pub fn len(&self) -> usize {
        self.atoms().count()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.atoms().next().is_none()
    }

    /// An owned copy.
    pub fn to_datum(&self) -> Datum {
        if self.column_type.is_map() {
            Datum::Map(
                self.pairs()
                    .map(|(k, v)| (k.to_owned(), v.to_owned()))
                    .collect(),
            )
        } else {
            Datum::Set(self.atoms().map(AtomRef::to_owned).collect())
        }
    }
}

impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.to_datum() == other.to_datum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::BaseType;
    use crate::value::Kind;

    #[test]
    fn sets_are_sorted_and_hold_each_atom_once() {
        let atoms = [3, 1, 3, 2].map(Atom::from);
        assert_eq!(
            Datum::set(atoms),
            Datum::Set([1, 2, 3].map(Atom::from).into())
        );
    }

    #[test]
    fn of_two_pairs_with_one_key_the_later_stays() {
        let pair = |key: &str, value: i64| (Atom::from(key), Atom::from(value));
        let map = Datum::map([pair("b", 1), pair("a", 2), pair("b", 3), pair("b", 4)]);
        assert_eq!(map, Datum::Map(vec![pair("a", 2), pair("b", 4)]));
    }

    #[test]
    fn a_map_is_looked_up_by_key_and_lists_its_keys_as_atoms() {
        let column_type = ColumnType {
            value: Some(BaseType::plain(Kind::Integer)),
            min: 0,
            max: 5,
            ..ColumnType::scalar(Kind::String)
        };
        let payload = b"\x01a\x01\0\0\0\0\0\0\0\x01b\x02\0\0\0\0\0\0\0";
        let value = Value::new(&column_type, payload);
        assert_eq!(
            value.lookup(AtomRef::String("b")),
            Some(AtomRef::Integer(2))
        );
        assert_eq!(value.lookup(AtomRef::String("c")), None);
        let keys: Vec<_> = value.atoms().collect();
        assert_eq!(keys, [AtomRef::String("a"), AtomRef::String("b")]);
        assert_eq!(value.len(), 2);
    }
}
