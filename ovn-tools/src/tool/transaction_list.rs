//! The `transaction_list` tool: the history of recorded databases as a timeline.

mod writer;

mod filter;

mod listed;

mod recorded;

mod place;

mod reader;

mod answer;

use jiff::Timestamp;

pub use self::answer::TransactionsListed;
use self::filter::Filter;
pub use self::listed::{ALL_ROWS, Kind, RowListed, TableTouched, TransactionListed};
use self::place::Place;
use self::reader::Reader;
pub use self::recorded::RecordingListed;
use crate::database::Database;
use crate::report::{Gap, ToolError};
use crate::snapshot::{DatabaseRead, Needs, Snapshot};
use crate::tool::Tool;
use crate::tool::label::{labelled, no_node};
use crate::tool::seal::fingerprint;

/// How many transactions a page holds unless the question says otherwise.
/// **Default and why**: 50; on one line each they fit the default answer budget.
pub const DEFAULT_LIMIT: usize = 50;
/// The most transactions that a page can be asked to hold.
/// **Default and why**: 1000; more is paged, so that no answer grows without bound.
pub const MAX_LIMIT: usize = 1000;

/// Lists transactions.
#[derive(Clone, Copy, Debug)]
pub struct TransactionList;

/// Which transactions to list, and what to show of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params {
    /// The database; `None` for all.
    pub database: Option<Database>,
    /// The node whose databases to read; `None` for all.
    pub node: Option<String>,
    /// Only transactions written at this time or later.
    pub since: Option<Timestamp>,
    /// Only transactions written at this time or earlier.
    pub until: Option<Timestamp>,
    /// Only transactions that touch this table.
    pub table: Option<String>,
    /// Only transactions that touch the row of this UUID, which may be cut to its first 8 or more
    /// digits.
    pub row: Option<String>,
    /// Only transactions with this text in their comment or in a value that they write or remove,
    /// in either case.
    pub text: Option<String>,
    /// Which come first.
    pub order: Order,
    /// Whether to show each changed row with its columns.
    pub rows: bool,
    /// The most transactions of the page, from 1 to [`MAX_LIMIT`].
    pub limit: usize,
    /// Where the page begins: the `next_cursor` of the page before.
    pub cursor: Option<String>,
}

/// Which transactions come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest.
    /// **Default and why**: what happened last is what most questions are about.
    #[default]
    Newest,
    /// The oldest.
    Oldest,
}

impl Params {
    /// All transactions of all recorded databases, a page of them at a time.
    pub fn new() -> Self {
        Self {
            limit: DEFAULT_LIMIT,
            ..Self::default()
        }
    }

    fn databases(&self) -> impl Iterator<Item = Database> {
        let wanted = self.database;
        Database::ALL
            .into_iter()
            .filter(move |database| wanted.is_none_or(|wanted| wanted == *database))
    }

    /// A number for what is asked: a cursor goes on with the same question only. The limit and
    /// whether rows are shown are no part of it.
    fn fingerprint(&self) -> u64 {
        let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
        let question = serde_json::json!([
            self.database.map(Database::short_name),
            self.node,
            time(self.since),
            time(self.until),
            self.table,
            self.row,
            self.text,
            self.order == Order::Newest,
        ]);
        fingerprint(question.to_string().as_bytes())
    }
}

impl Tool for TransactionList {
    const NAME: &'static str = "transaction_list";
    type Params = Params;
    type Report = TransactionsListed;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        if params.limit == 0 || params.limit > MAX_LIMIT {
            let limit = params.limit;
            return Err(ToolError::new(format!("limit {limit} is out of range"))
                .hint(format!("send a limit from 1 to {MAX_LIMIT}")));
        }
        Filter::new(params)?;
        let needs = Needs::default().history();
        Ok(params.databases().fold(needs, Needs::database))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<TransactionsListed, ToolError> {
        let filter = Filter::new(params)?;
        let mut gaps = snapshot.gaps.clone();
        let reads = recorded(params, snapshot, &mut gaps)?;
        filter.check_table(reads.iter().map(|(_, read)| *read))?;
        let asked = params.fingerprint();
        let after = match &params.cursor {
            Some(text) => Some(Place::parse(text, asked)?),
            None => None,
        };
        let mut reader = Reader::new(params, &filter, after);
        for (label, read) in &reads {
            reader.read(label, read, reads.len() > 1, &mut gaps);
        }
        Ok(TransactionsListed::new(
            reader.finish(),
            params,
            asked,
            gaps,
        ))
    }
}

/// The recorded databases that the question speaks of, each with its label.
fn recorded<'s>(
    params: &Params,
    snapshot: &'s Snapshot,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<(String, &'s DatabaseRead)>, ToolError> {
    let mut reads = Vec::new();
    let mut labels = Vec::new();
    let mut live = Vec::new();
    for database in params.databases() {
        for (label, read) in labelled(snapshot.of(database, None)) {
            let asked = params.node.as_deref();
            let wanted = asked.is_none() || asked == Some(&*label) || asked == read.node.as_deref();
            labels.push(label.clone());
            if !wanted {
                continue;
            }
            match read.log {
                Some(_) => reads.push((label, read)),
                None => live.push(read),
            }
        }
    }
    gaps.extend(live.iter().map(|read| Gap {
        what: format!(
            "the history of {} at {}",
            read.database.full_name(),
            read.address
        ),
        why: "a running server keeps none to be read".to_owned(),
    }));
    if !reads.is_empty() {
        return Ok(reads);
    }
    let instead = "read the server's database file with recorded:PATH, or record it for a while: \
                   `ovnscope record SOURCE -o FILE --follow SECONDS`";
    if !live.is_empty() {
        return Err(ToolError::new("a running server keeps no history to be read").hint(instead));
    }
    match &params.node {
        Some(node) if !labels.is_empty() => {
            labels.sort();
            labels.dedup();
            Err(no_node(node, params.database, &labels))
        }
        _ => {
            let error = ToolError::new("no recorded database was read");
            let gaps: Vec<String> = gaps
                .iter()
                .map(|gap| format!("{}: {}", gap.what, gap.why))
                .collect();
            Err(error.hint(if gaps.is_empty() {
                instead.to_owned()
            } else {
                gaps.join("; ")
            }))
        }
    }
}

#[cfg(test)]
mod tests;
