//! Columns: what the answer shows of each row.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::report::{Gap, ToolError, UUID_COLUMN};
use crate::tool::rows_find::field::Field;
use crate::tool::rows_find::located::{Located, NODE_COLUMN};
use crate::tool::rows_find::question::Question;
use crate::tool::rows_find::search::{Search, locate};
use crate::tool::rows_find::selection::{Picked, Selection};

/// A column of the answer.
pub(super) struct Shown<'s> {
    /// Its name.
    pub(super) name: String,
    /// Where its value stands in each search; `None` where the table lacks it.
    places: Vec<Option<Located<'s>>>,
    /// What it holds.
    kind: Kind,
}

/// What a column of the answer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// A field.
    Field,
    /// The node's name.
    Node,
    /// The first digits of the row's UUID, as many as tell it from the others of its table.
    Uuid,
}

impl Shown<'_> {
    /// The row's value.
    pub(super) fn value(&self, picked: &Picked<'_>, searches: &[Search<'_>]) -> Json {
        match &self.kind {
            Kind::Field => {}
            Kind::Node => return picked.key.node.into(),
            Kind::Uuid => {
                let uuid = picked.row.uuid();
                let short = searches.get(picked.search).map(|search| {
                    let searched = search.searched;
                    searched.read.short_uuid(&searched.schema.name, uuid)
                });
                return short.into();
            }
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
    whole_uuids: bool,
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Shown<'s>>, ToolError> {
    let shown = first_columns(searches, whole_uuids);
    locate_more(&question.columns, shown, searches, gaps)
}

/// The columns that groups of rows have in common.
pub(super) fn locate_groups<'s>(
    fields: &[Field],
    searches: &[Search<'s>],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Shown<'s>>, ToolError> {
    locate_more(fields, Vec::new(), searches, gaps)
}

fn locate_more<'s>(
    fields: &[Field],
    mut shown: Vec<Shown<'s>>,
    searches: &[Search<'s>],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Shown<'s>>, ToolError> {
    for field in fields {
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
            kind: Kind::Field,
        });
    }
    Ok(shown)
}

fn first_columns<'s>(searches: &[Search<'s>], whole_uuids: bool) -> Vec<Shown<'s>> {
    let mut shown = vec![Shown {
        name: UUID_COLUMN.to_owned(),
        places: searches.iter().map(|_| Some(Located::RowUuid)).collect(),
        kind: if whole_uuids { Kind::Field } else { Kind::Uuid },
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
        kind: Kind::Node,
    }
}

/// The columns by which rows of several nodes are compared: those in use, but not those that refer
/// to rows, whose UUIDs every node chooses for itself.
pub(super) fn comparable_columns<'s>(
    question: &Question,
    searches: &[Search<'s>],
    selection: &Selection<'s>,
) -> Vec<Shown<'s>> {
    let (shown, _) = used_columns(question, searches, selection, true);
    let fields = shown
        .into_iter()
        .filter(|column| column.kind == Kind::Field);
    fields
        .filter(|column| {
            let mut places = column.places.iter().flatten();
            !places.any(Located::holds_uuids)
        })
        .collect()
}

/// The columns in use, those of the order first, and the names of the others.
pub(super) fn used_columns<'s>(
    question: &Question,
    searches: &[Search<'s>],
    selection: &Selection<'s>,
    whole_uuids: bool,
) -> (Vec<Shown<'s>>, Vec<String>) {
    let mut shown = first_columns(searches, whole_uuids);
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
            kind: Kind::Field,
        });
    }
    // Where nothing matches there is nothing to say about columns.
    let defaults = all.difference(&selection.used);
    let defaults = defaults.filter(|_| selection.matching > 0);
    (shown, defaults.map(|name| (*name).to_owned()).collect())
}
