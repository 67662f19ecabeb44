//! Selectors: which objects are meant, by their labels.

use std::fmt;

use serde_json::Value as Json;

use crate::objects::metadata::Labels;
use crate::objects::wire;

/// A selector of labels, as in a specification. An empty one selects everything.
///
/// **Source**: Kubernetes, `metav1.LabelSelector`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    labels: Labels,
    expressions: Vec<Expression>,
}

/// What labels must be besides: a key, an operator and its values.
pub(crate) type Requirement = (Box<str>, Box<str>, Vec<Box<str>>);

/// The pods of some namespaces, by the labels of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PodSelector {
    /// The namespaces.
    pub namespaces: Selector,
    /// The pods of them.
    pub pods: Selector,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Expression {
    key: Box<str>,
    operator: Operator,
    values: Vec<Box<str>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
    /// One that ovnscope does not know.
    Other(Box<str>),
}

impl Selector {
    /// The selector in a specification; of what is absent, one that selects everything.
    pub(super) fn read(value: &Json) -> Self {
        let expressions = wire::items(&value["matchExpressions"]).filter_map(|one| {
            Some(Expression {
                key: wire::text(&one["key"])?,
                operator: Operator::of(one["operator"].as_str()?),
                values: wire::texts(&one["values"]),
            })
        });
        Self {
            labels: wire::table(&value["matchLabels"]),
            expressions: expressions.collect(),
        }
    }

    /// The selector of labels that must have values, and of keys with operators and their values.
    pub(crate) fn of(labels: Labels, expressions: impl IntoIterator<Item = Requirement>) -> Self {
        let expressions = expressions.into_iter();
        let expressions = expressions.map(|(key, operator, values)| Expression {
            key,
            operator: Operator::of(&operator),
            values,
        });
        Self {
            labels,
            expressions: expressions.collect(),
        }
    }

    /// Whether it selects an object with these labels; `None` where it holds an operator that is
    /// not known.
    pub fn selects(&self, labels: &Labels) -> Option<bool> {
        let mut selects = self
            .labels
            .iter()
            .all(|(key, value)| labels.get(key) == Some(value));
        for one in &self.expressions {
            let value = labels.get(&one.key);
            let is_in = value.is_some_and(|value| one.values.contains(value));
            selects &= match &one.operator {
                Operator::In => is_in,
                Operator::NotIn => !is_in,
                Operator::Exists => value.is_some(),
                Operator::DoesNotExist => value.is_none(),
                Operator::Other(_) => return None,
            };
        }
        Some(selects)
    }

    /// Whether it selects everything.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty() && self.expressions.is_empty()
    }
}

impl Operator {
    fn of(name: &str) -> Self {
        match name {
            "In" => Self::In,
            "NotIn" => Self::NotIn,
            "Exists" => Self::Exists,
            "DoesNotExist" => Self::DoesNotExist,
            other => Self::Other(other.into()),
        }
    }
}

impl fmt::Display for Selector {
    /// In the notation of `kubectl --selector`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("(all)");
        }
        let labels = self.labels.iter();
        let mut parts: Vec<String> = labels
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        parts.extend(self.expressions.iter().map(|one| {
            let (key, values) = (&one.key, one.values.join(","));
            match &one.operator {
                Operator::In => format!("{key} in ({values})"),
                Operator::NotIn => format!("{key} notin ({values})"),
                Operator::Exists => key.to_string(),
                Operator::DoesNotExist => format!("!{key}"),
                Operator::Other(name) => format!("{key} {name} ({values})"),
            }
        }));
        f.write_str(&parts.join(","))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn selectors_select_as_those_of_kubernetes() {
        let labels = wire::table(&json!({"app": "web", "tier": ""}));
        let selects = |selector: Json| Selector::read(&selector).selects(&labels);
        let expression = |operator: &str, values: Json| json!({"matchExpressions": [{"key": "app", "operator": operator, "values": values}]});
        let absent = |operator: &str| json!({"matchExpressions": [{"key": "none", "operator": operator, "values": ["x"]}]});
        for (selector, expected) in [
            (json!({}), Some(true)),
            (json!(null), Some(true)),
            (json!({"matchLabels": {"app": "web"}}), Some(true)),
            (json!({"matchLabels": {"app": "db"}}), Some(false)),
            (json!({"matchLabels": {"tier": ""}}), Some(true)),
            (json!({"matchLabels": {"none": ""}}), Some(false)),
            (expression("In", json!(["web", "db"])), Some(true)),
            (expression("In", json!(["db"])), Some(false)),
            (expression("NotIn", json!(["web"])), Some(false)),
            (expression("Exists", json!(null)), Some(true)),
            (expression("DoesNotExist", json!(null)), Some(false)),
            (expression("Like", json!(["w*"])), None),
            (absent("NotIn"), Some(true)),
            (absent("In"), Some(false)),
            (absent("DoesNotExist"), Some(true)),
        ] {
            assert_eq!(selects(selector.clone()), expected, "{selector}");
        }
    }

    #[test]
    fn selectors_print_as_kubectl_takes_them() {
        let text = |selector: Json| Selector::read(&selector).to_string();
        assert_eq!(text(json!({})), "(all)");
        let all = json!({"matchLabels": {"app": "web"}, "matchExpressions": [
            {"key": "a", "operator": "In", "values": ["x", "y"]},
            {"key": "b", "operator": "NotIn", "values": ["z"]},
            {"key": "c", "operator": "Exists"},
            {"key": "d", "operator": "DoesNotExist"}]});
        assert_eq!(text(all), "app=web,a in (x,y),b notin (z),c,!d");
    }
}
