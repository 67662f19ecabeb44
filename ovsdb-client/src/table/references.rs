//! Columns that refer to rows.

use crate::table::Table;
use crate::table::column::{ColumnValue, Map, Set};
use crate::table::element::{Element, Ref};

/// A column's type that refers to rows of one table: a [`Ref`], an `Option` of one, a [`Set`] of
/// them or a [`Map`] to them.
pub trait References: ColumnValue {
    /// The table referred to.
    type Target: Table;

    /// The references, in the order of the column.
    fn references<'a>(
        view: Self::View<'a>,
    ) -> impl Iterator<Item = Ref<Self::Target>> + use<'a, Self>;
}

impl<T: Table> References for Ref<T> {
    type Target = T;

    fn references<'a>(view: Self::View<'a>) -> impl Iterator<Item = Ref<T>> + use<'a, T> {
        std::iter::once(view)
    }
}

impl<T: Table> References for Option<Ref<T>> {
    type Target = T;

    fn references<'a>(view: Self::View<'a>) -> impl Iterator<Item = Ref<T>> + use<'a, T> {
        view.into_iter()
    }
}

impl<T: Table> References for Set<Ref<T>> {
    type Target = T;

    fn references<'a>(view: Self::View<'a>) -> impl Iterator<Item = Ref<T>> + use<'a, T> {
        view.iter()
    }
}

impl<K: Element, T: Table> References for Map<K, Ref<T>> {
    type Target = T;

    fn references<'a>(view: Self::View<'a>) -> impl Iterator<Item = Ref<T>> + use<'a, K, T> {
        view.iter().map(|(_, reference)| reference)
    }
}
