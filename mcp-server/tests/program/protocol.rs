//! The protocol, in each of its revisions.

use ovn_mcp_server::offer::Offer;
use ovn_mcp_server::schema;
use serde_json::{Value, json};

use crate::client::Client;

/// A call of each tool that the demo answers.
fn calls() -> [(&'static str, Value); 5] {
    [
        ("sources_list", json!({})),
        ("topology_show", json!({})),
        (
            "topology_show",
            json!({"of": "shop_cart-0", "format": "mermaid"}),
        ),
        (
            "rows_find",
            json!({"db": "nb", "table": "Logical_Switch_Port"}),
        ),
        (
            "rows_find",
            json!({
                "db": "OVN_Southbound", "table": "Port_Binding", "where": ["type == patch"],
                "columns": ["logical_port", "options:peer"], "order": ["-logical_port"],
                "limit": 3, "node": "worker-a", "max_tokens": 500, "cursor": null,
            }),
        ),
    ]
}

#[track_caller]
fn check_tools(client: &mut Client) {
    let answer = client.request("tools/list", json!({}));
    let tools = answer["result"]["tools"].as_array().expect("tools").clone();
    let names: Vec<&str> = tools
        .iter()
        .filter_map(|tool| tool["name"].as_str())
        .collect();
    let offered = Offer::default();
    let offered: Vec<&str> = offered.tools().iter().map(|tool| tool.name).collect();
    assert_eq!(names, offered);
    for (name, arguments) in calls() {
        let tool = tools
            .iter()
            .find(|tool| tool["name"] == name)
            .expect("it is listed");
        let result = client.call(name, &arguments);
        assert_eq!(result["isError"], json!(false), "{result}");
        let structured = &result["structuredContent"];
        let text = result["content"][0]["text"].as_str().expect("text");
        assert_eq!(text, structured.to_string(), "text and data are the same");
        let checked = schema::check(structured, &tool["outputSchema"]);
        assert_eq!(checked, Ok(()), "{name}");
        if arguments["cursor"].is_null() {
            assert!(text.len() <= 8_800);
        }
    }
}

#[track_caller]
fn check_handshake(asked: &str, agreed: &str) {
    let (mut client, answer) = Client::initialized(asked);
    let result = &answer["result"];
    assert_eq!(result["protocolVersion"], json!(agreed));
    assert_eq!(result["serverInfo"]["name"], json!("ovnscope"));
    assert_eq!(
        result["capabilities"],
        json!({"completions": {}, "prompts": {}, "resources": {}, "tools": {}})
    );
    assert!(
        result["instructions"]
            .as_str()
            .is_some_and(|text| text.contains("sources_list"))
    );
    check_tools(&mut client);
    assert!(client.close().success());
}

#[test]
fn every_revision_with_a_handshake_is_spoken() {
    for version in ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"] {
        check_handshake(version, version);
    }
    check_handshake("2026-07-28", "2025-11-25");
    check_handshake("1999-01-01", "2025-11-25");
}

#[test]
fn the_revision_without_a_handshake_is_spoken() {
    let mut client = Client::stateless("2026-07-28");
    let discovered = client.request("server/discover", json!({}))["result"].clone();
    let versions = discovered["supportedVersions"]
        .as_array()
        .expect("versions");
    assert!(versions.contains(&json!("2026-07-28")), "{versions:?}");
    let list = client.request("tools/list", json!({}))["result"].clone();
    assert_eq!(list["resultType"], json!("complete"));
    assert_eq!(list["ttlMs"], json!(3_600_000));
    check_tools(&mut client);
    assert!(client.close().success());
}

#[test]
fn every_page_leads_to_the_next_until_all_rows_were_seen() {
    let (mut client, _) = Client::initialized("2025-11-25");
    let mut seen = Vec::new();
    let mut cursor = Value::Null;
    loop {
        let question =
            json!({"db": "sb", "table": "Port_Binding", "max_tokens": 700, "cursor": cursor});
        let page = client.call("rows_find", &question)["structuredContent"].clone();
        let rows = page["rows"].as_array().expect("rows");
        assert!(!rows.is_empty() && page["returned"] == json!(rows.len()));
        seen.extend(rows.iter().map(|row| format!("{} {}", row[0], row[1])));
        cursor = page["next_cursor"].clone();
        assert_eq!(page["truncated"], json!(!cursor.is_null()));
        if cursor.is_null() {
            assert_eq!(page["total"], json!(seen.len()));
            break;
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 36);
}

#[test]
fn whatever_is_wrong_is_told_in_words() {
    let (mut client, _) = Client::initialized("2025-11-25");
    let texts = [
        client.refused("row_find", &json!({})),
        client.refused("rows_find", &json!({"db": "nb"})),
        client.refused(
            "rows_find",
            &json!({"db": "nb", "table": "Port", "filter": "x"}),
        ),
        client.refused(
            "rows_find",
            &json!({"db": "nb", "table": "Logical_Swich_Port"}),
        ),
        client.refused(
            "rows_find",
            &json!({"db": "sb", "table": "Port_Binding", "max_tokens": 100}),
        ),
        client.refused("topology_show", &json!({"of": "shop/cart-0x"})),
        client.refused("topology_show", &json!({"ports": "no"})),
    ];
    insta::assert_snapshot!(texts.join("\n\n"), @r#"
    error: there is no tool `row_find`
    hint: did you mean `rows_find`? the tools are health_check, object_locate, sources_list, topology_show, packet_trace, acl_list, load_balancer_list, route_list, nat_list, lflow_list, rows_find, rows_diff

    error: rows_find: parameter `table` is missing
    hint: `table`: The table, as the schema spells it, such as `Logical_Switch_Port`.

    error: rows_find: unknown parameter `filter`
    hint: rows_find takes db, table, where, columns, order, limit, cursor, node, max_tokens

    error: database nb (OVN_Northbound) has no table `Logical_Swich_Port`
    hint: did you mean `Logical_Switch_Port`?

    error: the shortest answer takes 563 tokens, more than the 100 of max_tokens
    hint: send max_tokens: 563, or ask for less

    error: no switch, router or port is called `shop/cart-0x` or has a UUID that begins so
    hint: did you mean `shop_cart-0` or `shop_cart-1`?

    error: topology_show: `ports` must be true or false, not the string "no"
    hint: `ports`: Whether to list the ports that link nothing, such as those of pods; default true.
    "#);
    // The server goes on.
    check_tools(&mut client);
    let unknown = client.request("tools/drop", json!({}));
    assert_eq!(unknown["error"]["code"], json!(-32601));
}

#[test]
fn a_client_that_leaves_before_it_has_said_anything_is_no_failure() {
    assert!(Client::start().close().success());
}
