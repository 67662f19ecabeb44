//! The answer's form.

use ovsdb_client::operation::{Condition, Function};

use crate::database::Database;
use crate::report::{Block, Report};
use crate::snapshot::Needs;
use crate::tool::Tool;
use crate::tool::rows_find::tests::fixture::{ask, params, snapshot, texts};
use crate::tool::rows_find::{Params, RowsFind, RowsFound};

fn json(answer: &RowsFound) -> String {
    let mut short = answer.clone();
    short.sources.clear();
    serde_json::to_string_pretty(&short).unwrap()
}

/// The blocks as plain text, cells apart by ` | `.
pub(super) fn shown(answer: &RowsFound) -> String {
    let mut lines = Vec::new();
    for block in answer.blocks() {
        match block {
            Block::Summary(text) | Block::Line(text) | Block::Heading(text) => lines.push(text),
            Block::Table { columns, rows } => {
                lines.push(columns.join(" | "));
                for row in rows {
                    let cells: Vec<String> = row.into_iter().map(|cell| cell.text).collect();
                    lines.push(cells.join(" | "));
                }
            }
            other => lines.push(format!("{other:?}")),
        }
    }
    lines.join("\n")
}

#[test]
fn values_are_natural_json() {
    let answer = ask(
        &params("Logical_Switch_Port", &["external_ids:namespace == shop"]),
        &snapshot(),
    );
    insta::assert_snapshot!(json(&answer), @r#"
    {
      "summary": "2 rows of Logical_Switch_Port match on worker-a",
      "columns": [
        "_uuid",
        "name",
        "addresses",
        "dhcpv4_options",
        "external_ids",
        "options",
        "tag",
        "up"
      ],
      "rows": [
        [
          "00000011",
          "shop_Frontend",
          [
            "router"
          ],
          "0000abcd-0000-4000-8000-000000000000",
          {
            "k8s.ovn.org/id": "a:b c",
            "namespace": "shop"
          },
          {},
          null,
          false
        ],
        [
          "00000010",
          "shop_cart-0",
          [
            "0a:58:0a:f4:00:05 10.244.0.5",
            "unknown"
          ],
          null,
          {
            "namespace": "shop",
            "pod": "true"
          },
          {
            "iface-id-ver": "7ea9630a",
            "requested-chassis": "worker-a"
          },
          7,
          true
        ]
      ],
      "total": 2,
      "returned": 2,
      "truncated": false,
      "default_columns": [
        "parent_name",
        "type"
      ],
      "sources": [],
      "gaps": []
    }
    "#);
    let answer = ask(&params("Probe", &[]), &snapshot());
    insta::assert_snapshot!(serde_json::to_string(&answer.rows).unwrap(), @r#"[["00000030","b",80,{"1":10,"2":20},0.25]]"#);
    let answer = ask(&params("ACL", &[]), &snapshot());
    insta::assert_snapshot!(serde_json::to_string(&answer.rows).unwrap(), @r#"[["00000020","to-lport",false,"ip4.src == 10.0.0.1 && tcp",1001],["00000021","from-lport",true,"",9007199254740993]]"#);
}

#[test]
fn an_answer_reads_back() {
    let answer = ask(&params("Logical_Switch_Port", &[]), &snapshot());
    let text = serde_json::to_string(&answer).unwrap();
    let back: RowsFound = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), text);
    assert_eq!(back.items(), 0, "without its cursors it cannot be cut");
}

#[test]
fn the_schema_shows_the_answer_and_nothing_else() {
    let schema = schemars::schema_for!(RowsFound);
    let properties = schema
        .get("properties")
        .and_then(|members| members.as_object());
    let names: Vec<&str> = properties.unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "summary",
            "columns",
            "rows",
            "total",
            "returned",
            "truncated",
            "next_cursor",
            "default_columns",
            "sources",
            "gaps",
        ]
    );
}

