//! What a question that makes no sense is told.

use crate::database::Database;
use crate::snapshot::Snapshot;
use crate::tool::Tool;
use crate::tool::rows_find::tests::fixture::{explain, params, snapshot, texts};
use crate::tool::rows_find::{Params, RowsFind};

fn refusal(params: &Params) -> String {
    match RowsFind::conclude(params, &snapshot()) {
        Ok(answer) => format!("no error: {}", answer.summary),
        Err(error) => explain(&error),
    }
}

fn refusals(table: &str, conditions: &[&str]) -> String {
    let refusals = conditions.iter();
    refusals
        .map(|condition| refusal(&params(table, &[condition])) + "\n")
        .collect::<Vec<String>>()
        .join("\n")
}

#[test]
fn forms() {
    insta::assert_snapshot!(refusals("Logical_Switch_Port", &[
        "", "name", "== foo", "name = foo", "name like foo", "name incldes foo", "name ?? foo",
        "name ==", "addresses == [a, b", "addresses == [a,, b]", "addresses == [a] b",
        "name == \"foo", "external_ids includes {pod}", "external_ids: == foo",
    ]), @"");
}

#[test]
fn types() {
    insta::assert_snapshot!(refusals("Logical_Switch_Port", &[
        "tag == abc", "tag == 9223372036854775808", "tag == [1, 2]", "up == maybe",
        "name == []", "name == [a, b]", "name == {a=b}", "name < b", "addresses < b",
        "addresses in [a]", "name in foo", "name in []", "external_ids == foo",
        "external_ids in [a]", "external_ids < 5", "external_ids includes [a, b]",
        "name:key == foo", "tag contains 7", "name contains [a]", "_uuid == 1234", "_uuid == []",
        "_uuid == 00000011-00-00", "dhcpv4_options includes zzzzzzzz", "options:mtu > 5",
    ]), @"");
}

#[test]
fn values_outside_an_enumeration() {
    insta::assert_snapshot!(refusals("ACL", &[
        "direction == to_lport", "direction in [to-lport, sideways]", "direction > to-lport",
    ]), @"");
}

#[test]
fn columns() {
    let mut refused = refusals(
        "Logical_Switch_Port",
        &["nam == foo", "chassis == foo", "_node == a"],
    );
    for (columns, order) in [
        (["external_id"], ["name"]),
        (["name:key"], ["name"]),
        (["a b"], ["name"]),
        (["name"], ["external_ids"]),
        (["name"], ["-tags"]),
        (["name"], ["--name"]),
    ] {
        let params = Params {
            columns: texts(&columns),
            order: texts(&order),
            ..params("Logical_Switch_Port", &[])
        };
        refused.push_str(&format!("\n{}\n", refusal(&params)));
    }
    insta::assert_snapshot!(refused, @"");
}

#[test]
fn tables_and_databases() {
    let tables = [
        "Logical_Switch_Prot",
        "acl",
        "Port_Binding",
        "Interface",
        "Chasis",
        "Zebra",
    ];
    let refused: Vec<String> = tables
        .iter()
        .map(|table| refusal(&params(table, &[])) + "\n")
        .collect();
    insta::assert_snapshot!(refused.join("\n"), @"");
    let elsewhere = Params {
        database: Database::Sb,
        ..params("Chassis", &[])
    };
    insta::assert_snapshot!(refusal(&elsewhere), @"");
    let error = RowsFind::conclude(&elsewhere, &Snapshot::default()).unwrap_err();
    insta::assert_snapshot!(explain(&error), @"");
}

#[test]
fn limits() {
    for limit in [0, 1001] {
        let params = Params {
            limit,
            ..params("ACL", &[])
        };
        assert!(RowsFind::needs(&params).is_err());
    }
    let params = Params {
        limit: 0,
        ..params("ACL", &[])
    };
    insta::assert_snapshot!(refusal(&params), @"");
}
