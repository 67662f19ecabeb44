//! The `schema_describe` tool: which tables there are, and what the columns of one hold.

use std::collections::{BTreeMap, BTreeSet};

use ovsdb_client::schema::{BaseType, ColumnSchema, RefKind, TableSchema};
use ovsdb_client::value::{Atom, AtomRef};
use serde_json::{Value as Json, json};

use crate::database::Database;
use crate::listing::{Draft, Line, Listing, Rank};
use crate::page::{self, MAX_LIMIT, Page};
use crate::report::{Next, ToolError};
use crate::snapshot::{DatabaseRead, Needs, Snapshot};
use crate::tool::asked::counted;
use crate::tool::label::{labelled, no_database};
use crate::tool::rows_find::RowsFind;
use crate::tool::{Tool, asked, near};

/// How many of the things that a schema lacks are named.
/// **Default and why**: 6; an old server can lack a hundred, which `sources_list` counts.
const MAX_LACKING: usize = 6;

/// Describes schemas.
#[derive(Clone, Copy, Debug)]
pub struct SchemaDescribe;

/// What to describe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// Only this database. **Default**: all.
    pub database: Option<Database>,
    /// The table to describe in detail. **Default**: all tables, a line each.
    pub table: Option<String>,
    /// Only databases of this node.
    pub node: Option<String>,
    /// The part of the answer.
    pub page: Page,
}

impl Params {
    fn question(&self) -> u64 {
        page::question(SchemaDescribe::NAME, self, |asked| &mut asked.page)
    }

    /// All rows are wanted; the budget of the answer cuts them where it must.
    fn whole_page(&self) -> Page {
        Page {
            limit: self.page.limit.or(Some(MAX_LIMIT)),
            ..self.page.clone()
        }
    }
}

impl Tool for SchemaDescribe {
    const NAME: &'static str = "schema_describe";
    type Params = Params;
    type Report = Listing;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        let mut needs = Needs::default();
        for database in databases(params) {
            needs = needs.database(database);
            // Without columns only the UUIDs of the rows come, which are counted.
            for table in database.definition().tables {
                if params
                    .table
                    .as_deref()
                    .is_none_or(|name| name == table.name)
                {
                    needs = needs.named_columns(database, table.name, &[]);
                }
            }
        }
        Ok(needs)
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<Listing, ToolError> {
        let node = params.node.as_deref();
        asked::node(node, snapshot)?;
        let mut schemas = Vec::new();
        for database in databases(params) {
            let reads: Vec<&DatabaseRead> = snapshot.of(database, node).collect();
            if !reads.is_empty() {
                schemas.push(Schemas { database, reads });
            } else if params.database.is_some() {
                return Err(no_database(database, snapshot));
            }
        }
        if schemas.is_empty() {
            return Err(ToolError::new("no database was read")
                .hint("`sources_list` shows which databases there are"));
        }
        match &params.table {
            None => overview(&schemas, params, snapshot),
            Some(table) => {
                let having = schemas.iter().filter(|one| one.has(table));
                match having.collect::<Vec<_>>().as_slice() {
                    [] => Err(no_table(table, &schemas)),
                    [one] => one.table(table, params, snapshot),
                    several => {
                        let names = several.iter().map(|one| one.database.short_name());
                        let names: Vec<&str> = names.collect();
                        Err(ToolError::new(format!(
                            "{} databases have a table `{table}`",
                            names.len()
                        ))
                        .hint(format!("send `db` too: {}", names.join(" or "))))
                    }
                }
            }
        }
    }
}

fn databases(params: &Params) -> impl Iterator<Item = Database> {
    let only = params.database;
    let all = Database::ALL.into_iter();
    all.filter(move |database| only.is_none_or(|only| only == *database))
}

/// The databases of one kind.
struct Schemas<'s> {
    database: Database,
    reads: Vec<&'s DatabaseRead>,
}

