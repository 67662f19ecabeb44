//! Transactions as files write them: an object of tables, each an object of rows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::replica::{Snapshot, Values};
use crate::row::RowBuilder;
use crate::update::{Columns, RowChange, RowFault, Update, UpdateError};

/// Where seconds end and milliseconds begin in `_date`: 2³¹ − 1, as ovsdb-tool tells them apart.
const FIRST_MILLISECOND: i64 = 2_147_483_647;

/// A transaction's members, their content unread.
#[derive(Debug, Default)]
pub(crate) struct Members<'t>(BTreeMap<Cow<'t, str>, &'t RawValue>);

impl<'t> Members<'t> {
    pub(crate) fn parse(text: &'t str) -> Result<Self, UpdateError> {
        Ok(Self(serde_json::from_str(text)?))
    }

    /// When it was written, in milliseconds since 1970.
    pub(crate) fn date(&self) -> Option<i64> {
        let date: i64 = self.0.get("_date")?.get().parse().ok()?;
        let seconds = date < FIRST_MILLISECOND;
        Some(if seconds {
            date.saturating_mul(1000)
        } else {
            date
        })
    }

    /// What its writer said of it.
    pub(crate) fn comment(&self) -> Option<Box<str>> {
        serde_json::from_str(self.0.get("_comment")?.get()).ok()
    }

    /// How values of changed rows are written.
    pub(crate) fn values(&self) -> Values {
        match self.0.get("_is_diff") {
            Some(flag) if flag.get() == "true" => Values::Differences,
            _ => Values::Whole,
        }
    }

    /// Reads the rows. A row that is not among the `known` ones is a new one.
    ///
    /// Columns that the schema does not have are faults where `no_unknown` says so, and passed over
    /// otherwise.
    pub(crate) fn read(
        &self,
        known: &Snapshot,
        no_unknown: bool,
        builder: &mut RowBuilder,
    ) -> Result<Update, UpdateError> {
        let mut update = Update::new(Arc::clone(known.layout()));
        for (name, text) in &self.0 {
            if name.starts_with('_') {
                continue;
            }
            let number = known.layout().table_number(name);
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
                if no_unknown {
                    unknown_columns(columns, uuid, text);
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

/// Notes the columns of a row that the schema does not have.
fn unknown_columns(columns: &mut Columns<'_>, uuid: Uuid, text: &str) {
    let names: BTreeMap<String, IgnoredAny> = serde_json::from_str(text).unwrap_or_default();
    for name in names.keys() {
        if columns.table.column_number(name).is_none() {
            columns.fault(
                &uuid.to_string(),
                Some(name),
                "the table has no such column",
            );
        }
    }
}
