//! Searches: a question compiled for the databases it is asked of.

use ovsdb_client::table::Row;

use crate::report::{Gap, ToolError};
use crate::tool::label::gaps_by_reason;
use crate::tool::rows_find::compile::compile;
use crate::tool::rows_find::field::Field;
use crate::tool::rows_find::located::Located;
use crate::tool::rows_find::order::{Key, OrderBy, Part};
use crate::tool::rows_find::predicate::Predicate;
use crate::tool::rows_find::question::Question;
use crate::tool::rows_find::scope::Searched;

/// One database's table with the question compiled for it.
#[derive(Debug)]
pub(super) struct Search<'s> {
    /// The table.
    pub(super) searched: &'s Searched<'s>,
    /// What rows must be like.
    pub(super) predicates: Vec<Predicate<'s>>,
    /// What to sort by; `None` where the table lacks the field.
    pub(super) order: Vec<Option<Located<'s>>>,
}

impl<'s> Search<'s> {
    /// The row's place in the answer.
    pub(super) fn key(&self, row: &'s Row, order: &[OrderBy]) -> Key<'s> {
        let parts = self.order.iter().zip(order);
        Key {
            parts: parts
                .map(|(located, order)| Part {
                    atoms: located.as_ref().map_or_else(Vec::new, |located| {
                        located.atoms(row, self.searched.layout())
                    }),
                    descending: order.descending,
                })
                .collect(),
            node: &self.searched.label,
            uuid: row.uuid(),
        }
    }
}

/// Compiles the question for each database.
///
/// A condition that one database's schema does not know takes that database out of the search;
/// when none knows it, the question is at fault.
pub(super) fn searches<'s>(
    question: &Question,
    places: &'s [Searched<'s>],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Search<'s>>, ToolError> {
    let mut searches = Vec::with_capacity(places.len());
    let mut refused = Vec::new();
    for searched in places {
        let conditions = question.conditions.iter();
        let predicates: Result<Vec<Predicate<'s>>, ToolError> = conditions
            .map(|condition| compile(condition, searched))
            .collect();
        match predicates {
            Ok(predicates) => searches.push(Search {
                searched,
                predicates,
                order: Vec::new(),
            }),
            Err(error) => refused.push((searched, error)),
        }
    }
    if searches.is_empty()
        && let Some((_, error)) = refused.first()
    {
        return Err(error.clone());
    }
    let table = places.first().map_or("", |searched| &*searched.schema.name);
    gaps.extend(gaps_by_reason(table, reasons(refused)));
    for order in &question.order {
        let places = locate(&order.field, &searches, gaps)?;
        places.iter().flatten().try_for_each(Located::sortable)?;
        for (search, place) in searches.iter_mut().zip(places) {
            search.order.push(place);
        }
    }
    Ok(searches)
}

/// Finds a field in each database; where it is lacking it reads as unset, unless all lack it.
pub(super) fn locate<'s>(
    field: &Field,
    searches: &[Search<'s>],
    gaps: &mut Vec<Gap>,
) -> Result<Vec<Option<Located<'s>>>, ToolError> {
    let mut places = Vec::with_capacity(searches.len());
    let mut missing = Vec::new();
    for search in searches {
        match Located::find(field, search.searched) {
            Ok(located) => places.push(Some(located)),
            Err(error) => {
                places.push(None);
                missing.push((search.searched, error));
            }
        }
    }
    if missing.len() == searches.len()
        && let Some((_, error)) = missing.first()
    {
        return Err(error.clone());
    }
    for gap in gaps_by_reason(&format!("`{field}`"), reasons(missing)) {
        // A field can be shown and sorted by, and lacks once.
        if !gaps.contains(&gap) {
            gaps.push(gap);
        }
    }
    Ok(places)
}

/// Why each of these databases was left out.
fn reasons<'a>(
    errors: Vec<(&'a Searched<'a>, ToolError)>,
) -> impl Iterator<Item = (String, String)> + use<'a> {
    errors.into_iter().map(|(searched, error)| {
        let why = format!("{} ({})", error.message, searched.version());
        (searched.label.clone(), why)
    })
}
