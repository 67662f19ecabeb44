//! Where references in the documentation lead.

use crate::docs::{Links, Target};
use crate::model::{Model, TableModel};

/// References as seen from one generated file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileLinks<'a> {
    /// All tables.
    pub(crate) model: &'a Model<'a>,
    /// The table of the file; `None` in the database's own file.
    pub(crate) table: Option<&'a TableModel<'a>>,
}

impl FileLinks<'_> {
    /// The path of a table's row type.
    pub(crate) fn row_type(&self, table: &TableModel<'_>) -> String {
        if self.is_here(table) || self.table.is_none() || self.imports(table) {
            table.type_name.clone()
        } else {
            format!("super::{}", table.type_name)
        }
    }

    fn is_here(&self, table: &TableModel<'_>) -> bool {
        self.table.is_some_and(|here| here.module == table.module)
    }

    /// Whether the file imports the row type, for a reference to it.
    fn imports(&self, table: &TableModel<'_>) -> bool {
        self.table.is_some_and(|here| {
            here.referenced()
                .any(|place| self.model.tables[place].module == table.module)
        })
    }
}

impl Links for FileLinks<'_> {
    fn link(&self, target: &Target) -> (String, Option<String>) {
        let words = words(target);
        if target.database.is_some() {
            return (words, None);
        }
        let table = match &target.table {
            Some(name) => self.model.table(name),
            None => self.table,
        };
        let Some(table) = table else {
            return (words, None);
        };
        let Some(column) = &target.column else {
            return (words, Some(self.row_type(table)));
        };
        let path = table.column(column).map(|column| {
            if self.is_here(table) {
                column.constant.clone()
            } else if self.table.is_none() {
                format!("{}::{}", table.module, column.constant)
            } else {
                format!("super::{}::{}", table.module, column.constant)
            }
        });
        (words, path)
    }
}

/// `Table`, `column`, `Table.column:key` and the like.
fn words(target: &Target) -> String {
    if let Some(group) = &target.group {
        return group.clone();
    }
    let names = [&target.database, &target.table, &target.column];
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    let mut words = names.join(".");
    if let Some(key) = &target.key {
        words.push(':');
        words.push_str(key);
    }
    words
}
