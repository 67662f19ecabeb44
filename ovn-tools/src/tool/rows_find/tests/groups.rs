//! Rows counted by what they have in common, and told once for several nodes.

use serde_json::{Value as Json, json};

use crate::snapshot::Snapshot;
use crate::tool::Tool;
use crate::tool::recording;
use crate::tool::rows_find::tests::answers::shown;
use crate::tool::rows_find::tests::fixture::{
    ask, explain, node, params, snapshot, texts, transaction, uuid,
};
use crate::tool::rows_find::{Params, RowsFind};

/// Ten nodes with the same two ports, of which the first two have another one tagged.
fn ten() -> Snapshot {
    let port =
        |number: u32, name: &str, tag: Json| (uuid(number), json!({"name": name, "tag": tag}));
    let reads = (0..10).map(|number| {
        let tag = if number < 2 {
            json!(7)
        } else {
            json!(["set", []])
        };
        // Every node chooses UUIDs for itself.
        let ports = [
            port(0x10 + number * 2, "one", json!(1)),
            port(0x11 + number * 2, "two", tag),
        ];
        let ports: Json = Json::Object(ports.into_iter().collect());
        node(&format!("n{number}"), json!({"Logical_Switch_Port": ports}))
    });
    recording::snapshot(reads.collect())
}

#[test]
fn rows_are_counted_by_any_columns_the_largest_groups_first() {
    let by = |group_by: &[&str]| Params {
        group_by: texts(group_by),
        ..params("Logical_Switch_Port", &[])
    };
    insta::assert_snapshot!(shown(&ask(&by(&["type"]), &snapshot())));
    insta::assert_snapshot!(shown(&ask(
        &by(&["external_ids:namespace", "up"]),
        &snapshot()
    )));
    insta::assert_snapshot!(shown(&ask(&by(&["name", "tag"]), &ten())));
    insta::assert_snapshot!(shown(&ask(&by(&["_node"]), &ten())));
}

#[test]
fn equal_rows_of_nodes_are_told_once_and_the_odd_ones_named() {
    let fold = Params {
        fold: true,
        ..params("Logical_Switch_Port", &[])
    };
    insta::assert_snapshot!(shown(&ask(&fold, &ten())));
}

#[test]
fn groups_are_paged_like_rows() {
    let mut by = Params {
        group_by: texts(&["name", "tag"]),
        limit: 2,
        ..params("Logical_Switch_Port", &[])
    };
    let first = ask(&by, &ten());
    assert_eq!((first.total, first.returned), (3, 2));
    by.cursor.clone_from(&first.next_cursor);
    let second = ask(&by, &ten());
    assert_eq!((second.returned, second.next_cursor), (1, None));
    by.group_by = texts(&["name"]);
    assert!(RowsFind::conclude(&by, &ten()).is_err());
}

#[test]
fn references_are_expanded_on_demand() {
    let names = Params {
        columns: texts(&["name", "ports.name", "ports.external_ids:namespace"]),
        ..params("Logical_Switch", &[])
    };
    let needs = RowsFind::needs(&names).expect("needs");
    assert!(
        needs
            .columns(names.database, "Logical_Switch_Port")
            .is_some()
    );
    insta::assert_snapshot!(shown(&ask(&names, &snapshot())));
    let by_port = Params {
        order: texts(&["-ports.name"]),
        ..names
    };
    assert_eq!(ask(&by_port, &snapshot()).total, 1);
}

#[test]
fn what_makes_no_sense_with_groups_and_references_says_what_to_send() {
    let refused = |params: Params| {
        let answer =
            RowsFind::needs(&params).and_then(|_| RowsFind::conclude(&params, &snapshot()));
        explain(&answer.expect_err("refused"))
    };
    let port = || params("Logical_Switch_Port", &[]);
    let texts = [
        refused(Params {
            group_by: texts(&["type"]),
            fold: true,
            ..port()
        }),
        refused(Params {
            group_by: texts(&["type"]),
            columns: texts(&["name"]),
            ..port()
        }),
        refused(Params {
            fold: true,
            order: texts(&["name"]),
            ..port()
        }),
        refused(Params {
            group_by: texts(&["tpye"]),
            ..port()
        }),
        refused(Params {
            columns: texts(&["name.name"]),
            ..port()
        }),
        refused(Params {
            columns: texts(&["dhcpv4_options.cidr"]),
            ..port()
        }),
        refused(Params {
            columns: texts(&["ports."]),
            ..port()
        }),
        refused(params("Logical_Switch", &["ports.name == x"])),
    ];
    insta::assert_snapshot!(texts.join("\n\n"));
}

#[test]
fn uuids_are_as_long_as_tells_rows_apart_or_whole_where_that_is_asked_for() {
    let alike = json!({"Logical_Switch_Port": {
        "00000010-0000-4000-8000-000000000000": {"name": "a"},
        "00000010-0000-5000-8000-000000000000": {"name": "b"},
    }});
    let snapshot = recording::snapshot(vec![node("a", alike), node("b", transaction())]);
    let question = Params {
        columns: texts(&["name"]),
        ..params("Logical_Switch_Port", &["name in [a, b, shop_cart-0]"])
    };
    insta::assert_snapshot!(shown(&ask(&question, &snapshot)));
    let whole = Params {
        whole_uuids: true,
        ..question
    };
    let whole = ask(&whole, &snapshot);
    assert!(
        whole
            .rows
            .iter()
            .all(|row| row[0].as_str().is_some_and(|id| id.len() == 36))
    );
}
