//! Whatever the parts in which a text comes, the same is read, and the same as the careful way.

use proptest::prelude::*;

use super::*;
use crate::replica::history::{history, initial, layout, update};

const A: &str = "00000000-0000-0000-0000-00000000000a";
const B: &str = "00000000-0000-0000-0000-00000000000b";

fn careful(format: Format, text: &str) -> Update {
    let mut update = Update::new(layout());
    tables(&mut update, format, text).unwrap();
    update
}

/// What is read of the text when it comes in parts that end at these places, and how much of it.
fn parts(
    format: Format,
    text: &[u8],
    ends: &[usize],
) -> Result<(Result<Update, UpdateError>, usize), Fault> {
    let mut reader = UpdateReader::new(&layout(), format);
    let mut read = 0;
    for end in ends.iter().copied().chain([text.len()]) {
        if end < read {
            continue;
        }
        let progress = reader.read(&text[read..end], 999)?;
        read += progress.bytes;
        if progress.done {
            break;
        }
    }
    Ok((reader.into_update(), read))
}

fn check(format: Format, text: &str, ends: &[usize]) {
    let expected = careful(format, text);
    let followed = format!("{text}],\"error\":null}}");
    let (read, length) = parts(format, followed.as_bytes(), ends).unwrap();
    let read = read.unwrap();
    assert_eq!(length, text.len(), "{text}");
    assert_eq!(read.tables, expected.tables, "{text}");
    assert_eq!(read.faults, expected.faults, "{text}");
}

