//! Pods that are selected by labels, as the names of their address sets say.
//!
//! ```text
//! shop_LS{ML:{app: web,},}_LNM          pods of a namespace
//! LS{ML:{team: x,},}_LS{}               pods of selected namespaces
//! LS{}_LS{}_LS{ME:{LSR{Key:zone,Operator:In,Values:[a b],},},}   and on selected nodes
//! ```
//!
//! **Source**: ovn-kubernetes, `getPodSelectorKey` in
//! `go-controller/pkg/ovn/addresssetmanager/addressset_manager.go`, before it in
//! `go-controller/pkg/ovn/pod_selector_address_set.go`.

use std::fmt;

use crate::objects::{Labels, Requirement, Selector};

/// The owner type of such sets.
const OWNER_TYPE: &str = "PodSelector";

/// What ends the names of those that network policies use.
const OF_POLICIES: &str = "_LNM";

/// The pods whose addresses a set of type `PodSelector` holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedPods {
    /// The namespaces that they are in.
    pub namespaces: SelectedNamespaces,
    /// The pods of them.
    pub pods: Selector,
    /// The nodes that they are on; `None` stands for any.
    pub nodes: Option<Selector>,
}

/// The namespaces of selected pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectedNamespaces {
    /// The one of this name.
    Named(Box<str>),
    /// Those with such labels.
    Labelled(Selector),
}

impl SelectedPods {
    /// From the mark of a set; `None` where it is of another type, or its name is written otherwise.
    pub fn parse(owner_type: &str, name: &str) -> Option<Self> {
        if owner_type != OWNER_TYPE {
            return None;
        }
        let mut rest = name.strip_suffix(OF_POLICIES).unwrap_or(name);
        let namespaces = match selector(&mut rest) {
            Some(selector) => SelectedNamespaces::Labelled(selector),
            None => {
                let name = word(&mut rest, "_")?;
                SelectedNamespaces::Named(Some(name).filter(|name| !name.contains('{'))?)
            }
        };
        if matches!(namespaces, SelectedNamespaces::Labelled(_)) {
            skip(&mut rest, "_")?;
        }
        let pods = selector(&mut rest)?;
        let nodes = match skip(&mut rest, "_") {
            Some(()) => Some(selector(&mut rest)?),
            None => None,
        };
        rest.is_empty().then_some(Self {
            namespaces,
            pods,
            nodes,
        })
    }
}

impl fmt::Display for SelectedPods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pods {}", self.pods)?;
        match &self.namespaces {
            SelectedNamespaces::Named(name) => write!(f, " in namespace {name}")?,
            SelectedNamespaces::Labelled(selector) => write!(f, " in namespaces {selector}")?,
        }
        match &self.nodes {
            Some(nodes) => write!(f, " on nodes {nodes}"),
            None => Ok(()),
        }
    }
}

/// Passes over a text that comes next.
fn skip(rest: &mut &str, text: &str) -> Option<()> {
    *rest = rest.strip_prefix(text)?;
    Some(())
}

/// What comes before the next `end`, both of which are passed over; never empty.
fn word(rest: &mut &str, end: &str) -> Option<Box<str>> {
    let (word, after) = rest.split_once(end)?;
    *rest = after;
    (!word.is_empty()).then(|| word.into())
}

/// `LS{ML:{KEY: VALUE,…},ME:{EXPRESSION,…},}`, either of which may be absent.
fn selector(rest: &mut &str) -> Option<Selector> {
    let mut own = rest.strip_prefix("LS{")?;
    let (mut labels, mut expressions) = (Labels::new(), Vec::new());
    if skip(&mut own, "ML:{").is_some() {
        while skip(&mut own, "},").is_none() {
            let key = word(&mut own, ": ")?;
            let (value, after) = own.split_once(',')?;
            labels.insert(key, value.into());
            own = after;
        }
    }
    if skip(&mut own, "ME:{").is_some() {
        loop {
            expressions.push(expression(&mut own)?);
            if skip(&mut own, ",").is_none() {
                break;
            }
        }
        skip(&mut own, "},")?;
    }
    skip(&mut own, "}")?;
    *rest = own;
    Some(Selector::of(labels, expressions))
}

