//! YAML: the objects in a file of a cluster's, one after the other.
//!
//! A list is read item by item, so that of a file only its text and one object are in memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};
use serde_saphyr::{Budget, Options};
use thiserror::Error;

/// The most values and their beginnings and ends in one file.
/// **Default and why**: 20 000 000; a file as large as is read has at most some 3 a line, and
/// lines are some 30 bytes.
const MAX_EVENTS: usize = 20_000_000;

/// How deep values may stand in each other.
/// **Default and why**: 100; schemas of custom resources, the deepest objects, have some 40.
const MAX_DEPTH: usize = 100;

/// A file holds no objects, or broken ones.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct YamlError(String);

/// Gives each object in YAML, or in JSON, to `take`: the items of a list, or the one that it is.
pub(crate) fn objects(text: &str, take: &mut dyn FnMut(Json)) -> Result<(), YamlError> {
    let mut budget = Budget::default();
    budget.max_events = MAX_EVENTS;
    budget.max_nodes = MAX_EVENTS;
    budget.max_total_scalar_bytes = text.len();
    budget.max_depth = MAX_DEPTH;
    // Whoever wrote objects out wrote no anchors.
    budget.max_anchors = 0;
    budget.max_aliases = 0;
    let mut options = Options::default();
    options.budget = Some(budget);
    // As Kubernetes writes it: whatever else could be taken for one stands in quotes.
    options.strict_booleans = true;
    options.with_snippet = false;
    let read = serde_saphyr::with_deserializer_from_str_with_options(text, options, |input| {
        input.deserialize_any(File { take })
    });
    read.map_err(|error| YamlError(error.to_string()))
}

/// The whole of a file.
struct File<'t> {
    take: &'t mut dyn FnMut(Json),
}

impl<'de> Visitor<'de> for File<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let (mut one, mut is_list) = (Map::new(), false);
        while let Some(name) = members.next_key::<String>()? {
            if name == "items" {
                is_list = true;
                members.next_value_seed(Items { take: self.take })?;
            } else {
                one.insert(name, members.next_value::<Json>()?);
            }
        }
        if !is_list {
            (self.take)(Json::Object(one));
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// The items of a list.
struct Items<'t> {
    take: &'t mut dyn FnMut(Json),
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<(), D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(item) = items.next_element::<Json>()? {
            (self.take)(item);
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> (Vec<Json>, Option<String>) {
        let mut all = Vec::new();
        let outcome = objects(text, &mut |object| all.push(object));
        (all, outcome.err().map(|error| error.to_string()))
    }

    /// Any JSON of some depth.
    fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::from),
            any::<i64>().prop_map(Json::from),
            "[a-zA-Z0-9 ./:{}\"'#&*!|>%@`\\n-]{0,16}".prop_map(Json::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
                prop::collection::btree_map("[a-z]{1,6}", inner, 0..5)
                    .prop_map(|map| Json::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_text_gives_objects_or_an_error(text in "(?s).{0,200}") {
            let _ = read(&text);
        }

        #[test]
        fn a_list_reads_as_the_objects_that_were_written(items in prop::collection::vec(any_json(), 0..4)) {
            let text = json!({"apiVersion": "v1", "items": items, "kind": "List"}).to_string();
            prop_assert_eq!(read(&text), (items, None));
        }
    }

    #[test]
    fn lists_single_objects_and_nothing_are_read() {
        let list = "---\napiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata:\n    annotations:\n      k8s.ovn.org/pod-networks: '{\"default\":{}}'\n    name: web-1\n- kind: Pod\n  metadata:\n    name: \"yes\"\n    uid: 1e10\nkind: PodList\n";
        let (objects, error) = read(list);
        assert_eq!(error, None);
        let networks = "{\"default\":{}}";
        assert_eq!(
            objects[0]["metadata"]["annotations"]["k8s.ovn.org/pod-networks"],
            networks
        );
        assert_eq!(objects[1]["metadata"]["name"], "yes");
        let (objects, error) = read("apiVersion: v1\nkind: Node\nmetadata:\n  name: a\n");
        assert_eq!((objects.len(), error), (1, None));
        assert_eq!(objects[0]["metadata"]["name"], "a");
        assert_eq!(read("items: []\n"), (Vec::new(), None));
        assert_eq!(read("items:\n"), (Vec::new(), None));
        assert_eq!(read(""), (Vec::new(), None));
    }

    #[test]
    fn what_was_made_to_exhaust_its_reader_is_refused() {
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        let laughs =
            "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nitems: [*b,*b,*b]\n";
        for text in [deep.as_str(), laughs, "items: 5", "- a\n- b\n", "a: b: c"] {
            let (_, error) = read(text);
            assert!(error.is_some(), "{text:.40}");
        }
    }

    #[test]
    fn what_stands_before_the_damage_is_given() {
        let (objects, error) = read("items:\n- kind: Pod\n- kind: \"Pod\nmetadata: [\n");
        assert_eq!(objects, [json!({"kind": "Pod"})]);
        assert!(error.is_some());
    }
}
