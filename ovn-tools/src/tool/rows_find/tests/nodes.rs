//! One question to the databases of several nodes.

use serde_json::json;

use crate::database::Database;
use crate::report::{Gap, Report};
use crate::snapshot::Snapshot;
use crate::tool::Tool;
use crate::tool::recording;
use crate::tool::rows_find::tests::answers::shown;
use crate::tool::rows_find::tests::fixture::{
    ask, explain, node, params, schema, texts, transaction, uuid,
};
use crate::tool::rows_find::{Params, RowsFind, RowsFound};

/// Three nodes: one like the fixture, one with the same UUIDs, and an old one without ACLs and
/// without tags.
fn three() -> Snapshot {
    let other = json!({"Logical_Switch_Port": {
        uuid(0x10): {"name": "shop_cart-0", "tag": 5},
        uuid(0x14): {"name": "shop_cart-1"},
    }});
    let mut old = schema();
    let tables = old["tables"].as_object_mut().unwrap();
    tables.remove("ACL");
    tables["Logical_Switch_Port"]["columns"]
        .as_object_mut()
        .unwrap()
        .remove("tag");
    let rows = json!({"Logical_Switch_Port": {uuid(0x15): {"name": "shop_cart-2"}}});
    recording::snapshot(vec![
        recording::read(Database::Nb, "worker-c", &[old, rows]),
        node("worker-b", other),
        node("worker-a", transaction()),
    ])
}

