//! Layouts: which number each column has in the compact rows of one replica or file.

use std::sync::Arc;

use crate::schema::definition::{ColumnDef, TableDef};
use crate::schema::{ColumnSchema, ColumnType, DatabaseSchema, TableSchema};

/// How the rows of one database are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseLayout {
    /// The schema of the server or file.
    pub schema: Arc<DatabaseSchema>,
    /// The tables, ascending by name.
    tables: Vec<TableLayout>,
}

/// How the rows of one table are stored.
///
/// **Shape**: the columns of the generated table first, under their generated numbers and also
/// where the server lacks them, then the server's other columns by name. A typed row and a dynamic
/// one are therefore the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableLayout {
    /// The table's name.
    pub name: Box<str>,
    /// Whether the columns of a generated table come first.
    generated: bool,
    columns: Vec<ColumnLayout>,
    /// The numbers of the present columns, ascending by name.
    by_name: Vec<u16>,
    /// For each hash of a name the number of the first present column whose name has it, and one
    /// more; 0 for none. Rows name their columns over and over, and this finds most at once.
    by_hash: [u16; HASHES],
}

/// How many hashes of names there are.
/// **Default and why**: 64; tables have up to 50 columns, and the rest is found by searching.
const HASHES: usize = 64;

/// A hash of a column's name.
fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let byte = |at: usize| bytes.get(at).map_or(0, |byte| usize::from(*byte));
    let last = bytes.len().saturating_sub(1);
    (bytes.len() * 7 + byte(0) * 5 + byte(last) + byte(bytes.len() / 2) * 3) % HASHES
}

/// One column in a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnLayout {
    /// The column's name.
    pub name: Box<str>,
    /// Its type: the server's, with `min` lowered to 0 where the generated one can be empty, or is a
    /// set where the server has a scalar.
    pub column_type: ColumnType,
    /// Whether the server has the column and it is read.
    pub present: bool,
    /// What the server means by leaving the column out, where that is not the layout's default.
    absent: Option<Box<[u8]>>,
}

impl DatabaseLayout {
    /// Every table and column of `schema`, numbered so that the `generated` tables can read them.
    pub fn new(schema: Arc<DatabaseSchema>, generated: &[&'static TableDef]) -> Self {
        let tables = schema
            .tables
            .iter()
            .map(|table| {
                let definition = definition(&schema, table, generated);
                TableLayout::new(table, definition, &Selection::All)
            })
            .collect();
        Self { schema, tables }
    }

    /// The chosen tables and columns of `schema` only.
    ///
    /// Names that the schema lacks are passed over: [`crate::schema::compare`] lists them.
    pub fn selected(
        schema: Arc<DatabaseSchema>,
        generated: &[&'static TableDef],
        select: impl Fn(&str) -> Option<Selection>,
    ) -> Self {
        let tables = schema
            .tables
            .iter()
            .filter_map(|table| {
                let definition = definition(&schema, table, generated);
                let selection = select(&table.name)?;
                Some(TableLayout::new(table, definition, &selection))
            })
            .collect();
        Self { schema, tables }
    }

    /// The tables, ascending by name.
    pub fn tables(&self) -> &[TableLayout] {
        &self.tables
    }

    /// The number of the table called `name`.
    pub fn table_number(&self, name: &str) -> Option<usize> {
        self.tables
            .binary_search_by(|table| (*table.name).cmp(name))
            .ok()
    }

    /// The table called `name`.
    pub fn table(&self, name: &str) -> Option<&TableLayout> {
        self.table_number(name).map(|number| &self.tables[number])
    }
}

/// The generated table for `table` of `schema`.
///
/// The database counts as well as the name: many tables of the OVN databases share theirs.
fn definition(
    schema: &DatabaseSchema,
    table: &TableSchema,
    generated: &[&'static TableDef],
) -> Option<&'static TableDef> {
    generated
        .iter()
        .find(|def| *def.database == *schema.name && *def.name == *table.name)
        .copied()
}

/// Which columns of a table are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All that there are.
    All,
    /// These, where they exist.
    Named(Vec<Box<str>>),
}

impl Selection {
    /// Whether the column called `name` is among them.
    pub fn contains(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.iter().any(|column| **column == *name),
        }
    }
}

