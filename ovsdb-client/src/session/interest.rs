//! Interests: which rows and columns of a database a client wants here.

use std::collections::BTreeMap;

use crate::operation::{Condition, UUID_COLUMN};
use crate::replica::IndexSpec;
use crate::schema::Selection;
use crate::table::{DatabaseDef, Table, TableDef};

/// What of one database is replicated.
///
/// Several interests in one database make one: their tables, columns and rows together.
#[derive(Clone, Debug)]
pub struct Interest {
    pub(crate) database: Box<str>,
    pub(crate) generated: Vec<&'static TableDef>,
    /// The tables, `None` for all with all their columns and rows.
    pub(crate) tables: Option<BTreeMap<Box<str>, TableInterest>>,
    /// The indexes kept beside the rows.
    pub(crate) indexes: Vec<IndexSpec>,
}

/// What of one table is replicated.
#[derive(Clone, Debug, PartialEq)]
pub struct TableInterest {
    /// The columns.
    pub columns: Selection,
    /// The conditions, of which a row must meet one; all rows where there are none.
    pub conditions: Vec<Condition>,
}

impl Interest {
    /// Everything in the database called `name`, whatever its schema.
    pub fn everything(name: &str) -> Self {
        Self {
            database: name.into(),
            generated: Vec::new(),
            tables: None,
            indexes: Vec::new(),
        }
    }

    /// Everything in a generated database; its typed rows can be read.
    pub fn all_of(database: &'static DatabaseDef) -> Self {
        Self {
            database: database.name.into(),
            generated: database.tables.to_vec(),
            tables: None,
            indexes: Vec::new(),
        }
    }

    /// Nothing yet in the database called `name`: tables are to be added.
    pub fn nothing(name: &str) -> Self {
        Self {
            database: name.into(),
            generated: Vec::new(),
            tables: Some(BTreeMap::new()),
            indexes: Vec::new(),
        }
    }

    /// Nothing yet in a generated database: tables are to be added.
    pub fn nothing_of(database: &'static DatabaseDef) -> Self {
        Self {
            tables: Some(BTreeMap::new()),
            ..Self::all_of(database)
        }
    }

    /// Adds the generated table `T` with all its columns and rows.
    #[must_use]
    pub fn table<T: Table>(self) -> Self {
        self.table_named(T::DEFINITION.name, TableInterest::all())
    }

    /// Adds a table by name. A server that lacks it, or some of its columns, is not asked for them.
    ///
    /// The columns that the conditions name come too, wanted or not: a server may crash when
    /// several clients have conditions on columns that they do not monitor.
    #[must_use]
    pub fn table_named(mut self, name: &str, mut table: TableInterest) -> Self {
        table.want_conditions_columns();
        if let Some(tables) = &mut self.tables {
            match tables.get_mut(name) {
                Some(known) => known.extend(table),
                None => {
                    tables.insert(name.into(), table);
                }
            }
        }
        self
    }

    /// Keeps an index beside the rows, for lookups that the schema's own indexes do not serve.
    ///
    /// One that the server's schema has no columns for is none: lookups are scans then. Where the
    /// database is followed already, the index is there with the next change of any row.
    #[must_use]
    pub fn index(mut self, spec: IndexSpec) -> Self {
        self.add_indexes(vec![spec]);
        self
    }

    /// Keeps these indexes too.
    pub(crate) fn add_indexes(&mut self, specs: Vec<IndexSpec>) {
        for spec in specs {
            if !self.indexes.contains(&spec) {
                self.indexes.push(spec);
            }
        }
    }

    /// The database's name.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// Whether the rows and columns that `other` wants are wanted already.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let mut both = self.clone();
        both.extend(other.clone());
        both.generated.len() == self.generated.len() && both.tables == self.tables
    }

    /// Wants other rows of a table, where tables are chosen at all. Gives whether that wants more
    /// columns, too.
    pub(crate) fn set_conditions(&mut self, table: &str, conditions: &[Condition]) -> bool {
        let Some(tables) = &mut self.tables else {
            return false;
        };
        let wanted = TableInterest::rows(conditions.to_vec());
        let Some(table) = tables.get_mut(table) else {
            tables.insert(table.into(), wanted);
            return true;
        };
        table.conditions = wanted.conditions;
        table.want_conditions_columns()
    }

    /// Both interests in one database.
    pub(crate) fn extend(&mut self, other: Self) {
        self.add_indexes(other.indexes);
        for definition in other.generated {
            if !self
                .generated
                .iter()
                .any(|known| known.name == definition.name)
            {
                self.generated.push(definition);
            }
        }
        match (&mut self.tables, other.tables) {
            (Some(tables), Some(others)) => {
                for (name, table) in others {
                    match tables.get_mut(&name) {
                        Some(known) => known.extend(table),
                        None => {
                            tables.insert(name, table);
                        }
                    }
                }
            }
            (tables, _) => *tables = None,
        }
    }

    /// The columns wanted of a table; `None` where the table is not.
    pub(crate) fn columns(&self, table: &str) -> Option<Selection> {
        match &self.tables {
            None => Some(Selection::All),
            Some(tables) => tables.get(table).map(|table| table.columns.clone()),
        }
    }

    /// The conditions on a table's rows; none for all rows.
    pub(crate) fn conditions(&self, table: &str) -> &[Condition] {
        let table = self.tables.as_ref().and_then(|tables| tables.get(table));
        table.map_or(&[], |table| &table.conditions)
    }
}

impl TableInterest {
    /// All columns of all rows.
    pub fn all() -> Self {
        Self::rows(Vec::new())
    }

    /// All columns of the rows that meet one of `conditions`.
    pub fn rows(conditions: Vec<Condition>) -> Self {
        Self {
            columns: Selection::All,
            conditions,
        }
    }

    /// Wants the columns that the conditions name, and gives whether some were not wanted yet.
    fn want_conditions_columns(&mut self) -> bool {
        let Selection::Named(names) = &mut self.columns else {
            return false;
        };
        let before = names.len();
        for condition in &self.conditions {
            if let Condition::Clause { column, .. } = condition
                && **column != *UUID_COLUMN
                && !names.contains(column)
            {
                names.push(column.clone());
            }
        }
        names.len() > before
    }

    fn extend(&mut self, other: Self) {
        match (&mut self.columns, other.columns) {
            (Selection::Named(names), Selection::Named(others)) => {
                for name in others {
                    if !names.contains(&name) {
                        names.push(name);
                    }
                }
            }
            (columns, _) => *columns = Selection::All,
        }
        if self.conditions.is_empty() || other.conditions.is_empty() {
            self.conditions.clear();
        } else {
            for condition in other.conditions {
                if !self.conditions.contains(&condition) {
                    self.conditions.push(condition);
                }
            }
        }
    }
}
