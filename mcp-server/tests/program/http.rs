//! Streamable HTTP: every revision, who is let in, and how it ends.

use std::io::Write;
use std::time::{Duration, Instant};
use std::{fs, thread};

use ovn_mcp_server::offer::Offer;
use serde_json::{Value, json};

use crate::client::{Client, program};
use crate::web::{Answered, Web, read_answer, stateless};

const REVISIONS: [&str; 5] = [
    "2024-11-05",
    "2025-03-26",
    "2025-06-18",
    "2025-11-25",
    "2026-07-28",
];

fn said(answered: &Answered) -> String {
    format!("{} {}", answered.status, answered.body.trim_end())
}

#[test]
fn every_revision_answers_over_http_as_over_a_pipe() {
    let web = Web::start(&["--source", "demo"]);
    let (mut pipe, _) = Client::initialized("2025-11-25");
    let question =
        json!({"name": "rows_find", "arguments": {"db": "nb", "table": "ACL", "limit": 2}});
    let expected =
        pipe.request("tools/call", question.clone())["result"]["structuredContent"].clone();
    assert!(!expected.is_null());
    for revision in REVISIONS {
        let listed = web.request(revision, "tools/list", json!({}));
        let listed: Vec<&str> = listed["result"]["tools"]
            .as_array()
            .expect("tools")
            .iter()
            .filter_map(|tool| tool["name"].as_str())
            .collect();
        let offer = Offer::default();
        let offered: Vec<&str> = offer.tools().iter().map(|tool| tool.name).collect();
        assert_eq!(listed, offered, "{revision}");
        let answer = web.request(revision, "tools/call", question.clone());
        assert_eq!(
            answer["result"]["structuredContent"], expected,
            "{revision}: {answer}"
        );
    }
    let discovered = web.request("2026-07-28", "server/discover", json!({}));
    assert_eq!(discovered["result"]["supportedVersions"], json!(REVISIONS));
    let (status, said) = web.end();
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

fn initialize(revision: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": revision, "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    }})
}

#[test]
fn handshakes_need_no_session_and_get_one_where_sessions_are_kept() {
    let list = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/list"});
    let web = Web::start(&[]);
    for revision in &REVISIONS[1..4] {
        let answered = web.post(&[], &initialize(revision));
        assert_eq!(answered.header("mcp-session-id"), None);
        assert_eq!(
            answered.message()["result"]["protocolVersion"],
            json!(revision)
        );
        let listed = web.post(&[("mcp-protocol-version", revision)], &list);
        assert!(listed.message()["result"]["tools"].is_array());
    }
    let web = Web::start(&["--sessions"]);
    let answered = web.post(&[], &initialize("2025-11-25"));
    let session = answered
        .header("mcp-session-id")
        .expect("a session")
        .to_owned();
    let headers = [
        ("mcp-session-id", session.as_str()),
        ("mcp-protocol-version", "2025-11-25"),
    ];
    let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    assert_eq!(web.post(&headers, &ready).status, 202);
    assert!(web.post(&headers, &list).message()["result"]["tools"].is_array());
    assert_eq!(web.post(&headers[1..], &list).status, 400);
    assert_eq!(web.ask("DELETE", "/mcp", &headers, "").status, 202);
    assert_eq!(web.post(&headers, &list).status, 404);
    // The newest revision knows no sessions.
    assert!(web.request("2026-07-28", "tools/list", json!({}))["result"]["tools"].is_array());
}

#[test]
fn the_tools_to_serve_are_chosen_as_over_a_pipe() {
    let names = |options: &[&str]| {
        let web = Web::start(options);
        let listed = web.request("2026-07-28", "tools/list", json!({}));
        let tools = listed["result"]["tools"].as_array().expect("tools").clone();
        let names: Vec<&str> = tools
            .iter()
            .filter_map(|tool| tool["name"].as_str())
            .collect();
        names.join(" ")
    };
    let chosen = names(&[
        "--toolsets",
        "history",
        "--tools",
        "nat_list",
        "--exclude-tools",
        "rows_at",
    ]);
    assert!(
        chosen.starts_with("nat_list") && chosen.contains("transaction_list"),
        "{chosen}"
    );
    assert!(
        !chosen.contains("rows_at") && !chosen.contains("acl_list"),
        "{chosen}"
    );
}

