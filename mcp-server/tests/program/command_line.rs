//! The command line.

use std::fs;
use std::process::{Output, Stdio};

use serde_json::{Value, json};

use crate::client::{Client, program};

fn run(arguments: &[&str]) -> Output {
    let mut command = program();
    command.args(arguments).stdin(Stdio::null());
    command.output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Standard output of a run that must succeed, and standard error.
#[track_caller]
fn answered(arguments: &[&str]) -> (String, String) {
    let output = run(arguments);
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{error}");
    (out, error)
}

/// Standard error of a run that must fail with this code and say nothing on standard output.
#[track_caller]
fn failed(code: i32, arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(output.status.code(), Some(code));
    assert_eq!(text(&output.stdout), "");
    text(&output.stderr)
}

#[test]
fn json_is_exactly_the_structured_content() {
    let (mut client, _) = Client::initialized("2025-11-25");
    let mut check = |tool: &str, arguments: Value, options: &[&str]| {
        let expected = client.call(tool, &arguments)["structuredContent"].to_string();
        let (out, error) = answered(options);
        assert_eq!(out, format!("{expected}\n"));
        assert_eq!(error, "");
    };
    check("sources_list", json!({}), &["sources-list", "--json"]);
    check(
        "topology_show",
        json!({}),
        &["topology-show", "--format", "json"],
    );
    check(
        "topology_show",
        json!({"of": "worker-a", "format": "mermaid", "ports": false}),
        &[
            "topology-show",
            "--of",
            "worker-a",
            "--format=mermaid",
            "--ports",
            "false",
            "--json",
        ],
    );
    check(
        "rows_find",
        json!({
            "db": "nb", "table": "Logical_Switch_Port", "limit": 50, "order": ["-name"],
            "where": ["type == router", "name contains a"], "columns": ["name", "addresses"],
            "max_tokens": 500,
        }),
        &[
            "rows-find",
            "--json",
            "--db",
            "nb",
            "--table",
            "Logical_Switch_Port",
            "--where",
            "type == router",
            "--where",
            "name contains a",
            "--columns",
            "name,addresses",
            "--order",
            "-name",
            "--limit",
            "50",
            "--max-tokens",
            "500",
        ],
    );
}

#[test]
fn a_cursor_goes_on_where_the_page_ended() {
    let question = [
        "rows-find",
        "--db=nb",
        "--table=Logical_Switch_Port",
        "--limit=20",
        "--json",
    ];
    let page = |more: &[&str]| -> Value {
        let (out, _) = answered(&[&question, more].concat());
        serde_json::from_str(&out).expect("JSON")
    };
    let first = page(&[]);
    let cursor = first["next_cursor"].as_str().expect("there is more");
    let second = page(&["--cursor", cursor]);
    assert_eq!(second["returned"], json!(4));
    assert_eq!(second["truncated"], json!(false));
}

#[test]
fn people_get_tables_and_are_told_what_they_see() {
    let question = [
        "rows-find",
        "--db",
        "nb",
        "--table",
        "Logical_Router_Port",
        "--node",
        "worker-a",
        "--columns",
        "name,networks",
    ];
    let (out, error) = answered(&question);
    insta::assert_snapshot!(out, @"
    5 rows of Logical_Router_Port on worker-a

    _uuid     name                     networks
    5372841d  rtoe-GR_worker-a         [172.18.0.2/16]
    7a7dcb26  rtoj-GR_worker-a         [100.64.0.2/16]
    46b8844a  rtoj-ovn_cluster_router  [100.64.0.1/16]
    a3d427ee  rtos-worker-a            [10.244.0.1/24]
    35fd4ca9  rtots-worker-a           [100.88.0.2/16]
    ");
    insta::assert_snapshot!(error, @"note: this is the embedded demo; name your own sources with --source");
    let (again, error) = answered(&[&["--source", "demo"], &question[..]].concat());
    assert_eq!((again, error.as_str()), (out, ""));
}

#[test]
fn mermaid_is_bare() {
    let (out, _) = answered(&["topology-show", "--format", "mermaid"]);
    assert!(out.starts_with("flowchart "), "{out}");
    assert!(!out.contains("\n\n"));
}

#[test]
fn the_environment_names_sources_unless_the_command_line_does() {
    let with = |sources: &str, arguments: &[&str]| {
        let mut command = program();
        command.env("OVNSCOPE_SOURCE", sources).args(arguments);
        let output = command.output().expect("the program runs");
        (output.status.code(), text(&output.stderr))
    };
    assert_eq!(
        with("\ndemo\n", &["sources-list"]),
        (Some(0), String::new())
    );
    assert_eq!(
        with("junk", &["sources-list", "--source=demo"]),
        (Some(0), String::new())
    );
    let (code, error) = with("junk", &["sources-list"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(error, @r#"error: OVNSCOPE_SOURCE is wrong: "junk" is no source: write unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, kube, kube:CONTEXT, recorded:PATH or demo"#);
}

#[test]
fn failures_go_to_standard_error_with_a_code() {
    let texts = [
        failed(
            1,
            &["rows-find", "--db", "nb", "--table", "Logical_Swich_Port"],
        ),
        failed(
            1,
            &[
                "rows-find",
                "--db",
                "nb",
                "--table",
                "ACL",
                "--json",
                "--where",
                "priority = 5",
            ],
        ),
        failed(
            1,
            &["--source", "recorded:/nonexistent/nb.db", "sources-list"],
        ),
        failed(2, &["rows-find", "--db", "north", "--table", "ACL"]),
        failed(
            2,
            &["rows-find", "--db", "nb", "--table", "ACL", "--limit", "0"],
        ),
        failed(
            2,
            &[
                "rows-find",
                "--db",
                "nb",
                "--table",
                "ACL",
                "--max-tokens",
                "5",
                "--json",
            ],
        ),
        failed(2, &["sources-list", "--source", "kubernetes"]),
        failed(2, &["row-find"]),
        failed(2, &["rows-find", "--dbs", "nb"]),
    ];
    insta::assert_snapshot!(texts.join("\n"), @r#"
    error: database nb (OVN_Northbound) has no table `Logical_Swich_Port`
    hint: did you mean `Logical_Switch_Port`?

    error: condition `priority = 5`: `=` is no operator
    hint: did you mean `==`?

    error: cannot read /nonexistent/nb.db: No such file or directory (os error 2)

    error: invalid value 'north' for '--db <DB>': "north" is no database: the databases are nb, sb, ovs, OVN_Northbound, OVN_Southbound, Open_vSwitch

    For more information, try '--help'.

    error: invalid value '0' for '--limit <ROWS>': 0 is not in 1..=1000

    For more information, try '--help'.

    error: invalid value '5' for '--max-tokens <TOKENS>': 5 is not in 100..=20000

    For more information, try '--help'.

    error: invalid value 'kubernetes' for '--source <SPEC>': "kubernetes" is no source: write unix:PATH, tcp:HOST:PORT, ssl:HOST:PORT, kube, kube:CONTEXT, recorded:PATH or demo

    For more information, try '--help'.

    error: unrecognized subcommand 'row-find'

      tip: some similar subcommands exist: 'rows-diff', 'rows-find'

    Usage: ovnscope [OPTIONS] [COMMAND]

    For more information, try '--help'.

    error: unexpected argument '--dbs' found

      tip: a similar argument exists: '--db'

    Usage: ovnscope rows-find --db <DB> --table <TABLE>

    For more information, try '--help'.
    "#);
}

#[test]
fn help_and_version_succeed() {
    let (help, _) = answered(&[]);
    assert!(help.contains("Usage: ovnscope"));
    assert!(!help.contains('\u{1b}'), "no colours without a terminal");
    let (long, _) = answered(&["--help"]);
    assert!(long.contains("OVNSCOPE_SOURCE"));
    let (version, _) = answered(&["--version"]);
    assert_eq!(
        version,
        concat!("ovnscope ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn colours_are_used_when_forced() {
    let mut command = program();
    command.args(["topology-show"]).env("CLICOLOR_FORCE", "1");
    let output = command.output().expect("the program runs");
    assert!(text(&output.stdout).contains('\u{1b}'));
    let mut command = program();
    command.args(["topology-show"]).env("NO_COLOR", "1");
    let output = command.output().expect("the program runs");
    assert!(!text(&output.stdout).contains('\u{1b}'));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    // More than a pipe holds, so that the write meets the closed end.
    let mut command = program();
    command
        .args([
            "rows-find",
            "--db=sb",
            "--table=Logical_Flow",
            "--limit=1000",
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0));
    assert!(!text(&output.stderr).contains("error"));
}

#[test]
fn a_full_disk_is_a_failure() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("Linux has it");
    let mut command = program();
    command.args(["topology-show"]).stdout(full);
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("error: cannot write: No space left on device"));
}

#[test]
fn a_folder_of_packed_databases_is_one_source_and_says_nothing_of_its_progress_to_a_pipe() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../ovn-tools/demo");
    let source = format!("recorded:{folder}");
    let (out, error) = answered(&["--source", &source, "sources-list", "--json"]);
    assert_eq!(error, "");
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    let mut databases = Vec::new();
    for node in answer["nodes"].as_array().expect("nodes") {
        for database in node["databases"].as_array().expect("databases") {
            let word = |value: &Value| value.as_str().expect("a text").replace(folder, "DEMO");
            databases.push(format!(
                "{} {} ({}) {}",
                word(&node["node"]),
                word(&database["database"]),
                word(&database["node_told_by"]),
                word(&database["address"]),
            ));
        }
    }
    insta::assert_snapshot!(databases.join("\n"), @"
    worker-a nb (NB_Global.name) DEMO/worker-a/ovnnb_db.db.gz
    worker-a sb (SB_Global.options:name) DEMO/worker-a/ovnsb_db.db.gz
    worker-a ovs (Open_vSwitch.external_ids:hostname) DEMO/worker-a/conf.db.gz
    worker-b nb (NB_Global.name) DEMO/worker-b/ovnnb_db.db.gz
    worker-b sb (SB_Global.options:name) DEMO/worker-b/ovnsb_db.db.gz
    worker-b ovs (Open_vSwitch.external_ids:hostname) DEMO/worker-b/conf.db.gz
    ");
    let (topology, _) = answered(&["--source", &source, "topology-show", "--format", "json"]);
    let (demo, _) = answered(&["topology-show", "--format", "json"]);
    let zones = |text: &str| serde_json::from_str::<Value>(text).expect("JSON")["zones"].take();
    assert_eq!(zones(&demo).as_array().map(Vec::len), Some(2));
    assert_eq!(zones(&topology), zones(&demo));

    let code = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let error = failed(
        1,
        &["--source", &format!("recorded:{code}"), "sources-list"],
    );
    let error = error.replace(code, "SRC");
    assert!(
        error.starts_with("error: cannot read SRC: no database is in it, but ")
            && error.contains(" texts; expected an OVSDB file"),
        "{error}"
    );
}
