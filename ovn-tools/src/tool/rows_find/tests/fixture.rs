//! The databases that the tests ask.

use serde_json::{Value as Json, json};

use crate::database::Database;
use crate::report::ToolError;
use crate::snapshot::{DatabaseRead, Snapshot};
use crate::tool::Tool;
use crate::tool::recording;
use crate::tool::rows_find::{Params, RowsFind, RowsFound};

/// A northbound schema with a column of every shape.
pub(super) fn schema() -> Json {
    let map = json!({"key": "string", "value": "string", "min": 0, "max": "unlimited"});
    let set = json!({"key": "string", "min": 0, "max": "unlimited"});
    let optional = |kind: &str| json!({"key": kind, "min": 0, "max": 1});
    let one_of = |values: &[&str]| json!({"key": {"type": "string", "enum": ["set", values]}});
    let reference = |table: &str, max: Json| json!({"key": {"type": "uuid", "refTable": table}, "min": 0, "max": max});
    let column = |column_type: Json| json!({"type": column_type});
    json!({
        "name": "OVN_Northbound",
        "version": "7.0.0",
        "tables": {
            "Logical_Switch": {
                "columns": {
                    "name": column(json!("string")),
                    "ports": column(reference("Logical_Switch_Port", json!("unlimited"))),
                },
                "isRoot": true,
            },
            "Logical_Switch_Port": {
                "columns": {
                    "name": column(json!("string")),
                    "type": column(json!("string")),
                    "tag": column(optional("integer")),
                    "up": column(optional("boolean")),
                    "addresses": column(set),
                    "dhcpv4_options": column(reference("DHCP_Options", json!(1))),
                    "external_ids": column(map.clone()),
                    "options": column(map),
                    "parent_name": column(optional("string")),
                },
                "indexes": [["name"]],
                "isRoot": true,
            },
            "ACL": {
                "columns": {
                    "priority": column(json!("integer")),
                    "direction": column(one_of(&["from-lport", "to-lport"])),
                    "match": column(json!("string")),
                    "log": column(json!("boolean")),
                },
                "isRoot": true,
            },
            "Probe": {
                "columns": {
                    "target": column(json!("string")),
                    "port": column(json!("integer")),
                    "load": column(json!("real")),
                    "counts": column(
                        json!({"key": "integer", "value": "integer", "min": 0, "max": "unlimited"}),
                    ),
                },
                "indexes": [["target", "port"]],
                "isRoot": true,
            },
        },
    })
}

/// A UUID whose first group is this number.
pub(super) fn uuid(number: u32) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

fn map(pairs: &[(&str, &str)]) -> Json {
    json!(["map", pairs])
}

/// Four ports in a switch, two ACLs and a probe.
pub(super) fn transaction() -> Json {
    let port = |number: u32| json!(["uuid", uuid(number)]);
    json!({
        "Logical_Switch": {
            uuid(1): {"name": "node", "ports": ["set", [port(0x10), port(0x11), port(0x12)]]},
        },
        "Logical_Switch_Port": {
            uuid(0x10): {
                "name": "shop_cart-0",
                "up": true,
                "tag": 7,
                "addresses": ["set", ["0a:58:0a:f4:00:05 10.244.0.5", "unknown"]],
                "external_ids": map(&[("namespace", "shop"), ("pod", "true")]),
                "options": map(&[("requested-chassis", "worker-a"), ("iface-id-ver", "7ea9630a")]),
            },
            uuid(0x11): {
                "name": "shop_Frontend",
                "up": false,
                "addresses": "router",
                "external_ids": map(&[("namespace", "shop"), ("k8s.ovn.org/id", "a:b c")]),
                "dhcpv4_options": ["uuid", uuid(0xabcd)],
            },
            uuid(0x12): {"name": "stor-node", "type": "router", "tag": 0},
            uuid(0x13): {"name": "", "parent_name": "[x, y]", "tag": i64::MAX},
        },
        "ACL": {
            uuid(0x20): {
                "priority": 1001,
                "direction": "to-lport",
                "match": "ip4.src == 10.0.0.1 && tcp",
            },
            uuid(0x21): {"priority": 9_007_199_254_740_993_i64, "direction": "from-lport", "log": true},
        },
        "Probe": {
            uuid(0x30): {
                "target": "b",
                "port": 80,
                "load": 0.25,
                "counts": ["map", [[1, 10], [2, 20]]],
            },
        },
    })
}

/// One node's database with these rows.
pub(super) fn node(name: &str, transaction: Json) -> DatabaseRead {
    recording::read(Database::Nb, name, &[schema(), transaction])
}

/// One node with the rows of [`transaction`].
pub(super) fn snapshot() -> Snapshot {
    recording::snapshot(vec![node("worker-a", transaction())])
}

/// A question to the northbound database.
pub(super) fn params(table: &str, conditions: &[&str]) -> Params {
    Params {
        conditions: conditions.iter().map(|&text| text.to_owned()).collect(),
        ..Params::new(Database::Nb, table)
    }
}

pub(super) fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

pub(super) fn ask(params: &Params, snapshot: &Snapshot) -> RowsFound {
    RowsFind::conclude(params, snapshot).unwrap_or_else(|error| panic!("{}", explain(&error)))
}

/// An error with its hint.
pub(super) fn explain(error: &ToolError) -> String {
    match &error.hint {
        Some(hint) => format!("{error}\nhint: {hint}"),
        None => error.to_string(),
    }
}
