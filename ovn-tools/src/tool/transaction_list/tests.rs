//! The tool on small recordings.

use serde_json::{Value as Json, json};

use super::*;
use crate::report::{Block, Report};
use crate::snapshot::DatabaseRead;
use crate::tool::recording;

const SWITCH: &str = "5a5a5a5a-0000-4000-8000-000000000001";
const PORT: &str = "9b9b9b9b-0000-4000-8000-000000000002";

fn schema() -> Json {
    let set = json!({"key": "uuid", "min": 0, "max": "unlimited"});
    let map = json!({"key": "string", "value": "string", "min": 0, "max": "unlimited"});
    json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {
        "Logical_Switch": {"isRoot": true, "columns": {
            "name": {"type": "string"}, "ports": {"type": set}, "external_ids": {"type": map}}},
        "Logical_Switch_Port": {"isRoot": true, "indexes": [["name"]], "columns": {
            "name": {"type": "string"}, "enabled": {"type": {"key": "boolean", "min": 0}}}},
    }})
}

/// A schema record and five transactions, a second apart.
fn records() -> Vec<Json> {
    vec![
        schema(),
        json!({"_date": 1_700_000_001_000_i64, "_comment": "compacting database online",
               "Logical_Switch": {SWITCH: {"name": "sw0"}}}),
        json!({"_date": 1_700_000_002_000_i64, "_comment": "ovn-nbctl: ovn-nbctl lsp-add sw0 p1", "_is_diff": true,
               "Logical_Switch": {SWITCH: {"ports": ["uuid", PORT]}},
               "Logical_Switch_Port": {PORT: {"name": "p1"}}}),
        json!({"_date": 1_700_000_003_000_i64, "_comment": "ovn-northd", "_is_diff": true,
               "Logical_Switch": {SWITCH: {"external_ids": ["map", [["a", "1"], ["b", "2"]]]}}}),
        json!({"_is_diff": true,
               "Logical_Switch": {SWITCH: {"external_ids": ["map", [["a", "3"], ["b", "2"]]]}}}),
        json!({"_date": 1_700_000_005_000_i64, "_comment": "ovn-nbctl (invoked by x): lsp-del", "_is_diff": true,
               "Logical_Switch": {SWITCH: {"ports": ["uuid", PORT]}},
               "Logical_Switch_Port": {PORT: null}}),
    ]
}

fn read(node: &str) -> DatabaseRead {
    recording::logged(Database::Nb, node, recording::file(&records()))
}

fn ask(params: &Params, reads: Vec<DatabaseRead>) -> TransactionsListed {
    TransactionList::needs(params).expect("a question");
    TransactionList::conclude(params, &recording::snapshot(reads)).expect("an answer")
}

/// The answer for people, in lines.
fn text(answer: &TransactionsListed) -> String {
    let mut lines = Vec::new();
    for block in answer.blocks() {
        match block {
            Block::Summary(text) | Block::Heading(text) | Block::Line(text) => lines.push(text),
            Block::Table { rows, .. } => lines.extend(rows.into_iter().map(|row| {
                let cells: Vec<String> = row.into_iter().map(|cell| cell.text).collect();
                cells.join(" | ")
            })),
            Block::Verbatim(text) => lines.push(text),
        }
    }
    lines.join("\n")
}

fn numbers(answer: &TransactionsListed) -> Vec<usize> {
    answer
        .transactions
        .iter()
        .map(|listed| listed.record)
        .collect()
}

#[test]
fn a_timeline_says_when_who_and_what() {
    insta::assert_snapshot!(text(&ask(&Params::new(), vec![read("a")])));
}

#[test]
fn rows_are_shown_with_old_and_new_values() {
    let params = Params {
        rows: true,
        order: Order::Oldest,
        ..Params::new()
    };
    insta::assert_snapshot!(text(&ask(&params, vec![read("a")])));
}

#[test]
fn the_answer_for_programs_has_the_same_facts() {
    let params = Params {
        rows: true,
        limit: 1,
        ..Params::new()
    };
    let answer = ask(&params, vec![read("a")]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&answer).expect("JSON"));
}