#[test]
fn what_is_no_question_is_turned_away_with_what_would_be() {
    let web = Web::start(&[]);
    let (_, list) = stateless("2025-11-25", "tools/list", json!({}));
    let list = list.to_string();
    let long = "x".repeat(1_048_577);
    let ask =
        |method, path, headers: &[(&str, &str)], body| said(&web.ask(method, path, headers, body));
    let texts = [
        ask("GET", "/", &[], ""),
        ask("GET", "/mcp", &[], ""),
        ask("POST", "/mcp", &[("host", "evil.example")], &list),
        ask("POST", "/mcp", &[("origin", "https://evil.example")], &list),
        ask("POST", "/mcp", &[("accept", "application/json")], &list),
        ask("POST", "/mcp", &[("content-type", "text/plain")], &list),
        ask("POST", "/mcp", &[], "{"),
        ask("POST", "/mcp", &[], &long),
        ask(
            "POST",
            "/mcp",
            &[("mcp-protocol-version", "1999-01-01")],
            &list,
        ),
    ];
    insta::assert_snapshot!(texts.join("\n"), @r#"
    404 there is nothing at "/": MCP is served at /mcp
    405 Method Not Allowed
    403 Forbidden: Host header is not allowed: what clients may send there is said with --allowed-hosts and --allowed-origins, as protection against DNS rebinding
    403 Forbidden: Origin header is not allowed: what clients may send there is said with --allowed-hosts and --allowed-origins, as protection against DNS rebinding
    406 Not Acceptable: Client must accept both application/json and text/event-stream
    415 Unsupported Media Type: Content-Type must be application/json
    415 fail to deserialize request body EOF while parsing an object at line 1 column 1
    413 a request holds at most 1048576 bytes
    400 Bad Request: Unsupported MCP-Protocol-Version: 1999-01-01
    "#);
    for origin in ["http://localhost:6274", "http://127.0.0.1:1"] {
        assert_eq!(
            web.ask("POST", "/mcp/", &[("origin", origin)], &list)
                .status,
            200
        );
    }
}

#[test]
fn who_may_ask_can_be_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let token = folder.path().join("token");
    fs::write(&token, "0123456789abcdef0123\n").expect("a file");
    let token = token.to_str().expect("UTF-8");
    let web = Web::start(&[
        "--token-file",
        token,
        "--allowed-hosts",
        "ovn.example,other.example:8443",
        "--allowed-origins",
        "https://page.example",
    ]);
    let (_, list) = stateless("2025-11-25", "tools/list", json!({}));
    let status = |headers: &[(&str, &str)]| web.post(headers, &list).status;
    let right = ("authorization", "Bearer 0123456789abcdef0123");
    let refused = web.post(&[], &list);
    assert_eq!(
        refused.header("www-authenticate"),
        Some("bearer realm=\"ovnscope\"")
    );
    insta::assert_snapshot!(said(&refused), @"401 send the server's token in a header: Authorization: Bearer TOKEN");
    assert_eq!(
        status(&[("authorization", "Bearer 0123456789abcdef0124")]),
        401
    );
    assert_eq!(
        status(&[("authorization", "Basic 0123456789abcdef0123")]),
        401
    );
    assert_eq!(status(&[right]), 200);
    assert_eq!(status(&[right, ("host", "ovn.example")]), 200);
    assert_eq!(status(&[right, ("host", "other.example:8443")]), 200);
    assert_eq!(status(&[right, ("host", "other.example")]), 403);
    assert_eq!(status(&[right, ("origin", "https://page.example")]), 200);
    assert_eq!(
        status(&[right, ("origin", "https://page.example:8443")]),
        403
    );
    assert_eq!(status(&[right, ("origin", "http://page.example")]), 403);
}

