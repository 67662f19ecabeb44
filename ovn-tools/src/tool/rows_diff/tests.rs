//! The tool on small recordings.

use serde_json::{Value as Json, json};

use super::*;
use crate::moment::Moment;
use crate::report::{Block, Report};
use crate::snapshot::DatabaseRead;
use crate::tool::change::Fate;
use crate::tool::recording;

fn schema() -> Json {
    let refs = |table: &str| json!({"key": {"type": "uuid", "refTable": table}, "min": 0, "max": "unlimited"});
    let map = json!({"key": "string", "value": "string", "min": 0, "max": "unlimited"});
    let optional = json!({"key": "string", "min": 0, "max": 1});
    json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {
        "Logical_Switch": {"isRoot": true, "columns": {
            "name": {"type": "string"},
            "ports": {"type": refs("Logical_Switch_Port")},
            "acls": {"type": refs("ACL")},
            "external_ids": {"type": map}}},
        "Logical_Switch_Port": {"isRoot": true, "indexes": [["name"]], "columns": {
            "name": {"type": "string"}, "type": {"type": "string"},
            "parent_name": {"type": optional.clone()}}},
        "ACL": {"isRoot": true, "columns": {
            "name": {"type": optional}, "priority": {"type": "integer"}, "match": {"type": "string"}}},
    }})
}

/// A UUID of one of the nodes.
fn uuid(node: u32, number: u32) -> String {
    format!("{node:08x}-0000-4000-8000-{number:012x}")
}

/// A switch with two ports and an ACL; every node has UUIDs of its own.
fn records(node: u32, ports: [&str; 2], priority: i64) -> Vec<Json> {
    let id = |number| json!(["uuid", uuid(node, number)]);
    vec![
        schema(),
        json!({"_date": 1_700_000_001_000_i64,
            "Logical_Switch": {uuid(node, 1): {
                "name": "sw0", "ports": ["set", [id(2), id(3)]], "acls": id(4),
                "external_ids": ["map", [["node", format!("n{node}")]]]}},
            "Logical_Switch_Port": {
                uuid(node, 2): {"name": ports[0]}, uuid(node, 3): {"name": ports[1]}},
            "ACL": {uuid(node, 4): {"priority": priority, "match": "ip4"}}}),
        json!({"_date": 1_700_000_002_000_i64, "_is_diff": true,
            "Logical_Switch": {uuid(node, 1): {"ports": id(3)}},
            "Logical_Switch_Port": {
                uuid(node, 2): {"type": "router"}, uuid(node, 3): null}}),
    ]
}

fn read(node: u32, ports: [&str; 2], priority: i64) -> DatabaseRead {
    recording::read(
        Database::Nb,
        &format!("n{node}"),
        &records(node, ports, priority)[..2],
    )
}

fn side(node: &str) -> Side {
    Side {
        node: Some(node.to_owned()),
        ..Side::default()
    }
}

fn between_nodes() -> Params {
    Params::new(Database::Nb, side("n1"), side("n2"))
}

fn ask(params: &Params, reads: Vec<DatabaseRead>) -> RowsDiffered {
    RowsDiff::needs(params).expect("a question");
    RowsDiff::conclude(params, &recording::snapshot(reads)).expect("an answer")
}

fn text(answer: &RowsDiffered) -> String {
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

/// Two moments of each node's recording.
fn moments(nodes: &[u32]) -> (Params, Vec<DatabaseRead>) {
    let first = Moment::Record(1);
    let side = Side {
        at: Some(first),
        ..Side::default()
    };
    let params = Params::new(Database::Nb, side, Side::default());
    let reads = nodes.iter().flat_map(|&node| {
        let name = format!("n{node}");
        let records = records(node, ["p1", "p2"], 10);
        let past = recording::past(Database::Nb, &name, recording::file(&records), first);
        [past, recording::read(Database::Nb, &name, &records)]
    });
    (params, reads.collect())
}

#[test]
fn two_moments_differ_by_what_happened_between_them() {
    let (params, reads) = moments(&[1]);
    let answer = ask(&params, reads);
    insta::assert_snapshot!(text(&answer));
}

#[test]
fn the_answer_for_programs_has_the_same_facts() {
    let (params, reads) = moments(&[1]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&ask(&params, reads)).expect("JSON"));
}

#[test]
fn two_moments_of_several_nodes_are_compared_node_by_node() {
    let (params, reads) = moments(&[1, 2]);
    let answer = ask(&params, reads);
    assert_eq!(answer.total, 6);
    insta::assert_snapshot!(answer.summary);
    let nodes: Vec<_> = answer.rows.iter().map(|row| row.node.as_deref()).collect();
    assert_eq!(
        nodes,
        [
            Some("n1"),
            Some("n1"),
            Some("n1"),
            Some("n2"),
            Some("n2"),
            Some("n2")
        ]
    );
}

#[test]
fn nodes_that_say_the_same_do_not_differ_whatever_their_uuids() {
    let params = Params {
        ignore: vec!["external_ids".to_owned()],
        ..between_nodes()
    };
    // The sets hold the same names in another order of UUIDs.
    let answer = ask(
        &params,
        vec![read(1, ["p1", "p2"], 10), read(2, ["p2", "p1"], 10)],
    );
    assert_eq!(answer.total, 0, "{}", text(&answer));
    assert!(
        answer.summary.starts_with("no row of database nb differs"),
        "{}",
        answer.summary
    );
}