/// A line for each table.
fn overview(
    schemas: &[Schemas<'_>],
    params: &Params,
    snapshot: &Snapshot,
) -> Result<Listing, ToolError> {
    let mut draft = Draft {
        columns: vec!["db", "table", "rows", "columns", "referred_to_by"],
        ..Draft::default()
    };
    for (number, one) in (0_i64..).zip(schemas) {
        one.tables(number, &mut draft);
    }
    let first = schemas.first().map(|one| one.database.short_name());
    draft.next.push(Next::to(
        SchemaDescribe::NAME,
        [
            ("db", json!(first)),
            ("table", json!(schemas.first().and_then(Schemas::busiest))),
        ],
        "the columns of a table",
    ));
    let versions: Vec<String> = schemas.iter().map(Schemas::versions).collect();
    Listing::of(
        draft,
        &params.whole_page(),
        params.question(),
        snapshot,
        |total| format!("{} of {}", counted(total, "table"), versions.join(", ")),
    )
}

impl<'s> Schemas<'s> {
    fn has(&self, table: &str) -> bool {
        self.schemas_of(table).next().is_some()
    }

    /// The table in the schemas that have it.
    fn schemas_of(&self, table: &str) -> impl Iterator<Item = &'s TableSchema> {
        let reads = self.reads.iter();
        reads.filter_map(move |read| read.rows.layout().schema.table(table))
    }

    /// `OVN_Northbound 7.0.0`, or with each version.
    fn versions(&self) -> String {
        let reads = self.reads.iter();
        let versions: BTreeSet<String> = reads
            .map(|read| read.rows.layout().schema.version.to_string())
            .collect();
        let versions: Vec<String> = versions.into_iter().collect();
        format!("{} {}", self.database.full_name(), versions.join(" and "))
    }

    /// How many rows the table has in all databases, and in which least and most.
    fn rows(&self, table: &str) -> (usize, Option<(usize, usize)>) {
        let counts = self.reads.iter();
        let counts: Vec<usize> = counts
            .filter_map(|read| Some(read.rows.table(table)?.len()))
            .collect();
        let range = counts.iter().min().zip(counts.iter().max());
        (
            counts.iter().sum(),
            range.map(|(least, most)| (*least, *most)),
        )
    }

    fn busiest(&self) -> Option<String> {
        let names = self.table_names().into_iter();
        let busiest = names.max_by_key(|name| (self.rows(name).0, std::cmp::Reverse(*name)));
        busiest.map(str::to_owned)
    }

    fn table_names(&self) -> BTreeSet<&'s str> {
        let reads = self.reads.iter();
        reads
            .flat_map(|read| &read.rows.layout().schema.tables)
            .map(|table| &*table.name)
            .collect()
    }

    /// For each table the columns that refer to it.
    fn referrers(&self) -> BTreeMap<&'s str, BTreeSet<String>> {
        let mut referrers: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for read in &self.reads {
            for table in &read.rows.layout().schema.tables {
                for column in &table.columns {
                    for target in references(column) {
                        let from = format!("{}.{}", table.name, column.name);
                        referrers.entry(target.0).or_default().insert(from);
                    }
                }
            }
        }
        referrers
    }

    fn tables(&self, order: i64, draft: &mut Draft) {
        let referrers = self.referrers();
        for name in self.table_names() {
            let columns = self.schemas_of(name).map(|table| table.columns.len()).max();
            let by = referrers.get(name).map(|by| {
                let by: Vec<&str> = by.iter().map(String::as_str).collect();
                by.join(", ")
            });
            let cells = vec![
                self.database.short_name().into(),
                name.into(),
                self.rows(name).0.into(),
                columns.into(),
                by.into(),
            ];
            let line = Line::new(None, None, cells);
            draft.lines.push(line.by([Rank::from(order), name.into()]));
        }
        draft.hints.extend(self.lacking(None));
    }

    /// What ovnscope knows and some schema lacks.
    fn lacking(&self, table: Option<&str>) -> Option<String> {
        let mut lacking: BTreeMap<&[String], Vec<String>> = BTreeMap::new();
        for (label, read) in labelled(self.reads.iter().copied()) {
            lacking.entry(&read.missing).or_default().push(label);
        }
        let is_wanted = |text: &&String| table.is_none_or(|table| names_table(text, table));
        let words: Vec<String> = lacking
            .into_iter()
            .filter_map(|(missing, labels)| {
                let missing: Vec<&str> = missing
                    .iter()
                    .filter(is_wanted)
                    .map(String::as_str)
                    .collect();
                let first = labels.first()?;
                let place = match labels.len() {
                    1 => first.clone(),
                    count => format!("{count} databases such as that of {first}"),
                };
                let more = missing.len().saturating_sub(MAX_LACKING);
                let named = missing
                    .iter()
                    .take(MAX_LACKING)
                    .copied()
                    .collect::<Vec<_>>();
                (!missing.is_empty()).then(|| {
                    let more = if more > 0 {
                        format!(" and {more} more")
                    } else {
                        String::new()
                    };
                    format!("{place}: {}{more}", named.join(", "))
                })
            })
            .collect();
        (!words.is_empty()).then(|| {
            format!(
                "lacking of {} {}, and reading as unset: {}",
                self.database.full_name(),
                self.database.definition().version,
                words.join("; ")
            )
        })
    }

    /// The columns of a table.
    fn table(
        &self,
        name: &str,
        params: &Params,
        snapshot: &Snapshot,
    ) -> Result<Listing, ToolError> {
        let mut draft = Draft {
            columns: vec!["column", "type", "values", "refers_to", "notes"],
            ..Draft::default()
        };
        let mut columns: BTreeMap<&str, (&ColumnSchema, usize)> = BTreeMap::new();
        let mut indexes = BTreeSet::new();
        let having = self.schemas_of(name).count();
        for table in self.schemas_of(name) {
            for column in &table.columns {
                columns.entry(&column.name).or_insert((column, 0)).1 += 1;
            }
            indexes.extend(table.indexes.iter().map(|index| index.join(", ")));
        }
        let known = self.database.definition().tables.iter();
        let known = known.copied().find(|table| table.name == name);
        for (column_name, (column, count)) in columns {
            let is_known = known
                .is_none_or(|table| table.columns.iter().any(|known| known.name == column_name));
            let mut notes = Vec::new();
            if indexes
                .iter()
                .any(|index| index.split(", ").any(|one| one == column_name))
            {
                notes.push("index".to_owned());
            }
            if column.ephemeral {
                notes.push("not kept in files".to_owned());
            }
            if !column.mutable {
                notes.push("never changes".to_owned());
            }
            if count < having {
                notes.push(format!("{count} of {having} schemas have it"));
            }
            if !is_known {
                notes.push("newer than ovnscope".to_owned());
            }
            let refers: Vec<String> = references(column)
                .into_iter()
                .map(|(table, kind)| match kind {
                    RefKind::Strong => table.to_owned(),
                    RefKind::Weak => format!("{table} (weak)"),
                })
                .collect();
            let some = |words: Vec<String>| match words.as_slice() {
                [] => Json::Null,
                words => words.join(", ").into(),
            };
            draft.lines.push(
                Line::new(
                    None,
                    None,
                    vec![
                        column_name.into(),
                        column.column_type.to_string().into(),
                        some(values(column)),
                        some(refers),
                        some(notes),
                    ],
                )
                .by([column_name.into()]),
            );
        }
        if !indexes.is_empty() {
            let indexes: Vec<String> = indexes.into_iter().collect();
            draft.hints.push(format!(
                "one row for each {}",
                indexes.join("; one for each ")
            ));
        }
        if let Some(by) = self.referrers().get(name) {
            let by: Vec<&str> = by.iter().map(String::as_str).collect();
            draft
                .hints
                .push(format!("referred to by {}", by.join(", ")));
        }
        draft.hints.extend(self.lacking(Some(name)));
        draft.next.push(Next::to(
            RowsFind::NAME,
            [
                ("db", json!(self.database)),
                ("table", json!(name)),
                ("node", json!(params.node)),
            ],
            "its rows",
        ));
        let (rows, range) = self.rows(name);
        let spread = match range {
            Some((least, most)) if self.reads.len() > 1 => {
                format!(
                    " in {} databases ({least} to {most} in each)",
                    self.reads.len()
                )
            }
            _ => String::new(),
        };
        Listing::of(
            draft,
            &params.whole_page(),
            params.question(),
            snapshot,
            |total| {
                format!(
                    "{name} of {}: {}, {}{spread}",
                    self.versions(),
                    counted(total, "column"),
                    counted(rows, "row")
                )
            },
        )
    }
}