#[test]
fn filters_choose_by_time_table_row_and_text() {
    #[track_caller]
    fn check(params: Params, expected: &[usize]) {
        let params = Params {
            order: Order::Oldest,
            ..params
        };
        let answer = ask(&params, vec![read("a")]);
        assert_eq!(numbers(&answer), expected, "{params:?}");
        assert_eq!(answer.total, expected.len());
    }
    let time = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds).ok();
    // A transaction without a date stays with the one before it.
    check(
        Params {
            since: time(3),
            ..Params::new()
        },
        &[3, 4, 5],
    );
    check(
        Params {
            until: time(3),
            ..Params::new()
        },
        &[1, 2, 3, 4],
    );
    check(
        Params {
            since: time(2),
            until: time(2),
            ..Params::new()
        },
        &[2],
    );
    check(
        Params {
            table: Some("Logical_Switch_Port".into()),
            ..Params::new()
        },
        &[2, 5],
    );
    check(
        Params {
            row: Some("9B9B9B9B".into()),
            ..Params::new()
        },
        &[2, 5],
    );
    check(
        Params {
            row: Some(SWITCH.into()),
            ..Params::new()
        },
        &[1, 2, 3, 4, 5],
    );
    check(
        Params {
            text: Some("LSP-".into()),
            ..Params::new()
        },
        &[2, 5],
    );
    check(
        Params {
            text: Some("p1".into()),
            ..Params::new()
        },
        &[2, 5],
    );
    check(
        Params {
            text: Some("3".into()),
            ..Params::new()
        },
        &[4],
    );
    check(
        Params {
            text: Some("northd".into()),
            table: Some("Logical_Switch_Port".into()),
            ..Params::new()
        },
        &[],
    );
}

#[test]
fn pages_follow_each_other_in_either_order_and_miss_nothing() {
    for order in [Order::Newest, Order::Oldest] {
        let mut seen = Vec::new();
        let mut params = Params {
            order,
            limit: 3,
            ..Params::new()
        };
        loop {
            let answer = ask(&params, vec![read("a"), read("b")]);
            assert_eq!(answer.total, 10);
            let places = answer.transactions.iter();
            seen.extend(places.map(|listed| (listed.record, listed.node.clone())));
            match answer.next_cursor {
                Some(cursor) => params.cursor = Some(cursor),
                None => break,
            }
        }
        for node in ["a", "b"] {
            let of_node = seen
                .iter()
                .filter(|(_, name)| name.as_deref() == Some(node));
            let numbers: Vec<usize> = of_node.map(|(number, _)| *number).collect();
            let expected = match order {
                Order::Newest => [5, 4, 3, 2, 1],
                Order::Oldest => [1, 2, 3, 4, 5],
            };
            assert_eq!(numbers, expected);
        }
        assert_eq!(seen.len(), 10);
    }
}

#[test]
fn an_answer_that_is_cut_goes_on_from_its_cursor() {
    let mut answer = ask(&Params::new(), vec![read("a")]);
    answer.keep(2);
    assert_eq!((answer.returned, answer.truncated), (2, true));
    let params = Params {
        cursor: answer.next_cursor,
        ..Params::new()
    };
    assert_eq!(numbers(&ask(&params, vec![read("a")])), [3, 2, 1]);
}

#[test]
fn damage_stands_where_it_is_and_what_follows_says_so() {
    let mut content = recording::file(&records()[..3]);
    content.extend(b"OVSDB JSON 7 nonsense\n");
    let rest = recording::file(&records());
    let head = recording::file(&records()[..3]);
    content.extend(&rest[head.len()..]);
    let damaged = recording::logged(Database::Nb, "a", content);
    let params = Params {
        order: Order::Oldest,
        ..Params::new()
    };
    insta::assert_snapshot!(text(&ask(&params, vec![damaged])));
}

#[test]
fn a_running_server_keeps_no_history() {
    let live = DatabaseRead {
        log: None,
        recorded: false,
        ..read("live")
    };
    let error = TransactionList::conclude(&Params::new(), &recording::snapshot(vec![live.clone()]));
    let error = error.expect_err("no history");
    insta::assert_snapshot!(format!(
        "{}\n{}",
        error.message,
        error.hint.unwrap_or_default()
    ));
    let answer = ask(&Params::new(), vec![live, read("a")]);
    assert_eq!(answer.total, 5);
    assert_eq!(answer.gaps.len(), 1);
}

#[test]
fn wrong_questions_are_told_what_to_send() {
    let check = |params: Params| {
        let snapshot = recording::snapshot(vec![read("a")]);
        let error = TransactionList::needs(&params)
            .and_then(|_| TransactionList::conclude(&params, &snapshot))
            .expect_err("wrong");
        format!("{}; {}", error.message, error.hint.unwrap_or_default())
    };
    let time = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds).ok();
    let texts = [
        check(Params {
            limit: 0,
            ..Params::new()
        }),
        check(Params {
            row: Some("p1".into()),
            ..Params::new()
        }),
        check(Params {
            row: Some("5a5a5a5a0000".into()),
            ..Params::new()
        }),
        check(Params {
            since: time(2),
            until: time(1),
            ..Params::new()
        }),
        check(Params {
            table: Some("Logical_Swich".into()),
            ..Params::new()
        }),
        check(Params {
            node: Some("b".into()),
            ..Params::new()
        }),
        check(Params {
            database: Some(Database::Sb),
            ..Params::new()
        }),
        check(Params {
            cursor: Some("x".into()),
            ..Params::new()
        }),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}
