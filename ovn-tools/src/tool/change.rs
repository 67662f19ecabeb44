//! Changed rows: what was inserted, deleted or changed, column by column.

use std::collections::BTreeMap;

use ovn_schemas::nb::logical_switch;
use ovsdb_client::schema::{TableLayout, TableSchema};
use ovsdb_client::table::Row;
use ovsdb_client::value::AtomRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use crate::tool::natural::text;

/// What became of a row.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// It came.
    Inserted,
    /// It is another.
    Changed,
    /// It went.
    Deleted,
}

impl Fate {
    /// What the row with these sides met.
    pub(crate) fn of(old: Option<&Row>, new: Option<&Row>) -> Self {
        match (old, new) {
            (None, _) => Self::Inserted,
            (_, None) => Self::Deleted,
            _ => Self::Changed,
        }
    }

    /// One character for it.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Inserted => "+",
            Self::Changed => "~",
            Self::Deleted => "-",
        }
    }
}

/// A column's two values. Of a set or map only what differs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ColumnChange {
    /// The value before; null where it was unset.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub old: Option<Json>,
    /// The value after; null where it is unset.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub new: Option<Json>,
    /// Elements or pairs that only the old set or map has.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub removed: Option<Json>,
    /// Elements or pairs that only the new set or map has.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub added: Option<Json>,
}

impl ColumnChange {
    /// The value of a row that came or went; `None` for a value that is empty.
    pub(crate) fn whole(fate: Fate, value: Json) -> Self {
        match fate {
            Fate::Deleted => Self {
                old: Some(value),
                ..Self::default()
            },
            _ => Self {
                new: Some(value),
                ..Self::default()
            },
        }
    }

    /// The difference between two values.
    pub(crate) fn between(old: Json, new: Json) -> Self {
        let some = |empty: bool, json: Json| (!empty).then_some(json);
        match (old, new) {
            (Json::Array(old), Json::Array(new)) => {
                let only = |these: &[Json], others: &[Json]| -> Vec<Json> {
                    let only = these.iter().filter(|item| !others.contains(item));
                    only.cloned().collect()
                };
                let (removed, added) = (only(&old, &new), only(&new, &old));
                Self {
                    removed: some(removed.is_empty(), removed.into()),
                    added: some(added.is_empty(), added.into()),
                    ..Self::default()
                }
            }
            (Json::Object(old), Json::Object(new)) => {
                let only = |these: &Map<String, Json>, others: &Map<String, Json>| {
                    let only = these
                        .iter()
                        .filter(|(key, value)| others.get(*key) != Some(*value));
                    let only = only.map(|(key, value)| (key.clone(), value.clone()));
                    only.collect::<Map<String, Json>>()
                };
                let (removed, added) = (only(&old, &new), only(&new, &old));
                Self {
                    removed: some(removed.is_empty(), removed.into()),
                    added: some(added.is_empty(), added.into()),
                    ..Self::default()
                }
            }
            (old, new) => Self {
                old: Some(old),
                new: Some(new),
                ..Self::default()
            },
        }
    }
}

/// The columns of a changed row on one line.
pub(crate) fn columns_text(columns: &BTreeMap<String, ColumnChange>) -> String {
    let columns = columns.iter().map(|(name, change)| {
        let mut line = format!("{name}:");
        match (&change.old, &change.new) {
            (Some(old), Some(new)) => line.push_str(&format!(" {} → {}", shown(old), shown(new))),
            (Some(only), None) | (None, Some(only)) => line.push_str(&format!(" {}", shown(only))),
            (None, None) => {}
        }
        if let Some(removed) = &change.removed {
            line.push_str(&format!(" -{}", text(removed)));
        }
        if let Some(added) = &change.added {
            line.push_str(&format!(" +{}", text(added)));
        }
        line
    });
    columns.collect::<Vec<_>>().join("; ")
}

fn shown(value: &Json) -> String {
    match value {
        Json::Null => "unset".to_owned(),
        value => text(value),
    }
}

/// What people call a row: its name, else the values of the table's first index; `None` for a row
/// that has neither.
pub(crate) fn row_name(row: &Row, schema: &TableSchema, layout: &TableLayout) -> Option<String> {
    let shown = |column: &str| {
        let atoms: Vec<String> = row
            .value(layout, column)?
            .atoms()
            .map(|atom| match atom {
                AtomRef::String(string) => string.to_owned(),
                other => other.to_string(),
            })
            .collect();
        Some(atoms.join(" ")).filter(|text| !text.is_empty())
    };
    if let Some(name) = shown(logical_switch::NAME.name()) {
        return Some(name);
    }
    let index = schema.indexes.first()?;
    let parts: Option<Vec<String>> = index.iter().map(|column| shown(column)).collect();
    parts.map(|parts| parts.join(" "))
}
