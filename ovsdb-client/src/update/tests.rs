//! What cannot be read of an update costs only itself.

use std::error::Error;

use super::*;
use crate::replica::history::{layout, rows};
use crate::replica::{Cause, Replica};

const A: &str = "00000000-0000-0000-0000-00000000000a";
const B: &str = "00000000-0000-0000-0000-00000000000b";

/// The faults of an update and the rows it leaves, defaults left out.
fn check(format: Format, text: &str) -> String {
    let mut replica = Replica::new(layout());
    let update = match Update::decode(replica.layout(), format, text) {
        Ok(update) => update,
        Err(error) => return format!("error: {error}: {}", error.source().unwrap()),
    };
    let mut report = String::new();
    for fault in &update.faults {
        let column = fault.column.as_deref().unwrap_or("-");
        let RowFault {
            table,
            row,
            problem,
            ..
        } = fault;
        report += &format!("fault: {table} {row} {column}: {problem}\n");
    }
    replica
        .apply(update, format.into(), Cause::Initial)
        .unwrap();
    for ((table, row), cells) in rows(&replica.snapshot()) {
        report += &format!("{table} {row}");
        for (name, datum) in cells {
            if !matches!(&*datum.to_string(), "[]" | "{}" | "\"\"" | "0" | "false")
                && *name != *"uuid"
            {
                report += &format!(" {name}={datum}");
            }
        }
        report += "\n";
    }
    report
}

#[test]
fn a_bad_column_costs_only_itself() {
    let text = format!(
        r#"{{"atoms": {{
            "{A}": {{"insert": {{"boolean": 1, "integer": 9223372036854775808, "real": 1e400,
                                 "string": "kept", "uuid": ["uuid", "short"]}}}},
            "{B}": {{"initial": {{"integer": 7}}}}}},
          "shapes": {{
            "{A}": {{"insert": {{"bounded": ["set", [1, 1]], "map": ["set", []], "optional": null,
                                 "references": "x", "map_of_one": {{}}, "least": "kept"}}}}}}}}"#
    );
    insta::assert_snapshot!(check(Format::Differences, &text), @r#"
    fault: atoms 00000000-0000-0000-0000-00000000000a boolean: this is no boolean at line 1 column 1
    fault: atoms 00000000-0000-0000-0000-00000000000a integer: this is no integer at line 1 column 19
    fault: atoms 00000000-0000-0000-0000-00000000000a real: number out of range at line 1 column 5
    fault: atoms 00000000-0000-0000-0000-00000000000a uuid: "short" is no 36 characters of a uuid at line 1 column 16
    fault: shapes 00000000-0000-0000-0000-00000000000a bounded: an element stands twice at line 1 column 14
    fault: shapes 00000000-0000-0000-0000-00000000000a map: this is no map of string to string at line 1 column 8
    fault: shapes 00000000-0000-0000-0000-00000000000a map_of_one: invalid type: map, expected map of string to integer at line 1 column 2
    fault: shapes 00000000-0000-0000-0000-00000000000a optional: invalid type: null, expected optional real at line 1 column 4
    fault: shapes 00000000-0000-0000-0000-00000000000a references: this is no uuid at line 1 column 3
    atoms 00000000-0000-0000-0000-00000000000a string=kept
    atoms 00000000-0000-0000-0000-00000000000b integer=7
    shapes 00000000-0000-0000-0000-00000000000a least=kept
    "#);
}

