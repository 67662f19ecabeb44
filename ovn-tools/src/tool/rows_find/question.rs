//! Questions: the parameters, read and checked as far as that needs no schema.

use ovsdb_client::table::TableDef;
use serde_json::Value as Json;

use crate::report::ToolError;
use crate::snapshot::Needs;
use crate::tool::rows_find::condition::Condition;
use crate::tool::rows_find::field::Field;
use crate::tool::rows_find::order::OrderBy;
use crate::tool::rows_find::pushed::pushed;
use crate::tool::rows_find::{MAX_LIMIT, Params};
use crate::tool::seal::fingerprint;

/// What is asked.
#[derive(Clone, Debug)]
pub(super) struct Question {
    /// What rows must be like, all of it.
    pub(super) conditions: Vec<Condition>,
    /// What to show; nothing for what tells most.
    pub(super) columns: Vec<Field>,
    /// What to count rows by; nothing for the rows themselves.
    pub(super) groups: Vec<Field>,
    /// What to sort by; nothing for the table's own order.
    pub(super) order: Vec<OrderBy>,
}

impl Question {
    /// Reads the parameters.
    ///
    /// # Errors
    /// [`ToolError`] for the first parameter that cannot be read.
    pub(super) fn parse(params: &Params) -> Result<Self, ToolError> {
        if params.limit == 0 || params.limit > MAX_LIMIT {
            let limit = params.limit;
            return Err(ToolError::new(format!("limit {limit} is out of range"))
                .hint(format!("send a limit from 1 to {MAX_LIMIT}")));
        }
        counts_alone(params)?;
        let conditions = params.conditions.iter();
        let groups = params.group_by.iter();
        let columns = params.columns.iter();
        let order = params.order.iter();
        Ok(Self {
            conditions: conditions
                .map(|text| Condition::parse(text))
                .collect::<Result<_, _>>()?,
            columns: columns
                .map(|text| Field::parse(text))
                .collect::<Result<_, _>>()?,
            groups: groups
                .map(|text| Field::parse(text))
                .collect::<Result<_, _>>()?,
            order: order
                .map(|text| OrderBy::parse(text))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The table and columns to read.
    pub(super) fn needs(&self, params: &Params) -> Needs {
        let needs = Needs::default().database(params.database);
        let needs = match params.at {
            Some(_) => needs.at(params.at),
            None => needs,
        };
        let tables = params.database.definition().tables.iter();
        let table: Option<&'static TableDef> = tables
            .copied()
            .find(|table| table.name == params.table.as_str());
        let fields = self.fields();
        let needs = fields
            .iter()
            .fold(needs, |needs, field| match referred(table, field) {
                Some(there) => {
                    needs.named_columns(params.database, there, &[field.column.as_str()])
                }
                None => needs,
            });
        let is_own = |field: &&Field| referred(table, field) == Some(params.table.as_str());
        let needs = if fields.iter().any(is_own) {
            // Rows that do not match are shown, too.
            needs
        } else {
            let conditions = pushed(&self.conditions, table);
            needs.rows(params.database, &params.table, conditions)
        };
        if self.shows_all() {
            return needs.table(params.database, &params.table);
        }
        let mut names: Vec<&str> = fields.iter().map(|field| field.own_column()).collect();
        if self.groups.is_empty() && self.order.is_empty() {
            names.extend(OrderBy::default_columns(table));
        }
        names.sort_unstable();
        names.dedup();
        needs.named_columns(params.database, &params.table, &names)
    }

    /// Whether all columns are shown that tell something.
    pub(super) fn shows_all(&self) -> bool {
        self.columns.is_empty() && self.groups.is_empty()
    }

    /// The columns that are named anywhere.
    pub(super) fn fields(&self) -> Vec<&Field> {
        let conditions = self.conditions.iter().map(|condition| &condition.field);
        let order = self.order.iter().map(|order| &order.field);
        let shown = self.columns.iter().chain(&self.groups);
        shown.chain(conditions).chain(order).collect()
    }

    /// A number for what is asked: a cursor goes on with the same question only.
    ///
    /// The limit and the columns are no part of it, so that both may change from page to page.
    pub(super) fn fingerprint(&self, params: &Params, order: &[OrderBy]) -> u64 {
        let conditions: Vec<String> = self.conditions.iter().map(ToString::to_string).collect();
        let order: Vec<String> = order.iter().map(ToString::to_string).collect();
        let mut question = vec![
            Json::from(params.database.short_name()),
            Json::from(params.table.as_str()),
            Json::from(conditions),
            Json::from(order),
            Json::from(params.node.as_deref()),
        ];
        // Cursors of questions about the present stay as they were before there was a past.
        question.extend(params.at.map(|at| Json::from(at.to_string())));
        if !self.groups.is_empty() || params.fold {
            let groups = self.groups.iter().chain(&self.columns);
            question.extend(groups.map(|field| Json::from(field.to_string())));
        }
        fingerprint(Json::from(question).to_string().as_bytes())
    }
}

/// Refuses what says nothing about groups of rows.
fn counts_alone(params: &Params) -> Result<(), ToolError> {
    let (is_grouped, folds) = (!params.group_by.is_empty(), params.fold);
    if is_grouped && folds {
        return Err(
            ToolError::new("`group_by` and `fold` exclude each other").hint(
                "`group_by` counts rows by some columns, `fold` tells equal rows of nodes once",
            ),
        );
    }
    if is_grouped && !params.columns.is_empty() {
        return Err(
            ToolError::new("with `group_by` the columns are those grouped by")
                .hint("leave `columns` out"),
        );
    }
    if (is_grouped || folds) && !params.order.is_empty() {
        return Err(ToolError::new("groups of rows have an order of their own")
            .hint("leave `order` out: the largest come first, folded rows by name"));
    }
    Ok(())
}

/// The table that a field's reference leads to, as the generated table says.
fn referred(table: Option<&'static TableDef>, field: &Field) -> Option<&'static str> {
    let name = field.reference.as_deref()?;
    let column = table?.columns.iter().find(|column| column.name == name)?;
    column.key.reference.map(|(table, _)| table)
}
