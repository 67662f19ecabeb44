//! Typed tables: the descriptions and the row views that generated code is made of.
//!
//! A generated table is a newtype round [`Row`] with one constant [`Column`] and one method a
//! column. Nothing is decoded until a method is called, and strings are borrowed from the row.

mod column;
mod definition;
mod view;

pub use self::column::{Column, ColumnValue, Element, Enumeration, Map, Ref, Set};
pub use self::definition::{BaseDef, ColumnDef, DatabaseDef, TableDef};
pub use self::view::{MapView, SetView};
pub use crate::row::Row;
pub use crate::schema::{RefKind, UNLIMITED};
pub use crate::value::{Kind, Uuid};

/// A table known at compile time; generated code implements it.
pub trait Table: Clone + Send + Sync + 'static {
    /// The description of the table.
    const DEFINITION: &'static TableDef;

    /// The row as one of this table.
    ///
    /// The row must come from a layout made with this table's definition, as every typed access
    /// of this crate sees to; from another layout the columns read as something else.
    fn from_row(row: Row) -> Self;

    /// The row beneath.
    fn as_row(&self) -> &Row;

    /// The row's UUID.
    fn uuid(&self) -> Uuid {
        self.as_row().uuid()
    }

    /// The value of a column.
    fn get<V: ColumnValue>(&self, column: Column<Self, V>) -> V::View<'_> {
        self.as_row().get(column)
    }
}

impl Row {
    /// The value of a column of the generated table `T`, of which this must be a row.
    pub fn get<T: Table, V: ColumnValue>(&self, column: Column<T, V>) -> V::View<'_> {
        V::view(self.payload(column.number()))
    }
}
