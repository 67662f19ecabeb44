//! What a question that makes no sense is told.

use crate::database::Database;
use crate::snapshot::Snapshot;
use crate::tool::Tool;
use crate::tool::rows_find::tests::fixture::{explain, params, snapshot, texts};
use crate::tool::rows_find::{Params, RowsFind};

fn refusal(params: &Params) -> String {
    match RowsFind::conclude(params, &snapshot()) {
        Ok(answer) => format!("no error: {}", answer.summary),
        Err(error) => explain(&error),
    }
}

fn refusals(table: &str, conditions: &[&str]) -> String {
    let refusals = conditions.iter();
    refusals
        .map(|condition| refusal(&params(table, &[condition])) + "\n")
        .collect::<Vec<String>>()
        .join("\n")
}

#[test]
fn forms() {
    insta::assert_snapshot!(refusals("Logical_Switch_Port", &[
        "", "name", "== foo", "name = foo", "name like foo", "name incldes foo", "name ?? foo",
        "name ==", "addresses == [a, b", "addresses == [a,, b]", "addresses == [a] b",
        "name == \"foo", "external_ids includes {pod}", "external_ids: == foo",
    ]), @r#"
    condition ``: it does not begin with a column
    hint: write COLUMN OPERATOR VALUE, such as `name == foo` or `external_ids:pod != []`; operators: == != < <= > >= includes excludes contains in

    condition `name`: no operator follows the column
    hint: write COLUMN OPERATOR VALUE, such as `name == foo` or `external_ids:pod != []`; operators: == != < <= > >= includes excludes contains in

    condition `== foo`: it does not begin with a column
    hint: write COLUMN OPERATOR VALUE, such as `name == foo` or `external_ids:pod != []`; operators: == != < <= > >= includes excludes contains in

    condition `name = foo`: `=` is no operator
    hint: did you mean `==`?

    condition `name like foo`: `like` is no operator
    hint: did you mean `contains`?

    condition `name incldes foo`: `incldes` is no operator
    hint: did you mean `includes`?

    condition `name ?? foo`: no operator follows the column
    hint: write COLUMN OPERATOR VALUE, such as `name == foo` or `external_ids:pod != []`; operators: == != < <= > >= includes excludes contains in

    condition `name ==`: the value is missing
    hint: write a word, `[a, b]`, `{k=v}` or `[]` for unset; a text with brackets or commas stands in double quotes: `name == "a, [b]"`

    condition `addresses == [a, b`: `]` is missing
    hint: write a word, `[a, b]`, `{k=v}` or `[]` for unset; a text with brackets or commas stands in double quotes: `addresses == "a, [b]"`

    condition `addresses == [a,, b]`: a value is missing; the empty string is `""`
    hint: write a word, `[a, b]`, `{k=v}` or `[]` for unset; a text with brackets or commas stands in double quotes: `addresses == "a, [b]"`

    condition `addresses == [a] b`: `b` stands after the value
    hint: write a word, `[a, b]`, `{k=v}` or `[]` for unset; a text with brackets or commas stands in double quotes: `addresses == "a, [b]"`

    condition `name == "foo`: `"foo` begins no string in JSON's quotes
    hint: write a word, `[a, b]`, `{k=v}` or `[]` for unset; a text with brackets or commas stands in double quotes: `name == "a, [b]"`

    condition `external_ids includes {pod}`: `=` and a value must follow key `pod`
    hint: write a word, `[a, b]`, `{k=v}` or `[]` for unset; a text with brackets or commas stands in double quotes: `external_ids includes "a, [b]"`

    condition `external_ids: == foo`: no key follows the colon
    hint: write COLUMN OPERATOR VALUE, such as `name == foo` or `external_ids:pod != []`; operators: == != < <= > >= includes excludes contains in
    "#);
}

#[test]
fn types() {
    insta::assert_snapshot!(refusals("Logical_Switch_Port", &[
        "tag == abc", "tag == 9223372036854775808", "tag == [1, 2]", "up == maybe",
        "name == []", "name == [a, b]", "name == {a=b}", "name < b", "addresses < b",
        "addresses in [a]", "name in foo", "name in []", "external_ids == foo",
        "external_ids in [a]", "external_ids < 5", "external_ids includes [a, b]",
        "name:key == foo", "tag contains 7", "name contains [a]", "_uuid == 1234", "_uuid == []",
        "_uuid == 00000011-00-00", "dhcpv4_options includes zzzzzzzz", "options:mtu > 5",
    ]), @r#"
    condition `tag == abc`: `abc` is no integer of 64 bits; `tag` is of type optional integer
    hint: for example `tag == 100`, or `tag == []` for unset

    condition `tag == 9223372036854775808`: `9223372036854775808` is no integer of 64 bits; `tag` is of type optional integer
    hint: for example `tag == 100`, or `tag == []` for unset

    condition `tag == [1, 2]`: there is at most one value; `tag` is of type optional integer
    hint: send `tag in [1, 2]` for any of them

    condition `up == maybe`: `maybe` is no boolean; `up` is of type optional boolean
    hint: for example `up == true`, or `up == []` for unset

    condition `name == []`: a value is never unset; `name` is of type string
    hint: the empty string is `name == ""`

    condition `name == [a, b]`: there is at most one value; `name` is of type string
    hint: send `name in [a, b]` for any of them

    condition `name == {a=b}`: `{…}` is a map; `name` is of type string
    hint: for example `name == text`

    condition `name < b`: `<` compares single numbers; `name` is of type string
    hint: for example `name == text`

    condition `addresses < b`: `<` compares single numbers; `addresses` is of type set of string
    hint: for example `addresses includes text`

    condition `addresses in [a]`: `in` asks for one value, and there can be several; `addresses` is of type set of string
    hint: send for example `addresses includes text` for sets that hold a value

    condition `name in foo`: `in` takes a list; `name` is of type string
    hint: for example `name in [text]`

    condition `name in []`: no value is in an empty list; `name` is of type string
    hint: for example `name in [text]`

    condition `external_ids == foo`: a map is compared by key or by pairs; `external_ids` is of type map of string to string
    hint: name a key: `external_ids:KEY == VALUE` (`external_ids:KEY != []` where the key is there); or pairs: `external_ids includes {KEY=VALUE}`; or search keys and values: `external_ids contains TEXT`

    condition `external_ids in [a]`: a map is compared by key or by pairs; `external_ids` is of type map of string to string
    hint: name a key: `external_ids:KEY == VALUE` (`external_ids:KEY != []` where the key is there); or pairs: `external_ids includes {KEY=VALUE}`; or search keys and values: `external_ids contains TEXT`

    condition `external_ids < 5`: a map is compared by key or by pairs; `external_ids` is of type map of string to string
    hint: name a key: `external_ids:KEY == VALUE` (`external_ids:KEY != []` where the key is there); or pairs: `external_ids includes {KEY=VALUE}`; or search keys and values: `external_ids contains TEXT`

    condition `external_ids includes [a, b]`: a map is compared by key or by pairs; `external_ids` is of type map of string to string
    hint: name a key: `external_ids:KEY == VALUE` (`external_ids:KEY != []` where the key is there); or pairs: `external_ids includes {KEY=VALUE}`; or search keys and values: `external_ids contains TEXT`

    column `name` of Logical_Switch_Port is of type string: it has no keys
    hint: write `name` without `:key`

    condition `tag contains 7`: `contains` looks for a text in strings; `tag` is of type optional integer
    hint: for example `tag == 100`, or `tag == []` for unset

    condition `name contains [a]`: `contains` takes one text; `name` is of type string
    hint: send `name contains "text"`; a text with brackets stands in double quotes

    condition `_uuid == 1234`: `1234` is no UUID; `_uuid` is of type uuid
    hint: send a UUID, or its first 8 or more hexadecimal digits

    condition `_uuid == []`: a value is never unset; `_uuid` is of type uuid
    hint: for example `_uuid == 2f77b348`

    condition `_uuid == 00000011-00-00`: `00000011-00-00` is no UUID; `_uuid` is of type uuid
    hint: send a UUID, or its first 8 or more hexadecimal digits

    condition `dhcpv4_options includes zzzzzzzz`: `zzzzzzzz` is no UUID; `dhcpv4_options` is of type optional reference to DHCP_Options
    hint: send a UUID, or its first 8 or more hexadecimal digits

    condition `options:mtu > 5`: `>` compares single numbers; `options:mtu` is of type string (one key of a map)
    hint: for example `options:mtu == text`, or `options:mtu == []` for unset
    "#);
}

#[test]
fn values_outside_an_enumeration() {
    insta::assert_snapshot!(refusals("ACL", &[
        "direction == to_lport", "direction in [to-lport, sideways]", "direction > to-lport",
    ]), @"
    condition `direction == to_lport`: `to_lport` is none of the values there are; `direction` is of type string (one of from-lport, to-lport)
    hint: did you mean `to-lport`?

    condition `direction in [to-lport, sideways]`: `sideways` is none of the values there are; `direction` is of type string (one of from-lport, to-lport)
    hint: values are from-lport, to-lport

    condition `direction > to-lport`: `>` compares single numbers; `direction` is of type string (one of from-lport, to-lport)
    hint: for example `direction == from-lport`
    ");
}

#[test]
fn columns() {
    let mut refused = refusals(
        "Logical_Switch_Port",
        &["nam == foo", "chassis == foo", "_node == a"],
    );
    for (columns, order) in [
        (["external_id"], ["name"]),
        (["name:key"], ["name"]),
        (["a b"], ["name"]),
        (["name"], ["external_ids"]),
        (["name"], ["-tags"]),
        (["name"], ["--name"]),
    ] {
        let params = Params {
            columns: texts(&columns),
            order: texts(&order),
            ..params("Logical_Switch_Port", &[])
        };
        refused.push_str(&format!("\n{}\n", refusal(&params)));
    }
    insta::assert_snapshot!(refused, @"
    table Logical_Switch_Port has no column `nam`
    hint: did you mean `name` or `parent_name`?

    table Logical_Switch_Port has no column `chassis`
    hint: its columns are addresses, dhcpv4_options, external_ids, name, options, parent_name, tag, type, up, _uuid

    table Logical_Switch_Port has no column `_node`
    hint: rows of one node are had with the parameter `node`

    table Logical_Switch_Port has no column `external_id`
    hint: did you mean `external_ids`?

    column `name` of Logical_Switch_Port is of type string: it has no keys
    hint: write `name` without `:key`

    `a b` names no column
    hint: write `COLUMN`, or `COLUMN:KEY` for one key of a map, such as `name` or `external_ids:pod`; a key with spaces or signs stands in double quotes; `ports.name` is the name of the rows that `ports` refers to

    rows cannot be sorted by column `external_ids`, which is of type map of string to string
    hint: sort by one of its keys: `external_ids:KEY`

    table Logical_Switch_Port has no column `tags`
    hint: did you mean `tag`?

    `-name` names no column
    hint: write `COLUMN`, or `COLUMN:KEY` for one key of a map, such as `name` or `external_ids:pod`; a key with spaces or signs stands in double quotes; `ports.name` is the name of the rows that `ports` refers to
    ");
}

#[test]
fn tables_and_databases() {
    let tables = [
        "Logical_Switch_Prot",
        "acl",
        "Port_Binding",
        "Interface",
        "Chasis",
        "Zebra",
    ];
    let refused: Vec<String> = tables
        .iter()
        .map(|table| refusal(&params(table, &[])) + "\n")
        .collect();
    insta::assert_snapshot!(refused.join("\n"), @"
    database nb (OVN_Northbound) has no table `Logical_Switch_Prot`
    hint: did you mean `Logical_Switch_Port` or `Logical_Switch`?

    database nb (OVN_Northbound) has no table `acl`
    hint: did you mean `ACL`?

    database nb (OVN_Northbound) has no table `Port_Binding`
    hint: `Port_Binding` is a table of database sb: send database `sb`

    database nb (OVN_Northbound) has no table `Interface`
    hint: `Interface` is a table of database ovs: send database `ovs`

    database nb (OVN_Northbound) has no table `Chasis`
    hint: did you mean `Chassis` of database sb?

    database nb (OVN_Northbound) has no table `Zebra`
    hint: its tables are ACL, Logical_Switch, Logical_Switch_Port, Probe
    ");
    let elsewhere = Params {
        database: Database::Sb,
        ..params("Chassis", &[])
    };
    insta::assert_snapshot!(refusal(&elsewhere), @"
    the sources hold no database sb (OVN_Southbound)
    hint: databases there are: nb
    ");
    let error = RowsFind::conclude(&elsewhere, &Snapshot::default()).unwrap_err();
    insta::assert_snapshot!(explain(&error), @"the sources hold no database sb (OVN_Southbound)");
}

#[test]
fn limits() {
    for limit in [0, 1001] {
        let params = Params {
            limit,
            ..params("ACL", &[])
        };
        assert!(RowsFind::needs(&params).is_err());
    }
    let params = Params {
        limit: 0,
        ..params("ACL", &[])
    };
    insta::assert_snapshot!(refusal(&params), @"
    limit 0 is out of range
    hint: send a limit from 1 to 1000
    ");
}
