//! The `rows_find` tool: rows of one table that meet conditions, on one node, several or all.

mod scanner;

mod field;

mod literal;

mod condition;

mod order;

mod cursor;

mod pushed;

mod question;

mod scope;

mod ephemeral;

mod located;

mod predicate;

mod compile;

mod search;

mod selection;

mod columns;

mod groups;

mod answer;

use std::collections::BTreeSet;

use serde_json::Value as Json;

use self::answer::Paging;
pub use self::answer::RowsFound;
use self::columns::{comparable_columns, locate_columns, locate_groups, used_columns};
use self::cursor::Cursor;
use self::ephemeral::ephemeral_gaps;
use self::groups::{By, COUNT_COLUMN, NODES_COLUMN, groups, nodes};
use self::located::NODE_COLUMN;
use self::order::OrderBy;
use self::question::Question;
use self::scope::Scope;
use self::search::{Search, searches};
use self::selection::{Page, Selection};
use crate::database::Database;
use crate::moment::Moment;
use crate::page::{self, Place};
use crate::report::{Gap, ToolError};
use crate::snapshot::{Needs, Snapshot};
use crate::tool::Tool;

/// How many rows a page holds unless the question says otherwise.
/// **Default and why**: 50; with a few columns each they fit the default answer budget.
pub const DEFAULT_LIMIT: usize = 50;
/// The most rows that a page can be asked to hold.
/// **Default and why**: 1000; more is paged, so that no answer grows without bound.
pub const MAX_LIMIT: usize = 1000;

/// Finds rows by conditions.
#[derive(Clone, Copy, Debug)]
pub struct RowsFind;

/// Which rows to find, and what to show of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Params {
    /// The database.
    pub database: Database,
    /// The table, as the schema spells it.
    pub table: String,
    /// What rows must be like, all of it: `COLUMN OPERATOR VALUE` or `COLUMN:KEY OPERATOR VALUE`.
    ///
    /// Operators are `==`, `!=`, `<`, `<=`, `>`, `>=` (numbers only), `includes`, `excludes` (all
    /// or none of the given elements), `contains` (a text within strings, in either case) and
    /// `in` (one of a list). A value is a word, a string in JSON's quotes, `[a, b]` or `{k=v}`;
    /// `[]` means unset. UUIDs may be cut to their first 8 or more digits.
    pub conditions: Vec<String>,
    /// The columns to show: `COLUMN`, or `COLUMN:KEY` for one key of a map.
    /// **Default**: those that differ from their default in at least one matching row.
    pub columns: Vec<String>,
    /// What to count rows by instead of showing them: fields as in `columns`, and `_node`.
    /// **Default**: nothing.
    pub group_by: Vec<String>,
    /// Whether equal rows of several nodes are told once, with their nodes.
    /// **Default**: no.
    pub fold: bool,
    /// Whether UUIDs of rows are shown whole rather than as far as they tell rows apart.
    /// **Default**: no; UUIDs take a sixth of an answer otherwise.
    pub whole_uuids: bool,
    /// What to sort by: `COLUMN` or `COLUMN:KEY`, descending after `-`. Unset is least.
    /// **Default**: the name, else the first index of the table, else the UUID.
    pub order: Vec<String>,
    /// The most rows of the page, from 1 to [`MAX_LIMIT`].
    /// **Default**: [`DEFAULT_LIMIT`].
    pub limit: usize,
    /// Where the page begins: the `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// The node to search; `None` for all.
    pub node: Option<String>,
    /// When, in the history of recorded databases; `None` for the present, or a recording's end.
    pub at: Option<Moment>,
}

impl Params {
    /// All rows of a table, a page of them at a time.
    pub fn new(database: Database, table: impl Into<String>) -> Self {
        Self {
            database,
            table: table.into(),
            conditions: Vec::new(),
            columns: Vec::new(),
            group_by: Vec::new(),
            fold: false,
            whole_uuids: false,
            order: Vec::new(),
            limit: DEFAULT_LIMIT,
            cursor: None,
            node: None,
            at: None,
        }
    }
}

impl Tool for RowsFind {
    const NAME: &'static str = "rows_find";
    type Params = Params;
    type Report = RowsFound;

    fn needs(params: &Params) -> Result<Needs, ToolError> {
        Ok(Question::parse(params)?.needs(params))
    }

    fn conclude(params: &Params, snapshot: &Snapshot) -> Result<RowsFound, ToolError> {
        let mut question = Question::parse(params)?;
        let Scope { places, mut gaps } = Scope::new(params, snapshot)?;
        if let (true, Some(first)) = (question.order.is_empty(), places.first()) {
            question.order = OrderBy::default_of(first.schema, first.layout());
        }
        gaps.extend(ephemeral_gaps(&question, &params.table, &places));
        let searches = searches(&question, &places, &mut gaps)?;
        let fingerprint = question.fingerprint(params, &question.order);
        if params.fold || !question.groups.is_empty() {
            return grouped(params, &question, &searches, fingerprint, gaps);
        }
        let shown = locate_columns(&question, &searches, params.whole_uuids, &mut gaps)?;
        let cursor = match &params.cursor {
            Some(text) => Some(Cursor::parse(text, fingerprint)?),
            None => None,
        };
        let after = cursor.as_ref().map(|cursor| cursor.key(&question.order));
        let selection = Selection::new(
            &searches,
            Page {
                order: &question.order,
                after: after.as_ref(),
                limit: params.limit,
                notes_columns: question.columns.is_empty(),
            },
        );
        let (shown, default_columns) = if question.columns.is_empty() {
            used_columns(&question, &searches, &selection, params.whole_uuids)
        } else {
            (shown, Vec::new())
        };

        let picked = || selection.picked.iter();
        let mut answer = RowsFound {
            summary: String::new(),
            columns: shown.iter().map(|column| column.name.clone()).collect(),
            rows: picked()
                .map(|picked| {
                    let columns = shown.iter();
                    columns
                        .map(|column| column.value(picked, &searches))
                        .collect()
                })
                .collect(),
            total: selection.matching,
            returned: 0,
            truncated: false,
            next_cursor: None,
            default_columns,
            sources: Vec::new(),
            gaps,
            paging: Paging {
                found: found(params, &searches, &selection),
                cursors: picked()
                    .map(|picked| Cursor::after(&picked.key).print(fingerprint))
                    .collect(),
                origins: picked().map(|picked| picked.search).collect(),
                searched: searches
                    .iter()
                    .map(|search| search.searched.read.origin())
                    .collect(),
                began: params.cursor.clone(),
                remaining: selection.remaining,
            },
        };
        answer.settle();
        Ok(answer)
    }
}

