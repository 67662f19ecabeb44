//! The answer's form.

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
    insta::assert_snapshot!(json(&answer), @"");
    let answer = ask(&params("Probe", &[]), &snapshot());
    insta::assert_snapshot!(serde_json::to_string(&answer.rows).unwrap(), @"");
    let answer = ask(&params("ACL", &[]), &snapshot());
    insta::assert_snapshot!(serde_json::to_string(&answer.rows).unwrap(), @"");
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
fn people_see_a_table() {
    let answer = ask(&params("Logical_Switch_Port", &[]), &snapshot());
    insta::assert_snapshot!(shown(&answer), @"");
    let answer = ask(&params("Logical_Switch_Port", &["tag > 9"]), &snapshot());
    insta::assert_snapshot!(shown(&answer), @"");
    let answer = ask(
        &params("Logical_Switch_Port", &["name == other"]),
        &snapshot(),
    );
    insta::assert_snapshot!(shown(&answer), @"");
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
    insta::assert_snapshot!(shown(&ask(&params, &snapshot())), @"");
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
    insta::assert_snapshot!(sorted(&["tag"]), @"");
    insta::assert_snapshot!(sorted(&["-tag"]), @"");
    insta::assert_snapshot!(sorted(&["external_ids:namespace", "-name"]), @"");
    insta::assert_snapshot!(sorted(&["-addresses"]), @"");
    insta::assert_snapshot!(sorted(&["-_uuid"]), @"");
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
    assert_eq!(RowsFind::needs(&asked), Ok(expected.database(Database::Nb)));
    let all = Needs::default().table(Database::Nb, "ACL");
    assert_eq!(RowsFind::needs(&params("ACL", &[])), Ok(all));
}