#[test]
fn a_bad_column_of_a_change_leaves_the_value_there_was() {
    let mut replica = Replica::new(layout());
    for (text, faults) in [
        (
            format!(r#"{{"atoms": {{"{A}": {{"insert": {{"integer": 7, "string": "a"}}}}}}}}"#),
            0,
        ),
        (
            format!(r#"{{"atoms": {{"{A}": {{"modify": {{"integer": "8", "string": "b"}}}}}}}}"#),
            1,
        ),
    ] {
        let update = Update::decode(replica.layout(), Format::Differences, &text).unwrap();
        assert_eq!(update.faults.len(), faults);
        replica
            .apply(update, Format::Differences.into(), Cause::Delta)
            .unwrap();
    }
    let snapshot = replica.snapshot();
    let table = snapshot.table("atoms").unwrap();
    let row = table.iter().next().unwrap();
    let text = |name| row.value(table.layout(), name).unwrap().to_string();
    assert_eq!((text("integer"), text("string")), ("7".into(), "b".into()));
}

#[test]
fn a_bad_row_costs_only_itself() {
    let text = format!(
        r#"{{"atoms": {{
            "no uuid": {{"insert": {{}}}},
            "{A}": {{}},
            "{{{A}}}": {{"insert": {{}}}},
            "00000000-0000-0000-0000-000000000001": 1,
            "00000000-0000-0000-0000-000000000002": {{"insert": []}},
            "00000000-0000-0000-0000-000000000003": {{"upsert": {{}}}},
            "00000000-0000-0000-0000-000000000004": {{"new": {{}}}},
            "00000000-0000-0000-0000-000000000005": null,
            "00000000-0000-0000-0000-000000000006": {{"modify": "x"}},
            "00000000-0000-0000-0000-000000000007": {{"delete": null}},
            "{B}": {{"insert": {{"integer": 7}}}}}}}}"#
    );
    insta::assert_snapshot!(check(Format::Differences, &text), @r#"
    fault: atoms no uuid -: this is no uuid of a row
    fault: atoms 00000000-0000-0000-0000-00000000000a -: the row update says nothing
    fault: atoms {00000000-0000-0000-0000-00000000000a} -: this is no uuid of a row
    fault: atoms 00000000-0000-0000-0000-000000000001 -: invalid type: integer `1`, expected a row update at line 1 column 1
    fault: atoms 00000000-0000-0000-0000-000000000002 -: invalid type: sequence, expected a map at line 1 column 0
    fault: atoms 00000000-0000-0000-0000-000000000003 -: a member that row updates do not have at line 1 column 9
    fault: atoms 00000000-0000-0000-0000-000000000004 -: a member that row updates do not have at line 1 column 6
    fault: atoms 00000000-0000-0000-0000-000000000005 -: invalid type: null, expected a row update at line 1 column 4
    fault: atoms 00000000-0000-0000-0000-000000000006 -: invalid type: string "x", expected a map at line 1 column 3
    atoms 00000000-0000-0000-0000-00000000000b integer=7
    "#);
    let text = format!(
        r#"{{"atoms": {{
            "00000000-0000-0000-0000-000000000001": {{"insert": {{}}}},
            "00000000-0000-0000-0000-000000000002": {{"new": null}},
            "00000000-0000-0000-0000-000000000003": {{"old": {{"integer": "any"}}}},
            "{B}": {{"old": {{"integer": 6}}, "new": {{"integer": 7}}}}}}}}"#
    );
    insta::assert_snapshot!(check(Format::Old, &text), @"
    fault: atoms 00000000-0000-0000-0000-000000000001 -: a member that row updates do not have at line 1 column 9
    fault: atoms 00000000-0000-0000-0000-000000000002 -: invalid type: null, expected a map at line 1 column 4
    atoms 00000000-0000-0000-0000-00000000000b integer=7
    ");
}

#[test]
fn unknown_tables_and_columns_are_passed_over() {
    let text = format!(
        r#"{{"unknown": [[{{"deep": 1e999}}]], "shapes": {{}},
          "atoms": {{"{B}": {{"insert": {{"_version": ["uuid", 1], "integer": 7, "more": {{}}}}}}}}}}"#
    );
    insta::assert_snapshot!(check(Format::Differences, &text), @"atoms 00000000-0000-0000-0000-00000000000b integer=7");
}

#[test]
fn a_text_that_is_no_updates_is_refused_whole() {
    let mut report = String::new();
    for text in [
        "",
        "[]",
        "null",
        "{} {}",
        r#"{"atoms": 1}"#,
        r#"{"atoms": {"x": }}"#,
        r#"{"atoms": {}"#,
    ] {
        report += &format!("{text} => {}\n", check(Format::Old, text));
    }
    insta::assert_snapshot!(report, @r#"
     => error: the table updates cannot be read: EOF while parsing a value at line 1 column 0
    [] => error: the table updates cannot be read: invalid type: sequence, expected an object of tables at line 1 column 0
    null => error: the table updates cannot be read: invalid type: null, expected an object of tables at line 1 column 4
    {} {} => error: the table updates cannot be read: trailing characters at line 1 column 4
    {"atoms": 1} => error: the table updates cannot be read: invalid type: integer `1`, expected an object of rows at line 1 column 11
    {"atoms": {"x": }} => error: the table updates cannot be read: expected value at line 1 column 17
    {"atoms": {} => error: the table updates cannot be read: EOF while parsing an object at line 1 column 12
    "#);
}

#[test]
fn nesting_as_deep_as_a_message_can_be_does_no_harm() {
    let deep = format!("{}{}", "[".repeat(990), "]".repeat(990));
    let text = format!(
        r#"{{"more": {deep}, "atoms": {{"{A}": {{"insert": {{"more": {deep}, "integer": {deep},
           "string": "kept"}}}}, "{B}": {deep}}}}}"#
    );
    insta::assert_snapshot!(check(Format::Differences, &text), @r#"
    fault: atoms 00000000-0000-0000-0000-00000000000a integer: invalid type: sequence, expected "set", "map" or "uuid" at line 1 column 1
    fault: atoms 00000000-0000-0000-0000-00000000000b -: invalid type: sequence, expected a row update at line 1 column 0
    atoms 00000000-0000-0000-0000-00000000000a string=kept
    "#);
}
