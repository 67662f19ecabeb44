//! Tests of the tool on small recorded databases and on the demonstration cluster.

use serde_json::{Value as Json, json};

use crate::database::Database;
use crate::report::{Block, Gap, Report};
use crate::snapshot::{BundleRead, DatabaseRead, Naming, Snapshot};
use crate::tool::Tool;
use crate::tool::recording;
use crate::tool::sources_list::{Params, SourcesList, SourcesListed};

fn uuid(number: u32) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

fn column(column_type: &Json) -> Json {
    json!({"type": column_type})
}

/// A northbound database in which this much was asked for and reported back.
fn northbound(node: &str, nb_cfg: i64, sb_cfg: i64, hv_cfg: i64) -> DatabaseRead {
    let integer = column(&json!("integer"));
    let schema = json!({"name": "OVN_Northbound", "version": "7.0.0", "tables": {"NB_Global": {
        "columns": {"nb_cfg": integer, "sb_cfg": integer, "hv_cfg": integer},
    }}});
    let rows = json!({"NB_Global": {
        uuid(1): {"nb_cfg": nb_cfg, "sb_cfg": sb_cfg, "hv_cfg": hv_cfg},
    }});
    recording::read(Database::Nb, node, &[schema, rows])
}

/// A chassis: its name, whether it is remote, and what it has reached where it says so.
type Chassis<'c> = (&'c str, bool, Option<i64>);