/// The groups of the rows that match, instead of the rows.
fn grouped(
    params: &Params,
    question: &Question,
    searches: &[Search<'_>],
    fingerprint: u64,
    mut gaps: Vec<Gap>,
) -> Result<RowsFound, ToolError> {
    // What is counted is counted once for the summary too.
    let selection = Selection::new(
        searches,
        Page {
            order: &[],
            after: None,
            limit: 0,
            notes_columns: params.fold && question.columns.is_empty(),
        },
    );
    let (shown, by) = if !params.fold {
        let shown = locate_groups(&question.groups, searches, &mut gaps)?;
        (shown, By::Count)
    } else if question.columns.is_empty() {
        (
            comparable_columns(question, searches, &selection),
            By::Value,
        )
    } else {
        let shown = locate_groups(&question.columns, searches, &mut gaps)?;
        (shown, By::Value)
    };
    let groups = groups(searches, &shown, by)?;
    let total = groups.len();
    let page = page::Page {
        cursor: params.cursor.clone(),
        limit: Some(params.limit),
    };
    let place = Place::of(&page, fingerprint, total, |at| {
        page::mark([Json::from(groups[at].values.clone()).to_string().as_str()])
    })?;
    gaps.extend(place.gap());
    let names_nodes = searches.len() > 1 && shown.iter().all(|column| column.name != NODE_COLUMN);
    let mut columns: Vec<String> = shown.iter().map(|column| column.name.clone()).collect();
    columns.push(COUNT_COLUMN.to_owned());
    if names_nodes {
        columns.push(NODES_COLUMN.to_owned());
    }
    let counted = if params.fold {
        let everywhere = groups
            .iter()
            .filter(|group| group.searches.len() == searches.len());
        let (all, same) = (searches.len(), everywhere.count());
        format!(
            "; {total} different: {same} on all {all}, {} on some only",
            total - same
        )
    } else {
        format!(
            "; {total} groups by {}, the largest first",
            params.group_by.join(", ")
        )
    };
    let on_page = || groups.iter().skip(place.first).take(place.limit);
    let mut answer = RowsFound {
        columns,
        rows: on_page()
            .map(|group| {
                let mut row = group.values.clone();
                row.push(group.count.into());
                row.extend(names_nodes.then(|| Json::from(nodes(group, searches))));
                row
            })
            .collect(),
        total,
        gaps,
        paging: Paging {
            found: found(params, searches, &selection) + &counted,
            cursors: (1..=on_page().count())
                .map(|returned| place.next(returned, total).unwrap_or_default())
                .collect(),
            origins: on_page()
                .filter_map(|group| group.searches.first().copied())
                .collect(),
            searched: searches
                .iter()
                .map(|one| one.searched.read.origin())
                .collect(),
            began: params.cursor.clone(),
            remaining: total.saturating_sub(place.first),
        },
        ..RowsFound::default()
    };
    answer.settle();
    Ok(answer)
}

/// `3 rows of Logical_Switch_Port match on 2 nodes`.
///
/// How many rows there are besides is not said: a server that looks for them itself sends no
/// others.
fn found(params: &Params, searches: &[Search<'_>], selection: &Selection<'_>) -> String {
    let table = &params.table;
    let matching = selection.matching;
    let noun = if matching == 1 { "row" } else { "rows" };
    let nodes: BTreeSet<&str> = searches
        .iter()
        .filter_map(|search| search.searched.read.node.as_deref())
        .collect();
    let place_noun = if nodes.len() == searches.len() {
        "node"
    } else {
        "database"
    };
    let count = searches.len();
    let place = match (searches, selection.found_in.as_slice()) {
        ([only], _) => match &only.searched.read.node {
            Some(node) => format!(" on {node}"),
            None => String::new(),
        },
        (_, []) => format!(" on any of {count} {place_noun}s"),
        (_, &[only]) => {
            let label = searches.get(only).map_or("", |s| &s.searched.label);
            format!(" on {label} (of {count} {place_noun}s)")
        }
        (_, found) if found.len() == count => format!(" on {count} {place_noun}s"),
        (_, found) => format!(" on {} of {count} {place_noun}s", found.len()),
    };
    let at = params.at.map_or_else(String::new, |at| format!(" at {at}"));
    match (params.conditions.is_empty(), matching) {
        (true, 0) => format!("no rows of {table}{place}{at}"),
        (true, _) => format!("{matching} {noun} of {table}{place}{at}"),
        (false, 0) => format!("no row of {table} matches{place}{at}"),
        (false, 1) => format!("1 row of {table} matches{place}{at}"),
        (false, _) => format!("{matching} rows of {table} match{place}{at}"),
    }
}

#[cfg(test)]
mod tests;
