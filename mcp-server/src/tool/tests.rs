//! The list and what derives from it.

use std::fs;
use std::path::Path;

use ovn_tools::access::bundle::Silent;

use super::*;

/// How many tokens the definitions of the default tools may take, at 4 bytes each.
const DEFINITIONS_BUDGET: usize = 6_000;

fn refused(tool: &str, arguments: Value) -> String {
    let Value::Object(arguments) = arguments else {
        panic!("arguments are an object");
    };
    let question = find(tool).and_then(|tool| tool.question_of_json(arguments).map(drop));
    match question {
        Ok(()) => "fine".to_owned(),
        Err(failure) => failure.text(),
    }
}

#[test]
fn wrong_arguments_are_refused_with_what_to_send_instead() {
    let rows = |arguments| refused("rows_find", arguments);
    let nb = |more: Value| {
        let mut arguments = json!({"db": "nb", "table": "ACL"});
        for (name, value) in more.as_object().expect("an object") {
            arguments[name] = value.clone();
        }
        rows(arguments)
    };
    let texts = [
        refused("rows_fnd", json!({})),
        refused("pods", json!({})),
        refused("sources_list", json!({"node": "a"})),
        refused("topology_show", json!({"format": "text"})),
        refused("topology_show", json!({"format": "json"})),
        refused("topology_show", json!({"of": null, "max_tokens": 200})),
        refused("topology_show", json!({"max_tokens": 1_000_000})),
        rows(json!({})),
        rows(json!({"db": "north", "table": "ACL"})),
        rows(json!({"db": "OVN_Southbound", "table": "Chassis"})),
        nb(json!({"conditions": ["type == router"]})),
        nb(json!({"colums": ["name"]})),
        nb(json!({"columns": "name,type"})),
        nb(json!({"limit": "50"})),
        nb(json!({"limit": 100_000})),
    ];
    insta::assert_snapshot!(texts.join("\n\n"), @r#"
    error: there is no tool `rows_fnd`
    hint: did you mean `rows_find`? the tools are health_check, object_locate, sources_list, topology_show, packet_trace, acl_list, load_balancer_list, route_list, nat_list, lflow_list, schema_describe, rows_find, rows_diff, ovs_show, openflow_list, ofproto_trace, flow_detrace, datapath_flow_list, conntrack_list, ct_zone_list, daemon_status, ip_show, nft_show, iptables_show, kernel_conntrack_list, socket_list, packet_capture, packet_drops, resource_list, resource_get, event_list, pod_log, changes_watch, transaction_list, rows_at

    error: there is no tool `pods`
    hint: the tools are health_check, object_locate, sources_list, topology_show, packet_trace, acl_list, load_balancer_list, route_list, nat_list, lflow_list, schema_describe, rows_find, rows_diff, ovs_show, openflow_list, ofproto_trace, flow_detrace, datapath_flow_list, conntrack_list, ct_zone_list, daemon_status, ip_show, nft_show, iptables_show, kernel_conntrack_list, socket_list, packet_capture, packet_drops, resource_list, resource_get, event_list, pod_log, changes_watch, transaction_list, rows_at

    error: sources_list: unknown parameter `node`
    hint: sources_list takes max_tokens, detail

    error: topology_show: `format` must be one of "graph", "mermaid", not the string "text"
    hint: `format`: How to show it. `graph`: Routers, switches, links and ports as rows. `mermaid`: A Mermaid flowchart.

    error: topology_show: `format` must be one of "graph", "mermaid", not the string "json"
    hint: `format`: How to show it. `graph`: Routers, switches, links and ports as rows. `mermaid`: A Mermaid flowchart.

    fine

    error: topology_show: `max_tokens` must be an integer from 100 to 20000, not 1000000
    hint: `max_tokens`: The most tokens of the answer.

    error: rows_find: parameter `db` is missing
    hint: `db`: The database: `nb` (Northbound), `sb` (Southbound), `ovs` (a host's bridges and interfaces), or its full name.

    error: rows_find: `db` must be one of "nb", "sb", "ovs", "OVN_Northbound", "OVN_Southbound", "Open_vSwitch", not the string "north"
    hint: `db`: The database: `nb` (Northbound), `sb` (Southbound), `ovs` (a host's bridges and interfaces), or its full name.

    fine

    error: rows_find: unknown parameter `conditions`
    hint: rows_find takes db, table, where, columns, order, group_by, fold, limit, cursor, node, max_tokens, detail

    error: rows_find: unknown parameter `colums`
    hint: did you mean `columns`? rows_find takes db, table, where, columns, order, group_by, fold, limit, cursor, node, max_tokens, detail

    error: rows_find: `columns` must be an array of strings, not the string "name,type"
    hint: `columns`: The columns to show: `COLUMN`, `COLUMN:KEY` for one key of a map, `ports.name` for a column of the rows referred to. Default: those that are set in any of the rows.

    error: rows_find: `limit` must be an integer from 1 to 1000, not the string "50"
    hint: `limit`: The most rows of the page.

    error: rows_find: `limit` must be an integer from 1 to 1000, not 100000
    hint: `limit`: The most rows of the page.
    "#);
}

#[test]
fn schemas_use_only_what_every_client_knows() {
    for tool in &TOOLS {
        let name = tool.name;
        assert!(name.len() <= 40 && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        for (kind, schema) in [
            ("input", tool.input_schema()),
            ("output", tool.output_schema()),
        ] {
            assert_eq!(schema.get("type"), Some(&json!("object")), "{name} {kind}");
            lint(&format!("{name} {kind}"), &Value::Object(schema));
        }
        let input = tool.input_schema();
        assert_eq!(input.get("additionalProperties"), Some(&json!(false)));
        for (property, schema) in input["properties"].as_object().expect("properties") {
            assert!(schema.get("description").is_some(), "{name}: {property}");
        }
        assert!(!tool.description().is_empty());
    }
}

/// Walks a schema and refuses whatever trips a client.
fn lint(path: &str, schema: &Value) {
    let Value::Object(object) = schema else {
        panic!("{path}: a schema must be an object");
    };
    assert!(object.contains_key("type"), "{path}: anything goes");
    for (keyword, value) in object {
        match keyword.as_str() {
            "type" => assert!(value.is_string(), "{path}: type is {value}"),
            "enum" => assert!(
                value
                    .as_array()
                    .is_some_and(|names| names.iter().all(Value::is_string)),
                "{path}: enum"
            ),
            "properties" => {
                for (name, property) in value.as_object().expect("properties") {
                    lint(&format!("{path}.{name}"), property);
                }
            }
            "items" => lint(&format!("{path}[]"), value),
            "additionalProperties" if value.is_boolean() => {}
            "additionalProperties" => lint(&format!("{path}.*"), value),
            "required" => {
                let properties = &object["properties"];
                for name in value.as_array().expect("required") {
                    assert!(properties.get(name.as_str().expect("a name")).is_some());
                }
            }
            "description" => assert!(value.is_string(), "{path}"),
            "minimum" | "maximum" | "minItems" | "maxItems" => assert!(value.is_number(), "{path}"),
            "default" => assert!(!value.is_null(), "{path}"),
            other => panic!("{path}: {other} is not known to every client"),
        }
    }
}

#[test]
fn the_definitions_leave_room_for_the_conversation() {
    let bytes: usize = TOOLS
        .iter()
        .filter(|tool| Toolset::DEFAULT.contains(&tool.toolset))
        .map(|tool| {
            let definition = json!({
                "name": tool.name,
                "title": tool.title,
                "description": tool.description(),
                "inputSchema": tool.input_schema(),
                "outputSchema": tool.output_schema(),
            });
            definition.to_string().len()
        })
        .sum();
    assert!(bytes / 4 <= DEFINITIONS_BUDGET, "{bytes} bytes");
}

#[test]
fn names_are_unique() {
    let mut names: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), TOOLS.len());
}

#[test]
fn the_readme_shows_the_list() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let expected = readme_table();
    let explain = |problem: &str| {
        format!(
            "{problem}; between <!-- tools --> and <!-- /tools --> README.md must read:\n{expected}"
        )
    };
    let readme = fs::read_to_string(path).unwrap_or_default();
    let table = readme
        .split_once("<!-- tools -->\n")
        .and_then(|(_, rest)| rest.split_once("<!-- /tools -->"))
        .map(|(table, _)| table.trim());
    let Some(table) = table else {
        panic!("{}", explain("README.md has no markers"));
    };
    assert!(
        table == expected.trim(),
        "{}",
        explain("the table is out of date")
    );
}

#[test]
fn every_call_that_an_answer_offers_is_one_that_can_be_made() {
    fn offered(value: &Value, calls: &mut Vec<(String, Object)>) {
        match value {
            Value::Object(members) => {
                if let (Some(Value::String(tool)), Some(Value::Object(arguments))) =
                    (members.get("tool"), members.get("arguments"))
                {
                    calls.push((tool.clone(), arguments.clone()));
                }
                members.values().for_each(|value| offered(value, calls));
            }
            Value::Array(items) => items.iter().for_each(|item| offered(item, calls)),
            _ => {}
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let ask = |tool: &str, arguments: Object| {
        let (question, budget) = find(tool)
            .and_then(|tool| tool.question_of_json(arguments))
            .unwrap_or_else(|failure| panic!("{tool}: {}", failure.text()));
        let silent: Arc<dyn Progress> = Arc::new(Silent);
        let answer = runtime.block_on(question.ask(&[Source::Demo], &silent));
        let answer = answer.unwrap_or_else(|failure| panic!("{tool}: {}", failure.text()));
        let failed = |failure: Failure| panic!("{tool}: {}", failure.text());
        answer.structured(budget).unwrap_or_else(failed)
    };
    let mut calls = Vec::new();
    offered(&ask("health_check", Object::new()), &mut calls);
    assert_eq!(calls.len(), 3);
    let mut made = 0;
    while let Some((tool, arguments)) = calls.pop() {
        made += 1;
        assert!(made < 50, "the calls go on for ever");
        let first = made <= 3;
        let mut more = Vec::new();
        offered(&ask(&tool, arguments), &mut more);
        if first {
            calls.extend(more);
        }
    }
}
