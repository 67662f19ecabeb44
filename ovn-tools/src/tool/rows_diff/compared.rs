//! Compared tables: which tables and columns both databases of a pair have.

use std::collections::BTreeSet;

use ovsdb_client::replica::TableRows;
use ovsdb_client::schema::TableSchema;

use crate::report::{Gap, ToolError};
use crate::snapshot::DatabaseRead;
use crate::tool::label::gaps_by_reason;
use crate::tool::near;
use crate::tool::rows_diff::side::Pair;
use crate::tool::rows_diff::{Identity, Params};

/// One table of a pair of databases.
#[derive(Debug)]
pub(super) struct Compared<'s> {
    /// The number of the pair.
    pub(super) pair: usize,
    /// What the answer calls the pair.
    pub(super) label: &'s str,
    /// The table as the new side's schema has it.
    pub(super) schema: &'s TableSchema,
    /// The rows that are taken for old.
    pub(super) old: TableRows<'s>,
    /// The rows that are taken for new.
    pub(super) new: TableRows<'s>,
    /// The columns that are compared, ascending by name.
    pub(super) columns: Vec<&'s str>,
}

/// The tables that are compared.
///
/// # Errors
/// [`ToolError`] when no pair has the table, or a column that is named.
pub(super) fn compared<'s>(
    pairs: &'s [Pair<'s>],
    params: &Params,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Compared<'s>>, ToolError> {
    let mut tables = Vec::new();
    let mut lacking = Vec::new();
    for (number, pair) in pairs.iter().enumerate() {
        for name in names(pair, params.table.as_deref()) {
            let schema = pair.new.rows.layout().schema.table(name);
            let rows = |read: &'s DatabaseRead| read.rows.table(name);
            let (Some(schema), Some(old), Some(new)) = (schema, rows(pair.old), rows(pair.new))
            else {
                lacking.push((
                    pair.label.clone(),
                    format!("only one side has the table {name}"),
                ));
                continue;
            };
            let mut table = Compared {
                pair: number,
                label: &pair.label,
                schema,
                old,
                new,
                columns: Vec::new(),
            };
            table.columns = columns(&table, pair, params, gaps);
            tables.push(table);
        }
    }
    if tables.is_empty()
        && let Some(name) = &params.table
    {
        return Err(no_table(name, pairs));
    }
    gaps.extend(gaps_by_reason("tables", lacking));
    let named = params.ignore.iter().chain(match &params.identity {
        Some(Identity::Columns(columns)) => columns.as_slice(),
        _ => &[],
    });
    for column in named {
        check_column(column, &tables)?;
    }
    Ok(tables)
}

/// The tables of both sides, or the one that is asked for where a side has it.
fn names<'s>(pair: &Pair<'s>, asked: Option<&str>) -> BTreeSet<&'s str> {
    [pair.old, pair.new]
        .into_iter()
        .flat_map(|read| &read.rows.layout().schema.tables)
        .map(|table| &*table.name)
        .filter(|name| asked.is_none_or(|asked| asked == *name))
        .collect()
}

/// The columns that both sides have and that say something about both.
fn columns<'s>(
    table: &Compared<'s>,
    pair: &Pair<'s>,
    params: &Params,
    gaps: &mut Vec<Gap>,
) -> Vec<&'s str> {
    let (old, new) = (table.old.layout(), table.new.layout());
    let recorded = pair.old.recorded || pair.new.recorded;
    let is_ephemeral = |name: &str| {
        let schemas =
            [pair.old, pair.new].map(|read| read.rows.layout().schema.table(&table.schema.name));
        let column =
            |schema: Option<&'s TableSchema>| schema.and_then(|schema| schema.column(name));
        schemas
            .into_iter()
            .filter_map(column)
            .any(|column| column.ephemeral)
    };
    let mut columns = Vec::new();
    let mut ephemeral = Vec::new();
    let mut alone = Vec::new();
    let all = old
        .present()
        .chain(new.present())
        .map(|(_, column)| &*column.name);
    for name in all.collect::<BTreeSet<&str>>() {
        if params.ignore.iter().any(|ignored| ignored == name) {
        } else if old.column_number(name).is_none() || new.column_number(name).is_none() {
            alone.push(name);
        } else if recorded && is_ephemeral(name) {
            ephemeral.push(name);
        } else {
            columns.push(name);
        }
    }
    let mut state = |names: &[&str], why: &str| {
        let has_rows = !table.old.is_empty() || !table.new.is_empty();
        if has_rows && !names.is_empty() {
            gaps.push(Gap {
                what: format!(
                    "{} of {}: {}",
                    table.schema.name,
                    pair.label,
                    names.join(", ")
                ),
                why: why.to_owned(),
            });
        }
    };
    state(
        &ephemeral,
        "not recorded: database files leave out ephemeral columns",
    );
    state(&alone, "only one side's schema has these columns");
    columns
}

fn check_column(name: &str, tables: &[Compared<'_>]) -> Result<(), ToolError> {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for table in tables {
        known.extend(table.schema.columns.iter().map(|column| &*column.name));
    }
    if known.contains(name) {
        return Ok(());
    }
    let place = match tables {
        [only] => format!("table {}", only.schema.name),
        _ => "no table".to_owned(),
    };
    let has = if tables.len() == 1 { "has no" } else { "has a" };
    let error = ToolError::new(format!("{place} {has} column `{name}`"));
    Err(match near::did_you_mean(name, known) {
        Some(near) => error.hint(near),
        None => error,
    })
}

fn no_table(name: &str, pairs: &[Pair<'_>]) -> ToolError {
    let names: BTreeSet<&str> = pairs.iter().flat_map(|pair| names(pair, None)).collect();
    let error = ToolError::new(format!("the databases have no table `{name}`"));
    let all = || {
        let names: Vec<&str> = names.iter().copied().collect();
        format!("the tables are {}", names.join(", "))
    };
    error.hint(near::did_you_mean(name, names.iter().copied()).unwrap_or_else(all))
}
