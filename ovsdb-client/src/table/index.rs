//! Typed indexes: which columns of a table make a key, and what such a key is.

use std::fmt;
use std::marker::PhantomData;

use crate::table::Table;
use crate::table::column::{Column, ColumnValue, Map};
use crate::table::element::Element;
use crate::value::{AtomRef, Kind};

/// The most columns of an index.
///
/// **Default and why**: 6; no index of the OVN and Open vSwitch schemas has more than 5, and a
/// handle is passed by value.
pub const MAX_INDEX_COLUMNS: usize = 6;

/// The columns of table `T` that make a key, whose value is a `K`.
///
/// It only names them: rows are found by it whether or not a replica keeps an index on the
/// columns, and what is kept decides the price. Generated tables have one constant for each index
/// of their schema; others are written as constants too:
///
/// ```
/// # use ovsdb_client::table::{Column, Index, Map, Table};
/// # fn example<T: Table>(priority: Column<T, i64>, external_ids: Column<T, Map<String, String>>) {
/// // In a real program: `const BY_PRIORITY: Index<nb::Acl, i64> = Index::on(nb::acl::PRIORITY);`
/// let by_priority: Index<T, i64> = Index::on(priority);
/// let by_owner: Index<T, Option<String>> = Index::on_key(external_ids, "k8s.ovn.org/id");
/// let by_both: Index<T, (i64, Option<String>)> = by_priority.and_key(external_ids, "k8s.ovn.org/id");
/// # }
/// ```
///
/// **Shape**: the key of one column is the column's value (`i64`, `&str`, `Option<&str>`, ...);
/// of one key of a map an `Option`, `None` where the map lacks it; of two columns a pair; a third
/// one nests, `((a, b), c)`. The key of an index of the schema is a flat tuple.
pub struct Index<T, K> {
    parts: [Option<IndexPart>; MAX_INDEX_COLUMNS],
    marker: PhantomData<fn() -> (T, K)>,
}

/// One column of an index, or one key of a map column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IndexPart {
    pub(crate) column: u16,
    pub(crate) key: Option<&'static str>,
}

impl<T: Table, K> Index<T, K> {
    /// The handle of the index at this place of `T`'s definition; for generated code.
    pub const fn schema(place: usize) -> Self {
        let mut parts = [None; MAX_INDEX_COLUMNS];
        let indexes = T::DEFINITION.indexes;
        if place < indexes.len() {
            let columns = indexes[place];
            let mut at = 0;
            while at < columns.len() && at < MAX_INDEX_COLUMNS {
                let column = columns[at];
                parts[at] = Some(IndexPart { column, key: None });
                at += 1;
            }
        }
        Self::new(parts)
    }
}

impl<T, V: ColumnValue> Index<T, V> {
    /// The index on one column.
    pub const fn on(column: Column<T, V>) -> Self {
        Self::new([None; MAX_INDEX_COLUMNS]).with(0, column.number(), None)
    }
}

impl<T, V: Element> Index<T, Option<V>> {
    /// The index on the value of one key of a map, whose keys must be strings: of others it does
    /// not compile.
    pub const fn on_key<N: Element>(column: Column<T, Map<N, V>>, key: &'static str) -> Self {
        const { assert!(has_strings::<N>(), "the map's keys are no strings") }
        Self::new([None; MAX_INDEX_COLUMNS]).with(0, column.number(), Some(key))
    }
}

impl<T, K: IndexKey> Index<T, K> {
    /// The index on these columns and then one more.
    ///
    /// With more than [`MAX_INDEX_COLUMNS`] it does not compile.
    #[must_use]
    pub const fn and<V: ColumnValue>(self, column: Column<T, V>) -> Index<T, (K, V)> {
        const {
            assert!(
                K::COLUMNS < MAX_INDEX_COLUMNS,
                "an index of too many columns"
            );
        }
        self.with(K::COLUMNS, column.number(), None)
    }

    /// The index on these columns and then the value of one key of a map; see
    /// [`Index::and`] and [`Index::on_key`].
    #[must_use]
    pub const fn and_key<N: Element, V: Element>(
        self,
        column: Column<T, Map<N, V>>,
        key: &'static str,
    ) -> Index<T, (K, Option<V>)> {
        const { assert!(has_strings::<N>(), "the map's keys are no strings") }
        const {
            assert!(
                K::COLUMNS < MAX_INDEX_COLUMNS,
                "an index of too many columns"
            );
        }
        self.with(K::COLUMNS, column.number(), Some(key))
    }
}

const fn has_strings<N: Element>() -> bool {
    matches!(N::KIND, Kind::String)
}

impl<T, K> Index<T, K> {
    const fn new(parts: [Option<IndexPart>; MAX_INDEX_COLUMNS]) -> Self {
        Self {
            parts,
            marker: PhantomData,
        }
    }

    const fn with<L>(self, at: usize, column: u16, key: Option<&'static str>) -> Index<T, L> {
        let mut parts = self.parts;
        if at < MAX_INDEX_COLUMNS {
            parts[at] = Some(IndexPart { column, key });
        }
        Index::new(parts)
    }

    /// The columns in their order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = IndexPart> {
        self.parts.iter().copied().flatten()
    }
}

impl<T, K> Clone for Index<T, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K> Copy for Index<T, K> {}

impl<T: Table, K> fmt::Debug for Index<T, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", T::DEFINITION.name)?;
        for part in self.parts() {
            let column = T::DEFINITION.columns.get(usize::from(part.column));
            write!(f, ".{}", column.map_or("", |column| column.name))?;
            if let Some(key) = part.key {
                write!(f, ":{key}")?;
            }
        }
        Ok(())
    }
}

/// What an index is looked up by: a [`ColumnValue`], or a tuple of such.
pub trait IndexKey {
    /// How many columns it covers.
    const COLUMNS: usize;

    /// The key as a caller gives it; strings are borrowed.
    type View<'a>;

    /// Shows the columns and their atoms to `visitor`, in their order.
    fn visit(view: &Self::View<'_>, visitor: &mut impl VisitKey);
}

/// Sees a key, column by column; see [`IndexKey::visit`].
pub trait VisitKey {
    /// The next column begins.
    fn column(&mut self);

    /// An atom of the column; a map's keys and values take turns.
    fn atom(&mut self, atom: AtomRef<'_>);
}

impl<V: ColumnValue> IndexKey for V {
    const COLUMNS: usize = 1;
    type View<'a> = V::View<'a>;

    fn visit(view: &V::View<'_>, visitor: &mut impl VisitKey) {
        visitor.column();
        V::visit_atoms(view, |atom| visitor.atom(atom));
    }
}

macro_rules! tuple_key {
    ($($part:ident $place:tt),+) => {
        impl<$($part: IndexKey),+> IndexKey for ($($part,)+) {
            const COLUMNS: usize = $($part::COLUMNS +)+ 0;
            type View<'a> = ($($part::View<'a>,)+);

            fn visit(view: &Self::View<'_>, visitor: &mut impl VisitKey) {
                $($part::visit(&view.$place, visitor);)+
            }
        }
    };
}

tuple_key!(A 0, B 1);
tuple_key!(A 0, B 1, C 2);
tuple_key!(A 0, B 1, C 2, D 3);
tuple_key!(A 0, B 1, C 2, D 3, E 4);
tuple_key!(A 0, B 1, C 2, D 3, E 4, F 5);