/// `LSR{Key:KEY,Operator:OPERATOR,Values:[VALUE …],}`
fn expression(rest: &mut &str) -> Option<Requirement> {
    skip(rest, "LSR{Key:")?;
    let key = word(rest, ",Operator:")?;
    let operator = word(rest, ",Values:[")?;
    let (values, after) = rest.split_once("],}")?;
    *rest = after;
    let values = match values {
        // No value and an empty one are written alike, and only those that compare have any.
        "" if !matches!(&*operator, "In" | "NotIn") => Vec::new(),
        values => values.split(' ').map(Box::from).collect(),
    };
    Some((key, operator, values))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(name: &str) -> Option<String> {
        let parsed = SelectedPods::parse(OWNER_TYPE, name)?;
        Some(parsed.to_string())
    }

    #[test]
    fn names_say_which_pods_are_meant() {
        for (name, expected) in [
            (
                "shop_LS{ML:{app: web,},}_LNM",
                "pods app=web in namespace shop",
            ),
            ("shop_LS{}", "pods (all) in namespace shop"),
            (
                "LS{ML:{a: ,team.io/x: y_z,},}_LS{}_LNM",
                "pods (all) in namespaces a=,team.io/x=y_z",
            ),
            (
                "LS{}_LS{ML:{app: web,},ME:{LSR{Key:zone,Operator:NotIn,Values:[a b],},LSR{Key:new,Operator:Exists,Values:[],}},}_LS{ME:{LSR{Key:arch,Operator:In,Values:[],}},}_LNM",
                "pods app=web,zone notin (a,b),new in namespaces (all) on nodes arch in ()",
            ),
        ] {
            assert_eq!(told(name).as_deref(), Some(expected), "{name}");
        }
    }

    #[test]
    fn what_is_written_otherwise_is_not_guessed_at() {
        for name in [
            "",
            "shop",
            "_LS{}",
            "shop_LS{",
            "shop_LS{}x",
            "shop_nil",
            "shop_LS{ML:{app: web},}",
            "shop_LS{ME:{},}",
            "shop_LS{}_LS{}_LS{}",
            "LS{}LS{}",
            "LS{ML:{a_LS{}",
        ] {
            assert_eq!(told(name), None, "{name}");
        }
        assert_eq!(SelectedPods::parse("Namespace", "shop_LS{}"), None);
    }

    /// As ovnkube writes a selector.
    fn written(labels: &Labels, expressions: &[(String, String, Vec<String>)]) -> String {
        let mut text = "LS{".to_owned();
        if !labels.is_empty() {
            let labels = labels.iter().map(|(key, value)| format!("{key}: {value},"));
            text += &format!("ML:{{{}}},", labels.collect::<String>());
        }
        if !expressions.is_empty() {
            let all = expressions.iter().map(|(key, operator, values)| {
                let values = values.join(" ");
                format!("LSR{{Key:{key},Operator:{operator},Values:[{values}],}}")
            });
            text += &format!("ME:{{{}}},", all.collect::<Vec<_>>().join(","));
        }
        text + "}"
    }

    proptest! {
        #[test]
        fn no_name_panics(text in "\\PC*|(shop_)?(LS\\{|ML:\\{|ME:\\{|LSR\\{Key:|a: b,|,Operator:In|,Values:\\[|\\],\\}|\\},|\\}|_|LNM){0,12}") {
            let _ = SelectedPods::parse(OWNER_TYPE, &text);
        }

        #[test]
        fn what_ovnkube_writes_is_read_back(
            labels in prop::collection::btree_map("[a-z][a-z./-]{0,8}", "[A-Za-z0-9._-]{0,6}", 0..3),
            expressions in prop::collection::vec(
                ("[a-z][a-z./_-]{0,8}", "In|NotIn", prop::collection::vec("[A-Za-z0-9._-]{1,6}", 1..3)), 0..3),
            namespace in prop::option::of("[a-z]([a-z0-9-]{0,6}[a-z0-9])?"),
            is_of_policy: bool,
        ) {
            let labels: Labels = labels.into_iter().map(|(key, value)| (key.into(), value.into())).collect();
            let selector = written(&labels, &expressions);
            let first = namespace.clone().unwrap_or_else(|| selector.clone());
            let suffix = if is_of_policy { OF_POLICIES } else { "" };
            let read = SelectedPods::parse(OWNER_TYPE, &format!("{first}_{selector}{suffix}"));
            let boxed = |texts: Vec<String>| texts.into_iter().map(Box::from).collect();
            let expressions = expressions.into_iter().map(|(key, operator, values)| {
                (key.into(), operator.into(), boxed(values))
            });
            let pods = Selector::of(labels, expressions);
            let namespaces = match namespace {
                Some(name) => SelectedNamespaces::Named(name.into()),
                None => SelectedNamespaces::Labelled(pods.clone()),
            };
            prop_assert_eq!(read, Some(SelectedPods { namespaces, pods, nodes: None }));
        }
    }
}
