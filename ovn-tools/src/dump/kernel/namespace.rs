//! Network namespaces: `lsns`.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::dump::Listing;

/// A network namespace that has a number on the node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Namespace {
    /// The number by which the node's own namespace knows it.
    pub number: u64,
    /// A process in it.
    pub process: u32,
}

#[derive(Deserialize)]
struct JsonNamespaces {
    namespaces: Vec<Json>,
}

#[derive(Deserialize)]
struct JsonNamespace {
    netnsid: Json,
    pid: Json,
}

/// What stands for the number of a namespace that has none, such as the node's own.
const NONE: &str = "unassigned";

impl Namespace {
    /// Reads the output of `lsns -t net -J`. Namespaces without a number or a process, which lead
    /// nowhere, are no items.
    ///
    /// **Source**: util-linux 2.32 and later, whose versions have numbers as such or as texts.
    pub fn list(text: &str) -> Listing<Self> {
        let (mut items, mut other) = (Vec::new(), Vec::new());
        let Ok(listed) = serde_json::from_str::<JsonNamespaces>(text) else {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            other.extend(lines.map(str::to_owned));
            return Listing { items, other };
        };
        for json in listed.namespaces {
            match JsonNamespace::deserialize(&json)
                .ok()
                .and_then(|json| item(&json))
            {
                Some(item) => items.extend(item),
                None => other.push(json.to_string()),
            }
        }
        Listing { items, other }
    }
}

fn item(json: &JsonNamespace) -> Option<Option<Namespace>> {
    if json.netnsid.is_null() || json.netnsid == NONE || json.pid.is_null() {
        return Some(None);
    }
    Some(Some(Namespace {
        number: number(&json.netnsid)?,
        process: number(&json.pid)?.try_into().ok()?,
    }))
}

fn number(json: &Json) -> Option<u64> {
    match json {
        Json::String(text) => text.parse().ok(),
        json => json.as_u64(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // util-linux 2.38.1: `lsns -t net -J -o NETNSID,PID`; the last two as other versions and
    // namespaces without a process would have it.
    const LISTED: &str = r#"{
       "namespaces": [
          {
             "netnsid": "unassigned",
             "pid": 2
          },{
             "netnsid": "0",
             "pid": 24760
          },{"netnsid": 17, "pid": 31}, {"netnsid": "3", "pid": null}, {"netnsid": "x", "pid": 1}
       ]
    }"#;

    #[test]
    fn namespaces_that_have_a_number_are_told_with_a_process() {
        let listed = Namespace::list(LISTED);
        let told: Vec<(u64, u32)> = listed
            .items
            .iter()
            .map(|namespace| (namespace.number, namespace.process))
            .collect();
        assert_eq!(told, [(0, 24760), (17, 31)]);
        assert_eq!(listed.other, [r#"{"netnsid":"x","pid":1}"#]);
        let words = Namespace::list("lsns: unknown column: NETNSID\n");
        assert_eq!(words.other, ["lsns: unknown column: NETNSID"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text: String, number: String, process: i64) {
            let _ = Namespace::list(&text);
            let json = serde_json::json!({"namespaces": [{"netnsid": number, "pid": process}]});
            let _ = Namespace::list(&json.to_string());
        }
    }
}