impl TableLayout {
    fn new(
        schema: &TableSchema,
        definition: Option<&'static TableDef>,
        selection: &Selection,
    ) -> Self {
        let chosen = |name: &str| selection.contains(name);
        let mut columns = Vec::with_capacity(schema.columns.len());
        for column in definition.map_or(&[][..], |def| def.columns) {
            let there = schema
                .column(column.name)
                .filter(|there| column.kinds_match(&there.column_type));
            columns.push(match there {
                Some(there) => {
                    let min = generated_min(column, &there.column_type);
                    ColumnLayout::new(there, min, chosen(column.name))
                }
                None => ColumnLayout {
                    name: column.name.into(),
                    column_type: column.column_type(),
                    present: false,
                    absent: None,
                },
            });
        }
        let generated = columns.len();
        for column in &schema.columns {
            // A server's columns have one name each: only a generated one can stand here already.
            let numbered = columns[..generated].iter().any(|known| {
                known.name == column.name && known.column_type.kinds() == column.column_type.kinds()
            });
            if !numbered {
                columns.push(ColumnLayout::new(
                    column,
                    column.column_type.min,
                    chosen(&column.name),
                ));
            }
        }
        let mut by_name: Vec<u16> = (0..)
            .zip(&columns)
            .filter(|(_, column)| column.present)
            .map(|(number, _)| number)
            .collect();
        by_name.sort_by(|&a, &b| {
            columns[usize::from(a)]
                .name
                .cmp(&columns[usize::from(b)].name)
        });
        let mut by_hash = [0; HASHES];
        for &number in &by_name {
            let place = &mut by_hash[hash(&columns[usize::from(number)].name)];
            if *place == 0 {
                *place = number + 1;
            }
        }
        Self {
            name: schema.name.clone(),
            generated: definition.is_some(),
            columns,
            by_name,
            by_hash,
        }
    }

    /// Whether rows of the generated table can be read from rows of this layout, which must be
    /// one of the generated table's database.
    pub(crate) fn is_generated(&self) -> bool {
        self.generated
    }

    /// The columns by number, absent ones included.
    pub fn columns(&self) -> &[ColumnLayout] {
        &self.columns
    }

    /// The column with this number.
    pub fn column(&self, number: u16) -> Option<&ColumnLayout> {
        self.columns.get(usize::from(number))
    }

    /// The number of the present column called `name`.
    pub fn column_number(&self, name: &str) -> Option<u16> {
        if let Some(number) = self.by_hash[hash(name)].checked_sub(1)
            && *self.columns[usize::from(number)].name == *name
        {
            return Some(number);
        }
        self.by_name
            .binary_search_by(|&number| (*self.columns[usize::from(number)].name).cmp(name))
            .ok()
            .map(|at| self.by_name[at])
    }

    /// The present columns with their numbers, ascending by name.
    pub fn present(&self) -> impl Iterator<Item = (u16, &ColumnLayout)> {
        self.by_name
            .iter()
            .map(|&number| (number, &self.columns[usize::from(number)]))
    }

    /// The columns whose absence from an inserted row means something else than no bytes.
    pub(crate) fn absents(&self) -> impl Iterator<Item = (u16, &[u8])> {
        (0..)
            .zip(&self.columns)
            .filter_map(|(number, column)| Some((number, column.absent.as_deref()?)))
    }
}

/// The least number of atoms or pairs that a reader of the generated column must tell apart.
///
/// A view of a set finds no atom where no bytes stand, so that a server's scalar must be stored
/// with its default too.
fn generated_min(column: &ColumnDef, server: &ColumnType) -> u32 {
    if column.max > 1 && server.is_scalar() {
        0
    } else {
        column.min
    }
}

impl ColumnLayout {
    fn new(schema: &ColumnSchema, generated_min: u32, present: bool) -> Self {
        let mut column_type = schema.column_type.clone();
        let mut absent = None;
        // Rows store nothing for the default of a scalar and for an empty set or map. Where the
        // server means something else by leaving the column out, the layout knows it in full: a
        // set that must hold one atom, or a scalar that the program knows as optional.
        let default = column_type.default_payload();
        if generated_min < column_type.min {
            column_type.min = generated_min;
        }
        if present && !default.is_empty() && !column_type.is_scalar() {
            absent = Some(default.into_boxed_slice());
        }
        Self {
            name: schema.name.clone(),
            column_type,
            present,
            absent,
        }
    }
}

#[cfg(test)]
mod tests;