#[test]
fn browsers_are_told_which_pages_may_ask() {
    let web = Web::start(&["--allowed-origins", "https://page.example"]);
    let may = |origin| {
        let asked = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "authorization,mcp-method"),
        ];
        web.ask("OPTIONS", "/mcp", &asked, "")
    };
    let granted = may("https://page.example");
    assert_eq!(granted.status, 204);
    let told = [
        "access-control-allow-origin",
        "access-control-allow-methods",
        "access-control-allow-headers",
    ];
    insta::assert_snapshot!(told.map(|name| granted.header(name).unwrap_or("-").to_owned()).join("\n"), @"
    https://page.example
    post, get, delete
    authorization,mcp-method
    ");
    let refused = may("https://evil.example");
    assert_ne!(refused.status, 204);
    assert_eq!(refused.header(told[0]), None);
    let (_, list) = stateless("2025-11-25", "tools/list", json!({}));
    let answered = web.post(&[("origin", "https://page.example")], &list);
    assert_eq!(answered.status, 200);
    assert_eq!(answered.header(told[0]), Some("https://page.example"));
    let refused = web.post(&[("origin", "https://evil.example")], &list);
    assert_eq!((refused.status, refused.header(told[0])), (403, None));
    assert_eq!(web.post(&[], &list).header(told[0]), None);
}

#[test]
fn other_machines_are_let_in_only_on_purpose() {
    let refused = |options: &[&str]| {
        let output = program()
            .arg("mcp")
            .args(options)
            .output()
            .expect("it runs");
        assert_eq!(output.stdout, b"");
        assert_ne!(output.status.code(), Some(0));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    let texts = [
        refused(&["--listen", "0.0.0.0:0"]),
        refused(&["--listen", "[::]:0", "--allow-anonymous"]),
        refused(&["--listen", "127.0.0.1:0", "--token-file", "/nowhere/token"]),
        refused(&[
            "--listen",
            "127.0.0.1:0",
            "--allowed-origins",
            "page.example",
        ]),
        refused(&["--listen", "8722"]),
        refused(&["--token-file", "token"]),
    ];
    insta::assert_snapshot!(texts.join("\n"), @r#"
    error: 0.0.0.0:0 can be reached from other machines, where anyone could read the databases
    hint: name a file that holds a token with --token-file, have everyone send their own with --user-tokens, or say --allow-anonymous where a proxy in front asks who calls; 127.0.0.1 serves this machine alone

    error: [::]:0 stands for every address of this machine, and clients may call it by none
    hint: name the hosts that clients write in the URL with --allowed-hosts, such as --allowed-hosts ovnscope.example.com; '*' is any

    error: /nowhere/token holds no token: cannot read it: No such file or directory (os error 2)

    error: "page.example" is no origin such as https://example.com or http://10.0.0.5:8080

    error: invalid value '8722' for '--listen <HOST:PORT>': "8722" is no HOST:PORT, such as 127.0.0.1:8722 or [::1]:8722

    For more information, try '--help'.

    error: the following required arguments were not provided:
      --listen <HOST:PORT>

    Usage: ovnscope mcp --listen <HOST:PORT> --token-file <PATH>

    For more information, try '--help'.
    "#);
}

#[test]
fn too_many_connections_are_told_so_and_the_rest_is_served() {
    let web = Web::start(&["--max-connections", "2"]);
    let (headers, list) = stateless("2025-11-25", "tools/list", json!({}));
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let held = [web.connect(), web.connect()];
    // What connected first is accepted first.
    let refused = web.post(&headers, &list);
    assert_eq!(refused.header("retry-after"), Some("5"));
    insta::assert_snapshot!(said(&refused), @"503 the server has 2 connections already, and no more at once");
    for mut stream in held {
        web.send(&mut stream, "POST", "/mcp", &headers, &list.to_string());
        assert_eq!(read_answer(stream).status, 200);
    }
}

#[test]
fn the_end_waits_for_questions_under_way_but_for_no_idle_connection() {
    let web = Web::start(&[]);
    let idle = web.connect();
    let mut stream = web.connect();
    let (_, list) = stateless("2025-11-25", "tools/list", json!({}));
    let body = list.to_string();
    let (first, rest) = body.split_at(10);
    let length = body.len().to_string();
    web.send(
        &mut stream,
        "POST",
        "/mcp",
        &[("content-length", &length)],
        first,
    );
    // The head must have arrived, or the connection counts as idle.
    thread::sleep(Duration::from_millis(300));
    web.signal();
    thread::sleep(Duration::from_millis(300));
    stream.write_all(rest.as_bytes()).expect("it still reads");
    assert_eq!(read_answer(stream).status, 200);
    let started = Instant::now();
    let (status, _) = web.end();
    assert_eq!(status.code(), Some(0));
    assert!(
        started.elapsed() < Duration::from_secs(4),
        "an idle connection holds it up"
    );
    drop(idle);
}