#[test]
fn references_are_compared_by_what_they_name() {
    let answer = ask(
        &between_nodes(),
        vec![read(1, ["p1", "p2"], 10), read(2, ["p1", "p3"], 20)],
    );
    let text = text(&answer);
    assert!(text.contains("ports: -[p2] +[p3]"), "{text}");
    assert!(text.contains("acls: -[\"ACL#"), "{text}");
    insta::assert_snapshot!(answer.summary);
}

#[test]
fn by_uuid_databases_of_their_own_have_nothing_in_common() {
    let params = Params {
        identity: Some(Identity::Uuid),
        ..between_nodes()
    };
    let answer = ask(
        &params,
        vec![read(1, ["p1", "p2"], 10), read(2, ["p1", "p2"], 10)],
    );
    assert_eq!(answer.total, 8);
}

#[test]
fn rows_are_told_apart_by_the_columns_that_are_named() {
    let params = Params {
        table: Some("ACL".to_owned()),
        identity: Some(Identity::Columns(vec!["match".to_owned()])),
        ..between_nodes()
    };
    let answer = ask(
        &params,
        vec![read(1, ["p1", "p2"], 10), read(2, ["p1", "p2"], 20)],
    );
    assert_eq!((answer.total, answer.rows[0].fate), (1, Fate::Changed));
    let priority = &answer.rows[0].columns["priority"];
    assert_eq!(
        (&priority.old, &priority.new),
        (&Some(json!(10)), &Some(json!(20)))
    );
}

#[test]
fn pages_follow_each_other_and_miss_nothing() {
    let (mut params, reads) = moments(&[1, 2, 3]);
    params.limit = 2;
    let mut seen = Vec::new();
    loop {
        let answer = ask(&params, reads.clone());
        assert_eq!(answer.total, 9);
        seen.extend(
            answer
                .rows
                .iter()
                .map(|row| (row.node.clone(), row.uuid.clone())),
        );
        match answer.next_cursor {
            Some(cursor) => params.cursor = Some(cursor),
            None => break,
        }
    }
    let count = seen.len();
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), count), (9, 9));
}

/// Of two switches, one has many pairs that the other one lacks.
#[test]
fn a_long_value_is_cut_and_says_so_and_is_shown_whole_where_asked() {
    let pairs: Vec<Json> = (0..DEFAULT_ELEMENTS + 5)
        .map(|number| json!([format!("k{number:02}"), "v"]))
        .collect();
    let mut longer = records(2, ["p1", "p2"], 1)[..2].to_vec();
    longer[1]["Logical_Switch"][uuid(2, 1)]["external_ids"] = json!(["map", pairs]);
    let reads = || {
        vec![
            read(1, ["p1", "p2"], 1),
            recording::read(Database::Nb, "n2", &longer),
        ]
    };
    let cut = ask(&between_nodes(), reads());
    let change = |answer: &RowsDiffered| answer.rows[0].columns["external_ids"].clone();
    let shown = |answer: &RowsDiffered| {
        let added = change(answer).added.unwrap_or_default();
        added.as_object().map_or(0, serde_json::Map::len)
    };
    assert_eq!((shown(&cut), change(&cut).left_out), (DEFAULT_ELEMENTS, 5));
    assert!(
        cut.summary.ends_with(
            "the first 40 elements are shown and the rest is counted, elements=45 shows all"
        ),
        "{}",
        cut.summary
    );
    let params = Params {
        elements: DEFAULT_ELEMENTS + 5,
        ..between_nodes()
    };
    let whole = ask(&params, reads());
    assert_eq!(
        (shown(&whole), change(&whole).left_out),
        (DEFAULT_ELEMENTS + 5, 0)
    );
    assert!(!whole.summary.contains("elements"), "{}", whole.summary);
}

#[test]
fn wrong_questions_are_told_what_to_send() {
    let check = |params: Params| {
        let snapshot =
            recording::snapshot(vec![read(1, ["p1", "p2"], 10), read(2, ["p1", "p2"], 10)]);
        let error = RowsDiff::needs(&params)
            .and_then(|_| RowsDiff::conclude(&params, &snapshot))
            .expect_err("wrong");
        format!("{}; {}", error.message, error.hint.unwrap_or_default())
    };
    let source = Side {
        source: Some("recorded:other".to_owned()),
        ..Side::default()
    };
    let texts = [
        check(Params {
            limit: 0,
            ..between_nodes()
        }),
        check(Params::new(Database::Nb, Side::default(), Side::default())),
        check(Params::new(Database::Nb, side("n1"), side("n1"))),
        check(Params::new(Database::Nb, side("n1"), side("n3"))),
        check(Params::new(Database::Sb, side("n1"), side("n2"))),
        check(Params::new(Database::Nb, side("n1"), source)),
        check(Params {
            table: Some("Logical_Swich".into()),
            ..between_nodes()
        }),
        check(Params {
            ignore: vec!["externalids".into()],
            ..between_nodes()
        }),
        check(Params {
            identity: Some(Identity::Columns(vec!["name".into()])),
            ..between_nodes()
        }),
        check(Params {
            table: Some("ACL".into()),
            identity: Some(Identity::Columns(vec!["prio".into()])),
            ..between_nodes()
        }),
        check(Params {
            cursor: Some("x".into()),
            ..between_nodes()
        }),
    ];
    insta::assert_snapshot!(texts.join("\n"));
}
