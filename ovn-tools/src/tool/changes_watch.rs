//! The `changes_watch` tool: what has changed since a cursor, waiting for it where nothing has.

mod answer;

mod cursor;

use std::collections::BTreeSet;
use std::time::Duration;

pub use self::answer::{ChangesWatched, TableChanged};
use self::cursor::Cursor;
use crate::database::Database;
use crate::delta::needed;
use crate::report::ToolError;
use crate::snapshot::{Needs, Snapshot, Watch};
use crate::tool::{Tool, near};

/// How long is waited for a change unless the question says otherwise.
/// **Default and why**: 0 s; a first question makes a cursor, and a later one tells what has
/// happened since.
pub const DEFAULT_WAIT: Duration = Duration::ZERO;
/// The longest wait for a change.
/// **Default and why**: 50 s; many clients give a call up after 60 s.
pub const MAX_WAIT: Duration = Duration::from_secs(50);
/// How many rows a page holds unless the question says otherwise.
/// **Default and why**: 50; the budget of an answer cuts it shorter where rows are long.
pub const DEFAULT_LIMIT: usize = 50;
/// The most rows that a page can be asked to hold.
/// **Default and why**: 1000; more is paged, so that no answer grows without bound.
pub const MAX_LIMIT: usize = 1000;

/// Watches for changes.
#[derive(Clone, Copy, Debug)]
pub struct ChangesWatch;

/// What to watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// The database.
    pub database: Database,
    /// The tables. **Default**: all.
    pub tables: Vec<String>,
    /// Only databases of this node.
    pub node: Option<String>,
    /// Where the last answer ended. **Default**: now.
    pub cursor: Option<String>,
    /// The longest time to wait for a change, up to [`MAX_WAIT`]. **Default**: [`DEFAULT_WAIT`].
    pub wait: Duration,
    /// The most rows of the page, from 1 to [`MAX_LIMIT`]. **Default**: [`DEFAULT_LIMIT`].
    pub limit: usize,
}

impl Params {
    /// Everything in a database.
    pub fn new(database: Database) -> Self {
        Self {
            database,
            tables: Vec::new(),
            node: None,
            cursor: None,
            wait: DEFAULT_WAIT,
            limit: DEFAULT_LIMIT,
        }
    }

    fn cursor(&self) -> Result<Option<Cursor>, ToolError> {
        let cursor = self.cursor.as_deref();
        cursor.map(|text| Cursor::parse(text, self)).transpose()
    }
}

impl Tool for ChangesWatch {
    const NAME: &'static str = "changes_watch";
    type Params = Params;
    type Report = ChangesWatched;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        if params.limit == 0 || params.limit > MAX_LIMIT {
            let limit = params.limit;
            return Err(ToolError::new(format!("limit {limit} is out of range"))
                .hint(format!("send a limit from 1 to {MAX_LIMIT}")));
        }
        if params.wait > MAX_WAIT {
            let (asked, most) = (params.wait.as_secs(), MAX_WAIT.as_secs());
            return Err(
                ToolError::new(format!("a wait of {asked} s is too long")).hint(format!(
                    "wait up to {most} s, and go on from the cursor of the answer"
                )),
            );
        }
        let database = params.database;
        let mut needs = Needs::default().database(database);
        if params.tables.is_empty() {
            for table in database.definition().tables {
                needs = needs.table(database, table.name);
            }
        }
        for table in &params.tables {
            needs = needs.table(database, table);
        }
        let since = params.cursor()?.map(|cursor| cursor.since(database));
        Ok(needs.watch(Watch {
            since: since.unwrap_or_default(),
            wait: params.wait,
        }))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<ChangesWatched, ToolError> {
        let needs = Self::needs(params)?;
        if snapshot.watched.is_empty() {
            let mut error = ToolError::new("nothing that can be watched is among the sources");
            let gaps = snapshot.gaps.iter();
            let gaps: Vec<String> = gaps
                .map(|gap| format!("{}: {}", gap.what, gap.why))
                .collect();
            if !gaps.is_empty() {
                error = error.hint(gaps.join("; "));
            }
            return Err(error);
        }
        for table in &params.tables {
            known(table, params, snapshot, &needs)?;
        }
        ChangesWatched::new(params, &needs, snapshot)
    }
}

/// Refuses a table that no database has.
fn known(
    table: &str,
    params: &Params,
    snapshot: &Snapshot,
    needs: &Needs,
) -> Result<(), ToolError> {
    let reads = snapshot.of(params.database, None);
    let names: BTreeSet<&str> = reads
        .flat_map(|read| &read.rows.layout().schema.tables)
        .map(|table| &*table.name)
        .collect();
    let mut reads = snapshot.of(params.database, None);
    if names.contains(table)
        && reads.any(|read| {
            let needed = needed(&read.rows, params.database, needs);
            needed.iter().any(|(name, _)| *name == table)
        })
    {
        return Ok(());
    }
    let error = ToolError::new(format!(
        "database {} has no table `{table}`",
        params.database
    ));
    Err(match near::did_you_mean(table, names.iter().copied()) {
        Some(near) => error.hint(near),
        None => error.hint("`schema_describe` shows which tables there are"),
    })
}

#[cfg(test)]
mod tests;
