//! Memory stays in proportion to the input, for inputs made to cost the most.
//!
//! One test alone in its program, since everything in a program shares one count of memory.

#[path = "../fuzz/src/lib.rs"]
pub mod bodies;

use self::bodies::memory::{FIXED, PER_BYTE, held};
use self::bodies::{Run, TARGETS};

/// How long the inputs are, in bytes; the fixed part of what is allowed is small beside it.
const LENGTH: usize = 128 * 1024;

/// Repeats `part` up to the length, between `head` and `tail`.
fn repeated(head: &str, part: &str, tail: &str) -> Vec<u8> {
    let count = (LENGTH - head.len() - tail.len()) / part.len();
    [head, &part.repeat(count), tail].concat().into_bytes()
}

/// Parts that carry their number, so that no two are the same.
fn numbered(head: &str, part: impl Fn(usize) -> String, tail: &str) -> Vec<u8> {
    let mut text = head.to_owned();
    let mut number = 0;
    while text.len() + tail.len() < LENGTH {
        text += &part(number);
        number += 1;
    }
    text.truncate(text.trim_end_matches(',').len());
    text += tail;
    text.into_bytes()
}

fn inputs() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let uuid = |number: usize| format!("10000000-0000-4000-8000-{number:012}");
    vec![
        (
            "framing",
            "one message",
            repeated("\0{\"a\":\"", "a", "\"}"),
        ),
        ("framing", "many messages", repeated("\x01", "{}", "")),
        ("framing", "no end", repeated("\x07{", "\"\\\"", "")),
        ("framing", "many levels", repeated("\x07", "{\"a\":", "")),
        (
            "envelope",
            "results",
            repeated(r#"{"id":1,"result":["#, "{},", "{}]}"),
        ),
        (
            "envelope",
            "nothing",
            repeated(r#"{"id":1,"result":["#, "[", ""),
        ),
        (
            "envelope",
            "rows",
            repeated(r#"{"id":1,"result":[{"rows":["#, "1,", "1]}]}"),
        ),
        (
            "value",
            "integers",
            numbered("\x02\0\x05[\"set\",[", |number| format!("{number},"), "]]"),
        ),
        (
            "value",
            "integers the wrong way round",
            numbered("\x02\0\x05[\"set\",[", |number| format!("-{number},"), "]]"),
        ),
        (
            "value",
            "one integer",
            repeated("\x02\0\x05[\"set\",[", "1,", "1]]"),
        ),
        (
            "value",
            "pairs",
            numbered(
                "\x02\0\x01[\"map\",[",
                |number| format!("[{number},1],"),
                "]]",
            ),
        ),
        (
            "value",
            "a string",
            repeated("\0\x03\x05\"", "\\u0001", "\""),
        ),
        ("value", "levels", repeated("\0\x03\x05", "[", "")),
        (
            "update",
            "rows",
            numbered(
                "d{\"S\":{",
                |number| format!("\"{}\":{{\"insert\":{{}}}},", uuid(number)),
                "}}",
            ),
        ),
        (
            "update",
            "faults",
            repeated("d{\"A\":{", "\"\":1,", "\"\":1}}"),
        ),
        (
            "update",
            "one row",
            repeated(
                "d{\"A\":{\"10000000-0000-4000-8000-000000000001\":{\"insert\":{",
                "\"string\":\"a\",",
                "\"string\":\"b\"}}}}",
            ),
        ),
        (
            "update",
            "bad columns",
            repeated(
                "d{\"A\":{\"10000000-0000-4000-8000-000000000001\":{\"insert\":{",
                "\"string\":1,",
                "\"string\":2}}}}",
            ),
        ),
        ("update", "updates", repeated("", "d{}\n", "")),
        (
            "schema",
            "tables",
            numbered(
                r#"{"name":"T","tables":{"#,
                |number| format!(r#""{number}":{{"columns":{{}}}},"#),
                "}}",
            ),
        ),
        (
            "schema",
            "columns",
            numbered(
                r#"{"name":"T","tables":{"A":{"columns":{"#,
                |number| format!(r#""{number}":{{"type":"real"}},"#),
                "}}}}",
            ),
        ),
        (
            "schema",
            "an enumeration",
            numbered(
                r#"{"name":"T","tables":{"A":{"columns":{"a":{"type":{"key":{"type":"integer","enum":["set",["#,
                |number| format!("{number},"),
                "]]}}}}}}}",
            ),
        ),
        (
            "schema",
            "indexes",
            repeated(
                r#"{"name":"T","tables":{"A":{"columns":{"a":{"type":"real"}},"indexes":["#,
                "[],",
                "[]]}}}",
            ),
        ),
        ("dbfile", "records", repeated("s", "{}\n", "{}")),
        (
            "dbfile",
            "unknown tables",
            repeated("s{", "\"a\":1,", "\"a\":1}"),
        ),
        (
            "dbfile",
            "rows",
            numbered(
                "s{\"S\":{",
                |number| format!("\"{}\":{{}},", uuid(number)),
                "}}",
            ),
        ),
        (
            "dbfile",
            "entries of a cluster",
            numbered(
                "c",
                |number| {
                    let (index, eid) = (number + 2, uuid(number));
                    format!("{{\"term\":1,\"index\":{index},\"eid\":\"{eid}\"}}\n")
                },
                "",
            ),
        ),
        (
            "dbfile",
            "headers without records",
            repeated(
                "",
                "OVSDB JSON 9000 0000000000000000000000000000000000000000\n",
                "",
            ),
        ),
        (
            "dbfile",
            "a dump",
            repeated(
                r#"{"caption":"A table","headings":["integer"],"data":["#,
                "[1],",
                "[1]]}",
            ),
        ),
        (
            "dbfile",
            "a record that is not there",
            b"OVSDB JSON 9000000000000000000 0000000000000000000000000000000000000000\n".to_vec(),
        ),
        (
            "session",
            "echoes",
            repeated("b", r#"{"id":1,"method":"echo","params":[]}"#, ""),
        ),
        (
            "session",
            "rows",
            numbered(
                "g\nr[false,\"00000000-0000-0000-0000-000000000000\",{\"A\":{",
                |number| format!("\"{}\":{{\"initial\":{{}}}},", uuid(number)),
                "}}]",
            ),
        ),
        ("session", "calls", repeated("", "c1\n", "")),
        ("session", "no end", repeated("b{\"a\":\"", "a", "")),
    ]
}

#[test]
fn what_is_held_is_in_proportion_to_the_input() {
    let mut beyond = Vec::new();
    for (target, name, input) in inputs() {
        let (_, run): (&str, Run) = TARGETS
            .into_iter()
            .find(|(known, _)| *known == target)
            .expect("the target is one");
        let held = held(run, &input);
        let line = format!(
            "{target}, {name}: {held} bytes held for {} of input",
            input.len()
        );
        println!("{line}");
        if held > FIXED + PER_BYTE * input.len() {
            beyond.push(line);
        }
    }
    assert!(beyond.is_empty(), "{beyond:#?}");
}
