//! Descriptions of generated tables, as constants.

use crate::schema::{ColumnSchema, TableSchema};
use crate::value::column_type::{BaseType, ColumnType, RefKind, Reference};
use crate::value::{Atom, Kind};

/// A database that code was generated for.
#[derive(Debug, PartialEq)]
pub struct DatabaseDef {
    /// The database's name, such as `OVN_Northbound`.
    pub name: &'static str,
    /// The version of the schema that the code was generated from.
    pub version: &'static str,
    /// The tables, ascending by name.
    pub tables: &'static [&'static TableDef],
}

/// A generated table.
#[derive(Debug, PartialEq)]
pub struct TableDef {
    /// The database's name.
    pub database: &'static str,
    /// The table's name.
    pub name: &'static str,
    /// Whether rows live without a strong reference to them.
    pub is_root: bool,
    /// The most rows; `None` for no limit.
    pub max_rows: Option<u64>,
    /// The columns, ascending by name; a column's number is its place.
    pub columns: &'static [ColumnDef],
    /// Sets of columns (by number) whose values together are unique.
    pub indexes: &'static [&'static [u16]],
}

/// A column of a generated table.
#[derive(Debug, PartialEq)]
pub struct ColumnDef {
    /// The column's name.
    pub name: &'static str,
    /// The type of the atoms or keys.
    pub key: BaseDef,
    /// The type of a map's values.
    pub value: Option<BaseDef>,
    /// The least number of atoms or pairs: 0 or 1.
    pub min: u32,
    /// The greatest number; [`crate::schema::UNLIMITED`] for no bound.
    pub max: u32,
    /// Whether the value can change after the insert.
    pub mutable: bool,
    /// Whether the value is kept out of the database file.
    pub ephemeral: bool,
}

/// The type of an atom in a generated column.
#[derive(Debug, PartialEq)]
pub struct BaseDef {
    /// Which atomic type.
    pub kind: Kind,
    /// The strings allowed; empty for no such constraint.
    pub enumeration: &'static [&'static str],
    /// The least and greatest integer.
    pub integers: (Option<i64>, Option<i64>),
    /// The least and greatest real.
    pub reals: (Option<f64>, Option<f64>),
    /// The least and greatest number of characters.
    pub lengths: (Option<u64>, Option<u64>),
    /// The table referred to and how.
    pub reference: Option<(&'static str, RefKind)>,
}

impl BaseDef {
    /// The unconstrained type of this kind.
    pub const fn plain(kind: Kind) -> Self {
        Self {
            kind,
            enumeration: &[],
            integers: (None, None),
            reals: (None, None),
            lengths: (None, None),
            reference: None,
        }
    }

    fn base_type(&self) -> BaseType {
        BaseType {
            kind: self.kind,
            enumeration: self.enumeration.iter().map(|&s| Atom::from(s)).collect(),
            min_integer: self.integers.0,
            max_integer: self.integers.1,
            min_real: self.reals.0,
            max_real: self.reals.1,
            min_length: self.lengths.0,
            max_length: self.lengths.1,
            reference: self.reference.map(|(table, kind)| Reference {
                table: table.into(),
                kind,
            }),
        }
    }
}

impl TableDef {
    /// The table as schemas describe it.
    pub(crate) fn table_schema(&self) -> TableSchema {
        let columns = self.columns.iter().map(|column| ColumnSchema {
            name: column.name.into(),
            column_type: column.column_type(),
            ephemeral: column.ephemeral,
            mutable: column.mutable,
        });
        let name = |number: &u16| Box::from(self.columns[usize::from(*number)].name);
        let indexes = self.indexes.iter();
        TableSchema {
            name: self.name.into(),
            columns: columns.collect(),
            max_rows: self.max_rows,
            is_root: self.is_root,
            indexes: indexes
                .map(|index| index.iter().map(name).collect())
                .collect(),
        }
    }
}

impl ColumnDef {
    /// The column's type as schemas describe it.
    pub fn column_type(&self) -> ColumnType {
        ColumnType {
            key: self.key.base_type(),
            value: self.value.as_ref().map(BaseDef::base_type),
            min: self.min,
            max: self.max,
        }
    }

    /// Whether a server's column holds the same kinds of atoms, so that its values can be read.
    pub(crate) fn kinds_match(&self, server: &ColumnType) -> bool {
        server.kinds() == (self.key.kind, self.value.as_ref().map(|base| base.kind))
    }
}