/// Whether what a schema lacks is this table or a column of it.
fn names_table(missing: &str, table: &str) -> bool {
    missing
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .any(|word| word == table)
}

/// The tables that a column refers to, and how.
fn references(column: &ColumnSchema) -> Vec<(&str, RefKind)> {
    let column_type = &column.column_type;
    let bases = std::iter::once(&column_type.key).chain(&column_type.value);
    let references = bases.filter_map(|base| base.reference.as_ref());
    references
        .map(|reference| (&*reference.table, reference.kind))
        .collect()
}

/// The values that a column allows, where not all of its type.
fn values(column: &ColumnSchema) -> Vec<String> {
    let of = |base: &BaseType| -> Vec<String> {
        if !base.enumeration.is_empty() {
            let atoms = base.enumeration.iter().filter_map(Atom::borrow);
            let words = atoms.map(|atom| match atom {
                AtomRef::String(word) => word.to_owned(),
                other => other.to_string(),
            });
            return words.collect();
        }
        match (base.min_integer, base.max_integer) {
            (Some(least), Some(most)) => vec![format!("{least} to {most}")],
            (Some(least), None) => vec![format!("{least} or more")],
            (None, Some(most)) => vec![format!("{most} or less")],
            (None, None) => Vec::new(),
        }
    };
    let column_type = &column.column_type;
    let mut values = of(&column_type.key);
    values.extend(column_type.value.iter().flat_map(of));
    values
}