/// A southbound database with these chassis.
fn southbound(node: &str, nb_cfg: i64, chassis: &[Chassis<'_>]) -> DatabaseRead {
    let (string, integer) = (column(&json!("string")), column(&json!("integer")));
    let map = column(&json!({"key": "string", "value": "string", "min": 0, "max": "unlimited"}));
    let weak = column(&json!({
        "key": {"type": "uuid", "refTable": "Chassis", "refType": "weak"}, "min": 0, "max": 1,
    }));
    let schema = json!({"name": "OVN_Southbound", "version": "20.27.0", "tables": {
        "SB_Global": {"columns": {"nb_cfg": integer}},
        "Chassis": {"columns": {"name": string, "hostname": string, "other_config": map}},
        "Chassis_Private": {"columns": {"name": string, "nb_cfg": integer, "chassis": weak}},
    }});
    let mut rows = json!({
        "SB_Global": {uuid(1): {"nb_cfg": nb_cfg}}, "Chassis": {}, "Chassis_Private": {},
    });
    for (number, (name, is_remote, reached)) in (2..).zip(chassis) {
        let remote = is_remote.to_string();
        // A chassis without a host is one whose row is gone.
        if !name.starts_with("gone") {
            rows["Chassis"][uuid(number)] = json!({
                "name": name,
                "hostname": format!("host-of-{name}"),
                "other_config": ["map", [["is-remote", remote]]],
            });
        }
        if let Some(reached) = reached {
            rows["Chassis_Private"][uuid(number)] = json!({"name": name, "nb_cfg": reached});
        }
    }
    recording::read(Database::Sb, node, &[schema, rows])
}

fn answer(databases: Vec<DatabaseRead>) -> SourcesListed {
    conclude(&recording::snapshot(databases))
}

fn conclude(snapshot: &Snapshot) -> SourcesListed {
    SourcesList::conclude(&Params {}, snapshot).expect("the sources can always be listed")
}

/// The states of the nodes, in order.
fn states(answer: &SourcesListed) -> String {
    let states = answer.nodes.iter().filter_map(|node| {
        let freshness = node.freshness.as_ref()?;
        let chassis: Vec<String> = freshness
            .chassis
            .iter()
            .map(|chassis| format!("\n  {}: {}", chassis.name, chassis.state))
            .collect();
        Some(format!(
            "{:?}, {}; {} remote{}",
            freshness.verdict,
            freshness.state,
            freshness.remote_chassis,
            chassis.concat()
        ))
    });
    states.collect::<Vec<String>>().join("\n")
}

fn shown(answer: &SourcesListed) -> String {
    let mut lines = Vec::new();
    for block in answer.blocks() {
        match block {
            Block::Summary(text) | Block::Line(text) => lines.push(text),
            Block::Heading(text) => lines.push(format!("# {text}")),
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
fn a_chain_that_has_caught_up() {
    let chassis = [
        ("a", false, Some(12)),
        ("b", true, None),
        ("c", true, Some(3)),
    ];
    let fresh = answer(vec![
        northbound("n", 12, 12, 12),
        southbound("n", 12, &chassis),
    ]);
    insta::assert_snapshot!(states(&fresh), @"
    UpToDate, up to date; 2 remote
      a: up to date
    ");
    insta::assert_snapshot!(fresh.summary, @"2 recorded databases of 1 node; all up to date");
}

#[test]
fn the_step_that_is_behind_is_named() {
    let chassis = [
        ("a", false, Some(9)),
        ("b", false, Some(10)),
        ("c", false, None),
    ];
    let behind = |north, south| states(&answer(vec![north, south]));
    insta::assert_snapshot!(behind(northbound("n", 12, 10, 9), southbound("n", 10, &chassis)), @"
    Behind, northd is 2 behind, ovn-controller on host-of-a is 1 behind; 0 remote
      a: 1 behind
      b: up to date
      c: unknown: it has no row of Chassis_Private
    ");
    // The southbound database was read later.
    let ahead = [("a", false, Some(14))];
    insta::assert_snapshot!(behind(northbound("n", 12, 12, 12), southbound("n", 13, &ahead)), @"
    UpToDate, up to date; 0 remote
      a: up to date
    ");
    let gone = [("gone", false, Some(2)), ("here", false, Some(12))];
    insta::assert_snapshot!(behind(northbound("n", 12, 12, 2), southbound("n", 12, &gone)), @"
    Behind, ovn-controller on gone is 10 behind; 0 remote
      gone: 10 behind (its row of Chassis is gone)
      here: up to date
    ");
    let many: Vec<Chassis<'_>> = ["a", "b", "c", "d", "e"]
        .map(|name| (name, false, Some(1)))
        .into();
    insta::assert_snapshot!(behind(northbound("n", 2, 2, 1), southbound("n", 2, &many)), @"
    Behind, ovn-controller on host-of-a is 1 behind, ovn-controller on host-of-b is 1 behind, ovn-controller on host-of-c is 1 behind and 2 more; 0 remote
      a: 1 behind
      b: 1 behind
      c: 1 behind
      d: 1 behind
      e: 1 behind
    ");
}

#[test]
fn what_cannot_be_known_is_said_with_its_reason() {
    let never = answer(vec![
        northbound("n", 0, 0, 0),
        southbound("n", 0, &[("a", false, Some(0))]),
    ]);
    insta::assert_snapshot!(states(&never), @"
    Unknown, unknown: nb_cfg is 0, nobody has ever waited for a change; 0 remote
      a: unknown: nb_cfg is 0, nobody has ever waited for a change
    ");
    let no_south = answer(vec![northbound("n", 5, 3, 3)]);
    insta::assert_snapshot!(states(&no_south), @"Behind, northd is 2 behind; 0 remote");
    let slow = answer(vec![northbound("n", 5, 5, 3)]);
    insta::assert_snapshot!(states(&slow), @"Behind, the slowest ovn-controller is 2 behind; 0 remote");
    let no_north = answer(vec![southbound("n", 5, &[("a", false, Some(4))])]);
    insta::assert_snapshot!(states(&no_north), @"
    Behind, ovn-controller on host-of-a is 1 behind; 0 remote
      a: 1 behind
    ");
    let two = answer(vec![
        northbound("n", 5, 5, 5),
        northbound("n", 6, 6, 6),
        southbound("n", 5, &[("a", false, Some(5))]),
    ]);
    insta::assert_snapshot!(states(&two), @"
    Unknown, unknown: 2 databases nb of one node cannot be told apart; 0 remote
      a: up to date
    ");
}

#[test]
fn nodes_behind_stand_first_and_a_cut_names_the_others() {
    let mut databases = Vec::new();
    for (node, reached) in [("a", 5), ("b", 5), ("c", 4), ("d", 5)] {
        databases.push(northbound(node, 5, 5, reached));
        databases.push(southbound(node, 5, &[(node, false, Some(reached))]));
    }
    let mut answer = answer(databases);
    let names = |answer: &SourcesListed| {
        let nodes = answer.nodes.iter();
        nodes
            .filter_map(|node| node.node.clone())
            .collect::<Vec<String>>()
            .join(",")
    };
    assert_eq!(names(&answer), "c,a,b,d");
    insta::assert_snapshot!(answer.summary, @"8 recorded databases of 4 nodes; 1 behind (c: ovn-controller on host-of-c is 1 behind), 3 up to date");
    assert_eq!(answer.items(), 4);
    answer.keep(3);
    answer.keep(2);
    assert_eq!(names(&answer), "c,a");
    assert_eq!(
        (answer.total, answer.returned, answer.truncated),
        (4, 2, true)
    );
    assert_eq!(answer.left_out, ["b", "d"]);
    insta::assert_snapshot!(serde_json::to_string(&answer.next).unwrap(), @r#"[{"tool":"health_check","arguments":{"layers":["sync"],"node":"c"},"why":"what keeps changes from coming through"},{"tool":"rows_find","arguments":{"db":"nb","table":"NB_Global","columns":["nb_cfg","sb_cfg","hv_cfg"]},"why":"the same numbers of every node, page by page"}]"#);
}

#[test]
fn of_many_chassis_those_furthest_behind_are_listed() {
    let names: Vec<String> = (0..100)
        .map(|number| format!("chassis-{number:02}"))
        .collect();
    let chassis: Vec<Chassis<'_>> = (0..)
        .zip(&names)
        .map(|(number, name)| {
            let reached = match number {
                70 => Some(3),
                80 => None,
                90 => Some(1),
                _ => Some(9),
            };
            (name.as_str(), false, reached)
        })
        .collect();
    let answer = answer(vec![northbound("a", 9, 9, 1), southbound("a", 9, &chassis)]);
    let freshness = answer.nodes[0].freshness.as_ref().unwrap();
    assert_eq!(
        (freshness.chassis.len(), freshness.chassis_left_out),
        (20, 80)
    );
    let first: Vec<&str> = freshness
        .chassis
        .iter()
        .take(4)
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(
        first,
        ["chassis-90", "chassis-70", "chassis-80", "chassis-00"]
    );
    let nodes = serde_json::to_string(&answer.nodes).unwrap();
    assert!(nodes.len() < 3_500, "{}", nodes.len());
    assert!(
        shown(&answer).contains("100, the least at 1"),
        "{}",
        shown(&answer)
    );
    insta::assert_snapshot!(serde_json::to_string(answer.next.last().unwrap()).unwrap(), @r#"{"tool":"rows_find","arguments":{"db":"sb","table":"Chassis_Private","columns":["name","nb_cfg"],"order":["nb_cfg"],"node":"a"},"why":"all its chassis, those furthest behind first"}"#);
}

#[test]
fn nothing_read_is_no_error() {
    let nothing = conclude(&Snapshot {
        databases: Vec::new(),
        gaps: vec![Gap {
            what: "nb of worker-a".to_owned(),
            why: "connection refused".to_owned(),
        }],
        outputs: Vec::new(),
        bundles: Vec::new(),
        ..Snapshot::default()
    });
    insta::assert_snapshot!(shown(&nothing), @"
    no database was read; not all could be read, see gaps
    gap: nb of worker-a: connection refused
    ");
}

#[test]
fn databases_of_one_schema_state_its_differences_once() {
    let mut old = northbound("a", 1, 1, 1);
    old.missing = vec![
        "table BFD is absent".to_owned(),
        "column ACL.tier is absent".to_owned(),
    ];
    let mut other = northbound("b", 1, 1, 1);
    other.missing.clone_from(&old.missing);
    other.recorded = false;
    other.moment = None;
    insta::assert_snapshot!(shown(&answer(vec![other, old])), @"
    1 live database and 1 recorded of 2 nodes; all up to date
    # Databases
    node | database | schema | kind | moment | address | node told by
    a | nb | 7.0.0 | recorded | 1970-01-01T00:00:00Z | case/a/nb.db | -
    b | nb | 7.0.0 | live | - | case/b/nb.db | -
    # How far changes have come (nb_cfg)
    node | nb_cfg | in sb | sb_cfg | hv_cfg | chassis | state
    a | 1 | - | 1 | 1 | - | up to date
    b | 1 | - | 1 | 1 | - | up to date
    nb 7.0.0 lacks of 7.18.0: table BFD is absent, column ACL.tier is absent
    ");
}

#[test]
fn the_demo_is_listed() {
    insta::assert_snapshot!(shown(&conclude(&recording::demo())), @"
    6 recorded databases of 2 nodes; all up to date
    # Databases
    node | database | schema | kind | moment | address | node told by
    worker-a | nb | 7.0.0 | recorded | - | worker-a/ovnnb_db.db.gz | -
    worker-a | sb | 20.27.0 | recorded | - | worker-a/ovnsb_db.db.gz | -
    worker-a | ovs | 8.3.1 | recorded | - | worker-a/conf.db.gz | -
    worker-b | nb | 7.0.0 | recorded | - | worker-b/ovnnb_db.db.gz | -
    worker-b | sb | 20.27.0 | recorded | - | worker-b/ovnsb_db.db.gz | -
    worker-b | ovs | 8.3.1 | recorded | - | worker-b/conf.db.gz | -
    # How far changes have come (nb_cfg)
    node | nb_cfg | in sb | sb_cfg | hv_cfg | chassis | state
    worker-a | 1 | 1 | 1 | 1 | 1 at 1, 1 remote not counted | up to date
    worker-b | 1 | 1 | 1 | 1 | 1 at 1, 1 remote not counted | up to date
    ");
}

#[test]
fn bundles_are_described() {
    let mut snapshot = recording::snapshot(vec![northbound("a", 1, 1, 1)]);
    snapshot.bundles = vec![BundleRead {
        source: "recorded:mg.tar.gz".to_owned(),
        collections: vec!["OpenShift must-gather".to_owned()],
        files: 12,
        databases: 1,
        copies: 2,
        texts: [("logs".to_owned(), 3), ("resources".to_owned(), 4)].into(),
    }];
    snapshot.databases[0].naming = Naming {
        reason: Some("manifest".into()),
        pod: Some("ovnkube-node-x".into()),
    };
    insta::assert_snapshot!(shown(&conclude(&snapshot)), @"
    1 recorded database of 1 node; all up to date
    # Databases
    node | database | schema | kind | moment | address | node told by
    a | nb | 7.0.0 | recorded | 1970-01-01T00:00:00Z | case/a/nb.db | manifest
    # How far changes have come (nb_cfg)
    node | nb_cfg | in sb | sb_cfg | hv_cfg | chassis | state
    a | 1 | - | 1 | 1 | - | up to date
    recorded:mg.tar.gz (OpenShift must-gather): 1 database in 12 files, some of which hold the same; also there: 3 logs, 4 resources
    ");
    let listed = serde_json::to_value(conclude(&snapshot)).unwrap();
    insta::assert_snapshot!(format!("{} {}", listed["nodes"][0]["databases"], listed["bundles"]), @r#"[{"database":"nb","schema_version":"7.0.0","recorded":true,"moment":"1970-01-01T00:00:00Z","source":"recorded:case","address":"case/a/nb.db","node_told_by":"manifest","pod":"ovnkube-node-x","missing":0}] [{"source":"recorded:mg.tar.gz","collections":["OpenShift must-gather"],"files":12,"databases":1,"copies":2,"texts":{"logs":3,"resources":4}}]"#);
}

#[test]
fn an_answer_reads_back() {
    let answer = conclude(&recording::demo());
    let text = serde_json::to_string(&answer).unwrap();
    assert_eq!(
        serde_json::from_str::<SourcesListed>(&text).unwrap(),
        answer
    );
}