fn texts() -> Vec<(Format, String)> {
    let inner = r#"{"integer": 7, "string": "a\"}\u00e9ü", "unknown": [1]}"#;
    let quick = r#"{"string":"a}\\","integer":-1,"real":1e-07}"#;
    let (old, differences) = (Format::Old, Format::Differences);
    vec![
        (
            differences,
            format!(r#"{{"atoms": {{"{A}": {{"insert": {inner}}}, "{B}": {{"delete": null}}}}}}"#),
        ),
        (
            differences,
            format!(r#"{{"atoms": {{"{A}": {{"modify": {inner}}}}}, "unknown": {{"x": 1}}}}"#),
        ),
        (
            differences,
            format!(
                r#"{{"shapes":{{"{B}":{{"initial":{{}}}}}},"atoms":{{"{A}":{{"initial":{quick}}}}}}}"#
            ),
        ),
        (
            differences,
            format!(
                r#"{{"atoms":{{"{A}":{{"insert":{{"boolean":1}}}},"{B}":null}},"atoms":{{"{A}":{{"insert":{quick}}}}}}}"#
            ),
        ),
        (
            differences,
            format!(
                r#"{{"atoms":{{"{A}":{{"insert":{{}},"modify":{{}}}},"x":{{}},"{B}":{{"upsert":[{{}}]}}}}}}"#
            ),
        ),
        (
            differences,
            format!(r#"{{"ato\u006ds":{{"{A}":{{"modify":{quick}}}}} , "shapes" : {{ }} }}"#),
        ),
        (differences, "{}".to_owned()),
        (differences, " {\n}".to_owned()),
        (
            old,
            format!(r#"{{"atoms": {{"{A}": {{"new": {inner}}}, "{B}": {{"old": {inner}}}}}}}"#),
        ),
        (
            old,
            format!(r#"{{"atoms": {{"{A}": {{"old": {{}}, "new": {inner}}}}}}}"#),
        ),
        (
            old,
            format!(r#"{{"atoms": {{"{A}": {{"new": {quick}, "old": {{}}}}}}}}"#),
        ),
    ]
}

#[test]
fn a_text_reads_the_same_wherever_it_is_cut_in_two_and_byte_by_byte() {
    for (format, text) in texts() {
        for end in 0..text.len() {
            check(format, &text, &[end]);
        }
        check(format, &text, &(0..text.len()).collect::<Vec<_>>());
    }
}

#[test]
fn what_servers_write_is_read_in_one_pass() {
    let rows = [
        (
            Format::Differences,
            r#"{"initial":{"string":"a\"b","integer":1,"boolean":true}}"#,
        ),
        (Format::Differences, r#"{"insert":{"integer":1}}"#),
        (
            Format::Differences,
            r#"{"modify":{"string":"a","integer":1}}"#,
        ),
        (Format::Differences, r#"{"delete":null}"#),
        (
            Format::Old,
            r#"{"new":{"uuid":["uuid","00000000-0000-0000-0000-00000000000a"]}}"#,
        ),
    ];
    let layout = layout();
    let (mut order, mut builder) = (Order::default(), RowBuilder::default());
    for (format, text) in rows {
        let mut scan = Scan::new(text.as_bytes());
        let table = layout.table("atoms").unwrap();
        let uuid = uuid::Uuid::nil();
        let read = row_update(&mut scan, uuid, format, table, &mut order, &mut builder);
        assert!(read.is_ok(), "{text}");
        assert_eq!(scan.at(), text.len());
    }
}

#[test]
fn a_text_that_is_no_updates_is_passed_over_and_told_from_one_that_is_no_json() {
    let mut report = String::new();
    for text in [
        "[]",
        "null",
        "[{},[1,\"]\"]]",
        r#"{"atoms":1}"#,
        r#"{"shapes":{},"atoms":[],"atoms":{}}"#,
        r#"{"atoms":{"x":}}"#,
        r#"{"atoms":{}]"#,
        r#"{"atoms" {}}"#,
        r#"{,"atoms":{}}"#,
        r#"{"atoms":{},}"#,
        r#"{"atoms":{"x"}}"#,
        r#"{"atoms":{"x":{"a":tru}}}"#,
    ] {
        let followed = format!("{text}],");
        for ends in [vec![], (0..followed.len()).collect()] {
            let line = match parts(Format::Old, followed.as_bytes(), &ends) {
                Ok((Err(UpdateError::Text(error)), length)) => {
                    assert_eq!(length, text.len(), "{text}");
                    format!("no updates: {error}")
                }
                Err(Fault::Syntax(error)) => format!("no JSON: {error}"),
                Err(other) => format!("{other:?}"),
                Ok(_) => "read".to_owned(),
            };
            report += &format!("{text} => {line}\n");
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn what_is_no_utf_8_or_nests_too_deep_is_refused() {
    for row in [
        &b"{\"insert\":{\"string\":\"\xff\"}}"[..],
        b"{\"insert\":{\"more\":\"\xc3\"}}",
    ] {
        let text = [b"{\"atoms\":{\"", A.as_bytes(), b"\":", row, b"}}"].concat();
        let fault = parts(Format::Differences, &text, &[]).unwrap_err();
        assert!(matches!(fault, Fault::Encoding), "{fault:?}");
    }
    for (depth, refused) in [(997, false), (998, true)] {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let text = format!(r#"{{"atoms":{{"{A}":{deep}}}}}"#);
        let read = parts(Format::Differences, text.as_bytes(), &[]);
        assert_eq!(matches!(read, Err(Fault::Depth)), refused, "{depth}");
    }
}

proptest! {
    #[test]
    fn any_history_reads_the_same_under_any_split(
        states in history(3),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        for format in [Format::Old, Format::Differences] {
            let last = initial(&states[states.len() - 1], format);
            let changes = states.windows(2).map(|pair| update(&pair[0], &pair[1], format));
            for text in changes.chain([last]) {
                let mut ends: Vec<_> = cuts.iter().map(|cut| cut.index(text.len())).collect();
                ends.sort_unstable();
                check(format, &text, &ends);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
        cut in any::<prop::sample::Index>(),
    ) {
        let text = [&br#"{"atoms":{""#[..], A.as_bytes(), &bytes].concat();
        let _ = parts(Format::Differences, &text, &[cut.index(text.len())]);
    }
}