fn no_table(table: &str, schemas: &[Schemas<'_>]) -> ToolError {
    let error = ToolError::new(format!("no database that was read has a table `{table}`"));
    let names: BTreeSet<&str> = schemas.iter().flat_map(Schemas::table_names).collect();
    match near::did_you_mean(table, names.iter().copied()) {
        Some(near) => error.hint(near),
        None => error.hint("leave `table` out to see which tables there are"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tool::recording;

    fn ask(database: Option<Database>, table: Option<&str>) -> Result<Listing, ToolError> {
        let params = Params {
            database,
            table: table.map(str::to_owned),
            ..Params::default()
        };
        SchemaDescribe::conclude(&params, &recording::demo())
    }

    fn shown(listing: &Listing) -> String {
        let mut lines = vec![listing.summary.clone()];
        lines.extend(listing.hints.iter().map(|hint| format!("hint: {hint}")));
        let rows = listing.rows.iter();
        lines.extend(rows.map(|row| Json::from(row.clone()).to_string()));
        lines.join("\n")
    }

    #[test]
    fn all_tables_are_told_in_a_line_each() {
        let listing = ask(None, None).expect("an answer");
        insta::assert_snapshot!(shown(&listing));
        let bytes = serde_json::to_string(&listing).unwrap().len();
        assert!(bytes < 12_000, "{bytes}");
    }

    #[test]
    fn one_table_is_told_in_detail() {
        insta::assert_snapshot!(shown(
            &ask(None, Some("Logical_Switch_Port")).expect("an answer")
        ));
        insta::assert_snapshot!(shown(
            &ask(Some(Database::Nb), Some("ACL")).expect("an answer")
        ));
    }

    #[test]
    fn what_is_no_table_says_what_to_send() {
        let explain =
            |error: ToolError| format!("{error}: {}", error.hint.clone().unwrap_or_default());
        insta::assert_snapshot!(explain(ask(None, Some("Logical_Switch_Prt")).unwrap_err()));
        insta::assert_snapshot!(explain(ask(None, Some("Meter")).unwrap_err()));
    }
}
