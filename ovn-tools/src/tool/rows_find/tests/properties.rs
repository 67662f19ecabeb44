//! What holds for any question.

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use crate::report::Report;
use crate::snapshot::Snapshot;
use crate::tool::Tool;
use crate::tool::recording;
use crate::tool::rows_find::condition::{Condition, Operator};
use crate::tool::rows_find::field::Field;
use crate::tool::rows_find::literal::Literal;
use crate::tool::rows_find::tests::fixture::{ask, node, params, snapshot, texts, uuid};
use crate::tool::rows_find::{Params, RowsFind};

/// Words with the characters that the grammar knows, and any others.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z0-9_.:/-]{0,6}",
        "[\\[\\]{}=!<>,\"\\\\ \\t\\na:-]{0,6}",
        any::<String>(),
    ]
}

fn field() -> impl Strategy<Value = Field> {
    ("[A-Za-z_][A-Za-z0-9_]{0,5}", proptest::option::of(word())).prop_map(|(column, key)| Field {
        reference: None,
        column,
        key,
    })
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        word().prop_map(Literal::Word),
        proptest::collection::vec(word(), 0..4).prop_map(Literal::List),
        proptest::collection::vec((word(), word()), 0..4).prop_map(Literal::Pairs),
    ]
}

fn condition() -> impl Strategy<Value = Condition> {
    (field(), 0..Operator::ALL.len(), literal()).prop_map(|(field, operator, value)| Condition {
        field,
        operator: Operator::ALL[operator],
        value,
    })
}

/// Texts that are nearly conditions.
fn attempt() -> impl Strategy<Value = String> {
    let columns = "(name|tag|up|addresses|external_ids|external_ids:pod|_uuid|dhcpv4_options)";
    let operators = "(==|!=|<|<=|>|>=| includes | excludes | contains | in )";
    let values = "([a-f0-9-]{0,12}|\\[[a-f0-9, ]{0,9}\\]|\\{[a-f=, ]{0,9}\\}|\"[a-f\\\\]{0,4}\"?)";
    prop_oneof![
        proptest::string::string_regex(&format!("{columns} ?{operators} ?{values}"))
            .expect("a pattern"),
        proptest::string::string_regex("\\PC{0,24}").expect("a pattern"),
    ]
}

/// Ports of two nodes: for each its node, name, tag and whether it is up; equal ones are likely.
fn ports() -> impl Strategy<Value = Vec<(bool, String, Option<i64>, bool)>> {
    let port = (
        any::<bool>(),
        "[ab]{0,2}",
        proptest::option::of(-2..3_i64),
        any::<bool>(),
    );
    proptest::collection::vec(port, 0..24)
}

/// The ports as databases, in the order given or the other one.
fn databases(ports: &[(bool, String, Option<i64>, bool)], reversed: bool) -> Snapshot {
    let rows = |wanted: bool| -> Json {
        let rows: Map<String, Json> = (0..)
            .zip(ports)
            .filter(|(_, port)| port.0 == wanted)
            .map(|(number, (_, name, tag, up))| {
                let mut row = json!({"name": name, "up": up});
                if let Some(tag) = tag {
                    row["tag"] = (*tag).into();
                }
                // Half the UUIDs stand in both databases.
                (uuid(number / 2), row)
            })
            .collect();
        json!({"Logical_Switch_Port": rows})
    };
    let mut reads = vec![node("a", rows(false)), node("b", rows(true))];
    if reversed {
        reads.reverse();
    }
    recording::snapshot(reads)
}

proptest! {
    #[test]
    fn a_condition_reads_back_as_printed(condition in condition()) {
        let text = condition.to_string();
        prop_assert_eq!(Condition::parse(&text), Ok(condition), "{}", text);
    }

    #[test]
    fn a_field_reads_back_as_printed(field in field()) {
        prop_assert_eq!(Field::parse(&field.to_string()), Ok(field));
    }

    #[test]
    fn no_question_panics(
        conditions in proptest::collection::vec(attempt(), 0..3),
        columns in proptest::collection::vec("\\PC{0,8}|tag|external_ids:\\PC{0,4}", 0..2),
        order in proptest::collection::vec("-?(tag|name|addresses|\\PC{0,8})", 0..2),
        cursor in proptest::option::of("[A-Za-z0-9_-]{0,60}"),
        node in proptest::option::of("worker-a|\\PC{0,4}"),
        limit in 0..3_usize,
    ) {
        let params = Params {
            conditions, columns, order, cursor, node, limit,
            ..params("Logical_Switch_Port", &[])
        };
        let _ = RowsFind::needs(&params);
        if let Ok(mut answer) = RowsFind::conclude(&params, &snapshot()) {
            prop_assert_eq!(answer.rows.len(), answer.returned);
            prop_assert!(answer.rows.iter().all(|row| row.len() == answer.columns.len()));
            answer.blocks();
            answer.keep(0);
        }
    }

    #[test]
    fn pages_of_any_sizes_hold_every_row_once_in_order(
        ports in ports(),
        order in proptest::sample::subsequence(vec!["name", "-tag", "up"], 0..=3).prop_shuffle(),
        sizes in proptest::collection::vec((1..5_usize, 1..5_usize), 1..6),
    ) {
        let question = Params {
            columns: texts(&["name", "tag", "up"]),
            order: texts(&order),
            limit: 1000,
            ..params("Logical_Switch_Port", &[])
        };
        let whole = ask(&question, &databases(&ports, false));
        prop_assert_eq!(&ask(&question, &databases(&ports, true)).rows, &whole.rows);

        let mut paged = Vec::new();
        let mut cursor = None;
        for (turn, (limit, keep)) in sizes.iter().cycle().enumerate() {
            let page = Params { limit: *limit, cursor, ..question.clone() };
            let mut answer = ask(&page, &databases(&ports, turn % 2 == 1));
            answer.keep(*keep);
            prop_assert_eq!(answer.total, whole.total);
            prop_assert_eq!(answer.truncated, answer.next_cursor.is_some());
            paged.extend(answer.rows);
            cursor = answer.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        prop_assert_eq!(paged, whole.rows);
    }
}
