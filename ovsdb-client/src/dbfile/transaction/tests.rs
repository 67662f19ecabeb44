//! The quick way through transactions against the careful one.

use proptest::prelude::*;

use super::*;
use crate::replica::history::layout;
use crate::replica::{Cause, Replica};
use crate::row::RowBuilder;

const KNOWN: &str = "00000000-0000-0000-0000-00000000000a";
const NEW: &str = "00000000-0000-0000-0000-00000000000b";

/// Rows to which transactions are read.
fn known() -> Snapshot {
    let mut replica = Replica::new(layout());
    let text =
        format!(r#"{{"atoms": {{"{KNOWN}": {{"integer": 1}}}}, "shapes": {{"{KNOWN}": {{}}}}}}"#);
    let update = Members::parse(&text)
        .and_then(|members| members.read(&replica.snapshot(), false, &mut RowBuilder::default()))
        .expect("a transaction");
    replica
        .apply(update, Values::Whole, Cause::Initial)
        .expect("its layout");
    replica.snapshot()
}

/// Whether the quick way takes the text; what it reads is what the careful way does.
fn check(text: &str) -> bool {
    let (known, mut builder) = (known(), RowBuilder::default());
    let Some(quick) = Quick::read(text, &known, &mut builder) else {
        return false;
    };
    let members = Members::parse(text).expect("the careful way takes it too");
    let careful = members
        .read(&known, true, &mut builder)
        .expect("the careful way takes it too");
    let tables: Vec<_> = careful.tables.iter().collect();
    assert_eq!(quick.update.tables.iter().collect::<Vec<_>>(), tables);
    let unknown = |fault: &RowFault| fault.problem == "the table has no such column";
    assert!(careful.faults.iter().all(unknown), "{:?}", careful.faults);
    let (quick, careful) = (quick.head, members.head());
    assert_eq!(quick.date(), careful.date());
    assert_eq!(quick.comment(), careful.comment());
    assert_eq!(quick.values(), careful.values());
    true
}

#[test]
fn what_servers_write_goes_the_quick_way() {
    for text in [
        "{}",
        r#"{"_date": 1, "_comment": "a", "_is_diff": true}"#,
        &format!(
            r#"{{"shapes": {{"{NEW}": {{"map": ["map", [["b", "1"], ["a", "2"]]]}}}}, "atoms": {{"{KNOWN}": null}}}}"#
        ),
        &format!(r#"{{"atoms": {{"{KNOWN}": {{"string": "\u00e9"}}, "{NEW}": {{}}}}}}"#),
        &format!(r#"{{"atoms": {{"{KNOWN}": {{"unknown": [1, {{}}]}}}}}}"#),
    ] {
        assert!(check(text), "{text}");
    }
}

#[test]
fn anything_else_is_left_to_the_careful_way() {
    for text in [
        "[]",
        "{} {}",
        r#"{"none": {}}"#,
        r#"{"atoms": 1}"#,
        r#"{"atoms": {}, "atoms": {}}"#,
        r#"{"atoms": {"x": {}}}"#,
        &format!(r#"{{"atoms": {{"{NEW}": null}}}}"#),
        &format!(r#"{{"atoms": {{"{KNOWN}": 1}}}}"#),
        &format!(r#"{{"atoms": {{"{KNOWN}": {{"integer": "1"}}}}}}"#),
    ] {
        assert!(!check(text), "{text}");
    }
}

/// A part of a transaction, mostly one that servers write.
fn member() -> impl Strategy<Value = String> {
    let column = prop::sample::select(vec![
        r#""integer": 7"#,
        r#""integer": "x""#,
        r#""string": "a\nb""#,
        r#""bounded": ["set", [3, 1]]"#,
        r#""map": ["map", [["a", "b"]]]"#,
        r#""optional": ["set", []]"#,
        r#""least": "x""#,
        r#""none": null"#,
    ]);
    let columns = prop::collection::vec(column, 0..4)
        .prop_map(|columns| format!("{{{}}}", columns.join(", ")));
    let change =
        prop_oneof![6 => columns, 2 => Just("null".to_owned()), 1 => Just("[]".to_owned())];
    let uuid = prop::sample::select(vec![KNOWN, NEW, "00000000-0000-0000-0000-00000000000C"]);
    let row = (uuid, change).prop_map(|(uuid, change)| format!(r#""{uuid}": {change}"#));
    let rows = prop::collection::vec(row, 0..4);
    let table = prop::sample::select(vec!["atoms", "shapes", "none"]);
    let tables =
        (table, rows).prop_map(|(table, rows)| format!(r#""{table}": {{{}}}"#, rows.join(", ")));
    let head = prop::sample::select(vec![
        r#""_date": 1700000000000"#,
        r#""_date": "x""#,
        r#""_comment": "c\u0041""#,
        r#""_is_diff": true"#,
        r#""_is_diff": 1"#,
        r#""_other": [{}]"#,
    ]);
    prop_oneof![4 => tables, 1 => head.prop_map(str::to_owned)]
}

proptest! {
    #[test]
    fn the_quick_way_reads_what_the_careful_one_does(
        members in prop::collection::vec(member(), 0..4),
    ) {
        check(&format!("{{{}}}", members.join(", ")));
    }
}
