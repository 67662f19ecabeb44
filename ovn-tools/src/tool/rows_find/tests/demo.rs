//! Questions to the recorded demonstration cluster.

use crate::database::Database;
use crate::tool::recording;
use crate::tool::rows_find::Params;
use crate::tool::rows_find::tests::fixture::{ask, params, texts};

/// The rows without their UUIDs, which differ from recording to recording.
fn rows(params: &Params) -> String {
    let answer = ask(params, &recording::demo());
    let rows: Vec<String> = answer
        .rows
        .iter()
        .map(|row| serde_json::Value::from(&row[1..]).to_string())
        .collect();
    format!("{}\n{}", answer.summary, rows.join("\n"))
}

#[test]
fn the_port_that_is_not_claimed_is_found() {
    let down = Params {
        columns: texts(&["name", "options:iface-id-ver", "up"]),
        ..params(
            "Logical_Switch_Port",
            &["up == false", "external_ids:pod == true"],
        )
    };
    insta::assert_snapshot!(rows(&down), @r#"
    1 row of Logical_Switch_Port matches on worker-a (of 2 nodes)
    ["worker-a","shop_cart-0","7ea9630a-9e40-4786-97f0-daf59e6e5f58",false]
    "#);
    let unbound = Params {
        database: Database::Sb,
        columns: texts(&["logical_port", "type"]),
        ..params("Port_Binding", &["chassis == []", "type == \"\""])
    };
    insta::assert_snapshot!(rows(&unbound), @r#"
    1 row of Port_Binding matches on worker-a (of 2 nodes)
    ["worker-a","shop_cart-0",""]
    "#);
}

#[test]
fn the_same_question_shows_what_one_node_lacks() {
    let routes = Params {
        columns: texts(&["ip_prefix", "nexthop", "external_ids:ic-node"]),
        ..params(
            "Logical_Router_Static_Route",
            &["external_ids:ic-node != []"],
        )
    };
    insta::assert_snapshot!(rows(&routes), @r#"
    3 rows of Logical_Router_Static_Route match on 2 nodes
    ["worker-a","100.64.0.3/32","100.88.0.3","worker-b"]
    ["worker-b","10.244.0.0/24","100.88.0.2","worker-a"]
    ["worker-b","100.64.0.2/32","100.88.0.2","worker-a"]
    "#);
    let sets = params("Address_Set", &["name == a14262568268554482202"]);
    let answer = ask(&sets, &recording::demo());
    insta::assert_snapshot!(answer.summary, @"1 row of Address_Set matches on worker-b (of 2 nodes)");
}

#[test]
fn what_no_file_keeps_is_a_gap_and_only_where_it_is_asked_for() {
    let gaps = |columns: &[&str]| {
        let mut params = Params::new(Database::Ovs, "Interface");
        params.columns = columns.iter().map(|&column| column.to_owned()).collect();
        ask(&params, &recording::demo()).gaps
    };
    assert_eq!(gaps(&["name", "external_ids"]), []);
    let link = gaps(&["name", "link_state"]);
    assert_eq!(link.len(), 1);
    assert_eq!(link[0].what, "Interface on worker-a, worker-b");
    assert_eq!(
        link[0].why,
        "not recorded: database files leave out the ephemeral columns link_state"
    );
    assert!(
        gaps(&[])[0].why.contains("link_state, mac_in_use, mtu"),
        "all columns were asked for"
    );
}
