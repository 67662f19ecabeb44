//! Conversions: the rows of one schema as rows of another.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::replica::Snapshot;
use crate::row::RowBuilder;
use crate::schema::{DatabaseLayout, TableLayout};
use crate::update::{Columns, RowChange, Update, UpdateError};

/// The rows as rows of another layout, as the server converts them: by their JSON form.
///
/// **Source**: `ovsdb_convert_table` in `ovsdb/file.c`, `ovsdb_datum_convert`.
pub(crate) fn convert(
    rows: &Snapshot,
    layout: &Arc<DatabaseLayout>,
    builder: &mut RowBuilder,
) -> Result<Update, UpdateError> {
    let mut update = Update::new(Arc::clone(layout));
    for (number, to) in layout.tables().iter().enumerate() {
        let Some(table) = rows.table(&to.name) else {
            continue;
        };
        let names: Vec<(&str, String)> = table
            .layout()
            .present()
            .filter(|(_, column)| to.column_number(&column.name).is_some())
            .map(|(_, column)| (&*column.name, Json::from(&*column.name).to_string()))
            .collect();
        let mut columns = Columns {
            table: to,
            builder: &mut *builder,
            faults: &mut update.faults,
        };
        let mut converted = Vec::with_capacity(table.len());
        for row in table.iter() {
            let mut text = String::from("{");
            for (name, quoted) in &names {
                let Some(value) = row.value(table.layout(), name) else {
                    continue;
                };
                if text.len() > 1 {
                    text.push(',');
                }
                text.push_str(quoted);
                text.push(':');
                text.push_str(&serde_json::to_string(&value)?);
            }
            text.push('}');
            let uuid = row.uuid();
            if let Some(change) = columns.whole(uuid, &text, true) {
                check_bounds(&mut columns, &change, table.layout());
                converted.push((uuid, change));
            }
        }
        update.tables.push((number, converted));
    }
    Ok(update)
}

/// Notes the columns whose new type holds fewer or more values; they are kept as they are.
fn check_bounds(columns: &mut Columns<'_>, change: &RowChange, from: &TableLayout) {
    let RowChange::Whole(row) = change else {
        return;
    };
    let table = columns.table;
    for (name, value) in row.values(table) {
        let to = value.column_type();
        let same = from
            .column_number(name)
            .and_then(|number| from.column(number))
            .is_none_or(|old| (old.column_type.min, old.column_type.max) == (to.min, to.max));
        let least = usize::try_from(to.min).unwrap_or(usize::MAX);
        let most = usize::try_from(to.max).unwrap_or(usize::MAX);
        if !same && !(least..=most).contains(&value.len()) {
            let problem = format!("{} values do not fit the new type, {to}", value.len());
            columns.fault(&row.uuid().to_string(), Some(name), problem);
        }
    }
}
