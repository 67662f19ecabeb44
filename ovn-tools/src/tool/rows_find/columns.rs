//! Columns: what the answer shows of each row.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::report::{Gap, ToolError};
use crate::tool::rows_find::field::Field;
use crate::tool::rows_find::located::{Located, NODE_COLUMN, UUID_COLUMN};
use crate::tool::rows_find::question::Question;
use crate::tool::rows_find::search::{Search, locate};
use crate::tool::rows_find::selection::{Picked, Selection};

/// A column of the answer.
pub(super) struct Shown<'s> {
    /// Its name.
    pub(super) name: String,
    /// Where its value stands in each search; `None` where the table lacks it.
    places: Vec<Option<Located<'s>>>,
    /// Whether it is the node's name.
    is_node: bool,
}

impl Shown<'_> {
    /// The row's value.
    pub(super) fn value(&self, picked: &Picked<'_>, searches: &[Search<'_>]) -> Json {
        if self.is_node {
            return picked.key.node.into();
        }
        match (searches.get(picked.search), self.places.get(picked.search)) {
            (Some(search), Some(Some(located))) => {
                located.json(picked.row, search.searched.layout())
            }
            _ => Json::Null,
        }
    }
}

/// The columns that were asked for, after those that always stand first.
pub(super) fn locate_columns<'s>(
    question: &Question,
    searches: &[Search<'s>],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Shown<'s>>, ToolError> {
    let mut shown = first_columns(searches);
    for field in &question.columns {
        let name = field.to_string();
        if shown.iter().any(|column| column.name == name) {
            continue;
        }
        if name == NODE_COLUMN {
            shown.push(node_column());
            continue;
        }
        shown.push(Shown {
            name,
            places: locate(field, searches, gaps)?,
            is_node: false,
        });
    }
    Ok(shown)
}

fn first_columns<'s>(searches: &[Search<'s>]) -> Vec<Shown<'s>> {
    let mut shown = vec![Shown {
        name: UUID_COLUMN.to_owned(),
        places: searches.iter().map(|_| Some(Located::RowUuid)).collect(),
        is_node: false,
    }];
    if searches.len() > 1 {
        shown.push(node_column());
    }
    shown
}

fn node_column<'s>() -> Shown<'s> {
    Shown {
        name: NODE_COLUMN.to_owned(),
        places: Vec::new(),
        is_node: true,
    }
}

/// The columns in use, those of the order first, and the names of the others.
pub(super) fn used_columns<'s>(
    question: &Question,
    searches: &[Search<'s>],
    selection: &Selection<'s>,
) -> (Vec<Shown<'s>>, Vec<String>) {
    let mut shown = first_columns(searches);
    let layouts = searches.iter().map(|search| search.searched.layout());
    let all: BTreeSet<&str> = layouts
        .flat_map(|layout| layout.present().map(|(_, column)| &*column.name))
        .collect();
    let ordered = question.order.iter();
    let mut names: Vec<&str> = ordered
        .map(|order| order.field.column.as_str())
        .filter(|name| selection.used.contains(name))
        .collect();
    names.extend(&selection.used);
    for name in names {
        if shown.iter().any(|column| column.name == name) {
            continue;
        }
        let field = Field::column(name);
        let places = searches.iter();
        shown.push(Shown {
            name: name.to_owned(),
            places: places
                .map(|search| Located::find(&field, search.searched).ok())
                .collect(),
            is_node: false,
        });
    }
    // Where nothing matches there is nothing to say about columns.
    let defaults = all.difference(&selection.used);
    let defaults = defaults.filter(|_| selection.matching > 0);
    (shown, defaults.map(|name| (*name).to_owned()).collect())
}
