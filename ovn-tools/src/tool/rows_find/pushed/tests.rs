use ovn_schemas::nb;
use ovsdb_client::table::Table;
use serde_json::json;

use super::*;

fn sent(conditions: &[&str]) -> String {
    let conditions: Vec<Condition> = conditions
        .iter()
        .map(|text| Condition::parse(text).unwrap())
        .collect();
    let table = nb::LogicalSwitchPort::DEFINITION;
    json!(pushed(&conditions, Some(table))).to_string()
}

#[test]
fn a_server_is_sent_the_condition_that_leaves_fewest_rows() {
    assert_eq!(sent(&["name == a"]), r#"[["name","includes","a"]]"#);
    assert_eq!(
        sent(&["type == router", "external_ids:namespace == b", "name == a"]),
        r#"[["name","includes","a"]]"#
    );
    assert_eq!(
        sent(&["name != a", "external_ids:namespace == b", "up == true"]),
        r#"[["external_ids","includes",["map",[["namespace","b"]]]]]"#
    );
    assert_eq!(
        sent(&["name in [a, b]", "addresses includes c"]),
        r#"[["name","includes","a"],["name","includes","b"]]"#
    );
    assert_eq!(
        sent(&["_uuid == 2f77b348-9768-4866-b761-89d5177ecdaa", "name == a"]),
        r#"[["_uuid","includes",["uuid","2f77b348-9768-4866-b761-89d5177ecdaa"]]]"#
    );
}

#[test]
fn what_a_server_cannot_tell_is_looked_for_here() {
    for condition in [
        "_uuid == 2f77b348",
        "dhcpv4_options == 2f77b348",
        "name contains a",
        "name != a",
        "name == []",
        "tag < 7",
        "tag == seven",
        "external_ids == {a=b}",
        "external_ids == a",
        "addresses excludes a",
        "name:key == a",
        "unknown == a",
    ] {
        assert_eq!(sent(&[condition]), "[]", "{condition}");
    }
    let condition = Condition::parse("name == a").unwrap();
    assert!(pushed(&[condition], None).is_empty());
}
