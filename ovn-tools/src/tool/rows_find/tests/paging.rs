//! Cursors and pages.

use serde_json::{Map, json};

use crate::report::Report;
use crate::snapshot::Snapshot;
use crate::tool::Tool;
use crate::tool::recording;
use crate::tool::rows_find::tests::answers::shown;
use crate::tool::rows_find::tests::fixture::{ask, explain, node, params, snapshot, texts, uuid};
use crate::tool::rows_find::{Params, RowsFind, RowsFound};

fn first_page(limit: usize) -> Params {
    Params {
        columns: texts(&["name"]),
        limit,
        ..params("Logical_Switch_Port", &["name contains o"])
    }
}

fn names(answer: &RowsFound) -> Vec<&str> {
    answer
        .rows
        .iter()
        .filter_map(|row| row[1].as_str())
        .collect()
}

#[test]
fn pages_join_without_a_seam() {
    let first = ask(&first_page(2), &snapshot());
    assert_eq!(names(&first), ["shop_Frontend", "shop_cart-0"]);
    insta::assert_snapshot!(first.summary, @"3 rows of Logical_Switch_Port match on worker-a; rows 1 to 2 are on this page");
    assert!(first.truncated);
    let second = Params {
        cursor: first.next_cursor.clone(),
        ..first_page(2)
    };
    let second = ask(&second, &snapshot());
    assert_eq!(names(&second), ["stor-node"]);
    insta::assert_snapshot!(second.summary, @"3 rows of Logical_Switch_Port match on worker-a; row 3 is on this page");
    assert_eq!((second.total, second.returned), (3, 1));
    assert_eq!((second.truncated, second.next_cursor), (false, None));
    insta::assert_snapshot!(shown(&first), @"
    3 rows of Logical_Switch_Port match on worker-a; rows 1 to 2 are on this page
    _uuid | name
    00000011 | shop_Frontend
    00000010 | shop_cart-0
    1 more: --cursor Tuyx_lllUFpbMSw1MDY5NDUxNjMwNjY0NDYxNjgyLFtbeyJzIjoic2hvcF9jYXJ0LTAifV1dLCJ3b3JrZXItYSIsIjAwMDAwMDEwLTAwMDAtNDAwMC04MDAwLTAwMDAwMDAwMDAwMCJd
    ");
}

#[test]
fn a_page_cut_short_goes_on_where_it_was_cut() {
    let mut answer = ask(&first_page(50), &snapshot());
    assert_eq!(answer.items(), 3);
    answer.keep(7);
    assert_eq!((answer.returned, answer.truncated), (3, false));
    answer.keep(2);
    answer.keep(1);
    assert_eq!(
        (answer.returned, answer.items(), answer.truncated),
        (1, 1, true)
    );
    insta::assert_snapshot!(answer.summary, @"3 rows of Logical_Switch_Port match on worker-a; row 1 is on this page");
    let rest = Params {
        cursor: answer.next_cursor.clone(),
        ..first_page(50)
    };
    let mut rest = ask(&rest, &snapshot());
    assert_eq!(names(&rest), ["shop_cart-0", "stor-node"]);
    // With no row kept the page begins again.
    rest.keep(0);
    assert_eq!(rest.next_cursor, answer.next_cursor);
    insta::assert_snapshot!(rest.summary, @"3 rows of Logical_Switch_Port match on worker-a; none of them is on this page");
}

#[test]
fn rows_that_come_and_go_shift_nothing() {
    let ports = |names: &[&str]| -> Snapshot {
        let rows: Map<_, _> = (1..)
            .zip(names)
            .map(|(number, name)| (uuid(number), json!({"name": name})))
            .collect();
        recording::snapshot(vec![node("a", json!({"Logical_Switch_Port": rows}))])
    };
    let all = |limit, cursor| Params {
        limit,
        cursor,
        columns: texts(&["name"]),
        ..params("Logical_Switch_Port", &[])
    };
    let first = ask(&all(2, None), &ports(&["b", "d", "f"]));
    assert_eq!(names(&first), ["b", "d"]);
    // The last row of the page is gone, and others have come before and after it.
    let second = ask(
        &all(9, first.next_cursor),
        &ports(&["a", "b", "c", "e", "f"]),
    );
    assert_eq!(names(&second), ["e", "f"]);
}

#[test]
fn a_cursor_belongs_to_its_question() {
    let cursor = ask(&first_page(1), &snapshot()).next_cursor.unwrap();
    let with = |params: Params, cursor: &str| {
        let params = Params {
            cursor: Some(cursor.to_owned()),
            ..params
        };
        match RowsFind::conclude(&params, &snapshot()) {
            Ok(answer) => answer.summary,
            Err(error) => explain(&error),
        }
    };
    let spaced = params("Logical_Switch_Port", &["name  contains \"o\""]);
    insta::assert_snapshot!(with(spaced, &cursor), @"3 rows of Logical_Switch_Port match on worker-a; rows 2 to 3 are on this page");
    let other = params("Logical_Switch_Port", &["name contains x"]);
    insta::assert_snapshot!(with(other, &cursor), @"
    the cursor belongs to another question: database, table, conditions, order and node must stay the same from page to page (limit and columns may change)
    hint: drop the cursor and ask again from the first page, or send the question it came from
    ");
    let mut damaged = cursor.clone();
    damaged.replace_range(20..21, if &cursor[20..21] == "A" { "B" } else { "A" });
    insta::assert_snapshot!(with(first_page(1), &damaged), @"
    the cursor is damaged
    hint: drop the cursor and ask again from the first page
    ");
    assert_eq!(with(first_page(1), ""), with(first_page(1), &damaged));
    assert_eq!(with(first_page(1), "ä"), with(first_page(1), &damaged));
}

#[test]
fn a_cursor_stays_readable_across_versions() {
    let cursor = ask(&first_page(1), &snapshot()).next_cursor.unwrap();
    insta::assert_snapshot!(cursor, @"aEdOjHylqwBbMSw1MDY5NDUxNjMwNjY0NDYxNjgyLFtbeyJzIjoic2hvcF9Gcm9udGVuZCJ9XV0sIndvcmtlci1hIiwiMDAwMDAwMTEtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAwIl0");
}
