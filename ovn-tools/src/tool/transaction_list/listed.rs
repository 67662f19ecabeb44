//! What is listed of each transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;
use ovsdb_client::dbfile::{FileKind, Transaction};
use ovsdb_client::replica::RowChanged;
use ovsdb_client::schema::{DatabaseLayout, TableLayout};
use ovsdb_client::table::Row;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::database::Database;
use crate::tool::change::{ColumnChange, DEFAULT_ELEMENTS, Fate, row_name};
use crate::tool::natural::value_json;
use crate::tool::transaction_list::filter::Filter;
use crate::tool::transaction_list::writer::writer;

/// The most rows shown of one transaction.
/// **Default and why**: 20; the first transaction of a compacted file has them all, and no answer
/// has room for those.
const MAX_ROWS: usize = 20;

/// What the server says of the record that it rewrites a file into.
const COMPACTING: &str = "compacting database online";
/// What the server says of the record with the rows after a conversion.
const CONVERTED: &str = "converted by ovsdb-server";

/// What `ovnscope record` says of the record with all rows.
pub const ALL_ROWS: &str = "ovnscope: all rows";

/// One record of a database's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TransactionListed {
    /// When it was written (RFC 3339); left out where the file does not say.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub time: Option<String>,
    /// The database.
    pub database: Database,
    /// The node, or else the file, where several databases were read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The record's number; `record:N` is the moment after it.
    pub record: usize,
    /// The transaction's ID in a cluster's log, the same on all members.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub transaction: Option<String>,
    /// What it is, where it is no ordinary transaction.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kind: Option<Kind>,
    /// The program that made it, by the comment.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub who: Option<String>,
    /// What its writer said of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub comment: Option<String>,
    /// The tables it touches.
    pub tables: Vec<TableTouched>,
    /// The changed rows, those that the question is about; only where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rows: Option<Vec<RowListed>>,
    /// How many more of these rows there are.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub rows_left_out: usize,
    /// What must be known to believe it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<String>,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// What a record is, where it is no ordinary transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// All rows, as they were when the file was compacted: what came before is lost.
    Compaction,
    /// All rows, from a cluster's snapshot, a dump, or where a recording begins.
    Snapshot,
    /// The database went over to another schema.
    Conversion,
    /// A part of the file that cannot be read.
    Damage,
}

/// How many rows of a table were touched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableTouched {
    /// The table.
    pub table: String,
    /// How many rows came.
    pub inserted: usize,
    /// How many rows changed.
    pub changed: usize,
    /// How many rows went.
    pub deleted: usize,
}

/// A changed row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowListed {
    /// What became of it.
    pub fate: Fate,
    /// The table.
    pub table: String,
    /// The row's UUID.
    pub uuid: String,
    /// The row's name, where it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// The columns that changed: `old` and `new` value, or of a set or map what was `removed` and
    /// `added`. Of a row that came or went, those that are set.
    #[schemars(with = "BTreeMap<String, Map<String, Json>>")]
    pub columns: BTreeMap<String, ColumnChange>,
}

impl TransactionListed {
    /// What is listed of a transaction of a file of this kind.
    pub(super) fn new(
        transaction: &Transaction,
        file: FileKind,
        database: Database,
        node: Option<&str>,
        filter: &Filter,
        with_rows: bool,
    ) -> Self {
        let comment = transaction.comment.as_deref();
        let mut listed = Self {
            time: transaction.date.and_then(time),
            database,
            node: node.map(str::to_owned),
            record: transaction.record,
            transaction: transaction.raft.map(|raft| raft.eid.to_string()),
            kind: kind(transaction, file),
            who: comment.and_then(writer).map(str::to_owned),
            comment: comment.map(str::to_owned),
            tables: touched(transaction),
            rows: None,
            rows_left_out: 0,
            notes: notes(transaction),
        };
        if with_rows {
            let layout = transaction.changes.layout();
            let said = filter.is_said(comment);
            let rows = transaction.changes.rows();
            let rows = rows.filter(|(table, row)| filter.holds_row(table, row, said));
            let mut shown = Vec::new();
            for (table, row) in rows {
                if shown.len() < MAX_ROWS {
                    shown.push(RowListed::new(layout, table, row));
                } else {
                    listed.rows_left_out += 1;
                }
            }
            listed.rows = Some(shown);
        }
        listed
    }
}

impl RowListed {
    fn new(layout: &DatabaseLayout, table: &TableLayout, row: &RowChanged) -> Self {
        let fate = Fate::of(row.old.as_ref(), row.new.as_ref());
        let columns = row.changed_columns(table).filter_map(|name| {
            let value = |side: &Option<Row>| side.as_ref()?.value(table, name).map(value_json);
            let change = match (value(&row.old), value(&row.new)) {
                (Some(old), Some(new)) => ColumnChange::between(old, new, DEFAULT_ELEMENTS),
                (Some(only), None) | (None, Some(only)) => {
                    ColumnChange::whole(fate, only, DEFAULT_ELEMENTS)
                }
                (None, None) => return None,
            };
            Some((name.to_owned(), change))
        });
        let side = row.new.as_ref().or(row.old.as_ref());
        let schema = layout.schema.table(&table.name);
        let name = match (side, schema) {
            (Some(side), Some(schema)) => row_name(side, schema, table),
            _ => None,
        };
        Self {
            fate,
            table: table.name.to_string(),
            uuid: row.uuid.to_string(),
            name,
            columns: columns.collect(),
        }
    }
}

/// A time in milliseconds since 1970 as text.
pub(super) fn time(milliseconds: i64) -> Option<String> {
    let time = Timestamp::from_millisecond(milliseconds).ok()?;
    Some(time.to_string())
}

fn kind(transaction: &Transaction, file: FileKind) -> Option<Kind> {
    let comment = transaction.comment.as_deref();
    if transaction.schema.is_some() || comment == Some(CONVERTED) {
        Some(Kind::Conversion)
    } else if comment == Some(COMPACTING) {
        Some(Kind::Compaction)
    } else if comment == Some(ALL_ROWS) || (transaction.record == 0 && file != FileKind::Standalone)
    {
        Some(Kind::Snapshot)
    } else {
        None
    }
}

/// The touched tables, ascending by name.
fn touched(transaction: &Transaction) -> Vec<TableTouched> {
    let mut tables: BTreeMap<&str, TableTouched> = BTreeMap::new();
    for (layout, row) in transaction.changes.rows() {
        let table = tables.entry(&layout.name).or_default();
        match Fate::of(row.old.as_ref(), row.new.as_ref()) {
            Fate::Inserted => table.inserted += 1,
            Fate::Changed => table.changed += 1,
            Fate::Deleted => table.deleted += 1,
        }
    }
    let tables = tables.into_iter().map(|(name, table)| TableTouched {
        table: name.to_owned(),
        ..table
    });
    tables.collect()
}

fn notes(transaction: &Transaction) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(schema) = &transaction.schema {
        notes.push(format!("the schema is {} from here on", schema.version));
    }
    if transaction.raft.is_some_and(|raft| !raft.committed) {
        notes.push("not known to be committed: the cluster may have taken it back".to_owned());
    }
    if transaction.after_damage {
        notes.push("it stands after damage and may depend on what is lost".to_owned());
    }
    for fault in &transaction.faults {
        let column = fault
            .column
            .as_ref()
            .map_or_else(String::new, |column| format!(".{column}"));
        let (table, row, problem) = (&fault.table, &fault.row, &fault.problem);
        notes.push(format!(
            "{table}{column} of row {row} cannot be read: {problem}"
        ));
    }
    notes
}
