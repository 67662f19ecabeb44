//! Typed tables: the descriptions and the row views that generated code is made of.
//!
//! A generated table is a newtype round [`Row`] with one constant [`Column`] and one method a
//! column. Nothing is decoded until a method is called, and strings are borrowed from the row.

mod column;
mod element;
mod given;
mod index;
mod references;
mod view;

use std::fmt;

pub use self::column::{Column, ColumnValue, Map, Set};
pub use self::element::{Element, Enumeration, Ref};
pub use self::given::{IntoAtom, IntoValue};
pub(crate) use self::index::IndexPart;
pub use self::index::{Index, IndexKey, MAX_INDEX_COLUMNS, VisitKey};
pub use self::references::References;
pub use self::view::{MapView, SetView};
pub use crate::row::Row;
pub use crate::schema::definition::{BaseDef, ColumnDef, DatabaseDef, TableDef};
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

    /// Shows each column with its value to `visitor`, in the order of the definition.
    fn visit(&self, visitor: &mut impl Visit);
}

/// Sees the columns of a typed row one after the other; see [`Table::visit`].
pub trait Visit {
    /// A column and its value.
    fn column<T: Table, V: ColumnValue>(&mut self, column: Column<T, V>, value: V::View<'_>);
}

impl Row {
    /// The value of a column of the generated table `T`, of which this must be a row.
    pub fn get<T: Table, V: ColumnValue>(&self, column: Column<T, V>) -> V::View<'_> {
        V::view(self.payload(column.number()))
    }
}

/// Formats a typed row with the columns that are not empty; for generated code.
///
/// # Errors
/// When the formatter fails.
pub fn debug<T: Table>(row: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    struct Fields<'a, 'b, 'f>(&'a mut fmt::DebugStruct<'b, 'f>);
    impl Visit for Fields<'_, '_, '_> {
        fn column<T: Table, V: ColumnValue>(&mut self, column: Column<T, V>, value: V::View<'_>) {
            let datum = V::to_datum(&value);
            if !datum.is_empty() {
                self.0.field(column.name(), &format_args!("{datum}"));
            }
        }
    }
    let mut fields = f.debug_struct(T::DEFINITION.name);
    fields.field("_uuid", &row.uuid());
    row.visit(&mut Fields(&mut fields));
    fields.finish()
}
