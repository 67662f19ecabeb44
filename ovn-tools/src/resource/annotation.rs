//! Annotations of OVN-Kubernetes: JSON in texts, read into values.

use serde_json::{Map, Value as Json};

/// What the annotations of OVN-Kubernetes and of networks begin with.
const LEADS: [&str; 3] = [
    "k8s.ovn.org/",
    "k8s.v1.cni.cncf.io/",
    "network.openshift.io/",
];

/// Reads the annotations of an object that hold JSON: by their names without what they begin
/// with, where none other has it.
pub fn decode(object: &Json) -> Map<String, Json> {
    let annotations = object
        .get("metadata")
        .and_then(|metadata| metadata.get("annotations"))
        .and_then(Json::as_object);
    let mut decoded = Map::new();
    for (name, value) in annotations.into_iter().flatten() {
        let Some(short) = LEADS.iter().find_map(|lead| name.strip_prefix(lead)) else {
            continue;
        };
        let Some(text) = value.as_str() else {
            continue;
        };
        let value = serde_json::from_str(text).unwrap_or_else(|_| Json::from(text));
        let name = match decoded.contains_key(short) {
            true => name.as_str(),
            false => short,
        };
        decoded.insert(name.to_owned(), value);
    }
    decoded
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn annotations_of_ovn_kubernetes_become_values() {
        let node = json!({"metadata": {"annotations": {
            "k8s.ovn.org/node-subnets": "{\"default\":[\"10.244.0.0/24\"]}",
            "k8s.ovn.org/node-chassis-id": "a-b",
            "k8s.ovn.org/broken": "{",
            "other": "{\"a\":1}",
        }}});
        let decoded = Json::Object(decode(&node));
        assert_eq!(
            decoded,
            json!({
                "node-subnets": {"default": ["10.244.0.0/24"]},
                "node-chassis-id": "a-b",
                "broken": "{",
            })
        );
        assert!(decode(&json!(null)).is_empty());
    }
}