#[test]
fn rows_say_their_node() {
    let params = Params {
        columns: texts(&["name"]),
        ..params("Logical_Switch_Port", &["name contains cart"])
    };
    insta::assert_snapshot!(shown(&ask(&params, &three())), @"
    4 rows of Logical_Switch_Port match on 3 nodes
    _uuid | _node | name
    00000010 | worker-a | shop_cart-0
    00000010 | worker-b | shop_cart-0
    00000014 | worker-b | shop_cart-1
    00000015 | worker-c | shop_cart-2
    ");
}

#[test]
fn what_a_schema_lacks_is_a_gap() {
    let shown_tags = Params {
        columns: texts(&["name", "tag"]),
        order: texts(&["-tag", "name"]),
        ..params("Logical_Switch_Port", &["name contains cart"])
    };
    insta::assert_snapshot!(shown(&ask(&shown_tags, &three())), @"
    4 rows of Logical_Switch_Port match on 3 nodes; not all could be read, see gaps
    _uuid | _node | name | tag
    00000010 | worker-a | shop_cart-0 | 7
    00000010 | worker-b | shop_cart-0 | 5
    00000014 | worker-b | shop_cart-1 | -
    00000015 | worker-c | shop_cart-2 | -
    gap: `tag` on worker-c: table Logical_Switch_Port has no column `tag` (OVN_Northbound 7.0.0)
    ");
    let tagged = Params {
        columns: texts(&["name"]),
        ..params("Logical_Switch_Port", &["tag != []"])
    };
    insta::assert_snapshot!(shown(&ask(&tagged, &three())), @r#"
    4 rows of Logical_Switch_Port match on 2 nodes; not all could be read, see gaps
    _uuid | _node | name
    00000013 | worker-a | ""
    00000010 | worker-a | shop_cart-0
    00000010 | worker-b | shop_cart-0
    00000012 | worker-a | stor-node
    gap: Logical_Switch_Port on worker-c: table Logical_Switch_Port has no column `tag` (OVN_Northbound 7.0.0)
    "#);
    let no_table = Params {
        columns: texts(&["priority"]),
        ..params("ACL", &[])
    };
    insta::assert_snapshot!(shown(&ask(&no_table, &three())), @"
    2 rows of ACL on worker-a (of 2 nodes); not all could be read, see gaps
    _uuid | _node | priority
    00000020 | worker-a | 1001
    00000021 | worker-a | 9007199254740993
    gap: ACL on worker-c: the schema (OVN_Northbound 7.0.0) has no such table
    ");
}

#[test]
fn one_node_can_be_asked() {
    let one = Params {
        columns: texts(&["name"]),
        node: Some("worker-b".to_owned()),
        ..params("Logical_Switch_Port", &[])
    };
    let answer = ask(&one, &three());
    insta::assert_snapshot!(shown(&answer), @"
    2 rows of Logical_Switch_Port on worker-b
    _uuid | name
    00000010 | shop_cart-0
    00000014 | shop_cart-1
    ");
    assert_eq!(answer.sources.len(), 1);
    let unknown = Params {
        node: Some("worker-d".to_owned()),
        ..one
    };
    let error = RowsFind::conclude(&unknown, &three()).unwrap_err();
    insta::assert_snapshot!(explain(&error), @"
    no database nb of node `worker-d` was read
    hint: did you mean `worker-a`, `worker-b` or `worker-c`? nodes with database nb: worker-a, worker-b, worker-c
    ");
}

#[test]
fn databases_that_share_a_node_or_have_none_are_told_apart() {
    let port = |name: &str| json!({"Logical_Switch_Port": {uuid(1): {"name": name}}});
    let read = |node_name: &str, address: &str, name: &str| {
        let mut read = node(node_name, port(name));
        read.address = address.into();
        read
    };
    let snapshot = recording::snapshot(vec![
        read("worker-a", "old.db", "before"),
        read("worker-a", "new.db", "after"),
        read("", "x.db", "one"),
        read("", "x.db", "two"),
    ]);
    let all = Params {
        columns: texts(&["name"]),
        ..params("Logical_Switch_Port", &[])
    };
    insta::assert_snapshot!(shown(&ask(&all, &snapshot)), @"
    4 rows of Logical_Switch_Port on 4 databases
    _uuid | _node | name
    00000001 | worker-a (new.db) | after
    00000001 | worker-a (old.db) | before
    00000001 | x.db | one
    00000001 | x.db #2 | two
    ");
    let both = Params {
        node: Some("worker-a".to_owned()),
        ..all
    };
    assert_eq!(ask(&both, &snapshot).total, 2);
}

#[test]
fn what_could_not_be_read_is_said() {
    let mut snapshot = three();
    snapshot.gaps.push(Gap {
        what: "nb of worker-d".to_owned(),
        why: "the pod is not running".to_owned(),
    });
    let answer = ask(&params("Probe", &[]), &snapshot);
    assert_eq!(answer.gaps, snapshot.gaps);
    assert!(answer.summary.ends_with("see gaps"), "{}", answer.summary);
    let nothing = Snapshot {
        databases: Vec::new(),
        ..snapshot
    };
    let error = RowsFind::conclude(&params("Probe", &[]), &nothing).unwrap_err();
    insta::assert_snapshot!(explain(&error), @"
    no database nb (OVN_Northbound) could be read
    hint: nb of worker-d: the pod is not running
    ");
}

#[test]
fn of_many_databases_only_those_on_the_page_are_named() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let port = |name| json!({"Logical_Switch_Port": {uuid(1): {"name": name}}});
    let reads = names.iter().map(|name| node(name, port(name)));
    let snapshot = recording::snapshot(reads.collect());
    let mut answer = ask(&params("Logical_Switch_Port", &["name != b"]), &snapshot);
    let nodes = |answer: &RowsFound| {
        let nodes = answer
            .sources
            .iter()
            .filter_map(|source| source.node.clone());
        nodes.collect::<Vec<String>>().join(",")
    };
    assert_eq!(nodes(&answer), "a,c,d,e,f");
    insta::assert_snapshot!(answer.summary, @"5 rows of Logical_Switch_Port match on 5 of 6 nodes");
    answer.keep(2);
    assert_eq!(nodes(&answer), "a,c");
    assert!(ask(&params("ACL", &[]), &snapshot).sources.is_empty());
}
