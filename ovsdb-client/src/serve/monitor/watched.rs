//! Watched tables: which columns, rows and kinds of change a monitor wants of a table.

use crate::row::Row;
use crate::serve::clause::{Clause, meets_any};
use crate::serve::field::Shape;

/// Which kinds of change are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Select {
    pub(crate) initial: bool,
    pub(crate) insert: bool,
    pub(crate) delete: bool,
    pub(crate) modify: bool,
}

/// The kinds of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Initial,
    Insert,
    Delete,
    Modify,
}

impl Select {
    /// Every kind.
    pub(crate) const ALL: Self = Self {
        initial: true,
        insert: true,
        delete: true,
        modify: true,
    };

    pub(crate) fn has(self, kind: Kind) -> bool {
        match kind {
            Kind::Initial => self.initial,
            Kind::Insert => self.insert,
            Kind::Delete => self.delete,
            Kind::Modify => self.modify,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            initial: self.initial || other.initial,
            insert: self.insert || other.insert,
            delete: self.delete || other.delete,
            modify: self.modify || other.modify,
        }
    }
}

/// What a monitor wants of a table.
#[derive(Debug)]
pub(crate) struct Watched {
    /// The table's number in the database.
    pub(crate) table: usize,
    /// What any column wants told.
    pub(crate) select: Select,
    /// The columns that are told, by their number in the shape.
    pub(crate) columns: Vec<(usize, Select)>,
    /// The columns that conditions look at and that are not told; where only they change, an empty
    /// change is told.
    silent: Vec<usize>,
    /// The conditions; `None` where the table has none to change: the method knows no conditions,
    /// or no column was asked for.
    clauses: Option<Vec<Clause>>,
}

impl Watched {
    /// A table of which nothing is asked yet.
    pub(crate) fn new(table: usize) -> Self {
        Self {
            table,
            select: Select::default(),
            columns: Vec::new(),
            silent: Vec::new(),
            clauses: None,
        }
    }

    pub(crate) fn add_select(&mut self, select: Select) {
        self.select = self.select.or(select);
    }

    /// Adds a column to be told; false when it is one already.
    pub(crate) fn add_column(&mut self, field: usize, select: Select) -> bool {
        let known = self.columns.iter().any(|(column, _)| *column == field);
        self.columns.push((field, select));
        !known
    }

    /// Takes the conditions of a request; those of the first request for a table count.
    pub(crate) fn add_clauses(&mut self, clauses: Vec<Clause>) {
        if self.clauses.is_none() {
            self.set_clauses(clauses);
        }
    }

    /// Takes other conditions and gives those before.
    pub(crate) fn set_clauses(&mut self, clauses: Vec<Clause>) -> Vec<Clause> {
        for clause in &clauses {
            if let Clause::Test { field, .. } = clause
                && !self.silent.contains(field)
            {
                self.silent.push(*field);
            }
        }
        self.clauses.replace(clauses).unwrap_or_default()
    }

    pub(crate) fn clauses(&self) -> Option<&[Clause]> {
        self.clauses.as_deref()
    }

    /// Whether the row is one that is watched.
    pub(crate) fn holds(&self, shape: &Shape, row: &Row) -> bool {
        self.clauses()
            .is_none_or(|clauses| meets_any(clauses, shape, row))
    }

    /// Whether a change of the row concerns a column that is told or looked at.
    pub(crate) fn differs(&self, shape: &Shape, old: &Row, new: &Row) -> bool {
        let told = self.columns.iter().map(|(column, _)| column);
        told.chain(&self.silent)
            .any(|&field| shape.fields()[field].differs(old, new))
    }
}
