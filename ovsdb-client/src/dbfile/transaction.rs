//! Transactions as files write them: an object of tables, each an object of rows.

mod quick;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserializer as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use uuid::Uuid;

pub(crate) use self::quick::Quick;
use crate::replica::{Snapshot, Values};
use crate::row::RowBuilder;
use crate::schema::TableSchema;
use crate::transaction::taken;
use crate::update::{Columns, RowChange, RowFault, Update, UpdateError};

/// Where seconds end and milliseconds begin in `_date`: 2³¹ − 1, as ovsdb-tool tells them apart.
const FIRST_MILLISECOND: i64 = 2_147_483_647;

/// The members that are no tables.
const DATE: &str = "_date";
const COMMENT: &str = "_comment";
const IS_DIFF: &str = "_is_diff";

/// What a transaction says about itself, each as its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Head<'t> {
    date: Option<&'t str>,
    comment: Option<&'t str>,
    is_diff: Option<&'t str>,
}

impl Head<'_> {
    /// When it was written, in milliseconds since 1970.
    pub(crate) fn date(&self) -> Option<i64> {
        let date: i64 = self.date?.parse().ok()?;
        let seconds = date < FIRST_MILLISECOND;
        Some(if seconds {
            date.saturating_mul(1000)
        } else {
            date
        })
    }

    /// What its writer said of it.
    pub(crate) fn comment(&self) -> Option<Box<str>> {
        serde_json::from_str(self.comment?).ok()
    }

    /// How values of changed rows are written.
    pub(crate) fn values(&self) -> Values {
        match self.is_diff {
            Some("true") => Values::Differences,
            _ => Values::Whole,
        }
    }
}

/// A transaction's members, their content unread.
#[derive(Debug, Default)]
pub(crate) struct Members<'t>(BTreeMap<Cow<'t, str>, &'t RawValue>);

impl<'t> Members<'t> {
    pub(crate) fn parse(text: &'t str) -> Result<Self, UpdateError> {
        Ok(Self(serde_json::from_str(text)?))
    }

    pub(crate) fn head(&self) -> Head<'t> {
        let text = |name: &str| Some(self.0.get(name)?.get());
        Head {
            date: text(DATE),
            comment: text(COMMENT),
            is_diff: text(IS_DIFF),
        }
    }

    /// Reads the rows. A row that is not among the `known` ones is a new one.
    ///
    /// Columns that the schema does not have and whole values that break its constraints are faults
    /// where `as_schema` says so; otherwise the columns are passed over and the values taken.
    pub(crate) fn read(
        &self,
        known: &Snapshot,
        as_schema: bool,
        builder: &mut RowBuilder,
    ) -> Result<Update, UpdateError> {
        let mut update = Update::new(Arc::clone(known.layout()));
        let differs = self.head().values() == Values::Differences;
        for (name, text) in &self.0 {
            if name.starts_with('_') {
                continue;
            }
            let number = known.layout().table_number(name);
            if number.is_none() && known.layout().schema.table(name).is_some() {
                // It is not asked for.
                serde_json::Deserializer::from_str(text.get()).deserialize_map(PassOver)?;
                continue;
            }
            let (Some(number), Some(table)) = (number, known.table(name)) else {
                update.faults.push(RowFault {
                    table: name.as_ref().into(),
                    row: "".into(),
                    column: None,
                    problem: "the schema has no such table".to_owned(),
                });
                continue;
            };
            let mut rows = Vec::new();
            let columns = Columns {
                table: table.layout(),
                builder: &mut *builder,
                faults: &mut update.faults,
            };
            columns.rows(text.get(), &mut rows, |columns, uuid, text| {
                let there = table.get(uuid).is_some();
                if as_schema && let Some(schema) = known.layout().schema.table(name) {
                    hold_to_schema(columns, schema, uuid, text, there && differs);
                }
                match (text, there) {
                    ("null", true) => Some(RowChange::Delete),
                    ("null", false) => {
                        columns.fault(
                            &uuid.to_string(),
                            None,
                            "a row that is not there is deleted",
                        );
                        None
                    }
                    (_, true) => columns.delta(uuid, text),
                    (_, false) => columns.whole(uuid, text, true),
                }
            })?;
            update.tables.push((number, rows));
        }
        Ok(update)
    }
}

/// Passes over an object of rows.
struct PassOver;

impl<'de> Visitor<'de> for PassOver {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of rows")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

/// Notes what a server would not take of a row: columns that the schema does not have, and values
/// that break its constraints. Differences need not keep these.
fn hold_to_schema(
    columns: &mut Columns<'_>,
    schema: &TableSchema,
    uuid: Uuid,
    text: &str,
    differs: bool,
) {
    let Ok(names) = serde_json::from_str::<BTreeMap<String, IgnoredAny>>(text) else {
        // It is deleted, or no row, as reading it says.
        return;
    };
    let row = match differs {
        true => None,
        false => columns.whole(uuid, text, false),
    };
    for name in names.keys() {
        let fault = match (&row, schema.column(name)) {
            (_, None) => "the table has no such column".to_owned(),
            (Some(RowChange::Whole(row)), Some(column)) => {
                let value = row.value(columns.table, name);
                match value.map(|value| taken(&column.column_type, &value.to_datum())) {
                    Some(Err(problem)) => problem.to_string(),
                    Some(Ok(())) | None => continue,
                }
            }
            _ => continue,
        };
        columns.fault(&uuid.to_string(), Some(name), fault);
    }
}

#[cfg(test)]
mod tests;
