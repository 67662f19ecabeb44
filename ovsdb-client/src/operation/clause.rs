//! Clauses: typed conditions on the columns of generated tables.
//!
//! They are made from columns: `nb::acl::PRIORITY.gt(1000)`, `nb::acl::NAME.eq(Some("web"))`. A
//! value of another type than the column's does not compile.

use std::fmt;
use std::marker::PhantomData;

use crate::operation::{Condition, Function};
use crate::table::{Column, ColumnValue, Element, IntoAtom, IntoValue, Ref, Table};
use crate::value::Datum;

/// A condition on the rows of table `T`.
pub struct Clause<T> {
    condition: Condition,
    marker: PhantomData<fn() -> T>,
}

impl<T> Clause<T> {
    fn new(condition: Condition) -> Self {
        Self {
            condition,
            marker: PhantomData,
        }
    }

    /// The condition that this one row meets.
    pub fn row(row: impl Into<Ref<T>>) -> Self {
        Self::new(Condition::row(row.into().uuid()))
    }
}

impl<T> Clone for Clause<T> {
    fn clone(&self) -> Self {
        Self::new(self.condition.clone())
    }
}

impl<T> fmt::Debug for Clause<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.condition.fmt(f)
    }
}

impl<T> PartialEq for Clause<T> {
    fn eq(&self, other: &Self) -> bool {
        self.condition == other.condition
    }
}

impl<T> From<Clause<T>> for Condition {
    fn from(clause: Clause<T>) -> Self {
        clause.condition
    }
}

/// A column that holds one number, or at most one: those that can be compared by order.
pub trait Ordered: ColumnValue {
    /// The number.
    type Number: Element;
}

impl Ordered for i64 {
    type Number = Self;
}

impl Ordered for f64 {
    type Number = Self;
}

impl Ordered for Option<i64> {
    type Number = i64;
}

impl Ordered for Option<f64> {
    type Number = f64;
}

impl<T: Table, V: ColumnValue> Column<T, V> {
    fn clause(self, function: Function, value: Datum) -> Clause<T> {
        Clause::new(Condition::Clause {
            column: self.name().into(),
            function,
            value,
        })
    }

    /// The column holds exactly this.
    ///
    /// A real that was read is not the one that was written, since servers print 15 digits: compare
    /// reals by order.
    pub fn eq(self, value: impl IntoValue<V>) -> Clause<T> {
        self.clause(Function::Equal, value.into_datum())
    }

    /// The column holds something else.
    pub fn ne(self, value: impl IntoValue<V>) -> Clause<T> {
        self.clause(Function::NotEqual, value.into_datum())
    }

    /// The column holds all of this; true of every row when nothing is given.
    pub fn includes(self, value: impl IntoValue<V>) -> Clause<T> {
        self.clause(Function::Includes, value.into_datum())
    }

    /// The column holds none of this.
    pub fn excludes(self, value: impl IntoValue<V>) -> Clause<T> {
        self.clause(Function::Excludes, value.into_datum())
    }
}

impl<T: Table, V: Ordered> Column<T, V> {
    /// The number is less; false where there is none.
    pub fn lt(self, number: impl IntoAtom<V::Number>) -> Clause<T> {
        self.clause(Function::Less, Datum::scalar(number.into_atom()))
    }

    /// The number is not greater; false where there is none.
    pub fn le(self, number: impl IntoAtom<V::Number>) -> Clause<T> {
        self.clause(Function::LessOrEqual, Datum::scalar(number.into_atom()))
    }

    /// The number is greater; false where there is none.
    pub fn gt(self, number: impl IntoAtom<V::Number>) -> Clause<T> {
        self.clause(Function::Greater, Datum::scalar(number.into_atom()))
    }

    /// The number is not less; false where there is none.
    pub fn ge(self, number: impl IntoAtom<V::Number>) -> Clause<T> {
        self.clause(Function::GreaterOrEqual, Datum::scalar(number.into_atom()))
    }
}
