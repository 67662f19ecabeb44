//! Changed rows: what was inserted, deleted or changed, column by column.

use std::collections::{BTreeMap, HashSet};

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
    /// How many more elements or pairs there are in these, which are left out.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub left_out: usize,
}

/// How many elements or pairs are shown of one value unless the question says otherwise.
/// **Default and why**: 40; a switch can have thousands of ports, and no answer has room for those.
pub const DEFAULT_ELEMENTS: usize = 40;
/// The most elements or pairs that can be asked for.
/// **Default and why**: 1 000 000, more than any value has; the answer's own budget comes first.
pub const MAX_ELEMENTS: usize = 1_000_000;

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A value with no more than `most` elements or pairs, and how many are left out.
fn shortened(value: Json, most: usize) -> (Json, usize) {
    match value {
        Json::Array(mut items) => {
            let left_out = items.len().saturating_sub(most);
            items.truncate(most);
            (items.into(), left_out)
        }
        Json::Object(pairs) => {
            let left_out = pairs.len().saturating_sub(most);
            (pairs.into_iter().take(most).collect(), left_out)
        }
        other => (other, 0),
    }
}

impl ColumnChange {
    /// The value of a row that came or went, no more than `most` elements of it.
    pub(crate) fn whole(fate: Fate, value: Json, most: usize) -> Self {
        let (value, left_out) = shortened(value, most);
        let (old, new) = match fate {
            Fate::Deleted => (Some(value), None),
            _ => (None, Some(value)),
        };
        Self {
            old,
            new,
            left_out,
            ..Self::default()
        }
    }

    /// The difference between two values, no more than `most` elements that came and as many that
    /// went.
    pub(crate) fn between(old: Json, new: Json, most: usize) -> Self {
        match (old, new) {
            (Json::Array(old), Json::Array(new)) => {
                let only = |these: &[Json], others: &[Json]| -> Json {
                    let others: HashSet<String> = others.iter().map(Json::to_string).collect();
                    let only = these
                        .iter()
                        .filter(|item| !others.contains(&item.to_string()));
                    only.cloned().collect()
                };
                Self::parts(only(&old, &new), only(&new, &old), most)
            }
            (Json::Object(old), Json::Object(new)) => {
                let only = |these: &Map<String, Json>, others: &Map<String, Json>| -> Json {
                    let differs =
                        |(key, value): &(&String, &Json)| others.get(*key) != Some(*value);
                    let only = these.iter().filter(differs);
                    only.map(|(key, value)| (key.clone(), value.clone()))
                        .collect()
                };
                Self::parts(only(&old, &new), only(&new, &old), most)
            }
            (old, new) => Self {
                old: Some(old),
                new: Some(new),
                ..Self::default()
            },
        }
    }

    /// What went from a set or map, and what came to it.
    fn parts(removed: Json, added: Json, most: usize) -> Self {
        let (removed, more) = shortened(removed, most);
        let (added, still_more) = shortened(added, most);
        let some = |part: Json| match &part {
            Json::Array(items) if items.is_empty() => None,
            Json::Object(pairs) if pairs.is_empty() => None,
            _ => Some(part),
        };
        Self {
            removed: some(removed),
            added: some(added),
            left_out: more + still_more,
            ..Self::default()
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
        if change.left_out > 0 {
            line.push_str(&format!(" and {} more", change.left_out));
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(old: Json, new: Json) -> String {
        let columns = [(
            "c".to_owned(),
            ColumnChange::between(old, new, DEFAULT_ELEMENTS),
        )];
        columns_text(&BTreeMap::from(columns))
    }

    #[test]
    fn of_sets_and_maps_only_what_differs_is_shown() {
        assert_eq!(check(json!(1), json!(null)), "c: 1 → unset");
        assert_eq!(check(json!(["a", "b"]), json!(["b", "c"])), "c: -[a] +[c]");
        assert_eq!(
            check(json!({"a": "1", "b": "2"}), json!({"a": "3", "b": "2"})),
            "c: -{a=1} +{a=3}"
        );
        assert_eq!(check(json!([]), json!(["a"])), "c: +[a]");
    }

    #[test]
    fn of_thousands_of_elements_the_first_are_shown_and_the_rest_counted() {
        let many: Json = (0..1000).map(Json::from).collect();
        let shown = |most| {
            let change = ColumnChange::between(json!([]), many.clone(), most);
            let added = change.added.as_ref().and_then(Json::as_array);
            (added.map_or(0, Vec::len), change.left_out)
        };
        assert_eq!(shown(DEFAULT_ELEMENTS), (40, 960));
        assert_eq!(shown(999), (999, 1));
        assert_eq!(shown(MAX_ELEMENTS), (1000, 0));
        assert!(check(json!([]), many.clone()).ends_with("39] and 960 more"));
        let whole = ColumnChange::whole(Fate::Inserted, many, DEFAULT_ELEMENTS);
        assert_eq!(whole.left_out, 960);
    }
}
