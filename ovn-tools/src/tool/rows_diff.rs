//! The `rows_diff` tool: what differs between two moments, two nodes or two sources.

mod side;

mod identity;

mod naming;

mod compared;

mod difference;

mod place;

mod answer;

pub use self::answer::{RowDiffered, RowsDiffered, TableCounted};
use self::compared::compared;
use self::difference::{Difference, differences};
pub use self::identity::Identity;
use self::naming::Naming;
use self::place::Place;
pub use self::side::Side;
use self::side::pairs;
use crate::database::Database;
use crate::report::{Gap, ToolError};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;
pub use crate::tool::change::{DEFAULT_ELEMENTS, MAX_ELEMENTS};
use crate::tool::seal::fingerprint;

/// How many rows a page holds unless the question says otherwise.
/// **Default and why**: 50; with a few changed columns each they fit the default answer budget.
pub const DEFAULT_LIMIT: usize = 50;
/// The most rows that a page can be asked to hold.
/// **Default and why**: 1000; more is paged, so that no answer grows without bound.
pub const MAX_LIMIT: usize = 1000;

/// Compares rows.
#[derive(Clone, Copy, Debug)]
pub struct RowsDiff;

/// What to compare, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// The database.
    pub database: Database,
    /// The table; `None` for all.
    pub table: Option<String>,
    /// What is taken for old.
    pub from: Side,
    /// What is taken for new. A node or source that it does not name is the one of `from`.
    pub to: Side,
    /// Which two rows are one row.
    ///
    /// **Default**: the UUID between two moments of one database, else the index: each database
    /// has UUIDs of its own.
    pub identity: Option<Identity>,
    /// Columns that make no difference.
    pub ignore: Vec<String>,
    /// How many elements or pairs to show of one value, from 1 to [`MAX_ELEMENTS`].
    pub elements: usize,
    /// The most rows of the page, from 1 to [`MAX_LIMIT`].
    pub limit: usize,
    /// Where the page begins: the `next_cursor` of the page before.
    pub cursor: Option<String>,
}

impl Params {
    /// What happened to all rows of a database between two sides.
    pub fn new(database: Database, from: Side, to: Side) -> Self {
        Self {
            database,
            table: None,
            from,
            to,
            identity: None,
            ignore: Vec::new(),
            elements: DEFAULT_ELEMENTS,
            limit: DEFAULT_LIMIT,
            cursor: None,
        }
    }

    /// The new side with what it takes over from the old one.
    fn to(&self) -> Side {
        Side {
            node: self.to.node.clone().or(self.from.node.clone()),
            source: self.to.source.clone().or(self.from.source.clone()),
            at: self.to.at,
        }
    }

    fn identity(&self) -> Identity {
        let to = self.to();
        let one_database = self.from.node == to.node && self.from.source == to.source;
        match &self.identity {
            Some(identity) => identity.clone(),
            None if one_database => Identity::Uuid,
            None => Identity::Index,
        }
    }

    /// Checks what needs no database.
    fn check(&self) -> Result<(), ToolError> {
        if self.limit == 0 || self.limit > MAX_LIMIT {
            let limit = self.limit;
            return Err(ToolError::new(format!("limit {limit} is out of range"))
                .hint(format!("send a limit from 1 to {MAX_LIMIT}")));
        }
        if self.elements == 0 || self.elements > MAX_ELEMENTS {
            let elements = self.elements;
            return Err(
                ToolError::new(format!("elements {elements} is out of range"))
                    .hint(format!("send elements from 1 to {MAX_ELEMENTS}")),
            );
        }
        if self.from == self.to() {
            return Err(ToolError::new("both sides are the same").hint(
                "give the sides different moments (from_at, to_at), nodes (from_node, to_node) or \
                 sources (from_source, to_source)",
            ));
        }
        if let (Some(Identity::Columns(_)), None) = (&self.identity, &self.table) {
            return Err(ToolError::new("columns identify rows of one table only")
                .hint("name the table, or leave the columns out"));
        }
        Ok(())
    }

    /// A number for what is asked: a cursor goes on with the same question only. How much of a page
    /// or of a value to show is no part of it.
    fn fingerprint(&self) -> u64 {
        let side = |side: &Side| {
            let at = side.at.map(|at| at.to_string());
            serde_json::json!([side.node, side.source, at])
        };
        let question = serde_json::json!([
            self.database.short_name(),
            self.table,
            side(&self.from),
            side(&self.to()),
            format!("{:?}", self.identity()),
            self.ignore,
        ]);
        fingerprint(question.to_string().as_bytes())
    }
}

impl Tool for RowsDiff {
    const NAME: &'static str = "rows_diff";
    type Params = Params;
    type Report = RowsDiffered;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        params.check()?;
        let needs = Needs::default().at(params.from.at).at(params.to.at);
        Ok(match (&params.table, params.identity()) {
            // Rows are told apart by themselves.
            (Some(table), Identity::Uuid) => needs
                .database(params.database)
                .table(params.database, table),
            // What references name stands in other tables.
            _ => needs.whole(params.database),
        })
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<RowsDiffered, ToolError> {
        params.check()?;
        let mut gaps: Vec<Gap> = snapshot.gaps.clone();
        let identity = params.identity();
        let pairs = pairs(
            params.database,
            &params.from,
            &params.to(),
            snapshot,
            &mut gaps,
        )?;
        let tables = compared(&pairs, params, &mut gaps)?;
        let namings: Vec<[Naming<'_>; 2]> = pairs
            .iter()
            .map(|pair| [Naming::new(&pair.old.rows), Naming::new(&pair.new.rows)])
            .collect();
        let asked = params.fingerprint();
        let after = match &params.cursor {
            Some(text) => Some(Place::parse(text, asked)?),
            None => None,
        };
        let mut found: Vec<Difference<'_>> = Vec::new();
        let mut counts: Vec<TableCounted> = Vec::new();
        for table in &tables {
            let naming = &namings[table.pair];
            let table_found = differences(table, &identity, naming)?;
            counts.extend(TableCounted::of(table, &table_found, pairs.len() > 1));
            found.extend(table_found);
        }
        Ok(RowsDiffered::new(
            answer::Found {
                pairs: &pairs,
                tables: &tables,
                namings: &namings,
                counts,
                differences: found,
            },
            params,
            &identity,
            asked,
            after.as_ref(),
            gaps,
        ))
    }
}

#[cfg(test)]
mod tests;
