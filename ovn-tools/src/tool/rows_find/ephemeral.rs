//! Ephemeral columns: values that no database file keeps, which must not read as "unset" or "down".

use crate::report::Gap;
use crate::tool::label::gaps_by_reason;
use crate::tool::rows_find::question::Question;
use crate::tool::rows_find::scope::Searched;

/// The gaps for what the question concerns and recordings do not hold.
pub(super) fn ephemeral_gaps(
    question: &Question,
    table: &str,
    places: &[Searched<'_>],
) -> Vec<Gap> {
    let asked = question.fields();
    let concerns =
        |name: &str| question.shows_all() || asked.iter().any(|field| field.own_column() == name);
    let reasons = places
        .iter()
        .filter(|place| place.read.recorded)
        .filter_map(|place| {
            let ephemeral: Vec<&str> = place
                .schema
                .columns
                .iter()
                .filter(|column| column.ephemeral && concerns(&column.name))
                .map(|column| &*column.name)
                .collect();
            (!ephemeral.is_empty()).then(|| {
                let why = format!(
                    "not recorded: database files leave out the ephemeral columns {}",
                    ephemeral.join(", ")
                );
                (place.label.clone(), why)
            })
        });
    gaps_by_reason(table, reasons)
}
