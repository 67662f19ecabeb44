//! Findings: what a diagnostic says is wrong, and the rows that show it.

use std::fmt;

use ovsdb_client::table::{Column, Map, Table};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map as JsonMap, Value as Json};

use crate::database::Database;
use crate::objects::{ObjectKind, Typed};
use crate::owner::Pod;
use crate::report::Next;
use crate::snapshot::DatabaseRead;

/// The value that says of an object that it is not there.
const EXISTS: &str = "exists";

/// How grave a finding is, the gravest first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Traffic fails, or will with the next change.
    Error,
    /// Something is off that may break traffic.
    Warning,
    /// Worth knowing when something else is wrong.
    Notice,
}

/// Something wrong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// The node it is on.
    pub node: Option<String>,
    /// The object it is about, with its kind: `pod shop/cart-0`.
    pub object: String,
    /// The likely cause, in one sentence; the same for all objects that fail the same way.
    pub cause: String,
    /// The rows that show it.
    pub evidence: Vec<Evidence>,
    /// The objects of the cluster that show it.
    pub objects: Vec<ObjectEvidence>,
    /// The call that leads on.
    pub next: Option<Next>,
    /// Whether it is about all that the node does, so that it explains what is wrong with other
    /// objects there.
    pub of_node: bool,
}

/// A row that shows a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The database.
    #[serde(rename = "db")]
    pub database: Database,
    /// The node whose database it is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub node: Option<String>,
    /// The table.
    pub table: String,
    /// The row: as many digits of its UUID as tell it from the others.
    pub uuid: String,
    /// The values that matter, by column or `column:key`; null where unset.
    pub values: JsonMap<String, Json>,
}

/// An object of the cluster that shows a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ObjectEvidence {
    /// The kind, such as `Pod`.
    pub kind: String,
    /// `NAMESPACE/NAME`, or the name alone.
    pub name: String,
    /// The values that matter; null where unset.
    pub values: JsonMap<String, Json>,
}

impl Finding {
    /// A finding without evidence yet.
    pub(crate) fn new(object: impl Into<String>, cause: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            node: None,
            object: object.into(),
            cause: cause.into(),
            evidence: Vec::new(),
            objects: Vec::new(),
            next: None,
            of_node: false,
        }
    }

    /// About all that the node does.
    #[must_use]
    pub(crate) fn of_node(mut self) -> Self {
        self.of_node = true;
        self
    }

    /// With a row that shows it.
    #[must_use]
    pub(crate) fn row(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// With rows that show it.
    #[must_use]
    pub(crate) fn rows(mut self, evidence: impl IntoIterator<Item = Evidence>) -> Self {
        self.evidence.extend(evidence);
        self
    }

    /// With an object of the cluster that shows it.
    #[must_use]
    pub(crate) fn object(mut self, evidence: ObjectEvidence) -> Self {
        self.objects.push(evidence);
        self
    }

    /// With the call that leads on.
    #[must_use]
    pub(crate) fn next<const N: usize>(
        mut self,
        tool: &str,
        arguments: [(&str, Json); N],
        why: &str,
    ) -> Self {
        self.next = Some(Next::to(tool, arguments, why));
        self
    }

    /// The call that leads on: the diagnostic's own, or else to the whole of the first row.
    pub(crate) fn leads_on(&self) -> Option<Next> {
        let to_object = || {
            let object = self.objects.first()?;
            let arguments = [
                ("kind", object.kind.to_lowercase().into()),
                ("name", object.name.as_str().into()),
            ];
            Some(Next::to("resource_get", arguments, "the whole object"))
        };
        let to_row = || {
            let Some(row) = self.evidence.first() else {
                return to_object();
            };
            let (table, node) = (&row.table, row.node.as_deref());
            let why = format!("the whole row of {table}");
            Some(Next::row(row.database, table, &row.uuid, node, why))
        };
        self.next.clone().or_else(to_row)
    }

    /// Whether it concerns what is called `name`: its object, or a value that shows it.
    pub(crate) fn is_about(&self, name: &str) -> bool {
        let names = [name.to_owned(), Pod::port_meant(name)];
        let named = |text: &str| names.iter().any(|name| names_whole(text, name));
        named(&self.object)
            || self.evidence.iter().any(|row| {
                row.uuid.starts_with(&names[0]) && names[0].len() >= 8
                    || names[0].starts_with(&row.uuid)
                    || row.values.values().any(|value| named(&value.to_string()))
            })
            || self.objects.iter().any(|object| {
                named(&object.name)
                    || object
                        .values
                        .values()
                        .any(|value| named(&value.to_string()))
            })
    }
}

impl ObjectEvidence {
    /// An object, without values yet.
    pub(crate) fn of<T: Typed>(kind: ObjectKind, object: &T) -> Self {
        Self {
            kind: kind.name().to_owned(),
            name: object.metadata().full_name(),
            values: JsonMap::new(),
        }
    }

    /// One that is not there.
    pub(crate) fn absent(kind: ObjectKind, name: impl Into<String>) -> Self {
        let (kind, name) = (kind.name().to_owned(), name.into());
        let values = JsonMap::from_iter([(EXISTS.to_owned(), Json::from(false))]);
        Self { kind, name, values }
    }

    /// The kind and the name of one that is not there.
    pub(crate) fn is_absent(&self) -> Option<(ObjectKind, &str)> {
        let is_absent = self.values.get(EXISTS) == Some(&Json::from(false));
        let mut kinds = ObjectKind::ALL.into_iter();
        let kind = kinds.find(|kind| kind.name() == self.kind)?;
        is_absent.then_some((kind, &self.name))
    }

    /// With a value.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<Json>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }
}

impl Evidence {
    /// A row, without values yet.
    pub(crate) fn of<T: Table>(read: &DatabaseRead, row: &T) -> Self {
        let table = T::DEFINITION.name;
        Self {
            database: read.database,
            node: read.node.as_deref().map(str::to_owned),
            table: table.to_owned(),
            uuid: read.short_uuid(table, row.uuid()),
            values: JsonMap::new(),
        }
    }

    /// With a value.
    #[must_use]
    pub(crate) fn with(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.values.insert(name.into(), value.into());
        self
    }

    /// With the value of a key, null where it is not set.
    #[must_use]
    pub(crate) fn key<T: Table>(
        self,
        row: &T,
        column: Column<T, Map<String, String>>,
        key: &str,
    ) -> Self {
        let value = row.get(column).get(key).map(str::to_owned);
        self.with(format!("{}:{key}", column.name()), value)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        })
    }
}

/// Whether `text` holds `name` as a whole, not as a part of a longer name or address.
fn names_whole(text: &str, name: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + name.len()..);
            let after = after.and_then(|text| text.chars().next());
            !before.is_some_and(joins) && !after.is_some_and(joins)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_only_as_a_whole() {
        assert!(names_whole("pod shop/cart-0", "shop/cart-0"));
        assert!(names_whole(
            "[\"0a:58:0a:f4:00:06 10.244.0.6\"]",
            "10.244.0.6"
        ));
        assert!(!names_whole("10.244.0.60", "10.244.0.6"));
        assert!(!names_whole("pod shop/cart-01", "cart-0"));
        assert!(!names_whole("anything", ""));
    }
}
