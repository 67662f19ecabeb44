//! Scopes: the databases in which a table is searched.

use std::collections::{BTreeMap, BTreeSet};

use ovsdb_client::replica::TableRows;
use ovsdb_client::schema::{TableLayout, TableSchema};

use crate::database::Database;
use crate::report::{Gap, ToolError};
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::near;
use crate::tool::rows_find::Params;

/// The most databases that a gap names.
/// **Default and why**: 10; the same gap on a hundred nodes is one fact, not a hundred.
const MAX_NAMED: usize = 10;

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
        let reads = labelled(params.database, snapshot);
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
            return Err(no_node(node, params.database, &labels));
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

/// Gaps in `what`, one for each reason, naming the databases it holds for.
pub(super) fn gaps_by_reason(
    what: &str,
    reasons: impl IntoIterator<Item = (String, String)>,
) -> Vec<Gap> {
    let mut by_reason: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (label, why) in reasons {
        by_reason.entry(why).or_default().push(label);
    }
    by_reason
        .into_iter()
        .map(|(why, labels)| {
            let named = labels.iter().take(MAX_NAMED).cloned();
            let mut what = format!("{what} on {}", named.collect::<Vec<String>>().join(", "));
            if let Some(more @ 1..) = labels.len().checked_sub(MAX_NAMED) {
                what.push_str(&format!(" and {more} more"));
            }
            Gap { what, why }
        })
        .collect()
}

/// The databases of a kind, each with a label of its own.
fn labelled(database: Database, snapshot: &Snapshot) -> Vec<(String, &DatabaseRead)> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let name = |read: &DatabaseRead| read.node.as_ref().unwrap_or(&read.address).to_string();
    let reads: Vec<&DatabaseRead> = snapshot.of(database, None).collect();
    let mut labelled = Vec::with_capacity(reads.len());
    for read in &reads {
        let plain = name(read);
        let is_shared = reads.iter().filter(|other| name(other) == plain).count() > 1;
        let wanted = if is_shared && plain.as_str() != &*read.address {
            format!("{plain} ({})", read.address)
        } else {
            plain
        };
        let numbered = (2..).map(|number: u32| format!("{wanted} #{number}"));
        let label = std::iter::once(wanted.clone())
            .chain(numbered)
            .find(|label| taken.insert(label.clone()))
            .unwrap_or_default();
        labelled.push((label, *read));
    }
    labelled
}

fn no_database(database: Database, snapshot: &Snapshot) -> ToolError {
    let name = database.full_name();
    if !snapshot.gaps.is_empty() {
        let gaps: Vec<String> = snapshot
            .gaps
            .iter()
            .map(|gap| format!("{}: {}", gap.what, gap.why))
            .collect();
        return ToolError::new(format!("no database {database} ({name}) could be read"))
            .hint(gaps.join("; "));
    }
    let error = ToolError::new(format!("the sources hold no database {database} ({name})"));
    let mut others: Vec<&str> = snapshot
        .databases
        .iter()
        .map(|read| read.database.short_name())
        .collect();
    others.sort_unstable();
    others.dedup();
    if others.is_empty() {
        return error;
    }
    error.hint(format!("databases there are: {}", others.join(", ")))
}

fn no_node(node: &str, database: Database, labels: &[String]) -> ToolError {
    let error = ToolError::new(format!("no database {database} of node `{node}` was read"));
    let near = near::did_you_mean(node, labels.iter().map(String::as_str));
    let known = format!("nodes with database {database}: {}", labels.join(", "));
    error.hint(near.map_or(known.clone(), |near| format!("{near} {known}")))
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
