//! Prompts, resources and completion, as clients ask for them.

use serde_json::{Value, json};

use crate::client::Client;
use crate::web::Web;

/// The ways to ask.
fn everywhere(check: impl Fn(&mut dyn FnMut(&str, Value) -> Value)) {
    for revision in ["2025-06-18", "2025-11-25"] {
        let (mut client, _) = Client::initialized(revision);
        check(&mut |method, params| client.request(method, params));
    }
    let mut client = Client::stateless("2026-07-28");
    check(&mut |method, params| client.request(method, params));
    let web = Web::start(&["--source", "demo"]);
    for revision in ["2025-03-26", "2025-11-25", "2026-07-28"] {
        check(&mut |method, params| web.request(revision, method, params));
    }
}

#[test]
fn each_prompt_is_listed_and_holds_answers() {
    everywhere(|ask| {
        let listed = ask("prompts/list", json!({}));
        let prompts = listed["result"]["prompts"]
            .as_array()
            .expect("prompts")
            .clone();
        assert_eq!(prompts.len(), 4);
        let asked = json!({"from": "shop/cart-1", "to": "shop/cart-0", "port": "8080"});
        let got = ask(
            "prompts/get",
            json!({"name": "pod_cannot_reach_pod", "arguments": asked}),
        );
        let messages = got["result"]["messages"]
            .as_array()
            .expect("messages")
            .clone();
        assert_eq!(messages.len(), 6, "{got}");
        let traced = messages[1]["content"]["text"].as_str().expect("text");
        assert!(
            traced.starts_with("`packet_trace` {\"from\":\"shop/cart-1\""),
            "{traced}"
        );
        let refused = ask(
            "prompts/get",
            json!({"name": "pod_cannot_reach_pod", "arguments": {}}),
        );
        assert_eq!(refused["error"]["code"], json!(-32602));
    });
}

#[test]
fn a_row_that_an_answer_names_is_read_exactly() {
    everywhere(|ask| {
        let listed = ask("resources/templates/list", json!({}));
        let templates = listed["result"]["resourceTemplates"]
            .as_array()
            .expect("templates")
            .clone();
        assert_eq!(templates.len(), 3);
        let resources = ask("resources/list", json!({}));
        assert_eq!(resources["result"]["resources"], json!([]));
        let question = json!({"db": "nb", "table": "Logical_Switch_Port", "node": "worker-a",
            "columns": ["_uuid", "name"], "limit": 1});
        let found = ask(
            "tools/call",
            json!({"name": "rows_find", "arguments": question}),
        );
        let row = &found["result"]["structuredContent"]["rows"][0];
        let (uuid, name) = (row[0].as_str().expect("a UUID"), &row[1]);
        let uri = format!("ovn://row/worker-a/nb/Logical_Switch_Port/{uuid}");
        let read = ask("resources/read", json!({"uri": uri}));
        let contents = &read["result"]["contents"][0];
        assert_eq!(
            (&contents["uri"], &contents["mimeType"]),
            (&json!(uri), &json!("application/json"))
        );
        let row: Value =
            serde_json::from_str(contents["text"].as_str().expect("text")).expect("JSON");
        assert_eq!((&row["name"], row["_uuid"].as_str()), (name, Some(uuid)));
        let column = ask("resources/read", json!({"uri": format!("{uri}/name")}));
        assert_eq!(
            column["result"]["contents"][0]["text"],
            json!(name.to_string())
        );
        let missing = ask(
            "resources/read",
            json!({"uri": uri.replace("Port/", "Prt/")}),
        );
        let error = missing["error"]["message"].as_str().expect("an error");
        assert!(
            error.contains("did you mean `Logical_Switch_Port`"),
            "{error}"
        );
    });
}

#[test]
fn names_are_completed_and_counted() {
    everywhere(|ask| {
        let completed = ask(
            "completion/complete",
            json!({
                "ref": {"type": "ref/prompt", "name": "pod_cannot_reach_pod"},
                "argument": {"name": "from", "value": "shop/c"},
            }),
        );
        let completion = &completed["result"]["completion"];
        assert_eq!(completion["values"][0], json!("shop/cart-0"), "{completed}");
        assert_eq!(completion["hasMore"], json!(false));
        let columns = ask(
            "completion/complete",
            json!({
                "ref": {"type": "ref/resource", "uri": "ovn://row/{node}/{database}/{table}/{uuid}/{column}"},
                "argument": {"name": "column", "value": ""},
                "context": {"arguments": {"database": "sb", "table": "Encap"}},
            }),
        );
        assert_eq!(
            columns["result"]["completion"]["total"],
            json!(4),
            "{columns}"
        );
    });
}
