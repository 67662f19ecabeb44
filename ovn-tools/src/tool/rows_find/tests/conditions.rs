//! What each condition finds.

use crate::tool::rows_find::Params;
use crate::tool::rows_find::tests::fixture::{ask, params, snapshot, texts, uuid};

#[track_caller]
fn check(table: &str, condition: &str, expected: &[u32]) {
    let params = Params {
        columns: texts(&["_uuid"]),
        order: texts(&["_uuid"]),
        whole_uuids: true,
        ..params(table, &[condition])
    };
    let answer = ask(&params, &snapshot());
    let found: Vec<&str> = answer
        .rows
        .iter()
        .filter_map(|row| row[0].as_str())
        .collect();
    let expected: Vec<String> = expected.iter().map(|&number| uuid(number)).collect();
    assert_eq!(found, expected, "{condition}");
}

#[test]
fn scalars_compare_with_one_value() {
    let check =
        |condition: &str, expected: &[u32]| check("Logical_Switch_Port", condition, expected);
    check("name == shop_cart-0", &[0x10]);
    check("name==shop_cart-0", &[0x10]);
    check("name == \"shop_cart-0\"", &[0x10]);
    check("name == [shop_cart-0]", &[0x10]);
    check("name != shop_cart-0", &[0x11, 0x12, 0x13]);
    check("name == \"\"", &[0x13]);
    check("name includes shop_cart-0", &[0x10]);
    check("name excludes [shop_cart-0, stor-node]", &[0x11, 0x13]);
    check("name in [shop_cart-0, stor-node, other]", &[0x10, 0x12]);
    check("name contains FRONT", &[0x11]);
    check("name contains \"\"", &[0x10, 0x11, 0x12, 0x13]);
}

#[test]
fn optionals_compare_their_atom_or_its_absence() {
    let check =
        |condition: &str, expected: &[u32]| check("Logical_Switch_Port", condition, expected);
    check("tag == 7", &[0x10]);
    check("tag == 0", &[0x12]);
    check("tag == []", &[0x11]);
    check("tag != []", &[0x10, 0x12, 0x13]);
    check("tag != 7", &[0x11, 0x12, 0x13]);
    check("tag < 8", &[0x10, 0x12]);
    check("tag <= 7", &[0x10, 0x12]);
    check("tag > 7", &[0x13]);
    check("tag >= 9223372036854775807", &[0x13]);
    check("tag > 9223372036854775806", &[0x13]);
    check("tag in [7, 0]", &[0x10, 0x12]);
    check("up == true", &[0x10]);
    check("up != true", &[0x11, 0x12, 0x13]);
    check("up == []", &[0x12, 0x13]);
    check("parent_name == \"[x, y]\"", &[0x13]);
}

#[test]
fn sets_compare_as_wholes_and_by_elements() {
    let check =
        |condition: &str, expected: &[u32]| check("Logical_Switch_Port", condition, expected);
    let both = "[unknown, \"0a:58:0a:f4:00:05 10.244.0.5\"]";
    check("addresses == router", &[0x11]);
    check("addresses == unknown", &[]);
    check(&format!("addresses == {both}"), &[0x10]);
    check(&format!("addresses includes {both}"), &[0x10]);
    check("addresses includes unknown", &[0x10]);
    check("addresses includes []", &[0x10, 0x11, 0x12, 0x13]);
    check("addresses excludes [unknown, router]", &[0x12, 0x13]);
    check("addresses == []", &[0x12, 0x13]);
    check("addresses != []", &[0x10, 0x11]);
    check("addresses contains 10.244.", &[0x10]);
}

#[test]
fn maps_compare_by_key_by_pairs_and_by_text() {
    let check =
        |condition: &str, expected: &[u32]| check("Logical_Switch_Port", condition, expected);
    check("external_ids:namespace == shop", &[0x10, 0x11]);
    check("external_ids:pod == true", &[0x10]);
    check("external_ids:pod != true", &[0x11, 0x12, 0x13]);
    check("external_ids:pod == []", &[0x11, 0x12, 0x13]);
    check("external_ids:pod != []", &[0x10]);
    check("external_ids:k8s.ovn.org/id == \"a:b c\"", &[0x11]);
    check("external_ids:\"k8s.ovn.org/id\" contains B", &[0x11]);
    check("external_ids:namespace in [shop, other]", &[0x10, 0x11]);
    check("external_ids includes {namespace=shop}", &[0x10, 0x11]);
    check("external_ids includes {namespace=shop, pod=true}", &[0x10]);
    check("external_ids == {pod=true, namespace=shop}", &[0x10]);
    check("external_ids == {pod=true}", &[]);
    check("external_ids excludes {pod=true, x=y}", &[0x11, 0x12, 0x13]);
    check("external_ids == {}", &[0x12, 0x13]);
    check("external_ids != []", &[0x10, 0x11]);
    check("options contains WORKER", &[0x10]);
    check("options contains iface-ID", &[0x10]);
}

#[test]
fn uuids_compare_by_their_beginning() {
    check("Logical_Switch_Port", "_uuid == 00000011", &[0x11]);
    check("Logical_Switch_Port", "_uuid == 00000011-0000-4", &[0x11]);
    check(
        "Logical_Switch_Port",
        &format!("_uuid == {}", uuid(0x11)),
        &[0x11],
    );
    check(
        "Logical_Switch_Port",
        "_uuid in [00000011, 00000013]",
        &[0x11, 0x13],
    );
    check(
        "Logical_Switch_Port",
        "_uuid != 00000011",
        &[0x10, 0x12, 0x13],
    );
    check("Logical_Switch_Port", "dhcpv4_options == 0000ABCD", &[0x11]);
    check(
        "Logical_Switch_Port",
        "dhcpv4_options == []",
        &[0x10, 0x12, 0x13],
    );
    check("Logical_Switch", "ports includes 00000010", &[1]);
    check("Logical_Switch", "ports includes [00000010, 00000013]", &[]);
    check(
        "Logical_Switch",
        "ports == [00000010, 00000011, 00000012]",
        &[1],
    );
    check("Logical_Switch", "ports excludes 00000013", &[1]);
}

#[test]
fn numbers_are_exact() {
    check("ACL", "priority == 9007199254740993", &[0x21]);
    check("ACL", "priority > 9007199254740992", &[0x21]);
    check("ACL", "priority < 9007199254740993", &[0x20]);
    check("Probe", "load == 0.25", &[0x30]);
    check("Probe", "load < 1", &[0x30]);
    check("Probe", "counts:2 >= 20", &[0x30]);
    check("Probe", "counts:3 >= 0", &[]);
    check("Probe", "counts includes {1=10}", &[0x30]);
}

#[test]
fn a_bare_value_goes_to_the_end_of_the_text() {
    check("ACL", "match == ip4.src == 10.0.0.1 && tcp", &[0x20]);
    check("ACL", "match contains 10.0.0.1 && TCP ", &[0x20]);
    check("ACL", "direction == to-lport", &[0x20]);
    check("ACL", "direction in [to-lport, from-lport]", &[0x20, 0x21]);
    check("ACL", "log == yes", &[0x21]);
}
