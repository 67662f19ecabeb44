//! What is told of two moments of watched databases.

use serde_json::{Value as Json, json};

use super::*;
use crate::report::{Block, Report};
use crate::snapshot::{DatabaseRead, Watched};
use crate::tool::recording;

fn uuid(number: u32) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

fn read(node: &str, rows: Json) -> DatabaseRead {
    let schema = json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {
        "Logical_Switch": {"isRoot": true, "columns": {
            "name": {"type": "string"},
            "other_config": {"type": {"key": "string", "value": "string", "min": 0, "max": "unlimited"}}}},
        "ACL": {"isRoot": true, "columns": {"priority": {"type": "integer"}}}}});
    recording::read(Database::Nb, node, &[schema, rows])
}

/// A database that was watched from `from` to `upto`.
fn watched(from: Json, upto: Json, is_forgotten: bool) -> Snapshot {
    let (before, after) = (read("a", from), read("a", upto));
    let watched = Watched {
        source: after.source.to_string(),
        address: after.address.to_string(),
        database: Database::Nb,
        before: before.rows,
        from: 3,
        upto: 4,
        is_forgotten,
    };
    Snapshot {
        watched: vec![watched],
        ..recording::snapshot(vec![after])
    }
}

fn some() -> Snapshot {
    let from = json!({
        "Logical_Switch": {
            uuid(1): {"name": "one", "other_config": ["map", [["a", "1"], ["b", "2"]]]},
            uuid(2): {"name": "two"},
        },
        "ACL": {uuid(3): {"priority": 1}},
    });
    let upto = json!({
        "Logical_Switch": {
            uuid(1): {"name": "one", "other_config": ["map", [["a", "1"], ["b", "3"]]]},
            uuid(4): {"name": "four"},
        },
        "ACL": {uuid(3): {"priority": 2}},
    });
    watched(from, upto, false)
}

fn shown(answer: &ChangesWatched) -> String {
    let blocks = answer.blocks().into_iter().map(|block| match block {
        // The cursor is opaque.
        Block::Line(text) if text.starts_with("go on") => "go on".to_owned(),
        Block::Summary(text) | Block::Line(text) => text,
        Block::Table { rows, .. } => {
            let rows = rows.iter().map(|row| {
                let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                cells.join(" | ")
            });
            rows.collect::<Vec<_>>().join("\n")
        }
        other => format!("{other:?}"),
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn ask(params: &Params, snapshot: &Snapshot) -> ChangesWatched {
    ChangesWatch::conclude(params, snapshot).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn what_changed_is_counted_by_table_and_told_by_row() {
    let answer = ask(&Params::new(Database::Nb), &some());
    insta::assert_snapshot!(shown(&answer));
    insta::assert_snapshot!(serde_json::to_string(&answer.tables).unwrap());
    let one_table = Params {
        tables: vec!["ACL".to_owned()],
        ..Params::new(Database::Nb)
    };
    assert_eq!(ask(&one_table, &some()).total, 1);
}

#[test]
fn a_cursor_goes_on_behind_the_page_and_then_behind_the_moment() {
    let mut params = Params {
        limit: 3,
        ..Params::new(Database::Nb)
    };
    let first = ask(&params, &some());
    assert_eq!((first.total, first.returned, first.truncated), (4, 3, true));
    params.cursor = Some(first.cursor);
    let since = ChangesWatch::needs(&params).expect("needs");
    let since = &since.watches().expect("a watch").since;
    assert_eq!((since[0].from, since[0].upto), (3, Some(4)));
    let second = ask(&params, &some());
    assert_eq!((second.returned, second.truncated), (1, false));
    params.cursor = Some(second.cursor);
    let since = ChangesWatch::needs(&params).expect("needs");
    let since = &since.watches().expect("a watch").since;
    assert_eq!((since[0].from, since[0].upto), (4, None));
}

#[test]
fn an_answer_that_is_cut_leads_to_what_was_cut() {
    let mut answer = ask(&Params::new(Database::Nb), &some());
    answer.keep(1);
    let params = Params {
        cursor: Some(answer.cursor),
        ..Params::new(Database::Nb)
    };
    assert_eq!(ask(&params, &some()).returned, 3);
}

#[test]
fn nothing_new_and_what_is_forgotten_are_said() {
    let same = json!({"ACL": {uuid(3): {"priority": 1}}});
    let quiet = watched(same.clone(), same.clone(), false);
    insta::assert_snapshot!(shown(&ask(&Params::new(Database::Nb), &quiet)));
    let forgotten = watched(same.clone(), same, true);
    insta::assert_snapshot!(shown(&ask(&Params::new(Database::Nb), &forgotten)));
}

#[test]
fn what_cannot_be_watched_says_what_to_do() {
    let explain = |params: &Params, snapshot: &Snapshot| {
        let answer =
            ChangesWatch::needs(params).and_then(|_| ChangesWatch::conclude(params, snapshot));
        let error = answer.expect_err("refused");
        format!("{error}: {}", error.hint.clone().unwrap_or_default())
    };
    let nb = || Params::new(Database::Nb);
    let texts = [
        explain(&nb(), &recording::demo()),
        explain(
            &Params {
                wait: Duration::from_mins(2),
                ..nb()
            },
            &some(),
        ),
        explain(&Params { limit: 0, ..nb() }, &some()),
        explain(
            &Params {
                tables: vec!["ACLs".to_owned()],
                ..nb()
            },
            &some(),
        ),
        explain(
            &Params {
                cursor: Some("x".to_owned()),
                ..nb()
            },
            &some(),
        ),
        explain(
            &Params {
                cursor: Some(ask(&nb(), &some()).cursor),
                tables: vec!["ACL".to_owned()],
                ..nb()
            },
            &some(),
        ),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}
