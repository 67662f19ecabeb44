//! Scopes: the databases in which a table is searched.

use std::collections::BTreeSet;

use ovsdb_client::replica::TableRows;
use ovsdb_client::schema::{TableLayout, TableSchema};

use crate::database::Database;
use crate::report::{Gap, ToolError};
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::label::{gaps_by_reason, labelled, no_database, no_node};
use crate::tool::near;
use crate::tool::rows_find::Params;

/// The databases that have the table, ascending by label, and what is left out.
#[derive(Debug)]
pub(super) struct Scope<'s> {
    /// Where to search.
    pub(super) places: Vec<Searched<'s>>,
    /// What could not be read, and databases that lack the table.
    pub(super) gaps: Vec<Gap>,
}

/// One database's table.
#[derive(Debug)]
pub(super) struct Searched<'s> {
    /// What the answer calls the database: its node, or else its address; unique in the scope.
    pub(super) label: String,
    /// The database.
    pub(super) read: &'s DatabaseRead,
    /// The table as the database's schema has it.
    pub(super) schema: &'s TableSchema,
    /// The table's rows.
    pub(super) rows: TableRows<'s>,
}

impl<'s> Scope<'s> {
    /// The databases that `params` speaks of.
    ///
    /// # Errors
    /// [`ToolError`] when there is no such database or node, or no database has the table.
    pub(super) fn new(params: &Params, snapshot: &'s Snapshot) -> Result<Self, ToolError> {
        let mut gaps = snapshot.gaps.clone();
        let reads = labelled(snapshot.of(params.database, None));
        if reads.is_empty() {
            return Err(no_database(params.database, snapshot));
        }
        let asked = params.node.as_deref();
        let labels: Vec<String> = reads.iter().map(|(label, _)| label.clone()).collect();
        let reads: Vec<(String, &DatabaseRead)> = reads
            .into_iter()
            .filter(|(label, read)| {
                asked.is_none() || asked == Some(label) || asked == read.node.as_deref()
            })
            .collect();
        if let (Some(node), true) = (asked, reads.is_empty()) {
            return Err(no_node(node, Some(params.database), &labels));
        }
        let mut places = Vec::new();
        let mut lacking = Vec::new();
        for (label, read) in reads {
            let schema = read.rows.layout().schema.table(&params.table);
            match (schema, read.rows.table(&params.table)) {
                (Some(schema), Some(rows)) => places.push(Searched {
                    label,
                    read,
                    schema,
                    rows,
                }),
                (None, _) => lacking.push((label, read)),
                (Some(_), None) => gaps.push(Gap {
                    what: format!("{} on {label}", params.table),
                    why: "the table was not read".to_owned(),
                }),
            }
        }
        if places.is_empty() && !lacking.is_empty() {
            return Err(no_table(params, snapshot));
        }
        let lacking = lacking.into_iter().map(|(label, read)| {
            let why = format!("the schema ({}) has no such table", version_of(read));
            (label, why)
        });
        gaps.extend(gaps_by_reason(&params.table, lacking));
        places.sort_by(|a, b| a.label.cmp(&b.label));
        Ok(Self { places, gaps })
    }
}

impl<'s> Searched<'s> {
    /// The layout of the table's rows.
    pub(super) fn layout(&self) -> &'s TableLayout {
        self.rows.layout()
    }

    /// The database's name and schema version.
    pub(super) fn version(&self) -> String {
        version_of(self.read)
    }
}

fn version_of(read: &DatabaseRead) -> String {
    let schema = &read.rows.layout().schema;
    format!("{} {}", schema.name, schema.version)
}

fn no_table(params: &Params, snapshot: &Snapshot) -> ToolError {
    let (database, table) = (params.database, params.table.as_str());
    let error = ToolError::new(format!(
        "database {database} ({}) has no table `{table}`",
        database.full_name()
    ));
    let elsewhere: Vec<&str> = Database::ALL
        .into_iter()
        .filter(|other| *other != database && table_names(*other, snapshot).contains(table))
        .map(Database::short_name)
        .collect();
    if let [first, ..] = elsewhere.as_slice() {
        return error.hint(format!(
            "`{table}` is a table of database {}: send database `{first}`",
            elsewhere.join(" and ")
        ));
    }
    let here = table_names(database, snapshot);
    if let Some(near) = near::did_you_mean(table, here.iter().copied()) {
        return error.hint(near);
    }
    for other in Database::ALL {
        if let [found, ..] = near::matches(table, table_names(other, snapshot))[..] {
            return error.hint(format!(
                "did you mean `{found}` of database {}?",
                other.short_name()
            ));
        }
    }
    let names: Vec<&str> = here.into_iter().collect();
    error.hint(format!("its tables are {}", names.join(", ")))
}

/// The tables of a database: those that were found, or else those it should have.
fn table_names(database: Database, snapshot: &Snapshot) -> BTreeSet<&str> {
    let mut names: BTreeSet<&str> = snapshot
        .of(database, None)
        .flat_map(|read| &read.rows.layout().schema.tables)
        .map(|table| &*table.name)
        .collect();
    if names.is_empty() {
        names.extend(database.definition().tables.iter().map(|table| table.name));
    }
    names
}