#[test]
fn people_see_a_table() {
    let answer = ask(&params("Logical_Switch_Port", &[]), &snapshot());
    insta::assert_snapshot!(shown(&answer), @r#"
    4 rows of Logical_Switch_Port on worker-a
    _uuid | name | addresses | dhcpv4_options | external_ids | options | parent_name | tag | type | up
    00000013 | "" | [] | - | {} | {} | [x, y] | 9223372036854775807 | "" | -
    00000011 | shop_Frontend | [router] | 0000abcd-0000-4000-8000-000000000000 | {k8s.ovn.org/id="a:b c", namespace=shop} | {} | - | - | "" | false
    00000010 | shop_cart-0 | ["0a:58:0a:f4:00:05 10.244.0.5", unknown] | - | {namespace=shop, pod=true} | {iface-id-ver=7ea9630a, requested-chassis=worker-a} | - | 7 | "" | true
    00000012 | stor-node | [] | - | {} | {} | - | 0 | router | -
    "#);
    let answer = ask(&params("Logical_Switch_Port", &["tag > 9"]), &snapshot());
    insta::assert_snapshot!(shown(&answer), @"
    1 row of Logical_Switch_Port matches on worker-a
    _uuid | parent_name | tag
    00000013 | [x, y] | 9223372036854775807
    default everywhere: addresses, dhcpv4_options, external_ids, name, options, type, up
    ");
    let answer = ask(
        &params("Logical_Switch_Port", &["name == other"]),
        &snapshot(),
    );
    insta::assert_snapshot!(shown(&answer), @"no row of Logical_Switch_Port matches on worker-a");
}

#[test]
fn chosen_columns_stand_as_asked() {
    let params = Params {
        columns: texts(&[
            "tag",
            "external_ids:k8s.ovn.org/id",
            "_uuid",
            "tag",
            "_node",
        ]),
        order: texts(&["-tag", "-name"]),
        ..params("Logical_Switch_Port", &[])
    };
    insta::assert_snapshot!(shown(&ask(&params, &snapshot())), @"
    4 rows of Logical_Switch_Port on worker-a
    _uuid | tag | external_ids:k8s.ovn.org/id | _node
    00000013 | 9223372036854775807 | - | worker-a
    00000010 | 7 | - | worker-a
    00000012 | 0 | - | worker-a
    00000011 | - | a:b c | worker-a
    ");
}

#[test]
fn rows_are_sorted_by_key_and_unset_is_least() {
    let sorted = |order: &[&str]| {
        let params = Params {
            columns: texts(&["name"]),
            order: texts(order),
            ..params("Logical_Switch_Port", &[])
        };
        let answer = ask(&params, &snapshot());
        let names: Vec<&str> = answer
            .rows
            .iter()
            .filter_map(|row| row[1].as_str())
            .collect();
        names.join(",")
    };
    insta::assert_snapshot!(sorted(&["tag"]), @"shop_Frontend,stor-node,shop_cart-0,");
    insta::assert_snapshot!(sorted(&["-tag"]), @",shop_cart-0,stor-node,shop_Frontend");
    insta::assert_snapshot!(sorted(&["external_ids:namespace", "-name"]), @"stor-node,,shop_cart-0,shop_Frontend");
    insta::assert_snapshot!(sorted(&["-addresses"]), @"shop_Frontend,shop_cart-0,stor-node,");
    insta::assert_snapshot!(sorted(&["-_uuid"]), @",stor-node,shop_Frontend,shop_cart-0");
}

#[test]
fn only_the_columns_asked_about_are_read() {
    let asked = Params {
        columns: texts(&["up", "external_ids:pod"]),
        ..params("Logical_Switch_Port", &["tag == 7", "_uuid == 00000010"])
    };
    let expected = Needs::default().named_columns(
        Database::Nb,
        "Logical_Switch_Port",
        &["_uuid", "external_ids", "name", "tag", "up"],
    );
    let tagged = Condition::compare("tag", Function::Includes, 7);
    let expected = expected.rows(Database::Nb, "Logical_Switch_Port", vec![tagged]);
    assert_eq!(RowsFind::needs(&asked), Ok(expected.database(Database::Nb)));
    let all = Needs::default().table(Database::Nb, "ACL");
    assert_eq!(RowsFind::needs(&params("ACL", &[])), Ok(all));
}
